"""What people are told, to whom and in which words: upper slices say so in their AppConfig.ready.

    registry.register("deadline.soon", Told(
        label=ngettext_lazy("%(n)s deadline within three days", "%(n)s deadlines within three days", "n"),
        audience=audiences.in_area(Role.COORDINATOR),
        url=lambda user: reverse("casefiles:list") + "?due=soon",
    ))
    registry.before_drain("escalations", write_events_of_near_deadlines)
    registry.summary("escalations", figures_for_the_group)

A verb that nobody registered is handed over without a word.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.utils.functional import Promise

from cases.audit.models import AuditEvent
from cases.people.models import User

# Events of one verb -> whom each is told, as {event id: user ids}; a few queries however many events.
type Audience = Callable[[Sequence[AuditEvent]], Mapping[int, Iterable[int]]]
# (today, horizon) -> anything. `horizon` is the last day before people are told again: on a Friday it is the Sunday.
type Preparation = Callable[[date, date], object]


class Figure(NamedTuple):
    """A number for the coordinators' group. `label` is read after the number ("past the deadline"), lazily translated."""

    label: str | Promise
    n: int
    url: str


type Summary = Callable[[User, date], Iterable[Figure]]


@dataclass(frozen=True)
class Told:
    """How one verb is told.

    `label` is an ngettext_lazy(..., "n") holding %(n)s and nothing of anybody; `url` leads to the list where the reader finds
    the rows, filtered; lower `order` stands first. What one did oneself is not news unless `tell_actor`.
    """

    label: Any
    audience: Audience
    url: Callable[[User], str]
    icon: str = "info"
    order: int = 50
    tell_actor: bool = False

    def words(self, count: int) -> str:
        return str(self.label % {"n": count})


_told: dict[str, Told] = {}
_preparations: dict[str, Preparation] = {}
_summaries: dict[str, Summary] = {}


def register(verb: str, told: Told) -> None:
    """The same verb again replaces."""
    _told[verb] = told


def before_drain(name: str, preparation: Preparation) -> None:
    """Asked each morning before the outbox is emptied, to turn what has come near into events.

    It runs inside one transaction that only one worker at a time can hold, and again after a fault or a kill: whatever it
    records must be recorded once however often it is asked. The same name again replaces.
    """
    _preparations[name] = preparation


def summary(name: str, provider: Summary) -> None:
    """Figures for the text of the coordinators' group: counts within what this user may see. The same name again replaces."""
    _summaries[name] = provider


def told(verb: str) -> Told | None:
    return _told.get(verb)


def preparations() -> list[tuple[str, Preparation]]:
    return sorted(_preparations.items())


def figures_for(user: User, today: date) -> list[Figure]:
    """All figures that are not nought, in the order of the providers' names."""
    return [figure for _name, give in sorted(_summaries.items()) for figure in give(user, today) if figure.n]
