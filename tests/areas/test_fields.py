"""Choosing an area: scoped, grouped, named as people write it."""

from datetime import date
from types import SimpleNamespace

import django_filters
import pytest
from django import forms

from cases.areas.calendar import load_calendar
from cases.areas.choices import DayChange, Level
from cases.areas.filters import AreaFilter
from cases.areas.forms import AreaField
from cases.areas.models import Area, OwnDay, area_label
from cases.kernel.writes import open_gate
from cases.people.choices import Role

GEDONG = "31.75.05.1001"
GEDONG_RT = f"{GEDONG}.011.005"
GEDONG_RT_NEXT = f"{GEDONG}.011.006"
TENGAH_RT = "31.75.04.1002.002.003"


def offered(field: AreaField) -> list[str]:
    return [str(value) for _heading, group in list(field.choices)[1:] for value, _label in group]


def test_a_volunteer_is_offered_the_rt_of_the_own_kelurahan_under_their_rw(cast):
    field = AreaField(user=cast.volunteer, levels=[Level.RT])
    assert list(field.choices)[1][0] == "RW 011 Gedong"
    assert [label for _value, label in list(field.choices)[1][1]] == [
        "RT 005/RW 011 Gedong",
        "RT 006/RW 011 Gedong",
    ]
    assert offered(field) == [GEDONG_RT, GEDONG_RT_NEXT]


def test_another_kampungs_rt_is_refused_with_a_sentence(cast):
    field = AreaField(user=cast.volunteer)
    assert field.clean(GEDONG_RT).pk == GEDONG_RT
    with pytest.raises(forms.ValidationError, match=r"not one of yours|bukan"):
        field.clean(TENGAH_RT)


@pytest.mark.parametrize("who", ["observer", "stranger"])
def test_who_sees_no_rows_is_offered_nothing(cast, who):
    assert offered(AreaField(user=getattr(cast, who))) == []


def test_a_volunteer_coordinates_nothing(cast):
    assert offered(AreaField(user=cast.volunteer, coordinated=True)) == []
    assert offered(AreaField(user=cast.coordinator, coordinated=True)) == [GEDONG_RT, GEDONG_RT_NEXT]


def test_the_list_is_one_query_however_long(cast, django_assert_num_queries):
    field = AreaField(user=cast.board, levels=[Level.VILLAGE, Level.RW, Level.RT])
    cast.board.row_areas  # noqa: B018
    with django_assert_num_queries(1):
        assert "RT 003/RW 002 Tengah" in field.widget.render("area", None)


def test_a_scope_below_the_kelurahan_still_names_it(make_user):
    user = make_user("relawan.rt", (Role.VOLUNTEER, GEDONG_RT))
    assert list(AreaField(user=user).choices)[1] == ("RW 011 Gedong", [(GEDONG_RT, "RT 005/RW 011 Gedong")])


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("31", "DKI Jakarta"),
        ("31.75.05", "Kec. Pasar Rebo"),
        (GEDONG, "Kel. Gedong"),
        ("31.75.05.1001.011", "RW 011 Gedong"),
        (GEDONG_RT, "RT 005/RW 011 Gedong"),
        ("99", "99"),
    ],
)
def test_labels(areas, code, label):
    assert area_label(code) == label


def test_a_filter_keeps_what_lies_below_the_choice(cast):
    class Found(django_filters.FilterSet):
        area = AreaFilter("code")

        class Meta:
            model = Area
            fields: list[str] = []

    request = SimpleNamespace(user=cast.volunteer)
    everything = Area.objects.all()
    found = Found({"area": "31.75.05.1001.011"}, everything, request=request)
    assert [area.pk for area in found.qs] == ["31.75.05.1001.011", GEDONG_RT, GEDONG_RT_NEXT]
    assert not Found({"area": TENGAH_RT}, everything, request=request).is_valid()


def test_own_days_make_the_calendar(db):
    with open_gate():
        OwnDay.objects.create(date=date(2026, 6, 22), change=DayChange.ADDED, name="HUT Jakarta")
        OwnDay.objects.create(date=date(2026, 12, 24), change=DayChange.STRUCK, name="Cuti bersama dicabut")
    calendar = load_calendar()
    assert calendar.reason(date(2026, 6, 22)) == "HUT Jakarta"
    assert calendar.reason(date(2026, 12, 24)) == ""
