"""What comes back: parts of an answer, more papers, more time, status words, answers case by case, and carrying on."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.areas import actions as areas_actions
from cases.areas.choices import DayChange
from cases.areas.models import OwnDay
from cases.casefiles import actions as casefiles
from cases.casefiles.choices import Category, Status
from cases.escalations import actions, ladder
from cases.escalations.choices import AnswerKind, Matter, Solves, Step, Word
from cases.escalations.models import Progress, Submission
from cases.kernel.exceptions import ActionRefused, NotAllowed
from cases.kernel.writes import open_gate
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


def clock_of(row, step=Step.ANSWER):
    return row.deadlines.get(step=step)


class TestParts:
    def test_a_part_of_an_answer_stops_no_clock_and_moves_no_case(self, case, submission, cast):
        make_answer(submission, cast.coordinator, kind=AnswerKind.PARTIAL, solves="")
        assert (fresh(case).status, fresh(submission).status) == (Status.SENT, "open")
        assert submission.due_on == clock_of(submission).due_on == date(2026, 11, 16)
        make_answer(submission, cast.coordinator)
        assert (fresh(case).status, fresh(submission).status, submission.due_on) == (
            Status.ANSWERED,
            "answered",
            None,
        )

    def test_at_the_dinas_a_first_word_leaves_the_decision_due(self, case, offices, cast):
        row = make_submission([case], offices.province, cast.coordinator)
        make_answer(row, cast.coordinator, kind=AnswerKind.PARTIAL, solves="", answered_on=date(2026, 11, 10))
        assert fresh(row).due_on == fresh(case).due_on == date(2027, 1, 1)

    @pytest.mark.parametrize("kind", [AnswerKind.PARTIAL, AnswerKind.INCOMPLETE, AnswerKind.MORE_TIME])
    def test_only_an_answer_solves(self, kind, submission, cast):
        with pytest.raises(ActionRefused, match="Hanya jawaban lengkap"):
            make_answer(submission, cast.coordinator, kind=kind, solves="yes")

    @pytest.mark.parametrize("kind", [AnswerKind.INCOMPLETE, AnswerKind.MORE_TIME])
    def test_what_comes_before_an_answer_does_not_come_after_it(self, kind, submission, cast):
        make_answer(submission, cast.coordinator)
        with pytest.raises(ActionRefused, match="sudah menjawab"):
            make_answer(submission, cast.coordinator, kind=kind, solves="")

    def test_a_kind_that_does_not_exist(self, submission, cast):
        with pytest.raises(ActionRefused, match="jenis jawabannya"):
            make_answer(submission, cast.coordinator, kind="song", solves="")


class TestCompleting:
    def ask(self, submission, cast, day=date(2026, 11, 10)):
        make_answer(
            submission,
            cast.coordinator,
            kind=AnswerKind.INCOMPLETE,
            solves="",
            answered_on=day,
            content="KTP?",
        )

    def complete(self, submission, cast, day=date(2026, 11, 20), **more):
        return actions.note_progress(
            submission=submission, word=Word.COMPLETED, on=day, by=cast.coordinator, **more
        )

    def test_the_file_comes_back_with_its_own_thirty_days(self, case, submission, cast):
        self.ask(submission, cast)
        assert (fresh(case).status, fresh(submission).status) == (Status.ANSWERED, "open")
        assert fresh(case).due_on == submission.due_on == date(2026, 12, 10)
        assert ladder.proposals(case, told(case), ladder.offices_for(case)) == [
            row for row in ladder.proposals(case, told(case), ladder.offices_for(case)) if row.parallel
        ]

    def test_completed_it_lies_with_the_office_again_and_its_time_starts_anew(self, case, submission, cast):
        self.ask(submission, cast)
        self.complete(submission, cast)
        assert (fresh(case).status, fresh(case).due_on) == (Status.SENT, date(2026, 12, 4))
        assert clock_of(submission, Step.COMPLETE).met_on == date(2026, 11, 20)

    def test_a_case_that_went_back_to_the_volunteer_is_verified_first(self, case, submission, cast):
        self.ask(submission, cast)
        casefiles.ask_details(case=fresh(case), by=cast.coordinator, needs="Fotokopi KTP.")
        with pytest.raises(ActionRefused, match="masih perlu dilengkapi"):
            self.complete(submission, cast)
        casefiles.verify(case=fresh(case), by=cast.coordinator)
        self.complete(submission, cast)
        assert fresh(case).status == Status.SENT

    def test_nothing_to_complete_too_early_or_in_the_future(self, submission, cast):
        with pytest.raises(ActionRefused, match="tidak meminta berkas"):
            self.complete(submission, cast)
        self.ask(submission, cast)
        with pytest.raises(ActionRefused, match="sebelum kantor memintanya"):
            self.complete(submission, cast, date(2026, 11, 9))
        with pytest.raises(ActionRefused, match="belum tiba"):
            self.complete(submission, cast, TODAY + timedelta(days=1))
        assert not Progress.objects.exists()

    def test_twice_the_same_is_once(self, submission, cast):
        self.ask(submission, cast)
        first = self.complete(submission, cast)
        with pytest.raises(ActionRefused):
            self.complete(submission, cast, date(2026, 11, 21))
        assert self.complete(submission, cast) == first
        assert Progress.objects.count() == 1


class TestWords:
    def test_lapor_in_its_own_words(self, cast, areas, offices):
        case = make_verified(cast.coordinator, areas.gedong_rt, Category.NOT_RECEIVED)
        row = make_submission([case], offices.lapor, cast.coordinator)
        for word, day, due in (
            (Word.LAPOR_SENT, 2, date(2026, 11, 5)),
            (Word.LAPOR_VERIFIED, 4, date(2026, 11, 9)),
            (Word.LAPOR_FOLLOWED_UP, 6, date(2026, 11, 20)),
        ):
            actions.note_progress(submission=row, word=word, on=date(2026, 11, day), by=cast.coordinator)
            assert fresh(row).due_on == fresh(case).due_on == due
        make_answer(row, cast.coordinator, answered_on=date(2026, 11, 16))
        # Now it is ours to respond within ten working days, or it is closed there.
        assert (fresh(row).due_on, fresh(case).due_on) == (date(2026, 11, 30), date(2026, 11, 30))
        actions.note_progress(submission=row, word=Word.RESPONDED, on=date(2026, 11, 18), by=cast.coordinator)
        assert (fresh(row).due_on, fresh(case).due_on) == (None, None)

    def test_only_words_that_this_office_uses(self, submission, cast):
        for word in (Word.LAPOR_VERIFIED, Word.CRM_PROCESS, "x"):
            with pytest.raises(ActionRefused, match="status yang dipakai kantor ini"):
                actions.note_progress(submission=submission, word=word, on=TODAY, by=cast.coordinator)

    def test_not_before_it_was_sent(self, submission, cast):
        with pytest.raises(ActionRefused, match="sebelum dikirim"):
            actions.note_progress(
                submission=submission,
                word=Word.FIRST_ACTION,
                on=SENT_ON - timedelta(days=1),
                by=cast.coordinator,
            )

    def test_who_may_note(self, submission, cast):
        for person in (cast.volunteer, cast.other_coordinator, cast.observer):
            with pytest.raises(NotAllowed):
                actions.note_progress(submission=submission, word=Word.FIRST_ACTION, on=TODAY, by=person)


class TestCollective:
    @pytest.fixture
    def three(self, cast, areas, offices):
        cases = [make_verified(cast.coordinator, areas.gedong_rt) for _ in range(3)]
        return cases, make_submission(cases, offices.village, cast.coordinator)

    def test_answered_one_by_one(self, three, cast):
        (one, two, last), row = three
        make_answer(row, cast.coordinator, cases=[one], solves=Solves.YES)
        assert [fresh(case).status for case in (one, two, last)] == [
            Status.ANSWERED,
            Status.SENT,
            Status.SENT,
        ]
        assert (one.due_on, two.due_on) == (None, date(2026, 11, 16))
        assert (fresh(row).status, row.due_on) == ("open", date(2026, 11, 16))
        # For the answered one the office is done with; for the others it is late, so they climb.
        assert climbing(one) == []
        assert climbing(two) == ["city_social"]
        make_answer(row, cast.coordinator)
        assert {fresh(case).status for case in (two, last)} == {Status.ANSWERED}
        assert (fresh(row).status, row.due_on) == ("answered", None)
        assert [link.solves for link in row.links.all()] == ["yes", "no", "no"]

    def test_a_second_answer_speaks_of_all_and_the_last_word_counts(self, three, cast):
        _cases, row = three
        make_answer(row, cast.coordinator)
        make_answer(row, cast.coordinator, solves=Solves.YES, content="Sudah dibayar.")
        assert {link.solves for link in row.links.all()} == {"yes"}
        # An older letter found later changes nothing of what is known by now.
        make_answer(row, cast.coordinator, answered_on=date(2026, 11, 12), content="Surat lama.")
        links = list(row.links.all())
        assert {link.solves for link in links} == {"yes"}
        assert {link.answered_on for link in links} == {date(2026, 11, 12)}

    def test_only_cases_of_the_letter(self, three, cast, areas):
        _cases, row = three
        stranger = make_verified(cast.coordinator, areas.gedong_rt)
        for chosen in ([stranger], []):
            with pytest.raises(ActionRefused, match="Pilih kasus dari surat ini"):
                make_answer(row, cast.coordinator, cases=chosen)

    def test_the_page_ticks_those_that_wait(self, three, cast, as_user):
        (one, *_), row = three
        make_answer(row, cast.coordinator, cases=[one])
        client = as_user(cast.coordinator)
        page = client.get(f"/submissions/{row.pk}/answer/").content.decode()
        assert page.count("checked") == 3  # two cases, and what kind of answer it is
        shown = client.get(f"/submissions/{row.pk}/").content.decode()
        assert "2 dari 3 belum dijawab" in shown


def told(case):
    return ladder.told(Submission.objects.filter(links__case=case))


def climbing(case):
    rows = ladder.proposals(fresh(case), told(case), ladder.offices_for(case))
    return [row.office.kind for row in rows if not row.parallel]


class TestCarryingOn:
    def test_the_page_carries_the_history_to_the_next_rung(self, case, submission, offices, cast, as_user):
        client = as_user(cast.coordinator)
        url = f"/submissions/new/?case={case.pk}&office={offices.city.pk}"
        answer = client.post(
            url, {"office": offices.city.pk, "channel": "letter", "sent_on": "2026-11-24", "client_id": ""}
        )
        assert answer.status_code == 302
        appeal = Submission.objects.get(office=offices.city)
        assert appeal.appeal_of == submission
        assert "Lanjutan dari Kelurahan Gedong" in client.get(f"/cases/{case.pk}/").content.decode()
        assert (
            "Kelurahan Gedong, Senin, 2 November 2026"
            in client.get(f"/submissions/{appeal.pk}/").content.decode()
        )
        # The silent kelurahan stays late by itself; the case waits for the Sudin.
        assert fresh(submission).due_on == date(2026, 11, 16)
        assert fresh(case).due_on == date(2026, 12, 8)

    def test_a_form_sent_twice_is_one_letter(self, case, submission, offices, cast, as_user):
        client = as_user(cast.coordinator)
        url = f"/submissions/new/?case={case.pk}"
        given = {
            "office": offices.city.pk,
            "channel": "letter",
            "sent_on": "2026-11-24",
            "client_id": "8a0f3a52-4bb1-4b7a-9b39-0f2d0c3f6d11",
        }
        assert [client.post(url, given).status_code for _ in range(2)] == [302, 302]
        assert Submission.objects.filter(office=offices.city).count() == 1

    def test_what_cannot_be_carried_on(self, case, submission, offices, cast, areas):
        other = make_verified(cast.coordinator, areas.gedong_rt)
        with pytest.raises(ActionRefused, match="kasus lain"):
            make_submission([other], offices.city, cast.coordinator, appeal_of=submission)
        with pytest.raises(ActionRefused, match="sebelum kiriman yang dilanjutkan"):
            make_submission(
                [case],
                offices.city,
                cast.coordinator,
                appeal_of=submission,
                sent_on=SENT_ON - timedelta(days=1),
            )
        actions.withdraw(submission=submission, reason="Salah kantor.", by=cast.coordinator)
        with pytest.raises(ActionRefused, match="sudah dicabut"):
            make_submission([case], offices.city, cast.coordinator, appeal_of=fresh(submission))
        assert Submission.objects.count() == 1

    def test_an_objection_goes_to_where_the_request_still_lies(self, cast, areas, offices):
        by = cast.coordinator
        case = make_verified(by, areas.gedong_rt, Category.CLOSED_LIST)
        request = make_submission([case], offices.ppid, by)
        assert request.due_on == date(2026, 11, 16)
        with pytest.raises(ActionRefused, match="belum dijawab"):
            make_submission([case], offices.ppid, by, sent_on=TODAY)
        with pytest.raises(ActionRefused, match="Keberatan ditujukan ke PPID"):
            make_submission([case], offices.ppid, by, sent_on=TODAY, matter=Matter.OBJECTION)
        objection = make_submission(
            [case], offices.ppid, by, sent_on=TODAY, matter=Matter.OBJECTION, appeal_of=request
        )
        assert {row.step for row in objection.deadlines.all()} == {Step.ANSWER, Step.DISPUTE}
        assert clock_of(request, Step.OBJECTION).met_on == TODAY
        with pytest.raises(ActionRefused, match="belum dijawab"):
            make_submission(
                [case], offices.ppid, by, sent_on=TODAY, matter=Matter.OBJECTION, appeal_of=request
            )

    def test_withdrawing_the_appeal_gives_the_deadline_back(self, cast, areas, offices):
        case = make_verified(cast.coordinator, areas.gedong_rt, Category.CLOSED_LIST)
        request = make_submission([case], offices.ppid, cast.coordinator)
        make_answer(request, cast.coordinator)
        right = clock_of(request, Step.OBJECTION)
        assert fresh(case).due_on == right.due_on
        objection = make_submission(
            [case],
            offices.ppid,
            cast.coordinator,
            sent_on=TODAY,
            matter=Matter.OBJECTION,
            appeal_of=request,
        )
        actions.withdraw(submission=objection, reason="Keliru.", by=cast.coordinator)
        assert fresh(right).met_on is None
        assert fresh(case).due_on == right.due_on


def test_what_is_missing_for_the_ombudsman_stands_on_the_page(cast, areas, offices, as_user):
    case = make_verified(cast.coordinator, areas.gedong_rt, Category.INTIMIDATION)
    make_submission([case], offices.inspectorate, cast.coordinator, sent_on=date(2026, 3, 2))
    make_submission([case], offices.province, cast.coordinator, sent_on=date(2026, 3, 3))
    page = as_user(cast.coordinator).get(f"/cases/{case.pk}/").content.decode()
    assert "naikkan ke Ombudsman Jakarta Raya" in page
    assert "identitas lengkap yang mengadu, atau surat kuasa" in page
    assert "tanggal kejadian, paling lama 2 tahun lalu" in page
    assert "aduan sebelumnya ke kantor itu" not in page


changes = st.lists(
    st.tuples(
        st.dates(date(2026, 11, 1), date(2027, 2, 28)), st.sampled_from(["added", "struck", "removed"])
    ),
    max_size=8,
)


@given(changes=changes)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_of_days_gives_what_counting_from_scratch_gives(changes, cast, areas, offices):
    """Moved step by step, each open deadline stands where it would stand had it been sent under the last calendar."""
    by = cast.coordinator
    old = make_verified(by, areas.gedong_rt, Category.NOT_RECEIVED)
    row = make_submission([old], offices.lapor, by)
    for day, change in changes:
        known = OwnDay.objects.filter(date=day).first()
        if change == "removed":
            if known:
                areas_actions.remove_day(own_day=known, by=cast.board)
        elif known is None:
            try:
                areas_actions.add_day(day=day, change=DayChange(change), name="Hari posko", by=cast.board)
            except ActionRefused:
                continue
        # Followers run on commit, which a test's transaction does not reach.
        actions.recompute_open_deadlines()
    new = make_submission([make_verified(by, areas.gedong_rt, Category.NOT_RECEIVED)], offices.lapor, by)
    assert dates(row) == dates(new)
    assert fresh(row).due_on == new.due_on == fresh(old).due_on
    with open_gate():
        OwnDay.objects.all().delete()


def dates(row):
    return {clock.step: (clock.started_on, clock.due_on) for clock in row.deadlines.all()}
