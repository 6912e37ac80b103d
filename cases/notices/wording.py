"""A digest in words: the registry's lines with their links, for the page, the API and e-mail alike."""

from dataclasses import dataclass

from cases.notices import registry
from cases.notices.models import Digest
from cases.people.models import User


@dataclass(frozen=True)
class Line:
    """One line as it is read; `url` is a path within the site."""

    verb: str
    count: int
    words: str
    url: str
    icon: str


def lines(digest: Digest, reader: User) -> list[Line]:
    """In the order of the registry; what nobody registers any more has no words and is left out."""
    known = [(told, line) for line in digest.lines.all() if (told := registry.told(line.verb)) is not None]
    known.sort(key=lambda pair: (pair[0].order, pair[1].verb))
    return [
        Line(line.verb, line.count, told.words(line.count), told.url(reader), told.icon)
        for told, line in known
    ]
