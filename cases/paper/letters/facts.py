"""What a letter may say, gathered from the rows: nothing of a reporter or a family but what casefiles.permissions allows."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone, translation

from cases.areas.calendar import load_calendar
from cases.areas.choices import Level
from cases.areas.models import Area
from cases.audit.actions import timeline
from cases.casefiles.choices import Audience, EvidenceKind, ReporterRelation
from cases.casefiles.models import Case
from cases.casefiles.permissions import families_for_letter, reporter_for
from cases.casefiles.rules import QUESTIONS, Kind
from cases.escalations import ladder
from cases.escalations.choices import DayUnit, Matter, OfficeKind, Solves, Step, SubmissionStatus
from cases.escalations.models import Deadline, DeadlineRule, Office, Submission
from cases.escalations.rules import matter_of
from cases.kernel.indonesian import rt_rw, rupiah
from cases.kernel.phones import display_phone
from cases.kernel.scope import path_to
from cases.kernel.workdays import due
from cases.paper.choices import LetterKind, LetterStatus
from cases.paper.models import Letter
from cases.paper.sources import kampung_at, short_name
from cases.people.models import Organisation

# The next rung gets a copy, so that the office knows who watches; the first of these that there is.
COPIES: dict[str, tuple[OfficeKind, ...]] = {
    OfficeKind.RT_RW: (OfficeKind.VILLAGE,),
    OfficeKind.VILLAGE: (OfficeKind.CITY_SOCIAL, OfficeKind.DISTRICT),
    OfficeKind.DISTRICT: (OfficeKind.CITY_SOCIAL,),
    OfficeKind.CITY_SOCIAL: (OfficeKind.PROVINCE_SOCIAL,),
    OfficeKind.PROVINCE_SOCIAL: (OfficeKind.OMBUDSMAN,),
    OfficeKind.PPID: (OfficeKind.PROVINCE_SOCIAL,),
}


@dataclass(frozen=True, kw_only=True)
class Proof:
    """One piece of evidence: what kind, what it shows, since when it is kept, and the beginning of its digest."""

    kind: str
    caption: str
    kept_on: date
    digest: str


@dataclass(frozen=True, kw_only=True)
class CaseFacts:
    """`answers` holds the codes, `told` the same in Indonesian words. Names are "" where they may not be said."""

    number: str
    category: str
    place: str  # "RT 005/RW 011 Kelurahan Gedong, Kecamatan Pasar Rebo"
    place_short: str  # "RT 005/RW 011"
    village: str  # "Kelurahan Gedong"
    happened_on: date | None
    happened_about: str
    logged_on: date
    verified_on: date | None
    programme: str
    programme_short: str
    aid_round: str
    story: str
    answers: dict[str, Any]
    told: dict[str, str]
    reporter: str = ""
    # It happened to the reporter, who is named.
    reporter_is_hurt: bool = False
    # Somebody whose name is kept spoke, so that there is somebody who gives power to the organisation.
    has_reporter: bool = False
    family: str = ""
    family_address: str = ""
    kk_end: str = ""
    # There is somebody who must not be recognised: the story, in that person's own words, stays out.
    veiled: bool = False
    # A family that is not named because it has not agreed to that; the page asks for it.
    lacks_consent: bool = False
    proofs: tuple[Proof, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What an office said, by kind: an answer, a part of one, a request to complete the file or for more time."""

    kind: str
    on: date
    content: str


@dataclass(frozen=True, kw_only=True)
class SentFacts:
    """Something sent before. `waits` until all cases of the letter are answered; `solves` is the worst of the last answers.

    `due_on`: the last day for an answer, while it is waited for; `late`: days past it, or of silence where there is no such day.
    """

    office: str
    kind: str
    sent_on: date
    received_on: date | None
    their_number: str
    our_number: str
    due_on: date | None
    waits: bool
    replies: tuple[Reply, ...]
    solves: str
    late: int
    cases: int
    rule: str


@dataclass(frozen=True, kw_only=True)
class OfficeFacts:
    name: str
    kind: str
    addressee: str
    address: str
    copy_to: str
    rule: str  # "14 hari", "60 hari kerja"; "" without a clock
    basis: str
    answer_by: date | None


@dataclass(frozen=True, kw_only=True)
class Signatory:
    """The organisation that signs, and the posko it works from."""

    name: str
    short_name: str
    motto: str
    city: str
    address: str
    contact: str
    signer: str
    signer_office: str


@dataclass(frozen=True, kw_only=True)
class Brief:
    """All that the words of one letter are made of."""

    today: date
    cases: tuple[CaseFacts, ...]
    sent: tuple[SentFacts, ...]
    office: OfficeFacts | None
    by: Signatory
    area: str
    several: bool


def gather(letter: Letter, cases: Sequence[Case], *, today: date | None = None) -> Brief:
    """`cases` with_words(), those of the letter; `today` the day from which deadlines count."""
    today = today or letter.dated or timezone.localdate()
    with translation.override("id"):
        places = _places({case.area_id for case in cases} | {letter.area_id})
        families = families_for_letter(cases)
        facts = tuple(_case(case, families.get(case.pk), places) for case in cases)
        return Brief(
            today=today,
            cases=facts,
            sent=_sent(cases, letter, today),
            office=office_facts(letter.office, letter.kind, cases, today) if letter.office else None,
            by=signatory_of(letter.organisation, letter.area_id),
            area=places[letter.area_id],
            several=len(cases) > 1,
        )


# --- cases --------------------------------------------------------------------------------------------------------


def _case(case: Case, family: Any, places: dict[str, str]) -> CaseFacts:
    told = reporter_for(case, Audience.OFFICE)
    codes, words = _answers(case)
    verified = timeline(case).filter(verb="case.verified").values_list("at", flat=True).last()
    return CaseFacts(
        number=case.number,
        category=case.category,
        place=places[case.area_id],
        place_short=rt_rw(case.area_id) or places[case.area_id],
        village=re.sub(r"^RT.*?(?=Kelurahan)|^RW.*?(?=Kelurahan)|,.*", "", places[case.area_id]),
        happened_on=case.happened_on,
        happened_about=case.happened_about,
        logged_on=timezone.localdate(case.created_at),
        verified_on=timezone.localdate(verified) if verified else None,
        programme=case.programme.name if case.programme else "",
        programme_short=short_name(case.programme) if case.programme else "",
        aid_round=case.round.name if case.round else "",
        story=" ".join(case.story.split()),
        answers=codes,
        told=words,
        reporter=told.name,
        reporter_is_hurt=told.is_named and told.relation == str(ReporterRelation.SELF.label),
        has_reporter=reporter_for(case, Audience.COORDINATOR).withheld,
        family=family.head_name if family else "",
        family_address=", ".join(part for part in (family.address, places[family.area_id]) if part)
        if family
        else "",
        kk_end=family.kk_last4 if family else "",
        veiled=not told.may_name_household,
        lacks_consent=case.household is not None and family is None and told.may_name_household,
        proofs=_proofs(case),
    )


def _answers(case: Case) -> tuple[dict[str, Any], dict[str, str]]:
    codes: dict[str, Any] = {}
    words: dict[str, str] = {}
    for asked in QUESTIONS[case.category]:
        value = getattr(case, asked.column) if asked.column else case.details.get(asked.key)
        if value in (None, "", []):
            continue
        codes[asked.key] = value
        if asked.kind is Kind.RUPIAH:
            words[asked.key] = rupiah(int(value))
        elif asked.choices is None:
            words[asked.key] = str(value).strip().rstrip(".")
        else:
            values = value if isinstance(value, list) else [value]
            known: Any = asked.choices
            words[asked.key] = ", ".join(
                str(known(item).label) for item in values if item in known.values and item != "other"
            )
    return codes, {key: text for key, text in words.items() if text}


def _proofs(case: Case) -> tuple[Proof, ...]:
    words = {
        EvidenceKind.PHOTO: "Foto",
        EvidenceKind.PDF: "Dokumen (PDF)",
        EvidenceKind.AUDIO: "Rekaman suara",
    }
    return tuple(
        Proof(
            kind=words[EvidenceKind(row.kind)],
            caption=row.caption,
            kept_on=timezone.localdate(row.added_at),
            digest=row.original_sha256[:12],
        )
        for row in case.evidence.all()
        if row.struck_at is None
    )


def _places(codes: set[str]) -> dict[str, str]:
    """In full, as an office writes it, in one query."""
    wanted = {above for code in codes for above in path_to(code)}
    rows = {row.pk: row for row in Area.objects.filter(pk__in=wanted)}
    return {code: _place(code, rows) for code in codes}


def _place(code: str, rows: dict[str, Area]) -> str:
    words = {Level.VILLAGE: "Kelurahan", Level.DISTRICT: "Kecamatan"}
    above = [rows[each] for each in path_to(code) if each in rows]
    named = [f"{words[Level(row.level)]} {row.name}" for row in above if row.level in words][::-1]
    close = rt_rw(code)
    if close and named:
        return ", ".join([f"{close} {named[0]}", *named[1:]])
    return ", ".join(named) or (rows[code].name if code in rows else "")


# --- what was sent before -----------------------------------------------------------------------------------------


def _sent(cases: Sequence[Case], letter: Letter, today: date) -> tuple[SentFacts, ...]:
    rows = (
        Submission.objects.filter(links__case__in=cases)
        .exclude(status=SubmissionStatus.WITHDRAWN)
        .distinct()
        .select_related("office")
        .prefetch_related("answers__links", "links", "deadlines")
        .order_by("sent_on", "id")
    )
    if letter.submission_id:
        # The letter's own sending is no history of it.
        rows = rows.exclude(pk=letter.submission_id)
    numbers = dict(
        Letter.objects.filter(submission__in=rows, status=LetterStatus.HANDED_OVER)
        .exclude(number="")
        .order_by("-dated", "-id")
        .values_list("submission_id", "number")
    )
    wanted = {case.pk for case in cases}
    return tuple(_sending(row, numbers, wanted, today) for row in rows)


def _sending(row: Submission, numbers: dict[Any, str], wanted: set[int], today: date) -> SentFacts:
    links = [link for link in row.links.all() if link.case_id in wanted]
    ours = {link.pk for link in links}
    waits = row.status == SubmissionStatus.OPEN and any(link.answered_on is None for link in links)
    due_on = ladder.answer_due(row) if waits else None
    rule = next((each for each in row.deadlines.all() if each.step == Step.ANSWER), None)
    late = (today - (due_on or row.received_on or row.sent_on)).days if waits else 0
    return SentFacts(
        office=row.office.name,
        kind=row.office.kind,
        sent_on=row.sent_on,
        received_on=row.received_on,
        their_number=row.their_number,
        our_number=numbers.get(row.pk, ""),
        due_on=due_on,
        waits=waits,
        replies=tuple(
            Reply(kind=answer.kind, on=answer.answered_on, content=" ".join(answer.content.split()))
            for answer in row.answers.all()
            if ours & {link.pk for link in answer.links.all()}
        ),
        solves=_worst(link.solves for link in links),
        late=max(0, late),
        cases=len(links),
        rule=length_of(rule) if rule else "",
    )


def _worst(answers: Iterable[str]) -> str:
    known = set(answers)
    return next((each.value for each in (Solves.NO, Solves.PARTLY, Solves.YES) if each in known), "")


# --- the office ---------------------------------------------------------------------------------------------------


def _rule_of(office: Office, kind: str, category: str) -> DeadlineRule | None:
    """How long the office has to answer this kind of business; what has no time of its own has that of a complaint."""
    matter = Matter.OBJECTION if kind == LetterKind.OBJECTION else matter_of(category, office.kind)
    rules = {
        rule.matter: rule
        for rule in DeadlineRule.objects.filter(office_kind=office.kind, step=Step.ANSWER).order_by("pk")
    }
    return rules.get(matter.value) or rules.get(Matter.ORDINARY.value)


def length_of(rule: DeadlineRule | Deadline) -> str:
    return f"{rule.amount} {'hari kerja' if rule.unit == DayUnit.WORKING_DAYS else 'hari'}"


def office_facts(office: Office, kind: str, cases: Sequence[Case], today: date) -> OfficeFacts:
    """How an office is addressed in a letter of this kind, how long it has, and who gets a copy."""
    rule = _rule_of(office, kind, cases[0].category)
    return OfficeFacts(
        name=office.name,
        kind=office.kind,
        addressee=office.addressee or f"Pimpinan {office.name}",
        address=office.address,
        copy_to=_copy_to(office, cases[0]),
        rule=length_of(rule) if rule else "",
        basis=rule.legal_basis.partition(":")[0] if rule else "",
        answer_by=due(today, rule.amount, rule.unit, load_calendar()).date if rule else None,  # type: ignore[arg-type]
    )


def _copy_to(office: Office, case: Case) -> str:
    there = {row.kind: row for row in reversed(ladder.offices_for(case))}
    for kind in COPIES.get(office.kind, ()):
        if kind in there:
            return there[kind].addressee or there[kind].name
    return ""


# --- who signs ----------------------------------------------------------------------------------------------------


def signatory_of(organisation: Organisation, code: str) -> Signatory:
    """The organisation; where it has no number of its own, that of the posko."""
    phone = organisation.phone
    if not phone and (kampung := kampung_at(code)) is not None:
        phone = kampung.posko_phone
    contact = [f"Telepon/WhatsApp {display_phone(phone)}"] if phone else []
    contact += [organisation.email] if organisation.email else []
    return Signatory(
        name=organisation.name,
        short_name=organisation.short_name,
        motto=organisation.motto,
        city=organisation.city,
        address=organisation.address,
        contact=" · ".join(contact),
        signer=organisation.signatory,
        signer_office=organisation.signatory_office,
    )
