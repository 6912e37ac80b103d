"""Names of people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.kernel.names import normalise_name, similar


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("  SITI   Aminah ", "siti aminah"),
        ("H. Abdul Rojak", "abdul rojak"),
        ("Bpk. H. Abd. Rojak", "abdul rojak"),
        ("Hj. Maimunah", "maimunah"),
        ("Ibu Djumiati, S.Pd., M.Si", "djumiati"),
        ("Moh. Yusuf", "muhammad yusuf"),
        ("Muh Yusuf", "muhammad yusuf"),
        ("M. Yusuf", "muhammad yusuf"),
        ("Mochammad Yusuf", "muhammad yusuf"),
        ("Sarmi (alm.)", "sarmi"),
        ("Ma'ruf", "maruf"),
        ("Ibu", "ibu"),
        ("Rini H", "rini h"),
        (",", ""),
        ("", ""),
    ],
)
def test_normalises(typed: str, normal: str) -> None:
    assert normalise_name(typed) == normal


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("H. Abdul Rojak", "Abd. Rozak"),
        ("Moh. Yusuf", "Muhammad Yusup"),
        ("Nur Hayati", "Nurhayati"),
        ("Soeparno", "Suparno"),
        ("Ibu Djumiati", "Jumiyati"),
        ("Aminah Siti", "Siti Aminah"),
        ("Siti Aminah", "Siti Aminah Rohman"),
    ],
)
def test_one_person_in_two_spellings_is_similar(one: str, other: str) -> None:
    assert similar(one, other) >= 85


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Siti", "Siti Aminah"),
        ("Budi Santoso", "Slamet Riyadi"),
        ("Siti Aminah", "Siti Maemunah"),
        ("Ibu Sri", "Ibu Ani"),
    ],
)
def test_two_people_are_not(one: str, other: str) -> None:
    assert similar(one, other) < 85


@given(st.text(max_size=30), st.text(max_size=30))
def test_similarity_is_symmetric_and_bounded(one: str, other: str) -> None:
    assert 0 <= similar(one, other) <= 100
    assert similar(one, other) == pytest.approx(similar(other, one))


@given(st.text(max_size=30))
def test_a_name_is_similar_to_itself_and_normal_once_normalised(name: str) -> None:
    normal = normalise_name(name)
    assert similar(name, name) == (100 if normal else 0)
    assert similar("", name) == 0
