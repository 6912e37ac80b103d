"""Choices that several forms offer."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.paper import sources
from cases.paper.choices import PaperSize
from cases.paper.sheets import (
    PaperRefused,
    refuse_identity_numbers,
)
from cases.programmes.choices import RoundStatus
from cases.programmes.models import Round

LIST_PAPERS = [(PaperSize.F4, _("F4 (folio)")), (PaperSize.A4, PaperSize.A4.label)]


def rounds_of(user: Any) -> Any:
    """Rounds that may still be told about, those being paid out first."""
    rounds = Round.objects.visible_to(user).select_related("programme").exclude(status=RoundStatus.DONE)
    return rounds.order_by("status", "-period_start", "-id")


class RoundField(forms.ModelChoiceField):
    def label_from_instance(self, aid_round: Round) -> str:
        name, programme = aid_round.name, sources.short_name(aid_round.programme)
        return name if programme.lower() in name.lower() else f"{name} · {programme}"


def cards_of(form: forms.Form, name: str, cards: Mapping[Any, Any]) -> list[dict[str, Any]]:
    """Pictured choices for choicecards_of.html."""
    chosen = form[name].value()
    return [
        {
            "value": value,
            "label": str(label)[:1].upper() + str(label)[1:],
            "icon": cards[value][0],
            "hint": cards[value][1],
            "checked": value == chosen,
        }
        for value, label in form.fields[name].choices
    ]


class SaysNoNumbers(forms.CharField):
    """One line of a sheet; a NIK or KK in it is refused where it was typed."""

    def clean(self, value: Any) -> str:
        text = " ".join(str(super().clean(value)).split())
        try:
            refuse_identity_numbers(text)
        except PaperRefused as refusal:
            raise forms.ValidationError(str(refusal), code="identity") from None
        return text
