"""Search: what people remember leads to the family, inside the reader's area only."""

import pytest

from cases.households.entries import MemberData
from cases.households.search import search, search_terms
from tests.households.helpers import make_household, synthetic_kk, synthetic_nik


@pytest.fixture
def family(cast, areas):
    make_household(by=cast.volunteer, area=areas.gedong_rt_next, head_name="Bambang", alley="Jalan Raya")
    return make_household(
        by=cast.volunteer,
        area=areas.gedong_rt,
        head_name="Moh. Yusup",
        alley="Gg. Mawar 2",
        house_number="No. 12A",
        landmark="Warung Bu Tini",
        kk=synthetic_kk(9321),
        members=[MemberData(name="Nur'aini", relation="spouse", nik=synthetic_nik(9654))],
    )


@pytest.mark.parametrize(
    "words",
    [
        "yusup",
        "YUSUP moh",
        "muhammad yusup",
        "yus",
        "nuraini",
        "Nur'aini",
        "gang mawar 2",
        "gg mawar",
        "mawar 12a",
        "tini",
        "yusup mawar",
        "rt 5",
        "RT 005/RW 011 mawar",
        "9321",
        "9654",
        synthetic_kk(9321),
        synthetic_nik(9654),
        " 3175.0515.0119.9321 ",
    ],
)
def test_found(cast, family, words):
    assert list(search(cast.volunteer, words)) == [family]


@pytest.mark.parametrize(
    "words", ["yusuf", "usup", "mawar 3", "rt 7", "9999", synthetic_kk(9322), "%", "_", "mawar yusup budi"]
)
def test_not_found(cast, family, words):
    assert family not in search(cast.volunteer, words)


@pytest.mark.parametrize("words", ["", "   "])
def test_no_words_find_nobody(cast, family, words):
    assert not search(cast.volunteer, words).exists()


@pytest.mark.parametrize("who", ["other_volunteer", "other_coordinator", "observer", "stranger"])
@pytest.mark.parametrize("words", ["yusup", "9321", synthetic_kk(9321), synthetic_nik(9654)])
def test_nobody_is_found_from_outside(cast, family, who, words):
    assert not search(getattr(cast, who), words).exists()


def test_terms_are_the_words_of_the_index():
    assert search_terms("Gg. Mawar No. 12 Moh") == ["gang", "mawar", "12", "muhammad"]
    assert search_terms("Écho-Ñ") == ["echo", "n"]
