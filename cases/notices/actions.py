"""A morning of digests: begun, gathered batch by batch, opened once, mailed at most once; and what a person chooses."""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Q
from django.utils import timezone

from cases.audit.actions import handed_over, outbox, record
from cases.audit.models import AuditEvent
from cases.kernel.writes import action, locked
from cases.notices import registry
from cases.notices.choices import Days, MailState
from cases.notices.models import Digest, DigestLine, DigestRun, NoticeChoice
from cases.notices.rules import MOST_MAILS, MOST_RUNS
from cases.people.models import User

log = logging.getLogger(__name__)

# {user id: {verb: rows it was about}}
type Gathered = dict[int, dict[str, set[str]]]


class Handed(NamedTuple):
    """How many events a batch took out, and the verbs whose audience could not be found and stay in the outbox."""

    events: int
    faulty: frozenset[str]


# --- the morning --------------------------------------------------------------------------------------------------------


@action
def begin(*, day: date) -> DigestRun | None:
    """The morning's row, its try counted; None where the digests of this day are open already."""
    run, _made = DigestRun.objects.get_or_create(day=day)
    run = locked(run)
    if run.opened_at is not None:
        return None
    run.tries += 1
    run.save(update_fields=["tries"])
    return run


@action
def prepare(*, preparation: registry.Preparation, day: date, horizon: date) -> None:
    """Let an upper slice write its events: all of them or none, and by one worker at a time."""
    if _still_shut(day):
        preparation(day, horizon)


@action
def hand_over(*, day: date, most: int, but: Collection[str] = ()) -> Handed:
    """One batch out of the outbox into the digests that are gathered: all of it or nothing."""
    if not _still_shut(day):
        return Handed(0, frozenset())
    events = outbox(most=most, but=but)
    by_verb: dict[str, list[AuditEvent]] = defaultdict(list)
    for event in events:
        by_verb[event.verb].append(event)
    wanted: Gathered = defaultdict(lambda: defaultdict(set))
    faulty = set()
    for verb, batch in by_verb.items():
        told = registry.told(verb)
        if told is None:
            continue
        try:
            # An error of the database inside would otherwise end the whole batch.
            with transaction.atomic():
                recipients = {pk: set(ids) for pk, ids in told.audience(batch).items()}
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            # One slice's mistake must not silence the others: its events wait in the outbox until it is mended.
            log.exception("nobody can be found for events of %s; they stay in the outbox", verb)
            faulty.add(verb)
            continue
        for event in batch:
            for user_id in recipients.get(event.pk, ()):
                if told.tell_actor or user_id != event.actor_id:
                    wanted[user_id][verb].add(_what(event))
    _gather(wanted)
    handed_over([event for event in events if event.verb not in faulty])
    return Handed(len(events), frozenset(faulty))


@action
def open_digests(*, day: date, quiet: bool, complete: bool, with_mail: bool) -> bool:
    """The day's digests become visible and due for mail, once; later events go into the next ones.

    On a quiet day only for those who want to hear every day. Not yet where something failed, unless it failed too often.
    """
    run = DigestRun.objects.select_for_update().get(pk=day)
    if run.opened_at is not None or not (complete or run.tries >= MOST_RUNS):
        return False
    ready = Digest.objects.filter(day=None)
    if quiet:
        ready = ready.filter(user__in=NoticeChoice.objects.filter(days=Days.EVERY).values("user_id"))
    ids = list(ready.order_by("user_id").select_for_update().values_list("pk", flat=True))
    Digest.objects.filter(pk__in=ids).update(day=day)
    DigestLine.objects.filter(digest__in=ids).update(counted=[])
    if with_mail:
        without = NoticeChoice.objects.filter(by_mail=False).values("user_id")
        Digest.objects.filter(pk__in=ids).exclude(user__in=without).filter(_can_be_mailed()).update(
            mail_state=MailState.DUE
        )
    run.opened_at = timezone.now()
    run.save(update_fields=["opened_at"])
    return True


def _still_shut(day: date) -> bool:
    """Holds the morning's row, so that two workers take turns and nothing is added behind the opening."""
    return DigestRun.objects.select_for_update().get(pk=day).opened_at is None


def _what(event: AuditEvent) -> str:
    """What an event counts as: the row it is about where there is one, so that a letter for 40 cases is one."""
    if event.object_id:
        return f"{event.object_type}:{event.object_id}"
    return f"{event.subject_type}:{event.subject_id}"


def _gather(wanted: Gathered) -> None:
    """Add to each person's digest; in the order of user ids, so that two transactions never wait for each other."""
    people = User.objects.filter(pk__in=wanted, is_active=True).order_by("pk").values_list("pk", flat=True)
    for_whom = list(people)
    if not for_whom:
        return
    gathered = Digest.objects.filter(day=None, user__in=for_whom).order_by("user_id").select_for_update()
    digests = {digest.user_id: digest for digest in gathered}
    fresh = [Digest(user_id=user_id) for user_id in for_whom if user_id not in digests]
    Digest.objects.bulk_create(fresh)
    digests |= {digest.user_id: digest for digest in fresh}
    lines = {
        (line.digest_id, line.verb): line for line in DigestLine.objects.filter(digest__in=digests.values())
    }
    changed, new = [], []
    for user_id in for_whom:
        for verb, things in wanted[user_id].items():
            line = lines.get((digests[user_id].pk, verb))
            if line is None:
                line = DigestLine(digest=digests[user_id], verb=verb)
                new.append(line)
            elif things <= set(line.counted):
                continue
            else:
                changed.append(line)
            line.counted = sorted(things.union(line.counted))
            line.count = len(line.counted)
    DigestLine.objects.bulk_create(new)
    DigestLine.objects.bulk_update(changed, ["counted", "count"], batch_size=500)


# --- e-mail: claimed and committed before the server hears of it ---------------------------------------------------------


def _can_be_mailed() -> Q:
    able = User.objects.filter(is_active=True).exclude(email="")
    return Q(user__in=able.values("pk"))


@action
def drop_old_mail(*, day: date) -> int:
    """Yesterday's paper is not delivered: what could not be sent on its day stays in the app."""
    return Digest.objects.filter(mail_state=MailState.DUE, day__lt=day).update(mail_state=MailState.FAILED)


@action
def claim_mail(*, day: date, after: int = 0) -> Digest | None:
    """The next digest to send, marked SENDING, or NONE where its reader has no address any more; None behind the last."""
    due = Digest.objects.filter(mail_state=MailState.DUE, day=day, pk__gt=after).order_by("pk")
    digest = due.select_for_update(skip_locked=True, of=("self",)).select_related("user").first()
    if digest is None:
        return None
    can = digest.user.is_active and digest.user.email
    digest.mail_state = MailState.SENDING if can else MailState.NONE
    digest.mail_tries += 1
    digest.save(update_fields=["mail_state", "mail_tries"])
    return digest


@action
def settle_mail(*, digest: Digest, state: MailState) -> Digest:
    """What became of it. DUE puts it back after a plain refusal, a few times."""
    digest = locked(digest)
    if state == MailState.DUE and digest.mail_tries >= MOST_MAILS:
        state = MailState.FAILED
    digest.mail_state = state
    digest.mailed_at = timezone.now() if state == MailState.SENT else None
    digest.save(update_fields=["mail_state", "mailed_at"])
    return digest


# --- the reader ---------------------------------------------------------------------------------------------------------


@action
def see(*, digests: Iterable[Digest], by: User) -> int:
    """They were on the reader's screen."""
    ids = [digest.pk for digest in digests]
    return Digest.objects.visible_to(by).filter(pk__in=ids, seen_at=None).update(seen_at=timezone.now())


@action
def choose(*, by: User, days: str, by_mail: bool) -> NoticeChoice:
    """When one is told, and whether by e-mail too; never for somebody else."""
    choice, _made = NoticeChoice.objects.get_or_create(user=by)
    choice = locked(choice)
    wanted = {"days": Days(days), "by_mail": by_mail}
    changed = [name for name, value in wanted.items() if getattr(choice, name) != value]
    if changed:
        choice.days, choice.by_mail = Days(days), by_mail
        choice.save(update_fields=changed)
        record("person.notices_chosen", subject=by, by=by, data={"fields": changed})
    return choice
