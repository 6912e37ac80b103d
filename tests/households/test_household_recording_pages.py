"""A family is written down: one form, the warning while typing, what comes back."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.households.models import Household
from tests.households.helpers import KK, NIK, synthetic_kk, synthetic_nik
from tests.places import GEDONG_RT, TENGAH_RT

OUTSIDE = ["other_volunteer", "other_coordinator", "observer", "stranger"]


# --- recording -------------------------------------------------------------------------------------------------------


def typed(**changes) -> dict:
    return {
        "client_id": str(uuid.uuid4()),
        "area": GEDONG_RT,
        "head_name": "Wagiyem",
        "alley": "Gang Melati",
        "house_number": "7",
        "purposes": ["record", "check"],
        "given_on": timezone.localdate().isoformat(),
        "method": "oral",
        **changes,
    }


def test_a_family_is_recorded_in_one_form(cast, as_user, areas):
    client, data = (
        as_user(cast.volunteer),
        typed(kk=synthetic_kk(9400), nik=synthetic_nik(9401), needs=["elderly"]),
    )
    answer = client.post(reverse("households:create"), data)
    household = Household.objects.get()
    assert answer.url == reverse("households:detail", args=[household.pk])
    assert (household.kk_last4, household.has_elderly) == ("9400", True)
    assert household.members.get().nik_last4 == "9401"
    consent = household.consents.get()
    assert (consent.given_by, consent.purposes, consent.recorded_by) == (
        "Wagiyem",
        ["record", "check"],
        cast.volunteer,
    )
    client.post(reverse("households:create"), data)
    assert Household.objects.count() == 1, "the same form twice"


def test_rt_and_name_are_enough(cast, as_user, areas):
    as_user(cast.volunteer).post(reverse("households:create"), {"area": GEDONG_RT, "head_name": "Wagiyem"})
    assert not Household.objects.get().consents.exists()


@pytest.mark.parametrize(("then", "name"), [("members", "member_add"), ("next", "create")])
def test_where_one_goes_on(cast, as_user, areas, then, name):
    answer = as_user(cast.volunteer).post(reverse("households:create"), typed(then=then))
    args = [Household.objects.get().pk] if name == "member_add" else []
    assert answer.url == reverse(f"households:{name}", args=args)


def test_the_next_door_begins_in_the_same_alley(cast, as_user, areas):
    client = as_user(cast.volunteer)
    assert client.get(reverse("households:create")).context["form"]["area"].value() is None
    client.post(reverse("households:create"), typed())
    form = client.get(reverse("households:create")).context["form"]
    assert (form["area"].value(), form["alley"].value()) == (GEDONG_RT, "Gang Melati")


def test_who_works_in_one_rt_is_not_asked_for_it(make_user, as_user, areas):
    from cases.people.choices import Role

    client = as_user(make_user("satu.rt", (Role.VOLUNTEER, GEDONG_RT)))
    assert client.get(reverse("households:create")).context["form"]["area"].value() == GEDONG_RT


def test_bad_input_comes_back_with_what_was_typed(cast, as_user, areas):
    page = as_user(cast.volunteer).post(
        reverse("households:create"), typed(kk="123", phone="abc", area=TENGAH_RT)
    )
    assert set(page.context["form"].errors) == {"area"}
    page = as_user(cast.volunteer).post(reverse("households:create"), typed(kk="123", phone="abc"))
    assert set(page.context["form"].errors) == {"kk", "phone"}
    assert 'value="Wagiyem"' in page.content.decode()
    page = as_user(cast.volunteer).post(reverse("households:create"), typed(kk=KK, purposes=[]))
    assert set(page.context["form"].errors) == {"kk"}
    assert not Household.objects.exists()


def test_a_duplicate_is_asked_and_different_is_stored(cast, as_user, family):
    client, data = as_user(cast.volunteer), typed(kk=KK)
    page = client.post(reverse("households:create"), data)
    shown = page.content.decode()
    assert "Buka yang itu" in shown
    assert reverse("households:detail", args=[family.pk]) in shown
    assert Household.objects.count() == 1
    client.post(reverse("households:create"), {**data, "accepted": "something else"})
    assert Household.objects.count() == 1, "only what was shown can be accepted"
    client.post(reverse("households:create"), {**data, "accepted": page.context["form"].accept})
    assert Household.objects.count() == 2


def test_accepting_one_warning_does_not_accept_the_next(cast, as_user, family):
    client = as_user(cast.volunteer)
    accept = client.post(reverse("households:create"), typed(kk=KK)).context["form"].accept
    foreign = synthetic_kk(9888).replace("317505", "320101")
    page = client.post(reverse("households:create"), typed(kk=foreign, accepted=accept))
    assert page.context["form"].look is not None
    assert Household.objects.count() == 1


def test_a_duplicate_elsewhere_is_a_sentence_and_no_name(cast, as_user, family):
    data = typed(kk=KK, area=TENGAH_RT)
    page = as_user(cast.other_volunteer).post(reverse("households:create"), data)
    shown = page.content.decode()
    assert "wilayah lain" in shown
    for secret in ("Sumarni", "Gang Mawar,", f"/households/{family.pk}/", GEDONG_RT):
        assert secret not in shown


# --- while typing ----------------------------------------------------------------------------------------------------


def ask(client, trigger: str, **data) -> str:
    return client.post(
        reverse("households:similar"), data, headers={"HX-Request": "true", "HX-Trigger-Name": trigger}
    ).content.decode()


def test_while_typing_a_name(cast, as_user, family):
    client = as_user(cast.volunteer)
    assert "Sumarni" in ask(client, "head_name", area=GEDONG_RT, head_name="Sumarny")
    assert ask(client, "head_name", area=GEDONG_RT, head_name="Bambang").strip() == ""
    assert ask(client, "head_name", area=GEDONG_RT, head_name="S").strip() == ""
    assert Household.objects.count() == 1


def test_while_typing_a_number(cast, as_user, family):
    client = as_user(cast.volunteer)
    assert "Buka yang itu" in ask(client, "kk", kk=KK)
    assert "Buka yang itu" in ask(client, "nik", nik=f"{NIK[:4]} {NIK[4:]}")
    assert ask(client, "kk", kk=KK[:15]).strip() == ""
    assert "sudah" not in ask(client, "kk", kk=KK, family=str(family.pk))
    assert "bulan" in ask(client, "kk", kk="3175051599199001")


@pytest.mark.parametrize("who", OUTSIDE)
def test_typing_tells_nobody_who_lives_elsewhere(cast, as_user, family, who):
    client = as_user(getattr(cast, who))
    for shown in (
        ask(client, "kk", kk=KK),
        ask(client, "nik", nik=NIK),
        ask(client, "head_name", area=GEDONG_RT, head_name="Sumarni"),
    ):
        for secret in ("Sumarni", "Mawar", f"/households/{family.pk}/"):
            assert secret not in shown


@pytest.mark.parametrize(("who", "code"), [("other_volunteer", 200), ("observer", 403), ("stranger", 403)])
def test_who_records_nothing_asks_nothing(cast, as_user, family, who, code):
    answer = as_user(getattr(cast, who)).post(reverse("households:similar"), {"kk": KK})
    assert answer.status_code == code
