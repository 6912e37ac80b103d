"""Reminders of a made-up slice: events about rows that need not exist, told to whom the test says."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from unittest import mock

from django.utils import timezone

from cases.audit.models import AuditEvent
from cases.kernel.workdays import Calendar
from cases.notices import registry, tasks
from cases.notices.models import Digest, DigestLine
from cases.people.models import User
from tests.places import GEDONG

SOON, LATE, NEVER = "toy.soon", "toy.late", "toy.never_told"
# In the data of every event here, and in no digest, mail, page or text.
SECRETS = ("Karsinah", "3175040101019001", "Diminta lima puluh ribu")


class Label:
    """As ngettext_lazy gives it: words with a number, made when they are read."""

    def __init__(self, words: str) -> None:
        self.words = words

    def __mod__(self, values: dict[str, int]) -> str:
        return self.words % values


def told_to(*users: User, words: str = "%(n)s batas waktu dekat", **options) -> registry.Told:
    everyone = [user.pk for user in users]
    usual = {
        "audience": lambda events: {event.pk: everyone for event in events},
        "url": lambda user: "/cases/?due=soon",
        "icon": "clock",
    }
    return registry.Told(label=Label(words), **usual | options)


def outbox_of(
    numbers: Iterable[int], *, verb: str = SOON, letter: int = 0, area: str = GEDONG, by: User | None = None
) -> None:
    """Events as a slice would write them, fast: about case after case, or all about one letter."""
    AuditEvent.objects.bulk_create(
        AuditEvent(
            verb=verb,
            actor_id=by.pk if by else None,
            subject_type="casefiles.case",
            subject_id=str(number),
            object_type="escalations.submission" if letter else "",
            object_id=str(letter) if letter else "",
            area_code=area,
            data={"story": " ".join(SECRETS)},
        )
        for number in numbers
    )


def waiting(**only) -> int:
    return AuditEvent.objects.filter(notified_at=None, **only).count()


def told(user: User, **only) -> dict[str, int]:
    """All that somebody was told in opened digests."""
    lines = DigestLine.objects.filter(digest__in=Digest.objects.visible_to(user).filter(**only))
    total: Counter[str] = Counter()
    for verb, count in lines.values_list("verb", "count"):
        total[verb] += count
    return dict(total)


def at(day: date | str, clock: str = "06:05") -> datetime:
    """A moment in Jakarta."""
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=timezone.get_default_timezone())


def working_days(year: int = 2026) -> Iterable[date]:
    calendar, first = Calendar(), date(year, 1, 1).toordinal()
    days = (date.fromordinal(first + number) for number in range(365))
    return (day for day in days if not calendar.reason(day))


def make_digest(user: User, *, count: int = 2) -> Digest:
    """What somebody was told this morning, by the clock's own steps."""
    with mock.patch.dict(registry._told, {SOON: told_to(user)}):
        outbox_of(range(count))
        assert tasks.gather(timezone.localdate())
    return Digest.objects.visible_to(user).get(day=timezone.localdate())
