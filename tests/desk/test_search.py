"""One field for everything: what is found, by whom, and that a whole number leaves no trace in an address."""

import logging

import pytest
from django.urls import reverse

from cases.desk import rules, search
from cases.kernel.writes import open_gate
from tests.casefiles.helpers import make_case
from tests.escalations.helpers import make_offices
from tests.households.helpers import make_household, synthetic_kk

pytestmark = pytest.mark.django_db
HERE = "/search/"


@pytest.fixture
def kk() -> str:
    return synthetic_kk()


@pytest.fixture
def family(cast, areas, kk):
    return make_household(by=cast.volunteer, area=areas.gedong_rt, head_name="Sumarni Hastuti", kk=kk)


@pytest.fixture
def case(cast, areas, family):
    return make_case(cast.volunteer, areas.gedong_rt, household=family)


def follow(client, text: str):
    return client.post(HERE, {"q": text}, follow=True)


def test_words_go_to_an_address_that_can_be_kept(as_user, cast, family):
    client = as_user(cast.volunteer)
    answer = client.post(HERE, {"q": " sumarni  mawar "})
    assert (answer.status_code, answer["Location"]) == (302, "/search/?q=sumarni+mawar")
    page = client.get(answer["Location"]).content.decode()
    assert "Sumarni Hastuti" in page
    assert reverse("households:detail", args=[family.pk]) in page


def test_a_whole_number_opens_the_one_family_and_stands_in_no_address(as_user, cast, family, kk):
    answer = as_user(cast.volunteer).post(HERE, {"q": kk})
    assert (answer.status_code, answer["Location"]) == (302, reverse("households:detail", args=[family.pk]))
    assert kk[-8:] not in answer["Location"]


@pytest.mark.parametrize("write", [lambda kk: f"{kk[:4]} {kk[4:8]} {kk[8:12]} {kk[12:]}", "-".join])
def test_a_number_may_be_written_with_gaps(as_user, cast, family, kk, write):
    answer = as_user(cast.volunteer).post(HERE, {"q": write(kk)})
    assert answer["Location"] == reverse("households:detail", args=[family.pk])


def test_a_number_of_two_families_is_answered_without_repeating_it(as_user, cast, areas, family, kk):
    make_household(by=cast.volunteer, area=areas.gedong_rt, head_name="Kartini", alley="Gang Lain", kk=kk)
    answer = as_user(cast.volunteer).post(HERE, {"q": kk})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Sumarni Hastuti" in page
    assert "Kartini" in page
    assert kk not in page
    assert "no-store" in answer["Cache-Control"]


def test_an_unknown_number_is_answered_with_what_to_try(as_user, cast, family):
    page = as_user(cast.volunteer).post(HERE, {"q": synthetic_kk()}).content.decode()
    assert "Nomor ini belum tercatat di sini" in page
    assert reverse("households:create") in page


def test_a_number_of_wrong_length_is_counted_for_the_reader(as_user, cast, kk):
    page = as_user(cast.volunteer).post(HERE, {"q": kk[:-1]}).content.decode()
    assert "yang Anda ketik 15" in page


def test_a_number_typed_into_the_address_is_sent_away_unsought(as_user, cast, family, kk):
    answer = as_user(cast.volunteer).get(HERE, {"q": kk})
    assert (answer.status_code, answer["Location"]) == (302, HERE)


def test_no_log_line_holds_the_number(as_user, cast, family, kk, caplog):
    caplog.set_level(logging.DEBUG)
    client = as_user(cast.volunteer)
    client.post(HERE, {"q": kk})
    client.post(HERE, {"q": kk[:-2] + "00"})
    client.get(HERE, {"q": kk})
    spoken = [record.getMessage() for record in caplog.records if record.name.startswith("cases")]
    assert not [line for line in spoken if kk[:12] in line]


def test_four_digits_find_the_end_of_a_number(as_user, cast, family, kk):
    assert "Sumarni Hastuti" in follow(as_user(cast.volunteer), kk[-4:]).content.decode()


@pytest.mark.parametrize("change", [str, str.lower, lambda number: number.replace("-", " ")])
def test_a_case_number_opens_the_case(as_user, cast, case, change):
    answer = follow(as_user(cast.volunteer), change(case.number))
    assert answer.redirect_chain[-1][0] == reverse("casefiles:detail", args=[case.pk])


def test_nothing_of_another_kampung_is_found(as_user, cast, family, case, kk):
    client = as_user(cast.other_volunteer)
    for text in ("sumarni", kk, kk[-4:], case.number, "warga"):
        page = follow(client, text).content.decode()
        assert "Hastuti" not in page
        assert reverse("casefiles:detail", args=[case.pk]) not in page


@pytest.mark.parametrize("who", ["observer", "stranger"])
def test_whoever_sees_no_rows_is_told_so(as_user, cast, family, who):
    answer = follow(as_user(getattr(cast, who)), "sumarni")
    assert answer.status_code == 403
    assert "Hastuti" not in answer.content.decode()


def test_offices_are_found_by_name_and_place(as_user, cast):
    make_offices()
    page = follow(as_user(cast.volunteer), "kelurahan ged").content.decode()
    assert "Kelurahan Gedong" in page
    assert "Kelurahan Gedong" not in follow(as_user(cast.volunteer), "edong").content.decode()


def test_people_are_found_by_those_who_look_after_them(as_user, cast):
    with open_gate():
        cast.volunteer.phone = "+6281234567890"
        cast.volunteer.save()
    person = reverse("people:detail", args=[cast.volunteer.pk])
    assert person in follow(as_user(cast.coordinator), "relawan").content.decode()
    assert person in as_user(cast.coordinator).post(HERE, {"q": "0812-3456-7890"}).content.decode()
    for who in (cast.volunteer, cast.other_coordinator):
        assert person not in follow(as_user(who), "relawan.gedong").content.decode()
        assert person not in as_user(who).post(HERE, {"q": "0812-3456-7890"}).content.decode()


@pytest.mark.parametrize(
    "text", ["\x00", "%", "_", "'", '"; drop', "<script>", "🙂", "a" * 5000, "\u202e", "((", "  "]
)
def test_anything_may_be_typed(as_user, cast, family, text):
    answer = follow(as_user(cast.volunteer), text)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_a_long_result_is_cut_and_leads_to_the_list(as_user, cast, areas):
    for number in range(search.SHOWN + 1):
        make_household(by=cast.volunteer, area=areas.gedong_rt, head_name="Sumarni", house_number=str(number))
    page = follow(as_user(cast.volunteer), "sumarni").content.decode()
    assert f"{reverse('households:list')}?q=sumarni" in page


def test_few_queries_are_needed(cast, areas, case, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        search.find(cast.coordinator, "sumarni")


@pytest.mark.parametrize(
    ("text", "personal"),
    [
        ("GDG-2611-0042", False),
        ("Gang Mawar 12 RT 005/RW 011", False),
        ("24-11-2026", False),
        ("081234567", True),
        ("3175 0501 0119 9001", True),
    ],
)
def test_what_may_be_a_persons_number(text, personal):
    assert rules.is_personal(text) is personal
