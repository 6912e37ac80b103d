"""What is typed about a family, before it is a row."""

from dataclasses import dataclass, field
from datetime import date

from cases.households.choices import ConsentMethod, ConsentPurpose, Relation

NEEDS = ("elderly", "disability", "pregnant", "infant", "pupil")


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberData:
    """`no_nik` (choices.NoNik) says why there is no NIK; it is ignored where there is one."""

    name: str
    relation: str = Relation.OTHER
    sex: str = ""
    birth_date: date | None = None
    nik: str = ""
    no_nik: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentData:
    """Who agreed (empty: the head), when, how, and to what (choices.ConsentPurpose)."""

    given_on: date
    given_by: str = ""
    method: str = ConsentMethod.ORAL
    purposes: tuple[str, ...] = (ConsentPurpose.RECORD,)

    @property
    def to_be_recorded(self) -> bool:
        return ConsentPurpose.RECORD in self.purposes


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdData:
    """A whole family; `area` is the code of its RT, `needs` maps names of NEEDS to True or False."""

    area: str
    head_name: str
    alley: str = ""
    house_number: str = ""
    landmark: str = ""
    kk: str = ""
    phone: str = ""
    needs: dict[str, bool] = field(default_factory=dict)
    livelihood: str = ""
    housing: str = ""
    vehicle: str = ""
    notes: str = ""
    members: tuple[MemberData, ...] = ()
    consent: ConsentData | None = None

    @property
    def may_keep_numbers(self) -> bool:
        return self.consent is not None and self.consent.to_be_recorded
