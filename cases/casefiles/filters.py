"""Filters of cases, for pages and API alike."""

from datetime import timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.areas.filters import AreaFilter
from cases.casefiles.choices import CATEGORIES_BY_GROUP, Due, Status, Turn, Urgency
from cases.casefiles.models import Case, CaseQuerySet
from cases.casefiles.search import matching
from cases.programmes.models import Programme, Round

OPEN, OVERDUE = "open", "overdue"
STATUSES = [(OPEN, _("all that are open")), *Status.choices]
TURNS = [(turn.value, turn.label) for turn in Turn if turn is not Turn.NOBODY]
MINE = [("tasks", _("my tasks")), ("recorded", _("recorded by me")), ("any", _("both"))]
CATEGORIES = [
    (group.label, [(category.value, category.label) for category in categories])
    for group, categories in CATEGORIES_BY_GROUP.items()
]
DUE = [
    ("overdue", _("past the deadline")),
    ("soon", _("due within 3 days")),
    ("any", _("with a deadline")),
    (_("As on the board"), Due.choices),
]
SOON_DAYS = 3
DAY = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


def _programmes(request: Any) -> QuerySet[Programme]:
    return Programme.objects.visible_to(request.user) if request is not None else Programme.objects.none()


def _rounds(request: Any) -> QuerySet[Round]:
    return Round.objects.visible_to(request.user) if request is not None else Round.objects.none()


class CaseFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        method="filter_q",
        label=_("Search by number, family or words of the story"),
        widget=forms.TextInput(
            attrs={"type": "search", "class": "input", "placeholder": _("Number, family, or words")}
        ),
    )
    status = django_filters.ChoiceFilter(
        choices=STATUSES, method="filter_status", label=_("Status"), empty_label=_("All")
    )
    turn = django_filters.ChoiceFilter(
        choices=TURNS, method="filter_turn", label=_("Whose turn"), empty_label=_("All")
    )
    due = django_filters.ChoiceFilter(
        choices=DUE, method="filter_due", label=_("Deadline"), empty_label=_("All")
    )
    mine = django_filters.ChoiceFilter(
        choices=MINE, method="filter_mine", label=_("Whose"), empty_label=_("everybody's")
    )
    category = django_filters.ChoiceFilter(choices=CATEGORIES, label=_("What happened"), empty_label=_("All"))
    area = AreaFilter()
    programme = django_filters.ModelChoiceFilter(
        queryset=_programmes, label=_("Programme"), empty_label=_("All programmes")
    )
    round = django_filters.ModelChoiceFilter(queryset=_rounds, label=_("Round"), empty_label=_("All rounds"))
    urgency = django_filters.ChoiceFilter(choices=Urgency, label=_("Urgency"), empty_label=_("All"))
    since = django_filters.DateFilter(
        field_name="created_at", lookup_expr="date__gte", label=_("Recorded from"), **DAY
    )
    until = django_filters.DateFilter(
        field_name="created_at", lookup_expr="date__lte", label=_("Recorded until"), **DAY
    )

    class Meta:
        model = Case
        fields = [
            "q",
            "status",
            "turn",
            "due",
            "mine",
            "category",
            "area",
            "programme",
            "round",
            "urgency",
            "since",
            "until",
        ]

    def filter_q(self, queryset: CaseQuerySet, name: str, value: str) -> CaseQuerySet:
        return matching(queryset, value)

    def filter_status(self, queryset: CaseQuerySet, name: str, value: str) -> CaseQuerySet:
        return queryset.still_open() if value == OPEN else queryset.filter(status=value)

    def filter_turn(self, queryset: CaseQuerySet, name: str, value: str) -> CaseQuerySet:
        return queryset.on_turn_of(value)

    def filter_due(self, queryset: CaseQuerySet, name: str, value: str) -> CaseQuerySet:
        today = timezone.localdate()
        if value == OVERDUE:
            return queryset.overdue(today)
        if value in Due.values:
            return queryset.due_in(value, today)
        queryset = queryset.still_open().filter(due_on__isnull=False)
        last = today + timedelta(days=SOON_DAYS)
        return queryset.filter(due_on__range=(today, last)) if value == "soon" else queryset

    def filter_mine(self, queryset: CaseQuerySet, name: str, value: str) -> CaseQuerySet:
        user = self.request.user
        tasks, recorded = Q(assigned_to=user), Q(created_by=user)
        return queryset.filter({"tasks": tasks, "recorded": recorded}.get(value, tasks | recorded))

    @property
    def active(self) -> int:
        """How many filters are set, the search words apart."""
        return sum(1 for name in self.filters if name != "q" and self.data.get(name))
