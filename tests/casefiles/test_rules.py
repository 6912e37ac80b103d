"""Questions, numbers and words: pure rules, tried with whatever people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.casefiles import rules
from cases.casefiles.choices import (
    CATEGORIES_BY_GROUP,
    CATEGORY_ICON,
    REPORTER_ICON,
    Category,
    Question,
    ReporterLevel,
    Urgency,
)
from cases.casefiles.fields import question_fields
from cases.casefiles.models import Case
from cases.casefiles.rules import QUESTIONS, Kind


def test_every_category_has_questions_a_heading_and_a_picture():
    from pathlib import Path

    sprite = (Path(__file__).resolve().parents[2] / "advocacy/static/icons.svg").read_text()
    assert set(QUESTIONS) == set(CATEGORY_ICON) == set(Category)
    assert len(Category) == 19
    grouped = [category for group in CATEGORIES_BY_GROUP.values() for category in group]
    assert sorted(grouped) == sorted(Category)
    for icon in (*CATEGORY_ICON.values(), *REPORTER_ICON.values()):
        assert f'id="{icon}"' in sprite
    assert len(set(CATEGORY_ICON.values())) == len(Category)


def test_every_question_is_asked_and_every_column_exists():
    asked = {one.question for questions in QUESTIONS.values() for one in questions}
    assert asked == set(Question)
    columns = {one.column for questions in QUESTIONS.values() for one in questions if one.column}
    assert columns == set(rules.COLUMNS)
    for column in columns:
        assert Case._meta.get_field(column)
    for questions in QUESTIONS.values():
        keys = [one.key for one in questions]
        assert len(set(keys)) == len(keys) <= 8
        for one in questions:
            assert (one.choices is not None) == (one.kind in (Kind.CHOICE, Kind.CHOICES, Kind.YES_NO))


def test_pungli_asks_what_an_office_will_ask():
    keys = {one.key for one in QUESTIONS[Category.LEVY]}
    assert {"levy_amount", "levy_out_of", "levy_excuse", "actor_role", "levy_way", "would_sign"} <= keys


@pytest.mark.parametrize("category", Category)
def test_each_form_field_fits_its_rule(category):
    """What a field lets through is what the rule keeps."""
    fields = question_fields(category)
    assert list(fields) == [one.key for one in QUESTIONS[category]]
    for one in QUESTIONS[category]:
        if one.choices is not None:
            for value in one.choices.values:
                answer = [value] if one.kind is Kind.CHOICES else value
                cleaned = fields[one.key].clean(answer)
                kept, wrong = rules.check_details(category, {one.key: cleaned})
                assert wrong == []
                assert kept == ({} if one.column else {one.key: cleaned})
        assert fields[one.key].clean([] if one.kind is Kind.CHOICES else "") in (None, "", [])


@pytest.mark.parametrize(
    ("answers", "kept", "wrong"),
    [
        ({"how_many": "12", "receipt_given": "no"}, {"how_many": 12, "receipt_given": "no"}, []),
        ({"how_many": "", "receipt_given": None}, {}, []),
        ({"how_many": "dua"}, {}, ["how_many"]),
        ({"how_many": 10**9}, {}, ["how_many"]),
        ({"receipt_given": "perhaps"}, {}, ["receipt_given"]),
        ({"levy_amount": 5, "threat": ["violence"], "nonsense": 1}, {}, []),
    ],
)
def test_details(answers, kept, wrong):
    assert rules.check_details(Category.LEVY, answers) == (kept, wrong)


def test_details_of_several_choices():
    told, wrong = rules.check_details(Category.INTIMIDATION, {"threat": ["violence", "eviction", "violence"]})
    assert (told, wrong) == ({"threat": ["eviction", "violence"]}, [])
    assert rules.check_details(Category.INTIMIDATION, {"threat": ["magic"]}) == ({}, ["threat"])
    assert rules.check_details(Category.INTIMIDATION, {"threat": 5}) == ({}, ["threat"])


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.sampled_from(Category), st.dictionaries(st.sampled_from(Question.values), json_like))
def test_whatever_a_client_sends_is_kept_or_refused(category, answers):
    kept, wrong = rules.check_details(category, answers)
    assert not set(kept) & set(wrong)
    again, none_wrong = rules.check_details(category, kept)
    assert (again, none_wrong) == (kept, [])


def test_a_threat_begins_as_urgent():
    assert rules.first_urgency(Category.INTIMIDATION) == Urgency.URGENT
    assert rules.first_urgency(Category.LEVY) == Urgency.NORMAL


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("GDG-2611-0042", "GDG-2611-0042"),
        (" gdg 2611 42 ", "GDG-2611-0042"),
        ("gdg/2611/42", "GDG-2611-0042"),
        ("GDG26110042", "GDG-2611-0042"),
        ("gdg-2611-10000", "GDG-2611-10000"),
        ("3175051001-2611-0001", "3175051001-2611-0001"),
        ("GDG-2611", ""),
        ("3175051001940001", ""),
        ("Sumarni", ""),
        ("", ""),
    ],
)
def test_numbers_as_people_type_them(typed, read):
    assert rules.read_number(typed) == read


@given(st.sampled_from(["GDG", "TGH", "AB", "3175051001"]), st.integers(1, 999_999))
def test_a_number_is_read_back(abbr, sequence):
    from datetime import date

    number = rules.number(rules.number_prefix(abbr, "31.75.05.1001", date(2026, 11, 1)), sequence)
    assert rules.read_number(number) == number
    assert rules.read_number(number.lower().replace("-", " ")) == number


def test_each_level_has_its_meaning():
    assert set(rules.REPORTER_MEANING) == set(ReporterLevel)
