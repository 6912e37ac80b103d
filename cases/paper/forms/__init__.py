"""Forms of paper: what, where, for whom; then the words, counted while one types."""

from cases.paper.forms.families import DoorsForm, DoorsPrintForm, SlipsForm
from cases.paper.forms.letters import HandOverForm, LetterStartForm, LetterTextForm, StampForm, VoidForm
from cases.paper.forms.receipts import ReceiptForm
from cases.paper.forms.words import PosterStartForm, PosterTextForm, SlipTextForm

__all__ = [
    "DoorsForm",
    "DoorsPrintForm",
    "HandOverForm",
    "LetterStartForm",
    "LetterTextForm",
    "PosterStartForm",
    "PosterTextForm",
    "ReceiptForm",
    "SlipTextForm",
    "SlipsForm",
    "StampForm",
    "VoidForm",
]
