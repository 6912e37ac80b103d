"""The dated facts of a submission, as the pure clock reads them."""

from datetime import date

from cases.casefiles.models import Case
from cases.escalations.choices import AnswerKind, Solves, Start, Step, SubmissionStatus, Word
from cases.escalations.models import Deadline, Submission
from cases.escalations.rules import OURS, Facts, Rule, Running, deadlines
from cases.kernel.workdays import Calendar

VERIFIED = (Word.LAPOR_VERIFIED, Word.LAPOR_FORWARDED, Word.CRM_COORDINATION, Word.CRM_DISPOSITION)
ACTED = (Word.FIRST_ACTION, Word.LAPOR_FOLLOWED_UP, Word.CRM_PROCESS)


def facts_of(submission: Submission) -> Facts:
    """From its links, answers, progress and appeals: four queries, none where they are prefetched."""
    answers, links = list(submission.answers.all()), list(submission.links.all())
    said = [(row.word, row.on) for row in submission.progress.all()]
    appeals = [row for row in submission.appeals.all() if row.status != SubmissionStatus.WITHDRAWN]

    def first(*words: str) -> date | None:
        return min((on for word, on in said if word in words), default=None)

    def last(kind: str) -> date | None:
        return max((row.answered_on for row in answers if row.kind == kind), default=None)

    real = [row.answered_on for row in answers if row.kind in (AnswerKind.ANSWER, AnswerKind.PARTIAL)]
    answered = [link.answered_on for link in links]
    return Facts(
        sent_on=submission.sent_on,
        received_on=submission.received_on,
        verified_on=first(*VERIFIED),
        acted_on=first(*ACTED),
        asked_on=last(AnswerKind.INCOMPLETE),
        completed_on=max((on for word, on in said if word == Word.COMPLETED), default=None),
        more_time_on=last(AnswerKind.MORE_TIME),
        first_answer_on=min(real, default=None),
        answered_on=_when_all(answered),
        responded_on=first(Word.RESPONDED),
        appealed_on=min((row.sent_on for row in appeals), default=None),
        solved=bool(links) and all(link.solves == Solves.YES for link in links),
    )


def _when_all(days: list[date | None]) -> date | None:
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None


def clock(submission: Submission, calendar: Calendar) -> list[tuple[Deadline, Running]]:
    """Each deadline on record with what it is now by the calendar; the first that runs out first, those kept last."""
    rows = list(submission.deadlines.all())
    rules = [Rule(Step(row.step), Start(row.start), row.amount, row.unit) for row in rows]
    pairs = list(zip(rows, deadlines(rules, facts_of(submission), calendar), strict=True))
    return sorted(
        pairs, key=lambda pair: (not pair[1].runs, pair[1].due_on is None, pair[1].due_on, pair[0].pk)
    )


def owed_by_office(case: Case) -> bool:
    """Is the case's next date one that an office must keep? Otherwise it is the posko's own."""
    return (
        Deadline.objects.filter(
            submission__links__case=case, submission__links__answered_on=None, due_on=case.due_on, met_on=None
        )
        .exclude(step__in=OURS)
        .exists()
    )
