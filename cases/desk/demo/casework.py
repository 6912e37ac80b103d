"""What becomes of the cases: one storyline each, by the same actions and along the same states as a posko's own."""

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from datetime import datetime
from random import Random

from django.utils import timezone

from cases.casefiles.actions import (
    ask_details,
    assign,
    close,
    group,
    link,
    reopen,
    resolve,
    supply_details,
    take_on,
    verify,
)
from cases.casefiles.choices import Category, CloseReason, LinkKind, Outcome, Status
from cases.casefiles.models import Case, rw_of
from cases.desk.demo.ground import VILLAGES, World
from cases.desk.demo.pictures import answer as letter
from cases.desk.demo.stage import Story
from cases.desk.demo.telling import Plan, tell, tell_again
from cases.desk.demo.texts import pick, suiting
from cases.desk.demo_people import GEDONG, TENGAH
from cases.escalations.actions import receive, record_answer, send, withdraw
from cases.escalations.choices import Channel, OfficeKind, Solves
from cases.escalations.models import Office, Submission
from cases.kernel.indonesian import rt_rw

# How many of 60 cases are where today; how often each thing happened.
STATUSES = {
    Status.NEW: 8,
    Status.NEEDS_DETAILS: 5,
    Status.VERIFIED: 7,
    Status.SENT: 14,
    Status.ANSWERED: 7,
    Status.RESOLVED: 10,
    Status.CLOSED: 5,
    Status.REOPENED: 4,
}
CATEGORIES = {
    Category.LEVY: 14,
    Category.DEDUCTION: 6,
    Category.NOT_RECEIVED: 6,
    Category.NOT_REGISTERED: 6,
    Category.INVITATION: 4,
    Category.SHARED_OUT: 3,
    Category.CUT_OFF: 3,
    Category.WELL_OFF: 3,
    Category.CARD_HELD: 2,
    Category.INTIMIDATION: 2,
    Category.OUTSIDE_ID: 2,
    Category.DOUBLE: 1,
    Category.DECEASED: 1,
    Category.FICTITIOUS: 1,
    Category.CLOSED_LIST: 1,
    Category.QUALITY: 1,
    Category.NIK_OFF: 1,
    Category.FRAUD: 1,
    Category.OTHER: 2,
}
KELURAHAN_DAYS = 14  # only to place the demo's deadlines around today; the rule itself is a row
# Days until the deadline of what lies with the kelurahan: past, today, near, far.
DUE_IN = (-9, -4, 3, 6, 0, 9, -1, 12, 3, -13, 5, 1, 10, -6)
GROUPS = {GEDONG: (Category.LEVY, 4), TENGAH: (Category.DEDUCTION, 3)}

# Why cases end without a solution, in turn.
REASONS = (CloseReason.DUPLICATE, CloseReason.WITHDRAWN, CloseReason.NO_PROOF, CloseReason.NOT_SO)

type Steps = Generator[datetime, None, None]
type Sending = Generator[datetime, None, Submission]


# --- who becomes what --------------------------------------------------------------------------------------------------


def plans(count: int, rng: Random) -> list[Plan]:
    """The first cases show every status, then every category; more of them come in the shares above."""
    statuses = list(_spread(STATUSES, count))
    categories = list(_spread(CATEGORIES, count))
    rng.shuffle(categories)
    made, turns = [], dict.fromkeys(Status, 0)
    for index, (status, category) in enumerate(zip(statuses, categories, strict=True)):
        made.append(Plan(index, VILLAGES[index * 5 // 3 % 2], category, status, turns[status]))
        turns[status] += 1
    return _without_twins(_gathered(made))


def _without_twins(made: list[Plan]) -> list[Plan]:
    """A case closed as a duplicate brings its original along, which is verified: that one is not told twice."""
    twins = sum(_is_twin(plan) for plan in made)
    spare = [plan for plan in made if plan.status == Status.VERIFIED and plan.turn % 4 != 1]
    often = Counter(plan.category for plan in made)
    for plan in sorted(spare, key=lambda each: -often[each.category])[:twins]:
        made.remove(plan)
    return made


def _is_twin(plan: Plan) -> bool:
    return plan.status == Status.CLOSED and REASONS[plan.turn % len(REASONS)] == CloseReason.DUPLICATE


def _spread[T](shares: dict[T, int], count: int) -> Iterator[T]:
    """Each once, then in turn so that the shares are kept at any length."""
    given = dict.fromkeys(shares, 0)
    for key in list(shares)[:count]:
        given[key] = 1
        yield key
    for _ in range(count - len(shares)):
        key = min(shares, key=lambda each: (given[each] + 0.5) / shares[each])
        given[key] += 1
        yield key


def _gathered(made: list[Plan]) -> list[Plan]:
    """Some that lie with an office today are one matter of a whole RT: they change places with others of that category."""
    made = list(made)
    for village, (category, size) in GROUPS.items():
        sent = [plan for plan in made if plan.status == Status.SENT and not plan.cluster]
        alike = [plan for plan in made if plan.category == category and not plan.cluster]
        if min(len(sent), len(alike)) < size * 2:
            continue
        keep = [plan for plan in sent if plan.category == category][:size]
        for plan in [plan for plan in sent if plan not in keep][: size - len(keep)]:
            other = next(each for each in alike if each not in sent)
            alike.remove(other)
            made[other.index] = _but(other, category=plan.category)
            keep.append(_but(plan, category=category))
        for plan in keep:
            made[plan.index] = _but(plan, village=village, cluster=village)
    return made


def _but(plan: Plan, **changes: object) -> Plan:
    return Plan(**{name: changes.get(name, getattr(plan, name)) for name in Plan.__slots__})  # type: ignore[arg-type]


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
        # The office itself wants the file completed.
        yield from _verified(world, case, rng, ago - 1)
        submission = yield from _sent(world, case, rng, ago - 4, OfficeKind.VILLAGE)
        yield from _answered(world, case, submission, rng, 6, Solves.NO)
        yield world.days.back(4, rng)
    else:
        yield world.days.back(ago - rng.randint(1, 2), rng)
    ask_details(case=case, by=world.coordinator(case.area_id), needs=_says(world, case, "needs", rng))


def _to_be_sent(plan: Plan, rng: Random) -> tuple[int, Journey]:
    if plan.turn % 4 == 3:
        return rng.randint(34, 44), _checked  # nobody found the time to write the letter
    return (rng.randint(9, 14) if plan.turn % 4 == 1 else rng.randint(2, 9)), _checked


def _checked(world: World, plan: Plan, case: Case, rng: Random, ago: int) -> Steps:
    yield from _verified(world, case, rng, ago - 1)
    if plan.turn % 4 == 1:
        submission = yield from _sent(world, case, rng, ago - 3, OfficeKind.DISTRICT)
        yield world.days.back(ago - 5, rng)
        text = _says(world, case, "withdrawn_submission", rng)
        withdraw(submission=submission, reason=text, by=world.coordinator(case.area_id))


def _with_an_office(plan: Plan, rng: Random) -> tuple[int, Journey]:
    if plan.turn % 5 == 4:
        return rng.randint(42, 56), _climbing
    return KELURAHAN_DAYS - DUE_IN[plan.turn % len(DUE_IN)] + rng.randint(3, 8), _lying


def _lying(world: World, plan: Plan, case: Case, rng: Random, ago: int) -> Steps:
    sent = KELURAHAN_DAYS - DUE_IN[plan.turn % len(DUE_IN)]
    yield from _verified(world, case, rng, ago - 1)
    kind = OfficeKind.VILLAGE
    if case.category == Category.INTIMIDATION:
        kind = OfficeKind.INSPECTORATE
    elif case.category == Category.FRAUD:
        kind = OfficeKind.POLICE
    yield from _sent(world, case, rng, sent, kind)
    if case.category in (Category.LEVY, Category.DEDUCTION) and plan.turn % 2:
        # Beside the ladder, and with a clock of its own: 60 working days.
        yield from _sent(world, case, rng, sent - 2, OfficeKind.INSPECTORATE)


def _climbing(world: World, plan: Plan, case: Case, rng: Random, ago: int) -> Steps:
    """The kelurahan kept silent or did not solve it, so it went up."""
    yield from _verified(world, case, rng, ago - 2)
    submission = yield from _sent(world, case, rng, ago - 5, OfficeKind.VILLAGE)
    if plan.turn % 2:
        yield from _answered(world, case, submission, rng, 10, rng.choice((Solves.NO, Solves.PARTLY)))
    above = OfficeKind.CITY_SOCIAL if plan.turn % 3 else OfficeKind.LAPOR
    yield from _sent(world, case, rng, rng.choice((3, 9, 13)), above)


def _with_an_answer(plan: Plan, rng: Random) -> tuple[int, Journey]:
    return (rng.randint(18, 30) if plan.turn % 3 == 1 else rng.randint(33, 44)), _to_be_weighed


def _to_be_weighed(world: World, plan: Plan, case: Case, rng: Random, ago: int) -> Steps:
    yield from _verified(world, case, rng, ago - 1)
    sent = min(ago - 3, 24)
    submission = yield from _sent(world, case, rng, sent, _first_office(case))
    solves = (Solves.NO, Solves.PARTLY, Solves.YES)[plan.turn % 3]
    yield from _answered(world, case, submission, rng, rng.randint(sent - 9, sent - 2), solves)


def _over(plan: Plan, rng: Random) -> tuple[int, Journey]:
    return rng.randint(35, 66), _solved


def _solved(world: World, plan: Plan, case: Case, rng: Random, ago: int) -> Steps:
    yield from _details_first(world, case, rng, ago - 1)
    yield from _verified(world, case, rng, ago - 4)
    outcome = ""
    if plan.turn % 4 == 3:
        # Sometimes it is enough that somebody asks.
        yield world.days.back(ago - rng.randint(7, 12), rng)
    else:
        outcome = yield from _upwards(world, plan, case, rng, ago - 6)
        yield world.days.back(max(9, ago - rng.randint(27, 31)), rng)
    _resolve(world, case, outcome, rng)


def _upwards(world: World, plan: Plan, case: Case, rng: Random, ago: int) -> Generator[datetime, None, str]:
    """Sent, and answered; where the first answer was none, sent once more. What came of it is said at the end."""
    submission = yield from _sent(world, case, rng, ago, _first_office(case))
    if plan.turn % 3 == 2:
        yield from _answered(world, case, submission, rng, 8, Solves.NO)
        submission = yield from _sent(world, case, rng, ago - 10, OfficeKind.CITY_SOCIAL)
        return (yield from _answered(world, case, submission, rng, 8, Solves.YES))
    solves = Solves.YES if plan.turn % 2 else Solves.PARTLY
    return (yield from _answered(world, case, submission, rng, rng.randint(7, 17), solves))


def _without_solution(plan: Plan, rng: Random) -> tuple[int, Journey]:
    return rng.randint(34, 58), _closed


def _closed(world: World, plan: Plan, case: Case, rng: Random, ago: int) -> Steps:
    reason = REASONS[plan.turn % len(REASONS)]
    if reason == CloseReason.DUPLICATE:
        yield world.days.back(ago - 2, rng)
        again = tell_again(world, case)
        yield world.days.back(ago - 3, rng)
        _close(world, again, reason, rng, duplicate_of=case)
        yield from _verified(world, case, rng, ago - 4)
        return
    if reason != CloseReason.WITHDRAWN:
        yield from _verified(world, case, rng, ago - 2)
    yield world.days.back(ago - rng.randint(4, 8), rng)
    _close(world, case, reason, rng)


def _once_more(plan: Plan, rng: Random) -> tuple[int, Journey]:
    return rng.randint(46, 66), _reopened


def _reopened(world: World, plan: Plan, case: Case, rng: Random, ago: int) -> Steps:
    yield from _verified(world, case, rng, ago - 2)
    if plan.turn % 4 == 3:
        yield world.days.back(ago - 6, rng)
        _close(world, case, CloseReason.NO_PROOF, rng)
    else:
        outcome = yield from _upwards(world, plan, case, rng, ago - 5)
        yield world.days.back(ago - 30, rng)
        _resolve(world, case, outcome, rng)
    yield world.days.back(rng.randint(1, 9), rng)
    reopen(case=case, by=world.coordinator(case.area_id), reason=_says(world, case, "reopened", rng))


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
    due_in = -2 if village == GEDONG else 3
    yield from _letter(world, cases, rng, KELURAHAN_DAYS - due_in, OfficeKind.VILLAGE)


# --- steps -------------------------------------------------------------------------------------------------------------


def _verified(world: World, case: Case, rng: Random, ago: int) -> Steps:
    yield world.days.back(ago, rng)
    by = world.coordinator(case.area_id)
    verify(case=case, by=by)
    if rng.random() < 0.5:
        assign(case=case, by=by, to=world.volunteer(case.area_id))


def _details_first(world: World, case: Case, rng: Random, ago: int) -> Steps:
    if rng.random() > 0.35:
        return
    row = pick(rng, world.texts.coordinator, case.category, kind="needs")
    yield world.days.back(ago, rng)
    ask_details(case=case, by=world.coordinator(case.area_id), needs=row["text"])
    yield world.days.back(ago - 2, rng)
    supply_details(case=case, by=world.volunteer(case.area_id), note=row["reply"])


def _first_office(case: Case) -> OfficeKind:
    if case.category == Category.INTIMIDATION:
        return OfficeKind.INSPECTORATE
    return OfficeKind.CITY_SOCIAL if case.category == Category.FRAUD else OfficeKind.VILLAGE


def _sent(world: World, case: Case, rng: Random, ago: int, kind: OfficeKind) -> Sending:
    return (yield from _letter(world, [case], rng, ago, kind))


def _letter(world: World, cases: list[Case], rng: Random, ago: int, kind: OfficeKind) -> Sending:
    yield world.days.back(world.open_days_ago(ago), rng, hours=(8, 15))
    by, today = world.coordinator(cases[0].area_id), timezone.localdate()
    office = Office.objects.responsible_for(cases[0].area_id).filter(kind=kind).order_by("code").first()
    by_hand = kind in (OfficeKind.VILLAGE, OfficeKind.DISTRICT, OfficeKind.CITY_SOCIAL)
    draw = rng.random()
    stamp = f"{rng.randint(20, 980)}/-072.{rng.randint(11, 29)}/{today.year}"
    if not by_hand:
        number = f"{rng.randint(1_000_000, 9_999_999)}" if kind == OfficeKind.LAPOR else ""
        channel = Channel.APP if kind == OfficeKind.LAPOR else Channel.LETTER
        return send(cases=cases, office=office, channel=channel, sent_on=today, by=by, their_number=number)
    if draw < 0.15 or world.calendar.reason(today):
        return send(cases=cases, office=office, channel=Channel.WHATSAPP, sent_on=today, by=by)
    if draw < 0.8:
        return send(
            cases=cases,
            office=office,
            channel=Channel.LETTER,
            sent_on=today,
            received_on=today,
            received_by="Loket tata usaha",
            their_number=stamp,
            by=by,
        )
    submission = send(cases=cases, office=office, channel=Channel.LETTER, sent_on=today, by=by)
    # The receipt was fetched the next day.
    yield world.days.back(ago - 1, rng, hours=(8, 15))
    return receive(
        submission=submission,
        received_on=max(today, world.open_day(timezone.localdate())),
        received_by="Loket tata usaha",
        their_number=stamp,
        by=by,
    )


def _answered(
    world: World, case: Case, submission: Submission, rng: Random, after: int, solves: Solves
) -> Generator[datetime, None, str]:
    """So many days after it was received; gives the outcome of which the answer speaks."""
    ago = world.days.since(submission.clock_starts_on) - after
    yield world.days.back(max(1, ago), rng, hours=(9, 17))
    row = pick(rng, world.texts.answers, case.category, solves=solves)
    today = timezone.localdate()
    by = world.coordinator(case.area_id)
    number = f"{rng.randint(100, 900)}/-1.71/{today.year}"
    written = rng.random() < 0.2
    picture = letter(submission.office.name, today, _lines(row["text"]), case.number) if written else None
    record_answer(
        submission=submission,
        answered_on=max(submission.clock_starts_on, world.open_day(today)),
        content=row["text"],
        solves=solves,
        their_number=number if written else "",
        attachment=picture,
        by=by,
    )
    return row["outcome"]


def _lines(text: str, width: int = 46) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _resolve(world: World, case: Case, outcome: str, rng: Random) -> None:
    rows = [row for row in suiting(world.texts.closing, case.category) if row["outcome"] in Outcome.values]
    rows = [row for row in rows if row["outcome"] == outcome] or rows
    row = rng.choice(rows)
    resolve(case=case, by=world.coordinator(case.area_id), outcome=row["outcome"], note=row["text"])


def _close(
    world: World, case: Case, reason: CloseReason, rng: Random, duplicate_of: Case | None = None
) -> None:
    row = pick(rng, world.texts.closing, case.category, outcome=reason)
    close(
        case=case,
        by=world.coordinator(case.area_id),
        reason=reason,
        duplicate_of=duplicate_of,
        note=row["text"],
    )


def _says(world: World, case: Case, kind: str, rng: Random) -> str:
    return pick(rng, world.texts.coordinator, case.category, kind=kind)["text"]


def _link(world: World, case: Case, rng: Random) -> None:
    """Now and then somebody sees that the neighbours told the same."""
    alike = [
        other
        for other in world.cases[:-1]
        if other.category == case.category and rw_of(other.area_id) == rw_of(case.area_id)
    ]
    if alike and rng.random() < 0.5:
        link(case=case, other=alike[-1], kind=LinkKind.SIMILAR, by=world.volunteer(case.area_id))
