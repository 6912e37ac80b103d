"""Filters of the list of families, for pages and API alike."""

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.areas.filters import AreaFilter
from cases.households.choices import HouseholdStatus
from cases.households.models import NEED_CHOICES, Household, HouseholdQuerySet
from cases.households.search import is_whole_number, matching

WALKING, NEWEST = "walking", "newest"
ORDERS = {WALKING: ("area_id", "walk_key", "id"), NEWEST: ("-created_at", "-id")}
STATUS_CHOICES = [
    (HouseholdStatus.ACTIVE.value, HouseholdStatus.ACTIVE.label),
    (HouseholdStatus.MOVED.value, HouseholdStatus.MOVED.label),
]


WHOLE_NUMBER = _(
    "A whole KK or NIK is never put into an address, where a shared phone keeps it. Use the search page."
)


def refuse_whole_number(words: str) -> None:
    if is_whole_number(words):
        raise ValidationError(WHOLE_NUMBER)


class HouseholdFilter(django_filters.FilterSet):
    """Made with `request=`; the order is read from `keyset_order`, as a keyset page sorts by itself."""

    q = django_filters.CharFilter(
        method="by_words",
        label=_("Search by name, alley, RT or number"),
        validators=[refuse_whole_number],
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "class": "input",
                "autocomplete": "off",
                "enterkeyhint": "search",
                "placeholder": _("Name, alley, last 4 digits"),
                # The browser itself refuses to send more than twelve digits.
                "pattern": r"(?!(?:\D*\d){13}).*",
                "title": WHOLE_NUMBER,
            }
        ),
    )
    area = AreaFilter()
    need = django_filters.ChoiceFilter(
        choices=NEED_CHOICES, method="by_need", label=_("Families with"), empty_label=_("Everyone")
    )
    status = django_filters.ChoiceFilter(choices=STATUS_CHOICES, label=_("Status"), empty_label=_("Everyone"))
    order = django_filters.ChoiceFilter(
        choices=[(WALKING, _("in walking order")), (NEWEST, _("newest first"))],
        method="by_itself",
        label=_("Order"),
        empty_label=None,
    )

    class Meta:
        model = Household
        fields = ["q", "area", "need", "status", "order"]

    def by_words(self, queryset: HouseholdQuerySet, _name: str, value: str) -> HouseholdQuerySet:
        return matching(queryset, value)

    def by_need(self, queryset: HouseholdQuerySet, _name: str, value: str) -> HouseholdQuerySet:
        return queryset.filter(**{f"has_{value}": True})

    def by_itself(self, queryset: HouseholdQuerySet, _name: str, _value: str) -> HouseholdQuerySet:
        return queryset

    @property
    def keyset_order(self) -> tuple[str, ...]:
        return ORDERS.get(self.data.get("order", "") if self.data else "", ORDERS[WALKING])

    @property
    def active(self) -> int:
        """How many filters are set besides the words and the order."""
        cleaned: dict[str, Any] = self.form.cleaned_data if self.form.is_valid() else {}
        return sum(bool(cleaned.get(name)) for name in ("area", "need", "status"))
