"""Letters of the demo: a joint one at the kelurahan with its stamp, one that climbs, one to be brought tomorrow, and drafts."""

from collections.abc import Iterable
from random import Random

from django.utils import timezone

from cases.casefiles.choices import Category, Status
from cases.casefiles.models import Case
from cases.desk.demo.ground import World
from cases.desk.demo.pictures import stamped
from cases.desk.demo.stage import Story
from cases.desk.demo.steps import Steps
from cases.desk.demo_people import GEDONG, TENGAH
from cases.escalations.choices import OfficeKind
from cases.escalations.models import Office
from cases.kernel.scope import within
from cases.paper.actions.letters import hand_over, print_letter, start_letter
from cases.paper.choices import Enclosure, LetterKind
from cases.paper.models import Letter
from cases.people.actions import save_organisation
from cases.people.models import Organisation, User

# Invented: nobody of this name signs for these organisations, and nothing is at these addresses.
LETTERHEADS = {
    "JRMK": {
        "address": "Jalan Contoh Nomor 12, RT 005/RW 011, Gedong, Pasar Rebo, Jakarta Timur",
        "phone": "0820-0001-0021",
        "email": "jrmk@posko.example",
        "motto": "Warga saling menjaga",
        "signatory": "Endang Larasati",
        "signatory_office": "Pengurus",
    },
    "SPRI": {
        "address": "Jalan Umpama Nomor 7, RT 003/RW 002, Kampung Tengah, Kramat Jati, Jakarta Timur",
        "phone": "0820-0001-0022",
        "email": "spri@posko.example",
        "signatory": "Johan Simarmata",
        "signatory_office": "Koordinator Wilayah",
    },
}
LOOSE = (Enclosure.CHRONOLOGY, Enclosure.RECEIPT)


def letter_stories(world: World) -> Iterable[Story]:
    yield heading(world)
    yield climbing(world)
    yield waiting(world)
    yield drafting(world)


def heading(world: World) -> Story:
    """The board fills in what stands at the head of letters."""
    yield world.days.back(80, world.rng("letterheads"))
    for short, head in LETTERHEADS.items():
        row = Organisation.objects.get(short_name=short)
        save_organisation(
            by=world.people["pengurus"], organisation=row, name=row.name, short_name=short, **head
        )


def joint_letter(world: World, cases: list[Case], rng: Random, ago: int) -> Steps:
    """One letter for the cases of a group, printed in the morning, stamped at the counter at noon."""
    yield world.days.back(world.open_days_ago(ago), rng, hours=(7, 8))
    by = world.coordinator(cases[0].area_id)
    letter = _printed(cases, _office(cases[0], OfficeKind.VILLAGE), by)
    yield world.days.back(world.open_days_ago(ago), rng, hours=(9, 14))
    _hand_over(letter, by, rng)


def climbing(world: World) -> Story:
    """The kelurahan is silent past its time: up to the Sudin, with all that was done before."""
    rng = world.rng("letter climbing")
    yield world.days.back(0, rng, hours=(7, 8))
    late = _cases(GEDONG, Status.SENT, group=None, due_on__lt=timezone.localdate())
    late = late.exclude(submission_links__submission__office__kind=OfficeKind.CITY_SOCIAL)
    case = late.exclude(category__in=(Category.INTIMIDATION, Category.FRAUD)).first()
    if case is None:
        return
    by = world.coordinator(GEDONG)
    letter = _printed([case], _office(case, OfficeKind.CITY_SOCIAL), by)
    yield world.days.back(0, rng, hours=(8, 9))
    _hand_over(letter, by, rng)


def waiting(world: World) -> Story:
    """Printed, and somebody still has to carry it there."""
    yield world.days.back(1, world.rng("letter waiting"))
    case = _cases(GEDONG, Status.VERIFIED, category__in=_ordinary()).first()
    if case is not None:
        _printed([case], _office(case, OfficeKind.VILLAGE), world.coordinator(GEDONG))


def drafting(world: World) -> Story:
    yield world.days.back(0, world.rng("letter drafts"))
    case = _cases(TENGAH, Status.VERIFIED, category__in=_ordinary()).first()
    if case is not None:
        office = _office(case, OfficeKind.VILLAGE)
        start_letter(
            kind=LetterKind.COMPLAINT,
            cases=[case],
            office=office,
            enclosures=LOOSE,
            by=world.coordinator(TENGAH),
        )
    closed = _cases(GEDONG, Status.VERIFIED, category__in=_ordinary()).last()
    if closed is not None:
        office = _office(closed, OfficeKind.PPID)
        start_letter(kind=LetterKind.INFORMATION, cases=[closed], office=office, by=world.coordinator(GEDONG))


def _printed(cases: list[Case], office: Office, by: User) -> Letter:
    letter = start_letter(kind=LetterKind.COMPLAINT, cases=cases, office=office, enclosures=LOOSE, by=by)
    return print_letter(letter=letter, by=by)


def _hand_over(letter: Letter, by: User, rng: Random) -> None:
    today = timezone.localdate()
    agenda = f"{rng.randint(20, 980)}/-072.{rng.randint(11, 29)}/{today.year}"
    hand_over(
        letter=letter,
        handed_on=today,
        received_on=today,
        received_by="Loket tata usaha",
        their_number=agenda,
        scan=stamped(letter.number, today, agenda),
        by=by,
    )


def _cases(village: str, status: Status, **more: object):
    return Case.objects.filter(within([village]), status=status, **more).order_by("number")


def _ordinary() -> list[Category]:
    """Kinds that begin at the kelurahan."""
    return [each for each in Category if each not in (Category.INTIMIDATION, Category.FRAUD)]


def _office(case: Case, kind: OfficeKind) -> Office:
    return Office.objects.responsible_for(case.area_id).filter(kind=kind).earliest("code")
