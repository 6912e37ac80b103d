"""Single steps of a case, each at its moment: checked, sent, received, answered, ended."""

from collections.abc import Generator, Iterator
from datetime import datetime
from random import Random

from django.utils import timezone

from cases.casefiles.actions import ask_details, assign, close, resolve, supply_details, verify
from cases.casefiles.choices import Category, CloseReason, Confirmed, Outcome
from cases.casefiles.models import Case
from cases.desk.demo.ground import World
from cases.desk.demo.pictures import answer as letter
from cases.desk.demo.texts import pick, suiting
from cases.escalations.actions import note_progress, receive, record_answer, send
from cases.escalations.choices import AnswerKind, Channel, OfficeKind, Solves, Word
from cases.escalations.models import Office, Submission

type Steps = Generator[datetime, None, None]
type Sending = Generator[datetime, None, Submission]


def verified(world: World, case: Case, rng: Random, ago: int) -> Steps:
    yield world.days.back(ago, rng)
    by = world.coordinator(case.area_id)
    verify(case=case, by=by)
    if rng.random() < 0.5:
        assign(case=case, by=by, to=world.volunteer(case.area_id))


def details_first(world: World, case: Case, rng: Random, ago: int) -> Steps:
    if rng.random() > 0.35:
        return
    row = pick(rng, world.texts.coordinator, case.category, kind="needs")
    yield world.days.back(ago, rng)
    ask_details(case=case, by=world.coordinator(case.area_id), needs=row["text"])
    yield world.days.back(ago - 2, rng)
    supply_details(case=case, by=world.volunteer(case.area_id), note=row["reply"])


def first_office(case: Case) -> OfficeKind:
    if case.category == Category.INTIMIDATION:
        return OfficeKind.INSPECTORATE
    return OfficeKind.CITY_SOCIAL if case.category == Category.FRAUD else OfficeKind.VILLAGE


def sent_to(
    world: World, case: Case, rng: Random, ago: int, kind: OfficeKind, after: Submission | None = None
) -> Sending:
    return (yield from letter_to(world, [case], rng, ago, kind, after))


def letter_to(
    world: World,
    cases: list[Case],
    rng: Random,
    ago: int,
    kind: OfficeKind,
    after: Submission | None = None,
) -> Sending:
    """`after`: what this letter carries on to the next rung."""
    yield world.days.back(world.open_days_ago(ago), rng, hours=(8, 15))
    by, today = world.coordinator(cases[0].area_id), timezone.localdate()
    office = Office.objects.responsible_for(cases[0].area_id).filter(kind=kind).earliest("code")
    by_hand = kind in (OfficeKind.VILLAGE, OfficeKind.DISTRICT, OfficeKind.CITY_SOCIAL)
    draw = rng.random()
    stamp = f"{rng.randint(20, 980)}/-072.{rng.randint(11, 29)}/{today.year}"
    if not by_hand:
        number = f"{rng.randint(1_000_000, 9_999_999)}" if kind == OfficeKind.LAPOR else ""
        channel = Channel.APP if kind == OfficeKind.LAPOR else Channel.LETTER
        return send(
            cases=cases,
            office=office,
            channel=channel,
            sent_on=today,
            by=by,
            their_number=number,
            appeal_of=after,
        )
    if draw < 0.15 or world.calendar.reason(today):
        return send(
            cases=cases, office=office, channel=Channel.WHATSAPP, sent_on=today, by=by, appeal_of=after
        )
    if draw < 0.8:
        return send(
            cases=cases,
            office=office,
            channel=Channel.LETTER,
            sent_on=today,
            received_on=today,
            received_by="Loket tata usaha",
            their_number=stamp,
            by=by,
            appeal_of=after,
        )
    submission = send(
        cases=cases, office=office, channel=Channel.LETTER, sent_on=today, by=by, appeal_of=after
    )
    # The receipt was fetched the next day.
    yield world.days.back(ago - 1, rng, hours=(8, 15))
    return receive(
        submission=submission,
        received_on=max(today, world.open_day(timezone.localdate())),
        received_by="Loket tata usaha",
        their_number=stamp,
        by=by,
    )


INCOMPLETE = (
    "Berkas belum lengkap. Mohon dilampirkan fotokopi KTP dan KK serta surat keterangan domisili dari RT."
)


def sent_back(
    world: World, case: Case, submission: Submission, rng: Random, after: int
) -> Iterator[datetime]:
    """The office itself wants the file completed."""
    receipt = submission.received_on or submission.sent_on
    yield world.days.back(max(1, world.days.since(receipt) - after), rng, hours=(9, 17))
    record_answer(
        submission=submission,
        answered_on=max(receipt, world.open_day(timezone.localdate())),
        kind=AnswerKind.INCOMPLETE,
        content=INCOMPLETE,
        by=world.coordinator(case.area_id),
    )


def their_words(world: World, case: Case, submission: Submission, rng: Random) -> Iterator[datetime]:
    """SP4N-LAPOR! says the next day that it has verified."""
    since = world.days.since(submission.sent_on)
    yield world.days.back(max(1, since - 1), rng, hours=(9, 17))
    note_progress(
        submission=submission,
        word=Word.LAPOR_VERIFIED,
        on=timezone.localdate(),
        by=world.coordinator(case.area_id),
    )


def answered(
    world: World, case: Case, submission: Submission, rng: Random, after: int, solves: Solves
) -> Generator[datetime, None, str]:
    """So many days after it was received; gives the outcome of which the answer speaks."""
    receipt = submission.received_on or submission.sent_on
    ago = world.days.since(receipt) - after
    yield world.days.back(max(1, ago), rng, hours=(9, 17))
    row = pick(rng, world.texts.answers, case.category, solves=solves)
    today = timezone.localdate()
    by = world.coordinator(case.area_id)
    number = f"{rng.randint(100, 900)}/-1.71/{today.year}"
    written = rng.random() < 0.2
    picture = letter(submission.office.name, today, _lines(row["text"]), case.number) if written else None
    record_answer(
        submission=submission,
        answered_on=max(receipt, world.open_day(today)),
        content=row["text"],
        solves=solves,
        their_number=number if written else "",
        attachment=picture,
        by=by,
    )
    return row["outcome"]


def _lines(text: str, width: int = 46) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def resolved(world: World, case: Case, outcome: str, rng: Random) -> None:
    rows = [row for row in suiting(world.texts.closing, case.category) if row["outcome"] in Outcome.values]
    rows = [row for row in rows if row["outcome"] == outcome] or rows
    row = rng.choice(rows)
    resolve(
        case=case,
        by=world.coordinator(case.area_id),
        outcome=row["outcome"],
        confirmed=rng.choice([Confirmed.FAMILY, Confirmed.FAMILY, Confirmed.SEEN]),
        note=row["text"],
    )


def closed(
    world: World, case: Case, reason: CloseReason, rng: Random, duplicate_of: Case | None = None
) -> None:
    row = pick(rng, world.texts.closing, case.category, outcome=reason)
    close(
        case=case,
        by=world.coordinator(case.area_id),
        reason=reason,
        duplicate_of=duplicate_of,
        note=row["text"],
    )


def says(world: World, case: Case, kind: str, rng: Random) -> str:
    return pick(rng, world.texts.coordinator, case.category, kind=kind)["text"]
