"""Which office is next for a case: the pure rules of the ladder over the routes, offices and submissions that are there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from cases.casefiles.choices import Audience, Status
from cases.casefiles.models import Case
from cases.casefiles.permissions import reporter_for
from cases.casefiles.workflow import OVER
from cases.escalations import rules, words
from cases.escalations.choices import Matter, Need, OfficeKind, Solves, Step, SubmissionStatus
from cases.escalations.facts import facts_of
from cases.escalations.models import Office, Requirement, Route, Submission, SubmissionQuerySet
from cases.kernel.scope import path_to


@dataclass(frozen=True)
class Proposal:
    """One office to send to, and the sentence that says why; `also` are offices of the same rung.

    `after` is what it carries on; `missing` are lines on what the office will ask for and is not at hand; `basis` is the law.
    """

    office: Office
    sentence: str
    also: tuple[Office, ...]
    parallel: bool
    after: Submission | None = None
    matter: Matter | None = None
    missing: tuple[str, ...] = ()
    basis: str = ""


def offices_for(case: Case) -> list[Office]:
    """Offices responsible for the area of the case that may be told of it, nearest first."""
    offices = Office.objects.responsible_for(case.area_id).select_related("area__parent__parent")
    nearest = sorted(
        offices, key=lambda office: (rules.order_of(office.kind), -len(office.area_id), office.name)
    )
    return [office for office in nearest if rules.may_go_to(case.category, office.kind)]


def told(submissions: SubmissionQuerySet) -> SubmissionQuerySet:
    """With what proposals() reads of each: a queryset of submissions gets its relations at once."""
    return submissions.select_related("office").prefetch_related(
        "answers", "links", "progress", "appeals", "deadlines"
    )


def proposals(case: Case, submissions: Iterable[Submission], offices: Iterable[Office]) -> list[Proposal]:
    """`submissions` of this case as told() gives them, `offices` from offices_for(). Two queries, more where something is missing."""
    if case.status in OVER:
        return []
    near: dict[str, Office] = {}
    for office in offices:
        near.setdefault(office.kind, office)
    rows = sorted(submissions, key=lambda row: (row.sent_on, row.pk))
    asked = {row.office.kind: row for row in rows if row.status != SubmissionStatus.WITHDRAWN}
    routes = list(Route.objects.filter(active=True, area_id__in=path_to(case.area_id)).order_by("rung", "pk"))
    ladder = rules.ladder_of(
        case.category,
        case.area_id,
        [
            rules.Route(row.category, row.area_id, OfficeKind(row.office_kind), row.rung, row.beside)
            for row in routes
        ],
    )
    basis = {row.office_kind: row.legal_basis for row in routes if row.category in ("", case.category)}
    steps = rules.next_steps(ladder, [_tried(row, case) for row in rows], near.keys(), timezone.localdate())
    needs = _needs([step.kind for step in steps])
    return [
        Proposal(
            near[step.kind],
            words.proposal(
                step, near[step.kind], asked[step.because_of].office if step.because_of in asked else None
            ),
            tuple(near[kind] for kind in step.also),
            step.why is rules.Why.PARALLEL,
            asked.get(step.because_of),
            Matter.OBJECTION if step.why is rules.Why.OBJECTION else None,
            _missing(case, step.kind, needs.get(step.kind, []), asked),
            basis.get(step.kind, ""),
        )
        for step in steps
    ]


def proposal_for(case: Case, office: Office) -> Proposal | None:
    """The proposal that names the office, first or among those of its rung."""
    rows = proposals(case, told(Submission.objects.filter(links__case=case)), offices_for(case))
    return next((row for row in rows if office in (row.office, *row.also)), None)


def _needs(kinds: list[OfficeKind]) -> dict[str, list[tuple[Need, int]]]:
    needs: dict[str, list[tuple[Need, int]]] = {}
    for row in Requirement.objects.filter(office_kind__in=kinds) if kinds else ():
        needs.setdefault(row.office_kind, []).append((Need(row.need), row.amount))
    return needs


def _missing(
    case: Case, kind: str, needs: list[tuple[Need, int]], asked: dict[str, Submission]
) -> tuple[str, ...]:
    """Looked up only for an office that asks for something."""
    if not needs:
        return ()
    wanted = {need for need, _amount in needs}
    known = rules.Known(
        named=Need.IDENTITY in wanted and reporter_for(case, Audience.OFFICE).is_named,
        happened_on=case.happened_on,
        complained_before=any(other != kind for other in asked),
        evidence=case.evidence.filter(struck_at=None).count() if Need.EVIDENCE in wanted else 0,
    )
    return tuple(
        words.need(need, amount) for need, amount in rules.missing(needs, known, timezone.localdate())
    )


def _tried(row: Submission, case: Case) -> rules.Tried:
    link = next((link for link in row.links.all() if link.case_id == case.pk), None)
    solves = link.solves if link else ""
    if solves == Solves.YES and case.status == Status.REOPENED:
        # It was opened again, so the answer did not solve it after all.
        solves = Solves.NO.value
    answered = link is not None and link.answered_on is not None and row.status == SubmissionStatus.OPEN
    return rules.Tried(
        row.office.kind,
        SubmissionStatus.ANSWERED if answered else row.status,
        row.sent_on,
        answer_due(row),
        solves,
        row.matter,
        facts_of(row).is_incomplete,
    )


def answer_due(row: Submission) -> date | None:
    """The last day for an answer, with the time the office asked for in addition."""
    days = {deadline.step: deadline.due_on for deadline in row.deadlines.all()}
    return days.get(Step.EXTENDED) or days.get(Step.ANSWER)
