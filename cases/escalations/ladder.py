"""Which office is next for a case: the pure rules of the ladder over the offices and submissions that are there."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from cases.casefiles.choices import Status
from cases.casefiles.models import Case
from cases.casefiles.workflow import OVER
from cases.escalations import rules, words
from cases.escalations.choices import Solves
from cases.escalations.models import Office, Submission


@dataclass(frozen=True)
class Proposal:
    """One office to send to, and the sentence that says why; `also` are offices of the same rung."""

    office: Office
    sentence: str
    also: tuple[Office, ...]
    parallel: bool


def offices_for(case: Case) -> list[Office]:
    """Offices responsible for the area of the case that may be told of it, nearest first."""
    offices = Office.objects.responsible_for(case.area_id).select_related("area__parent__parent")
    nearest = sorted(
        offices, key=lambda office: (rules.order_of(office.kind), -len(office.area_id), office.name)
    )
    return [office for office in nearest if rules.may_go_to(case.category, office.kind)]


def proposals(case: Case, submissions: Iterable[Submission], offices: Iterable[Office]) -> list[Proposal]:
    """`submissions` of this case with office and answers, `offices` from offices_for(); no query."""
    if case.status in OVER:
        return []
    near: dict[str, Office] = {}
    for office in offices:
        near.setdefault(office.kind, office)
    submissions = list(submissions)
    asked = {row.office.kind: row.office for row in submissions}
    steps = rules.next_steps(
        case.category, [_tried(row, case) for row in submissions], near.keys(), timezone.localdate()
    )
    return [
        Proposal(
            near[step.kind],
            words.proposal(step, near[step.kind], asked.get(step.because_of)),
            tuple(near[kind] for kind in step.also),
            step.why is rules.Why.PARALLEL,
        )
        for step in steps
    ]


def _tried(row: Submission, case: Case) -> rules.Tried:
    answers = list(row.answers.all())
    solves = answers[-1].solves if answers else ""
    if solves == Solves.YES and case.status == Status.REOPENED:
        # It was opened again, so the answer did not solve it after all.
        solves = Solves.NO.value
    return rules.Tried(row.office.kind, row.status, row.sent_on, row.due_on, solves)
