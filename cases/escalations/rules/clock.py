"""Which deadlines a submission has, from when they run and until what: pure over its dated facts.

Sources: UU 25/2009 (an answer in 14 days and a decision in 60 once the file is complete, 30 days to complete it), UU 14/2008
(information, objection, dispute), practice under PermenPANRB 62/2018 (SP4N-LAPOR!). Every amount is a row, none stands here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cases.escalations.choices import Start, Step
from cases.kernel.workdays import Calendar, Due, due

# Deadlines that the complainant must keep; whoever misses them loses a right.
OURS = frozenset({Step.COMPLETE, Step.RESPOND, Step.OBJECTION, Step.DISPUTE})


# From what a step may count; anything else would never start, or wait for itself.
STARTS: dict[Step, frozenset[Start]] = {
    Step.VERIFY: frozenset({Start.RECEIPT}),
    Step.FIRST_ACTION: frozenset({Start.RECEIPT, Start.COMPLETE}),
    Step.ANSWER: frozenset({Start.RECEIPT, Start.COMPLETE}),
    Step.EXTENDED: frozenset({Start.DUE}),
    Step.DECIDE: frozenset({Start.RECEIPT, Start.COMPLETE}),
    Step.COMPLETE: frozenset({Start.ASKED}),
    Step.RESPOND: frozenset({Start.ANSWER, Start.ANSWER_OR_SILENCE}),
    Step.OBJECTION: frozenset({Start.ANSWER, Start.ANSWER_OR_SILENCE}),
    Step.DISPUTE: frozenset({Start.ANSWER, Start.ANSWER_OR_SILENCE}),
}


def may_start(step: str, start: str) -> bool:
    return step in STARTS and start in STARTS[Step(step)]


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Days known of one submission; None: it has not happened. `solved`: the last answer solves the matter."""

    sent_on: date
    received_on: date | None = None
    verified_on: date | None = None
    acted_on: date | None = None
    asked_on: date | None = None  # the last time the office asked to complete the file
    completed_on: date | None = None
    more_time_on: date | None = None
    first_answer_on: date | None = None  # even if only in part, or for some of the cases
    answered_on: date | None = None  # for all of its cases
    responded_on: date | None = None
    appealed_on: date | None = None
    solved: bool = False

    @property
    def receipt(self) -> date:
        """The dated receipt starts the clock; until it is known, the day of sending."""
        return self.received_on or self.sent_on

    @property
    def is_incomplete(self) -> bool:
        """The office waits for papers: its clock stands, the complainant's runs."""
        return self.asked_on is not None and (self.completed_on is None or self.completed_on < self.asked_on)


@dataclass(frozen=True)
class Rule:
    step: Step
    start: Start
    amount: int
    unit: str


@dataclass(frozen=True)
class Running:
    """One deadline as it stands. `due` is None while what starts it has not happened; `met_on` when it was kept or fell away."""

    rule: Rule
    started_on: date | None
    due: Due | None
    met_on: date | None

    @property
    def due_on(self) -> date | None:
        return self.due.date if self.due else None

    @property
    def runs(self) -> bool:
        return self.due is not None and self.met_on is None


def deadlines(rules: Iterable[Rule], facts: Facts, calendar: Calendar) -> list[Running]:
    """Every rule with its dates, in the order given; the same for the same input, whatever was computed before."""
    rules = list(rules)
    steps = {rule.step for rule in rules}
    answer = _last(rules, Step.ANSWER, facts, calendar)
    extended = _last(rules, Step.EXTENDED, facts, calendar, answer)
    counted = []
    for rule in rules:
        started = _start(rule, facts, answer, extended or answer)
        counted.append(
            Running(rule, started, _due(rule, started, calendar), _met(rule.step, facts, frozenset(steps)))
        )
    return counted


def earliest(running: Iterable[Running], *, ours_only: bool = False) -> Running | None:
    """The deadline that comes first among those that run."""
    open_ones = [item for item in running if item.runs and (item.rule.step in OURS or not ours_only)]
    return min(open_ones, key=lambda item: item.due_on or date.max, default=None)


def _due(rule: Rule, started: date | None, calendar: Calendar) -> Due | None:
    return due(started, rule.amount, rule.unit, calendar) if started else None  # type: ignore[arg-type]


def _last(
    rules: list[Rule], step: Step, facts: Facts, calendar: Calendar, before: date | None = None
) -> date | None:
    """The last day of one step; `before`: the day the answer was due without more time."""
    for rule in rules:
        if rule.step == step and (counted := _due(rule, _start(rule, facts, before, before), calendar)):
            return counted.date
    return None


def _start(rule: Rule, facts: Facts, answer: date | None, silence: date | None) -> date | None:
    """`answer`: the day it was due; `silence`: the same, with the time the office asked for in addition."""
    if rule.step == Step.EXTENDED and facts.more_time_on is None:
        return None
    match rule.start:
        case Start.RECEIPT:
            return facts.receipt
        case Start.COMPLETE:
            return None if facts.is_incomplete else facts.completed_on or facts.receipt
        case Start.ASKED:
            return facts.asked_on
        case Start.DUE:
            return answer
        case Start.ANSWER:
            return facts.answered_on
        case Start.ANSWER_OR_SILENCE:
            return facts.answered_on or silence
    raise ValueError(f"unknown start {rule.start!r}")


def _met(step: Step, facts: Facts, steps: frozenset[Step]) -> date | None:
    solved_on = facts.answered_on if facts.solved else None
    match step:
        case Step.VERIFY:
            return _first(facts.verified_on, facts.acted_on, facts.first_answer_on)
        case Step.FIRST_ACTION:
            return _first(facts.acted_on, facts.first_answer_on)
        case Step.ANSWER:
            # Where the law asks for a decision as well, a first word is the answer; elsewhere it would stop the only clock.
            return _first(
                facts.answered_on,
                facts.more_time_on if Step.EXTENDED in steps else None,
                facts.first_answer_on if Step.DECIDE in steps else None,
            )
        case Step.EXTENDED | Step.DECIDE:
            return facts.answered_on
        case Step.COMPLETE:
            return None if facts.is_incomplete else facts.completed_on
        case Step.RESPOND:
            return _first(facts.responded_on, facts.appealed_on, solved_on)
        case Step.OBJECTION | Step.DISPUTE:
            return _first(facts.appealed_on, solved_on)
    raise ValueError(f"unknown step {step!r}")


def _first(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)
