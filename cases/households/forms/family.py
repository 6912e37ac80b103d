"""A new family, and changes of its address, numbers and consent."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.areas.fields import AreaField
from cases.households.choices import (
    ConsentMethod,
    ConsentPurpose,
    Housing,
    KKChange,
    NoNik,
    Relation,
    Vehicle,
)
from cases.households.entries import NEEDS, ConsentData, MemberData
from cases.households.forms.base import NUMBER, PoskoForm, Stamped, date_field, optional, typing_hints
from cases.households.models import NEED_CHOICES, NEED_ICONS, Household

NO_RT = _("There is no RT here yet. Ask your coordinator to add it.")


class ConsentFields(forms.Form):
    given_by = forms.CharField(
        label=_("Who agreed?"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Leave empty if it was the head of the family."),
    )
    given_on = date_field(label=_("When?"))
    method = forms.ChoiceField(label=_("How?"), choices=ConsentMethod.choices, widget=forms.RadioSelect)
    purposes = forms.MultipleChoiceField(
        label=_("What does the family agree to?"),
        choices=ConsentPurpose.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["given_on"].initial = timezone.localdate
        self.fields["method"].initial = ConsentMethod.ORAL

    def consent(self) -> ConsentData | None:
        given = self.cleaned_data
        if not given["purposes"]:
            return None
        return ConsentData(
            given_on=given["given_on"],
            given_by=given["given_by"],
            method=given["method"],
            purposes=tuple(given["purposes"]),
        )


class ConsentForm(ConsentFields, PoskoForm):
    """Consent by itself, after the family was recorded."""


class AddressFields(forms.Form):
    area = AreaField(label=_("RT"), error_messages={"required": _("Choose the RT where the family lives.")})
    alley = forms.CharField(
        label=_("Alley or street"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "Gang Mawar 2"}),
    )
    house_number = forms.CharField(
        label=_("House number"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "input--short"}),
    )
    landmark = forms.CharField(
        label=_("Landmark"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("What one sees when the house has no number, such as a stall or a mosque."),
    )
    head_name = forms.CharField(
        label=_("Name of the head of the family"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
    )
    phone = forms.CharField(
        label=_("Telephone or WhatsApp"),
        required=False,
        max_length=24,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off", "class": "digits"}),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].scope_to(user)  # type: ignore[attr-defined]
        if not self.fields["area"].queryset.exists():  # type: ignore[attr-defined]
            self.fields["area"].help_text = NO_RT


class SituationFields(forms.Form):
    needs = forms.MultipleChoiceField(
        label=_("Who lives there?"),
        required=False,
        choices=NEED_CHOICES,
        widget=forms.CheckboxSelectMultiple,
    )
    livelihood = forms.CharField(
        label=_("Livelihood"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    housing = forms.ChoiceField(label=_("House"), required=False, choices=optional(Housing))
    vehicle = forms.ChoiceField(label=_("Vehicle"), required=False, choices=optional(Vehicle))
    notes = forms.CharField(
        label=_("Notes"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("No identity numbers here, please."),
    )

    def need_cards(self) -> list[dict[str, Any]]:
        """For _components/choice_cards.html."""
        chosen = self["needs"].value() or []
        return [
            {"value": name, "label": label, "icon": NEED_ICONS[name], "checked": name in chosen}
            for name, label in NEED_CHOICES
        ]

    def needs_chosen(self) -> dict[str, bool]:
        return {name: name in self.cleaned_data["needs"] for name in NEEDS}


class NikFields(forms.Form):
    nik = forms.CharField(label=_("NIK"), required=False, max_length=24, widget=forms.TextInput(attrs=NUMBER))
    no_nik = forms.ChoiceField(
        label=_("If there is no NIK: why?"),
        required=False,
        choices=[("", _("the NIK is filled in, or comes later")), *NoNik.choices],
    )


class RecordForm(SituationFields, NikFields, ConsentFields, AddressFields, Stamped):
    """A new family: address, head, consent, numbers, situation. Members follow on pages of their own."""

    kk = forms.CharField(
        label=_("KK number"), required=False, max_length=24, widget=forms.TextInput(attrs=NUMBER)
    )
    field_order = ("area", "alley", "house_number", "landmark", "head_name", "phone")

    def __init__(self, *args: Any, similar_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, answer_in in (("head_name", "similar-name"), ("kk", "similar-kk"), ("nik", "similar")):
            self.fields[name].widget.attrs |= typing_hints(similar_url, answer_in)
        self.fields["purposes"].required = False
        self.fields["purposes"].label = _("The family agrees:")
        self.fields["given_on"].required = False
        self.fields["method"].required = False
        self.fields["nik"].label = _("NIK of the head of the family")

    def clean_given_on(self) -> Any:
        return self.cleaned_data["given_on"] or timezone.localdate()

    def clean_method(self) -> str:
        return self.cleaned_data["method"] or ConsentMethod.ORAL

    def values(self) -> dict[str, Any]:
        """Arguments of actions.record_household."""
        given = self.cleaned_data
        head = MemberData(
            name=given["head_name"], relation=Relation.HEAD, nik=given["nik"], no_nik=given["no_nik"]
        )
        same = ("area", "head_name", "alley", "house_number", "landmark", "kk", "phone", "livelihood")
        return {
            **{name: given[name] for name in (*same, "housing", "vehicle", "notes", "client_id")},
            "needs": self.needs_chosen(),
            "members": [head],
            "consent": self.consent(),
        }


class EditForm(SituationFields, AddressFields, PoskoForm):
    """What may change of a family; KK, members and consent have forms of their own."""

    unchanged_since = forms.DateTimeField(
        widget=forms.HiddenInput(), required=False, input_formats=["%Y-%m-%dT%H:%M:%S.%f%z"]
    )

    @staticmethod
    def initial_of(household: Household) -> dict[str, Any]:
        same = ("alley", "house_number", "landmark", "head_name", "livelihood", "housing", "vehicle", "notes")
        return {
            **{name: getattr(household, name) for name in same},
            "area": household.area_id,
            "phone": household.phone,
            "needs": [name for name in NEEDS if getattr(household, f"has_{name}")],
            "unchanged_since": household.updated_at.strftime("%Y-%m-%dT%H:%M:%S.%f%z"),
        }

    def changes(self) -> dict[str, Any]:
        given = {name: value for name, value in self.cleaned_data.items() if name != "unchanged_since"}
        return {**given, "needs": self.needs_chosen()}


class KKForm(PoskoForm):
    kk = forms.CharField(label=_("KK number"), max_length=24, widget=forms.TextInput(attrs=NUMBER))
    reason = forms.ChoiceField(
        label=_("Why is it another number?"), choices=KKChange.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if first:
            del self.fields["reason"]
