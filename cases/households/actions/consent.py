"""Consent given and withdrawn, and whole numbers shown."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.audit.actions import record
from cases.households import permissions, rules
from cases.households.actions.record import clean
from cases.households.choices import RevealReason
from cases.households.entries import ConsentData
from cases.households.findings import HouseholdRefused
from cases.households.models import Consent, FormerKK, Household, Member, StatusCheck, revealed
from cases.kernel.exceptions import ActionRefused
from cases.kernel.writes import action, locked
from cases.people.models import User


@dataclass(frozen=True, slots=True)
class Numbers:
    """Whole numbers, for one page only: `niks` by member."""

    kk: str
    niks: dict[int, str]


@action
def record_consent(*, household: Household, consent: ConsentData, by: User) -> Consent:
    household = locked(household)
    permissions.check_can_edit(by, household)
    if errors := rules.examine_consent(consent, today=timezone.localdate()):
        raise HouseholdRefused(errors)
    agreed = Consent(
        household=household,
        given_by=consent.given_by.strip() or household.head_name,
        given_on=consent.given_on,
        method=consent.method,
        purposes=list(consent.purposes),
        recorded_by=by,
    )
    clean(agreed)
    agreed.save(force_insert=True)
    record(
        "household.consent_recorded",
        subject=household,
        by=by,
        about=agreed,
        data={"purposes": agreed.purposes, "method": agreed.method, "on": str(agreed.given_on)},
    )
    return agreed


@action
def withdraw_consent(*, household: Household, on: date, by: User) -> Household:
    """All consent ends: KK, NIK, telephone and screenshots are erased, also in records merged into this one."""
    household = locked(household)
    permissions.check_can_edit(by, household)
    today = timezone.localdate()
    if on > today:
        raise ActionRefused(_("The day is still to come."))
    family = _with_merged(household)
    pks = [each.pk for each in family]
    ended = Consent.objects.filter(household__in=pks, withdrawn_on=None).update(withdrawn_on=on)
    if not ended:
        raise ActionRefused(_("This family has no consent on record that could be withdrawn."))
    erased = {
        "kk": sum(bool(each.kk_digest) for each in family),
        "niks": Member.objects.filter(household__in=pks).exclude(nik_digest="").count(),
        "former_kks": FormerKK.objects.filter(household__in=pks).count(),
        "phones": sum(each.phone_sealed is not None for each in family),
    }
    for each in family:
        each.set_kk("")
        each.phone_sealed = None
        each.save()
    Member.objects.filter(household__in=pks).update(nik_sealed=None, nik_digest="", nik_last4="")
    FormerKK.objects.filter(household__in=pks).delete()
    erased["screenshots"] = _erase_screenshots(pks)
    record("household.consent_withdrawn", subject=household, by=by, data={"on": str(on), "erased": erased})
    return household


@action
def reveal_numbers(*, household: Household, reason: str, by: User) -> Numbers:
    """The whole numbers, and a line of history that says who asked and why (choices.RevealReason)."""
    permissions.check_can_reveal(by, household)
    if reason not in RevealReason.values:
        raise ActionRefused(_("Say why you need the whole numbers."))
    members = [member for member in household.members.filter(left_at=None) if member.nik_sealed]
    numbers = Numbers(
        kk=revealed(household.kk_sealed),
        niks={member.pk: revealed(member.nik_sealed) for member in members},
    )
    record(
        "household.revealed",
        subject=household,
        by=by,
        data={"reason": reason, "kk": bool(numbers.kk), "niks": len(numbers.niks)},
    )
    return numbers


def _with_merged(household: Household) -> list[Household]:
    """The record and all that were merged into it, however far back."""
    family, todo = [household], [household.pk]
    while todo:
        merged = list(Household.objects.select_for_update().filter(merged_into__in=todo))
        family += merged
        todo = [each.pk for each in merged]
    return family


def _erase_screenshots(pks: list[int]) -> int:
    """A screenshot may show a whole NIK. The file goes only when the transaction stands."""
    checks = StatusCheck.objects.filter(household__in=pks).exclude(screenshot="")
    names = list(checks.values_list("screenshot", flat=True))
    storage = StatusCheck._meta.get_field("screenshot").storage
    checks.update(screenshot="")
    for name in names:
        transaction.on_commit(partial(storage.delete, name))
    return len(names)
