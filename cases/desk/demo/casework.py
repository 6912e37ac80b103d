"""What becomes of the cases: one storyline each, by the same actions and along the same states as a posko's own."""

from collections.abc import Callable, Generator, Iterable
from datetime import datetime
from random import Random

from cases.casefiles.actions import (
    ask_details,
    assign,
    group,
    link,
    reopen,
    take_on,
    verify,
)
from cases.casefiles.choices import Category, CloseReason, LinkKind, Status
from cases.casefiles.models import Case, rw_of
from cases.desk.demo.ground import VILLAGES, World
from cases.desk.demo.letters import joint_letter
from cases.desk.demo.plans import REASONS, Plan, plans
from cases.desk.demo.stage import Story
from cases.desk.demo.steps import (
    Steps,
    answered,
    closed,
    details_first,
    first_office,
    letter_to,
    resolved,
    says,
    sent_back,
    sent_to,
    their_words,
    verified,
)
from cases.desk.demo.telling import tell, tell_again
from cases.desk.demo.texts import pick
from cases.desk.demo_people import GEDONG
from cases.escalations.actions import withdraw
from cases.escalations.choices import OfficeKind, Solves
from cases.kernel.indonesian import rt_rw

KELURAHAN_DAYS = 14  # only to place the demo's deadlines around today; the rule itself is a row
# Days until the deadline of what lies with the kelurahan: past, today, near, far.
DUE_IN = (-9, -4, 3, 6, 0, 9, -1, 12, 3, -13, 5, 1, 10, -6)


def case_stories(world: World, count: int) -> Iterable[Story]:
    made = plans(count, world.rng("plans"))
    for plan in made:
        if not plan.cluster:
            yield living(world, plan)
    for village in VILLAGES:
        if together := [plan for plan in made if plan.cluster == village]:
            yield gathering(world, together)


# --- one case ----------------------------------------------------------------------------------------------------------


def living(world: World, plan: Plan) -> Story:
    rng = world.rng(f"case {plan.index}")
    ago, journey = JOURNEYS[plan.status](plan, rng)
    yield world.days.back(ago, rng)
    case = tell(world, plan, rng)
    _link(world, case, rng)
    yield from journey(world, plan, case, rng, ago)


type Journey = Callable[[World, Plan, Case, Random, int], Steps]


def _new(plan: Plan, rng: Random) -> tuple[int, Journey]:
    return rng.randint(0, 6), _waiting


def _waiting(world: World, plan: Plan, case: Case, rng: Random, ago: int) -> Steps:
    if plan.turn % 3 == 0:
        yield world.days.back(ago - 1, rng)
        take_on(case=case, by=world.volunteer(case.area_id))


def _needs_details(plan: Plan, rng: Random) -> tuple[int, Journey]:
    return (rng.randint(33, 42) if plan.turn % 2 else rng.randint(3, 14)), _asked


def _asked(world: World, plan: Plan, case: Case, rng: Random, ago: int) -> Steps:
    if plan.turn == 1:
        yield from verified(world, case, rng, ago - 1)
        submission = yield from sent_to(world, case, rng, ago - 4, OfficeKind.VILLAGE)
        yield from sent_back(world, case, submission, rng, 6)
        yield world.days.back(4, rng)
    else:
        yield world.days.back(ago - rng.randint(1, 2), rng)
    ask_details(case=case, by=world.coordinator(case.area_id), needs=says(world, case, "needs", rng))


def _to_be_sent(plan: Plan, rng: Random) -> tuple[int, Journey]:
    if plan.turn % 4 == 3:
        return rng.randint(34, 44), _checked  # nobody found the time to write the letter
    return (rng.randint(9, 14) if plan.turn % 4 == 1 else rng.randint(2, 9)), _checked


def _checked(world: World, plan: Plan, case: Case, rng: Random, ago: int) -> Steps:
    yield from verified(world, case, rng, ago - 1)
    if plan.turn % 4 == 1:
        submission = yield from sent_to(world, case, rng, ago - 3, OfficeKind.DISTRICT)
        yield world.days.back(ago - 5, rng)
        text = says(world, case, "withdrawn_submission", rng)
        withdraw(submission=submission, reason=text, by=world.coordinator(case.area_id))


def _with_an_office(plan: Plan, rng: Random) -> tuple[int, Journey]:
    if plan.turn % 5 == 4:
        return rng.randint(42, 56), _climbing
    return KELURAHAN_DAYS - DUE_IN[plan.turn % len(DUE_IN)] + rng.randint(3, 8), _lying


def _lying(world: World, plan: Plan, case: Case, rng: Random, ago: int) -> Steps:
    sent = KELURAHAN_DAYS - DUE_IN[plan.turn % len(DUE_IN)]
    yield from verified(world, case, rng, ago - 1)
    kind = OfficeKind.VILLAGE
    if case.category == Category.INTIMIDATION:
        kind = OfficeKind.INSPECTORATE
    elif case.category == Category.FRAUD:
        kind = OfficeKind.POLICE
    yield from sent_to(world, case, rng, sent, kind)
    if case.category in (Category.LEVY, Category.DEDUCTION) and plan.turn % 2:
        # Beside the ladder, and with a clock of its own: 60 working days.
        yield from sent_to(world, case, rng, sent - 2, OfficeKind.INSPECTORATE)


def _climbing(world: World, plan: Plan, case: Case, rng: Random, ago: int) -> Steps:
    """The kelurahan kept silent or did not solve it, so it went up."""
    yield from verified(world, case, rng, ago - 2)
    submission = yield from sent_to(world, case, rng, ago - 5, OfficeKind.VILLAGE)
    if plan.turn % 2:
        yield from answered(world, case, submission, rng, 10, rng.choice((Solves.NO, Solves.PARTLY)))
    above = OfficeKind.CITY_SOCIAL if plan.turn % 3 else OfficeKind.LAPOR
    higher = yield from sent_to(world, case, rng, rng.choice((3, 9, 13)), above, submission)
    if above == OfficeKind.LAPOR:
        yield from their_words(world, case, higher, rng)


def _with_an_answer(plan: Plan, rng: Random) -> tuple[int, Journey]:
    return (rng.randint(18, 30) if plan.turn % 3 == 1 else rng.randint(33, 44)), _to_be_weighed


def _to_be_weighed(world: World, plan: Plan, case: Case, rng: Random, ago: int) -> Steps:
    yield from verified(world, case, rng, ago - 1)
    sent = min(ago - 3, 24)
    submission = yield from sent_to(world, case, rng, sent, first_office(case))
    solves = (Solves.NO, Solves.PARTLY, Solves.YES)[plan.turn % 3]
    yield from answered(world, case, submission, rng, rng.randint(sent - 9, sent - 2), solves)


def _over(plan: Plan, rng: Random) -> tuple[int, Journey]:
    return rng.randint(35, 66), _solved


def _solved(world: World, plan: Plan, case: Case, rng: Random, ago: int) -> Steps:
    yield from details_first(world, case, rng, ago - 1)
    yield from verified(world, case, rng, ago - 4)
    outcome = ""
    if plan.turn % 4 == 3:
        # Sometimes it is enough that somebody asks.
        yield world.days.back(ago - rng.randint(7, 12), rng)
    else:
        outcome = yield from _upwards(world, plan, case, rng, ago - 6)
        yield world.days.back(max(9, ago - rng.randint(27, 31)), rng)
    resolved(world, case, outcome, rng)


def _upwards(world: World, plan: Plan, case: Case, rng: Random, ago: int) -> Generator[datetime, None, str]:
    """Sent, and answered; where the first answer was none, sent once more. What came of it is said at the end."""
    submission = yield from sent_to(world, case, rng, ago, first_office(case))
    if plan.turn % 3 == 2:
        yield from answered(world, case, submission, rng, 8, Solves.NO)
        submission = yield from sent_to(world, case, rng, ago - 10, OfficeKind.CITY_SOCIAL, submission)
        return (yield from answered(world, case, submission, rng, 8, Solves.YES))
    solves = Solves.YES if plan.turn % 2 else Solves.PARTLY
    return (yield from answered(world, case, submission, rng, rng.randint(7, 17), solves))


def _without_solution(plan: Plan, rng: Random) -> tuple[int, Journey]:
    return rng.randint(34, 58), _given_up


def _given_up(world: World, plan: Plan, case: Case, rng: Random, ago: int) -> Steps:
    reason = REASONS[plan.turn % len(REASONS)]
    if reason == CloseReason.DUPLICATE:
        yield world.days.back(ago - 2, rng)
        again = tell_again(world, case)
        yield world.days.back(ago - 3, rng)
        closed(world, again, reason, rng, duplicate_of=case)
        yield from verified(world, case, rng, ago - 4)
        return
    if reason != CloseReason.WITHDRAWN:
        yield from verified(world, case, rng, ago - 2)
    yield world.days.back(ago - rng.randint(4, 8), rng)
    closed(world, case, reason, rng)


def _once_more(plan: Plan, rng: Random) -> tuple[int, Journey]:
    return rng.randint(46, 66), _reopened


def _reopened(world: World, plan: Plan, case: Case, rng: Random, ago: int) -> Steps:
    yield from verified(world, case, rng, ago - 2)
    if plan.turn % 4 == 3:
        yield world.days.back(ago - 6, rng)
        closed(world, case, CloseReason.NO_PROOF, rng)
    else:
        outcome = yield from _upwards(world, plan, case, rng, ago - 5)
        yield world.days.back(ago - 30, rng)
        resolved(world, case, outcome, rng)
    yield world.days.back(rng.randint(1, 9), rng)
    reopen(case=case, by=world.coordinator(case.area_id), reason=says(world, case, "reopened", rng))


JOURNEYS: dict[str, Callable[[Plan, Random], tuple[int, Journey]]] = {
    Status.NEW: _new,
    Status.NEEDS_DETAILS: _needs_details,
    Status.VERIFIED: _to_be_sent,
    Status.SENT: _with_an_office,
    Status.ANSWERED: _with_an_answer,
    Status.RESOLVED: _over,
    Status.CLOSED: _without_solution,
    Status.REOPENED: _once_more,
}


# --- the same thing happening to many ----------------------------------------------------------------------------------


def gathering(world: World, together: list[Plan]) -> Story:
    """One RT, one pay-out, several doors: told one by one, put into a group and sent in one letter."""
    village = together[0].village
    rng = world.rng(f"group {village}")
    days = world.days
    area = next(code for code in world.rts if code.startswith(village))
    cases: list[Case] = []
    for order, plan in enumerate(together):
        yield days.back(27 - 2 * order, rng)
        cases.append(tell(world, plan, rng, area=area))
    yield days.back(18, rng)
    by = world.coordinator(village)
    for case in cases:
        verify(case=case, by=by)
        assign(case=case, by=by, to=world.volunteer(village))
    text = pick(rng, world.texts.coordinator, together[0].category, kind="group")["text"]
    group(cases=cases, by=by, title=text.format(round=world.rounds["sembako"].name, rt=rt_rw(area)))
    if village == GEDONG:
        yield from joint_letter(world, cases, rng, KELURAHAN_DAYS + 2)
    else:
        yield from letter_to(world, cases, rng, KELURAHAN_DAYS - 3, OfficeKind.VILLAGE)


def _link(world: World, case: Case, rng: Random) -> None:
    """Now and then somebody sees that the neighbours told the same."""
    alike = [
        other
        for other in world.cases[:-1]
        if other.category == case.category and rw_of(other.area_id) == rw_of(case.area_id)
    ]
    if alike and rng.random() < 0.5:
        link(case=case, other=alike[-1], kind=LinkKind.SIMILAR, by=world.volunteer(case.area_id))
