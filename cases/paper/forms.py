"""Forms of paper: what, where, for whom; then the words, counted while one types."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.areas.choices import Level
from cases.areas.fields import AreaField, AreasField, choosable
from cases.households.choices import HouseholdStatus
from cases.households.models import Household
from cases.kernel.scope import path_to
from cases.paper import sources, wording
from cases.paper.choices import DoorTask, PaperSize, PosterKind, SlipTopic, Whom
from cases.paper.doors import DoorOrder
from cases.paper.families import Choice
from cases.paper.rules import MOST_PILES
from cases.paper.sharing import is_public
from cases.paper.sheets import (
    MAX_BRING,
    MAX_SESSIONS,
    MAX_STEPS,
    PaperRefused,
    PosterContent,
    Slip,
    poster_from_blocks,
    refuse_identity_numbers,
)
from cases.paper.slips import with_slips
from cases.programmes.choices import RoundStatus
from cases.programmes.models import Round

LIST_PAPERS = [(PaperSize.F4, _("F4 (folio)")), (PaperSize.A4, PaperSize.A4.label)]
A_MONTH = timezone.timedelta(days=30)
SLIP_SESSIONS = 2
POSTER_CARDS = {
    PosterKind.SCHEDULE: ("calendar", _("When and where, and what to bring")),
    PosterKind.COMPLAIN: ("megaphone", _("Not received, cut, or not on the list")),
    PosterKind.NO_LEVY: ("hand-coin", _("Nobody may ask for money")),
    PosterKind.CHECK_HELP: ("search", _("The posko looks it up, without an app")),
}
TASK_CARDS = {
    DoorTask.ROUND: ("calendar", _("the date, the place, and what to bring")),
    DoorTask.CHECK: ("search", _("whether the family is on a list")),
    DoorTask.LEVY: ("hand-coin", _("the sheet itself does not name it")),
}
TOPIC_CARDS = {SlipTopic.ROUND: ("calendar", ""), SlipTopic.CHECK: ("search", "")}


def _rounds(user: Any) -> Any:
    """Rounds that may still be told about, those being paid out first."""
    rounds = Round.objects.visible_to(user).select_related("programme").exclude(status=RoundStatus.DONE)
    return rounds.order_by("status", "-period_start", "-id")


class RoundField(forms.ModelChoiceField):
    def label_from_instance(self, aid_round: Round) -> str:
        return f"{aid_round.name} · {sources.short_name(aid_round.programme)}"


def _cards(form: forms.Form, name: str, cards: Mapping[Any, Any]) -> list[dict[str, Any]]:
    """Pictured choices for choice_cards.html."""
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
        label=_("Which round?"),
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
        self.fields["round"].queryset = _rounds(user)

    def kind_cards(self) -> list[dict[str, Any]]:
        return _cards(self, "kind", POSTER_CARDS)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("kind") == PosterKind.SCHEDULE:
            if values.get("round") is None and "round" not in self.errors:
                self.add_error("round", _("Choose the round whose schedule the poster tells."))
        else:
            values["round"] = None
        return values


class SaysNoNumbers(forms.CharField):
    """One line of a sheet; a NIK or KK in it is refused where it was typed."""

    def clean(self, value: Any) -> str:
        text = " ".join(str(super().clean(value)).split())
        try:
            refuse_identity_numbers(text)
        except PaperRefused as refusal:
            raise forms.ValidationError(str(refusal), code="identity") from None
        return text


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

    def session_rows(self) -> list[dict[str, Any]]:
        """The dates as groups of fields; empty ones beyond the first spare one are folded away."""
        rows = []
        for number in range(1, self.sessions_asked + 1):
            fields = [self[f"{name}_{number}"] for name in ("day", "hours", "place")]
            rows.append(
                {"number": number, "fields": fields, "filled": any(field.value() for field in fields)}
            )
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


class ChoiceForm(forms.Form):
    """Which families: every choice of a row is scoped to the user."""

    round = RoundField(
        label=_("Which round?"), queryset=Round.objects.none(), required=False, empty_label=_("Choose …")
    )
    whom = forms.ChoiceField(
        label=_("Which families?"), choices=Whom, initial=Whom.ALL, widget=forms.RadioSelect, required=False
    )
    since = forms.DateField(
        label=_("Since which day?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Only where it says “since the day below”. Empty: the last 30 days."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        rounds = self.fields["round"].queryset = _rounds(user)
        if not self.is_bound and (newest := rounds.first()) is not None:
            # Asked for by the task that stands first; other tasks do without, so only the page says it is needed.
            self.fields["round"].required = True
            self.initial.setdefault("round", newest.pk)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        values["whom"] = values.get("whom") or Whom.ALL
        if values["whom"] == Whom.UNPAID and values.get("round") is None and "round" not in self.errors:
            self.add_error("round", _("Choose the round in which they have not been paid."))
        if values["whom"] in (Whom.UNCHECKED, Whom.UNVISITED):
            values["since"] = values.get("since") or timezone.localdate() - A_MONTH
        return values

    def choice(self) -> Choice:
        values = self.cleaned_data
        aid_round = values.get("round")
        return Choice(
            areas=tuple(area.pk for area in values.get("areas", ())),
            whom=values["whom"],
            round_id=aid_round.pk if aid_round else None,
            since=values.get("since") if values["whom"] in (Whom.UNCHECKED, Whom.UNVISITED) else None,
        )


def inhabited(user: Any, levels: tuple[Level, ...]) -> Any:
    """Areas of these levels in which families are on record: nobody walks through an empty one."""
    rts = Household.objects.visible_to(user).filter(status=HouseholdStatus.ACTIVE).order_by()
    codes = {code for rt in rts.values_list("area_id", flat=True).distinct() for code in path_to(rt)}
    return choosable(user, levels).filter(pk__in=codes)


class DoorsForm(ChoiceForm):
    areas = AreasField(label=_("Which areas?"))
    task = forms.ChoiceField(
        label=_("What for?"), choices=DoorTask, initial=DoorTask.ROUND, widget=forms.RadioSelect
    )

    field_order = ["task", "round", "areas", "whom", "since"]

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["areas"].queryset = inhabited(user, (Level.VILLAGE, Level.RW, Level.RT))

    def area_groups(self) -> list[dict[str, Any]]:
        """Ticks under headings; the many RT of an RW are folded away until one of them is chosen."""
        chosen = {str(value) for value in self["areas"].value() or ()}
        groups: dict[str, dict[str, Any]] = {}
        for area in sorted(self.fields["areas"].queryset, key=lambda area: (area.parent_id or "", area.code)):
            label = area.parent.label if area.parent else ""
            group = groups.setdefault(
                label, {"label": label, "areas": [], "folded": area.level == Level.RT, "open": False}
            )
            checked = area.pk in chosen
            group["areas"].append({"value": area.pk, "label": area.label, "checked": checked})
            group["open"] = group["open"] or checked
        if len(groups) == 1:
            for group in groups.values():
                group["folded"] = False
        return list(groups.values())

    def task_cards(self) -> list[dict[str, Any]]:
        return _cards(self, "task", TASK_CARDS)

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if (
            values.get("task") == DoorTask.ROUND
            and values.get("round") is None
            and "round" not in self.errors
        ):
            self.add_error("round", _("Choose the round that is told about."))
        return values


class DoorsPrintForm(forms.Form):
    """How it is printed and who carries it."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    paper = forms.ChoiceField(
        label=_("Paper"), choices=LIST_PAPERS, initial=PaperSize.F4, widget=forms.RadioSelect
    )
    volunteers = forms.MultipleChoiceField(
        label=_("Who carries it?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One pile for each, with the name on it."),
    )
    piles = forms.IntegerField(
        label=_("Or in how many piles?"),
        required=False,
        min_value=1,
        max_value=MOST_PILES,
        initial=1,
        help_text=_("If it is not known yet who walks."),
    )
    say = SaysNoNumbers(
        label=_("What to say at the door"),
        max_length=400,
        required=True,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("It stands at the head of every sheet."),
    )

    def __init__(self, *args: Any, volunteers: list[Any] = (), **kwargs: Any) -> None:  # type: ignore[assignment]
        super().__init__(*args, **kwargs)
        if volunteers:
            self.fields["volunteers"].choices = [(str(user.pk), str(user)) for user in volunteers]
        else:
            del self.fields["volunteers"]

    def order(self, choice: Choice, task: str) -> DoorOrder:
        values = self.cleaned_data
        return DoorOrder(
            choice=choice,
            task=task,
            paper=values["paper"],
            say=values["say"],
            volunteers=tuple(int(pk) for pk in values.get("volunteers", ())),
            piles=values.get("piles") or 1,
        )


class SlipsForm(ChoiceForm):
    """For the families of an area, or for one family."""

    topic = forms.ChoiceField(
        label=_("What do they say?"), choices=SlipTopic, initial=SlipTopic.ROUND, widget=forms.RadioSelect
    )
    area = AreaField(label=_("For which area?"), levels=[Level.RW, Level.RT])
    household = forms.ModelChoiceField(
        queryset=Household.objects.none(), required=False, widget=forms.HiddenInput
    )

    field_order = ["topic", "round", "area", "whom", "since", "household"]

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["household"].queryset = Household.objects.visible_to(user).filter(
            status=HouseholdStatus.ACTIVE
        )
        self.fields["area"].queryset = inhabited(user, (Level.RW, Level.RT))

    def for_one(self) -> None:
        """One family was chosen on its own page: nothing else to ask about whom."""
        for name in ("area", "whom", "since"):
            del self.fields[name]

    def topic_cards(self) -> list[dict[str, Any]]:
        return _cards(self, "topic", TOPIC_CARDS)

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if (
            values.get("topic") == SlipTopic.ROUND
            and values.get("round") is None
            and "round" not in self.errors
        ):
            self.add_error("round", _("Choose the round that is told about."))
        return values

    def choice(self) -> Choice:
        values = self.cleaned_data
        household, area = values.get("household"), values.get("area")
        base = super().choice()
        if household is not None:
            return Choice(household=household.pk, round_id=base.round_id)
        return Choice(
            areas=(area.pk,) if area else (), whom=base.whom, round_id=base.round_id, since=base.since
        )

    def codes(self) -> list[str]:
        household, area = self.cleaned_data.get("household"), self.cleaned_data.get("area")
        return [household.area_id] if household else [area.pk] if area else []


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
