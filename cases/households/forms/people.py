"""Members, and single questions about them."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.households.choices import (
    Relation,
    RevealReason,
    Sex,
)
from cases.households.entries import MemberData
from cases.households.forms.base import PoskoForm, date_field, typing_hints
from cases.households.forms.family import NikFields
from cases.households.models import Member


class MemberForm(NikFields, PoskoForm):
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
    )
    relation = forms.ChoiceField(
        label=_("Relation to the head"), choices=Relation.choices, widget=forms.RadioSelect
    )
    sex = forms.ChoiceField(label=_("Sex"), required=False, choices=Sex.choices, widget=forms.RadioSelect)
    birth_date = date_field(
        label=_("Date of birth"), required=False, help_text=_("May stay empty if the NIK is filled in.")
    )
    field_order = ("name", "relation", "nik", "no_nik", "sex", "birth_date")

    def __init__(self, *args: Any, similar_url: str, member: Member | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nik"].widget.attrs |= typing_hints(similar_url)
        is_head = member is not None and member.relation == Relation.HEAD
        if is_head:
            self.fields["relation"].widget = forms.HiddenInput()
        else:
            self.fields["relation"].choices = [  # type: ignore[attr-defined]
                choice for choice in Relation.choices if choice[0] != Relation.HEAD
            ]
        if member is not None and member.nik_digest:
            self.fields["nik"].help_text = _("Recorded: %(nik)s. Leave empty if it stays the same.") % {
                "nik": member.nik_masked
            }

    def member(self) -> MemberData:
        return MemberData(**{name: self.cleaned_data[name] for name in MemberData.__slots__})


class DayForm(PoskoForm):
    """On which day; today unless told."""

    on = date_field(label=_("On which day?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate


class LeftForm(DayForm):
    """A member leaves; the family of a head needs another one."""

    new_head = forms.ModelChoiceField(
        Member.objects.none(), label=_("Who is head of the family now?"), widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if member.relation == Relation.HEAD:
            others = member.household.members.filter(left_at=None).exclude(pk=member.pk)
            self.fields["new_head"].queryset = others  # type: ignore[attr-defined]
        else:
            del self.fields["new_head"]


class RevealForm(PoskoForm):
    reason = forms.ChoiceField(
        label=_("What do you need them for?"), choices=RevealReason.choices, widget=forms.RadioSelect
    )
