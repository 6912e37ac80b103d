"""What is done to a family in the API: consent, whole numbers, merging, moving, its members."""

import pytest
from django.utils import timezone

from cases.audit.models import AuditEvent
from cases.households import actions
from cases.households.entries import MemberData
from cases.households.models import Household
from tests.households.helpers import make_household, synthetic_kk, synthetic_nik

KK, NIK = synthetic_kk(9600), synthetic_nik(9601)
API = "/api/v1"


@pytest.fixture
def family(cast, areas) -> Household:
    members = [
        MemberData(name="Sumarni", relation="head", nik=NIK),
        MemberData(name="Joko", relation="child"),
    ]
    return make_household(by=cast.volunteer, area=areas.gedong_rt, kk=KK, members=members)


@pytest.fixture
def post(as_user):
    def send(user, path: str, data: dict | None = None, method: str = "post"):
        return getattr(as_user(user), method)(f"{API}/{path}/", data or {}, content_type="application/json")

    return send


def today() -> str:
    return timezone.localdate().isoformat()


def test_whole_numbers_are_told_once_to_whoever_may_know_with_a_reason_on_record(cast, post, family):
    path = f"households/{family.pk}/numbers"
    assert post(cast.coordinator, path, {"reason": "curious"}).status_code == 400
    told = post(cast.coordinator, path, {"reason": "letter"})
    head = family.members.get(relation="head")
    assert told.json() == {"kk": KK, "niks": [{"member": head.pk, "nik": NIK}]}
    assert told["Cache-Control"] == "no-store"
    event = AuditEvent.objects.get(verb="household.revealed")
    assert (event.actor_id, event.data["reason"]) == (cast.coordinator.pk, "letter")


def test_a_volunteer_who_did_not_record_the_family_is_told_nothing(cast, areas, post):
    family = make_household(by=cast.coordinator, area=areas.gedong_rt, kk=KK)
    refused = post(cast.volunteer, f"households/{family.pk}/numbers", {"reason": "letter"})
    assert refused.status_code == 403
    assert KK not in refused.content.decode()
    assert not AuditEvent.objects.filter(verb="household.revealed").exists()


def test_consent_is_given_and_withdrawn(cast, areas, post):
    family = make_household(by=cast.volunteer, area=areas.gedong_rt, consent=None)
    given = {"given_on": today(), "method": "oral", "purposes": ["record", "check"]}
    agreed = post(cast.volunteer, f"households/{family.pk}/consent", given)
    assert agreed.status_code == 201, agreed.json()
    assert agreed.json()["purposes"] == ["record", "check"]
    late = post(cast.volunteer, f"households/{family.pk}/consent", given | {"given_on": "2199-01-01"})
    assert late.status_code == 400
    path = f"households/{family.pk}/withdraw-consent"
    assert post(cast.volunteer, path, {"on": "2199-01-01"}).status_code == 409
    ended = post(cast.volunteer, path, {"on": today()})
    assert ended.json()["consents"][0]["withdrawn_on"] == today()
    assert post(cast.volunteer, path, {"on": today()}).status_code == 409


def test_withdrawing_erases_the_numbers(cast, post, family):
    ended = post(cast.volunteer, f"households/{family.pk}/withdraw-consent", {"on": today()})
    assert ended.status_code == 200
    assert (ended.json()["kk"], ended.json()["members"][0]["nik"]) == ("", "")


def test_two_records_become_one_and_two_again(cast, areas, post, family):
    other = make_household(by=cast.volunteer, area=areas.gedong_rt, head_name="Sumarni B")
    path = f"households/{family.pk}/merge"
    assert post(cast.volunteer, path, {"gone": other.pk}).status_code == 403
    assert post(cast.coordinator, path, {"gone": family.pk}).status_code == 409
    kept = post(cast.coordinator, path, {"gone": other.pk})
    assert kept.json()["id"] == family.pk
    assert post(cast.coordinator, path, {"gone": other.pk}).status_code == 409
    assert post(cast.volunteer, f"households/{other.pk}/unmerge").status_code == 403
    apart = post(cast.coordinator, f"households/{other.pk}/unmerge")
    assert (apart.json()["id"], apart.json()["merged_into"]) == (other.pk, None)


def test_a_record_of_another_area_can_not_be_drawn_in(cast, areas, post, family):
    elsewhere = make_household(by=cast.other_volunteer, area=areas.tengah_rt)
    refused = post(cast.coordinator, f"households/{family.pk}/merge", {"gone": elsewhere.pk})
    assert refused.status_code == 400
    elsewhere.refresh_from_db()
    assert elsewhere.merged_into is None


def test_a_family_moves_away_and_back(cast, post, family):
    path = f"households/{family.pk}"
    assert post(cast.volunteer, f"{path}/moved", {"on": today()}).json()["status"] == "moved"
    assert post(cast.volunteer, f"{path}/moved", {"on": today()}).status_code == 409
    assert post(cast.volunteer, f"{path}/moved-back").json()["status"] == "active"


def test_a_member_is_changed_without_losing_the_nik(cast, post, family):
    head = family.members.get(relation="head")
    changed = post(cast.volunteer, f"members/{head.pk}", {"name": "Sumarni Binti"}, method="patch")
    assert changed.json()["name"] == "Sumarni Binti"
    assert changed.json()["nik"].endswith(NIK[-4:])
    family.refresh_from_db()
    assert family.head_name == "Sumarni Binti"
    wrong = post(cast.volunteer, f"members/{head.pk}", {"nik": "1111111111111111"}, method="patch")
    assert (wrong.status_code, list(wrong.json()["errors"])) == (400, ["nik"])


def test_who_leads_a_family_follows_who_lives_in_it(cast, areas, post, family):
    head, child = family.members.order_by("pk")
    stranger = make_household(by=cast.volunteer, area=areas.gedong_rt, head_name="Lain").members.get()
    path = f"members/{head.pk}/left"
    assert post(cast.volunteer, path, {"on": today()}).status_code == 409
    assert post(cast.volunteer, path, {"on": today(), "new_head": stranger.pk}).status_code == 409
    assert post(cast.volunteer, path, {"on": today(), "new_head": child.pk}).json()["left_at"] == today()
    assert post(cast.volunteer, path, {"on": today()}).status_code == 404  # lives here no more
    family.refresh_from_db()
    assert family.head_name == "Joko"
    actions.add_member(household=family, member=MemberData(name="Siti"), by=cast.volunteer)
    crowned = post(cast.volunteer, f"members/{family.members.get(name='Siti').pk}/head")
    assert crowned.json()["head_name"] == "Siti"


def test_what_was_received_is_corrected_without_touching_the_rest(cast, post, family, aid_round):
    receipt = actions.record_receipt(
        household=family, round=aid_round, due_amount=600_000, actual_amount=600_000, by=cast.volunteer
    )
    changed = post(cast.volunteer, f"receipts/{receipt.pk}", {"actual_amount": 550_000}, method="patch")
    assert (changed.json()["due_amount"], changed.json()["difference"]) == (600_000, 50_000)


def test_a_list_longer_than_any_family_is_refused_before_it_is_looked_at(cast, areas, post):
    given = {"area": areas.gedong_rt.pk, "head_name": "Wagiyem", "members": [{"name": "X"}] * 31}
    refused = post(cast.volunteer, "households", given)
    assert refused.status_code == 400
    assert "members" in refused.json()["errors"]


def test_a_list_of_rows_is_counted_before_the_first_is_looked_up(
    cast, areas, post, django_assert_max_num_queries
):
    order = {"task": "check", "areas": [areas.gedong_rt.pk] * 301}
    with django_assert_max_num_queries(40):
        refused = post(cast.volunteer, "door-sheets", order)
    assert refused.status_code == 400
    assert "areas" in refused.json()["errors"]
