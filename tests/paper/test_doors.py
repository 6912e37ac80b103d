"""Door lists: whose families, on which sheets, under which numbers, and nothing on them that tells on anybody."""

import threading
from datetime import date
from uuid import uuid4

import pytest
import time_machine
from django.db import connection, connections
from django.urls import reverse
from django.utils import timezone

from cases.audit.models import AuditEvent
from cases.casefiles.choices import Category
from cases.casefiles.models import Case
from cases.households import actions as households
from cases.households.choices import VisitResult, VisitTask
from cases.jobs.models import Job
from cases.kernel.exceptions import ActionRefused, Conflict, NotAllowed
from cases.kernel.writes import WriteOutsideAction, open_gate
from cases.paper import actions, doors, rules, workers
from cases.paper.actions.prints import content_of, reserve_sheets
from cases.paper.choices import Whom
from cases.paper.doors import DoorOrder
from cases.paper.families import Choice, chosen, printable
from cases.paper.models import DoorLine, DoorSheet, PrintRecord, SheetCounter
from cases.paper.sheets import PaperRefused
from tests.casefiles.helpers import make_case
from tests.households.helpers import make_household
from tests.paper.helpers import GEDONG_PHONE, make_world, read, solid
from tests.programmes.helpers import make_schedule

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-24 03:00:00+00:00", tick=False):
        yield


@pytest.fixture
def world(areas, cast):
    return make_world(areas, cast)


def order(*areas, task="check", **fields):
    choice = {name: fields.pop(name) for name in ("whom", "round_id", "since") if name in fields}
    return DoorOrder(choice=Choice(areas=tuple(area.pk for area in areas), **choice), task=task, **fields)


def told(world, *areas, **fields):
    return order(*areas, task="round", round_id=world.round.pk, **fields)


# --- what is on it ------------------------------------------------------------------------------------------------


def test_the_list_of_a_round_carries_every_family_of_the_area_in_walking_order(world, areas, cast):
    made = actions.print_doors(order=told(world, areas.gedong), by=cast.volunteer)
    pages = [solid(page) for page in read(made.pdf)]
    assert len(pages) == 3  # 13 and 2 in RT 005, then RT 006 on a sheet of its own
    for number in range(1, 16):
        page = pages[0] if number <= 13 else pages[1]
        assert f"WargaGedong{number}" in page
    spots = [pages[0].index(solid(f"Gang Mawar No. {number}")) for number in (1, 2, 10, 13)]
    assert spots == sorted(spots)
    assert "WargaSebelah" in pages[2]
    assert "RT005/RW011Gedong" in pages[0]
    assert "RT006/RW011Gedong" in pages[2]
    assert "KLJcairSenin,14Desember2026,pukul09.00–12.00WIBdiBalaiRW011" in pages[0]
    assert solid(GEDONG_PHONE) in pages[0]
    for number in (1, 2, 3):
        assert f"Lembar{number}" in pages[number - 1]
        assert f"Halaman{number}dari3" in pages[number - 1]


def test_no_list_carries_a_number_of_identity_nor_a_family_of_another_area(world, areas, cast):
    for task in ("round", "check", "levy"):
        chosen_order = order(areas.gedong, task=task, round_id=world.round.pk)
        printed = solid("".join(read(actions.print_doors(order=chosen_order, by=cast.volunteer).pdf)))
        assert "OrangTengah" not in printed
        for kk in world.kks:
            assert kk not in printed
            assert kk[:12] not in printed
            assert (kk[-4:] in printed) == (task != "levy"), "asking about pungli needs no number"


def test_nothing_of_a_case_or_its_reporter_is_on_any_list(world, areas, cast):
    """A pungli case of the first family: neither its name nor that there is one may be read off the sheet."""
    case = make_case(
        by=cast.volunteer, category=Category.LEVY, household=world.here[-1], area=areas.gedong_rt
    )
    assert Case.objects.count() == 1
    levy = order(areas.gedong_rt, task="levy")
    walk = doors.plan(levy, user=cast.volunteer)
    with_case = doors.preview(walk, by=cast.volunteer)
    rows = {row.head: (row.address, row.message, row.kk_end) for row in with_case.pages[0].rows}
    assert rows["Warga Gedong 1"] == ("Gang Mawar No. 1", "", "")
    printed = solid("".join(read(actions.print_doors(order=levy, by=cast.volunteer).pdf)))
    for word in ("ungli", case.number, "pelapor", "aduan", "lapor"):
        assert solid(word).lower() not in printed.lower()


def test_which_families_were_chosen_is_in_the_books_and_not_on_the_paper(world, areas, cast):
    make_household(by=cast.volunteer, area=areas.gedong_rt, head_name="Mbah Karto", needs={"elderly": True})
    needs = order(areas.gedong, whom=Whom.NEEDS)
    made = actions.print_doors(order=needs, by=cast.volunteer)
    printed = solid("".join(read(made.pdf))).lower()
    assert "mbahkarto" in printed
    assert "wargagedong" not in printed
    assert "lansia" not in printed
    assert "lansia" in made.record.purpose


def test_rt_with_different_dates_say_each_its_own(world, areas, cast):
    make_schedule(world.round, areas.gedong_rt, date=date(2026, 12, 20), place="Pos RT 005")
    made = actions.print_doors(order=told(world, areas.gedong), by=cast.volunteer)
    pages = [solid(page) for page in read(made.pdf)]
    assert "20Des2026" in pages[0]
    assert "PosRT005" in pages[0]
    assert "14Des2026" in pages[2]
    assert "14Desember2026" not in "".join(pages)
    again = [solid(page) for page in read(actions.file_of(made.record))]
    assert again == pages


def test_an_address_with_a_number_of_identity_in_it_names_the_family_to_correct(world, areas, cast):
    make_household(
        by=cast.volunteer, area=areas.gedong_rt_next, head_name="Bu Tini", alley="Gg 3175041201909001"
    )
    with pytest.raises(PaperRefused, match="Bu Tini"):
        actions.print_doors(order=order(areas.gedong_rt_next), by=cast.volunteer)
    assert not PrintRecord.objects.exists()


# --- which families -----------------------------------------------------------------------------------------------


def names(choice, user):
    return [row.head_name for row in chosen(choice, user=user)]


def test_scope_is_that_of_the_user_whatever_is_asked_for(world, areas, cast):
    everywhere = Choice(areas=("31",))
    assert names(everywhere, cast.other_volunteer) == ["Orang Tengah"]
    assert "Orang Tengah" not in names(everywhere, cast.volunteer)
    assert len(names(everywhere, cast.board)) == 17
    assert names(everywhere, cast.observer) == names(everywhere, cast.stranger) == []
    assert names(Choice(household=world.far.pk), cast.volunteer) == []


def test_whoever_was_paid_visited_or_checked_is_left_out(world, areas, cast):
    family = world.here[0]
    here = (areas.gedong_rt.pk,)
    unpaid = Choice(areas=here, whom=Whom.UNPAID, round_id=world.round.pk)
    assert len(names(unpaid, cast.volunteer)) == 15
    households.record_receipt(
        household=family, round=world.round, due_amount=300_000, actual_amount=0, by=cast.volunteer
    )
    assert len(names(unpaid, cast.volunteer)) == 15, "nothing received is not paid"
    households.record_receipt(
        household=world.here[1],
        round=world.round,
        due_amount=300_000,
        actual_amount=250_000,
        by=cast.volunteer,
    )
    assert len(names(unpaid, cast.volunteer)) == 14
    today = timezone.localdate()
    households.record_visit(
        household=family, visited_on=today, task=VisitTask.ROUND, result=VisitResult.MET, by=cast.volunteer
    )
    assert len(names(Choice(areas=here, whom=Whom.UNVISITED, since=today), cast.volunteer)) == 14
    tomorrow = date(2026, 11, 25)
    assert len(names(Choice(areas=here, whom=Whom.UNVISITED, since=tomorrow), cast.volunteer)) == 15
    assert len(names(Choice(areas=here, whom=Whom.UNCHECKED, since=today), cast.volunteer)) == 15


def test_whoever_moved_away_is_not_called_on(world, areas, cast):
    households.moved_away(household=world.here[0], on=timezone.localdate(), by=cast.volunteer)
    assert len(names(Choice(areas=(areas.gedong_rt.pk,)), cast.volunteer)) == 14


def test_whoever_took_back_their_consent_is_on_no_list(world, areas, cast):
    households.withdraw_consent(household=world.here[0], on=timezone.localdate(), by=cast.volunteer)
    kept, left_out = printable(Choice(areas=(areas.gedong_rt.pk,)), user=cast.volunteer)
    assert (len(kept), left_out) == (14, 1)
    assert world.here[0].pk not in {family.id for family in kept}


def test_whoever_took_it_back_after_the_print_is_struck_from_the_sheet_made_again(world, areas, cast):
    row = actions.print_doors(order=order(areas.gedong_rt), by=cast.volunteer).record
    households.withdraw_consent(household=world.here[0], on=timezone.localdate(), by=cast.volunteer)
    again = [solid(page) for page in read(actions.file_of(row, by=cast.volunteer))]
    assert "WargaGedong15" not in "".join(again)
    assert "WargaGedong14" in again[1]
    assert "(dicoret)" in again[1]


# --- who may ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["other_volunteer", "other_coordinator", "observer", "stranger"])
def test_nobody_prints_families_of_another_area(world, areas, cast, who):
    with pytest.raises(NotAllowed):
        actions.print_doors(order=order(areas.gedong_rt), by=getattr(cast, who))
    assert not PrintRecord.objects.exists()


def test_a_pile_goes_only_to_who_may_see_its_families(world, areas, cast):
    fine = order(areas.gedong, volunteers=(cast.volunteer.pk, cast.coordinator.pk))
    made = actions.print_doors(order=fine, by=cast.coordinator)
    sheets = list(made.record.sheets.all())
    assert {sheet.volunteer_id for sheet in sheets} == {cast.volunteer.pk, cast.coordinator.pk}
    assert sheets[0].volunteer == cast.volunteer
    first = read(made.pdf)[0]
    assert str(cast.volunteer) in first
    for stranger in (cast.other_volunteer, cast.observer):
        with pytest.raises(ActionRefused):
            actions.print_doors(order=order(areas.gedong, volunteers=(stranger.pk,)), by=cast.board)


def test_a_volunteer_gives_piles_to_nobody_but_counts_them(world, areas, cast):
    assert actions.volunteers_for(cast.volunteer, [areas.gedong.pk]) == [cast.volunteer]
    with pytest.raises(ActionRefused):
        actions.print_doors(order=order(areas.gedong, volunteers=(cast.coordinator.pk,)), by=cast.volunteer)
    made = actions.print_doors(order=order(areas.gedong, piles=2), by=cast.volunteer)
    assert {sheet.pile for sheet in made.record.sheets.all()} == {1, 2}
    assert "bagian1dari2" in solid(read(made.pdf)[0])


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"task": "round"}, "penyaluran"),
        ({"whom": Whom.UNPAID}, "penyaluran"),
        ({"piles": 0}, "20"),
        ({"piles": 21}, "20"),
    ],
)
def test_orders_that_make_no_sense_are_refused_in_a_sentence(world, areas, cast, fields, word):
    with pytest.raises(ActionRefused) as refusal:
        actions.print_doors(order=order(areas.gedong, **fields), by=cast.volunteer)
    assert word in str(refusal.value)


def test_a_list_of_nobody_is_refused_and_takes_no_number(world, areas, cast):
    with pytest.raises(PaperRefused):
        actions.print_doors(order=order(areas.gedong, whom=Whom.NEEDS), by=cast.volunteer)
    assert not SheetCounter.objects.filter(last__gt=0).exists()


# --- the books ----------------------------------------------------------------------------------------------------


def test_every_print_is_a_row_with_its_sheets_and_lines(world, areas, cast):
    made = actions.print_doors(order=told(world, areas.gedong, paper="a4"), by=cast.volunteer)
    row = made.record
    assert (row.kind, row.paper, row.pages, row.names, row.by) == ("door_list", "a4", 3, 16, cast.volunteer)
    assert row.area_id == "31.75.05.1001.011"
    assert [sheet.number for sheet in row.sheets.all()] == [1, 2, 3]
    assert DoorLine.objects.count() == 16
    line = DoorLine.objects.get(sheet__number=2, line=1)
    assert line.household.house_number == "14"
    event = AuditEvent.objects.get(verb="print.made")
    assert event.data == {"kind": "door_list", "paper": "a4", "names": 16, "sheets": [1, 3]}
    assert "Warga" not in str(event.data) + str(row.content)


def test_the_same_sheets_can_be_made_again(world, areas, cast):
    made = actions.print_doors(order=told(world, areas.gedong), by=cast.volunteer)
    assert read(actions.file_of(made.record, by=cast.volunteer)) == read(made.pdf)
    assert DoorSheet.objects.count() == 3
    with pytest.raises(NotAllowed):
        actions.file_of(made.record, by=cast.other_coordinator)


def test_a_double_click_prints_one_record(world, areas, cast):
    stamp = uuid4()
    first = actions.order_doors(order=order(areas.gedong), by=cast.volunteer, client_id=stamp)
    second = actions.order_doors(order=order(areas.gedong), by=cast.volunteer, client_id=stamp)
    assert first == second
    assert PrintRecord.objects.count() == 1
    assert SheetCounter.objects.get().last == 3
    with pytest.raises(Conflict):
        actions.order_doors(order=order(areas.gedong_rt), by=cast.volunteer, client_id=stamp)


def test_rows_are_written_by_actions_only(world, areas, cast):
    with pytest.raises(WriteOutsideAction):
        SheetCounter.objects.create(last=1)
    with pytest.raises(WriteOutsideAction):
        PrintRecord.objects.create(kind="slips", area=areas.gedong, paper="a4")


def test_sheet_numbers_go_on_where_they_ended(world, areas, cast):
    assert reserve_sheets(count=5) == 1
    made = actions.print_doors(order=order(areas.gedong_rt), by=cast.volunteer)
    assert [sheet.number for sheet in made.record.sheets.all()] == [6, 7]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_never_get_the_same_sheet_number():
    """On both engines: the counter is locked while numbers are given."""
    got, errors = [], []

    def take():
        try:
            got.append(reserve_sheets(count=3))
        except Exception as error:  # noqa: BLE001
            errors.append(error)
        finally:
            if threading.current_thread() is not threading.main_thread():
                connections.close_all()

    threads = [threading.Thread(target=take) for _number in range(8)]
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        for thread in threads:  # an in-memory database is one thread's
            thread.run()
    else:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert errors == []
    assert sorted(got) == list(range(1, 25, 3))


@pytest.mark.django_db(transaction=True)
def test_two_taps_at_the_same_moment_print_one_record(world, areas, cast):
    """Both are set, one is kept, and both answers are that one."""
    stamp, got, errors = uuid4(), [], []

    def tap():
        try:
            got.append(actions.print_doors(order=order(areas.gedong), by=cast.volunteer, client_id=stamp))
        except Exception as error:  # noqa: BLE001
            errors.append(error)
        finally:
            if threading.current_thread() is not threading.main_thread():
                connections.close_all()

    threads = [threading.Thread(target=tap) for _number in range(3)]
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        for thread in threads:
            thread.run()
    else:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert errors == []
    assert {made.record.pk for made in got} == set(PrintRecord.objects.values_list("pk", flat=True))
    assert PrintRecord.objects.count() == 1
    numbers = list(DoorSheet.objects.values_list("number", flat=True))
    assert len(numbers) == len(set(numbers)) == 3
    assert all(f"Lembar{numbers[0]}" in solid(read(made.pdf)[0]) for made in got)


# --- large lists --------------------------------------------------------------------------------------------------


def test_a_large_list_is_made_in_the_background(world, areas, cast, run_jobs, monkeypatch):
    monkeypatch.setattr(rules, "PRINT_AT_ONCE", 10)
    stamp = uuid4()
    job = actions.order_doors(order=told(world, areas.gedong), by=cast.volunteer, client_id=stamp)
    assert isinstance(job, Job)
    assert actions.order_doors(order=told(world, areas.gedong), by=cast.volunteer, client_id=stamp) == job
    assert "Warga" not in str(job.params)
    assert not PrintRecord.objects.exists()
    run_jobs()
    job.refresh_from_db()
    assert job.status == "done", job.error
    row = PrintRecord.objects.get()
    assert (row.job, row.by, row.names) == (job, cast.volunteer, 16)
    assert job.result == {"print": row.pk, "sheets": 3, "families": 16}
    assert "WargaGedong1" in solid("".join(read(job.file.unsealed())))


def test_a_job_that_starts_again_makes_the_same_sheets_and_no_second_print(world, areas, cast, monkeypatch):
    monkeypatch.setattr(rules, "PRINT_AT_ONCE", 10)
    job = actions.order_doors(order=told(world, areas.gedong), by=cast.volunteer)
    first = workers.print_doors(job, lambda done, total: None)
    second = workers.print_doors(job, lambda done, total: None)
    assert read(first.file) == read(second.file)
    assert PrintRecord.objects.count() == 1
    assert DoorSheet.objects.count() == 3


def test_a_job_whose_owner_lost_the_role_prints_nothing(world, areas, cast, run_jobs, monkeypatch):
    monkeypatch.setattr(rules, "PRINT_AT_ONCE", 10)
    job = actions.order_doors(order=told(world, areas.gedong), by=cast.volunteer)
    with open_gate():
        cast.volunteer.memberships.update(ended_at=timezone.now())
    run_jobs()
    job.refresh_from_db()
    assert job.status == "failed"
    assert not PrintRecord.objects.exists()


def test_a_finished_file_is_shut_once_the_role_ended(world, areas, cast, run_jobs, as_user, monkeypatch):
    monkeypatch.setattr(rules, "PRINT_AT_ONCE", 10)
    job = actions.order_doors(order=told(world, areas.gedong), by=cast.volunteer)
    run_jobs()
    address = reverse("jobs:download", args=[job.pk])
    assert as_user(cast.volunteer).get(address).status_code == 200
    with open_gate():
        cast.volunteer.memberships.update(ended_at=timezone.now())
    assert as_user(cast.volunteer).get(address).status_code == 403


def test_a_large_list_can_be_made_again_under_the_same_numbers(
    world, areas, cast, run_jobs, as_user, monkeypatch
):
    made = actions.print_doors(order=told(world, areas.gedong), by=cast.volunteer)
    monkeypatch.setattr(rules, "PRINT_AT_ONCE", 10)
    client = as_user(cast.volunteer)
    assert client.get(reverse("paper:print_file", args=[made.record.pk])).status_code == 302
    answer = client.post(reverse("paper:print_again", args=[made.record.pk]))
    job = Job.objects.get()
    assert answer["Location"] == reverse("jobs:detail", args=[job.pk])
    run_jobs()
    job.refresh_from_db()
    assert read(job.file.unsealed()) == read(made.pdf)


def test_the_page_of_a_print_knows_its_content(world, areas, cast):
    made = actions.print_doors(order=order(areas.gedong_rt), by=cast.volunteer)
    content, codes = content_of(made.record)
    assert content.names == 15
    assert set(codes) == {areas.gedong_rt.pk}
