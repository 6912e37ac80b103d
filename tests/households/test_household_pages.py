"""Pages of families: who gets in, what a form says back, what is shown and what never."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.audit.models import AuditEvent
from cases.households import actions
from cases.households.entries import MemberData
from cases.households.models import AidReceipt, Household, Member, Visit
from tests.households.helpers import KK, NIK, make_household
from tests.places import GEDONG_RT, TENGAH_RT

OUTSIDE = ["other_volunteer", "other_coordinator", "observer", "stranger"]


def pages(family: Household) -> dict[str, list]:
    """Every page of one family and its rows, as (name, pk)."""
    member = family.members.get(name="Joko")
    one = [family.pk]
    return {
        **dict.fromkeys(("detail", "edit", "kk", "member_add", "consent", "withdraw", "moved"), one),
        **dict.fromkeys(("check_add", "receipt_add", "visit_add"), one),
        "member_edit": [member.pk],
        "member_left": [member.pk],
    }


def deeds(family: Household) -> dict[str, list]:
    """What is only ever sent, never opened."""
    return {
        "reveal": [family.pk],
        "moved_back": [family.pk],
        "unmerge": [family.pk],
        "member_head": [family.members.get(name="Joko").pk],
    }


def test_those_who_work_in_the_area_open_every_page(cast, as_user, family):
    for who in (cast.volunteer, cast.coordinator, cast.board):
        for name, args in pages(family).items():
            assert as_user(who).get(reverse(f"households:{name}", args=args)).status_code == 200, (who, name)


@pytest.mark.parametrize("who", OUTSIDE)
def test_outside_the_area_no_page_exists(cast, as_user, family, who):
    client = as_user(getattr(cast, who))
    for name, args in pages(family).items():
        assert client.get(reverse(f"households:{name}", args=args)).status_code == 404, name
        assert client.post(reverse(f"households:{name}", args=args)).status_code in (404, 405), name
    for name, args in deeds(family).items():
        assert client.post(reverse(f"households:{name}", args=args)).status_code == 404, name
    assert "household.recorded" in set(AuditEvent.objects.values_list("verb", flat=True))
    assert AuditEvent.objects.count() == 1, "a closed door leaves no trace"


def test_nobody_signed_out_sees_anything(client, family):
    for name, args in {**pages(family), "list": [], "create": []}.items():
        answer = client.get(reverse(f"households:{name}", args=args))
        assert answer.status_code == 302, name
        assert reverse("account_login") in answer.url


def test_deeds_are_not_done_by_a_link(cast, as_user, family):
    for name, args in {**deeds(family), "similar": []}.items():
        assert as_user(cast.board).get(reverse(f"households:{name}", args=args)).status_code == 405


# --- list ------------------------------------------------------------------------------------------------------------


def test_the_list_follows_the_feet_and_knows_its_area(cast, areas, as_user, family):
    for number in ("10", "2", "1A"):
        make_household(
            by=cast.volunteer, area=areas.gedong_rt, head_name=f"Rumah {number}", house_number=number
        )
    make_household(by=cast.other_volunteer, area=areas.tengah_rt, head_name="Orang Tengah")
    shown = as_user(cast.volunteer).get(reverse("households:list")).content.decode()
    order = [shown.index(name) for name in ("Rumah 1A", "Rumah 2", "Rumah 10", "Sumarni")]
    assert order == sorted(order)
    assert "Orang Tengah" not in shown
    assert KK not in shown
    newest = as_user(cast.volunteer).get(reverse("households:list"), {"order": "newest"}).content.decode()
    assert newest.index("Rumah 1A") < newest.index("Rumah 10") < newest.index("Sumarni")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"q": "delima"}, {"Tetangga"}),
        ({"need": "pregnant"}, {"Tetangga"}),
        ({"area": GEDONG_RT}, {"Sumarni"}),
        ({"status": "moved"}, {"Tetangga"}),
        ({"status": "active"}, {"Sumarni"}),
        ({"q": KK[-4:]}, {"Sumarni"}),
        ({"area": TENGAH_RT}, {"Sumarni", "Tetangga"}),
        ({"need": "x", "cursor": "%%%"}, {"Sumarni", "Tetangga"}),
    ],
)
def test_filters(cast, areas, as_user, family, query, expected):
    other = make_household(
        by=cast.volunteer,
        area=areas.gedong_rt_next,
        head_name="Tetangga",
        alley="Gang Delima",
        needs={"pregnant": True},
    )
    actions.moved_away(household=other, on=timezone.localdate(), by=cast.volunteer)
    page = as_user(cast.volunteer).get(reverse("households:list"), query)
    assert {row["household"].head_name for row in page.context["rows"]} == expected


def test_a_list_costs_the_same_whatever_its_length(
    cast, areas, as_user, family, django_assert_max_num_queries
):
    for number in range(30):
        make_household(by=cast.volunteer, area=areas.gedong_rt, head_name=f"Keluarga {number}")
    client = as_user(cast.volunteer)
    client.get(reverse("households:list"))
    with django_assert_max_num_queries(8):
        page = client.get(reverse("households:list"))
    assert len(page.context["rows"]) == 25
    following = client.get(reverse("households:list"), {"cursor": page.context["page"].next})
    assert len(following.context["rows"]) == 6


def test_an_observer_is_told_why_the_list_is_empty(cast, as_user, family):
    page = as_user(cast.observer).get(reverse("households:list"))
    assert page.status_code == 200
    assert "Sumarni" not in page.content.decode()
    assert as_user(cast.observer).get(reverse("households:create")).status_code == 403


# --- one family ------------------------------------------------------------------------------------------------------


def test_the_page_of_a_family_shows_masked_numbers_only(cast, as_user, family):
    page = as_user(cast.coordinator).get(reverse("households:detail", args=[family.pk]))
    shown = page.content.decode()
    assert f"3175••••••••{KK[-4:]}" in shown
    assert f"3175••••••••{NIK[-4:]}" in shown
    assert KK not in shown
    assert NIK not in shown
    assert "no-store" in page["Cache-Control"]


def test_the_page_of_a_family_costs_a_bounded_number_of_queries(
    cast, as_user, family, aid_round, django_assert_max_num_queries
):
    for number in range(6):
        actions.add_member(household=family, member=MemberData(name=f"Anak {number}"), by=cast.volunteer)
        actions.record_visit(
            household=family,
            visited_on=timezone.localdate(),
            task="round",
            result="met",
            by=cast.volunteer,
            round=aid_round,
        )
        actions.record_check(
            household=family,
            portal="jaki",
            checked_on=timezone.localdate(),
            asked_with="kk",
            answer="listed",
            by=cast.volunteer,
        )
    actions.record_receipt(
        household=family, round=aid_round, due_amount=300_000, actual_amount=1, by=cast.volunteer
    )
    client = as_user(cast.volunteer)
    client.get(reverse("households:detail", args=[family.pk]))
    with django_assert_max_num_queries(20):
        client.get(reverse("households:detail", args=[family.pk]))


def test_whole_numbers_only_by_post_with_a_reason(cast, as_user, family):
    url = reverse("households:reveal", args=[family.pk])
    page = as_user(cast.coordinator).post(url, {})
    assert KK not in page.content.decode()
    page = as_user(cast.coordinator).post(url, {"reason": "letter"})
    assert KK in page.content.decode()
    assert NIK in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert AuditEvent.objects.filter(verb="household.revealed", actor_id=cast.coordinator.pk).count() == 1


def test_a_colleague_who_did_not_record_is_refused_whole_numbers(make_user, as_user, family):
    from cases.people.choices import Role

    colleague = make_user("rekan", (Role.VOLUNTEER, GEDONG_RT))
    page = as_user(colleague).post(reverse("households:reveal", args=[family.pk]), {"reason": "letter"})
    assert page.status_code == 403
    assert KK not in page.content.decode()


def test_edit_keeps_what_another_wrote_meanwhile(cast, as_user, family):
    client, url = as_user(cast.volunteer), reverse("households:edit", args=[family.pk])
    form = client.get(url).context["form"]
    data = {name: form[name].value() for name in form.fields}
    actions.edit_household(household=family, changes={"livelihood": "Ojek"}, by=cast.coordinator)
    page = client.post(url, {**data, "alley": "Gang Baru"})
    assert page.context["form"].non_field_errors(), page.context["form"].errors
    fresh = client.get(url).context["form"]
    client.post(url, {**{name: fresh[name].value() for name in fresh.fields}, "alley": "Gang Baru"})
    family.refresh_from_db()
    assert (family.alley, family.livelihood) == ("Gang Baru", "Ojek")
    assert family.phone == "+6281234567890", "an unchanged telephone survives the form"


def test_members_through_the_pages(cast, as_user, family):
    client = as_user(cast.volunteer)
    answer = client.post(
        reverse("households:member_add", args=[family.pk]),
        {"name": "Rini", "relation": "child", "no_nik": "forgot", "then": "another"},
    )
    assert answer.url == reverse("households:member_add", args=[family.pk])
    rini = family.members.get(name="Rini")
    client.post(
        reverse("households:member_edit", args=[rini.pk]),
        {"name": "Rini S", "relation": "child", "sex": "female"},
    )
    client.post(reverse("households:member_head", args=[rini.pk]))
    client.post(reverse("households:member_left", args=[rini.pk]), {"on": timezone.localdate().isoformat()})
    rini.refresh_from_db()
    assert (rini.name, rini.sex, rini.relation, rini.left_at) == ("Rini S", "female", "head", None), (
        "a head names an heir"
    )
    joko = Member.objects.get(name="Joko")
    client.post(
        reverse("households:member_left", args=[rini.pk]),
        {"on": timezone.localdate().isoformat(), "new_head": joko.pk},
    )
    family.refresh_from_db()
    assert family.head_name == "Joko"
    assert client.get(reverse("households:member_edit", args=[rini.pk])).status_code == 404


def test_consent_through_the_pages(cast, as_user, family):
    client, today = as_user(cast.volunteer), timezone.localdate().isoformat()
    page = client.post(
        reverse("households:consent", args=[family.pk]), {"given_on": today, "method": "signed"}
    )
    assert "purposes" in page.context["form"].errors
    client.post(
        reverse("households:consent", args=[family.pk]),
        {"given_on": today, "method": "signed", "purposes": ["case"], "given_by": "Joko"},
    )
    assert family.consents.count() == 2
    client.post(reverse("households:withdraw", args=[family.pk]), {"on": today})
    family.refresh_from_db()
    assert family.kk_digest == ""
    assert (
        "nomor identitas dihapus"
        in client.get(reverse("households:detail", args=[family.pk])).content.decode()
    )


def test_aid_through_the_pages(cast, as_user, family, aid_round):
    client, today = as_user(cast.volunteer), timezone.localdate().isoformat()
    data = {"client_id": str(uuid.uuid4()), "round": aid_round.pk, "actual_amount": "250.000"}
    for _ in range(2):
        client.post(reverse("households:receipt_add", args=[family.pk]), data)
    receipt = AidReceipt.objects.get()
    assert (receipt.due_amount, receipt.difference) == (300_000, 50_000)
    assert "Rp50.000" in client.get(reverse("households:detail", args=[family.pk])).content.decode()
    client.post(
        reverse("households:receipt_edit", args=[receipt.pk]),
        {"due_amount": "Rp300.000", "actual_amount": "300rb", "received_on": today},
    )
    receipt.refresh_from_db()
    assert receipt.difference == 0
    client.post(
        reverse("households:visit_add", args=[family.pk]),
        {"result": "met", "task": "round", "visited_on": today, "round": aid_round.pk},
    )
    assert Visit.objects.get().round == aid_round


@pytest.mark.parametrize("who", OUTSIDE)
def test_receipts_of_others_are_not_there(cast, as_user, family, aid_round, who):
    receipt = actions.record_receipt(household=family, round=aid_round, due_amount=1, by=cast.volunteer)
    url = reverse("households:receipt_edit", args=[receipt.pk])
    assert as_user(getattr(cast, who)).get(url).status_code == 404
    assert as_user(getattr(cast, who)).post(url, {"due_amount": "2"}).status_code == 404


# --- merging ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def twin(cast, areas, family) -> Household:
    return make_household(by=cast.volunteer, area=areas.gedong_rt, head_name="Sumarni W", alley="Gang Delima")


@pytest.mark.parametrize("typed", [KK, f"{KK[:4]} {KK[4:8]}-{KK[8:]}"])
def test_a_whole_number_in_an_address_is_not_answered(cast, as_user, family, typed):
    page = as_user(cast.volunteer).get(reverse("households:list"), {"q": typed}).content.decode()
    assert "Sumarni" not in page
    assert reverse("desk:search") in page
    assert "KK atau NIK yang utuh" in page


def test_a_coordinator_merges_and_the_old_address_leads_on(cast, as_user, family, twin):
    client = as_user(cast.coordinator)
    assert "Sumarni W" in client.get(reverse("households:merge", args=[family.pk])).content.decode()
    found = client.post(reverse("households:merge", args=[family.pk]), {"q": "delima"}).content.decode()
    assert reverse("households:merge_compare", args=[family.pk, twin.pk]) in found
    compare = reverse("households:merge_compare", args=[family.pk, twin.pk])
    side_by_side = client.get(compare).content.decode()
    assert "Gang Delima" in side_by_side
    assert KK not in side_by_side
    assert client.post(compare, {"keep": str(twin.pk)}).url == reverse("households:detail", args=[twin.pk])
    old = reverse("households:detail", args=[family.pk])
    assert client.get(old).url == reverse("households:detail", args=[twin.pk])
    assert client.get(reverse("households:edit", args=[family.pk])).status_code == 409
    page = client.get(reverse("households:detail", args=[twin.pk])).content.decode()
    assert "Pisahkan lagi" in page
    client.post(reverse("households:unmerge", args=[family.pk]))
    assert client.get(old).status_code == 200


def test_a_volunteer_does_not_merge(cast, as_user, family, twin):
    client = as_user(cast.volunteer)
    assert client.get(reverse("households:merge", args=[family.pk])).status_code == 403
    compare = reverse("households:merge_compare", args=[family.pk, twin.pk])
    assert client.get(compare).status_code == 403
    assert client.post(compare, {"keep": family.pk}).status_code == 403
    assert "Gabungkan" not in client.get(reverse("households:detail", args=[family.pk])).content.decode()


def test_a_record_of_another_area_cannot_be_pulled_in(cast, areas, as_user, family):
    far = make_household(by=cast.other_volunteer, area=areas.tengah_rt, head_name="Sumarni")
    client = as_user(cast.coordinator)
    assert client.get(reverse("households:merge_compare", args=[family.pk, far.pk])).status_code == 404
    assert client.post(reverse("households:merge_compare", args=[family.pk, far.pk])).status_code == 404
    assert client.get(reverse("households:merge_compare", args=[family.pk, family.pk])).status_code == 409


def test_away_and_back_through_the_pages(cast, as_user, family):
    client = as_user(cast.volunteer)
    client.post(reverse("households:moved", args=[family.pk]), {"on": timezone.localdate().isoformat()})
    assert "sudah pindah" in client.get(reverse("households:detail", args=[family.pk])).content.decode()
    client.post(reverse("households:moved_back", args=[family.pk]))
    family.refresh_from_db()
    assert family.status == "active"
    assert client.post(reverse("households:moved_back", args=[family.pk])).status_code == 409
