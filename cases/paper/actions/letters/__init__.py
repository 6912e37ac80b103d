"""A letter from its first draft to the stamp of the office."""

from cases.paper.actions.letters.handing import add_receipt, hand_over, void_letter
from cases.paper.actions.letters.printing import (
    letter_file,
    letter_part,
    note_letter_fetched,
    print_letter,
    reserve_number,
)
from cases.paper.actions.letters.writing import (
    Change,
    change_letter,
    discard_letter,
    restart_letter,
    start_letter,
    try_change,
    usual_organisation,
)

__all__ = [
    "Change",
    "add_receipt",
    "change_letter",
    "discard_letter",
    "hand_over",
    "letter_file",
    "letter_part",
    "note_letter_fetched",
    "print_letter",
    "reserve_number",
    "restart_letter",
    "start_letter",
    "try_change",
    "usual_organisation",
    "void_letter",
]
