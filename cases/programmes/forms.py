"""Forms for programmes, rounds and dates. Amounts are read as people type them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.areas.choices import Level
from cases.areas.fields import AreaField
from cases.kernel.indonesian import read_rupiah, rupiah
from cases.programmes.choices import Kind
from cases.programmes.models import Programme, ProgrammeComponent, Round, Schedule

MOST_RUPIAH = 1_000_000_000


class RupiahField(forms.CharField):
    """Whole rupiah from "300.000", "Rp300.000,-" or "300rb"; None where left empty."""

    default_error_messages = {
        "invalid": _("Write an amount in rupiah, such as 300.000."),
        "too_large": _("This amount is too large. Check the zeros."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": 20})
        )
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return rupiah(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            amount = read_rupiah(text)
        except ValueError as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error
        if amount > MOST_RUPIAH:
            raise forms.ValidationError(self.error_messages["too_large"], code="too_large")
        return amount


def _date() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _time() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class ActionDecides:
    """Twins and backward periods are refused by the action, in our own sentence and under concurrency too."""

    def validate_unique(self) -> None:
        pass

    def validate_constraints(self) -> None:
        pass


class ProgrammeForm(ActionDecides, forms.ModelForm):
    kind = forms.ChoiceField(label=_("What is given"), choices=Kind.choices, widget=forms.RadioSelect)
    amount = RupiahField(
        label=_("How much"),
        required=False,
        help_text=_("Leave empty where it differs by component."),
    )

    class Meta:
        model = Programme
        fields = [
            "name",
            "code",
            "kind",
            "unit",
            "amount",
            "cadence",
            "channel",
            "description",
            "legal_basis",
            "last_checked",
            "active",
        ]
        labels = {
            "name": _("Name of the programme"),
            "code": _("Short code"),
            "unit": _("For whom"),
            "cadence": _("How often"),
            "channel": _("Paid through"),
            "description": _("In plain words: what is it?"),
            "legal_basis": _("Legal basis"),
            "last_checked": _("Last checked on"),
            "active": _("This programme is running"),
        }
        widgets = {
            "unit": forms.RadioSelect,
            "last_checked": _date(),
            "description": forms.Textarea(attrs={"rows": 3}),
        }


class ComponentForm(ActionDecides, forms.ModelForm):
    amount = RupiahField(label=_("Amount"))

    class Meta:
        model = ProgrammeComponent
        fields = ["name", "amount", "per"]
        labels = {"name": _("Component"), "per": _("Per")}


class BaseComponents(forms.BaseInlineFormSet):
    def clean(self) -> None:
        names = [row["name"].strip().casefold() for row in self.rows()]
        if len(names) != len(set(names)):
            raise forms.ValidationError(_("Two components have the same name."))

    def rows(self) -> list[dict[str, Any]]:
        """What was filled in and not ticked for removal, as the action takes it."""
        return [
            {name: form.cleaned_data[name] for name in ("name", "amount", "per")}
            for form in self.forms
            if form.is_valid() and form.cleaned_data.get("name") and not form.cleaned_data.get("DELETE")
        ]


Components = forms.inlineformset_factory(
    Programme, ProgrammeComponent, form=ComponentForm, formset=BaseComponents, extra=2, max_num=30
)


class RoundForm(ActionDecides, forms.ModelForm):
    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    amount = RupiahField(
        label=_("How much"), required=False, help_text=_("Leave empty where it is as the programme says.")
    )

    class Meta:
        model = Round
        fields = ["name", "period_start", "period_end", "amount", "channel", "status"]
        labels = {
            "name": _("Name of the round"),
            "period_start": _("Period from"),
            "period_end": _("Period to"),
            "channel": _("Paid through"),
            "status": _("Status"),
        }
        widgets = {"period_start": _date(), "period_end": _date(), "status": forms.RadioSelect}


class ScheduleForm(ActionDecides, forms.ModelForm):
    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Schedule
        fields = ["area", "date", "starts", "ends", "place", "bring", "notes"]
        field_classes = {"area": AreaField}
        labels = {
            "date": _("On which day?"),
            "starts": _("From what time?"),
            "ends": _("Until what time?"),
            "place": _("Where?"),
            "bring": _("What to bring"),
            "notes": _("Notes"),
        }
        help_texts = {"place": _("As neighbours call it: Balai RW 011, halaman masjid …")}
        widgets = {"date": _date(), "starts": _time(), "ends": _time()}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"] = AreaField(
            user=user,
            levels=(Level.DISTRICT, Level.VILLAGE, Level.RW, Level.RT),
            coordinated=True,
            label=_("For which area?"),
        )


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is it called off?"),
        max_length=200,
        help_text=_("This is shown to everyone who looks up the schedule."),
    )
