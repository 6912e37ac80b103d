"""Deadlines that have come near become events, once each; who is told of them is for the outbox."""

from datetime import date

from cases.audit.actions import record
from cases.escalations.models import DeadlineMark
from cases.escalations.reminders import near_deadlines
from cases.kernel.writes import action


@action
def record_near_deadlines(today: date, horizon: date) -> int:
    """How many were new. Asked again on the same day, or after a fault, it adds nothing."""
    reached = list(near_deadlines(today, horizon))
    known = set(
        DeadlineMark.objects.filter(deadline__in=[row.pk for row, _day, _mark in reached]).values_list(
            "deadline_id", "mark", "due_on"
        )
    )
    new = [(row, day, mark) for row, day, mark in reached if (row.pk, mark.value, day) not in known]
    DeadlineMark.objects.bulk_create(
        DeadlineMark(deadline=row, mark=mark, due_on=day) for row, day, mark in new
    )
    for row, day, mark in new:
        record(
            f"deadline.{mark.value}",
            subject=row.submission,
            by=None,
            area=row.submission.office.area_id,
            data={"step": row.step, "due_on": day.isoformat()},
        )
    return len(new)
