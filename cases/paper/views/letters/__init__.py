"""Pages of letters: choose, write, look at, print, hand over, make void."""

from cases.paper.views.letters.handing import letter_hand_over, letter_receipt, letter_scan, letter_void
from cases.paper.views.letters.reading import letter_detail, letter_file, letter_picture, letter_print
from cases.paper.views.letters.starting import letter_create, letters
from cases.paper.views.letters.writing import letter_discard, letter_edit, letter_restart

__all__ = [
    "letter_create",
    "letter_detail",
    "letter_discard",
    "letter_edit",
    "letter_file",
    "letter_hand_over",
    "letter_picture",
    "letter_print",
    "letter_receipt",
    "letter_restart",
    "letter_scan",
    "letter_void",
    "letters",
]
