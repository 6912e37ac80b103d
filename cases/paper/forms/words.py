"""The words of posters and slips."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.areas.choices import Level
from cases.areas.fields import AreaField
from cases.paper import sources, wording
from cases.paper.choices import PaperSize, PosterKind
from cases.paper.forms.choosing import LIST_PAPERS, RoundField, SaysNoNumbers, cards_of, rounds_of
from cases.paper.sharing import is_public
from cases.paper.sheets import (
    MAX_BRING,
    MAX_SESSIONS,
    MAX_STEPS,
    PaperRefused,
    PosterContent,
    Slip,
    poster_from_blocks,
)
from cases.paper.slips import with_slips
from cases.programmes.models import Round

SLIP_SESSIONS = 2
POSTER_CARDS = {
    PosterKind.SCHEDULE: ("calendar", _("When and where, and what to bring")),
    PosterKind.COMPLAIN: ("megaphone", _("Not received, cut, or not on the list")),
    PosterKind.NO_LEVY: ("hand-coin", _("Nobody may ask for money")),
    PosterKind.CHECK_HELP: ("search", _("The posko looks it up, without an app")),
}


def _line(
    label: Any, most: int, *, required: bool = False, help_text: Any = "", **attrs: Any
) -> SaysNoNumbers:
    return SaysNoNumbers(
        label=label,
        max_length=most,
        required=required,
        help_text=help_text,
        widget=forms.TextInput(attrs={"data-words": "", **attrs}),
    )


class PosterStartForm(forms.Form):
    """What it is about and where it hangs; in the address of the page, so that a round can link to it."""

    kind = forms.ChoiceField(
        label=_("What is the poster about?"), choices=PosterKind, widget=forms.RadioSelect
    )
    area = AreaField(
        label=_("For which area?"),
        levels=[Level.VILLAGE, Level.RW, Level.RT],
        help_text=_("Where it will hang."),
    )
    round = RoundField(
        label=_("Which round is it?"),
        queryset=Round.objects.none(),
        required=False,
        empty_label=_("Choose …"),
        help_text=_("Only for a schedule: dates and place come from it."),
    )
    # Words of another poster to begin with: a copy for another area.
    like = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].scope_to(user)
        self.fields["round"].queryset = rounds_of(user)

    def kind_cards(self) -> list[dict[str, Any]]:
        return cards_of(self, "kind", POSTER_CARDS)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("kind") == PosterKind.SCHEDULE:
            if values.get("round") is None and "round" not in self.errors:
                self.add_error("round", _("Choose the round whose schedule the poster tells."))
        else:
            values["round"] = None
        return values


class WordsForm(forms.Form):
    """Blocks that posters and slips share: dates and places, things to bring, free of charge, the number."""

    sessions_asked = MAX_SESSIONS

    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    headline = _line(_("Headline"), 80, required=True, help_text=_("A question of a few short words."))
    bring = forms.MultipleChoiceField(
        label=_("What to bring"),
        choices=list(sources.THINGS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"data-words": ""}),
        help_text=_("Four at most; each stands on paper as a picture with its word."),
    )
    bring_title = _line(_("Words above them"), 40)
    free = _line(_("Free of charge"), 30)
    free_detail = _line(_("Below it"), 60)
    complain = _line(_("Before the number"), 60)
    phone = _line(_("The posko's number"), 40, inputmode="tel")
    organisation = _line(_("Who signs"), 60, required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, self.sessions_asked + 1):
            self.fields[f"day_{number}"] = _line(_("Day"), 60)
            self.fields[f"hours_{number}"] = _line(_("Hours"), 40)
            self.fields[f"place_{number}"] = _line(_("Place"), 80)

    @classmethod
    def initial_of(cls, blocks: Mapping[str, Any]) -> dict[str, Any]:
        """Values of the fields for blocks kept as JSON."""
        values = {name: value for name, value in blocks.items() if isinstance(value, str)}
        values["bring"] = [item["icon"] for item in blocks.get("bring", ())]
        for number, session in enumerate(blocks.get("sessions", ()), start=1):
            values |= {f"{name}_{number}": session[name] for name in ("day", "hours", "place")}
        return values

    def session_rows(self) -> dict[str, list[dict[str, Any]]]:
        """The dates as groups of fields: those in use and always the first, and the spare ones, which are folded away."""
        rows: dict[str, list[dict[str, Any]]] = {"shown": [], "spare": []}
        for number in range(1, self.sessions_asked + 1):
            fields = [self[f"{name}_{number}"] for name in ("day", "hours", "place")]
            used = number == 1 or any(field.value() or field.errors for field in fields)
            rows["shown" if used else "spare"].append({"number": number, "fields": fields})
        return rows

    def bring_cards(self) -> list[dict[str, Any]]:
        icons = {"invitation": "envelope", "ktp": "id", "kk": "group", "photocopy": "doublecopy"}
        icons |= {"bank_card": "card", "letter": "notebook", "camera": "camera"}
        chosen = self["bring"].value() or []
        return [
            {"value": value, "label": word, "icon": icons[value], "checked": value in chosen}
            for value, word in sources.THINGS.items()
        ]

    def clean_bring(self) -> list[str]:
        if len(self.cleaned_data["bring"]) > MAX_BRING:
            raise forms.ValidationError(_("Choose four things at most."), code="too_many")
        return self.cleaned_data["bring"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for number in range(1, self.sessions_asked + 1):
            rest = (values.get(f"hours_{number}"), values.get(f"place_{number}"))
            if any(rest) and not values.get(f"day_{number}") and f"day_{number}" not in self.errors:
                self.add_error(f"day_{number}", _("Say on which day."))
        return values

    def shared_blocks(self) -> dict[str, Any]:
        values = self.cleaned_data
        sessions = [
            {name: values.get(f"{name}_{number}", "") for name in ("day", "hours", "place")}
            for number in range(1, self.sessions_asked + 1)
            if values.get(f"day_{number}")
        ]
        # In the order of the pictures' list, whatever the browser sent.
        bring = [
            {"icon": icon, "label": word} for icon, word in sources.THINGS.items() if icon in values["bring"]
        ]
        names = ("headline", "bring_title", "free", "free_detail", "complain", "phone", "organisation")
        return {
            **{name: values[name] for name in names},
            "bring_title": values["bring_title"] if bring else "",
            "sessions": sessions,
            "bring": bring,
        }


class PosterTextForm(WordsForm):
    who = _line(_("For whom"), 120)
    steps = forms.CharField(
        label=_("What to do"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "data-words": ""}),
        help_text=_("One step a line, four at most."),
        max_length=400,
    )
    ask = _line(_("Whom to ask"), 120)
    posko = SaysNoNumbers(label=_("Name of the posko"), max_length=50)
    valid_until = forms.DateField(
        label=_("Hangs until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "data-words": "5"}, format="%Y-%m-%d"),
        help_text=_("Printed on it, so that an old poster is known as old."),
    )
    with_strips = forms.BooleanField(label=_("Strips with the number to tear off"), required=False)
    with_qr = forms.BooleanField(label=_("QR code to the same text"), required=False)

    def __init__(self, *args: Any, kind: str, site: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.site = kind, site
        if site and not is_public(site):
            self.fields["with_qr"].help_text = _(
                "This posko has no address on the internet yet, so its QR code works only inside the posko's "
                "own network. Better leave it out."
            )

    def clean_steps(self) -> str:
        lines = [" ".join(line.split()) for line in self.cleaned_data["steps"].splitlines() if line.strip()]
        if len(lines) > MAX_STEPS:
            raise forms.ValidationError(_("Four steps at most."), code="too_many")
        return "\n".join(lines)

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if not self.errors:
            try:
                self.content = poster_from_blocks(self.kind, self._blocks())
            except PaperRefused as refusal:
                self.add_error(None, str(refusal))
        return values

    content: PosterContent

    def _blocks(self) -> dict[str, Any]:
        values = self.cleaned_data
        return self.shared_blocks() | {
            "who": values["who"],
            "steps": [line for line in values["steps"].split("\n") if line],
            "ask": values["ask"],
            "posko": values["posko"],
            "valid_until": wording.until(values["valid_until"]),
            "strips": values["with_strips"],
        }

    @classmethod
    def initial_of(cls, blocks: Mapping[str, Any]) -> dict[str, Any]:
        values = super().initial_of(blocks)
        values.pop("valid_until", None)
        return values | {
            "steps": "\n".join(blocks.get("steps", ())),
            "with_strips": blocks.get("strips", True),
        }


class SlipTextForm(WordsForm):
    sessions_asked = SLIP_SESSIONS

    text = _line(_("A sentence"), 200)
    paper = forms.ChoiceField(
        label=_("Paper"), choices=LIST_PAPERS[::-1], initial=PaperSize.A4, widget=forms.RadioSelect
    )

    def blocks(self) -> dict[str, Any]:
        return self.shared_blocks() | {"text": self.cleaned_data["text"]}

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if not self.errors:
            try:
                with_slips(self.blocks(), (Slip(number="1", head="-"),))
            except PaperRefused as refusal:
                self.add_error(None, str(refusal))
        return values
