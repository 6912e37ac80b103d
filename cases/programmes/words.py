"""Doubts about a date, in words."""

from django.utils.translation import gettext as _

from cases.kernel.workdays import Calendar
from cases.programmes.models import Schedule
from cases.programmes.rules import Doubtful, doubts


def sentence(doubt: Doubtful) -> str:
    return {
        "past": _("This date has passed."),
        "day_off": _("This is a day off: %(day)s.") % {"day": doubt.detail},
        "far_ahead": _("This date is more than a year away."),
        "odd_hour": _("This is outside the usual hours."),
        "before_period": _("This date is before the period of the round."),
    }[doubt.code]


def doubts_about(schedule: Schedule, today, calendar: Calendar) -> list[str]:
    """Sentences to be shown beside a date; a date called off raises none."""
    if schedule.is_cancelled:
        return []
    found = doubts(
        schedule.date,
        schedule.starts,
        period_start=schedule.round.period_start,
        today=today,
        calendar=calendar,
    )
    return [sentence(doubt) for doubt in found]
