"""What paper says before anybody edits it: the schedule, the posko and the programme as the database knows them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from cases.areas.models import Area, Kampung
from cases.kernel.indonesian import rupiah
from cases.kernel.phones import display_phone
from cases.kernel.scope import path_to
from cases.paper import wording
from cases.paper.choices import PosterKind, SlipTopic
from cases.paper.rules import common_area
from cases.paper.sheets import MAX_BRING, MAX_SESSIONS, Bring, PosterContent, Session, Slip, SlipSheetContent
from cases.people.models import Organisation, User
from cases.programmes.models import Programme, Round, Schedule

NAMELESS = "Posko Bansos"
HANGS_FOR = timedelta(days=90)
SHORT_NAME = 18  # letters: longer, and a headline of it is no headline

# The things that people bring, by the icon that stands for them.
THINGS = {
    "invitation": "Undangan",
    "ktp": "KTP",
    "kk": "KK",
    "photocopy": "Fotokopi",
    "bank_card": "Kartu ATM",
    "letter": "Surat kuasa",
    "camera": "Foto bukti",
}
THING_WORDS = {
    "invitation": r"undangan|panggilan",
    "ktp": r"ktp",
    "kk": r"kk|kartu keluarga",
    "bank_card": r"atm|kks|kartu bank|buku tabungan",
    "letter": r"surat kuasa",
    "photocopy": r"foto\s?kopi|fotocopy",
}


# --- the posko ----------------------------------------------------------------------------------------------------


def kampung_at(code: str) -> Kampung | None:
    """The community that an area belongs to: the one whose own areas lie nearest."""
    links = Kampung.areas.through.objects.filter(area_id__in=path_to(code)).select_related("kampung")
    nearest = max(links, key=lambda link: len(link.area_id), default=None)
    return nearest.kampung if nearest else None


def posko_at(codes: Iterable[str], *, by: User | None = None) -> wording.Posko:
    """Who signs paper for these areas; two kampung on one list sign together, without a place or a number of either."""
    found = {kampung_at(code) for code in codes}
    kampung = found.pop() if len(found) == 1 else None
    if kampung is None:
        return wording.Posko(name=NAMELESS, organisation=organisation_of(by))
    return wording.Posko(
        name=f"Posko Bansos {kampung.name.removeprefix('Kampung ')}",
        organisation=organisation_of(by),
        phone=display_phone(kampung.posko_phone) if kampung.posko_phone else "",
        place=kampung.posko_place,
    )


def organisation_of(user: User | None) -> str:
    """One's own; both where a person belongs to the posko only."""
    if user is not None and user.organisation is not None:
        return user.organisation.short_name
    return " · ".join(Organisation.objects.values_list("short_name", flat=True)) or NAMELESS


def area_holding(codes: Sequence[str]) -> str:
    """The smallest area on record that holds all of them."""
    known = Area.objects.filter(pk__in=path_to(common_area(codes))).order_by("-code")
    return known.values_list("pk", flat=True).first() or codes[0]


# --- programmes and their dates -----------------------------------------------------------------------------------


def short_name(programme: Programme) -> str:
    """As people say it: one plain word ("Sembako"), the abbreviation in brackets, the name if it is short, else the code."""
    if found := re.match(r"Program (\w+) \(", programme.name):
        return found[1]
    if found := re.search(r"\(([A-Z][\w-]{1,9})\)", programme.name):
        return found[1]
    return programme.name if len(programme.name) <= SHORT_NAME else programme.code


def amount_of(aid_round: Round) -> str:
    amount = aid_round.amount or aid_round.programme.amount
    return rupiah(amount) if amount else ""


def dates(aid_round: Round, code: str, *, user: User | None, today: date | None = None) -> list[Schedule]:
    """Dates of a round that hold in an area and are still to come, the next one first."""
    rows = Schedule.objects.visible_to(user) if user is not None else Schedule.objects.all()
    coming = rows.for_area(code).filter(round=aid_round).upcoming(today or timezone.localdate())
    found = list(coming.order_by("date", "starts", "id"))
    # What was set for the RW itself holds there, and what was set for its whole kelurahan no longer does.
    above = {row.area_id for row in found if row.area_id in path_to(code)}
    nearest = max(above, key=len, default="")
    return [row for row in found if row.area_id not in above or row.area_id == nearest]


def date_of_rt(schedules: Iterable[Schedule], code: str) -> Schedule | None:
    """The next date for one RT: what was set for it rather than for its RW, and that rather than for its kelurahan."""
    holding = [row for row in schedules if row.area_id in path_to(code)]
    return min(holding, key=lambda row: (-len(row.area_id), row.date, row.starts), default=None)


def session_of(schedule: Schedule) -> Session:
    return wording.session(schedule.date, schedule.starts, schedule.ends, schedule.place)


def bring_of(text: str) -> tuple[str, tuple[Bring, ...]]:
    """Title and pictures from what a schedule says in words: "Undangan, KTP, dan KK: asli dan fotokopi"."""
    found = [
        Bring(icon=icon, label=THINGS[icon])
        for icon in THINGS
        if icon in THING_WORDS and re.search(rf"\b(?:{THING_WORDS[icon]})\b", text, re.IGNORECASE)
    ][:MAX_BRING]
    both = any(item.icon == "photocopy" for item in found) and re.search(r"\basli\b", text, re.IGNORECASE)
    return ("Bawa asli dan fotokopi" if both else "Bawa") if found else "", tuple(found)


# --- posters ------------------------------------------------------------------------------------------------------


def starting_poster(
    kind: str, area: Area, aid_round: Round | None, *, by: User | None, link: str = "", strips: bool = True
) -> tuple[PosterContent, date]:
    """A poster that could hang as it is, and the day until which it holds."""
    posko, today = posko_at([area.pk], by=by), timezone.localdate()
    signed: dict[str, Any] = {"posko": posko, "link": link, "strips": strips}
    until = today + HANGS_FOR
    match PosterKind(kind):
        case PosterKind.SCHEDULE if aid_round is not None:
            content, until = _schedule(aid_round, area, by, signed, until)
        case PosterKind.CHECK_HELP:
            content = wording.check_help_poster(**signed, sessions=_open_hours(area.pk), valid_until=until)
        case PosterKind.NO_LEVY:
            content = wording.no_levy_poster(**signed, valid_until=until)
        case _:
            content = wording.complain_poster(**signed, valid_until=until)
    return _brief(content, posko.place), until


def _brief(content: PosterContent, place: str) -> PosterContent:
    """The posko's place without its last parts, where that makes it a poster that a passer-by reads whole."""
    parts = place.split(", ")
    for count in range(len(parts), 0, -1):
        shorter = replace(content, ask=content.ask.replace(place, ", ".join(parts[:count])))
        if not shorter.is_wordy:
            return shorter
    return content


def _schedule(
    aid_round: Round, area: Area, by: User | None, signed: dict[str, Any], until: date
) -> tuple[PosterContent, date]:
    schedules = dates(aid_round, area.pk, user=by)[:MAX_SESSIONS]
    title, bring = bring_of(schedules[0].bring) if schedules else ("Bawa asli dan fotokopi", wording.COLLECT)
    until = max((row.date for row in schedules), default=until)
    programme = short_name(aid_round.programme)
    content = wording.schedule_poster(
        **signed,
        programme=programme,
        area=area.label,
        sessions=[session_of(row) for row in schedules],
        bring=bring,
        valid_until=until,
    )
    if amount := amount_of(aid_round):
        content = replace(content, who=f"{amount} untuk keluarga penerima {programme} di {area.label}")
    return replace(content, bring_title=title), until


def _open_hours(code: str) -> list[Session]:
    kampung = kampung_at(code)
    if kampung is None or not (kampung.posko_hours or kampung.posko_place):
        return []
    if not kampung.posko_hours:
        return [Session(day=kampung.posko_place)]
    # "Setiap Sabtu, pukul 09.00-12.00 WIB": the day large, the hours under it.
    day, hours = re.fullmatch(r"(.*?),?\s*(pukul .+)?", kampung.posko_hours).groups(default="")
    return [Session(day=day or hours, hours=hours if day else "", place=kampung.posko_place)]


def outdated(days: Iterable[str], schedules: Iterable[Schedule]) -> bool:
    """Whether a poster of a round says other days than the schedule, or none yet; `days` as they stand on it."""
    return set(days) != {wording.session(row.date).day for row in schedules}


# --- slips --------------------------------------------------------------------------------------------------------


def starting_slip(
    topic: str, codes: Iterable[str], aid_round: Round | None, *, by: User | None
) -> SlipSheetContent:
    """What every slip of a sheet says; its families are put in when it is printed."""
    codes = list(codes)
    posko = posko_at(codes, by=by)
    nobody = (Slip(number="1", head="-"),)
    if SlipTopic(topic) == SlipTopic.ROUND and aid_round is not None:
        schedules = dates(aid_round, codes[0], user=by)[:2]
        title, bring = (
            bring_of(schedules[0].bring) if schedules else ("Bawa asli dan fotokopi", wording.COLLECT)
        )
        programme, amount = short_name(aid_round.programme), amount_of(aid_round)
        return SlipSheetContent(
            headline=f"{programme} cair",
            slips=nobody,
            sessions=tuple(session_of(row) for row in schedules),
            text=f"Yang terdaftar menerima {amount}, utuh." if amount else "",
            bring_title=title,
            bring=bring,
            complain="Ada yang minta uang? Adukan:",
            phone=posko.phone,
            organisation=posko.name,
        )
    return SlipSheetContent(
        headline="Cek bansos di posko",
        slips=nobody,
        sessions=tuple(_open_hours(codes[0])),
        text="Kami bantu cek apakah keluarga Bapak/Ibu terdaftar. Tanpa aplikasi, tanpa pulsa.",
        bring_title="Bawa",
        bring=wording.IDENTITY,
        free_detail="CEK TIDAK DIPUNGUT BIAYA",
        complain="Tanya dulu lewat telepon:",
        phone=posko.phone,
        organisation=posko.name,
    )
