"""Which families, and how their list is printed."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.areas.choices import Level
from cases.areas.fields import AreaField, AreasField, choosable
from cases.households.choices import HouseholdStatus
from cases.households.models import Household
from cases.kernel.scope import path_to
from cases.paper.choices import DoorTask, PaperSize, SlipTopic, Whom
from cases.paper.doors import DoorOrder
from cases.paper.families import Choice
from cases.paper.forms.choosing import LIST_PAPERS, RoundField, SaysNoNumbers, cards_of, rounds_of
from cases.paper.rules import MOST_PILES
from cases.programmes.models import Round

A_MONTH = timezone.timedelta(days=30)
TASK_CARDS = {
    DoorTask.ROUND: ("calendar", _("the date, the place, and what to bring")),
    DoorTask.CHECK: ("search", _("whether the family is on a list")),
    DoorTask.LEVY: ("hand-coin", _("the sheet itself does not name it")),
}
TOPIC_CARDS = {SlipTopic.ROUND: ("calendar", ""), SlipTopic.CHECK: ("search", "")}


class ChoiceForm(forms.Form):
    """Which families: every choice of a row is scoped to the user."""

    round = RoundField(
        label=_("Which round is it?"),
        queryset=Round.objects.none(),
        required=False,
        empty_label=_("Choose …"),
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
        rounds = self.fields["round"].queryset = rounds_of(user)
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
        return cards_of(self, "task", TASK_CARDS)

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
        return cards_of(self, "topic", TOPIC_CARDS)

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
