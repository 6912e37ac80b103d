"""Tags and filters of every page."""

import datetime
import uuid
from typing import Any

from django import template
from django.http import QueryDict
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cases.kernel import identity, indonesian, phones
from cases.kernel import panels as panel_registry

register = template.Library()


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """An icon of the sprite, hidden from screen readers: the word stands beside it."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        extra,
        static("icons.svg"),
        name,
    )


@register.simple_tag
def new_client_id() -> str:
    return str(uuid.uuid4())


@register.simple_tag(takes_context=True)
def query_with(context: dict[str, Any], **changes: object) -> str:
    """The page's query string with some keys changed; None removes a key."""
    query: QueryDict = context["request"].GET.copy()
    for key, value in changes.items():
        query.pop(key, None)
        if value not in (None, ""):
            query[key] = str(value)
    return f"?{query.urlencode()}" if query else "?"


@register.simple_tag(takes_context=True)
def panels(context: dict[str, Any], place: str, obj: Any) -> SafeString:
    """What other slices show on this page about this object (kernel.panels)."""
    request = context["request"]
    shown = panel_registry.shown(place, request, obj)
    return format_html_join(
        "\n", "{}", ((render_to_string(name, content, request=request),) for name, content in shown)
    )


@register.filter
def rupiah(amount: int | None) -> str:
    return "" if amount is None else indonesian.rupiah(amount)


@register.filter
def long_date(value: datetime.date | datetime.datetime | None) -> str:
    return "" if value is None else indonesian.long_date(_local(value))


@register.filter
def short_date(value: datetime.date | datetime.datetime | None) -> str:
    return "" if value is None else indonesian.short_date(_local(value))


@register.filter
def clock(value: datetime.time | datetime.datetime | None) -> str:
    if value is None:
        return ""
    return indonesian.clock(_local_time(value) if isinstance(value, datetime.datetime) else value)


@register.filter
def rt_rw(code: str | None) -> str:
    return indonesian.rt_rw(code) if code else ""


@register.filter
def masked(digits: str | None) -> str:
    return identity.mask(digits) if digits else ""


@register.filter
def phone(number: str | None) -> str:
    return phones.display_phone(number) if number else ""


def _local(value: datetime.date | datetime.datetime) -> datetime.date:
    return _local_time(value, whole=True).date() if isinstance(value, datetime.datetime) else value


def _local_time(value: datetime.datetime, whole: bool = False) -> Any:
    from django.utils import timezone

    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return local if whole else local.time()
