"""What can go wrong, each with one sentence that a person can read."""

from django.utils.functional import Promise


class PoskoError(Exception):
    """Base of all refusals; `str(error)` is the translated sentence shown on the screen."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


class NotAllowed(PoskoError):
    """This person may not do this (403)."""


class ActionRefused(PoskoError):
    """The state or the input says no (409)."""


class Conflict(ActionRefused):
    """The same client id came before with other content (409); `existing` is what is kept."""

    def __init__(self, sentence: str | Promise, existing: object = None) -> None:
        super().__init__(sentence)
        self.existing = existing


class WriteOutsideAction(RuntimeError):
    """A guarded row was about to be written outside an action: a mistake in code, never in input."""
