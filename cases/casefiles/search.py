"""Finding a case by its number or by words; never by who reported it."""

import re

from django.db.models import Q

from cases.casefiles.actions import case_of_code
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


def visible_case_of_code(user: User, code: str) -> Case | None:
    """The case of a resident's code (codes.read), where this user may see it."""
    case = case_of_code(code) if code else None
    return case if case is not None and user.sees(case.area_id) else None


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
