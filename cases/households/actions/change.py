"""Changing what is known of a family: its address and needs, its KK number, and whether it lives here."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.areas.models import Area
from cases.audit.actions import record
from cases.households import duplicates, permissions, rules
from cases.households.actions.record import (
    NO_SUCH_RT,
    clean,
    code_of,
    duplicates_of,
)
from cases.households.choices import HouseholdStatus, KKChange, Relation
from cases.households.entries import NEEDS, HouseholdData
from cases.households.findings import HouseholdRefused, LookAgain
from cases.households.models import FormerKK, Household, kk_digest
from cases.households.rules import Finding
from cases.kernel import identity
from cases.kernel.exceptions import ActionRefused
from cases.kernel.phones import normalise_phone
from cases.kernel.writes import action, locked
from cases.people.models import User

TEXTS = ("head_name", "alley", "house_number", "landmark", "livelihood", "housing", "vehicle", "notes")
EDITABLE = ("area", "phone", "needs", *TEXTS)


@action
def edit_household(
    *,
    household: Household,
    changes: dict[str, Any],
    by: User,
    unchanged_since: datetime | None = None,
    accept_warnings: bool = False,
) -> Household:
    """Change some of EDITABLE; `unchanged_since` is the `updated_at` that the form was filled from."""
    household = locked(household)
    permissions.check_can_edit(by, household)
    if unchanged_since and household.updated_at != unchanged_since:
        raise ActionRefused(
            _(
                "Someone else changed this family while you were typing. Open the page again and repeat your change."
            )
        )
    if unknown := set(changes) - set(EDITABLE):
        raise ValueError(f"not for edit_household: {sorted(unknown)}")
    area = code_of(changes.get("area", household.area_id))
    if area != household.area_id:
        permissions.check_can_record(by, area)
    names = [household.head_name, changes.get("head_name", household.head_name).strip()]
    data = HouseholdData(
        area=area, head_name=names[1], phone=changes.get("phone", ""), needs=changes.get("needs", {})
    )
    found = rules.examine(data, today=timezone.localdate())
    if found.errors:
        raise HouseholdRefused(found.errors)
    if area != household.area_id and not Area.objects.filter(pk=area).exists():
        raise ActionRefused(NO_SUCH_RT)
    if not accept_warnings and (area != household.area_id or names[0] != names[1]):
        alike = duplicates_of(data, by, but=household.pk)
        if alike:
            raise LookAgain((), alike)
    said = _apply(household, changes, area)
    if not said:
        return household
    clean(household)
    refresh_keys(household)
    household.save()
    if "head_name" in said:
        household.members.filter(relation=Relation.HEAD, left_at=None).update(name=household.head_name)
    record("household.edited", subject=household, by=by, data={"fields": said})
    return household


def _apply(household: Household, changes: dict[str, Any], area: str) -> list[str]:
    """Set what differs; the names of what did."""
    said = []
    if area != household.area_id:
        household.area_id = area
        said.append("area")
    for name in TEXTS:
        if name in changes and (value := changes[name].strip()) != getattr(household, name):
            setattr(household, name, value)
            said.append(name)
    for name in NEEDS:
        wanted = changes.get("needs", {}).get(name, getattr(household, f"has_{name}"))
        if wanted != getattr(household, f"has_{name}"):
            setattr(household, f"has_{name}", wanted)
            said.append(f"has_{name}")
    if "phone" in changes:
        phone = normalise_phone(changes["phone"]) if changes["phone"] else ""
        if phone != household.phone:
            household.phone_sealed = phone or None
            said.append("phone")
    return said


def refresh_keys(household: Household) -> None:
    """Bring search words and walking order up to date, without saving."""
    names = (
        list(household.members.filter(left_at=None).values_list("name", flat=True)) if household.pk else []
    )
    household.set_keys([household.head_name, *names])


@action
def change_kk(
    *, household: Household, kk: str, reason: str, by: User, accept_warnings: bool = False
) -> Household:
    """The family's first KK number, or another one; the one before is kept with the reason (choices.KKChange)."""
    household = locked(household)
    permissions.check_can_edit(by, household)
    if reason not in KKChange.values and household.kk_digest:
        raise ActionRefused(_("Say why the KK number changed."))
    checked = identity.check_kk(kk, today=timezone.localdate())
    errors = [Finding("kk", code) for code in checked.errors]
    if not household.consented():
        errors.append(Finding("kk", "number_without_consent"))
    if errors:
        raise HouseholdRefused(errors)
    digits = checked.digits
    if kk_digest(digits) == household.kk_digest:
        raise ActionRefused(_("This is the KK number that is already recorded."))
    warnings = [Finding("kk", code) for code in checked.warnings]
    alike = duplicates.find(by, kk=digits, but=household.pk)
    if (warnings or alike) and not accept_warnings:
        raise LookAgain(warnings, alike)
    first = not household.kk_digest
    if household.kk_sealed:
        FormerKK(
            household=household,
            kk_sealed=household.kk_sealed,
            kk_digest=household.kk_digest,
            kk_last4=household.kk_last4,
            reason=reason,
            until=timezone.localdate(),
            by=by,
        ).save(force_insert=True)
    household.set_kk(digits)
    household.save()
    record(
        "household.kk_recorded" if first else "household.kk_changed",
        subject=household,
        by=by,
        data={} if first else {"reason": reason},
    )
    return household


@action
def moved_away(*, household: Household, on: date, by: User) -> Household:
    household = locked(household)
    permissions.check_can_edit(by, household)
    if household.status == HouseholdStatus.MOVED:
        raise ActionRefused(_("This family is already marked as moved away."))
    if on > timezone.localdate():
        raise ActionRefused(_("The day is still to come."))
    household.status = HouseholdStatus.MOVED
    household.save(update_fields=["status", "updated_at"])
    record("household.moved_away", subject=household, by=by, data={"on": str(on)})
    return household


@action
def moved_back(*, household: Household, by: User) -> Household:
    household = locked(household)
    permissions.check_can_edit(by, household)
    if household.status != HouseholdStatus.MOVED:
        raise ActionRefused(_("This family is not marked as moved away."))
    household.status = HouseholdStatus.ACTIVE
    household.save(update_fields=["status", "updated_at"])
    record("household.moved_back", subject=household, by=by)
    return household
