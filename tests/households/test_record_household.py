"""Recording: what is refused, what is asked again, what is stored once, what is never stored."""

import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from cases.audit.models import AuditEvent
from cases.households.actions import record_household, record_households
from cases.households.choices import ConsentPurpose
from cases.households.entries import ConsentData, HouseholdData, MemberData
from cases.households.findings import HouseholdRefused, LookAgain
from cases.households.models import Consent, Household, Member
from cases.kernel.exceptions import ActionRefused, Conflict, NotAllowed, WriteOutsideAction
from tests.households.helpers import consent, make_household, synthetic_kk, synthetic_nik
from tests.places import GEDONG_RT, TENGAH_RT


def codes(refusal) -> set[str]:
    return {finding.code for finding in refusal.value.findings}


def test_the_head_becomes_a_member_and_the_nik_fills_sex_and_birth(cast, areas):
    nik = synthetic_nik(born=date(1958, 3, 12), woman=True)
    household = make_household(
        by=cast.volunteer,
        area=areas.gedong_rt,
        members=[MemberData(name="ignored", relation="head", nik=f"{nik[:4]} {nik[4:]}")],
    )
    head = household.members.get()
    assert (head.name, head.sex, head.birth_date) == ("Sumarni", "female", date(1958, 3, 12))
    assert head.nik_masked == f"3175••••••••{nik[-4:]}"
    assert household.has_elderly, "a woman of 68 is elderly whether or not anybody ticked it"


def test_numbers_lie_sealed_in_the_database(cast, areas):
    kk, nik = synthetic_kk(), synthetic_nik()
    household = make_household(
        by=cast.volunteer,
        area=areas.gedong_rt,
        kk=kk,
        phone="0812-3456-7890",
        members=[MemberData(name="Sumarni", relation="head", nik=nik)],
    )
    with connection.cursor() as cursor:
        for table in ("households_household", "households_member", "audit_auditevent"):
            cursor.execute(f"SELECT * FROM {table}")
            stored = repr([[bytes(v) if isinstance(v, memoryview) else v for v in row] for row in cursor])
            for secret in (kk, nik, "81234567890"):
                assert secret not in stored, table
    household.refresh_from_db()
    assert household.kk_masked == f"3175••••••••{kk[-4:]}"
    assert household.phone == "+6281234567890"


def test_the_history_says_what_was_recorded_without_names_or_numbers(cast, areas):
    household = make_household(by=cast.volunteer, area=areas.gedong_rt, kk=synthetic_kk())
    event = AuditEvent.objects.get(verb="household.recorded")
    assert event.subject_id == str(household.pk)
    assert event.area_code == GEDONG_RT
    assert event.data["kk"] is True
    assert "Sumarni" not in repr(event.data)


@pytest.mark.parametrize(
    ("agreed", "stored"),
    [
        (None, False),
        (consent(ConsentPurpose.CONTACT, given_on=date(2026, 1, 1)), False),
        (consent(ConsentPurpose.RECORD, given_on=date(2026, 1, 1)), True),
    ],
)
@pytest.mark.parametrize("number", ["kk", "nik"])
def test_without_consent_to_be_recorded_no_number_is_kept(cast, areas, agreed, stored, number):
    fields = (
        {"kk": synthetic_kk()}
        if number == "kk"
        else {"members": [MemberData(name="Sumarni", relation="head", nik=synthetic_nik())]}
    )
    if stored:
        make_household(by=cast.volunteer, area=areas.gedong_rt, consent=agreed, **fields)
        assert (
            Household.objects.exclude(kk_digest="").exists() or Member.objects.exclude(nik_digest="").exists()
        )
        return
    with pytest.raises(HouseholdRefused) as refusal:
        make_household(by=cast.volunteer, area=areas.gedong_rt, consent=agreed, **fields)
    assert codes(refusal) == {"number_without_consent"}
    assert not Household.objects.exists()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"kk": "123"}, "not_16_digits"),
        ({"kk": "3175051519199001"}, "month"),
        ({"head_name": "   "}, "name_missing"),
        ({"phone": "tidak ada"}, "not_a_phone"),
        ({"needs": {"rich": True}}, "need_unknown"),
        ({"area": "31.75.05.1001"}, "not_an_rt"),
        ({"members": [MemberData(name="A", nik="1" * 16)]}, "all_same"),
        ({"members": [MemberData(name="", relation="child")]}, "name_missing"),
        (
            {"members": [MemberData(name="A", relation="head"), MemberData(name="B", relation="head")]},
            "two_heads",
        ),
        ({"members": [MemberData(name="A", birth_date=date(2999, 1, 1))]}, "born_in_future"),
        ({"members": [MemberData(name="A", relation="boss")]}, "choice_unknown"),
        ({"members": [MemberData(name=n, nik="3175051203809005") for n in "AB"]}, "nik_twice"),
        ({"consent": ConsentData(given_on=date(2999, 1, 1))}, "consent_in_future"),
        ({"consent": ConsentData(given_on=date(2026, 1, 1), purposes=())}, "consent_for_nothing"),
    ],
)
def test_what_cannot_be_is_refused_whatever_was_accepted(cast, areas, fields, code):
    fields = {"area": areas.gedong_rt, "accept_warnings": True, **fields}
    with pytest.raises(HouseholdRefused) as refusal:
        make_household(by=cast.volunteer, **fields)
    assert code in codes(refusal)
    assert str(refusal.value)
    assert not Household.objects.exists()


def test_a_text_too_long_for_its_column_gets_a_sentence(cast, areas):
    with pytest.raises(ActionRefused) as refusal:
        make_household(by=cast.volunteer, area=areas.gedong_rt, alley="x" * 121)
    assert "120" in str(refusal.value)


def test_an_rt_that_nobody_added_is_refused(cast, areas):
    with pytest.raises(ActionRefused):
        make_household(by=cast.volunteer, area="31.75.05.1001.011.099")


def test_a_warning_is_asked_once_and_then_stored(cast, areas):
    foreign = synthetic_kk().replace("317505", "320101", 1)
    with pytest.raises(LookAgain) as look:
        make_household(by=cast.volunteer, area=areas.gedong_rt, kk=foreign, accept_warnings=False)
    assert [warning.code for warning in look.value.warnings] == ["not_jakarta"]
    assert not Household.objects.exists()
    make_household(by=cast.volunteer, area=areas.gedong_rt, kk=foreign, accept_warnings=True)
    assert AuditEvent.objects.get(verb="household.recorded").data["accepted"] == ["not_jakarta"]


@pytest.mark.parametrize("who", ["other_volunteer", "observer", "stranger"])
def test_nobody_records_outside_their_area(cast, areas, who):
    with pytest.raises(NotAllowed):
        make_household(by=getattr(cast, who), area=areas.gedong_rt)


def test_the_same_form_twice_is_one_family(cast, areas):
    fields = {"by": cast.volunteer, "area": areas.gedong_rt, "kk": synthetic_kk(), "client_id": uuid.uuid4()}
    assert make_household(**fields).pk == make_household(**fields).pk
    assert AuditEvent.objects.filter(verb="household.recorded").count() == 1
    with pytest.raises(Conflict):
        make_household(**{**fields, "kk": synthetic_kk()})
    assert Household.objects.count() == 1


def test_a_client_stamp_gives_no_number_away(cast, areas):
    """The digest over the content must not be one that can be computed by trying numbers."""
    from cases.households.actions.record import content_of

    kk, nik = synthetic_kk(), synthetic_nik()
    data = HouseholdData(area=GEDONG_RT, head_name="A", kk=kk, members=(MemberData(name="A", nik=nik),))
    assert kk not in repr(content_of(data))
    assert nik not in repr(content_of(data))


def test_a_stored_stamp_needs_the_key(cast, areas, monkeypatch):
    """The telephone is sealed, so the digest that stands beside the open columns must not give it back."""
    seen = []
    monkeypatch.setattr(
        "cases.households.actions.record.content_digest", lambda content: seen.append(content) or "plain"
    )
    household = make_household(
        by=cast.volunteer, area=areas.gedong_rt, phone="081234567890", client_id=uuid.uuid4()
    )
    assert seen[0]["phone"] == "081234567890"
    assert len(household.client_digest) == 64
    assert household.client_digest != "plain"


def test_rows_are_written_by_actions_only(cast, areas):
    household = make_household(by=cast.volunteer, area=areas.gedong_rt)
    household.head_name = "Lain"
    with pytest.raises(WriteOutsideAction):
        household.save()
    with pytest.raises(WriteOutsideAction):
        Member.objects.update(name="Lain")


# --- duplicates ------------------------------------------------------------------------------------------------------


@pytest.fixture
def known(cast, areas):
    return make_household(
        by=cast.volunteer,
        area=areas.gedong_rt,
        head_name="Hj. Siti Maesaroh",
        kk=synthetic_kk(9777),
        members=[MemberData(name="Siti", relation="head", nik=synthetic_nik(9555))],
    )


def look_of(by, area, **fields) -> LookAgain:
    with pytest.raises(LookAgain) as look:
        make_household(by=by, area=area, accept_warnings=False, **fields)
    return look.value


def test_the_same_kk_names_the_family_that_has_it(cast, areas, known):
    look = look_of(cast.volunteer, areas.gedong_rt_next, head_name="Orang Lain", kk=synthetic_kk(9777))
    assert [(same.code, same.household) for same in look.duplicates] == [("kk", known)]


def test_the_same_nik_is_found_in_any_member(cast, areas, known):
    nephew = MemberData(name="Keponakan", nik=synthetic_nik(9555))
    look = look_of(cast.volunteer, areas.gedong_rt_next, head_name="Orang Lain", members=[nephew])
    assert [(same.code, same.household) for same in look.duplicates] == [("nik", known)]


def test_a_similar_name_counts_in_the_same_rt_only(cast, areas, known):
    look = look_of(cast.volunteer, areas.gedong_rt, head_name="Siti Maisaroh")
    assert [(same.code, same.household) for same in look.duplicates] == [("name", known)]
    make_household(
        by=cast.volunteer, area=areas.gedong_rt_next, head_name="Siti Maisaroh", accept_warnings=False
    )


def test_a_number_known_in_another_area_does_not_say_whose(cast, areas, known):
    look = look_of(cast.other_volunteer, areas.tengah_rt, head_name="Orang Lain", kk=synthetic_kk(9777))
    assert [(same.code, same.household) for same in look.duplicates] == [("elsewhere", None)]
    assert "Maesaroh" not in str(look)


def test_the_board_is_told_whose_it_is(cast, areas, known):
    look = look_of(cast.board, areas.tengah_rt, head_name="Orang Lain", kk=synthetic_kk(9777))
    assert [same.household for same in look.duplicates] == [known]


def test_different_after_all_is_stored(cast, areas, known):
    make_household(by=cast.volunteer, area=areas.gedong_rt, kk=synthetic_kk(9777), accept_warnings=True)
    assert Household.objects.count() == 2


# --- many at once ----------------------------------------------------------------------------------------------------


def rows(count: int, **changes) -> list[HouseholdData]:
    agreed = ConsentData(given_on=timezone.localdate())
    row = HouseholdData(area=GEDONG_RT, head_name="Keluarga", consent=agreed)
    return [
        replace(
            row,
            head_name=f"Keluarga {'abcdefghij'[n % 10] * 5}{n}",
            kk=synthetic_kk(),
            members=(
                MemberData(name="x", relation="head", nik=synthetic_nik()),
                MemberData(
                    name="Anak", relation="child", birth_date=timezone.localdate() - timedelta(days=400)
                ),
            ),
            **changes,
        )
        for n in range(count)
    ]


def test_many_are_stored_as_one_by_one(cast, areas, django_assert_max_num_queries):
    data = rows(60)
    with django_assert_max_num_queries(30):
        stored = record_households(rows=data, by=cast.volunteer)
    alone = record_household(
        by=cast.volunteer,
        area=areas.gedong_rt_next,
        head_name=data[0].head_name,
        members=data[0].members,
        consent=data[0].consent,
        accept_warnings=True,
    )
    many = Household.objects.get(pk=stored[0].pk)
    assert many.has_infant
    for name in ("walk_key", "search_text", "has_infant", "has_pupil", "head_name"):
        assert getattr(many, name) == getattr(alone, name), name
    assert [m.name for m in many.members.all()] == [m.name for m in alone.members.all()]
    assert Consent.objects.count() == 61
    assert AuditEvent.objects.filter(verb="household.recorded").count() == 61


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kk": "12"}, "not_16_digits"),
        ({"area": "31.75.05.1001.011.099"}, "not_an_rt"),
        ({"consent": None}, "number_without_consent"),
    ],
)
def test_one_bad_row_refuses_all_and_says_which(cast, areas, changes, code):
    data = rows(3)
    data[1] = replace(data[1], **changes)
    with pytest.raises(HouseholdRefused) as refusal:
        record_households(rows=data, by=cast.volunteer)
    assert refusal.value.row == 1
    assert code in codes(refusal)
    assert not Household.objects.exists()


def test_many_never_reach_beyond_the_area_of_who_stores_them(cast, areas):
    with pytest.raises(NotAllowed):
        record_households(rows=[*rows(1), *rows(1, area=TENGAH_RT)], by=cast.volunteer)
    assert not Household.objects.exists()


def test_a_number_twice_in_a_list_is_refused(cast, areas):
    data = rows(2)
    data[1] = replace(data[1], kk=data[0].kk)
    with pytest.raises(HouseholdRefused) as refusal:
        record_households(rows=data, by=cast.volunteer)
    assert codes(refusal) == {"twice_in_list"}


def test_a_list_is_compared_with_what_is_stored(cast, areas, known):
    data = rows(2)
    data[1] = replace(data[1], kk=synthetic_kk(9777))
    with pytest.raises(LookAgain) as look:
        record_households(rows=data, by=cast.volunteer)
    assert (look.value.row, look.value.duplicates[0].household) == (1, known)
