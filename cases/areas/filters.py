"""Filtering by area: an area means everything below it."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.areas.choices import Level
from cases.areas.fields import AreaField, choosable
from cases.areas.models import Area, NoticeBoard
from cases.kernel.scope import within


class AreaFilter(django_filters.ModelChoiceFilter):
    """`area = AreaFilter()` in a FilterSet made with `request=`: offers what the user sees, keeps what lies below the choice."""

    field_class = AreaField

    def __init__(
        self,
        field_name: str = "area_id",
        levels: Iterable[Level] = (Level.VILLAGE, Level.RW, Level.RT),
        **kwargs: Any,
    ) -> None:
        self.levels = tuple(levels)
        kwargs.setdefault("label", _("Area"))
        kwargs.setdefault("empty_label", _("All areas"))
        super().__init__(field_name=field_name, levels=self.levels, **kwargs)

    def get_queryset(self, request: Any) -> QuerySet[Area]:
        return choosable(request.user, self.levels) if request is not None else Area.objects.none()

    def filter(self, qs: QuerySet[Any], value: Area | None) -> QuerySet[Any]:
        return qs if value is None else qs.filter(within([value.pk], self.field_name))


class AreaFilterSet(django_filters.FilterSet):
    class Meta:
        model = Area
        fields = {"level": ["exact"], "parent": ["exact"]}


class BoardFilter(django_filters.FilterSet):
    area = AreaFilter()

    class Meta:
        model = NoticeBoard
        fields = ["kampung", "active", "size"]
