"""What an audience may learn of a reporter, and what may therefore stand in a text or a letter. One function decides."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.casefiles import rules
from cases.casefiles.choices import Audience, Category, ReporterLevel, ReporterRelation
from cases.casefiles.models import Case, Reporter
from cases.casefiles.permissions.acting import check_sees
from cases.households.choices import ConsentPurpose
from cases.households.models import Household
from cases.kernel.exceptions import ActionRefused, NotAllowed
from cases.people.models import User

# Cases about what somebody did: whoever is complained of will ask who spoke.
AGAINST_SOMEONE = frozenset(
    {
        Category.LEVY,
        Category.DEDUCTION,
        Category.SHARED_OUT,
        Category.INVITATION,
        Category.CARD_HELD,
        Category.WELL_OFF,
        Category.FICTITIOUS,
        Category.INTIMIDATION,
        Category.FRAUD,
    }
)
GIVEN_AWAY = _("The reporter's name or number stands in the text, which others read. Take it out there.")
LETTER_GIVES_AWAY = _(
    "The name or number of a reporter who may not appear stands in the letter. Take it out of the text."
)
LETTER_NAMES_FAMILY = _(
    "The letter names a family that it may not name: it would lead to whoever spoke, or the family has not agreed. "
    "Take the name out of the text."
)


@dataclass(frozen=True)
class Told:
    """What an audience may learn. `withheld`: there is more, and this audience may ask for it (and is recorded)."""

    level: str = ""
    name: str = ""
    phone: str = ""
    relation: str = ""
    withheld: bool = False
    # Naming the family would name whoever spoke.
    may_name_household: bool = False

    @property
    def is_named(self) -> bool:
        return bool(self.name)


NOTHING = Told()


def audience_of(case: Case, user: User) -> Audience:
    if user.coordinates(case.area_id):
        return Audience.COORDINATOR
    if not user.sees(case.area_id):
        return Audience.PUBLIC
    return Audience.RECORDER if case.created_by_id == user.pk else Audience.VOLUNTEER


def reporter_for(case: Case, asker: User | Audience, *, asked: bool = False) -> Told:
    """THE function that decides what somebody may learn of a reporter; every output asks it (blueprint rule 6).

    `asked` is set by `actions.reveal_reporter` only, which records it. Paper from door to door, other volunteers (one may be
    the RT complained of) and everyone else learn nothing, not even that there is a name.
    """
    audience = asker if isinstance(asker, Audience) else audience_of(case, asker)
    reporter = Reporter.objects.filter(case=case).first() if case.pk else None
    level = reporter.level if reporter else ReporterLevel.ANONYMOUS
    if audience in (Audience.RECORDER, Audience.COORDINATOR):
        kept = reporter is not None and any((reporter.name_sealed, reporter.phone_sealed))
        if not (asked and kept):
            return Told(level=level, withheld=kept, may_name_household=True)
        return Told(
            level=level,
            name=_opened(reporter, "name_sealed"),
            phone=_opened(reporter, "phone_sealed"),
            relation=_relation(reporter),
            may_name_household=True,
        )
    if audience == Audience.OFFICE:
        if level == ReporterLevel.MAY_BE_NAMED:
            # The telephone stays with the posko: an office answers the posko.
            return Told(
                level=level,
                name=_opened(reporter, "name_sealed"),
                relation=_relation(reporter),
                may_name_household=True,
            )
        return Told(may_name_household=case.category not in AGAINST_SOMEONE)
    if audience == Audience.VOLUNTEER:
        return Told(may_name_household=True)
    return NOTHING


def check_can_reveal_reporter(user: User, case: Case) -> None:
    check_sees(user, case)
    told = reporter_for(case, user)
    if not told.level:
        raise NotAllowed(
            _("Only the coordinator and the volunteer who recorded this case may see the reporter.")
        )
    if not told.withheld:
        raise ActionRefused(_("No name was kept for this case."))


def check_keeps_reporter(case: Case, *texts: str, by: User | None = None) -> None:
    """What others read must not hold the name or number of the reporter: "may be named" speaks of the office, not of neighbours.

    A refusal is an output too: to `by` who may not know the reporter it would say that a guess was right, so there is none.
    """
    if by is not None and not reporter_for(case, by).level:
        return
    reporter = Reporter.objects.filter(case=case).first()
    if reporter is None:
        return
    name, phone = _opened(reporter, "name_sealed"), _opened(reporter, "phone_sealed")
    if rules.gives_away(texts, name=name, phone=phone):
        raise ActionRefused(GIVEN_AWAY)


def families_for_letter(cases: Iterable[Case]) -> dict[int, Household]:
    """By case, the families that a letter to an office about these cases may name.

    Not one that would lead to whoever spoke, nor one that did not agree to have its complaint followed up, nor one whose head
    bears the name of a reporter of this letter who must not appear in it.
    """
    cases = list(cases)
    hidden = [name for case in cases if (name := _hidden_from_office(case)[0])]
    named = {}
    for case in cases:
        household = case.household
        if (
            household is not None
            and reporter_for(case, Audience.OFFICE).may_name_household
            and household.consented(ConsentPurpose.CASE)
            and not any(rules.gives_away([household.head_name], name=name, phone="") for name in hidden)
        ):
            named[case.pk] = household
    return named


def check_letter_keeps_reporters(cases: Iterable[Case], *texts: str) -> None:
    """A letter to an office may hold the name of a reporter who agreed to that, and a telephone number never.

    Where the family of a case may not be named, the name of its head may not stand in the text either.
    """
    cases, whole = list(cases), "\n".join(texts)
    families = families_for_letter(cases)
    several = len(cases) > 1
    for case in cases:
        name, phone = _hidden_from_office(case)
        refusal: str | Promise = ""
        if rules.gives_away([whole], name=name, phone=phone):
            refusal = LETTER_GIVES_AWAY
        elif (
            case.household is not None
            and case.pk not in families
            and rules.gives_away([whole], name=case.household.head_name, phone="")
        ):
            refusal = LETTER_NAMES_FAMILY
        if refusal:
            raise ActionRefused(f"{case.number}: {refusal}" if several else refusal)


def letter_names_reporter(case: Case, *texts: str) -> bool:
    """Whether texts to an office hold the name of a reporter who agreed to that."""
    told = reporter_for(case, Audience.OFFICE)
    return told.is_named and rules.gives_away(texts, name=told.name, phone="")


def check_reporter_still_named(case: Case) -> None:
    """For a letter that named the reporter when it was written, whether it may still do so."""
    if not reporter_for(case, Audience.OFFICE).is_named:
        raise ActionRefused(
            _("The reporter of %(number)s no longer agrees to be named. Start again from the case.")
            % {"number": case.number}
        )


def _hidden_from_office(case: Case) -> tuple[str, str]:
    """Name and number of the reporter that no letter may hold, "" where there is none."""
    reporter = Reporter.objects.filter(case=case).first() if case.pk else None
    named = reporter is not None and reporter.level == ReporterLevel.MAY_BE_NAMED
    return "" if named else _opened(reporter, "name_sealed"), _opened(reporter, "phone_sealed")


def knows_recorder(user: User, case: Case) -> bool:
    """Who recorded a case can lead to who spoke: other volunteers see “a volunteer of the posko”."""
    return audience_of(case, user) in (Audience.COORDINATOR, Audience.RECORDER)


def check_can_change_reporter(user: User, case: Case) -> None:
    """Whoever may see the reporter; in every status, for consent may be taken back at any time."""
    if not reporter_for(case, user).level:
        raise NotAllowed(
            _("Only the coordinator and the volunteer who recorded this case may see the reporter.")
        )


def _opened(reporter: Reporter | None, field: str) -> str:
    return reporter.opened(field) if reporter is not None else ""


def _relation(reporter: Reporter | None) -> str:
    code = _opened(reporter, "relation_sealed")
    return str(ReporterRelation(code).label) if code in ReporterRelation.values else code
