"""Scope: an area's code is its path, so what a person may see is a prefix."""

from collections.abc import Iterable

from django.db.models import Q

from cases.kernel.writes import GuardedQuerySet


def within(codes: Iterable[str], field: str = "area_id") -> Q:
    """Rows whose area is one of the codes or lies below it; no codes, no rows."""
    # A foreign key knows no startswith; its code does, and Django reads that from the same column without a join.
    column = f"{field.removesuffix('_id')}__code" if field.endswith("_id") else field
    wanted = Q(pk__in=[])
    for code in codes:
        wanted |= Q(**{column: code}) | Q(**{f"{column}__startswith": f"{code}."})
    return wanted


def path_to(code: str) -> list[str]:
    """The code and those of the areas above it."""
    parts = code.split(".")
    return [".".join(parts[: end + 1]) for end in range(len(parts))]


def covers(codes: Iterable[str], code: str) -> bool:
    """The same test in Python: is this code one of the codes or below one."""
    return any(code == own or code.startswith(f"{own}.") for own in codes)


class ScopedQuerySet(GuardedQuerySet):
    """A queryset that reaches an output only through `visible_to(user)`."""

    scope_field = "area_id"

    def visible_to(self, user):
        """Rows inside the areas whose rows this person's roles let them see."""
        return self.filter(within(user.row_areas, self.scope_field))
