"""The life of a case, in two dicts that views, buttons, tests and the README's diagram read."""

from cases.casefiles.choices import Status, Turn

ALLOWED: dict[Status, tuple[Status, ...]] = {
    Status.NEW: (Status.VERIFIED, Status.NEEDS_DETAILS, Status.CLOSED),
    Status.NEEDS_DETAILS: (Status.NEW, Status.VERIFIED, Status.CLOSED),
    Status.VERIFIED: (Status.SENT, Status.NEEDS_DETAILS, Status.RESOLVED, Status.CLOSED),
    # Back to verified: the submission was withdrawn and nothing else is under way.
    Status.SENT: (Status.ANSWERED, Status.VERIFIED, Status.RESOLVED, Status.CLOSED),
    # Sent again from answered: the answer did not solve it and it goes up the ladder.
    Status.ANSWERED: (Status.SENT, Status.RESOLVED, Status.CLOSED),
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
