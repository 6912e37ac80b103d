"""What the demo's cases will become, in shares that hold at any number of them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from cases.casefiles.choices import Category, CloseReason, Status
from cases.desk.demo.ground import VILLAGES
from cases.desk.demo_people import GEDONG, TENGAH

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
GROUPS = {GEDONG: (Category.LEVY, 4), TENGAH: (Category.DEDUCTION, 3)}

# Why cases end without a solution, in turn.
REASONS = (CloseReason.DUPLICATE, CloseReason.WITHDRAWN, CloseReason.NO_PROOF, CloseReason.NOT_SO)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a case will become; several of one `cluster` are the same thing happening to many."""

    index: int
    village: str
    category: Category
    status: str
    turn: int  # the how-manieth of its status
    cluster: str = ""


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
    twins = sum(is_twin(plan) for plan in made)
    spare = [plan for plan in made if plan.status == Status.VERIFIED and plan.turn % 4 != 1]
    often = Counter(plan.category for plan in made)
    for plan in sorted(spare, key=lambda each: -often[each.category])[:twins]:
        made.remove(plan)
    return made


def is_twin(plan: Plan) -> bool:
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
            made[other.index] = replace(other, category=plan.category)
            keep.append(replace(plan, category=category))
        for plan in keep:
            made[plan.index] = replace(plan, village=village, cluster=village)
    return made
