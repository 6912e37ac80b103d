"""Handing cases to an office."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.casefiles import actions as casefiles
from cases.casefiles.models import Case
from cases.casefiles.permissions import check_keeps_reporter
from cases.escalations import permissions, rules
from cases.escalations.actions.parts import (
    IN_THE_FUTURE,
    check_receipt,
    iso,
    locked_cases,
    record_on_all,
    refresh_due,
    set_clock,
)
from cases.escalations.choices import Channel, Matter, OfficeKind, SubmissionStatus
from cases.escalations.models import Deadline, DeadlineRule, Office, Submission, SubmissionCase
from cases.kernel.exceptions import ActionRefused
from cases.kernel.indonesian import short_date
from cases.kernel.stamps import content_digest, stored_before
from cases.kernel.writes import action, locked
from cases.people.models import User


@action
def send(
    *,
    cases: Iterable[Case],
    office: Office,
    channel: str,
    sent_on: date,
    by: User,
    received_on: date | None = None,
    received_by: str = "",
    their_number: str = "",
    notes: str = "",
    matter: str | None = None,
    appeal_of: Submission | None = None,
    client_id: UUID | None = None,
) -> Submission:
    """Hand one case or several to an office: all of them or none. The clocks run from the receipt, else from sending.

    `appeal_of`: what this one carries on, as the answer or silence there did not solve it. `matter`: None for what the kind of
    case says; an objection names the request it objects to.
    """
    rows = locked_cases(cases)
    words = {"received_by": received_by.strip(), "their_number": their_number.strip(), "notes": notes.strip()}
    digest = content_digest(
        {
            "cases": [case.pk for case in rows],
            "office": office.pk,
            "channel": channel,
            "sent_on": sent_on,
            "received_on": received_on,
            # Left out where they are not given, so that a form sent before they existed is still known again.
            **({"matter": matter} if matter else {}),
            **({"appeal_of": appeal_of.pk} if appeal_of else {}),
            **words,
        }
    )
    if before := stored_before(Submission, client_id, digest):
        return before
    office = locked(office)
    matter = _matter(rows, office, matter, appeal_of)
    _check_sending(rows, office, channel, sent_on, matter, by)
    if appeal_of is not None:
        appeal_of = locked(appeal_of)
        _check_appeal(appeal_of, rows, sent_on, by)
    check_receipt(sent_on, received_on)
    for case in rows:
        check_keeps_reporter(case, *words.values())

    submission = Submission(
        office=office,
        channel=channel,
        sent_on=sent_on,
        received_on=received_on,
        matter=matter,
        appeal_of=appeal_of,
        by=by,
        client_id=client_id,
        client_digest=digest,
        **words,
    )
    submission.save()
    SubmissionCase.objects.bulk_create(SubmissionCase(submission=submission, case=case) for case in rows)
    Deadline.objects.bulk_create(_deadlines(submission))
    set_clock(submission)
    if appeal_of is not None:
        set_clock(appeal_of)
    data = {
        "office": office.name,
        "office_id": office.pk,
        "channel": channel,
        "sent_on": sent_on.isoformat(),
        "received_on": iso(received_on),
        "due_on": iso(submission.due_on),
        "due_step": _first_step(submission),
        "cases": len(rows),
        **({"appeal_of": appeal_of.pk, "after": appeal_of.office.name} if appeal_of else {}),
    }
    record_on_all("submission.sent", submission, rows, by, data)
    for case in rows:
        casefiles.mark_sent(case=case, by=by, data={"office": office.name, "submission": submission.pk})
    refresh_due(rows, by)
    return submission


def _matter(rows: list[Case], office: Office, matter: str | None, appeal_of: Submission | None) -> Matter:
    if matter is None:
        matters = {rules.matter_of(case.category, office.kind) for case in rows}
        return matters.pop() if len(matters) == 1 else Matter.ORDINARY
    if matter not in Matter.values:
        raise ActionRefused(_("Choose what kind of business it is."))
    if matter == Matter.OBJECTION and (
        office.kind != OfficeKind.PPID or appeal_of is None or appeal_of.office.kind != OfficeKind.PPID
    ):
        raise ActionRefused(
            _("An objection goes to the PPID, against a request that it did not answer well.")
        )
    return Matter(matter)


def _deadlines(submission: Submission) -> list[Deadline]:
    """The rules of the office as they stand today; those for the matter go before the general ones."""
    rules_of_office = DeadlineRule.objects.filter(
        office_kind=submission.office.kind, matter__in={submission.matter, Matter.ORDINARY}
    )
    if submission.matter == Matter.OBJECTION:
        rules_of_office = rules_of_office.filter(matter=Matter.OBJECTION)
    steps: dict[str, DeadlineRule] = {}
    for rule in rules_of_office.order_by("pk"):
        if rule.step not in steps or rule.matter:
            steps[rule.step] = rule
    return [
        Deadline(
            submission=submission,
            step=rule.step,
            start=rule.start,
            amount=rule.amount,
            unit=rule.unit,
            basis=rule.legal_basis,
        )
        for rule in steps.values()
    ]


def _first_step(submission: Submission) -> str:
    first = submission.deadlines.filter(met_on=None, due_on=submission.due_on).first()
    return first.step if first and submission.due_on else ""


def _check_appeal(earlier: Submission, rows: list[Case], sent_on: date, by: User) -> None:
    visible = Submission.objects.visible_to(by).filter(pk=earlier.pk, links__case__in=rows)
    if not visible.exists():
        raise ActionRefused(_("What it carries on was about other cases."))
    if earlier.status == SubmissionStatus.WITHDRAWN:
        raise ActionRefused(_("What it carries on was withdrawn."))
    if sent_on < earlier.sent_on:
        raise ActionRefused(_("It cannot be sent before what it carries on. Check the day of sending."))


def _check_sending(
    rows: list[Case], office: Office, channel: str, sent_on: date, matter: Matter, by: User
) -> None:
    if not rows:
        raise ActionRefused(_("Choose at least one case."))
    if len(rows) > rules.MOST_CASES:
        raise ActionRefused(_("These are too many cases for one letter. Send them in parts."))
    if channel not in Channel.values:
        raise ActionRefused(_("Choose how it was sent."))
    if sent_on > timezone.localdate():
        raise ActionRefused(IN_THE_FUTURE)
    for case in rows:
        with _naming(case, several=len(rows) > 1):
            permissions.check_can_send_to(by, case, office)
            if case.happened_on is not None and sent_on < case.happened_on:
                raise ActionRefused(
                    _("It cannot be sent before the day it happened. Check the day of sending.")
                )
    lying = SubmissionCase.objects.filter(
        case__in=rows,
        submission__office=office,
        submission__status=SubmissionStatus.OPEN,
        answered_on=None,
    )
    if matter == Matter.OBJECTION:
        # It goes to where the request still lies unanswered.
        lying = lying.filter(submission__matter=Matter.OBJECTION)
    waiting = lying.select_related("case", "submission").first()
    if waiting is not None:
        raise ActionRefused(
            _("%(number)s already lies with %(office)s since %(day)s and is not answered yet.")
            % {
                "number": waiting.case.number,
                "office": office.name,
                "day": short_date(waiting.submission.sent_on),
            }
        )


@contextmanager
def _naming(case: Case, *, several: bool) -> Iterator[None]:
    """A refusal that concerns one of several cases says which."""
    try:
        yield
    except ActionRefused as refusal:
        raise ActionRefused(f"{case.number}: {refusal}" if several else refusal.sentence) from refusal
