"""What is wrong with what was typed, and what is only worth a second look. Pure; sentences are in findings.py."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cases.households.choices import ConsentPurpose, NoNik, Relation, Sex
from cases.households.entries import NEEDS, ConsentData, HouseholdData, MemberData
from cases.kernel import identity, phones

ELDERLY_FROM = 60  # UU 13/1998: lanjut usia
INFANT_BELOW = 6
PUPIL_UNTIL = 18
RT_PARTS = 6  # how many parts the code of an RT has
# Read once: `values` of an enumeration is made anew each time, and thousands of members may be examined at once.
RELATIONS, SEXES, NO_NIKS = frozenset(Relation.values), frozenset(Sex.values), frozenset(NoNik.values)


@dataclass(frozen=True, slots=True)
class Finding:
    """`field` is where it was typed ("kk", "members.0.nik"); `code` leads to the sentence."""

    field: str
    code: str


@dataclass(frozen=True, slots=True)
class Findings:
    """Errors refuse, warnings ask."""

    errors: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()


def examine(household: HouseholdData, *, today: date) -> Findings:
    """Everything that can be said about a family without asking the database."""
    errors: list[Finding] = []
    warnings: list[Finding] = []
    if not household.head_name.strip():
        errors.append(Finding("head_name", "name_missing"))
    if household.area.count(".") != RT_PARTS - 1:
        errors.append(Finding("area", "not_an_rt"))
    if set(household.needs) - set(NEEDS):
        errors.append(Finding("needs", "need_unknown"))
    if household.phone and not is_phone(household.phone):
        errors.append(Finding("phone", "not_a_phone"))
    if household.consent:
        errors += examine_consent(household.consent, today=today)
    if household.kk:
        _sort_in("kk", identity.check_kk(household.kk, today=today), errors, warnings)
        if not household.may_keep_numbers:
            errors.append(Finding("kk", "number_without_consent"))
    kk = identity.normalise(household.kk)
    seen: set[str] = set()
    for index, member in enumerate(household.members):
        at = f"members.{index}."
        found = examine_member(member, today=today)
        errors += [Finding(at + finding.field, finding.code) for finding in found.errors]
        warnings += [Finding(at + finding.field, finding.code) for finding in found.warnings]
        if nik := identity.normalise(member.nik):
            if not household.may_keep_numbers:
                errors.append(Finding(at + "nik", "number_without_consent"))
            if nik in seen:
                errors.append(Finding(at + "nik", "nik_twice"))
            if nik == kk:
                warnings.append(Finding(at + "nik", "nik_is_kk"))
            seen.add(nik)
    if sum(member.relation == Relation.HEAD for member in household.members) > 1:
        errors.append(Finding("members", "two_heads"))
    return Findings(tuple(errors), tuple(warnings))


def examine_member(member: MemberData, *, today: date) -> Findings:
    errors: list[Finding] = []
    warnings: list[Finding] = []
    if not member.name.strip():
        errors.append(Finding("name", "name_missing"))
    if member.birth_date and member.birth_date > today:
        errors.append(Finding("birth_date", "born_in_future"))
    if member.relation not in RELATIONS:
        errors.append(Finding("relation", "choice_unknown"))
    if member.sex and member.sex not in SEXES:
        errors.append(Finding("sex", "choice_unknown"))
    if member.no_nik and member.no_nik not in NO_NIKS:
        errors.append(Finding("no_nik", "choice_unknown"))
    if member.nik:
        checked = identity.check_nik(
            member.nik, birth_date=member.birth_date, sex=member.sex or None, today=today
        )
        _sort_in("nik", checked, errors, warnings)
    return Findings(tuple(errors), tuple(warnings))


def examine_consent(consent: ConsentData, *, today: date) -> list[Finding]:
    errors = []
    if consent.given_on > today:
        errors.append(Finding("consent.given_on", "consent_in_future"))
    if not consent.purposes:
        errors.append(Finding("consent.purposes", "consent_for_nothing"))
    if set(consent.purposes) - set(ConsentPurpose.values):
        errors.append(Finding("consent.purposes", "choice_unknown"))
    return errors


def is_phone(text: str) -> bool:
    try:
        phones.normalise_phone(text)
    except ValueError:
        return False
    return True


def age(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def needs_by_age(born: date | None, today: date) -> Iterator[str]:
    """What a date of birth says by itself about the needs of a family."""
    if born is None or born > today:
        return
    years = age(born, today)
    if years >= ELDERLY_FROM:
        yield "elderly"
    elif years < INFANT_BELOW:
        yield "infant"
    elif years <= PUPIL_UNTIL:
        yield "pupil"


def difference(due: int | None, actual: int | None) -> int | None:
    """Rupiah that did not arrive (negative: more than was due); None where one of the two is not known."""
    return None if due is None or actual is None else due - actual


def _sort_in(field: str, checked: identity.Checked, errors: list[Finding], warnings: list[Finding]) -> None:
    errors += [Finding(field, code) for code in checked.errors]
    warnings += [Finding(field, code) for code in checked.warnings]
