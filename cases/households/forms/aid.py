"""Checks, aid received, visits."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.households.choices import (
    AskedWith,
    CheckAnswer,
    Portal,
    VisitResult,
    VisitTask,
)
from cases.households.forms.base import Stamped, date_field
from cases.kernel.uploads import PHOTO_BYTES, TOO_LARGE
from cases.programmes.forms import RupiahField
from cases.programmes.models import Programme, Round


class CheckForm(Stamped):
    portal = forms.ChoiceField(
        label=_("Where was it checked?"), choices=Portal.choices, widget=forms.RadioSelect
    )
    checked_on = date_field(label=_("On which day?"))
    asked_with = forms.ChoiceField(
        label=_("What was asked with?"), choices=AskedWith.choices, widget=forms.RadioSelect
    )
    answer = forms.ChoiceField(
        label=_("What was the answer?"), choices=CheckAnswer.choices, widget=forms.RadioSelect
    )
    desil = forms.TypedChoiceField(
        label=_("Desil"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("not shown")), *((str(n), str(n)) for n in range(1, 11))],
        help_text=_("The rank in DTSEN, the government's register: 1 is the poorest, 10 the richest."),
    )
    programme = forms.ModelChoiceField(
        Programme.objects.none(),
        label=_("Programme"),
        required=False,
        empty_label=_("not about one programme"),
    )
    period = forms.CharField(
        label=_("Period shown"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "Oktober-Desember 2026"}),
    )
    screenshot = forms.FileField(
        label=_("Screenshot"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        help_text=_("Kept sealed. It opens for you and for coordinators."),
    )
    notes = forms.CharField(
        label=_("Notes"), required=False, max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["checked_on"].initial = timezone.localdate
        self.fields["programme"].queryset = Programme.objects.visible_to(user)  # type: ignore[attr-defined]

    def clean_screenshot(self) -> bytes:
        file = self.cleaned_data["screenshot"]
        if not file:
            return b""
        if file.size > PHOTO_BYTES:
            raise forms.ValidationError(TOO_LARGE["photo"][1] % {"limit": PHOTO_BYTES // 1024 // 1024})
        return file.read()


class ReceiptForm(Stamped):
    round = forms.ModelChoiceField(Round.objects.none(), label=_("Which round?"), empty_label=_("Choose …"))
    due_amount = RupiahField(
        label=_("How much was due?"),
        required=False,
        help_text=_("Leave empty if it is the amount of the round."),
    )
    actual_amount = RupiahField(
        label=_("How much did the family receive?"),
        required=False,
        help_text=_("Nothing received is 0. Leave empty if it is not known yet."),
    )
    received_on = date_field(label=_("Received on"), required=False)
    notes = forms.CharField(
        label=_("Notes"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, user: Any, fixed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if fixed:
            del self.fields["round"]
        else:
            rounds = Round.objects.visible_to(user).select_related("programme")
            self.fields["round"].queryset = rounds  # type: ignore[attr-defined]
            self.fields["round"].label_from_instance = round_label  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        chosen = given.get("round")
        if chosen and given.get("due_amount") is None:
            given["due_amount"] = chosen.amount
        return given


class VisitForm(Stamped):
    result = forms.ChoiceField(
        label=_("What happened?"), choices=VisitResult.choices, widget=forms.RadioSelect
    )
    task = forms.ChoiceField(
        label=_("What was the visit for?"), choices=VisitTask.choices, widget=forms.RadioSelect
    )
    visited_on = date_field(label=_("On which day?"))
    round = forms.ModelChoiceField(
        Round.objects.none(),
        label=_("About which round?"),
        required=False,
        empty_label=_("not about one round"),
    )
    notes = forms.CharField(
        label=_("Notes"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visited_on"].initial = timezone.localdate
        self.fields["round"].queryset = Round.objects.visible_to(user).select_related("programme")  # type: ignore[attr-defined]
        self.fields["round"].label_from_instance = round_label  # type: ignore[attr-defined]


def round_label(row: Round) -> str:
    return f"{row.programme.name}: {row.name}"
