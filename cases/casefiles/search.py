"""Finding a case by its number or by words; never by who reported it."""

import re

from django.db.models import Q

from cases.casefiles.models import Case, CaseQuerySet
from cases.casefiles.rules import read_number
from cases.people.models import User

MOST_TERMS = 6
SHORTEST = 2
NUMBER_START = re.compile(r"[A-Z]{2,5}-\d{0,4}(-\d{0,6})?|[A-Z]{2,5}")


def search(user: User, text: str) -> CaseQuerySet:
    """Cases this user may see: by number, or with every word in the story or in what the family is found by."""
    cases = Case.objects.visible_to(user).with_words()
    return matching(cases, text) if text.strip() else cases.none()


def matching(cases: CaseQuerySet, text: str) -> CaseQuerySet:
    """Narrow a queryset that is already scoped."""
    number = read_number(text)
    if number:
        return cases.filter(number=number)
    plain = text.strip().upper()
    if NUMBER_START.fullmatch(plain) and "-" in plain:
        return cases.filter(number__startswith=plain)
    for term in re.findall(r"[^\W_]+", text)[:MOST_TERMS]:
        if len(term) >= SHORTEST:
            cases = cases.filter(
                Q(story__icontains=term)
                | Q(household__search_text__contains=f" {term.casefold()}")
                | Q(number__endswith=f"-{term}")
            )
    return cases
