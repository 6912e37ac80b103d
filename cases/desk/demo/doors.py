"""At the doors: families recorded day by day, visited, looked up in portals, asked what they received."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from django.utils import timezone

from cases.desk.demo.ground import RESERVED_PHONES, VILLAGES, World, village_of
from cases.desk.demo.stage import Story
from cases.desk.demo_people import GEDONG, TENGAH, Family
from cases.households.actions import (
    change_kk,
    member_left,
    merge_households,
    moved_away,
    record_check,
    record_household,
    record_households,
    record_receipt,
    record_visit,
)
from cases.households.choices import (
    AskedWith,
    CheckAnswer,
    ConsentMethod,
    ConsentPurpose,
    KKChange,
    Portal,
    Relation,
    VisitResult,
    VisitTask,
)
from cases.households.entries import ConsentData, HouseholdData, MemberData
from cases.households.models import Household
from cases.people.models import User

FIRST_DAY = 78  # days ago; families are as old as they were then
# However many families there are, so many of them are called on again: a demo of thousands is about its paper.
MOST_CALLED_ON = 600
EVERY, WALKS = 3, {GEDONG: 0, TENGAH: 1}
PURPOSES = (ConsentPurpose.RECORD, ConsentPurpose.CHECK, ConsentPurpose.CASE, ConsentPurpose.CONTACT)


@dataclass(frozen=True, slots=True)
class Door:
    """A family, the day its door was first knocked at, and what it agreed to."""

    family: Family
    days: int
    data: HouseholdData

    @property
    def may_be_checked(self) -> bool:
        return self.data.consent is not None and ConsentPurpose.CHECK in self.data.consent.purposes


def doors(world: World, families: list[Family]) -> list[Door]:
    """Most were recorded in the first weeks, some this week."""
    rng = world.rng("doors")
    met = []
    for index, family in enumerate(families):
        days = round((FIRST_DAY - 2) * (1 - (index / len(families)) ** 1.7))
        # Each kampung has its walking days: two or three a week.
        days -= (days + WALKS[village_of(family.area)]) % EVERY if days > EVERY else 0
        day = world.days.today - timedelta(days=days)
        met.append(Door(family, days, household_data(world, family, day, rng)))
    return met


def household_data(world: World, family: Family, day: date, rng: Random) -> HouseholdData:
    adults = [person for person in family.members if person.age(day) >= 18]
    phone = "" if family.phone in RESERVED_PHONES else family.phone
    purposes = [ConsentPurpose.RECORD]
    purposes += [ConsentPurpose.CHECK] * (rng.random() < 0.85)
    purposes += [ConsentPurpose.CASE] * (rng.random() < 0.6)
    purposes += [ConsentPurpose.CONTACT] * (bool(phone) and rng.random() < 0.8)
    methods = (ConsentMethod.ORAL, ConsentMethod.SIGNED, ConsentMethod.WHATSAPP)
    return HouseholdData(
        area=family.area,
        head_name=family.head.name,
        alley=family.alley,
        house_number=family.house_number,
        landmark=family.landmark,
        kk=family.kk,
        phone=phone,
        needs={
            "elderly": family.has_elderly,
            "disability": family.has_disability,
            "pregnant": family.has_pregnant,
            "infant": family.has_infant,
            "pupil": family.has_pupil,
        },
        livelihood=family.livelihood,
        housing=family.housing,
        vehicle=family.vehicle,
        notes=rng.choice(world.texts.about("family"))["text"] if rng.random() < 0.16 else "",
        members=tuple(
            MemberData(
                name=person.name,
                relation=person.relation,
                sex=person.sex,
                birth_date=person.birth_date,
                nik=person.nik,
                no_nik=person.no_nik,
            )
            for person in family.members
        ),
        consent=ConsentData(
            given_on=day,
            given_by=rng.choice(adults[:2]).name,
            method=rng.choices(methods, (5, 4, 1))[0],
            purposes=tuple(purposes),
        ),
    )


def door_stories(world: World, met: list[Door]) -> Iterable[Story]:
    rounds: dict[tuple[int, str], list[Door]] = defaultdict(list)
    for door in met:
        rounds[door.days, village_of(door.family.area)].append(door)
    for (days, village), group in sorted(rounds.items(), reverse=True):
        yield recording(world, days, village, group)
    yield from calling_again(world, met)
    for village in VILLAGES:
        yield recording_twice(world, village)


def recording(world: World, days: int, village: str, group: list[Door]) -> Story:
    """One walk through the alleys of a kampung; now and then the coordinator comes along."""
    rng = world.rng(f"walk {days} {village}")
    yield world.days.back(days, rng, hours=(9, 18))
    by = world.coordinator(village) if rng.random() < 0.2 else world.volunteer(village)
    rows = [_agreed_on(door.data, timezone.localdate()) for door in group]
    # Whatever looks alike among thousands of invented names is accepted: nobody is there to be asked.
    made = record_households(rows=rows, by=by, accept_warnings=True)
    for door, household in zip(group, made, strict=True):
        world.recorded.setdefault(household.area_id, []).append((door.family, household))
        world.by_kk[door.family.kk] = household


def _agreed_on(data: HouseholdData, day: date) -> HouseholdData:
    """Shortly after midnight, a walk of today was one of yesterday."""
    if data.consent is None or data.consent.given_on == day:
        return data
    return replace(data, consent=replace(data.consent, given_on=day))


# --- called on again ---------------------------------------------------------------------------------------------------


def calling_again(world: World, met: list[Door]) -> Iterable[Story]:
    rng = world.rng("calls")
    share = min(1.0, MOST_CALLED_ON / max(1, len(met)))
    known = [door for door in met if door.days >= 2 and door.family.kk]
    chosen = rng.sample(known, k=round(len(known) * share))
    for index, door in enumerate(chosen):
        if rng.random() < 0.4:
            yield visiting(world, door, index)
        if door.may_be_checked and rng.random() < 0.3:
            yield checking(world, door, index)
        if rng.random() < 0.25:
            yield receiving(world, door, index)
    few = max(1, round(len(chosen) * 0.015))
    settled = [door for door in chosen if door.days >= 25]
    for index, door in enumerate(settled[:few]):
        yield moving(world, door, index)
    for index, door in enumerate(settled[few : 2 * few]):
        yield new_number(world, door, index)
    grown = [door for door in settled[2 * few :] if _grown_child(door.family, world) is not None]
    for index, door in enumerate(grown[:few]):
        yield leaving(world, door, index)


def visiting(world: World, door: Door, index: int) -> Story:
    rng = world.rng(f"visit {index}")
    ago = rng.randint(0, min(door.days - 1, 30))
    yield world.days.back(ago, rng, hours=(9, 20))
    results = (VisitResult.MET, VisitResult.ABSENT, VisitResult.REFUSED)
    result = rng.choices(results, (70, 24, 6))[0]
    text = rng.choice([row for row in world.texts.visits if row["result"] == result])["text"]
    task = VisitTask.ROUND
    if "pungutan" in text:
        task = VisitTask.LEVY
    elif "KK dicek" in text:
        task = VisitTask.CHECK
    aid_round = world.rounds.get("next" if ago < 6 else "sembako") if task == VisitTask.ROUND else None
    if aid_round is None and task == VisitTask.ROUND:
        task = VisitTask.CHECK
    record_visit(
        household=world.by_kk[door.family.kk],
        visited_on=timezone.localdate(),
        task=task,
        result=result,
        by=world.volunteer(door.family.area),
        round=aid_round,
        notes=text,
    )


def checking(world: World, door: Door, index: int) -> Story:
    rng = world.rng(f"check {index}")
    yield world.days.back(rng.randint(0, min(door.days - 1, 45)), rng)
    portal = rng.choices((Portal.CEKBANSOS, Portal.JAKI, Portal.SILADU, Portal.LIST), (60, 18, 12, 10))[0]
    asked = {Portal.JAKI: AskedWith.KK, Portal.LIST: AskedWith.NAME}.get(portal, AskedWith.NIK)
    answers = (
        CheckAnswer.LISTED,
        CheckAnswer.NOT_LISTED,
        CheckAnswer.NO_DESIL,
        CheckAnswer.NOT_FOUND,
        CheckAnswer.PORTAL_DOWN,
    )
    answer = rng.choices(answers, (42, 28, 12, 12, 6))[0]
    if portal != Portal.CEKBANSOS and answer == CheckAnswer.NO_DESIL:
        answer = CheckAnswer.NOT_FOUND
    desil = None
    if portal == Portal.CEKBANSOS and answer in (CheckAnswer.LISTED, CheckAnswer.NOT_LISTED):
        desil = rng.choice((1, 2, 2, 3, 3, 4) if answer == CheckAnswer.LISTED else (4, 5, 6, 6, 7, 8))
    aid_round = world.rounds.get("sembako") if answer == CheckAnswer.LISTED else None
    record_check(
        household=world.by_kk[door.family.kk],
        portal=portal,
        checked_on=timezone.localdate(),
        asked_with=asked,
        answer=answer,
        by=world.volunteer(door.family.area),
        desil=desil,
        programme=aid_round.programme if aid_round else None,
        period=aid_round.name.removeprefix("Sembako ") if aid_round else "",
    )


def receiving(world: World, door: Door, index: int) -> Story:
    """What came of the last pay-out: most of it all, some of it cut, some of it nothing."""
    rng = world.rng(f"receipt {index}")
    paid = world.days.since(world.paid_on["sembako"])
    yield world.days.back(max(0, min(door.days - 1, paid - 4 - rng.randint(0, 20))), rng)
    aid_round = world.rounds["sembako"]
    due = aid_round.amount or 0
    draw = rng.random()
    received: date | None = world.paid_on["sembako"] + timedelta(days=rng.randint(0, 2))
    actual, notes = due, ""
    if draw < 0.22:
        taken = rng.choice((10_000, 20_000, 50_000, 50_000, 100_000, 200_000))
        actual, notes = due - taken, rng.choice(("Dipotong waktu diambil.", "Diminta setelah uang diterima."))
    elif draw < 0.32:
        actual, received, notes = 0, None, "Terdaftar, tetapi belum menerima."
    record_receipt(
        household=world.by_kk[door.family.kk],
        round=aid_round,
        by=world.volunteer(door.family.area),
        due_amount=due,
        actual_amount=actual,
        received_on=received,
        notes=notes,
    )


def moving(world: World, door: Door, index: int) -> Story:
    rng = world.rng(f"moved {index}")
    yield world.days.back(rng.randint(2, 15), rng)
    household = world.by_kk[door.family.kk]
    by, today = world.volunteer(door.family.area), timezone.localdate()
    text = rng.choice([row for row in world.texts.visits if row["result"] == VisitResult.MOVED])["text"]
    record_visit(
        household=household,
        visited_on=today,
        task=VisitTask.CHECK,
        result=VisitResult.MOVED,
        by=by,
        notes=text,
    )
    moved_away(household=household, on=today - timedelta(days=rng.randint(3, 20)), by=by)


def new_number(world: World, door: Door, index: int) -> Story:
    """The KK was issued anew: for one because a child's family split off, for another because they moved."""
    rng = world.rng(f"number {index}")
    ago = rng.randint(3, 20)
    yield world.days.back(ago, rng)
    # No other number of the demo is from those days, so this one is free.
    issued = world.days.today - timedelta(days=ago + 6 + 2 * (index % 20))
    number = f"{door.family.kk[:6]}{issued:%d%m%y}{9000 + index % 1000}"
    change_kk(
        household=world.by_kk[door.family.kk],
        kk=number,
        reason=(KKChange.SPLIT, KKChange.MOVED)[index % 2],
        by=world.volunteer(door.family.area),
        accept_warnings=True,
    )


def leaving(world: World, door: Door, index: int) -> Story:
    rng = world.rng(f"left {index}")
    yield world.days.back(rng.randint(2, 18), rng)
    child = _grown_child(door.family, world)
    household = world.by_kk[door.family.kk]
    member = household.members.get(name=child, left_at=None)
    member_left(
        member=member,
        on=timezone.localdate() - timedelta(days=rng.randint(0, 9)),
        by=world.volunteer(door.family.area),
    )


def _grown_child(family: Family, world: World) -> str | None:
    grown = (
        person.name
        for person in family.members
        if person.relation == Relation.CHILD and person.age(world.days.today) >= 20
    )
    return next(grown, None)


# --- recorded twice ----------------------------------------------------------------------------------------------------


def recording_twice(world: World, village: str) -> Story:
    """Two people met the same family; the coordinator sees it and makes one record of two."""
    rng = world.rng(f"twice {village}")
    yield world.days.back(9, rng, hours=(9, 12))
    here = [
        (family, household)
        for code, pairs in sorted(world.recorded.items())
        if village_of(code) == village
        for family, household in pairs
        if " " in family.head.name and family.kk and family.phone
    ]
    if not here:
        return
    family, first = here[len(here) // 2]
    second = _again(world, family, first, world.coordinator(village), rng)
    yield world.days.back(7, rng)
    merge_households(keep=first, gone=second, by=world.coordinator(village))


def _again(world: World, family: Family, first: Household, by: User, rng: Random) -> Household:
    """As the coordinator heard it: the short name, another landmark, and the same KK."""
    data = household_data(world, family, timezone.localdate(), rng)
    head = data.members[0]
    return record_household(
        by=by,
        area=first.area_id,
        head_name=family.head.name.split()[0],
        alley=family.alley,
        landmark="dekat warung kopi",
        kk=family.kk,
        members=[
            MemberData(
                name=family.head.name.split()[0],
                relation=Relation.HEAD,
                sex=head.sex,
                birth_date=head.birth_date,
                nik=head.nik,
                no_nik=head.no_nik,
            )
        ],
        notes="Didata waktu datang ke posko.",
        consent=data.consent,
        accept_warnings=True,
    )
