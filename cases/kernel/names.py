"""Names of people: one person is written in many ways."""

import re
import unicodedata

from rapidfuzz import fuzz

TITLES = {
    *(
        "h",
        "hj",
        "haji",
        "hajjah",
        "hajah",
        "kh",
        "kyai",
        "kiai",
        "ust",
        "ustad",
        "ustadz",
        "ustaz",
        "ustadzah",
    ),
    *("bpk", "bapak", "pak", "bp", "ibu", "bu", "tn", "tuan", "ny", "nyonya", "nn", "nona", "sdr", "sdri"),
    *("saudara", "saudari", "mas", "mbak", "bang", "mpok", "drs", "dra", "dr", "ir", "prof"),
}
GONE = {"alm", "almh", "almarhum", "almarhumah"}
SAME_NAME = {
    **dict.fromkeys(("moh", "muh", "mohd", "muhd", "mohamad", "mohammad", "mohamed", "mochamad"), "muhammad"),
    **dict.fromkeys(
        ("mochammad", "moch", "much", "muchamad", "muchammad", "muhamad", "muhammed"), "muhammad"
    ),
    **dict.fromkeys(("abd", "abdoel"), "abdul"),
    **dict.fromkeys(("achmad", "akhmad", "ahmed"), "ahmad"),
}
OLD_SPELLING = (("oe", "u"), ("dj", "j"), ("tj", "c"), ("kh", "h"), ("dh", "d"), ("ph", "f"))
CONTAINED = 0.95  # a name wholly inside a longer one: nearly the same


def normalise_name(text: str) -> str:
    """Lower case, without titles, degrees and accents; Moh., Muh., Mochamad are muhammad. Never empty for a name."""
    plain = unicodedata.normalize("NFKD", text.split(",")[0] or text).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter) and letter not in "'’`")
    words = [word for word in re.findall(r"[^\W_]+", plain) if word not in GONE]
    while len(words) > 1 and words[0] in TITLES:
        words.pop(0)
    if len(words) > 1 and words[0] == "m":
        words[0] = "muhammad"
    return " ".join(SAME_NAME.get(word, word) for word in words)


def similar(a: str, b: str) -> float:
    """0..100; from about 85 a person should look whether the two are one. Word order, spaces and old spelling count little.

    A single word inside a longer name is not enough: too many are called Siti.
    """
    one, other = _sound(a), _sound(b)
    if not one or not other:
        return 0.0
    score = max(fuzz.token_sort_ratio(one, other), fuzz.ratio(one.replace(" ", ""), other.replace(" ", "")))
    if min(one.count(" "), other.count(" ")) >= 1:
        score = max(score, CONTAINED * fuzz.token_set_ratio(one, other))
    return score


def _sound(name: str) -> str:
    name = normalise_name(name)
    for old, new in OLD_SPELLING:
        name = name.replace(old, new)
    return re.sub(r"(\w)\1", r"\1", name)
