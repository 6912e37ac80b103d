"""Fields of the forms: one for each kind of question, and choices of what a person may see."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.casefiles.choices import Question
from cases.casefiles.models import Case
from cases.casefiles.rules import LARGEST_COUNT, QUESTIONS, TEXT_LENGTH, Asked, Kind, read_number
from cases.programmes.forms import RupiahField
from cases.programmes.models import Programme, Round

RADIOS_UP_TO = 4
LATEST_ROUNDS = 60


HELP = {Question.ACTOR_ROLE: _("The office is enough. No name is needed.")}


def question_field(asked: Asked) -> forms.Field:
    """The field of a question; every answer may be left open, as people often do not know."""
    field = _field(asked)
    field.help_text = HELP.get(asked.question, "")
    # Without "(may be left empty)" at every single one: it is said once above all of them.
    field.template_name = "casefiles/_question.html"
    return field


def _field(asked: Asked) -> forms.Field:
    label = asked.question.label
    if asked.kind is Kind.RUPIAH:
        return RupiahField(label=label, required=False)
    if asked.kind is Kind.NUMBER:
        return forms.IntegerField(
            label=label,
            required=False,
            min_value=0,
            max_value=LARGEST_COUNT,
            localize=True,
            widget=forms.TextInput(
                attrs={"inputmode": "numeric", "autocomplete": "off", "class": "input--short"}
            ),
        )
    if asked.kind is Kind.TEXT or asked.choices is None:
        return forms.CharField(
            label=label,
            required=False,
            max_length=TEXT_LENGTH,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )
    choices = list(asked.choices.choices)
    if asked.kind is Kind.CHOICES:
        return forms.MultipleChoiceField(
            label=label, required=False, choices=choices, widget=forms.CheckboxSelectMultiple
        )
    if len(choices) <= RADIOS_UP_TO:
        return forms.ChoiceField(label=label, required=False, choices=choices, widget=forms.RadioSelect)
    return forms.ChoiceField(label=label, required=False, choices=[("", _("Choose …")), *choices])


def question_fields(category: str) -> dict[str, forms.Field]:
    return {asked.key: question_field(asked) for asked in QUESTIONS[category]}


class AidField(forms.ChoiceField):
    """Which aid: a programme ("p3") or one of its rounds ("r12"), as one list; cleans to (Programme, Round) or None."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Which aid is it about?"))
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)

    def offer(self, user: Any, keep: tuple[Programme | None, Round | None] = (None, None)) -> None:
        """What this user sees; `keep` is what the case already says."""
        programmes = {row.pk: row for row in Programme.objects.visible_to(user)}
        rounds = list(Round.objects.visible_to(user).order_by("-period_start", "-id")[:LATEST_ROUNDS])
        programme, aid_round = keep
        if aid_round and aid_round not in rounds:
            rounds.append(aid_round)
        if programme:
            programmes.setdefault(programme.pk, programme)
        self.known = {f"p{row.pk}": (row, None) for row in programmes.values()}
        by_programme = {
            pk: list(group)
            for pk, group in groupby(
                sorted(rounds, key=lambda row: row.programme_id), key=lambda row: row.programme_id
            )
        }
        choices: list[Any] = [("", _("Not about one aid, or not known"))]
        for pk, row in programmes.items():
            own = by_programme.get(pk, [])
            self.known |= {f"r{one.pk}": (row, one) for one in own}
            whole = (
                f"p{pk}",
                _("%(programme)s, round not known") % {"programme": row.name} if own else row.name,
            )
            choices.append((row.name, [whole, *((f"r{one.pk}", one.name) for one in own)]) if own else whole)
        self.choices = choices

    def clean(self, value: Any) -> tuple[Programme | None, Round | None]:
        return self.known.get(super().clean(value), (None, None))

    @staticmethod
    def value_of(programme: Programme | None, aid_round: Round | None) -> str:
        if aid_round is not None:
            return f"r{aid_round.pk}"
        return f"p{programme.pk}" if programme is not None else ""


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Several files at once; cleans to a list."""

    widget = FilesInput

    def __init__(self, *args: Any, most: int, **kwargs: Any) -> None:
        self.most = most
        super().__init__(*args, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files: Iterable[Any] = data if isinstance(data, (list, tuple)) else [data] if data else []
        cleaned = [super(FilesField, self).clean(file, initial) for file in files]
        if not cleaned:
            super().clean(None, initial)
        if len(cleaned) > self.most:
            raise forms.ValidationError(
                _("At most %(most)s files at once. Add the rest afterwards.") % {"most": self.most}
            )
        return cleaned


class CaseNumberField(forms.CharField):
    """A case number as people type it; cleans to the Case the user may see."""

    default_error_messages = {"unknown": _("No such case in the areas you work in. Check the number.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Number of the other case"))
        kwargs.setdefault("max_length", 30)
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"autocomplete": "off", "placeholder": "GDG-2611-0042"})
        )
        super().__init__(**kwargs)
        self.queryset = Case.objects.none()

    def clean(self, value: Any) -> Case | None:
        text = super().clean(value)
        if not text:
            return None
        case = self.queryset.filter(number=read_number(text) or text.strip().upper()).first()
        if case is None:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        return case
