"""Finding people."""

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from cases.areas.choices import Level
from cases.areas.filters import AreaFilter
from cases.areas.models import Area
from cases.kernel.scope import within
from cases.people.choices import Role
from cases.people.models import Membership, User


@extend_schema_field(OpenApiTypes.STR)
class MemberAreaFilter(AreaFilter):
    """People with a current role in the area or below it."""

    def filter(self, qs: QuerySet[User], value: Area | None) -> QuerySet[User]:
        if value is None:
            return qs
        held = Membership.objects.current().filter(within([value.pk]), user=OuterRef("pk"))
        return qs.filter(Exists(held))


class PersonFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        method="search",
        label=_("Name or user name"),
        widget=forms.TextInput(
            attrs={"type": "search", "class": "input", "placeholder": _("Name or user name")}
        ),
    )
    role = django_filters.ChoiceFilter(
        choices=Role.choices, method="by_role", label=_("Role"), empty_label=_("All roles")
    )
    area = MemberAreaFilter(levels=[Level.DISTRICT, Level.VILLAGE, Level.RW, Level.RT])
    active = django_filters.ChoiceFilter(
        field_name="is_active",
        choices=[("true", _("open")), ("false", _("shut"))],
        method="by_active",
        label=_("Account"),
        empty_label=_("Open and shut"),
    )

    class Meta:
        model = User
        fields: list[str] = []

    def search(self, qs: QuerySet[User], _name: str, value: str) -> QuerySet[User]:
        return qs.filter(Q(name__icontains=value) | Q(username__icontains=value))

    def by_role(self, qs: QuerySet[User], _name: str, value: str) -> QuerySet[User]:
        held = (
            Membership.objects.visible_to(self.request.user).current().filter(user=OuterRef("pk"), role=value)
        )
        return qs.filter(Exists(held))

    def by_active(self, qs: QuerySet[User], _name: str, value: str) -> QuerySet[User]:
        return qs.filter(is_active=value == "true")


class MembershipFilter(django_filters.FilterSet):
    area = AreaFilter(levels=list(Level))
    current = django_filters.BooleanFilter(field_name="ended_at", lookup_expr="isnull")

    class Meta:
        model = Membership
        fields = ["role"]
