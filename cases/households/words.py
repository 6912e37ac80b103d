"""The words by which a family is found, cut the same way when they are stored and when they are sought."""

import re
import unicodedata
from collections.abc import Iterable

from cases.kernel.names import SAME_NAME, normalise_name
from cases.kernel.natural import NUMBER_WORDS, SAME_WORD


def search_terms(text: str) -> list[str]:
    """Lower case, no accents, gg is gang, moh is muhammad, "No." is left out."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter) and letter not in "'’`")
    words = [SAME_WORD.get(word, word) for word in re.findall(r"[^\W_]+", plain)]
    return [SAME_NAME.get(word, word) for word in words if word not in NUMBER_WORDS]


def search_text(names: Iterable[str], *places: str) -> str:
    """Every word once, with a space before and after each, so that " tok" finds the beginning of a word."""
    names = list(names)
    words: dict[str, None] = {}
    for text in (*names, *places):
        words.update(dict.fromkeys(search_terms(text)))
    for name in names:
        words.update(dict.fromkeys(normalise_name(name).split()))
    return f" {' '.join(words)} " if words else ""
