"""A posko with something to print: families in two RT and in the other kampung, a round with a date, a number to call."""

import io
import re
from datetime import date, time
from types import SimpleNamespace

from pypdf import PdfReader

from cases.areas.models import Kampung
from cases.kernel.writes import open_gate
from cases.paper import actions, sources
from cases.paper.choices import LetterKind, PosterKind
from cases.people.models import Organisation
from tests.households.helpers import make_household, synthetic_kk
from tests.programmes.helpers import make_programme, make_round, make_schedule

GEDONG_PHONE = "0812-3456-7890"


def make_kampung(area, *, name="Kampung Gedong", phone="+6281234567890") -> Kampung:
    with open_gate():
        kampung = Kampung.objects.create(
            name=name,
            posko_place="rumah Bu Ningsih",
            posko_hours="Setiap Sabtu, pukul 09.00-12.00 WIB",
            posko_phone=phone,
        )
        kampung.areas.set([area])
    return kampung


def make_world(areas, cast) -> SimpleNamespace:
    """Fifteen families in RT 005 and one in RT 006 of Gedong, one in Tengah; a round paid on 14 December 2026."""
    make_kampung(areas.gedong)
    make_kampung(areas.tengah, name="Kampung Tengah", phone="+6281398765432")
    aid_round = make_round(make_programme(name="Kartu Lansia Jakarta (KLJ)", code="KLJ-UJI"))
    schedule = make_schedule(
        aid_round, areas.gedong, date=date(2026, 12, 14), starts=time(9), ends=time(12), place="Balai RW 011"
    )
    kks = [synthetic_kk(serial) for serial in range(9101, 9116)]
    here = [
        make_household(
            by=cast.volunteer,
            area=areas.gedong_rt,
            head_name=f"Warga Gedong {number}",
            alley="Gang Mawar",
            house_number=str(number),
            kk=kk,
        )
        for number, kk in zip(range(15, 0, -1), kks, strict=True)
    ]
    next_door = make_household(by=cast.volunteer, area=areas.gedong_rt_next, head_name="Warga Sebelah")
    far = make_household(by=cast.other_volunteer, area=areas.tengah_rt, head_name="Orang Tengah")
    return SimpleNamespace(
        round=aid_round, schedule=schedule, here=here, next_door=next_door, far=far, kks=kks
    )


def make_poster(area, by, *, kind=PosterKind.NO_LEVY, aid_round=None, **changes):
    content, until = sources.starting_poster(kind, area, aid_round, by=by)
    given = {"valid_until": until, "site": "https://posko.example"} | changes
    return actions.make_poster(kind=kind, area=area, aid_round=aid_round, content=content, by=by, **given)


def read(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def solid(text: str) -> str:
    """Without the breaks that typesetting made."""
    return re.sub(r"\s+", "", text)


def make_letterhead(short_name: str = "JRMK", **more) -> Organisation:
    """The organisation of the cast with all that stands at the head of a letter."""
    given = {
        "name": "Jaringan Rakyat Miskin Kota",
        "address": "Jalan Contoh Nomor 12, Jakarta Timur",
        "phone": "+6282000010021",
        "email": "jrmk@posko.example",
        "signatory": "Endang Larasati",
        "signatory_office": "Ketua",
    }
    with open_gate():
        row, _made = Organisation.objects.update_or_create(short_name=short_name, defaults={**given, **more})
    return row


def make_letter(cases, by, *, kind=LetterKind.COMPLAINT, office=None, enclosures=(), **more):
    """A draft; the organisation is made where there is none."""
    if not Organisation.objects.exists():
        make_letterhead()
    return actions.start_letter(
        kind=kind, cases=cases, office=office, enclosures=list(enclosures), by=by, **more
    )


def printed_text(letter, by) -> str:
    """All words of the file, as typesetting broke them."""
    return "\n".join(read(actions.letter_file(letter, by=by)))
