"""A posko that does not exist: two kampung, their families and cases, dated relative to today and the same every time."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from cases.desk.demo.casework import case_stories
from cases.desk.demo.doors import FIRST_DAY, door_stories, doors
from cases.desk.demo.ground import ACCOUNTS, DEMO_PASSWORD, World, ground_stories
from cases.desk.demo.letters import letter_stories
from cases.desk.demo.posters import paper_stories
from cases.desk.demo.stage import Days, play
from cases.desk.demo.texts import load_texts
from cases.desk.demo_people import families, load_lists, rts_for
from cases.households.models import Household
from cases.people.models import User

__all__ = ["DEMO_PASSWORD", "Made", "demo_accounts", "load_demo"]

SEED = 2611
FEWEST_CASES, MOST_CASES = 20, 240


@dataclass(frozen=True, slots=True)
class Made:
    households: int
    cases: int


def demo_accounts() -> list[tuple[str, str, str]]:
    """User name, role and area of everyone who can sign in, in the reader's language."""
    return [(account.username, str(account.role.label), account.place) for account in ACCOUNTS]


def load_demo(*, size: int, cases: int | None = None) -> Made | None:
    """A demo of `size` families, all or nothing; None where the database holds one already. Seeds must be loaded before."""
    if not settings.DEMO:
        raise RuntimeError("The demo is loaded with POSKO_DEMO=1 only: it never mixes with a posko's rows.")
    if User.objects.filter(username=ACCOUNTS[0].username).exists():
        return None
    count = max(FEWEST_CASES, min(MOST_CASES, size // 5)) if cases is None else cases
    folder = settings.BASE_DIR / "seeds" / "demo"
    world = World(str(SEED), Days(timezone.now()), load_texts(folder))
    world.rts = rts_for(size)
    known = families(size, lists=load_lists(folder), seed=SEED, today=world.days.ago(FIRST_DAY))
    met = doors(world, known)
    with _no_files_left_behind(), transaction.atomic(), translation.override("id"):
        play(
            chain(
                ground_stories(world),
                door_stories(world, met),
                case_stories(world, count),
                paper_stories(world),
                letter_stories(world),
            )
        )
    return Made(households=Household.objects.current().count(), cases=len(world.cases))


@contextmanager
def _no_files_left_behind() -> Iterator[None]:
    """A transaction that is broken off takes its rows back; the files of their pictures are taken away here."""
    media = Path(settings.MEDIA_ROOT)
    before = set(media.rglob("*"))
    try:
        yield
    except BaseException:
        for path in set(media.rglob("*")) - before:
            if path.is_file():
                path.unlink()
        raise
