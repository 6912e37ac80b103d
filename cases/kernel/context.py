"""What every page knows."""

from django.conf import settings
from django.http import HttpRequest

# First part of the path -> the tab that is lit.
TABS = {
    "": "home",
    "households": "households",
    "cases": "cases",
    "submissions": "cases",
    "board": "board",
    "print": "print",
    "record": "record",
    "search": "search",
}


def posko(request: HttpRequest) -> dict[str, object]:
    first = request.path_info.strip("/").split("/", 1)[0]
    return {"nav": TABS.get(first, ""), "demo": settings.DEMO}
