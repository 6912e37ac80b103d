from tests.households.helpers import make_household, synthetic_kk


def test_a_household_is_recorded(cast, areas):
    household = make_household(by=cast.volunteer, area=areas.gedong_rt, kk=synthetic_kk())
    household.refresh_from_db()
    assert household.members.get().name == "Sumarni"
    assert household.kk_masked.startswith("3175••••••••")
