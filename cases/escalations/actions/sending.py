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
    due_by_rule,
    iso,
    locked_cases,
    record_on_all,
    refresh_due,
)
from cases.escalations.choices import Channel, Step, SubmissionStatus
from cases.escalations.models import DeadlineRule, Office, Submission, SubmissionCase
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
    client_id: UUID | None = None,
) -> Submission:
    """Hand one case or several to an office: all of them or none. The deadline runs from the receipt, else from sending."""
    rows = locked_cases(cases)
    words = {"received_by": received_by.strip(), "their_number": their_number.strip(), "notes": notes.strip()}
    digest = content_digest(
        {
            "cases": [case.pk for case in rows],
            "office": office.pk,
            "channel": channel,
            "sent_on": sent_on,
            "received_on": received_on,
            **words,
        }
    )
    if before := stored_before(Submission, client_id, digest):
        return before
    office = locked(office)
    _check_sending(rows, office, channel, sent_on, by)
    check_receipt(sent_on, received_on)
    for case in rows:
        check_keeps_reporter(case, *words.values())

    rule = DeadlineRule.objects.filter(office_kind=office.kind, step=Step.ANSWER).first()
    submission = Submission(
        office=office,
        channel=channel,
        sent_on=sent_on,
        received_on=received_on,
        rule_amount=rule.amount if rule else None,
        rule_unit=rule.unit if rule else "",
        rule_basis=rule.legal_basis if rule else "",
        by=by,
        client_id=client_id,
        client_digest=digest,
        **words,
    )
    submission.due_on = due_by_rule(submission)
    submission.save()
    SubmissionCase.objects.bulk_create(SubmissionCase(submission=submission, case=case) for case in rows)
    data = {
        "office": office.name,
        "office_id": office.pk,
        "channel": channel,
        "sent_on": sent_on.isoformat(),
        "received_on": iso(received_on),
        "due_on": iso(submission.due_on),
        "cases": len(rows),
    }
    record_on_all("submission.sent", submission, rows, by, data)
    for case in rows:
        casefiles.mark_sent(case=case, by=by, data={"office": office.name, "submission": submission.pk})
    refresh_due(rows, by)
    return submission


def _check_sending(rows: list[Case], office: Office, channel: str, sent_on: date, by: User) -> None:
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
    waiting = (
        SubmissionCase.objects.filter(
            case__in=rows, submission__office=office, submission__status=SubmissionStatus.OPEN
        )
        .select_related("case", "submission")
        .first()
    )
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
