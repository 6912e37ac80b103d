"""Families for tests, made by the same action that volunteers use."""

from datetime import date
from itertools import count

from django.utils import timezone

from cases.areas.models import Area
from cases.households.actions import record_household
from cases.households.choices import ConsentMethod, ConsentPurpose
from cases.households.entries import ConsentData
from cases.households.models import Household
from cases.people.models import User

_serial = count(9001)


def synthetic_kk(serial: int | None = None) -> str:
    """A number that belongs to nobody: 317505, a day of issue, 9xxx. Another one at each call unless `serial` is given."""
    return f"317505150119{(serial or next(_serial)):04}"


def synthetic_nik(serial: int | None = None, *, born: date = date(1980, 3, 12), woman: bool = True) -> str:
    day = born.day + (40 if woman else 0)
    return f"317505{day:02}{born:%m%y}{(serial or next(_serial)):04}"


# Those of the family of conftest.py.
KK, NIK = synthetic_kk(9300), synthetic_nik(9301)


def consent(*purposes: str, given_on: date | None = None) -> ConsentData:
    """Said so at the door, today, to everything unless purposes are named."""
    return ConsentData(
        given_on=given_on or timezone.localdate(),
        method=ConsentMethod.ORAL,
        purposes=purposes or tuple(ConsentPurpose.values),
    )


def make_household(*, by: User, area: Area | str, head_name: str = "Sumarni", **fields) -> Household:
    """A family in an RT that `by` may record in, with full consent unless `consent=None`; warnings are accepted."""
    fields.setdefault("consent", consent())
    fields.setdefault("alley", "Gang Mawar")
    fields.setdefault("accept_warnings", True)
    return record_household(by=by, area=area, head_name=head_name, **fields)
