"""Search over everything a user may see, grouped by kind."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from cases.casefiles.models import Case
from cases.casefiles.rules import read_number
from cases.casefiles.search import search as search_cases
from cases.desk import rules
from cases.escalations.models import Office
from cases.households.models import Household
from cases.households.search import search as search_households
from cases.kernel import phones
from cases.people.models import User

SHOWN = 6  # of each kind; the lists of the slices show all
SHORTEST = 3  # letters that are worth looking for in names of offices and people


@dataclass(frozen=True)
class Found:
    households: list[Household]
    more_households: bool
    cases: list[Case]
    more_cases: bool
    offices: list[Office]
    people: list[User]

    @property
    def nothing(self) -> bool:
        return not (self.households or self.cases or self.offices or self.people)

    @property
    def several(self) -> bool:
        """More than one kind was found."""
        return sum(map(bool, (self.households, self.cases, self.offices, self.people))) > 1

    @property
    def only_household(self) -> Household | None:
        """The one thing found, where that is a family."""
        if len(self.households) == 1 and not (self.cases or self.offices or self.people):
            return self.households[0]
        return None


def cleaned(text: str) -> str:
    """One line of printable characters, as a database likes it."""
    plain = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(plain.split())[: rules.LONGEST]


def find(user: User, text: str) -> Found:
    """Five bounded queries at most. Whole numbers are looked up by digest, so only families and telephones answer them."""
    words = not rules.is_personal(text) or any(letter.isalpha() for letter in text)
    households = list(
        search_households(user, text).select_related("area__parent__parent").walking_order()[: SHOWN + 1]
    )
    cases = list(_cases(user, text)[: SHOWN + 1]) if words else []
    return Found(
        households=households[:SHOWN],
        more_households=len(households) > SHOWN,
        cases=cases[:SHOWN],
        more_cases=len(cases) > SHOWN,
        offices=list(_offices(user, text)[:SHOWN]) if words else [],
        people=list(_people(user, text)[:SHOWN]),
    )


def case_of_number(user: User, text: str) -> Case | None:
    """The case whose whole number was typed."""
    number = read_number(text)
    return Case.objects.visible_to(user).filter(number=number).first() if number else None


def _cases(user: User, text: str) -> QuerySet[Case]:
    found = search_cases(user, text)
    return found.select_related("area__parent__parent").order_by("-created_at", "-id")


def _offices(user: User, text: str) -> QuerySet[Office]:
    if len(text) < SHORTEST:
        return Office.objects.none()
    offices = Office.objects.visible_to(user).filter(active=True)
    for word in text.split():
        offices = offices.filter(
            _begins("name", word) | _begins("addressee", word) | _begins("area__name", word)
        )
    return offices.select_related("area__parent__parent")


def _people(user: User, text: str) -> QuerySet[User]:
    """Coordinators look after people; a volunteer finds no colleague's number here."""
    people = User.objects.visible_to(user).filter(is_active=True)
    if not user.is_coordinator or len(text) < SHORTEST:
        return people.none()
    if rules.is_personal(text):
        try:
            return people.filter(phone=phones.normalise_phone(text))
        except ValueError:
            return people.none()
    for word in text.split():
        people = people.filter(_begins("name", word) | _begins("username", word))
    return people


def _begins(column: str, word: str) -> Q:
    """One of the words begins so: "gang" is not Pegangsaan."""
    return Q(**{f"{column}__istartswith": word}) | Q(**{f"{column}__icontains": f" {word}"})
