"""The gate: guarded rows change inside actions only, and an action is one transaction."""

import pytest

from cases.areas.choices import Spreading
from cases.areas.models import Area, Kampung
from cases.kernel.exceptions import WriteOutsideAction
from cases.kernel.scope import covers, within
from cases.kernel.writes import action, locked, open_gate

pytestmark = pytest.mark.django_db


@pytest.fixture
def kampung(areas):
    with open_gate():
        return Kampung.objects.create(name="Kampung Uji", spreading=Spreading.DOORS)


@pytest.mark.parametrize(
    "write",
    [
        lambda row: row.save(),
        lambda row: row.delete(),
        lambda row: Kampung.objects.create(name="x"),
        lambda row: Kampung.objects.update(name="x"),
        lambda row: Kampung.objects.all().delete(),
        lambda row: Kampung.objects.bulk_create([Kampung(name="x")]),
        lambda row: Kampung.objects.bulk_update([row], ["name"]),
        lambda row: Kampung.objects.get_or_create(name="x"),
        lambda row: Kampung.objects.update_or_create(name="Kampung Uji", defaults={"notes": "x"}),
    ],
)
def test_no_way_in_outside_an_action(kampung, write):
    with pytest.raises(WriteOutsideAction):
        write(kampung)


def test_an_action_that_raises_leaves_nothing_and_shuts_the_gate(kampung):
    @action
    def rename_and_fail(*, row):
        row = locked(row)
        row.name = "Nama lain"
        row.save()
        raise ValueError("half-way")

    with pytest.raises(ValueError, match="half-way"):
        rename_and_fail(row=kampung)
    kampung.refresh_from_db()
    assert kampung.name == "Kampung Uji"
    with pytest.raises(WriteOutsideAction):
        kampung.save()


def test_scope_is_a_prefix_of_whole_parts(areas):
    inside = set(Area.objects.filter(within(["31.75.05.1001"], "code")).values_list("code", flat=True))
    assert inside == {
        "31.75.05.1001",
        "31.75.05.1001.011",
        "31.75.05.1001.011.005",
        "31.75.05.1001.011.006",
    }
    assert not Area.objects.filter(within([], "code")).exists()
    assert covers(["31.75.05.1001.011"], "31.75.05.1001.011.005")
    assert not covers(["31.75.05.1001.011.00"], "31.75.05.1001.011.005")
    assert not covers(["31.75.05.1001.011.005"], "31.75.05.1001.011")
