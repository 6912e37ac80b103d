"""Finding a family by what a person remembers: a name, the alley, the last four digits, or a whole number."""

import re

from django.db.models import Q

from cases.households.models import FormerKK, Household, HouseholdQuerySet, Member, kk_digest, nik_digest
from cases.households.words import search_terms
from cases.kernel import identity
from cases.people.models import User

__all__ = ["matching", "search", "search_terms"]

LAST_FOUR = 4
MOST_TERMS = 8
LONGEST = 200  # letters that are looked at: nobody types more, and SQLite refuses a pattern without end
RT_OR_RW = re.compile(r"\b(rt|rw)[\s.:]*0*(\d{1,3})\b", re.IGNORECASE)


def search(user: User, text: str) -> HouseholdQuerySet:
    """Families this user may see that fit every part of the text; none for an empty text."""
    households = Household.objects.visible_to(user).current()
    return matching(households, text) if text.strip() else households.none()


def matching(households: HouseholdQuerySet, text: str) -> HouseholdQuerySet:
    """Narrow a queryset that is already scoped."""
    text = text[:LONGEST]
    if is_whole_number(text):
        return households.filter(_whole_number(identity.normalise(text)))
    places, terms = RT_OR_RW.findall(text), search_terms(RT_OR_RW.sub(" ", text))[:MOST_TERMS]
    if not places and not terms:
        return households.none()
    for level, number in places:
        part = f".{int(number):03}"
        households = households.filter(
            Q(area__code__endswith=part) if level.casefold() == "rt" else Q(area__code__contains=f"{part}.")
        )
    for term in terms:
        fits = Q(search_text__contains=f" {term} " if term.isdigit() else f" {term}")
        if term.isdigit() and len(term) == LAST_FOUR:
            fits |= _last_four(term)
        households = households.filter(fits)
    return households


def is_whole_number(text: str) -> bool:
    digits = identity.normalise(text)
    return len(digits) == identity.LENGTH and digits.isascii() and digits.isdigit()


def _whole_number(digits: str) -> Q:
    """By digest: as KK now, as a KK before, or as the NIK of a member."""
    kk = kk_digest(digits)
    return (
        Q(kk_digest=kk)
        | Q(pk__in=FormerKK.objects.filter(kk_digest=kk).values("household_id"))
        | Q(pk__in=Member.objects.filter(nik_digest=nik_digest(digits)).values("household_id"))
    )


def _last_four(digits: str) -> Q:
    return (
        Q(kk_last4=digits)
        | Q(pk__in=FormerKK.objects.filter(kk_last4=digits).values("household_id"))
        | Q(pk__in=Member.objects.filter(nik_last4=digits).values("household_id"))
    )
