"""Forms of the areas slice; AreaField is what every slice asks for an area with."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.areas.choices import BoardSize, DayChange, Level, Spreading
from cases.areas.fields import AreaField, AreasField, choosable
from cases.areas.models import Area, Kampung
from cases.areas.rules import MOST_AT_ONCE, Unreadable, read_numbers
from cases.kernel import phones
from cases.kernel.scope import covers, within

__all__ = ["AddAreasForm", "AreaField", "AreasField", "BoardForm", "DayForm", "KampungForm", "RenameForm"]


class AddAreasForm(forms.Form):
    numbers = forms.CharField(
        max_length=200,
        label=_("Which numbers?"),
        help_text=_("One or several: 005 or 001-011 or 001-004, 007."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_numbers(self) -> list[str]:
        try:
            return read_numbers(self.cleaned_data["numbers"])
        except Unreadable as fault:
            if fault.part:
                raise forms.ValidationError(
                    _("“%(part)s” is no number of an RW or RT. Write 005, or 001-011 for several.")
                    % {"part": fault.part[:40]}
                ) from None
            raise forms.ValidationError(_("At most %(most)d at once.") % {"most": MOST_AT_ONCE}) from None


class RenameForm(forms.Form):
    alias = forms.CharField(
        max_length=80,
        required=False,
        label=_("Everyday name"),
        help_text=_("As people call it, for example Gang Mawar."),
    )


class WhichVillageForm(forms.Form):
    """The first question about a kampung, for those who look after many kelurahan."""

    village = AreaField(levels=[Level.VILLAGE], coordinated=True, label=_("In which kelurahan?"))

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["village"].scope_to(user)


class KampungForm(forms.Form):
    name = forms.CharField(max_length=80, label=_("Name of the kampung"))
    areas = AreasField(
        levels=[Level.VILLAGE, Level.RW, Level.RT],
        coordinated=True,
        label=_("Which ground belongs to it?"),
        help_text=_("The whole kelurahan, or only some RW."),
    )
    spreading = forms.ChoiceField(
        choices=Spreading.choices, label=_("How does news spread here?"), widget=forms.RadioSelect
    )
    posko_place = forms.CharField(max_length=200, required=False, label=_("Where is the posko?"))
    posko_hours = forms.CharField(
        max_length=120,
        required=False,
        label=_("When is it open?"),
        help_text=_("For example: Monday and Thursday, 16.00 to 20.00."),
    )
    posko_phone = forms.CharField(
        max_length=20,
        required=False,
        label=_("The posko's number"),
        help_text=_("It stands in big digits on posters. Like 0812-3456-7890."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    notes = forms.CharField(
        max_length=2000, required=False, label=_("Notes"), widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self,
        *args: Any,
        user: Any,
        village: Area | None = None,
        kampung: Kampung | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        own = choosable(user, [Level.VILLAGE, Level.RW], coordinated=True)
        ground = within([village.pk], "code") if village is not None else within([], "code")
        if kampung is not None:
            villages = [area.village_code or area.pk for area in kampung.areas.all()]
            ground |= within(villages, "code")
            here = choosable(user, self.fields["areas"].levels, coordinated=True)
            # What belongs to it now stays on the list, even an RT.
            self.fields["areas"].queryset = own.filter(ground) | here.filter(pk__in=kampung.area_codes)
        else:
            if village is None:
                ground = within(user.coordinated_areas, "code")
            self.fields["areas"].queryset = own.filter(ground)

    def clean_areas(self) -> list[Area]:
        """An RW inside a kelurahan that is ticked as well says nothing more."""
        chosen = list(self.cleaned_data["areas"])
        return [
            area
            for area in chosen
            if not covers([other.pk for other in chosen if other.pk != area.pk], area.pk)
        ]

    def clean_posko_phone(self) -> str:
        text = self.cleaned_data["posko_phone"].strip()
        try:
            return phones.normalise_phone(text) if text else ""
        except ValueError:
            raise forms.ValidationError(
                _("This is not a telephone number. Write it like 0812-3456-7890.")
            ) from None


class BoardForm(forms.Form):
    place = forms.CharField(
        max_length=120, label=_("Where does it hang?"), help_text=_("For example: wall of the coffee stall.")
    )
    landmark = forms.CharField(
        max_length=120, required=False, label=_("How does one find it?"), help_text=_("A landmark nearby.")
    )
    area = AreaField(
        levels=[Level.VILLAGE, Level.RW, Level.RT], coordinated=True, label=_("In which RW or RT?")
    )
    size = forms.ChoiceField(
        choices=BoardSize.choices,
        initial=BoardSize.F4,
        label=_("How much fits on it?"),
        widget=forms.RadioSelect,
    )
    notes = forms.CharField(
        max_length=200,
        required=False,
        label=_("Notes"),
        help_text=_("Who must be asked, what holds the paper."),
    )

    def __init__(self, *args: Any, user: Any, kampung: Kampung, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].scope_to(user)
        self.fields["area"].queryset = self.fields["area"].queryset.filter(within(kampung.area_codes, "code"))


class DayForm(forms.Form):
    day = forms.DateField(label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    change = forms.ChoiceField(choices=DayChange.choices, label=_("What is it?"), widget=forms.RadioSelect)
    name = forms.CharField(
        max_length=120,
        label=_("Why?"),
        help_text=_("For example: birthday of Jakarta, or the decree that changed it."),
    )


class DayFileForm(forms.Form):
    file = forms.FileField(
        label=_("CSV or calendar file"),
        help_text=_("One day a line: date; name; libur or masuk. Or an .ics file."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.ics,text/csv,text/calendar"}),
    )
