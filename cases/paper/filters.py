"""Filters of posters, prints, sheets and letters, for pages and API alike."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.areas.filters import AreaFilter
from cases.escalations.models import Office
from cases.paper.choices import DoorTask, LetterKind, LetterStatus, PosterKind, PrintKind
from cases.paper.models import DoorSheet, Letter, Poster, PrintRecord

MINE = [("me", _("only mine"))]


class PosterFilter(django_filters.FilterSet):
    area = AreaFilter()
    kind = django_filters.ChoiceFilter(choices=PosterKind, label=_("About"), empty_label=_("All"))

    class Meta:
        model = Poster
        fields = ["area", "kind"]


class PrintFilter(django_filters.FilterSet):
    area = AreaFilter()
    kind = django_filters.ChoiceFilter(choices=PrintKind, label=_("What"), empty_label=_("All"))
    by = django_filters.ChoiceFilter(
        choices=MINE, label=_("By whom"), empty_label=_("Everyone"), method="filter_by"
    )

    class Meta:
        model = PrintRecord
        fields = ["area", "kind"]

    def filter_by(self, queryset: QuerySet[PrintRecord], name: str, value: str) -> QuerySet[PrintRecord]:
        return queryset.filter(by=self.request.user) if value else queryset


class DoorSheetFilter(django_filters.FilterSet):
    area = AreaFilter()
    task = django_filters.ChoiceFilter(choices=DoorTask, label=_("Task"))
    # By number: a list of all prints to choose from would tell of those one may not see.
    print = django_filters.NumberFilter(field_name="print_id", label=_("print"))
    returned = django_filters.BooleanFilter(
        field_name="returned_at", lookup_expr="isnull", exclude=True, label=_("Came back")
    )

    class Meta:
        model = DoorSheet
        fields = ["area", "task", "print"]


def _offices_written_to(request: Any) -> QuerySet[Office]:
    """Only offices to which a letter went that the user sees."""
    if request is None or not request.user.is_authenticated:
        return Office.objects.none()
    return Office.objects.filter(letters__in=Letter.objects.visible_to(request.user)).distinct()


class LetterFilter(django_filters.FilterSet):
    status = django_filters.ChoiceFilter(choices=LetterStatus, label=_("Status"), empty_label=_("All"))
    kind = django_filters.ChoiceFilter(choices=LetterKind, label=_("What"), empty_label=_("All"))
    office = django_filters.ModelChoiceFilter(
        queryset=_offices_written_to, label=_("Office"), empty_label=_("All offices")
    )
    area = AreaFilter()
    # By number: a list of all cases to choose from would be long, and tell of those one may not see.
    case = django_filters.NumberFilter(
        field_name="links__case_id", label=_("Case"), distinct=True, widget=forms.HiddenInput
    )

    class Meta:
        model = Letter
        fields = ["status", "kind", "office", "area"]
