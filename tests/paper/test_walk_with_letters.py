"""A case climbs from the RW to the Ombudsman over clocks that run out: at every rung a letter is written, printed, read back and
handed over, and it carries the whole history before it."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from cases.casefiles.actions import ReporterData
from cases.casefiles.choices import Category, ReporterLevel, Status
from cases.escalations import actions as escalations
from cases.escalations import ladder
from cases.escalations.choices import AnswerKind, Matter, Step, Word
from cases.escalations.models import Submission
from cases.kernel.indonesian import long_date
from cases.paper import actions
from cases.paper.choices import LetterKind, LetterStatus
from tests.casefiles.files import a_photo
from tests.escalations.helpers import make_answer, make_offices, make_verified
from tests.paper.helpers import make_letter, make_letterhead, printed_text

pytestmark = pytest.mark.django_db

NAME = "Karsinah Wagiyem"
ENCLOSURES = {
    LetterKind.COMPLAINT: ["chronology", "receipt"],
    LetterKind.OMBUDSMAN: ["chronology", "power", "receipt"],
    LetterKind.INFORMATION: ["receipt"],
    LetterKind.OBJECTION: ["receipt"],
}


@pytest.fixture
def clock():
    with time_machine.travel("2026-11-24 03:00:00+00:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def offices(areas):
    make_letterhead()
    return make_offices()


class Walk:
    def __init__(self, case, by, clock):
        self.case, self.by, self.clock = case, by, clock

    def wait_until(self, day: date) -> None:
        self.clock.move_to(f"{day.isoformat()}T03:00:00+00:00")
        self.case.refresh_from_db()

    def proposed(self):
        rows = ladder.told(Submission.objects.filter(links__case=self.case))
        found = ladder.proposals(self.case, rows, ladder.offices_for(self.case))
        return next((row for row in found if not row.parallel), None)

    def write(self, office, kind=LetterKind.COMPLAINT) -> tuple[Submission, str]:
        """Write, print, read, hand over with a stamped receipt; what was printed never changes afterwards."""
        draft = make_letter([self.case], self.by, kind=kind, office=office, enclosures=ENCLOSURES[kind])
        letter = actions.print_letter(letter=draft, by=self.by)
        printed = actions.letter_file(letter, by=self.by)
        text = " ".join(printed_text(letter, self.by).split())
        assert re.search(r"\d{3}/[A-Z]+/JRMK/[IVX]+/\d{4}", text), text[:400]
        letter = actions.hand_over(
            letter=letter,
            handed_on=timezone.localdate(),
            received_on=timezone.localdate(),
            received_by="Loket",
            their_number=f"AGD/{letter.serial}",
            scan=a_photo(letter.serial),
            by=self.by,
        )
        assert letter.status == LetterStatus.HANDED_OVER
        assert actions.letter_file(letter, by=self.by) == printed
        self.case.refresh_from_db()
        return letter.submission, text


def test_from_the_rw_to_the_ombudsman(cast, areas, offices, clock):
    by = cast.coordinator
    case = make_verified(
        by,
        areas.gedong_rt,
        Category.NOT_RECEIVED,
        happened_on=date(2026, 11, 2),
        reporter=ReporterData(ReporterLevel.POSKO_ONLY, NAME, "0812-9988-7766", "neighbour"),
    )
    walk = Walk(case, by, clock)
    told: list[str] = []
    before: Submission | None = None
    for office, days in (
        (offices.rw, None),
        (offices.village, 14),
        (offices.city, 14),
        (offices.province, 14),
    ):
        step = walk.proposed()
        assert (step.office, step.after) == (office, before)
        submission, text = walk.write(office)
        assert submission.appeal_of == before
        for earlier in told:
            # The history is carried along: each office that was asked, and when.
            assert earlier in text, (earlier, text)
        assert NAME.split()[0] not in text
        assert "99887766" not in text.replace("-", "")
        if days:
            assert submission.due_on == timezone.localdate() + timedelta(days=days)
        assert case.due_on == submission.due_on
        assert walk.proposed() is None
        told += [office.name, long_date(submission.sent_on)]
        walk.wait_until(submission.due_on)
        assert (case.days_late, walk.proposed()) == (0, None)
        walk.wait_until(submission.due_on + timedelta(days=1))
        assert case.days_late == 1
        before = submission
    step = walk.proposed()
    assert step.office == offices.ombudsman
    assert step.after == before
    # Who complains stays with the posko, so the Ombudsman is told by the organisation with a kuasa.
    assert [line.split(",")[0] for line in step.missing] == ["identitas lengkap yang mengadu"]
    submission, text = walk.write(offices.ombudsman, LetterKind.OMBUDSMAN)
    for earlier in told:
        assert earlier in text, (earlier, text)
    assert "kuasa" in text.lower()
    assert NAME.split()[0] not in text
    assert (submission.due_on, submission.appeal_of) == (None, before)
    # The Dinas may still decide within its sixty days; the case no longer waits for it.
    assert before.deadlines.get(step=Step.DECIDE).met_on is None
    assert case.due_on is None
    make_answer(
        submission, by, answered_on=timezone.localdate(), solves="yes", content="Dinas diminta membayar."
    )
    case.refresh_from_db()
    assert case.status == Status.ANSWERED


def test_an_incomplete_file_on_the_way(cast, areas, offices, clock):
    by = cast.coordinator
    case = make_verified(by, areas.gedong_rt, Category.LEVY)
    walk = Walk(case, by, clock)
    submission, _text = walk.write(offices.village)
    walk.wait_until(date(2026, 12, 1))
    make_answer(
        submission,
        by,
        answered_on=date(2026, 12, 1),
        kind=AnswerKind.INCOMPLETE,
        solves="",
        content="Fotokopi KK.",
    )
    case.refresh_from_db()
    assert (case.status, case.due_on) == (Status.ANSWERED, date(2026, 12, 31))
    walk.wait_until(date(2026, 12, 10))
    assert walk.proposed() is None
    escalations.note_progress(submission=submission, word=Word.COMPLETED, on=date(2026, 12, 10), by=by)
    walk.wait_until(date(2026, 12, 25))
    assert (case.status, case.days_late) == (Status.SENT, 1)
    assert walk.proposed().office == offices.city


def test_a_list_that_is_not_shown_is_asked_for_objected_to_and_disputed(cast, areas, offices, clock):
    by = cast.coordinator
    case = make_verified(by, areas.gedong_rt, Category.CLOSED_LIST)
    walk = Walk(case, by, clock)
    request, text = walk.write(offices.ppid, LetterKind.INFORMATION)
    assert "UU 14/2008" in text or "Nomor 14 Tahun 2008" in text
    assert request.due_on == date(2026, 12, 8)
    walk.wait_until(date(2026, 12, 9))
    objection, text = walk.write(offices.ppid, LetterKind.OBJECTION)
    assert (objection.matter, objection.appeal_of) == (Matter.OBJECTION, request)
    assert long_date(request.sent_on) in text
    assert request.deadlines.get(step=Step.OBJECTION).met_on == date(2026, 12, 9)
    walk.wait_until(objection.due_on + timedelta(days=1))
    rows = ladder.told(Submission.objects.filter(links__case=case))
    found = ladder.proposals(case, rows, ladder.offices_for(case))
    assert offices.commission in [row.office for row in found]
