"""Filters of rounds and schedules, for pages and API alike."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.areas.choices import Level
from cases.areas.filters import AreaFilter
from cases.areas.models import Area
from cases.programmes.choices import RoundStatus
from cases.programmes.models import Programme, Round, Schedule

UPCOMING, PAST, ALL = "upcoming", "past", "all"


def _known(request: Any) -> bool:
    """False while the API's schema is drawn."""
    return request is not None and request.user.is_authenticated


def _programmes(request: Any) -> QuerySet[Programme]:
    return Programme.objects.visible_to(request.user) if _known(request) else Programme.objects.none()


def _rounds(request: Any) -> QuerySet[Round]:
    return Round.objects.visible_to(request.user) if _known(request) else Round.objects.none()


class ProgrammeFilter(django_filters.FilterSet):
    class Meta:
        model = Programme
        fields = ["kind", "active"]


class RoundFilter(django_filters.FilterSet):
    programme = django_filters.ModelChoiceFilter(
        queryset=_programmes, label=_("Programme"), empty_label=_("All programmes")
    )
    status = django_filters.ChoiceFilter(choices=RoundStatus, label=_("Status"), empty_label=_("All"))

    class Meta:
        model = Round
        fields = ["programme", "status"]


class HoldingFilter(AreaFilter):
    """What holds in the area: also what was set for the areas above it."""

    def filter(self, qs: Any, value: Area | None) -> Any:
        return qs if value is None else qs.holding_in(value.pk)


class ScheduleFilter(django_filters.FilterSet):
    """Without `when` it shows what is still to come."""

    area = HoldingFilter(levels=(Level.VILLAGE, Level.RW, Level.RT))
    programme = django_filters.ModelChoiceFilter(
        field_name="round__programme",
        queryset=_programmes,
        label=_("Programme"),
        empty_label=_("All programmes"),
    )
    round = django_filters.ModelChoiceFilter(queryset=_rounds, label=_("Round"), empty_label=_("All rounds"))
    when = django_filters.ChoiceFilter(
        method="filter_when",
        label=_("When"),
        empty_label=_("still to come"),
        choices=[(PAST, _("already past")), (ALL, _("all dates"))],
    )

    class Meta:
        model = Schedule
        fields = ["area", "programme", "round", "when"]

    def filter_when(self, queryset: Any, name: str, value: str) -> Any:
        return queryset

    def filter_queryset(self, queryset: Any) -> Any:
        queryset = super().filter_queryset(queryset)
        today = timezone.localdate()
        when = self.form.cleaned_data.get("when") or UPCOMING
        if when == UPCOMING:
            return queryset.upcoming(today)
        return queryset.filter(date__lt=today) if when == PAST else queryset
