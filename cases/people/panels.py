"""What this slice shows on the lists of upper slices: filters kept under a name."""

from typing import Any

from django.http import HttpRequest

from cases.people import lists
from cases.people.models import SavedFilter


def saved_filters(request: HttpRequest, name: str) -> tuple[str, dict[str, Any]] | None:
    """One's own filters of the list, and the way to keep the present one; one query."""
    place = lists.place_of(name)
    if place is None or not request.user.is_authenticated:
        return None
    now = lists.kept_query(place, request.GET.urlencode())
    rows = list(SavedFilter.objects.visible_to(request.user).filter(place=name))
    return "people/_saved_filters.html", {
        "saved": [(row, place.address(row.query), row.query == now) for row in rows],
        "place": name,
        "query": now if all(row.query != now for row in rows) else "",
    }
