"""Paper of the demo: Gedong hangs a poster on its boards, Tengah carries a list from door to door."""

from collections.abc import Iterable

from cases.areas.models import Area
from cases.desk.demo.ground import World, village_of
from cases.desk.demo.stage import Story
from cases.desk.demo_people import GEDONG, TENGAH
from cases.paper.actions.posters import make_poster, print_poster
from cases.paper.actions.prints import print_doors
from cases.paper.choices import DoorTask, PaperSize, PosterKind
from cases.paper.doors import DoorOrder
from cases.paper.families import Choice
from cases.paper.sources import starting_poster


def paper_stories(world: World) -> Iterable[Story]:
    yield hanging(world)
    yield carrying(world)


def hanging(world: World) -> Story:
    """The date of the coming round, for the RW where the posko is. One poster: each costs a second of typesetting."""
    rw = next(code for code in world.rts if village_of(code) == GEDONG).rpartition(".")[0]
    yield world.days.back(1, world.rng("posters"))
    by, aid_round = world.coordinator(GEDONG), world.rounds["next"]
    area = Area.objects.with_label().get(pk=rw)
    kind = PosterKind.SCHEDULE
    content, until = starting_poster(kind, area, aid_round, by=by)
    poster = make_poster(kind=kind, area=area, aid_round=aid_round, content=content, by=by, valid_until=until)
    print_poster(poster=poster, paper=PaperSize.A3, by=by)


def carrying(world: World) -> Story:
    rng = world.rng("door list")
    yield world.days.back(1, rng)
    rt = next((code for code in sorted(world.recorded) if village_of(code) == TENGAH), None)
    if rt is not None:
        order = DoorOrder(
            choice=Choice(areas=(rt,), round_id=world.rounds["next"].pk),
            task=DoorTask.ROUND,
            volunteers=(world.volunteer(TENGAH).pk,),
        )
        print_doors(order=order, by=world.coordinator(TENGAH))
