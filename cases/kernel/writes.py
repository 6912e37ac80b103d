"""Writes go through actions: one transaction, one open gate, no other way in.

A function marked `@action` runs in one transaction and opens the gate; a GuardedModel saved while the gate is shut raises,
so that a row can never change without the event and the checks that its action carries.
"""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models, transaction

from cases.kernel.exceptions import WriteOutsideAction

_gate_open: ContextVar[bool] = ContextVar("posko_gate_open", default=False)


@contextmanager
def open_gate() -> Iterator[None]:
    """Let guarded rows be written; for `@action` and for loading seeds, never for a view."""
    token = _gate_open.set(True)
    try:
        yield
    finally:
        _gate_open.reset(token)


def action[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """Run in one transaction with the gate open; nested actions join the outer transaction."""

    @functools.wraps(function)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic(), open_gate():
            return function(*args, **kwargs)

    return wrapper


def require_open_gate(what: str) -> None:
    if not _gate_open.get():
        raise WriteOutsideAction(f"{what} is written by actions only.")


class GuardedQuerySet(models.QuerySet):
    """Bulk writes are writes too."""

    def _guard(self) -> None:
        require_open_gate(self.model.__name__)

    def update(self, **kwargs: Any) -> int:
        self._guard()
        return super().update(**kwargs)

    update.alters_data = True  # type: ignore[attr-defined]

    def delete(self) -> tuple[int, dict[str, int]]:
        self._guard()
        return super().delete()

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def bulk_create(self, *args: Any, **kwargs: Any) -> list:
        self._guard()
        return super().bulk_create(*args, **kwargs)

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        self._guard()
        return super().bulk_update(*args, **kwargs)


class GuardedModel(models.Model):
    """A row that only an action may write."""

    objects = GuardedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        require_open_gate(type(self).__name__)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        require_open_gate(type(self).__name__)
        return super().delete(*args, **kwargs)


def locked[M: models.Model](obj: M) -> M:
    """The row as it stands now, locked until the transaction ends (SQLite: the whole file already is)."""
    return type(obj)._base_manager.select_for_update().get(pk=obj.pk)
