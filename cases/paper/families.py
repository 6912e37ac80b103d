"""Which families go on paper, and what of each may: name, address, landmark, last four digits of the KK. Nothing else."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, NamedTuple, Self

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from cases.households.choices import ConsentPurpose, HouseholdStatus
from cases.households.models import (
    AidReceipt,
    Consent,
    Household,
    HouseholdQuerySet,
    StatusCheck,
    Visit,
)
from cases.kernel.scope import within
from cases.paper.choices import Whom
from cases.paper.sheets import PaperRefused
from cases.people.models import User

ON_PAPER = ("area_id", "head_name", "alley", "house_number", "landmark", "kk_last4")
NEEDS = Q(has_elderly=True) | Q(has_disability=True) | Q(has_pregnant=True) | Q(has_infant=True)
BATCH = 900  # ids in one query: SQLite takes no more than some thousands


class Family(NamedTuple):
    """All of a family that may be on paper; a row of the database would bring everything else along."""

    id: int
    area_id: str
    head_name: str
    alley: str
    house_number: str
    landmark: str
    kk_last4: str

    address = Household.address  # the same words as on the screen


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Which families: codes and ids only, so that it may lie in a job's parameters."""

    areas: tuple[str, ...] = ()
    household: int | None = None  # this one alone
    whom: str = Whom.ALL
    round_id: int | None = None
    since: date | None = None

    def to_params(self) -> dict[str, Any]:
        params = asdict(self)
        return params | {"areas": list(self.areas), "since": self.since and self.since.isoformat()}

    @classmethod
    def from_params(cls, params: dict[str, Any]) -> Self:
        known = {spot.name: params[spot.name] for spot in fields(cls) if spot.name in params}
        since = known.get("since")
        return cls(
            **known
            | {"areas": tuple(known.get("areas", ())), "since": date.fromisoformat(since) if since else None}
        )


def chosen(choice: Choice, *, user: User | None) -> HouseholdQuerySet:
    """The families in walking order; `user` None is the posko's own command line. Whoever moved away is not called on."""
    rows = Household.objects.visible_to(user) if user is not None else Household.objects.all()
    rows = rows.filter(status=HouseholdStatus.ACTIVE)
    rows = rows.filter(pk=choice.household) if choice.household else rows.filter(within(choice.areas))
    match choice.whom:
        case Whom.NEEDS:
            rows = rows.filter(NEEDS)
        case Whom.UNPAID:
            paid = AidReceipt.objects.filter(
                household=OuterRef("pk"), round_id=choice.round_id, actual_amount__gt=0
            )
            rows = rows.filter(~Exists(paid))
        case Whom.UNCHECKED:
            checked = StatusCheck.objects.filter(household=OuterRef("pk"), checked_on__gte=choice.since)
            rows = rows.filter(~Exists(checked))
        case Whom.UNVISITED:
            visited = Visit.objects.filter(household=OuterRef("pk"), visited_on__gte=choice.since)
            rows = rows.filter(~Exists(visited))
    return rows.walking_order()


def printable(choice: Choice, *, user: User | None) -> tuple[list[Family], int]:
    """The families to print, and how many of the chosen ones asked to be left alone: they are on no list."""
    rows = chosen(choice, user=user)
    families = [Family(*row) for row in rows.values_list("id", *ON_PAPER)]
    stopped = _asked_to_stop(rows.order_by().values("pk"))
    kept = [family for family in families if family.id not in stopped]
    return kept, len(families) - len(kept)


def _asked_to_stop(households: Any) -> set[int]:
    """Those who took back their consent to be recorded and visited, and gave no new one."""
    standing: dict[int, bool] = {}
    withdrew = Consent.objects.filter(household__in=households, withdrawn_on__isnull=False)
    for consent in Consent.objects.filter(household_id__in=withdrew.values("household_id")):
        if ConsentPurpose.RECORD in consent.purposes:
            before = standing.get(consent.household_id, False)
            standing[consent.household_id] = before or consent.withdrawn_on is None
    return {pk for pk, stands in standing.items() if not stands}


def by_ids(ids: Sequence[int]) -> dict[int, Family]:
    """Families that were already printed, to print the same sheets again, without those who asked to stop since then.

    The caller has checked their areas.
    """
    found: dict[int, Family] = {}
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        stopped = _asked_to_stop(batch)
        rows = Household.objects.filter(pk__in=batch).values_list("id", *ON_PAPER)
        found |= {row[0]: Family(*row) for row in rows if row[0] not in stopped}
    return found


def refused_row(family: Family, refusal: PaperRefused) -> PaperRefused:
    """Which family to correct, said to whoever may see it anyway."""
    return PaperRefused(
        _("The family of %(name)s can not be printed. %(why)s") % {"name": family.head_name, "why": refusal}
    )


def rt_codes(households: Iterable[Family]) -> list[str]:
    return list(dict.fromkeys(row.area_id for row in households))
