"""What this slice shows on pages of lower slices."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from cases.areas.models import Area
from cases.programmes.models import Schedule

SHOWN = 3


def dates_of_area(request: HttpRequest, area: Area) -> tuple[str, dict[str, Any]] | None:
    """The next dates that hold in an area."""
    holding = Schedule.objects.visible_to(request.user).for_area(area.pk).upcoming(timezone.localdate())
    schedules = list(holding.with_words().order_by("date", "starts", "id")[:SHOWN])
    return ("programmes/_area_panel.html", {"schedules": schedules, "area": area}) if schedules else None
