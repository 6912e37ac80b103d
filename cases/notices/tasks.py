"""The clock's errand: at the posko's hour, empty the outbox into one digest a person; at any later tick, what was left."""

import logging
from datetime import date

from celery import shared_task
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from cases.areas.calendar import load_calendar
from cases.notices import actions, mail, registry
from cases.notices.rules import BATCH, horizon, is_quiet

log = logging.getLogger(__name__)


@shared_task
def tick() -> None:
    """Every few minutes, as often as one likes and by as many workers: all that is remembered stands in the database.

    A tick before the hour does nothing, the first one after it does the morning's work, and each later one finds it done or
    goes on where a dead broker or a killed worker left it.
    """
    now = timezone.localtime()
    if now.hour < settings.POSKO_DIGEST_HOUR:
        return
    day = now.date()
    gather(day)
    mail.deliver(day)


def gather(day: date) -> bool:
    """The morning's work as a row of short transactions; True when this call opened the day's digests."""
    if actions.begin(day=day) is None:
        return False
    calendar = load_calendar()
    complete = _prepare(day, horizon(day, calendar))
    faulty: set[str] = set()
    while True:
        handed = actions.hand_over(day=day, but=faulty, most=BATCH)
        faulty |= handed.faulty
        if handed.events < BATCH:
            break
    return actions.open_digests(
        day=day, quiet=is_quiet(day, calendar), complete=complete and not faulty, with_mail=mail.is_on()
    )


def _prepare(day: date, until: date) -> bool:
    """Have near deadlines turned into events; one slice's mistake is logged and does not stop the others."""
    complete = True
    for name, preparation in registry.preparations():
        try:
            actions.prepare(preparation=preparation, day=day, horizon=until)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            log.exception("%s could not prepare its reminders", name)
            complete = False
    return complete
