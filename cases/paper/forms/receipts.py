"""How a resident's slip is printed."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.paper.choices import PaperSize
from cases.paper.forms.choosing import LIST_PAPERS


class ReceiptForm(forms.Form):
    """`site` is the posko's address where residents reach it; without one there is no QR to print."""

    paper = forms.ChoiceField(label=_("Paper"), choices=LIST_PAPERS, initial=PaperSize.F4)
    with_qr = forms.BooleanField(
        label=_("with a QR code that opens the page where the code is typed"), required=False
    )
    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, site: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not site:
            del self.fields["with_qr"]

    @classmethod
    def fresh(cls, *, site: str) -> "ReceiptForm":
        return cls(site=site, initial={"client_id": uuid4()}, auto_id="receipt_%s")
