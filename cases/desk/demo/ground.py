"""The ground of the demo: who works there, the RW and RT, the kampung with their boards, and the rounds with their dates."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from random import Random
from typing import Any

from cases.areas.actions import add_areas, save_board, save_kampung
from cases.areas.calendar import load_calendar
from cases.areas.choices import Spreading
from cases.areas.models import Area, Kampung
from cases.casefiles.models import Case
from cases.desk.demo.stage import Days, Story
from cases.desk.demo.texts import Texts, Turns
from cases.desk.demo_people import GEDONG, TENGAH, Family
from cases.households.models import Household
from cases.kernel.indonesian import month_year
from cases.kernel.phones import normalise_phone
from cases.people.actions import accept_invitation, first_board_invitation, invite
from cases.people.choices import Role
from cases.people.models import Organisation, User
from cases.programmes.actions import add_schedule, cancel_schedule, create_round, edit_round
from cases.programmes.choices import RoundStatus
from cases.programmes.models import Programme, Round

DEMO_PASSWORD = "posko-demo"  # noqa: S105  (printed on the screen that starts the demo)
PROVINCE = "31"
VILLAGES = (GEDONG, TENGAH)
SHORT = {GEDONG: "gedong", TENGAH: "tengah"}


@dataclass(frozen=True, slots=True)
class Account:
    username: str
    name: str
    role: Role
    area: str
    place: str
    organisation: str
    phone: str


ACCOUNTS = (
    Account("relawan.gedong", "Wulan Prasasti", Role.VOLUNTEER, GEDONG, "Kampung Gedong", "JRMK", "0820-0001-0001"),
    Account("relawan.tengah", "Rifki Hanafiah", Role.VOLUNTEER, TENGAH, "Kampung Tengah", "SPRI", "0820-0001-0002"),
    Account("koordinator.gedong", "Ratmi Kusumastuti", Role.COORDINATOR, GEDONG, "Kampung Gedong", "JRMK", "0820-0001-0003"),
    Account("koordinator.tengah", "Johan Simarmata", Role.COORDINATOR, TENGAH, "Kampung Tengah", "SPRI", "0820-0001-0004"),
    Account("pengurus", "Endang Larasati", Role.BOARD, PROVINCE, "DKI Jakarta", "JRMK", "0820-0001-0005"),
    Account("pengamat", "Bram Adiwijaya", Role.OBSERVER, PROVINCE, "DKI Jakarta", "SPRI", "0820-0001-0006"),
)  # fmt: skip
# Who opened the door to whom: the board to coordinators and observers, a coordinator to the volunteers of the kampung.
INVITED_BY = {
    "koordinator.gedong": "pengurus",
    "koordinator.tengah": "pengurus",
    "pengamat": "pengurus",
    "relawan.gedong": "koordinator.gedong",
    "relawan.tengah": "koordinator.tengah",
}
KAMPUNG: dict[str, dict[str, Any]] = {
    GEDONG: {
        "name": "Kampung Gedong",
        "spreading": Spreading.BOARDS,
        "posko_place": "Teras mushola, RT 005/RW 011, di seberang kios pulsa",
        "posko_hours": "Selasa dan Jumat pukul 16.00-20.00, Minggu pukul 09.00-12.00",
        "posko_phone": "0820-0001-0011",
    },
    TENGAH: {
        "name": "Kampung Tengah",
        "spreading": Spreading.DOORS,
        "posko_place": "Rumah bacaan anak, RT 005/RW 002, dekat taman kanak-kanak",
        "posko_hours": "Senin dan Kamis pukul 16.00-20.00, Sabtu pukul 09.00-12.00",
        "posko_phone": "0820-0001-0012",
    },
}
RESERVED_PHONES = {
    *(account.phone for account in ACCOUNTS),
    *(kampung["posko_phone"] for kampung in KAMPUNG.values()),
}


@dataclass
class World:
    """Everything the storylines share; `rounds`, `recorded` and `by_kk` grow while it is played."""

    seed: str
    days: Days
    texts: Texts
    people: dict[str, User] = field(default_factory=dict)
    rounds: dict[str, Round] = field(default_factory=dict)
    rts: tuple[str, ...] = ()
    recorded: dict[str, list[tuple[Family, Household]]] = field(default_factory=dict)
    by_kk: dict[str, Household] = field(default_factory=dict)
    cases: list[Case] = field(default_factory=list)
    told_of: set[int] = field(default_factory=set)  # households that a case speaks of already

    def __post_init__(self) -> None:
        self.stories = Turns(self.texts.stories, self.rng("stories"))
        self.words_told = self.texts.words_told()
        self.paid_on = first_pay_days(self.days.today)
        self.calendar = load_calendar()

    def rng(self, name: str) -> Random:
        """Own dice for every storyline, so that one more does not change what befalls the others."""
        return Random(f"{self.seed}/{name}")  # noqa: S311

    def open_day(self, day: date) -> date:
        """The last day on which offices were open: that day, or one before it."""
        while self.calendar.reason(day):
            day -= timedelta(days=1)
        return day

    def open_days_ago(self, ago: int) -> int:
        return self.days.since(self.open_day(self.days.ago(ago)))

    def paid_on_of(self, aid_round: Round) -> date:
        return next(self.paid_on[key] for key, row in self.rounds.items() if row.pk == aid_round.pk)

    def volunteer(self, code: str) -> User:
        return self.people[f"relawan.{SHORT[village_of(code)]}"]

    def coordinator(self, code: str) -> User:
        return self.people[f"koordinator.{SHORT[village_of(code)]}"]


def village_of(code: str) -> str:
    return ".".join(code.split(".")[:4])


# --- people ------------------------------------------------------------------------------------------------------------


def joining(world: World) -> Story:
    """One after the other, as each was invited; the first of the board by the link that an empty posko shows."""
    rng = world.rng("people")
    yield world.days.back(98, rng)
    for account in sorted(ACCOUNTS, key=lambda each: _generation(each.username)):
        host = INVITED_BY.get(account.username)
        if host is None:
            token = first_board_invitation().rstrip("/").rpartition("/")[2]
        else:
            _, token = invite(
                by=world.people[host],
                name=account.name,
                role=account.role,
                area=Area.objects.get(pk=account.area),
                organisation=Organisation.objects.get(short_name=account.organisation),
            )
        world.people[account.username] = accept_invitation(
            token=token,
            name=account.name,
            username=account.username,
            password=DEMO_PASSWORD,
            phone=account.phone,
        )
        yield world.days.back(98 - 2 * len(world.people), rng)


def _generation(username: str) -> int:
    host = INVITED_BY.get(username)
    return 0 if host is None else 1 + _generation(host)


# --- places ------------------------------------------------------------------------------------------------------------


def mapping(world: World, village: str) -> Story:
    """The coordinator writes down RW, RT, the kampung, and the boards where posters hang."""
    rng = world.rng(f"places {village}")
    boards = [row for row in world.texts.boards if row["village"] == village]
    places = [row["place"] for row in world.texts.places if row["village"] == village]
    rts = [code for code in world.rts if village_of(code) == village]
    rws = {code.split(".")[4] for code in rts} | {row["rw"] for row in boards}
    rws |= {rw for place in places if (rw := rw_in(place))}
    yield world.days.back(84, rng)
    by = world.coordinator(village)
    ground = Area.objects.get(pk=village)
    for row in add_areas(parent=ground, numbers=sorted(rws), by=by):
        numbers = sorted(code[-3:] for code in rts if code.startswith(f"{row.pk}."))
        if numbers:
            add_areas(parent=row, numbers=numbers, by=by)
    yield world.days.back(83, rng)
    kampung = save_kampung(
        by=by,
        areas=[ground],
        **{**KAMPUNG[village], "posko_phone": normalise_phone(KAMPUNG[village]["posko_phone"])},
    )
    for board in boards:
        yield world.days.back(82, rng)
        _hang(kampung, board, by)


def _hang(kampung: Kampung, row: dict[str, str], by: User) -> None:
    area = Area.objects.get(pk=f"{row['village']}.{row['rw']}")
    save_board(
        by=by, kampung=kampung, area=area, place=row["place"], landmark=row["landmark"], size=row["size"]
    )


def rw_in(place: str) -> str:
    """ "Pos RW 011" -> "011"."""
    found = re.search(r"\bRW (\d{3})\b", place)
    return found[1] if found else ""


# --- rounds ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PayOut:
    """A round of a running programme: months from `first` to `last` (0 is this month), paid `days` from today.

    `days` None: no date is known, so there is no schedule.
    """

    key: str
    programme: str
    name: str
    first: int
    last: int
    amount: int | None
    days: int | None
    status: RoundStatus = RoundStatus.PLANNED


PAY_OUTS = (
    PayOut("kaj", "KAJ", "KAJ {first}", -3, -3, 300_000, -72, RoundStatus.DONE),
    PayOut("klj", "KLJ", "KLJ {months}", -4, -2, 900_000, -46, RoundStatus.DONE),
    PayOut("sembako", "SEMBAKO", "Sembako {months}", -3, -1, 600_000, -31, RoundStatus.DONE),
    PayOut("paket", "PAKET-SEMBAKO", "Paket sembako {first}", -1, -1, None, -19, RoundStatus.DONE),
    PayOut("kjp", "KJP-PLUS", "KJP Plus {first}", 0, 0, None, None, RoundStatus.OPEN),
    PayOut("next", "SEMBAKO", "Sembako {months}", 0, 1, 400_000, 7),
    PayOut("pkh", "PKH", "PKH {months}", 0, 2, None, 16),
    PayOut("klj next", "KLJ", "KLJ {months}", -1, 1, 900_000, None),
)
HOURS = ((time(9), time(12)), (time(8, 30), time(11, 30)), (time(13), time(15, 30)))


def paying(world: World, pay_out: PayOut) -> Story:
    """The board hears of a round, coordinators write down the dates, and when it is paid its status follows."""
    days, rng = world.days, world.rng(f"round {pay_out.key}")
    ago = -pay_out.days if pay_out.days is not None else 10
    # Known two to three weeks before it is paid, but not before the posko was there.
    yield days.back(max(2, min(80, ago + rng.randint(14, 20))), rng)
    board = world.people["pengurus"]
    first, last = _month(days.today, pay_out.first), _month(days.today, pay_out.last)
    programme = Programme.objects.get(code=pay_out.programme)
    world.rounds[pay_out.key] = aid_round = create_round(
        programme=programme,
        by=board,
        name=pay_out.name.format(first=month_year(first), months=_months(first, last)),
        period_start=first,
        period_end=_month(last, 1) - timedelta(days=1),
        amount=pay_out.amount,
        channel=programme.channel,
        status=RoundStatus.PLANNED,
    )
    if pay_out.days is not None:
        dates = pay_days(days.today, pay_out)
        for village in VILLAGES:
            yield from _scheduling(world, pay_out, aid_round, village, dates, rng)
    if pay_out.status == RoundStatus.PLANNED:
        return
    if pay_out.days is None:
        yield days.back(5, rng)
        edit_round(aid_round=aid_round, by=board, status=RoundStatus.OPEN)
        return
    yield days.back(days.since(dates[0]), rng, hours=(7, 8))
    edit_round(aid_round=aid_round, by=board, status=RoundStatus.OPEN)
    yield days.back(days.since(dates[-1]) - 1, rng)
    edit_round(aid_round=aid_round, by=board, status=pay_out.status)


def _scheduling(
    world: World, pay_out: PayOut, aid_round: Round, village: str, dates: list[date], rng: Random
) -> Story:
    places = [row["place"] for row in world.texts.places if row["village"] == village]
    yield world.days.back(max(2, world.days.since(dates[0]) + rng.randint(8, 12)), rng)
    for place, day, (starts, ends) in zip(places, dates, HOURS, strict=False):
        rw = rw_in(place)
        entry = add_schedule(
            aid_round=aid_round,
            area=Area.objects.get(pk=f"{village}.{rw}" if rw else village),
            date=day,
            starts=starts,
            ends=ends,
            place=place,
            by=world.coordinator(village),
        )
    if pay_out.key == "pkh" and village == TENGAH:
        # A date that was called off: a poster with it may still hang.
        yield world.days.back(0, rng)
        cancel_schedule(schedule=entry, reason="Lapangan dipakai acara lain", by=world.coordinator(village))
        add_schedule(
            aid_round=aid_round,
            area=entry.area,
            date=dates[3],
            starts=entry.starts,
            ends=entry.ends,
            place=entry.place,
            by=world.coordinator(village),
        )


def pay_days(today: date, pay_out: PayOut) -> list[date]:
    """The days on which it is paid, one place a day, and one to spare."""
    return list(_working(today + timedelta(days=pay_out.days or 0), 4))


def _working(start: date, count: int) -> Iterator[date]:
    """So many working days from `start` on."""
    calendar, day = load_calendar(), start
    while count:
        if not calendar.reason(day):
            yield day
            count -= 1
        day += timedelta(days=1)


def _month(day: date, shift: int) -> date:
    """The first of the month that many months on."""
    index = day.year * 12 + day.month - 1 + shift
    return date(index // 12, index % 12 + 1, 1)


def _months(first: date, last: date) -> str:
    """ "Agustus-Oktober 2026", "Desember 2026-Januari 2027"."""
    if first.year == last.year:
        return f"{month_year(first).split()[0]}-{month_year(last)}"
    return f"{month_year(first)}-{month_year(last)}"


def first_pay_days(today: date) -> dict[str, date]:
    return {each.key: pay_days(today, each)[0] for each in PAY_OUTS if each.days is not None}


def ground_stories(world: World) -> Iterable[Story]:
    yield joining(world)
    yield from (mapping(world, village) for village in VILLAGES)
    yield from (paying(world, pay_out) for pay_out in PAY_OUTS)
