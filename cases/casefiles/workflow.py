"""The life of a case, in two dicts that views, buttons, tests and the README's diagram read."""

from cases.casefiles.choices import Status, Turn

ALLOWED: dict[Status, tuple[Status, ...]] = {
    Status.NEW: (Status.VERIFIED, Status.NEEDS_DETAILS, Status.CLOSED),
    Status.NEEDS_DETAILS: (Status.NEW, Status.VERIFIED, Status.CLOSED),
    Status.VERIFIED: (Status.SENT, Status.NEEDS_DETAILS, Status.RESOLVED, Status.CLOSED),
    # Back to verified: the submission was withdrawn and nothing else is under way.
    Status.SENT: (Status.ANSWERED, Status.VERIFIED, Status.RESOLVED, Status.CLOSED),
    # Sent again from answered: the answer did not solve it and it goes up the ladder.
    # Needs details from answered: the office wants the file completed (within 30 days, or it counts as withdrawn).
    Status.ANSWERED: (Status.SENT, Status.NEEDS_DETAILS, Status.RESOLVED, Status.CLOSED),
    Status.RESOLVED: (Status.REOPENED,),
    Status.CLOSED: (Status.REOPENED,),
    Status.REOPENED: (Status.SENT, Status.NEEDS_DETAILS, Status.RESOLVED, Status.CLOSED),
}

TURN: dict[Status, Turn] = {
    Status.NEW: Turn.COORDINATOR,
    Status.NEEDS_DETAILS: Turn.VOLUNTEER,
    Status.VERIFIED: Turn.COORDINATOR,
    Status.SENT: Turn.OFFICE,
    Status.ANSWERED: Turn.COORDINATOR,
    Status.RESOLVED: Turn.NOBODY,
    Status.CLOSED: Turn.NOBODY,
    Status.REOPENED: Turn.COORDINATOR,
}

OVER = tuple(status for status, turn in TURN.items() if turn == Turn.NOBODY)
OPEN = tuple(status for status in Status if status not in OVER)


def may_move(now: str, then: str) -> bool:
    return Status(then) in ALLOWED[Status(now)]


def statuses_of(turn: str) -> list[Status]:
    """All statuses in which it is this one's move."""
    return [status for status in Status if TURN[status] == turn]


def before(then: str) -> list[Status]:
    """All statuses from which this one can be reached in one move."""
    return [now for now in Status if Status(then) in ALLOWED[now]]


def mermaid() -> str:
    """The diagram of the README, made from ALLOWED and TURN."""
    lines = ["stateDiagram-v2", f"    [*] --> {Status.NEW.value}"]
    lines += [f"    {now.value} --> {then.value}" for now in Status for then in ALLOWED[now]]
    lines += [f"    {status.value} --> [*]" for status in OVER]
    lines += [f"    {status.value}: {status.value} (turn: {TURN[status].value})" for status in Status]
    return "\n".join(lines) + "\n"
