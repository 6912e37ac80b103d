"""Deadlines, proposals and events in words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.audit.actions import timeline
from cases.audit.models import AuditEvent
from cases.casefiles import history
from cases.escalations import rules
from cases.escalations.choices import (
    AnswerKind,
    DayUnit,
    Need,
    OfficeKind,
    Solves,
    Start,
    Step,
    SubmissionStatus,
    Word,
)
from cases.escalations.facts import clock
from cases.escalations.models import Deadline, DeadlineRule, Office, Submission
from cases.kernel.indonesian import long_date, short_date
from cases.kernel.workdays import Calendar, explain
from cases.people.models import User

# --- the deadline ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Arithmetic:
    """How one deadline came about, as the page and the API show it.

    `state`: runs, waits (what starts it has not happened), met. `provisional`: counted from sending, no receipt is on record.
    """

    step: str
    label: str
    state: str
    ours: bool
    day: date | None
    sum: str
    basis: str
    start: str
    met_on: date | None
    provisional: bool
    estimated: bool

    @property
    def days_left(self) -> int | None:
        return (self.day - timezone.localdate()).days if self.day and self.state == "runs" else None

    @property
    def days_late(self) -> int:
        return max(0, -(self.days_left or 0))


def arithmetics(submission: Submission, calendar: Calendar) -> list[Arithmetic]:
    """Every deadline counted afresh from its stored rule; the days skipped are named with their reasons. What runs comes first."""
    return [_arithmetic(row, now, submission, calendar) for row, now in clock(submission, calendar)]


def _arithmetic(row: Deadline, now: rules.Running, submission: Submission, calendar: Calendar) -> Arithmetic:
    over = submission.status == SubmissionStatus.WITHDRAWN
    state = "met" if now.met_on or over else "runs" if now.due else "waits"
    provisional = submission.received_on is None and now.started_on == submission.sent_on
    return Arithmetic(
        step=row.step,
        label=str(STEP_TITLES[Step(row.step)]),
        state=state,
        ours=row.step in rules.OURS,
        # What is stored counts until the calendar is recomputed; both are the same but for that moment.
        day=row.due_on,
        sum=explain(now.due, now.started_on) if now.due and now.started_on else "",
        basis=row.basis,
        start=_start(Start(row.start), now.started_on, provisional=provisional),
        met_on=now.met_on,
        provisional=provisional,
        estimated=bool(now.due and now.due.estimated),
    )


def _start(start: Start, day: date | None, *, provisional: bool) -> str:
    if day is None:
        return _("Begins with: %(event)s.") % {"event": start.label}
    if provisional:
        return _("Counted from the day of sending; the dated receipt will start it anew.")
    if start == Start.RECEIPT or start == Start.COMPLETE:
        return _("Counted from the receipt of %(day)s.") % {"day": long_date(day)}
    return _("Counted from %(day)s: %(event)s.") % {"day": long_date(day), "event": start.label}


STEP_TITLES = {
    Step.VERIFY: gettext_lazy("To be verified by:"),
    Step.FIRST_ACTION: gettext_lazy("First action by:"),
    Step.ANSWER: gettext_lazy("Answer due by:"),
    Step.EXTENDED: gettext_lazy("Answer due, with more time, by:"),
    Step.DECIDE: gettext_lazy("Decision due by:"),
    Step.COMPLETE: gettext_lazy("We must complete the file by:"),
    Step.RESPOND: gettext_lazy("We must respond by:"),
    Step.OBJECTION: gettext_lazy("We may object until:"),
    Step.DISPUTE: gettext_lazy("We may go to the Komisi Informasi until:"),
}


def length(rule: DeadlineRule | None) -> str:
    """How long an office has: "14 days to answer"."""
    if rule is None:
        return _("no deadline in law")
    if rule.unit == DayUnit.WORKING_DAYS:
        return ngettext("%(n)s working day to answer", "%(n)s working days to answer", rule.amount) % {
            "n": rule.amount
        }
    return ngettext("%(n)s day to answer", "%(n)s days to answer", rule.amount) % {"n": rule.amount}


# --- the ladder --------------------------------------------------------------------------------------------------------


def proposal(step: rules.Advice, office: Office, because_of: Office | None) -> str:
    """Why this office is next, in one sentence."""
    last = because_of.name if because_of else (OfficeKind(step.because_of).label if step.because_of else "")
    names = {"next": office.name, "last": last, "n": step.days}
    if step.why is rules.Why.LATE:
        return (
            ngettext(
                "%(last)s has not answered and is %(n)s day past the deadline: go up to %(next)s.",
                "%(last)s has not answered and is %(n)s days past the deadline: go up to %(next)s.",
                step.days,
            )
            % names
        )
    if step.why is rules.Why.SILENT:
        return (
            ngettext(
                "%(last)s has no deadline and has been silent for %(n)s day: go up to %(next)s.",
                "%(last)s has no deadline and has been silent for %(n)s days: go up to %(next)s.",
                step.days,
            )
            % names
        )
    if step.why is rules.Why.NOT_SOLVED:
        return _("The answer of %(last)s did not solve it: go up to %(next)s.") % names
    if step.why is rules.Why.OBJECTION:
        return _("%(last)s did not give what was asked for: object there, before it can go higher.") % names
    if step.why is rules.Why.DISPUTE:
        return _("The objection did not help either: the dispute goes to %(next)s.") % names
    if step.why is rules.Why.PARALLEL:
        return PARALLEL_WORDS.get(step.kind, gettext_lazy("%(next)s may be told at the same time.")) % names
    return FIRST_WORDS.get(step.kind, gettext_lazy("Begin with %(next)s.")) % names


def need(what: Need, years: int) -> str:
    """What is still missing for an office, as a line of a list."""
    if what is Need.WITHIN_YEARS:
        return ngettext(
            "the day it happened, at most %(n)s year ago",
            "the day it happened, at most %(n)s years ago",
            years,
        ) % {"n": years}
    return str(NEED_WORDS[what])


NEED_WORDS = {
    Need.IDENTITY: gettext_lazy(
        "full identity of whoever complains, or a power of attorney; it may ask to be kept secret"
    ),
    Need.EARLIER: gettext_lazy("an earlier complaint to the office itself or the one above it"),
    Need.EVIDENCE: gettext_lazy("evidence"),
    Need.STATEMENT: gettext_lazy("a signed statement (surat pernyataan)"),
}
PARALLEL_WORDS = {
    OfficeKind.INSPECTORATE: gettext_lazy(
        "%(next)s watches over the conduct of officers: send it there as well."
    ),
    OfficeKind.POLICE: gettext_lazy("Threats are a crime: %(next)s may be told at the same time."),
    OfficeKind.PPID: gettext_lazy("The list itself can be asked for at %(next)s at the same time."),
}
FIRST_WORDS = {
    OfficeKind.RT_RW: gettext_lazy("%(next)s can often mend this by itself: begin there."),
    OfficeKind.VILLAGE: gettext_lazy("%(next)s is the first rung: begin there."),
    OfficeKind.INSPECTORATE: gettext_lazy(
        "Threats do not go back to where they came from: begin with %(next)s, which watches over officers."
    ),
    OfficeKind.POLICE: gettext_lazy("Fraud is a crime: begin with %(next)s."),
}


# --- the timeline ------------------------------------------------------------------------------------------------------


def _day(text: str) -> str:
    return short_date(date.fromisoformat(text))


def _sent(event: AuditEvent) -> history.Words:
    data = event.data
    title = _("Sent to %(office)s on %(day)s") % {"office": data["office"], "day": _day(data["sent_on"])}
    if data.get("after"):
        title = _("Carried on from %(after)s: sent to %(office)s on %(day)s") % {
            "after": data["after"],
            "office": data["office"],
            "day": _day(data["sent_on"]),
        }
    if data.get("due_on"):
        step = data.get("due_step", Step.ANSWER)
        return title, f"{STEP_TITLES[Step(step)]} {_day(data['due_on'])}."
    return title, ""


def _received(event: AuditEvent) -> history.Words:
    data = event.data
    title = _("Received by %(office)s on %(day)s") % {
        "office": data["office"],
        "day": _day(data["received_on"]),
    }
    if data.get("due_from") and data.get("due_to") and data["due_from"] != data["due_to"]:
        return title, _("The deadline moved from %(before)s to %(after)s") % {
            "before": _day(data["due_from"]),
            "after": _day(data["due_to"]),
        }
    return title, ""


def _answered(event: AuditEvent) -> history.Words:
    data = event.data
    kind = data.get("kind", AnswerKind.ANSWER)
    if kind in ANSWER_TITLES:
        return ANSWER_TITLES[kind] % {"office": data["office"], "day": _day(data["answered_on"])}, ""
    title = _("%(office)s answered on %(day)s") % {"office": data["office"], "day": _day(data["answered_on"])}
    solves = data.get("solves")
    if solves not in Solves.values:
        return title, ""
    return title, _("Does it solve the matter: %(solves)s") % {"solves": Solves(solves).label}


ANSWER_TITLES = {
    AnswerKind.PARTIAL: gettext_lazy("%(office)s answered in part on %(day)s"),
    AnswerKind.INCOMPLETE: gettext_lazy("%(office)s asked on %(day)s to complete the file"),
    AnswerKind.MORE_TIME: gettext_lazy("%(office)s said on %(day)s that it needs more time"),
}


def _progressed(event: AuditEvent) -> history.Words:
    data = event.data
    words = {"office": data["office"], "day": _day(data["on"]), "word": Word(data["word"]).label}
    if data["word"] in (Word.COMPLETED, Word.RESPONDED):
        return _("%(word)s, %(day)s, at %(office)s") % words, ""
    return _("%(office)s, %(day)s: “%(word)s”") % words, ""


def _moved(event: AuditEvent) -> history.Words:
    data = event.data
    return _("%(office)s: the deadline follows the changed calendar") % {"office": data["office"]}, _(
        "The deadline moved from %(before)s to %(after)s"
    ) % {"before": _day(data["from"]), "after": _day(data["to"])}


SENTENCES: dict[str, history.Sentence] = {
    "submission.sent": _sent,
    "submission.received": _received,
    "submission.withdrawn": gettext_lazy("Withdrawn from %(office)s"),
    "submission.deadline_moved": _moved,
    "submission.progress": _progressed,
    "answer.recorded": _answered,
}
ICONS = {
    "submission.sent": "send",
    "submission.received": "receipt",
    "submission.withdrawn": "undo",
    "submission.deadline_moved": "calendar",
    "submission.progress": "clock",
    "answer.recorded": "answer",
}
# The case tells these moves itself; beside the sentences above they would say everything twice.
TOLD_TWICE = ("case.sent", "case.answered", "case.taken_back")


def register_sentences() -> None:
    history.sentences.update(SENTENCES)
    history.icons.update(ICONS)
    for verb in TOLD_TWICE:
        history.sentences[verb] = _unless_told(history.sentences.get(verb))
    # Every move of a deadline is told with what moved it: sending, receipt, calendar.
    history.sentences["case.due_set"] = None


def _unless_told(sentence: history.Sentence) -> Callable[[AuditEvent], history.Words | None]:
    """Hidden where an office is named in it: then the submission's own sentence stands beside it."""

    def words(event: AuditEvent) -> history.Words | None:
        if "office" in event.data:
            return None
        return sentence(event) if callable(sentence) else sentence

    return words


def entries(submission: Submission) -> list[history.Entry]:
    """What happened to a submission, newest first; the caller has checked that it may be seen. Two queries."""
    events = list(timeline(submission).order_by("-id"))
    names = {
        person.pk: str(person) for person in User.objects.filter(pk__in={event.actor_id for event in events})
    }
    told = []
    for event in events:
        sentence = SENTENCES.get(event.verb)
        words = sentence(event) if callable(sentence) else str(sentence or "") % event.data
        if not words:
            continue
        title, body = words if isinstance(words, tuple) else (words, "")
        by = names.get(event.actor_id or 0, event.actor_name) or _("Posko Bansos")
        told.append(history.Entry(event.at, str(title), by, str(body), ICONS.get(event.verb, "dots")))
    return told
