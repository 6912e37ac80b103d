"""Families that do not exist, the same ones every time: pure data for the demo, from a seed and the lists in seeds/demo.

Numbers are recognisably synthetic (DOMAIN 2): NIK and KK are 317504 or 317505 + date + 9xxx, and telephones lie in
0820-0000-0000 to 0820-0009-9999, a prefix that no operator is known to use.
"""

import csv
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

GEDONG, TENGAH = "31.75.05.1001", "31.75.04.1002"
# RW in the order in which a growing demo reaches them: first those where the demo's notice boards hang.
RW_ORDER = {GEDONG: (11, 3, 5, 8, 1, 2, 6, 9, 4, 7, 10), TENGAH: (2, 7, 4, 10, 1, 3, 5, 6, 8, 9, 11)}
RT_ORDER = (5, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12)
HOUSEHOLDS_PER_RT = 13
PHONES = 100_000

ORIGINS = {"betawi": 34, "jawa": 35, "sunda": 22, "minang": 4, "batak": 5}
SINGLE_NAME = {"elder": 0.65, "adult": 0.3, "young": 0.04}
HOUSINGS = {"rented": 55, "with_family": 18, "no_title": 13, "owned": 12, "other": 2}
VEHICLES = {"none": 56, "motorbike": 32, "bicycle": 10, "car": 2}
NO_NIK = {"forgot": 45, "none": 25, "deactivated": 20, "not_given": 10}
CHILDREN = {"1": 25, "2": 38, "3": 23, "4": 10, "5": 4}
SHAPES = {"couple": 58, "single_parent": 14, "elderly": 12, "three_generations": 10, "starting": 6}


@dataclass(frozen=True, slots=True)
class Work:
    name: str
    who: str
    elder: bool
    vehicle: str


@dataclass(frozen=True, slots=True)
class Lists:
    """The word lists of seeds/demo, keyed the way names are drawn."""

    given: dict[tuple[str, str, str], list[str]]
    second: dict[tuple[str, str], list[str]]
    alleys: list[str]
    landmarks: list[str]
    works: list[Work]


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    sex: str
    birth_date: date
    relation: str
    nik: str
    no_nik: str
    disabled: bool
    pregnant: bool

    def age(self, today: date) -> int:
        return (
            today.year
            - self.birth_date.year
            - ((today.month, today.day) < (self.birth_date.month, self.birth_date.day))
        )


@dataclass(frozen=True, slots=True)
class Family:
    """One KK at one door; `area` is the code of its RT, choices are the values of cases.households.choices."""

    area: str
    alley: str
    house_number: str
    landmark: str
    kk: str
    phone: str
    members: tuple[Person, ...]
    livelihood: str
    housing: str
    vehicle: str
    has_elderly: bool
    has_disability: bool
    has_pregnant: bool
    has_infant: bool
    has_pupil: bool

    @property
    def head(self) -> Person:
        return self.members[0]


def load_lists(directory: Path) -> Lists:
    """Read the lists; `directory` is seeds/demo."""

    def rows(name: str) -> list[dict[str, str]]:
        with (directory / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    given: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for row in rows("given_names"):
        given[row["sex"], row["origin"], row["era"]].append(row["name"])
    second: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows("second_names"):
        for sex in ("male", "female") if row["sex"] == "any" else (row["sex"],):
            second[sex, row["origin"]].append(row["name"])
    return Lists(
        given=dict(given),
        second=dict(second),
        alleys=[row["name"] for row in rows("alleys")],
        landmarks=[row["name"] for row in rows("landmarks")],
        works=[
            Work(row["name"], row["who"], row["elder"] == "yes", row["vehicle"])
            for row in rows("livelihoods")
        ],
    )


def rts_for(count: int) -> tuple[str, ...]:
    """The RT that a demo of `count` families fills, both kampung in turn; Gedong's RT 005/RW 011 is always the first."""
    per_village = min(len(RT_ORDER) * 11, max(1, round(count / HOUSEHOLDS_PER_RT / 2)))
    rws = min(11, max(1, -(-per_village // 3)))
    found = []
    for village in (GEDONG, TENGAH):
        places = [(rt, rw) for rt in RT_ORDER for rw in RW_ORDER[village][:rws]]
        found.append([f"{village}.{rw:03}.{rt:03}" for rt, rw in places[:per_village]])
    return tuple(code for pair in zip(*found, strict=True) for code in pair)


def families(count: int, *, lists: Lists, seed: int, today: date) -> list[Family]:
    """`count` families in the order in which volunteers might have met them; same arguments, same families."""
    if not 0 <= count <= PHONES:
        raise ValueError(f"count must lie between 0 and {PHONES}")
    rng = Random(seed)  # noqa: S311  (a demo that can be repeated, not a secret)
    maker = _Maker(rng, lists, today)
    areas = list(rts_for(count))
    # Every RT has somebody; beyond that some are fuller than others.
    chosen = (
        areas
        + rng.choices(areas, weights=[rng.uniform(0.6, 1.4) for _ in areas], k=max(0, count - len(areas)))
    )[:count]
    doors = [door for area, doors in _by_area(chosen) for door in _doors(rng, lists, area, doors)]
    rng.shuffle(doors)
    phones = rng.sample(range(PHONES), k=count)
    return [maker.family(door, phone) for door, phone in zip(doors, phones, strict=True)]


@dataclass(frozen=True, slots=True)
class _Door:
    area: str
    alley: str
    number: str
    landmark: str


def _by_area(chosen: list[str]) -> list[tuple[str, int]]:
    counts: dict[str, int] = defaultdict(int)
    for area in chosen:
        counts[area] += 1
    return sorted(counts.items())


def _doors(rng: Random, lists: Lists, area: str, count: int) -> list[_Door]:
    """Doors along two to four alleys: numbers skip, some houses are 12A, some hold two families, some have none."""
    alleys = rng.sample(lists.alleys, k=min(rng.randint(2, 4), count))
    if rng.random() < 0.3:
        # The same name in one RT twice, told apart by a number, is what makes natural order worth having.
        alleys = [alleys[0], *(f"{alleys[0]} {number}" for number in (2, 10, 3)[: len(alleys) - 1])]
    doors = []
    for index in range(len(alleys)):
        number = 0
        for _ in range(count // len(alleys) + (index < count % len(alleys))):
            draw = rng.random()
            if number == 0 or draw > 0.06:
                number += rng.choice((1, 1, 1, 2, 3))
            suffix = rng.choice("AAB") if rng.random() < 0.12 else ""
            unnumbered = rng.random() < 0.08
            landmark = rng.choice(lists.landmarks) if unnumbered or rng.random() < 0.25 else ""
            doors.append(_Door(area, alleys[index], "" if unnumbered else f"{number}{suffix}", landmark))
    return doors


def _draw(rng: Random, weights: dict[str, int]) -> str:
    return rng.choices(tuple(weights), weights=tuple(weights.values()))[0]


class _Maker:
    """Draws whole families; remembers which numbers are taken."""

    def __init__(self, rng: Random, lists: Lists, today: date) -> None:
        self.rng, self.lists, self.today = rng, lists, today
        self.taken: set[str] = set()

    def family(self, door: _Door, phone: int) -> Family:
        rng, today = self.rng, self.today
        region = "317505" if door.area.startswith(GEDONG) else "317504"
        members = self._members(region)
        head = members[0]
        ages = [person.age(today) for person in members]
        work = self._work(head, ages[0])
        kk = ""
        if rng.random() < 0.97:
            kk = self._number(
                region, self._day_between(self._issue_floor(members), today - timedelta(days=30)), 0
            )
        return Family(
            area=door.area,
            alley=door.alley,
            house_number=door.number,
            landmark=door.landmark,
            kk=kk,
            phone=f"0820-{phone // 10_000:04}-{phone % 10_000:04}" if rng.random() < 0.8 else "",
            members=tuple(members),
            livelihood=work.name,
            housing=_draw(rng, HOUSINGS),
            vehicle=work.vehicle or _draw(rng, VEHICLES),
            has_elderly=any(age >= 60 for age in ages),
            has_disability=any(person.disabled for person in members),
            has_pregnant=any(person.pregnant for person in members),
            has_infant=any(age < 6 for age in ages),
            has_pupil=any(6 <= age <= 18 for age in ages),
        )

    def _members(self, region: str) -> list[Person]:
        """Head first, then wife or husband, children from the eldest, parents, others."""
        rng = self.rng
        shape, origin = _draw(rng, SHAPES), _draw(rng, ORIGINS)
        if shape == "elderly":
            head_age, head_sex = rng.randint(62, 84), "male" if rng.random() < 0.4 else "female"
        elif shape == "single_parent":
            head_age, head_sex = rng.randint(28, 58), "female" if rng.random() < 0.85 else "male"
        elif shape == "starting":
            head_age, head_sex = rng.randint(21, 30), "male"
        else:
            head_age, head_sex = rng.randint(26, 58), "male"
        # (relation, sex, age, origin): a bride keeps the names of her own people.
        wanted = [("head", head_sex, head_age, origin)]
        mother_age = head_age
        if shape in {"couple", "three_generations", "starting"} or (
            shape == "elderly" and head_sex == "male" and rng.random() < 0.6
        ):
            mother_age = max(20, head_age - rng.randint(-2, 7))
            wanted.append(
                ("spouse", "female", mother_age, _draw(rng, ORIGINS) if rng.random() < 0.35 else origin)
            )
        if shape in {"couple", "single_parent", "three_generations"}:
            # The first child no earlier than at twenty, none after 43; grown ones have mostly left.
            age, wanted_children = min(mother_age, head_age) - rng.randint(20, 29), int(_draw(rng, CHILDREN))
            full = len(wanted) + wanted_children
            while age >= 0 and len(wanted) < full and mother_age - age <= 43:
                if age < 22 or rng.random() < 0.25:
                    wanted.append(("child", rng.choice(("male", "female")), age, origin))
                age -= rng.randint(2, 6)
        if shape == "three_generations":
            wanted.append(
                (
                    "parent",
                    "female" if rng.random() < 0.75 else "male",
                    head_age + rng.randint(20, 28),
                    origin,
                )
            )
        if shape in {"elderly", "single_parent"} and rng.random() < 0.3:
            wanted.append(("other", rng.choice(("male", "female")), rng.randint(4, 17), origin))
        return self._people(region, wanted)

    def _people(self, region: str, wanted: list[tuple[str, str, int, str]]) -> list[Person]:
        rng = self.rng
        marga = rng.choice(self.lists.second["male", "batak"])
        people: list[Person] = []
        firsts: set[str] = set()
        for relation, sex, age, origin in wanted:
            birth = self._birthday(age)
            name = self._name(sex, origin, birth, marga if relation != "spouse" else "", firsts)
            firsts.add(name.split()[0])
            missing = rng.random() < (0.25 if age < 1 else 0.04)
            people.append(
                Person(
                    name=name,
                    sex=sex,
                    birth_date=birth,
                    relation=relation,
                    nik=""
                    if missing
                    else self._number(
                        region if rng.random() < 0.85 else _other(region), birth, 40 * (sex == "female")
                    ),
                    no_nik=("none" if age < 1 else _draw(rng, NO_NIK)) if missing else "",
                    disabled=rng.random() < (0.07 if age >= 60 else 0.02),
                    pregnant=sex == "female"
                    and relation in {"head", "spouse"}
                    and 18 <= age <= 42
                    and rng.random() < 0.06,
                )
            )
        return people

    def _name(self, sex: str, origin: str, birth: date, marga: str, used: set[str]) -> str:
        """A given name of the time and people, mostly with a second one; Batak families share a marga."""
        rng, lists = self.rng, self.lists
        era = "elder" if birth.year < 1972 else "adult" if birth.year < 1998 else "young"
        own = lists.given[sex, origin, era]
        common = lists.given.get((sex, "umum", era), own)
        pool = common if rng.random() < (0.6 if era == "young" else 0.25) else own
        first = rng.choice(pool)
        for _ in range(20):
            if first not in used:
                break
            first = rng.choice(common if rng.random() < 0.5 else own)
        if origin == "batak":
            return f"{first} {marga or rng.choice(lists.second[sex, origin])}"
        if rng.random() < SINGLE_NAME[era]:
            return first
        modern = rng.random() < (0.7 if era == "young" else 0.2)
        second = rng.choice(lists.second[sex, "umum" if modern else origin])
        return first if second == first else f"{first} {second}"

    def _work(self, head: Person, age: int) -> Work:
        fitting = [
            work for work in self.lists.works if work.who in {"any", head.sex} and (age < 60 or work.elder)
        ]
        return fitting[-1] if age >= 74 and self.rng.random() < 0.7 else self.rng.choice(fitting)

    def _birthday(self, age: int) -> date:
        """A day on which somebody who is `age` today may have been born."""
        latest = _years_before(self.today, age)
        return self._day_between(_years_before(self.today, age + 1) + timedelta(days=1), latest)

    def _issue_floor(self, members: list[Person]) -> date:
        """A KK is issued anew when a child is born, so never before the youngest was there."""
        youngest = max(person.birth_date for person in members)
        return min(max(youngest, date(2008, 1, 1)), self.today - timedelta(days=31))

    def _day_between(self, first: date, last: date) -> date:
        return first + timedelta(days=self.rng.randrange((last - first).days + 1))

    def _number(self, region: str, day: date, plus: int) -> str:
        """A synthetic NIK or KK number that nobody else in this demo has; its last four are 9xxx."""
        start = f"{region}{day.day + plus:02}{day.month:02}{day.year % 100:02}"
        for _ in range(5000):
            number = f"{start}{self.rng.randint(9000, 9999)}"
            if number not in self.taken:
                self.taken.add(number)
                return number
        raise ValueError(f"no free number for {day}")


def _other(region: str) -> str:
    return "317504" if region == "317505" else "317505"


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)
