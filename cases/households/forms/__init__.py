"""Forms about a family, each short enough for a phone held in one hand."""

from cases.households.forms.aid import CheckForm, ReceiptForm, VisitForm
from cases.households.forms.family import ConsentForm, EditForm, KKForm, RecordForm
from cases.households.forms.people import DayForm, LeftForm, MemberForm, RevealForm

__all__ = [
    "CheckForm",
    "ConsentForm",
    "DayForm",
    "EditForm",
    "KKForm",
    "LeftForm",
    "MemberForm",
    "ReceiptForm",
    "RecordForm",
    "RevealForm",
    "VisitForm",
]
