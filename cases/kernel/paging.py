"""Pages of a long list by key instead of by number: as fast on the last page as on the first, and without COUNT(*)."""

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import F, Field, Model, Q, QuerySet
from django.utils import timezone

SIZE = 25
LONGEST_CURSOR = 1500  # characters
NEXT, PREVIOUS = "n", "p"


@dataclass(frozen=True)
class Page[Row: Model]:
    """One page; `next` and `previous` are cursors, None where the list ends."""

    items: list[Row]
    next: str | None
    previous: str | None

    def __iter__(self) -> Iterator[Row]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


def keyset_page[Row: Model](
    queryset: QuerySet[Row], *, order: tuple[str, ...], cursor: str | None, size: int = SIZE
) -> Page[Row]:
    """The rows after, or before, the one that the cursor remembers; one query, two where an end was reached.

    `order` names columns as in order_by, such as ("-created_at", "-id"); the last must be unique, and none may hold null
    (fill it, as with natural_key). Dotted ways ("household__walk_key") want select_related. A cursor is urlsafe base64 of
    JSON, unsigned as it can only move within the given queryset; one that cannot be read gives the first page.
    """
    names = [name.removeprefix("-") for name in order]
    fields = [_field(queryset, name) for name in names]
    if not fields or not fields[-1].unique:
        raise ValueError(f"the last of {order} must be unique, or rows would be lost between two pages")

    direction, values = _read(cursor, fields)
    backwards = direction == PREVIOUS
    steps = [(name, sign.startswith("-") != backwards) for name, sign in zip(names, order, strict=True)]
    rows = queryset.order_by(*[F(name).desc() if falls else F(name).asc() for name, falls in steps])
    if values:
        rows = rows.filter(_beyond(steps, values))
    found = list(rows[: size + 1])
    more, found = len(found) > size, found[:size]
    if values and (not found or (backwards and not more)):
        # The rows beyond are gone, or fewer than a page stands before: begin again with a full first page.
        return keyset_page(queryset, order=order, cursor=None, size=size)
    if backwards:
        found.reverse()
    return Page(
        items=found,
        next=_write(NEXT, found[-1], names) if found and (more or backwards) else None,
        previous=_write(PREVIOUS, found[0], names) if values else None,
    )


def _beyond(steps: list[tuple[str, bool]], values: list[Any]) -> Q:
    """a <= x AND (a < x OR (a = x AND ...)): the outer bound lets both databases enter the index at the right place."""
    (name, falls), value = steps[0], values[0]
    past = "lt" if falls else "gt"
    if len(steps) == 1:
        return Q(**{f"{name}__{past}": value})
    return Q(**{f"{name}__{past}e": value}) & (
        Q(**{f"{name}__{past}": value}) | Q(**{name: value}) & _beyond(steps[1:], values[1:])
    )


def _field(queryset: QuerySet[Any], name: str) -> Any:
    if name in queryset.query.annotations:
        return queryset.query.annotations[name].output_field
    model, field = queryset.model, None
    for part in name.split("__"):
        if field is not None:
            model = field.related_model
        if model is None:
            raise FieldDoesNotExist(f"{name} leads nowhere")
        field = model._meta.pk if part == "pk" else model._meta.get_field(part)
    if "__" in name or not isinstance(field, Field):
        return _NotUnique(field)
    return field


class _NotUnique:
    """A column of another row: many rows may share it."""

    unique = False

    def __init__(self, field: Any) -> None:
        self.to_python = field.to_python


def _write(direction: str, row: Model, names: list[str]) -> str:
    values = [attrgetter(name.replace("__", "."))(row) for name in names]
    if None in values:
        raise ValueError(f"null in {names[values.index(None)]}: a list cannot be paged by it")
    text = json.dumps([direction, *values], default=str, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode("ascii").rstrip("=")


def _read(cursor: str | None, fields: list[Any]) -> tuple[str, list[Any]]:
    """Direction and values; NEXT and no values for a cursor that is empty, damaged or of another list."""
    try:
        return _decode(cursor or "", fields)
    except (ValueError, TypeError, OverflowError, RecursionError, ValidationError):
        return NEXT, []


def _decode(cursor: str, fields: list[Any]) -> tuple[str, list[Any]]:
    if not 0 < len(cursor) <= LONGEST_CURSOR:
        raise ValueError("no cursor")
    padded = cursor + "=" * (-len(cursor) % 4)
    content = json.loads(base64.b64decode(padded.encode("ascii"), altchars=b"-_", validate=True))
    if not isinstance(content, list) or len(content) != len(fields) + 1 or content[0] not in (NEXT, PREVIOUS):
        raise ValueError("not a cursor of this list")
    return content[0], [_value(field, raw) for field, raw in zip(fields, content[1:], strict=True)]


def _value(field: Any, raw: Any) -> Any:
    """As the column has it; refuses what a database would choke on."""
    if not isinstance(raw, str | int | float):
        raise ValueError("not a value")
    value = field.to_python(raw)
    if value is None:
        raise ValueError("null")
    if isinstance(value, str):
        value.encode()  # a lone surrogate raises
        if "\x00" in value:
            raise ValueError("nul")
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        raise ValueError("too large")
    if isinstance(value, date) and not 1900 <= value.year <= 9000:
        raise ValueError("no such time")
    if isinstance(value, datetime) and timezone.is_aware(value) != settings.USE_TZ:
        raise ValueError("a time of another kind")
    return value
