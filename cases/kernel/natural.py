"""The order in which one walks past doors: Gang 2 before Gang 10, number 12 before 12A before 13."""

import re
import unicodedata

PRESENT, BLANK = "a", "z"
WORD_GAP = "9"  # above the length digits 1-8 and below letters: "Mawar 2" < "Mawar Indah" < "Mawarsari"
PART_GAP = (
    "0"  # below everything else: the whole of a short alley comes before a longer name that begins the same
)
LONGEST_RUN = 8

SAME_WORD = {
    "gg": "gang",
    "jl": "jalan",
    "jln": "jalan",
    "blk": "blok",
    "kp": "kampung",
    "kav": "kavling",
}
NUMBER_WORDS = {"no", "nomor", "nomer", "nmr"}
LETTERED_WORDS = {"blok", "kavling"}  # after these, I, V and X are letters and not Roman numerals
ROMAN = {"i": 1, "v": 5, "x": 10}
ROMAN_NUMERAL = re.compile(r"x{0,3}(ix|iv|v?i{0,3})")


def natural_key(text: str | None) -> str:
    """A key of only [0-9a-z] that sorts in walking order under any database collation; blank texts sort last.

    A run of digits becomes its length and its digits without leading zeros (2 -> "12", 10 -> "210"), right for numbers of
    up to 8 digits. Gg./Gang, Jl./Jalan, "No. 7"/"7", "12 A"/"12A" and "Mawar II"/"Mawar 2" are the same.
    """
    words = _words(text or "")
    if not words:
        return BLANK
    key = PRESENT
    for before, word in zip(["0", *words], words, strict=False):
        if word.isdigit():
            key += _number(word)
        else:
            key += (WORD_GAP if before.isalpha() else "") + word
    return key


def walk_key(*parts: str | None) -> str:
    """One key for several columns in turn, such as alley and house number."""
    return PART_GAP.join(natural_key(part) for part in parts)


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter) and letter not in "'’`")
    raw = [SAME_WORD.get(word, word) for word in re.findall(r"[a-z]+|[0-9]+", plain)]
    words: list[str] = []
    for position, word in enumerate(raw):
        following = raw[position + 1] if position + 1 < len(raw) else ""
        if word in NUMBER_WORDS and following.isdigit():
            continue
        if (
            words
            and words[-1].isalpha()
            and words[-1] not in LETTERED_WORDS
            and ROMAN_NUMERAL.fullmatch(word)
        ):
            word = str(_roman(word))
        words.append(word)
    return words


def _roman(numeral: str) -> int:
    values = [ROMAN[letter] for letter in numeral]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))


def _number(digits: str) -> str:
    digits = digits.lstrip("0") or "0"
    pieces = [digits[i : i + LONGEST_RUN] for i in range(0, len(digits), LONGEST_RUN)]
    return "".join(f"{len(piece)}{piece}" for piece in pieces)
