"""A case is recorded once, under a number of its own, with what its category asks and nothing else."""

import threading
import uuid
from datetime import date, timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import connections
from django.utils import timezone

from cases.audit.models import AuditEvent
from cases.casefiles import actions
from cases.casefiles.actions import Levy, ReporterData
from cases.casefiles.choices import Category, ReporterLevel, Status, Urgency
from cases.casefiles.models import Case, CaseCounter, Reporter
from cases.households.models import Household
from cases.kernel.exceptions import ActionRefused, Conflict, NotAllowed
from cases.kernel.writes import open_gate
from cases.programmes.models import Programme, Round
from tests.casefiles.helpers import STORY, make_case

many_writers = pytest.mark.skipif(
    "sqlite" in settings.DATABASES["default"]["ENGINE"],
    reason="the tests' SQLite is in memory and one writer's; PostgreSQL shows the race",
)


@pytest.fixture
def household(areas):
    with open_gate():
        return Household.objects.create(
            area=areas.gedong_rt, head_name="Sumarni", walk_key="1", search_text=" sumarni "
        )


@pytest.fixture
def elsewhere(areas):
    with open_gate():
        return Household.objects.create(
            area=areas.tengah_rt, head_name="Rohayati", walk_key="1", search_text=" rohayati "
        )


def test_everything_that_is_told_is_kept(cast, areas, household):
    with open_gate():
        programme = Programme.objects.create(code="BST", name="BST", kind="cash")
        aid_round = Round.objects.create(
            programme=programme, name="Tahap 4", period_start=date(2026, 10, 1), period_end=date(2026, 12, 31)
        )
    case = actions.log_case(
        by=cast.volunteer,
        area=areas.gedong_rt,
        category=Category.LEVY,
        story="  Diminta uang di depan balai RW.  ",
        household=household,
        round=aid_round,
        happened_on=date(2026, 11, 2),
        happened_about="setelah subuh",
        urgency=Urgency.SOON,
        details={"how_many": "12", "receipt_given": "no", "threat": ["violence"], "would_sign": ""},
        levy=Levy(50_000, 600_000, "left_out", "rt", "cash"),
        reporter=ReporterData(ReporterLevel.POSKO_ONLY, " Ibu  Karsinah ", "0812-3456-7890", "neighbour"),
    )
    case.refresh_from_db()
    assert case.number.startswith("GDG-")
    assert (case.status, case.created_by, case.programme) == (Status.NEW, cast.volunteer, programme)
    assert case.story == "Diminta uang di depan balai RW."
    assert case.details == {"how_many": 12, "receipt_given": "no"}
    assert (case.levy_amount, case.levy_out_of, case.levy_excuse) == (50_000, 600_000, "left_out")
    reporter = Reporter.objects.get(case=case)
    assert reporter.name_sealed.reveal() == "Ibu Karsinah"
    assert reporter.phone_sealed.reveal() == "+6281234567890"
    assert reporter.relation_sealed.reveal() == "neighbour"


def test_what_the_category_does_not_ask_is_not_kept(cast, areas):
    case = actions.log_case(
        by=cast.volunteer,
        area=areas.gedong_rt,
        category=Category.DOUBLE,
        story=STORY,
        levy=Levy(50_000, 600_000, "left_out", "rt", "cash"),
        details={"double_what": "person", "how_many": 3},
    )
    assert case.details == {"double_what": "person"}
    assert (case.levy_amount, case.levy_out_of, case.levy_excuse, case.actor_role, case.levy_way) == (
        None,
        None,
        "",
        "",
        "",
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"category": "NONSENSE"},
        {"story": "   "},
        {"story": "x" * 6001},
        {"urgency": "whenever"},
        {"happened_about": "x" * 81},
        {"levy": Levy(amount=600_000, out_of=300_000)},
        {"levy": Levy(amount=-1)},
        {"levy": Levy(excuse="greed")},
        {"details": {"how_many": "banyak"}},
        {"details": {"receipt_given": "maybe"}},
        {"details": {"how_many": -4}},
        {"reporter": ReporterData("everyone", "Karsinah")},
        {"reporter": ReporterData(ReporterLevel.POSKO_ONLY, "  ")},
        {"reporter": ReporterData(ReporterLevel.POSKO_ONLY, "Karsinah", phone="12")},
        {"reporter": ReporterData(ReporterLevel.POSKO_ONLY, "Karsinah", relation="boss")},
    ],
)
def test_what_cannot_be_is_refused_and_uses_no_number(wrong, cast, areas):
    given = {"category": Category.LEVY, "story": STORY, **wrong}
    with pytest.raises(ActionRefused):
        actions.log_case(by=cast.volunteer, area=areas.gedong_rt, **given)
    assert not Case.objects.exists()
    assert not CaseCounter.objects.exists()
    assert not AuditEvent.objects.filter(verb__startswith="case").exists()


def test_the_future_is_refused(cast, areas):
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ActionRefused):
        make_case(cast.volunteer, areas.gedong_rt, happened_on=tomorrow)


def test_a_round_of_another_programme_is_refused(cast, areas):
    with open_gate():
        one = Programme.objects.create(code="BST", name="BST", kind="cash")
        two = Programme.objects.create(code="PKH", name="PKH", kind="cash")
        aid_round = Round.objects.create(
            programme=one, name="Tahap 4", period_start=date(2026, 10, 1), period_end=date(2026, 12, 31)
        )
    with pytest.raises(ActionRefused):
        make_case(cast.volunteer, areas.gedong_rt, programme=two, round=aid_round)


@pytest.mark.parametrize("role", ["other_volunteer", "other_coordinator", "observer", "stranger"])
def test_only_where_one_works(role, cast, areas):
    with pytest.raises(NotAllowed):
        actions.log_case(by=getattr(cast, role), area=areas.gedong_rt, category=Category.LEVY, story=STORY)


def test_a_family_from_elsewhere_is_refused(cast, areas, elsewhere):
    with pytest.raises(ActionRefused):
        make_case(cast.volunteer, areas.gedong_rt, household=elsewhere)


def test_a_whole_city_is_no_place(cast, areas):
    with pytest.raises(ActionRefused):
        make_case(cast.board, areas.province)


# --- numbers -------------------------------------------------------------------------------------------------------------


def test_numbers_run_by_kelurahan_and_month(cast, areas):
    with time_machine.travel("2026-11-30T23:30:00+07:00", tick=False):
        numbers = [
            make_case(cast.volunteer, areas.gedong_rt).number,
            make_case(cast.volunteer, areas.gedong_rt_next).number,
            make_case(cast.volunteer, areas.gedong).number,
            make_case(cast.other_volunteer, areas.tengah_rt).number,
        ]
    # In UTC it is still November.
    with time_machine.travel("2026-12-01T00:30:00+07:00", tick=False):
        numbers.append(make_case(cast.volunteer, areas.gedong_rt).number)
    assert numbers == [
        "GDG-2611-0001",
        "GDG-2611-0002",
        "GDG-2611-0003",
        "TGH-2611-0001",
        "GDG-2612-0001",
    ]


def test_a_kelurahan_without_a_short_code_uses_its_digits(cast, areas):
    with open_gate():
        areas.gedong.abbr = ""
        areas.gedong.save()
    with time_machine.travel("2026-11-24T09:00:00+07:00", tick=False):
        assert make_case(cast.volunteer, areas.gedong_rt).number == "3175051001-2611-0001"


def test_the_ten_thousandth_case_still_has_a_number(cast, areas):
    with time_machine.travel("2026-11-24T09:00:00+07:00", tick=False):
        with open_gate():
            CaseCounter.objects.create(prefix="GDG-2611", last=9_999)
        assert make_case(cast.volunteer, areas.gedong_rt).number == "GDG-2611-10000"


def test_a_case_that_is_not_stored_takes_no_number(cast, areas):
    with pytest.raises(ActionRefused):
        make_case(cast.volunteer, areas.gedong_rt, evidence=[b"no photo at all"])
    assert not Case.objects.exists()
    assert make_case(cast.volunteer, areas.gedong_rt).number.endswith("-0001")


@many_writers
@pytest.mark.django_db(transaction=True)
def test_numbers_are_unique_when_many_write_at_once(cast, areas):
    start, numbers, errors = threading.Barrier(6), [], []

    def write() -> None:
        try:
            start.wait()
            for _ in range(5):
                numbers.append(make_case(cast.volunteer, areas.gedong_rt).number)
        except Exception as error:  # noqa: BLE001  shown by the assertion below
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert sorted(int(number.rsplit("-", 1)[1]) for number in numbers) == list(range(1, 31))


# --- sent twice ----------------------------------------------------------------------------------------------------------


def test_sent_twice_is_stored_once(cast, areas):
    client_id = uuid.uuid4()
    first = make_case(cast.volunteer, areas.gedong_rt, client_id=client_id)
    again = make_case(cast.volunteer, areas.gedong_rt, client_id=client_id)
    assert again.pk == first.pk
    assert Case.objects.count() == 1
    assert AuditEvent.objects.filter(verb="case.logged").count() == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"story": "Cerita lain."},
        {"urgency": Urgency.URGENT},
        {"levy": Levy(amount=10_000)},
        {"reporter": ReporterData(ReporterLevel.POSKO_ONLY, "Karsinah")},
    ],
)
def test_same_id_with_other_content_is_a_conflict(changed, cast, areas):
    client_id = uuid.uuid4()
    first = make_case(cast.volunteer, areas.gedong_rt, client_id=client_id)
    with pytest.raises(Conflict) as conflict:
        make_case(cast.volunteer, areas.gedong_rt, client_id=client_id, **changed)
    assert conflict.value.existing == first
    assert Case.objects.count() == 1


@many_writers
@pytest.mark.django_db(transaction=True)
def test_a_double_click_at_the_same_moment_is_one_case(cast, areas):
    client_id, start, made, errors = uuid.uuid4(), threading.Barrier(4), [], []

    def write() -> None:
        try:
            start.wait()
            made.append(make_case(cast.volunteer, areas.gedong_rt, client_id=client_id).pk)
        except Exception as error:  # noqa: BLE001  shown by the assertion below
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(made) == 4
    assert len(set(made)) == 1
    assert AuditEvent.objects.filter(verb="case.logged").count() == 1
    assert CaseCounter.objects.get().last == 1


# --- changed -------------------------------------------------------------------------------------------------------------


def test_edit_keeps_the_rest_and_names_what_changed(cast, areas, household):
    case = make_case(cast.volunteer, areas.gedong_rt, levy=Levy(amount=50_000), details={"how_many": 3})
    actions.edit(case=case, by=cast.volunteer, story="Cerita yang benar.", household=household)
    case.refresh_from_db()
    assert (case.story, case.household, case.levy_amount) == ("Cerita yang benar.", household, 50_000)
    assert case.details == {"how_many": 3}
    event = AuditEvent.objects.get(verb="case.edited")
    assert event.data == {"fields": ["household", "story"]}


def test_another_category_leaves_answers_behind_that_do_not_fit(cast, areas):
    case = make_case(cast.volunteer, areas.gedong_rt, levy=Levy(amount=50_000), details={"how_many": 3})
    actions.edit(case=case, by=cast.volunteer, category=Category.DOUBLE)
    case.refresh_from_db()
    assert (case.category, case.levy_amount, case.details) == (Category.DOUBLE, None, {})


def test_nothing_changed_is_no_event(cast, areas):
    case = make_case(cast.volunteer, areas.gedong_rt)
    actions.edit(case=case, by=cast.volunteer, story=case.story)
    assert not AuditEvent.objects.filter(verb="case.edited").exists()


@pytest.mark.parametrize(
    ("role", "status", "may"),
    [
        ("volunteer", Status.NEW, True),
        ("volunteer", Status.NEEDS_DETAILS, True),
        ("volunteer", Status.VERIFIED, False),
        ("volunteer", Status.SENT, False),
        ("coordinator", Status.SENT, True),
        ("board", Status.ANSWERED, True),
        ("coordinator", Status.RESOLVED, False),
        ("coordinator", Status.CLOSED, False),
        ("other_volunteer", Status.NEW, False),
        ("observer", Status.NEW, False),
        ("stranger", Status.NEW, False),
    ],
)
def test_who_may_edit_and_until_when(role, status, may, cast, areas):
    case = make_case(cast.volunteer, areas.gedong_rt, status=status)
    if may:
        assert actions.edit(case=case, by=getattr(cast, role), story="Baru.").story == "Baru."
        return
    with pytest.raises((NotAllowed, ActionRefused)):
        actions.edit(case=case, by=getattr(cast, role), story="Baru.")


def test_a_colleague_edits_only_what_was_handed_to_him(cast, areas, make_user):
    from cases.people.choices import Role

    colleague = make_user("relawan.dua", (Role.VOLUNTEER, areas.gedong.pk))
    case = make_case(cast.volunteer, areas.gedong_rt)
    with pytest.raises(NotAllowed):
        actions.edit(case=case, by=colleague, story="Baru.")
    actions.assign(case=case, by=cast.coordinator, to=colleague)
    actions.edit(case=case, by=colleague, story="Baru.")


def test_a_case_cannot_be_moved_out_of_ones_area(cast, areas):
    case = make_case(cast.volunteer, areas.gedong_rt)
    with pytest.raises(NotAllowed):
        actions.edit(case=case, by=cast.volunteer, area=areas.tengah_rt)


def test_a_family_out_of_sight_stays_with_its_case(cast, areas, elsewhere, as_user):
    """The board recorded it over two kampung; the volunteer who mends a word does not take the family away."""
    case = make_case(cast.board, areas.gedong_rt, household=elsewhere)
    actions.assign(case=case, by=cast.coordinator, to=cast.volunteer)
    client, url = as_user(cast.volunteer), f"/cases/{case.pk}/edit/"
    assert "Rohayati" not in client.get(url).text
    given = {"category": case.category, "area": areas.gedong_rt.pk, "story": "Baru.", "urgency": "normal"}
    answer = client.post(url, given)
    assert answer.status_code == 302, answer.text
    case.refresh_from_db()
    assert (case.story, case.household) == ("Baru.", elsewhere)
    assert "Rohayati" not in client.get(f"/cases/{case.pk}/").text
