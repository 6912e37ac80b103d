"""Families that may be the one being typed. What lies outside the reader's area is never named."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.households.choices import HouseholdStatus, KKChange, Relation
from cases.households.models import FormerKK, Household, Member, kk_digest, nik_digest
from cases.kernel.names import similar
from cases.people.models import User

SIMILAR_FROM = 85  # of 100, see kernel.names.similar
MOST_SHOWN = 5
SENTENCES = {
    "kk": _("This KK number is already recorded."),
    "former_kk": _("This is a former KK number of a family that is already recorded."),
    "nik": _("This NIK is already recorded."),
    "name": _("A similar name is recorded in the same RT."),
    "elsewhere": _("This number is already recorded in another area. Ask your coordinator."),
}


@dataclass(frozen=True, slots=True)
class Duplicate:
    """`household` is None where the reader may not know who it is."""

    code: str
    household: Household | None = None

    @property
    def sentence(self) -> Promise:
        return SENTENCES[self.code]

    @property
    def key(self) -> str:
        return f"{self.code}-{self.household.pk if self.household else ''}"


def find(
    user: User,
    *,
    area: str = "",
    names: Iterable[str] = (),
    kk: str = "",
    niks: Iterable[str] = (),
    but: int | None = None,
) -> list[Duplicate]:
    """Families with the same numbers (16 digits each) anywhere, and with a similar name of head or spouse in the same RT.

    `but` is the family that is being edited. One entry a family, for the strongest reason.
    """
    codes: dict[int, str] = {}
    for code, pks in _same_numbers(kk, [nik for nik in niks if nik]).items():
        for pk in pks:
            codes.setdefault(pk, code)
    for pk in _similar_names(area, [name for name in names if name.strip()]):
        codes.setdefault(pk, "name")
    codes.pop(but or 0, None)
    if not codes:
        return []
    seen = {
        household.pk: household
        for household in Household.objects.visible_to(user).filter(pk__in=codes).select_related("area")
    }
    found = [Duplicate(code, seen[pk]) for pk, code in codes.items() if pk in seen]
    if any(pk not in seen and code != "name" for pk, code in codes.items()):
        found.append(Duplicate("elsewhere"))
    return found[:MOST_SHOWN]


def _same_numbers(kk: str, niks: list[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    if kk:
        digest = kk_digest(kk)
        found["kk"] = list(Household.objects.current().filter(kk_digest=digest).values_list("pk", flat=True))
        found["former_kk"] = list(
            FormerKK.objects.filter(kk_digest=digest)
            # A number that was typed wrongly may well be another family's.
            .exclude(reason=KKChange.CORRECTED)
            .exclude(household__status=HouseholdStatus.MERGED)
            .values_list("household_id", flat=True)
        )
    if niks:
        found["nik"] = list(
            Member.objects.filter(nik_digest__in=[nik_digest(nik) for nik in niks], left_at=None)
            .exclude(household__status=HouseholdStatus.MERGED)
            .values_list("household_id", flat=True)
        )
    return found


def _similar_names(area: str, names: list[str]) -> list[int]:
    """Households of the RT, most similar first."""
    if not area or not names:
        return []
    living_there = Q(household__area_id=area) & Q(left_at=None) & ~Q(household__status=HouseholdStatus.MERGED)
    known = Member.objects.filter(living_there, relation__in=(Relation.HEAD, Relation.SPOUSE)).values_list(
        "household_id", "name"
    )
    scores: dict[int, float] = {}
    for pk, other in known:
        score = max(similar(name, other) for name in names)
        if score >= SIMILAR_FROM:
            scores[pk] = max(score, scores.get(pk, 0))
    return sorted(scores, key=lambda pk: -scores[pk])
