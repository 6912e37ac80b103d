"""Filters of submissions and offices, for pages and API alike."""

from datetime import timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.areas.filters import AreaFilter
from cases.areas.models import Area
from cases.escalations.choices import OfficeKind, SubmissionStatus
from cases.escalations.models import Office, Submission, SubmissionCase
from cases.kernel.scope import path_to, within

OVERDUE, SOON, WAITING = "overdue", "soon", "waiting"
DUE = [
    (OVERDUE, _("past the deadline")),
    (SOON, _("due within 3 days")),
    ("any", _("with a deadline")),
    (WAITING, _("waiting, with or without a deadline")),
]
SOON_DAYS = 3


def _offices_written_to(request: Any) -> QuerySet[Office]:
    """Only offices to which something was sent that the user sees: all of Jakarta would be a long list."""
    if request is None or not request.user.is_authenticated:
        return Office.objects.none()
    return Office.objects.filter(submissions__in=Submission.objects.visible_to(request.user)).distinct()


class CasesIn(AreaFilter):
    """Submissions with a case in the area."""

    def filter(self, qs: Any, value: Area | None) -> Any:
        if value is None:
            return qs
        links = SubmissionCase.objects.filter(within([value.pk], "case__area_id"))
        return qs.filter(Exists(links.filter(submission_id=OuterRef("pk"))))


class SubmissionFilter(django_filters.FilterSet):
    status = django_filters.ChoiceFilter(choices=SubmissionStatus, label=_("Status"), empty_label=_("All"))
    due = django_filters.ChoiceFilter(
        choices=DUE, method="filter_due", label=_("Deadline"), empty_label=_("All")
    )
    office = django_filters.ModelChoiceFilter(
        queryset=_offices_written_to, label=_("Office"), empty_label=_("All offices")
    )
    area = CasesIn(field_name="links__case__area")

    class Meta:
        model = Submission
        fields = ["status", "due", "office", "area"]

    def filter_due(self, queryset: Any, name: str, value: str) -> Any:
        today = timezone.localdate()
        if value == WAITING:
            return queryset.awaited()
        running = queryset.running()
        if value == OVERDUE:
            return running.filter(due_on__lt=today)
        if value == SOON:
            return running.filter(due_on__range=(today, today + timedelta(days=SOON_DAYS)))
        return running

    @property
    def active(self) -> int:
        return sum(1 for name in self.filters if self.data.get(name))


class Responsible(AreaFilter):
    """Offices of the area and of the areas above it."""

    def filter(self, qs: Any, value: Area | None) -> Any:
        return qs if value is None else qs.filter(area_id__in=path_to(value.pk))


class OfficeFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        method="filter_q",
        label=_("Search by name of the office"),
        widget=forms.TextInput(
            attrs={"type": "search", "class": "input", "placeholder": _("Name of the office")}
        ),
    )
    kind = django_filters.ChoiceFilter(choices=OfficeKind, label=_("Kind of office"), empty_label=_("All"))
    area = Responsible(label=_("Responsible for"))

    class Meta:
        model = Office
        fields = ["q", "kind", "area"]

    def filter_q(self, queryset: Any, name: str, value: str) -> Any:
        for word in value.split()[:6]:
            queryset = queryset.filter(Q(name__icontains=word) | Q(addressee__icontains=word))
        return queryset

    @property
    def active(self) -> int:
        return sum(1 for name in self.filters if name != "q" and self.data.get(name))
