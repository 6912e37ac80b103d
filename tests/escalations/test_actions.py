"""Sending, receipt, answer, withdrawal: dates that cannot be are refused whole, and the deadline follows what is known."""

import io
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from PIL import Image

from cases.audit.models import AuditEvent
from cases.casefiles import actions as casefiles
from cases.casefiles.choices import Category, ReporterLevel, Status
from cases.casefiles.models import Case
from cases.escalations import actions
from cases.escalations.choices import Channel, SubmissionStatus
from cases.escalations.models import (
    Answer,
    Deadline,
    DeadlineRule,
    Office,
    Requirement,
    Route,
    Submission,
    SubmissionCase,
)
from cases.kernel.exceptions import ActionRefused, Conflict, NotAllowed, WriteOutsideAction
from cases.kernel.writes import open_gate
from tests.casefiles.helpers import make_case
from tests.escalations.helpers import SENT_ON, TODAY, make_answer, make_submission, make_verified

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast, areas):
    return make_verified(cast.coordinator, areas.gedong_rt)


@pytest.fixture
def submission(case, offices, cast):
    return make_submission([case], offices.village, cast.coordinator)


def fresh(row):
    row.refresh_from_db()
    return row


def counts():
    return (Submission.objects.count(), SubmissionCase.objects.count(), AuditEvent.objects.count())


class TestSending:
    def test_the_case_lies_with_the_office_until_the_day_the_law_gives(self, case, submission):
        assert submission.due_on == date(2026, 11, 16)
        answer = submission.deadlines.get(step="answer")
        assert (answer.amount, answer.unit, answer.started_on) == (14, "hari", date(2026, 11, 2))
        assert answer.basis.startswith("UU 25/2009")
        case = fresh(case)
        assert (case.status, case.due_on) == (Status.SENT, date(2026, 11, 16))
        event = AuditEvent.objects.get(verb="submission.sent", subject_type="casefiles.case")
        assert (event.subject_id, event.object_id) == (str(case.pk), str(submission.pk))
        assert event.data["office"] == "Kelurahan Gedong"

    def test_the_receipt_starts_the_clock_where_it_is_known_at_once(self, case, offices, cast):
        row = make_submission([case], offices.village, cast.coordinator, received_on=date(2026, 11, 4))
        assert row.due_on == date(2026, 11, 18)

    def test_each_matter_has_its_own_time_and_working_days_skip_weekends(self, areas, case, offices, cast):
        ordinary = make_verified(cast.coordinator, areas.gedong_rt, Category.NOT_RECEIVED)
        levy = make_submission([case], offices.lapor, cast.coordinator)
        assert (levy.matter, levy.deadlines.get(step="answer").due_on) == ("oversight", date(2027, 1, 29))
        row = make_submission([ordinary], offices.lapor, cast.coordinator)
        days = {clock.step: clock.due_on for clock in row.deadlines.all()}
        assert days["answer"] == date(2026, 11, 20)
        assert row.due_on == days["verify"] == date(2026, 11, 5)

    def test_an_office_without_a_rule_has_no_clock(self, case, offices, cast):
        row = make_submission([case], offices.ombudsman, cast.coordinator)
        assert (row.due_on, fresh(case).due_on) == (None, None)
        assert not row.deadlines.exists()

    def test_a_later_change_of_the_rule_does_not_rewrite_history(self, submission, cast):
        with open_gate():
            DeadlineRule.objects.filter(office_kind="village", step="answer").update(amount=30)
        actions.receive(submission=submission, received_on=date(2026, 11, 3), by=cast.coordinator)
        assert fresh(submission).due_on == date(2026, 11, 17)

    def test_several_cases_go_together_or_not_at_all(self, cast, areas, offices, case):
        second = make_verified(cast.coordinator, areas.gedong_rt_next)
        unchecked = make_case(cast.coordinator, areas.gedong_rt)
        before = counts()
        with pytest.raises(ActionRefused, match=unchecked.number):
            make_submission([case, second, unchecked], offices.village, cast.coordinator)
        assert counts() == before
        assert fresh(case).status == Status.VERIFIED
        row = make_submission([case, second], offices.village, cast.coordinator)
        assert row.links.count() == 2
        assert {fresh(case).status, fresh(second).status} == {Status.SENT}

    def test_the_same_form_twice_sends_once_and_other_content_is_a_conflict(self, case, offices, cast):
        stamp = uuid4()
        first = make_submission([case], offices.village, cast.coordinator, client_id=stamp)
        before = counts()
        again = make_submission([case], offices.village, cast.coordinator, client_id=stamp)
        assert (again.pk, counts()) == (first.pk, before)
        with pytest.raises(Conflict):
            make_submission([case], offices.village, cast.coordinator, client_id=stamp, notes="lain")

    def test_it_does_not_go_twice_to_the_same_office(self, case, submission, offices, cast):
        before = counts()
        with pytest.raises(ActionRefused, match=case.number):
            make_submission([case], offices.village, cast.coordinator)
        assert counts() == before
        # Another office meanwhile is allowed, and the earlier deadline counts.
        row = make_submission([case], offices.city, cast.coordinator, sent_on=date(2026, 11, 10))
        assert (row.due_on, fresh(case).due_on) == (date(2026, 11, 24), date(2026, 11, 16))

    @pytest.mark.parametrize(
        "broken",
        [
            {"sent_on": TODAY + timedelta(days=1)},
            {"received_on": SENT_ON - timedelta(days=1)},
            {"received_on": TODAY + timedelta(days=1)},
            {"channel": "pigeon"},
        ],
    )
    def test_what_cannot_be_is_refused_and_nothing_changed(self, case, offices, cast, broken):
        before = counts()
        with pytest.raises(ActionRefused):
            make_submission([case], offices.village, cast.coordinator, **broken)
        assert (counts(), fresh(case).status) == (before, Status.VERIFIED)

    def test_not_before_it_happened(self, cast, areas, offices):
        case = make_verified(cast.coordinator, areas.gedong_rt, happened_on=date(2026, 11, 5))
        with pytest.raises(ActionRefused):
            make_submission([case], offices.village, cast.coordinator, sent_on=date(2026, 11, 4))
        assert make_submission([case], offices.village, cast.coordinator, sent_on=date(2026, 11, 5)).pk

    def test_no_case_and_too_many_cases(self, cast, areas, offices, case, monkeypatch):
        with pytest.raises(ActionRefused):
            make_submission([], offices.village, cast.coordinator)
        monkeypatch.setattr("cases.escalations.rules.MOST_CASES", 1)
        with pytest.raises(ActionRefused):
            make_submission(
                [case, make_verified(cast.coordinator, areas.gedong_rt)], offices.village, cast.coordinator
            )

    def test_an_office_of_another_area_is_refused(self, case, offices, cast):
        with pytest.raises(ActionRefused):
            make_submission([case], offices.other_village, cast.board)

    def test_an_office_that_is_no_longer_used_is_refused(self, case, offices, cast):
        with open_gate():
            Office.objects.filter(pk=offices.village.pk).update(active=False)
        with pytest.raises(ActionRefused):
            make_submission([case], offices.village, cast.coordinator)

    @pytest.mark.parametrize("category", [Category.LEVY, Category.DEDUCTION, Category.INTIMIDATION])
    def test_rt_and_rw_never_hear_of_levies_and_threats(self, cast, areas, offices, category):
        case = make_verified(cast.coordinator, areas.gedong_rt, category)
        with pytest.raises(ActionRefused):
            make_submission([case], offices.rw, cast.coordinator)
        other = make_verified(cast.coordinator, areas.gedong_rt, Category.NOT_REGISTERED)
        assert make_submission([other], offices.rw, cast.coordinator).due_on == date(2026, 11, 5)

    def test_a_reporter_who_may_not_be_named_is_kept_out_of_what_is_written(self, cast, areas, offices):
        from cases.casefiles.actions import ReporterData

        case = make_verified(
            cast.coordinator,
            areas.gedong_rt,
            reporter=ReporterData(
                level=ReporterLevel.POSKO_ONLY, name="Sumarni Rahayu", phone="081298765432"
            ),
        )
        for leak in ({"notes": "Dari Sumarni Rahayu"}, {"received_by": "hubungi 0812-9876-5432"}):
            with pytest.raises(ActionRefused):
                make_submission([case], offices.village, cast.coordinator, **leak)
        row = make_submission([case], offices.village, cast.coordinator)
        with pytest.raises(ActionRefused):
            make_answer(row, cast.coordinator, content="Sumarni Rahayu sudah kami hubungi.")
        with pytest.raises(ActionRefused):
            actions.withdraw(submission=row, reason="Sumarni Rahayu takut", by=cast.coordinator)


STATES = {
    Status.NEW: False,
    Status.NEEDS_DETAILS: False,
    Status.VERIFIED: True,
    Status.SENT: True,
    Status.ANSWERED: True,
    Status.RESOLVED: False,
    Status.CLOSED: False,
    Status.REOPENED: True,
}
ROLES = {
    "volunteer": False,
    "coordinator": True,
    "other_volunteer": False,
    "other_coordinator": False,
    "board": True,
    "observer": False,
    "stranger": False,
}


@pytest.mark.parametrize("status", STATES)
@pytest.mark.parametrize("who", ROLES)
def test_state_by_role_who_may_send(cast, areas, offices, status, who):
    case = make_case(cast.coordinator, areas.gedong_rt, status=status)
    by = getattr(cast, who)
    if STATES[status] and ROLES[who]:
        make_submission([case], offices.village, by)
        assert fresh(case).status == Status.SENT
    else:
        before = counts()
        with pytest.raises(ActionRefused if ROLES[who] else NotAllowed):
            make_submission([case], offices.village, by)
        assert counts() == before
        assert fresh(case).status == status


@pytest.mark.parametrize("state", SubmissionStatus)
@pytest.mark.parametrize("who", ROLES)
@pytest.mark.parametrize("verb", ["receive", "answer", "withdraw"])
def test_state_by_role_what_may_follow(cast, submission, state, who, verb):
    if state == SubmissionStatus.ANSWERED:
        make_answer(submission, cast.coordinator)
    elif state == SubmissionStatus.WITHDRAWN:
        actions.withdraw(submission=submission, reason="Salah kantor", by=cast.coordinator)
    by = getattr(cast, who)

    def do():
        if verb == "receive":
            actions.receive(submission=submission, received_on=date(2026, 11, 3), by=by)
        elif verb == "answer":
            make_answer(submission, by)
        else:
            actions.withdraw(submission=submission, reason="Salah kantor", by=by)

    fits = state == SubmissionStatus.OPEN or (verb == "answer" and state == SubmissionStatus.ANSWERED)
    before = counts()
    if fits and ROLES[who]:
        do()
        assert counts() > before
    else:
        with pytest.raises(ActionRefused if ROLES[who] else NotAllowed):
            do()
        assert counts() == before
        assert fresh(submission).status == state


class TestReceipt:
    def test_it_starts_the_clock_anew_and_keeps_the_earlier_date(self, case, submission, cast):
        actions.receive(
            submission=submission,
            received_on=date(2026, 11, 5),
            received_by="Bagian Umum",
            their_number="12/TU",
            by=cast.coordinator,
        )
        assert fresh(submission).due_on == date(2026, 11, 19)
        assert fresh(case).due_on == date(2026, 11, 19)
        event = AuditEvent.objects.get(verb="submission.received", subject_type="casefiles.case")
        assert (event.data["due_from"], event.data["due_to"]) == ("2026-11-16", "2026-11-19")
        assert "Bagian Umum" not in str(event.data)

    def test_recorded_twice_alike_it_is_one_event_and_it_may_be_corrected(self, submission, cast):
        for _ in range(2):
            actions.receive(submission=submission, received_on=date(2026, 11, 5), by=cast.coordinator)
        assert (
            AuditEvent.objects.filter(verb="submission.received").count() == 2
        )  # the case's and the submission's
        actions.receive(submission=submission, received_on=date(2026, 11, 3), by=cast.coordinator)
        assert fresh(submission).due_on == date(2026, 11, 17)
        assert AuditEvent.objects.latest("id").data  # the case's due date moved as well

    @pytest.mark.parametrize("day", [SENT_ON - timedelta(days=1), TODAY + timedelta(days=1)])
    def test_dates_that_cannot_be(self, submission, cast, day):
        before = counts()
        with pytest.raises(ActionRefused):
            actions.receive(submission=submission, received_on=day, by=cast.coordinator)
        assert counts() == before


def a_photo() -> bytes:
    image, exif = Image.new("RGB", (60, 40), "white"), Image.Exif()
    exif[0x010E] = "Rumah Sumarni"
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


class TestAnswer:
    def test_it_stops_the_clock_and_moves_the_case(self, case, submission, cast):
        make_answer(submission, cast.coordinator, solves="partly")
        case = fresh(case)
        assert (case.status, case.due_on, fresh(submission).status) == (Status.ANSWERED, None, "answered")
        event = AuditEvent.objects.get(verb="answer.recorded", subject_type="casefiles.case")
        assert event.data == {
            "office": "Kelurahan Gedong",
            "answered_on": "2026-11-20",
            "kind": "answer",
            "solves": "partly",
            "cases": 1,
        }

    def test_every_case_of_the_letter_is_answered(self, cast, areas, offices, case):
        second = make_verified(cast.coordinator, areas.gedong_rt)
        row = make_submission([case, second], offices.village, cast.coordinator)
        make_answer(row, cast.coordinator)
        assert {fresh(case).status, fresh(second).status} == {Status.ANSWERED}

    def test_a_second_office_still_runs(self, case, submission, offices, cast):
        make_submission([case], offices.city, cast.coordinator, sent_on=date(2026, 11, 12))
        make_answer(submission, cast.coordinator)
        assert (fresh(case).status, fresh(case).due_on) == (Status.ANSWERED, date(2026, 11, 26))

    def test_a_case_that_is_over_is_not_moved(self, case, submission, cast):
        casefiles.resolve(case=case, by=cast.coordinator, outcome="paid", confirmed="family")
        make_answer(submission, cast.coordinator)
        assert fresh(case).status == Status.RESOLVED
        assert AuditEvent.objects.filter(verb="answer.recorded", subject_type="casefiles.case").count() == 1

    @pytest.mark.parametrize(
        "broken",
        [
            {"answered_on": SENT_ON - timedelta(days=1)},
            {"answered_on": TODAY + timedelta(days=1)},
            {"content": "   "},
            {"content": "x" * 4001},
            {"solves": "perhaps"},
            {"attachment": b"not a file of any kind"},
        ],
    )
    def test_what_cannot_be_is_refused_and_nothing_changed(self, case, submission, cast, broken):
        before = counts()
        with pytest.raises(ActionRefused):
            make_answer(submission, cast.coordinator, **broken)
        assert (counts(), Answer.objects.count()) == (before, 0)
        assert (fresh(case).status, fresh(submission).status) == (Status.SENT, "open")

    def test_not_before_the_receipt(self, submission, cast):
        actions.receive(submission=submission, received_on=date(2026, 11, 10), by=cast.coordinator)
        with pytest.raises(ActionRefused):
            make_answer(submission, cast.coordinator, answered_on=date(2026, 11, 9))

    def test_the_attachment_is_sealed_and_a_photo_loses_its_exif(self, submission, cast, settings):
        answer = make_answer(submission, cast.coordinator, attachment=a_photo())
        on_disk = (settings.MEDIA_ROOT / answer.attachment.name).read_bytes()
        assert b"JFIF" not in on_disk
        content = answer.attachment.unsealed()
        assert content.startswith(b"\xff\xd8")
        assert b"Sumarni" not in content
        assert answer.attachment_type == "image/jpeg"

    def test_the_same_answer_twice_is_one(self, submission, cast):
        stamp = uuid4()
        first = make_answer(submission, cast.coordinator, client_id=stamp, attachment=a_photo())
        before = counts()
        again = make_answer(submission, cast.coordinator, client_id=stamp, attachment=a_photo())
        assert (again.pk, counts()) == (first.pk, before)
        with pytest.raises(Conflict):
            make_answer(submission, cast.coordinator, client_id=stamp, content="Lain.")


class TestWithdrawing:
    def test_the_case_is_verified_again(self, case, submission, cast):
        actions.withdraw(submission=submission, reason="Salah kantor", by=cast.coordinator)
        case = fresh(case)
        assert (case.status, case.due_on) == (Status.VERIFIED, None)
        assert "Salah kantor" not in str(list(AuditEvent.objects.values_list("data", flat=True)))

    def test_not_while_another_office_has_it(self, case, submission, offices, cast):
        make_submission([case], offices.city, cast.coordinator, sent_on=date(2026, 11, 12))
        actions.withdraw(submission=submission, reason="Salah kantor", by=cast.coordinator)
        assert (fresh(case).status, fresh(case).due_on) == (Status.SENT, date(2026, 11, 26))

    @pytest.mark.parametrize("reason", ["", "   ", "x" * 201])
    def test_a_reason_is_needed(self, submission, cast, reason):
        with pytest.raises(ActionRefused):
            actions.withdraw(submission=submission, reason=reason, by=cast.coordinator)
        assert fresh(submission).is_open

    def test_it_may_be_sent_again_afterwards(self, case, submission, offices, cast):
        actions.withdraw(submission=submission, reason="Salah alamat", by=cast.coordinator)
        assert make_submission([case], offices.village, cast.coordinator).is_open


def test_a_letter_with_cases_of_two_kampung_is_moved_only_by_who_coordinates_both(cast, areas, offices):
    cases = [make_verified(cast.board, areas.gedong_rt), make_verified(cast.board, areas.tengah_rt)]
    row = make_submission(cases, offices.city, cast.board)
    for by in (cast.coordinator, cast.other_coordinator):
        with pytest.raises(NotAllowed):
            actions.withdraw(submission=row, reason="x", by=by)
    actions.withdraw(submission=row, reason="x", by=cast.board)


class TestCalendar:
    def test_a_day_added_or_struck_moves_open_deadlines_and_keeps_the_earlier_date(
        self, case, offices, cast, django_capture_on_commit_callbacks
    ):
        from cases.areas import actions as areas_actions

        row = make_submission([case], offices.kpk, cast.coordinator)
        assert row.due_on == date(2026, 11, 11)
        with django_capture_on_commit_callbacks(execute=True):
            day = areas_actions.add_day(day=date(2026, 11, 10), change="added", name="Pilkada", by=cast.board)
        assert (fresh(row).due_on, fresh(case).due_on) == (date(2026, 11, 12), date(2026, 11, 12))
        event = AuditEvent.objects.filter(
            verb="submission.deadline_moved", subject_type="casefiles.case"
        ).get()
        assert (event.data["from"], event.data["to"], event.actor_id) == ("2026-11-11", "2026-11-12", None)
        assert event.data["moves"] == [["answer", "2026-11-11", "2026-11-12"]]
        with django_capture_on_commit_callbacks(execute=True):
            areas_actions.remove_day(own_day=day, by=cast.board)
        assert (fresh(row).due_on, fresh(case).due_on) == (date(2026, 11, 11), date(2026, 11, 11))

    def test_calendar_days_and_what_is_over_stay(self, case, submission, offices, cast, areas):
        from cases.areas.models import OwnDay

        other = make_verified(cast.coordinator, areas.gedong_rt)
        done = make_submission([other], offices.kpk, cast.coordinator)
        make_answer(done, cast.coordinator)
        with open_gate():
            OwnDay.objects.create(date=date(2026, 11, 10), change="added", name="Pilkada")
        assert actions.recompute_open_deadlines() == 0
        assert (fresh(submission).due_on, fresh(done).due_on) == (date(2026, 11, 16), None)
        assert done.deadlines.get().due_on == date(2026, 11, 11)


class TestOffices:
    FIELDS = {"name": "RW 012 Gedong", "addressee": "Ketua RW 012"}

    def test_a_coordinator_knows_the_rw_of_the_area_and_no_other_office(self, cast, areas):
        row = actions.add_office(kind="rt_rw", area=areas.gedong, by=cast.coordinator, **self.FIELDS)
        assert Office.objects.responsible_for(areas.gedong_rt.pk).filter(pk=row.pk).exists()
        for kind, area in (("village", areas.gedong), ("rt_rw", areas.tengah)):
            with pytest.raises(NotAllowed):
                actions.add_office(kind=kind, area=area, by=cast.coordinator, **self.FIELDS)
        with pytest.raises(NotAllowed):
            actions.add_office(kind="rt_rw", area=areas.gedong, by=cast.volunteer, **self.FIELDS)
        assert actions.add_office(kind="ministry", area=areas.province, name="Kemensos", by=cast.board).pk

    def test_the_same_office_twice(self, cast, areas):
        actions.add_office(kind="rt_rw", area=areas.gedong, by=cast.coordinator, **self.FIELDS)
        with pytest.raises(ActionRefused):
            actions.add_office(kind="rt_rw", area=areas.gedong, by=cast.coordinator, **self.FIELDS)

    def test_names_of_officials_stay_out_of_the_history(self, cast, offices):
        actions.edit_office(office=offices.village, addressee="Bapak Hartono", by=cast.board)
        assert AuditEvent.objects.latest("id").data == {"fields": ["addressee"]}
        with pytest.raises(NotAllowed):
            actions.edit_office(office=offices.village, addressee="X", by=cast.coordinator)


def test_no_writing_beside_the_actions(submission):
    for write in (
        lambda: submission.save(),
        lambda: Submission.objects.update(notes="x"),
        lambda: SubmissionCase.objects.all().delete(),
        lambda: Office.objects.update(name="x"),
        lambda: Answer.objects.bulk_create([]),
    ):
        with pytest.raises(WriteOutsideAction):
            write()


def test_the_database_holds_the_line_by_itself(case, submission, offices):
    rows = Submission.objects.filter(pk=submission.pk)
    with open_gate():
        for broken in (
            lambda: rows.update(received_on=SENT_ON - timedelta(days=1)),
            lambda: rows.update(status="withdrawn"),
            lambda: rows.update(status="withdrawn", withdrawn_reason="x"),
            lambda: rows.update(appeal_of=submission),
            lambda: submission.deadlines.update(started_on=None),
            lambda: submission.deadlines.filter(step="answer").update(due_on=SENT_ON - timedelta(days=1)),
            lambda: Deadline.objects.create(
                submission=submission, step="answer", start="receipt", amount=1, unit="hari"
            ),
            lambda: DeadlineRule.objects.filter(step="answer").update(start=""),
            lambda: Route.objects.create(area_id="31", office_kind="village", rung=1),
            lambda: Route.objects.create(area_id="31", office_kind="ppid", rung=0),
            lambda: Requirement.objects.create(office_kind="ombudsman", need="identity"),
            lambda: rows.update(withdrawn_reason="x"),
            lambda: SubmissionCase.objects.create(submission=submission, case=case),
            lambda: DeadlineRule.objects.create(office_kind="village", step="answer", amount=1, unit="hari"),
            lambda: Office.objects.create(code=offices.village.code, kind="village", name="x", area_id="31"),
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                broken()
    assert Case.objects.count() == 1
    assert Channel.LETTER == "letter"
