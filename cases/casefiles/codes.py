"""The code on a resident's slip: made, read as people type it, and told apart from a typing slip. Pure.

Ten characters of a 23-letter alphabet in which no two look or, written by hand, read alike: nine drawn at random, one that checks.
23 is prime and every place has a weight of its own, so one wrong character and any two that changed places are always noticed.

Guessing: 23^9 = 1.8e12 codes. All addresses together may try 200 unknown ones an hour (settings, "status_unknown"), 1.75 million
a year. With 50,000 codes in use that finds one in 20 years (1.75e6 x 5e4 / 1.8e12 = 0.05 a year), and it says "an office must answer
by Tuesday" of a case that nobody can name. The check character is no secret and counts for nothing here.
"""

import re
import secrets

# Left out: 0 O Q, 1 I L, 5 S, and one of each pair 2 Z, 6 G, 8 B, U V.
ALPHABET = "2346789ACDEFHJKMNPRTWXY"
LENGTH = 10
GROUPS = (3, 3, 4)  # as a telephone number is read aloud
# Not in the alphabet, and there is one letter that was meant.
MEANT = str.maketrans({"B": "8", "G": "6", "Z": "2"})
LONGEST = 40  # characters of what people type, with spaces and dashes


def make() -> str:
    """A new code, without dashes. It always holds a digit, so that no word of a language is one."""
    while True:
        body = "".join(secrets.choice(ALPHABET) for _place in range(LENGTH - 1))
        code = body + _check(body)
        if any(sign.isdigit() for sign in code):
            return code


def read(text: str) -> str:
    """What was typed, without spaces and dashes, small letters or large; "" where it is no code or holds a slip."""
    code = tidy(text)
    if not looks_like(code) or not any(sign.isdigit() for sign in code):
        return ""
    return code if _check(code[:-1]) == code[-1] else ""


def tidy(text: str) -> str:
    """As it is compared; B, G and Z are read as 8, 6 and 2."""
    return re.sub(r"[\s.\-_/–—]", "", text[:LONGEST]).upper().translate(MEANT)


def looks_like(code: str) -> bool:
    """As long as a code, and of its letters only."""
    return len(code) == LENGTH and all(sign in ALPHABET for sign in code)


def grouped(code: str) -> str:
    """K7M-4XH-9TPC."""
    parts, start = [], 0
    for size in GROUPS:
        parts.append(code[start : start + size])
        start += size
    return "-".join(parts)


def _check(body: str) -> str:
    """The last character: with it, the sum of value times place (counted from 1) is a multiple of 23."""
    size = len(ALPHABET)
    total = sum(place * ALPHABET.index(sign) for place, sign in enumerate(body, start=1))
    return ALPHABET[-total * pow(LENGTH, -1, size) % size]
