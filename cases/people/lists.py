"""Lists whose filter a person may keep under a name; upper slices register theirs in AppConfig.ready.

`lists.register("cases", label=_("Cases"), url="casefiles:list", filterset=CaseFilter)`; the page of the list says
`{% include "_components/filters.html" with saved_place="cases" %}`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import django_filters
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise

MOST_DIGITS = 8  # a date or a house number; from nine on it may be a person's number, which no address holds


@dataclass(frozen=True)
class Place:
    name: str
    label: str | Promise
    url: str
    filterset: type[django_filters.FilterSet]

    def address(self, query: str) -> str:
        return f"{reverse(self.url)}?{query}"


_places: dict[str, Place] = {}


def register(name: str, *, label: str | Promise, url: str, filterset: type[django_filters.FilterSet]) -> None:
    """The same name again replaces."""
    _places[name] = Place(name, label, url, filterset)


def place_of(name: str) -> Place | None:
    return _places.get(name)


def places() -> Iterable[Place]:
    return _places.values()


def kept_query(place: Place, query: str) -> str:
    """What of an address belongs to the filter, in one order; words with a person's number in them are left out."""
    given = QueryDict(query)
    kept = [
        (name, value)
        for name, each in place.filterset.base_filters.items()
        for value in given.getlist(name)
        if value.strip() and not (isinstance(each, django_filters.CharFilter) and may_be_number(value))
    ]
    return urlencode(kept)


def checked_query(place: Place, query: str, user: Any) -> str:
    """The same without values that the filter itself refuses, such as an area that this person does not see."""
    kept = kept_query(place, query)
    model = place.filterset._meta.model
    assert model is not None  # noqa: S101 - every registered filterset names its model
    rows = model._default_manager.none()
    wrong = place.filterset(QueryDict(kept), rows, request=SimpleNamespace(user=user)).form.errors
    return urlencode([(name, value) for name, value in _pairs(kept) if name not in wrong])


def may_be_number(text: str) -> bool:
    return sum(sign.isdigit() for sign in text) > MOST_DIGITS


def _pairs(query: str) -> list[tuple[str, str]]:
    given = QueryDict(query)
    return [(name, value) for name in given for value in given.getlist(name)]
