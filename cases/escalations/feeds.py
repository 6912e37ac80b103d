"""Deadlines as an iCalendar file (RFC 5545): kinds of offices, counts and links, nothing that leads to a person."""

from datetime import UTC, datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from icalendar import Calendar, Event

from cases.escalations.choices import Step, SubmissionStatus
from cases.escalations.models import Deadline, Submission, SubmissionCase
from cases.people.models import User

# A phone keeps what is past only where something can still be done about it.
KEPT_DAYS = 60
MOST_EVENTS = 500


def calendar_of(user: User, site: str) -> bytes:
    """All-day events on the last day of each deadline that runs, for the cases this person sees; two queries."""
    since = timezone.localdate() - timedelta(days=KEPT_DAYS)
    running = (
        Deadline.objects.filter(
            submission__in=Submission.objects.visible_to(user).running(), met_on=None, due_on__gte=since
        )
        .exclude(submission__status=SubmissionStatus.WITHDRAWN)
        .select_related("submission__office")
        .order_by("due_on", "pk")[:MOST_EVENTS]
    )
    rows = list(running)
    counts: dict[int, int] = {}
    links = SubmissionCase.objects.visible_to(user).filter(submission__in={row.submission_id for row in rows})
    for submission_id in links.values_list("submission_id", flat=True):
        counts[submission_id] = counts.get(submission_id, 0) + 1
    calendar = Calendar()
    calendar.add("prodid", "-//Posko Bansos//batas waktu//ID")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Posko deadlines"))
    for row in rows:
        calendar.add_component(_event(row, counts.get(row.submission_id, 0), site))
    return calendar.to_ical()


def _event(row: Deadline, cases: int, site: str) -> Event:
    event = Event()
    number = ngettext("%(n)s case", "%(n)s cases", cases) % {"n": cases}
    what = {
        # An office of an RT would say where somebody complained: the kind is enough for who follows it.
        "office": row.submission.office.get_kind_display(),
        "step": Step(row.step).label,
        "cases": number,
    }
    event.add("uid", f"deadline-{row.pk}@posko-bansos")
    event.add("dtstamp", datetime.now(UTC))
    event.add("dtstart", row.due_on)
    event.add("summary", _("Deadline: %(office)s, %(step)s (%(cases)s)") % what)
    event.add("url", f"{site}{reverse('escalations:detail', args=[row.submission_id])}")
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event
