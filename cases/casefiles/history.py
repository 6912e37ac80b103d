"""The timeline of a case in words. Upper slices add the sentences of the verbs they record on a case.

`sentences["submission.sent"] = _("Sent to %(office)s.")`: filled from the event's `data`. A sentence may also be a function of
the event that gives a title or (title, body); None hides the verb. `icons` names an icon of the sprite.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.audit.actions import timeline
from cases.audit.models import AuditEvent
from cases.casefiles.choices import CloseReason, Confirmed, EvidenceKind, LinkKind, Outcome, RevokeReason
from cases.casefiles.models import Case
from cases.casefiles.permissions import knows_recorder
from cases.kernel.indonesian import short_date
from cases.people.models import User

type Words = str | Promise | tuple[str | Promise, str]
type Sentence = str | Promise | Callable[[AuditEvent], Words | None] | None


@dataclass(frozen=True)
class Entry:
    """One line of the timeline, as _components/timeline.html wants it."""

    at: datetime
    title: str
    by: str
    body: str
    icon: str


def _assigned(event: AuditEvent) -> Words:
    to = event.data.get("to")
    if to is None:
        return gettext_lazy("Nobody has this task any more")
    person = User.objects.filter(pk=to).first()
    return _("Now the task of %(name)s") % {"name": person or _("a volunteer of the posko")}


def _resolved(event: AuditEvent) -> Words:
    known = event.data.get("confirmed")
    parts = [
        str(Confirmed(known).label) + "." if known in Confirmed.values else "",
        event.data.get("note", ""),
    ]
    title = _("Resolved: %(outcome)s") % {"outcome": _label(Outcome, event.data.get("outcome"))}
    return title, " ".join(part for part in parts if part)


def _closed(event: AuditEvent) -> Words:
    title = _("Closed: %(reason)s") % {"reason": _label(CloseReason, event.data.get("reason"))}
    if event.data.get("duplicate_of"):
        title = _("Closed as a duplicate of %(number)s") % {"number": event.data["duplicate_of"]}
    return title, event.data.get("note", "")


def _linked(event: AuditEvent) -> Words:
    number = {"number": event.data.get("number", "")}
    if event.data.get("kind") == LinkKind.DUPLICATE:
        return _("The same matter as %(number)s") % number
    return _("Similar to %(number)s") % number


def _evidence(title: str | Promise) -> Callable[[AuditEvent], Words]:
    def words(event: AuditEvent) -> Words:
        kind = _label(EvidenceKind, event.data.get("kind"))
        return str(title) % {"kind": kind}, event.data.get("reason", "")

    return words


def _due_moved(event: AuditEvent) -> Words | None:
    """Setting and clearing is told by what was sent or answered; a changed calendar is told here."""
    before, after = event.data.get("from"), event.data.get("to")
    if not before or not after:
        return None
    return _("The deadline moved from %(before)s to %(after)s") % {
        "before": _day(before),
        "after": _day(after),
    }


sentences: dict[str, Sentence] = {
    "case.logged": gettext_lazy("The case was recorded"),
    "case.edited": gettext_lazy("The case was changed"),
    "case.details_asked": lambda event: (gettext_lazy("Details were asked for"), event.data.get("needs", "")),
    "case.details_supplied": gettext_lazy("Details were added"),
    "case.verified": gettext_lazy("The case was verified"),
    "case.sent": gettext_lazy("The case lies with an office"),
    "case.answered": gettext_lazy("The office answered"),
    "case.taken_back": gettext_lazy("The case lies with the posko again"),
    "case.resolved": _resolved,
    "case.closed": _closed,
    "case.reopened": lambda event: (gettext_lazy("The case was opened again"), event.data.get("note", "")),
    "case.assigned": _assigned,
    "case.linked": _linked,
    "case.unlinked": gettext_lazy("No longer linked to %(number)s"),
    "case.grouped": gettext_lazy("The case was put into a group"),
    "case.ungrouped": gettext_lazy("Taken out of the group"),
    "case.due_set": _due_moved,
    "case.evidence_added": _evidence(gettext_lazy("Evidence was added: %(kind)s")),
    "case.evidence_struck": _evidence(gettext_lazy("Evidence was struck: %(kind)s")),
    "case.evidence_downloaded": _evidence(gettext_lazy("The original was downloaded: %(kind)s")),
    "case.code_made": gettext_lazy("A code for the resident was made"),
    "case.code_shown": gettext_lazy("The resident's code was shown"),
    "case.code_renewed": lambda event: (
        gettext_lazy("The resident's code was replaced"),
        _label(RevokeReason, event.data.get("reason")),
    ),
    "case.code_revoked": lambda event: (
        gettext_lazy("The resident's code was taken back"),
        _label(RevokeReason, event.data.get("reason")),
    ),
    "case.reporter_shown": gettext_lazy("The reporter was shown"),
    "case.reporter_changed": gettext_lazy("What is kept of the reporter was changed"),
}

icons: dict[str, str] = {
    "case.logged": "add",
    "case.edited": "edit",
    "case.details_asked": "status-needs_details",
    "case.details_supplied": "check",
    "case.verified": "status-verified",
    "case.sent": "send",
    "case.answered": "answer",
    "case.taken_back": "undo",
    "case.resolved": "status-resolved",
    "case.closed": "status-closed",
    "case.reopened": "status-reopened",
    "case.assigned": "assign",
    "case.linked": "link",
    "case.unlinked": "unlink",
    "case.grouped": "group",
    "case.ungrouped": "group",
    "case.due_set": "calendar",
    "case.evidence_added": "camera",
    "case.evidence_struck": "trash",
    "case.evidence_downloaded": "download",
    "case.code_made": "slip",
    "case.code_shown": "eye",
    "case.code_renewed": "slip",
    "case.code_revoked": "lock",
    "case.reporter_shown": "eye",
    "case.reporter_changed": "lock",
}

# Who looked at what is for those who could look: to others it would tell that there is something to see.
_FOR_COORDINATORS = frozenset({"case.evidence_downloaded", "case.code_shown"})
_FOR_THE_TRUSTED = frozenset({"case.reporter_shown", "case.reporter_changed"})


def entries(case: Case, user: User) -> list[Entry]:
    """All that happened to the case and that this user may read, newest first."""
    knows = knows_recorder(user, case)
    hidden: set[str] = set()
    if not user.coordinates(case.area_id):
        hidden |= _FOR_COORDINATORS
    if not knows:
        hidden |= _FOR_THE_TRUSTED
    events = _without_unseen(list(timeline(case).exclude(verb__in=hidden).order_by("-id")), user)
    names = {
        person.pk: str(person) for person in User.objects.filter(pk__in={event.actor_id for event in events})
    }
    told = []
    for event in events:
        words = _words(event)
        if words is None:
            continue
        title, body = words
        told.append(Entry(event.at, title, _actor(event, names, knows), body, icons.get(event.verb, "dots")))
    return told


def _without_unseen(events: list[AuditEvent], user: User) -> list[AuditEvent]:
    """Without the numbers of other cases that lie where this user does not work."""
    kind = Case._meta.label_lower
    others = {event.object_id for event in events if event.object_type == kind}
    if not others:
        return events
    seen = {
        str(pk) for pk in Case.objects.visible_to(user).filter(pk__in=others).values_list("pk", flat=True)
    }
    kept = []
    for event in events:
        if event.object_type == kind and event.object_id not in seen:
            if event.verb != "case.closed":
                continue
            event.data = {**event.data, "duplicate_of": ""}
        kept.append(event)
    return kept


def _actor(event: AuditEvent, names: dict[int, str], knows: bool) -> str:
    if event.actor_id is None:
        return _("Posko Bansos")
    if not knows:
        # The recorder leads to whoever spoke to the recorder. Were only this one name left out, then what else this one
        # did (verified, sent, took the task) would say who it is.
        return _("a volunteer of the posko")
    return names.get(event.actor_id, event.actor_name)


def _words(event: AuditEvent) -> tuple[str, str] | None:
    sentence = sentences.get(event.verb, gettext_lazy("Something was changed"))
    words = sentence(event) if callable(sentence) else sentence
    if words is None:
        return None
    if isinstance(words, tuple):
        return str(words[0]), str(words[1] or "")
    text = str(words)
    try:
        return text % event.data, ""
    except (KeyError, ValueError, TypeError):
        return text, ""


def _label(choices: type[TextChoices], value: Any) -> str:
    return str(choices(value).label) if value in choices.values else ""


def _day(text: str) -> str:
    return short_date(date.fromisoformat(text))
