"""Members of a family: who joins, who changes, who leaves, who is head."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.audit.actions import record
from cases.households import duplicates, permissions, rules
from cases.households.actions.change import refresh_keys
from cases.households.actions.record import build_member, clean, settled_member
from cases.households.choices import Relation
from cases.households.entries import MemberData
from cases.households.findings import HouseholdRefused, LookAgain
from cases.households.models import Household, Member, kk_digest, nik_digest
from cases.households.rules import Finding
from cases.kernel.exceptions import ActionRefused
from cases.kernel.writes import action, locked
from cases.people.models import User


@action
def add_member(
    *, household: Household, member: MemberData, by: User, accept_warnings: bool = False
) -> Member:
    household = locked(household)
    permissions.check_can_edit(by, household)
    member, accepted = _check_member(household, member, by=by, accept_warnings=accept_warnings)
    person = build_member(household, member)
    clean(person)
    person.save(force_insert=True)
    needs = _take_needs(household, person)
    refresh_keys(household)
    household.save()
    record(
        "household.member_added",
        subject=household,
        by=by,
        about=person,
        data={
            "relation": person.relation,
            "nik": bool(person.nik_digest),
            "needs": needs,
            "accepted": accepted,
        },
    )
    return person


@action
def edit_member(*, member: Member, data: MemberData, by: User, accept_warnings: bool = False) -> Member:
    """Write what the form says; an empty NIK without a reason keeps the one that is stored."""
    household = locked(member.household)
    member = locked(member)
    permissions.check_can_edit(by, household)
    data, _accepted = _check_member(household, data, by=by, accept_warnings=accept_warnings, but=member)
    said = []
    for name in ("name", "relation", "sex", "birth_date"):
        if getattr(member, name) != getattr(data, name):
            setattr(member, name, getattr(data, name))
            said.append(name)
    if data.nik or data.no_nik:
        before = (member.nik_digest, member.no_nik)
        member.set_nik(data.nik)
        member.no_nik = data.no_nik
        if before != (member.nik_digest, member.no_nik):
            said.append("nik")
    if not said:
        return member
    clean(member)
    member.save()
    if member.relation == Relation.HEAD:
        household.head_name = member.name
    _take_needs(household, member)
    refresh_keys(household)
    household.save()
    record("household.member_edited", subject=household, by=by, about=member, data={"fields": said})
    return member


@action
def member_left(*, member: Member, on: date, by: User, new_head: Member | None = None) -> Member:
    """Moved out, married out or died; when it is the head, someone else of the family becomes head."""
    household = locked(member.household)
    member = locked(member)
    permissions.check_can_edit(by, household)
    if member.left_at:
        raise ActionRefused(_("This person already left the family."))
    if on > timezone.localdate():
        raise ActionRefused(_("The day is still to come."))
    was_head = member.relation == Relation.HEAD
    if was_head and new_head is None:
        raise ActionRefused(_("The head of the family leaves: choose who is head now."))
    member.left_at = on
    member.save(update_fields=["left_at"])
    if was_head and new_head:
        _crown(household, new_head)
    refresh_keys(household)
    household.save()
    record("household.member_left", subject=household, by=by, about=member, data={"on": str(on)})
    return member


@action
def change_head(*, member: Member, by: User) -> Household:
    """Another member becomes head; the one before stays in the family."""
    household = locked(member.household)
    permissions.check_can_edit(by, household)
    household.members.filter(relation=Relation.HEAD, left_at=None).exclude(pk=member.pk).update(
        relation=Relation.OTHER
    )
    _crown(household, member)
    refresh_keys(household)
    household.save()
    record("household.head_changed", subject=household, by=by, about=member)
    return household


def _crown(household: Household, member: Member) -> None:
    member = locked(member)
    if member.household_id != household.pk or member.left_at:
        raise ActionRefused(_("Choose someone who lives in this family now."))
    member.relation = Relation.HEAD
    try:
        with transaction.atomic():
            member.save(update_fields=["relation"])
    except IntegrityError as error:
        raise HouseholdRefused([Finding("relation", "two_heads")]) from error
    household.head_name = member.name


def _take_needs(household: Household, person: Member) -> list[str]:
    """A date of birth can add a need, never take one away: the volunteer saw the family."""
    added = [
        name
        for name in rules.needs_by_age(person.birth_date, timezone.localdate())
        if not getattr(household, f"has_{name}")
    ]
    for name in added:
        setattr(household, f"has_{name}", True)
    return added


def _check_member(
    household: Household, member: MemberData, *, by: User, accept_warnings: bool, but: Member | None = None
) -> tuple[MemberData, list[str]]:
    """Settled data and the codes of what was accepted; `but` is the member that is being edited."""
    today = timezone.localdate()
    found = rules.examine_member(member, today=today)
    errors, warnings = list(found.errors), list(found.warnings)
    was_head = but is not None and but.relation == Relation.HEAD
    if (member.relation == Relation.HEAD) != was_head:
        errors.append(Finding("relation", "head_by_itself"))
    if member.nik and not household.consented():
        errors.append(Finding("nik", "number_without_consent"))
    if errors:
        raise HouseholdRefused(errors)
    member = settled_member(member, today)
    others = [other for other in household.members.filter(left_at=None) if but is None or other.pk != but.pk]
    alike = []
    if member.nik:
        digest = nik_digest(member.nik)
        if any(other.nik_digest == digest for other in others):
            raise HouseholdRefused([Finding("nik", "nik_twice")])
        if kk_digest(member.nik) == household.kk_digest:
            warnings.append(Finding("nik", "nik_is_kk"))
        alike = duplicates.find(by, niks=[member.nik], but=household.pk)
    same = (member.name.casefold(), member.birth_date)
    if any((other.name.casefold(), other.birth_date) == same for other in others):
        warnings.append(Finding("name", "member_again"))
    if (warnings or alike) and not accept_warnings:
        raise LookAgain(warnings, alike)
    return member, sorted({finding.code for finding in warnings} | {found.code for found in alike})
