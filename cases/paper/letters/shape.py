"""Which texts a kind of letter is made of, which of them it needs, and how long each may be."""

from cases.paper.choices import LetterKind

K = LetterKind

# Which texts a kind has, in the order in which they are edited.
TEXTS: dict[LetterKind, tuple[str, ...]] = {
    K.COMPLAINT: ("subject", "to", "opening", "facts", "history", "basis", "demands", "closing", "copies"),
    K.COVER: ("subject", "to", "opening", "facts", "closing", "copies"),
    K.INFORMATION: ("subject", "to", "opening", "identity", "demands", "closing", "copies"),
    K.OBJECTION: ("subject", "to", "opening", "identity", "history", "basis", "demands", "closing", "copies"),
    K.OMBUDSMAN: (
        "subject",
        "to",
        "opening",
        "identity",
        "facts",
        "history",
        "basis",
        "demands",
        "closing",
        "copies",
    ),
    K.POWER: ("subject", "identity", "facts", "demands", "closing"),
    K.STATEMENT: ("subject", "identity", "facts", "closing"),
    K.CHRONOLOGY: ("subject", "opening", "chronology"),
}
# A chronology, and who gives power, may stand behind these too.
ALSO: dict[LetterKind, tuple[str, ...]] = {
    K.COMPLAINT: ("chronology", "giver"),
    K.COVER: ("chronology", "giver"),
    K.INFORMATION: ("giver",),
    K.OBJECTION: ("chronology",),
    K.OMBUDSMAN: ("chronology", "giver"),
}
LONGEST = {"subject": 200, "to": 400, "copies": 600, "identity": 900, "giver": 600}
LONGEST_TEXT = 8000
# What has to be there for the letter to be one; the rest may be left out.
NEEDED = {
    K.COMPLAINT: ("subject", "to", "opening", "facts", "demands"),
    K.COVER: ("subject", "to", "opening"),
    K.INFORMATION: ("subject", "to", "opening", "demands"),
    K.OBJECTION: ("subject", "to", "opening", "demands"),
    K.OMBUDSMAN: ("subject", "to", "opening", "facts", "demands"),
    K.POWER: ("identity", "facts"),
    K.STATEMENT: ("identity", "facts"),
    K.CHRONOLOGY: ("subject", "chronology"),
}


def names_of(kind: str) -> tuple[str, ...]:
    """Every text of this kind, in the order in which they are edited."""
    return (*TEXTS[LetterKind(kind)], *ALSO.get(LetterKind(kind), ()))


def needed(kind: str) -> tuple[str, ...]:
    return NEEDED[LetterKind(kind)]


def longest(name: str) -> int:
    return LONGEST.get(name, LONGEST_TEXT)


def asks_for_answer(kind: str) -> bool:
    return kind in (K.COMPLAINT, K.INFORMATION, K.OBJECTION)
