"""Recording families: one at a door, or many at once."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.areas.models import Area
from cases.audit.actions import record
from cases.audit.models import AuditEvent
from cases.households import duplicates, permissions, rules
from cases.households.choices import HouseholdStatus, Relation
from cases.households.entries import NEEDS, ConsentData, HouseholdData, MemberData
from cases.households.findings import HouseholdRefused, LookAgain
from cases.households.models import Consent, FormerKK, Household, Member, kk_digest, nik_digest
from cases.households.rules import Finding
from cases.kernel import crypto, identity, logs
from cases.kernel.exceptions import ActionRefused
from cases.kernel.phones import normalise_phone
from cases.kernel.stamps import content_digest, stored_before
from cases.kernel.writes import action
from cases.people.models import User

BATCH = 500
NO_SUCH_RT = _("This RT is not known. Ask your coordinator to add it.")


@action
def record_household(
    *,
    by: User,
    area: Area | str,
    head_name: str,
    alley: str = "",
    house_number: str = "",
    landmark: str = "",
    kk: str = "",
    phone: str = "",
    needs: dict[str, bool] | None = None,
    livelihood: str = "",
    housing: str = "",
    vehicle: str = "",
    notes: str = "",
    members: Sequence[MemberData] = (),
    consent: ConsentData | None = None,
    client_id: uuid.UUID | None = None,
    accept_warnings: bool = False,
) -> Household:
    """A new family. Raises HouseholdRefused for what cannot be, LookAgain for what a person must confirm first.

    A head who is not among `members` becomes one; what a NIK says of sex and birth fills what was left empty.
    """
    data = HouseholdData(
        area=code_of(area),
        head_name=head_name.strip(),
        alley=alley.strip(),
        house_number=house_number.strip(),
        landmark=landmark.strip(),
        kk=kk,
        phone=phone.strip(),
        needs=needs or {},
        livelihood=livelihood.strip(),
        housing=housing,
        vehicle=vehicle,
        notes=notes.strip(),
        members=tuple(members),
        consent=consent,
    )
    permissions.check_can_record(by, data.area)
    # Keyed: beside the columns that lie open, a plain digest would give back the telephone, which is sealed.
    stamp = crypto.digest(content_digest(content_of(data)), purpose="households.household.client")
    if before := stored_before(Household, client_id, stamp):
        return before
    data, accepted = check(data, by=by, accept_warnings=accept_warnings)
    if not Area.objects.filter(pk=data.area).exists():
        raise ActionRefused(NO_SUCH_RT)
    household = build(data, by=by)
    household.client_id, household.client_digest = client_id, stamp if client_id else ""
    clean(household)
    try:
        with transaction.atomic():
            household.save(force_insert=True)
    except IntegrityError:
        # The same form sent twice at the same moment: the other one was first.
        if before := stored_before(Household, client_id, stamp):
            return before
        raise
    people = build_members(household, data)
    for person in people:
        clean(person)
        person.save(force_insert=True)
    if agreed := build_consent(household, data, by=by):
        clean(agreed)
        agreed.save(force_insert=True)
    record(
        "household.recorded", subject=household, by=by, data={**said_of(data, people), "accepted": accepted}
    )
    return household


@action
def record_households(
    *, rows: Iterable[HouseholdData], by: User, accept_warnings: bool = False
) -> list[Household]:
    """Many families at once, all or none, each with its event; a refusal says which row (counted from 0)."""
    data = [replace(row, head_name=row.head_name.strip()) for row in rows]
    today = timezone.localdate()
    known = set(Area.objects.filter(pk__in={row.area for row in data}).values_list("pk", flat=True))
    accepted: list[list[str]] = []
    for index, row in enumerate(data):
        permissions.check_can_record(by, row.area)
        found = rules.examine(row, today=today)
        if row.area not in known:
            raise HouseholdRefused([Finding("area", "not_an_rt")], row=index)
        if found.errors:
            raise HouseholdRefused(found.errors, row=index)
        if found.warnings and not accept_warnings:
            raise LookAgain(found.warnings, row=index)
        accepted.append(sorted({finding.code for finding in found.warnings}))
    if not accept_warnings:
        _check_many(data, by)

    households: list[Household] = []
    for start in range(0, len(data), BATCH):
        batch = [settled(row, today) for row in data[start : start + BATCH]]
        households += _store_batch(batch, accepted[start : start + BATCH], by=by, of=len(data))
    return households


def _store_batch(
    data: list[HouseholdData], accepted: list[list[str]], *, by: User, of: int
) -> list[Household]:
    """Insert settled families with the codes that were accepted for each; `of` is how many the whole list has."""
    households = [build(row, by=by) for row in data]
    clean_many(households)
    Household.objects.bulk_create(households)
    families = [build_members(household, row) for household, row in zip(households, data, strict=True)]
    people = [person for family in families for person in family]
    clean_many(people)
    Member.objects.bulk_create(people, batch_size=BATCH)
    consents = [build_consent(household, row, by=by) for household, row in zip(households, data, strict=True)]
    Consent.objects.bulk_create([consent for consent in consents if consent])
    AuditEvent.objects.bulk_create(
        [
            AuditEvent(
                verb="household.recorded",
                actor_id=by.pk,
                actor_name=by.get_username(),
                subject_type=Household._meta.label_lower,
                subject_id=str(household.pk),
                area_code=household.area_id,
                data={**said_of(row, family), "accepted": codes, "with": of},
                request_id=logs.request_id.get().strip("-"),
            )
            for household, row, family, codes in zip(households, data, families, accepted, strict=True)
        ]
    )
    return households


def check(data: HouseholdData, *, by: User, accept_warnings: bool) -> tuple[HouseholdData, list[str]]:
    """The data with its numbers made plain, and the codes of what was accepted; or HouseholdRefused, LookAgain."""
    today = timezone.localdate()
    found = rules.examine(data, today=today)
    if found.errors:
        raise HouseholdRefused(found.errors)
    data = settled(data, today)
    alike = duplicates_of(data, by)
    if (found.warnings or alike) and not accept_warnings:
        raise LookAgain(found.warnings, alike)
    return data, sorted({finding.code for finding in found.warnings} | {same.code for same in alike})


def duplicates_of(data: HouseholdData, by: User, but: int | None = None) -> list[duplicates.Duplicate]:
    """`data` is settled: its numbers are digits."""
    spouses = [member.name for member in data.members if member.relation == Relation.SPOUSE]
    return duplicates.find(
        by,
        area=data.area,
        names=[data.head_name, *spouses],
        kk=data.kk,
        niks=[member.nik for member in data.members],
        but=but,
    )


def settled(data: HouseholdData, today: date) -> HouseholdData:
    """Digits instead of typed numbers, the head first among the members, and needs that ages give away."""
    people = [settled_member(member, today) for member in data.members]
    heads = [replace(person, name=data.head_name) for person in people if person.relation == Relation.HEAD]
    heads = heads or [MemberData(name=data.head_name, relation=Relation.HEAD)]
    people = [*heads, *(person for person in people if person.relation != Relation.HEAD)]
    needs = {name: True for name in NEEDS if data.needs.get(name)}
    for person in people:
        needs |= dict.fromkeys(rules.needs_by_age(person.birth_date, today), True)
    return replace(
        data,
        kk=identity.normalise(data.kk),
        phone=normalise_phone(data.phone) if data.phone else "",
        needs=needs,
        members=tuple(people),
    )


def settled_member(member: MemberData, today: date) -> MemberData:
    """Digits instead of a typed number; the NIK fills sex and date of birth where they were left empty."""
    nik, name = identity.normalise(member.nik), member.name.strip()
    if not nik:
        return replace(member, name=name, nik="")
    sex, born = member.sex, member.birth_date
    if not (sex and born):
        checked = identity.check_nik(nik, birth_date=born, sex=sex or None, today=today)
        sex, born = sex or checked.sex or "", born or checked.birth_date
    return replace(member, name=name, nik=nik, no_nik="", sex=sex, birth_date=born)


def build(data: HouseholdData, *, by: User) -> Household:
    """An unsaved row from settled data."""
    household = Household(
        area_id=data.area,
        head_name=data.head_name,
        alley=data.alley,
        house_number=data.house_number,
        landmark=data.landmark,
        phone_sealed=data.phone or None,
        livelihood=data.livelihood,
        housing=data.housing,
        vehicle=data.vehicle,
        notes=data.notes,
        created_by=by,
        **{f"has_{name}": data.needs.get(name, False) for name in NEEDS},
    )
    household.set_kk(data.kk)
    household.set_keys([member.name for member in data.members])
    return household


def build_members(household: Household, data: HouseholdData) -> list[Member]:
    return [build_member(household, member) for member in data.members]


def build_member(household: Household, member: MemberData) -> Member:
    person = Member(
        household=household,
        name=member.name,
        relation=member.relation,
        sex=member.sex,
        birth_date=member.birth_date,
        no_nik=member.no_nik,
    )
    person.set_nik(member.nik)
    return person


def build_consent(household: Household, data: HouseholdData, *, by: User) -> Consent | None:
    if data.consent is None:
        return None
    return Consent(
        household=household,
        given_by=data.consent.given_by.strip() or data.head_name,
        given_on=data.consent.given_on,
        method=data.consent.method,
        purposes=list(data.consent.purposes),
        recorded_by=by,
    )


def clean(row: models.Model) -> None:
    """Lengths and choices, before a database refuses them without a sentence."""
    skipped = {
        field.name for field in row._meta.fields if field.is_relation or field.name.endswith("_sealed")
    }
    try:
        row.clean_fields(exclude=skipped)
    except ValidationError as error:
        name, sentences = next(iter(error.message_dict.items()))
        label = getattr(row._meta.get_field(name), "verbose_name", name)
        raise ActionRefused(f"{str(label).capitalize()}: {' '.join(sentences)}") from error


def clean_many(rows: list[Any]) -> None:
    """The same for thousands of rows of one model: only what may go wrong is asked of all, the sentence of that one."""
    if not rows:
        return
    texts = [
        (field.attname, field.max_length, frozenset(value for value, _label in field.flatchoices or ()))
        for field in rows[0]._meta.fields
        if isinstance(field, models.CharField | models.TextField) and not field.is_relation
    ]
    for row in rows:
        for name, longest, choices in texts:
            value = getattr(row, name)
            if value and ((longest and len(value) > longest) or (choices and value not in choices)):
                clean(row)


def code_of(area: Area | str) -> str:
    return area if isinstance(area, str) else area.pk


def content_of(data: HouseholdData) -> dict:
    """What a client stamp is made over: numbers by keyed digest, for a plain digest of digits can be guessed back."""
    content = asdict(data)
    content["kk"] = kk_digest(data.kk) if data.kk else ""
    content["members"] = [
        {**asdict(member), "nik": nik_digest(member.nik) if member.nik else ""} for member in data.members
    ]
    return content


def said_of(data: HouseholdData, people: list[Member]) -> dict:
    """What the history may say of a new family: no names, no numbers."""
    return {
        "members": len(people),
        "needs": [name for name in NEEDS if data.needs.get(name)],
        "kk": bool(data.kk),
        "niks": sum(bool(person.nik_digest) for person in people),
        "consent": list(data.consent.purposes) if data.consent else [],
    }


def _check_many(data: list[HouseholdData], by: User) -> None:
    """The duplicates of a list: within it, and with what is stored. Look-ups go in batches."""
    kks = [kk_digest(identity.normalise(row.kk)) if row.kk else "" for row in data]
    niks = [
        [nik_digest(identity.normalise(member.nik)) for member in row.members if member.nik] for row in data
    ]
    stored = _stored("kk_digest", kks, Household.objects.current())
    stored |= _stored("kk_digest", kks, FormerKK.objects.exclude(household__status=HouseholdStatus.MERGED))
    stored |= _stored(
        "nik_digest",
        [nik for family in niks for nik in family],
        Member.objects.filter(left_at=None).exclude(household__status=HouseholdStatus.MERGED),
    )
    peopled = set(
        Household.objects.current()
        .filter(area_id__in={row.area for row in data})
        .values_list("area_id", flat=True)
        .distinct()
    )
    seen: set[str] = set()
    today = timezone.localdate()
    for index, row in enumerate(data):
        own = {digest for digest in (kks[index], *niks[index]) if digest}
        if own & seen:
            raise HouseholdRefused(
                [Finding("kk" if kks[index] in seen else "members", "twice_in_list")], index
            )
        if own & stored or row.area in peopled:
            alike = duplicates_of(settled(row, today), by)
            if alike:
                raise LookAgain((), alike, row=index)
        seen |= own


def _stored(column: str, digests: list[str], rows: models.QuerySet) -> set[str]:
    wanted = sorted({digest for digest in digests if digest})
    found: set[str] = set()
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start : start + BATCH]
        found |= set(rows.filter(**{f"{column}__in": batch}).values_list(column, flat=True))
    return found
