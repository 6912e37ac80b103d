"""A case is told in two short pages: what happened, then evidence and reporter."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.areas.choices import Level
from cases.areas.fields import AreaField
from cases.casefiles import rules
from cases.casefiles.actions import Levy, ReporterData, levy_of
from cases.casefiles.choices import (
    CATEGORIES_BY_GROUP,
    REPORTER_ICON,
    REPORTER_MEANING,
    Category,
    ReporterLevel,
    ReporterRelation,
    Urgency,
)
from cases.casefiles.fields import AidField, FilesField, question_fields
from cases.casefiles.models import Case
from cases.casefiles.permissions import household_for
from cases.casefiles.rules import QUESTIONS
from cases.households.models import Household
from cases.households.search import search as search_households
from cases.people.models import User

FILES_AT_ONCE = 6
HOUSEHOLDS_OFFERED = 8
ACCEPTED = "image/*,application/pdf,audio/*"
NO_HOUSEHOLD = ""
IDENTITY = ("name", "phone", "relation")


def long_text(rows: int = 3, **attrs: Any) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **attrs})


class HappenedForm(forms.Form):
    """What happened, where, to whom: a household or only a place, and the questions of the category."""

    household_q = forms.CharField(
        label=_("Whose family is it about?"),
        required=False,
        max_length=80,
        help_text=_(
            "Look it up by name, alley, or the last four digits of the KK. No family? Leave this empty."
        ),
        widget=forms.TextInput(attrs={"type": "search", "class": "input", "autocomplete": "off"}),
    )
    household = forms.ChoiceField(label=_("Family"), required=False, widget=forms.RadioSelect)
    area = AreaField(
        label=_("Where did it happen?"),
        levels=(Level.VILLAGE, Level.RW, Level.RT),
        required=False,
        help_text=_("If you choose a family, its RT is taken."),
    )
    story = forms.CharField(
        label=_("Tell what happened"),
        max_length=rules.STORY_LENGTH,
        widget=long_text(6),
        help_text=_("As it was told: when, where, what was said. Do not write the reporter's name here."),
    )
    happened_on = forms.DateField(
        label=_("On which day did it happen?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    happened_about = forms.CharField(
        label=_("Or about when?"),
        required=False,
        max_length=rules.ABOUT_LENGTH,
        widget=forms.TextInput(attrs={"placeholder": _("just before Lebaran, early November …")}),
    )
    aid = AidField()

    def __init__(
        self, data: Any = None, *, user: User, category: str, case: Case | None = None, **kwargs: Any
    ):
        self.user, self.category, self.case = user, category, case
        super().__init__(data, **kwargs)
        self.fields["area"].scope_to(user)
        keep = (case.programme, case.round) if case else (None, None)
        self.fields["aid"].offer(user, keep)
        self.fields["happened_on"].widget.attrs["max"] = timezone.localdate().isoformat()
        self.question_names = [asked.key for asked in QUESTIONS[Category(category)]]
        self.fields.update(question_fields(category))
        self.households = self._offered()
        self.fields["household"].choices = [
            *((str(row.pk), row.head_name) for row in self.households),
            (NO_HOUSEHOLD, _("Without a family: it concerns many, or nobody knows")),
        ]

    def _offered(self) -> list[Household]:
        """The family chosen so far, then what the search words find."""
        chosen = str(self["household"].value() or "")
        words = str(self["household_q"].value() or "").strip()
        mine = Household.objects.visible_to(self.user).current()
        rows = (
            list(mine.filter(pk=chosen).select_related("area__parent__parent"))
            if chosen.isascii() and chosen.isdigit()
            else []
        )
        if len(words) > 1:
            found = search_households(self.user, words).exclude(pk__in=[row.pk for row in rows])
            rows += found.select_related("area__parent__parent").order_by("area_id", "walk_key", "id")[
                :HOUSEHOLDS_OFFERED
            ]
        return rows

    @property
    def household_cards(self) -> list[dict[str, Any]]:
        """For choice_cards.html: name, and where the door is."""
        chosen = str(self["household"].value() or "")
        cards = [
            {
                "value": str(row.pk),
                "label": row.head_name,
                "hint": ", ".join(part for part in (row.address, row.area.label) if part),
                "icon": "household",
                "checked": str(row.pk) == chosen,
            }
            for row in self.households
        ]
        label = self.fields["household"].choices[-1][1]
        return [
            *cards,
            {"value": NO_HOUSEHOLD, "label": label, "icon": "place", "checked": not chosen or not cards},
        ]

    @property
    def found_nothing(self) -> bool:
        return len(str(self["household_q"].value() or "").strip()) > 1 and not self.households

    @property
    def questions(self) -> list[forms.BoundField]:
        return [self[name] for name in self.question_names]

    def clean_household(self) -> Household | None:
        chosen = self.cleaned_data["household"]
        if not chosen and self.case is not None and household_for(self.case, self.user) is None:
            # A family that this person does not see was not shown, so it was not taken away either.
            return self.case.household
        return next((row for row in self.households if str(row.pk) == chosen), None)

    def clean_happened_on(self) -> Any:
        day = self.cleaned_data["happened_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("The date lies in the future. When did it happen?"))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        household = cleaned.get("household")
        if household is not None and household in self.households:
            cleaned["area"] = household.area
        elif not cleaned.get("area") and "area" not in self.errors:
            self.add_error("area", _("Choose where it happened, or choose a family."))
        amount, whole = cleaned.get("levy_amount"), cleaned.get("levy_out_of")
        if amount is not None and whole is not None and amount > whole:
            self.add_error("levy_amount", _("More was taken than there was. Check the two amounts."))
        return cleaned

    def said(self) -> dict[str, Any]:
        """Arguments of actions.log_case and actions.edit."""
        cleaned = self.cleaned_data
        programme, aid_round = cleaned["aid"]
        names = ("area", "household", "story", "happened_on", "happened_about")
        return {
            **{name: cleaned[name] for name in names},
            "category": self.category,
            "programme": programme,
            "round": aid_round,
            "details": {name: cleaned[name] for name in self.question_names if name not in rules.COLUMNS},
            "levy": Levy(
                amount=cleaned.get("levy_amount"),
                out_of=cleaned.get("levy_out_of"),
                excuse=cleaned.get("levy_excuse") or "",
                actor_role=cleaned.get("actor_role") or "",
                way=cleaned.get("levy_way") or "",
            ),
        }

    @staticmethod
    def of(case: Case) -> dict[str, Any]:
        """What a case says now, as initial values."""
        levy = levy_of(case)
        return {
            "household": str(case.household_id or ""),
            "area": case.area_id,
            "story": case.story,
            "happened_on": case.happened_on,
            "happened_about": case.happened_about,
            "aid": AidField.value_of(case.programme, case.round),
            **case.details,
            "levy_amount": levy.amount,
            "levy_out_of": levy.out_of,
            "levy_excuse": levy.excuse,
            "actor_role": levy.actor_role,
            "levy_way": levy.way,
        }


class ReporterForm(forms.Form):
    level = forms.ChoiceField(
        label=_("May the reporter's name be known?"),
        choices=ReporterLevel,
        widget=forms.RadioSelect,
        help_text=_("Ask the reporter, and choose what he or she says."),
        error_messages={"required": _("Choose who may know the reporter's name.")},
    )
    name = forms.CharField(
        label=_("Name of the reporter"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=_("Telephone or WhatsApp"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    relation = forms.ChoiceField(
        label=_("Who is the reporter?"),
        required=False,
        choices=[("", _("Choose …")), *ReporterRelation.choices],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in IDENTITY:
            self.fields[name].template_name = "casefiles/_question.html"

    @property
    def level_cards(self) -> list[dict[str, Any]]:
        chosen = self["level"].value()
        return [
            {
                "value": level.value,
                "label": level.label,
                "hint": REPORTER_MEANING[level],
                "icon": REPORTER_ICON[level],
                "checked": level.value == chosen,
            }
            for level in ReporterLevel
        ]

    @property
    def identity(self) -> list[forms.BoundField]:
        return [self[name] for name in IDENTITY]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        level = cleaned.get("level")
        if level and level != ReporterLevel.ANONYMOUS and not cleaned.get("name", "").strip():
            self.add_error("name", _("Write the reporter's name, or choose “Anonymous”."))
        return cleaned

    def reporter(self) -> ReporterData:
        return ReporterData(**{name: self.cleaned_data[name] for name in ("level", *IDENTITY)})


class ClosingForm(ReporterForm):
    """The last page of recording: evidence, how urgent, who may know the reporter."""

    evidence = FilesField(
        label=_("Photos, PDF or recording"),
        required=False,
        most=FILES_AT_ONCE,
        help_text=_(
            "Invitation, card, receipt, screenshot. Faces are not needed. Place and device are taken out."
        ),
    )
    urgency = forms.ChoiceField(label=_("How urgent is it?"), choices=Urgency, widget=forms.RadioSelect)
    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence"].widget.attrs["accept"] = ACCEPTED


class UrgencyForm(forms.Form):
    urgency = forms.ChoiceField(label=_("How urgent is it?"), choices=Urgency, widget=forms.RadioSelect)


class CategoryForm(forms.Form):
    """To say that it was something else after all; answers that no longer fit are left out."""

    category = forms.ChoiceField(
        label=_("What happened?"),
        choices=[
            (group.label, [(category.value, category.label) for category in categories])
            for group, categories in CATEGORIES_BY_GROUP.items()
        ],
    )
