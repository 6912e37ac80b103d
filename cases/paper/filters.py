"""Filters of posters, prints and sheets, for pages and API alike."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.areas.filters import AreaFilter
from cases.paper.choices import DoorTask, PosterKind, PrintKind
from cases.paper.models import DoorSheet, Poster, PrintRecord

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
