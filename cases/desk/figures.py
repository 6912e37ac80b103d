"""Figures for those who see no rows."""

import datetime

from django.db.models import Count
from django.utils import timezone

from cases.casefiles.choices import Category
from cases.casefiles.models import Case
from cases.desk import rules


def first_of_month() -> datetime.datetime:
    return timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def cases_by_category() -> tuple[datetime.date, list[tuple[str, int | None]]]:
    """Cases by category over all of Jakarta up to the end of last month, in safe steps; the largest first.

    The only place that counts beyond a user's scope. One area (all), one period (closed) and no total: nothing can be
    subtracted from anything, and a case recorded today moves no figure today.
    """
    until = first_of_month()
    found = (
        Case.objects.filter(created_at__lt=until)
        .order_by()
        .values_list("category")
        .annotate(count=Count("pk"))
    )
    counts = dict.fromkeys(Category.values, 0) | dict(found)
    told = rules.safe_counts(counts)
    lines = [(str(Category(code).label), number) for code, number in told.items()]
    lines.sort(key=lambda line: (-(line[1] or 0), line[0]))
    return (until - datetime.timedelta(days=1)).date(), lines
