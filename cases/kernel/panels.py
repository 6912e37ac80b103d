"""Panels: how an upper slice shows something on a page of a lower one without the lower knowing it.

An upper slice registers in its AppConfig.ready: `panels.register("household", "casefiles", cases_of_household)`. The page says
`{% panels "household" household %}`. A provider gets (request, obj) and returns (template, context), or None for nothing.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

type Provider = Callable[[HttpRequest, Any], tuple[str, dict[str, Any]] | None]

_providers: dict[str, dict[str, tuple[int, Provider]]] = {}


def register(place: str, name: str, provider: Provider, order: int = 50) -> None:
    """Lower `order` comes first; the same name registered again replaces."""
    _providers.setdefault(place, {})[name] = (order, provider)


def shown(place: str, request: HttpRequest, obj: Any) -> list[tuple[str, dict[str, Any]]]:
    """Templates and contexts of all panels that have something to say."""
    ranked = sorted(_providers.get(place, {}).items(), key=lambda item: (item[1][0], item[0]))
    return [panel for _name, (_order, provider) in ranked if (panel := provider(request, obj)) is not None]
