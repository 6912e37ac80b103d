"""A case climbs from the kelurahan to the Ombudsman over clocks that run out, with nothing but real actions and real days."""

from datetime import date

import pytest

from cases.casefiles import actions as casefiles
from cases.casefiles import history
from cases.casefiles.choices import Category, Status
from cases.escalations import ladder
from cases.escalations.models import Submission
from tests.escalations.helpers import make_answer, make_submission, make_verified

pytestmark = pytest.mark.django_db


def next_office(case):
    rows = ladder.told(Submission.objects.filter(links__case=case))
    found = [row for row in ladder.proposals(case, rows, ladder.offices_for(case)) if not row.parallel]
    return (found[0].office, found[0].sentence) if found else (None, "")


def test_from_the_kelurahan_to_the_ombudsman(cast, areas, offices, clock):
    by = cast.coordinator
    case = make_verified(by, areas.gedong_rt, Category.NOT_RECEIVED)

    def go(day):
        clock.move_to(f"{day}T05:00:00+00:00")
        case.refresh_from_db()

    # The RW has three working days.
    office, why = next_office(case)
    assert office == offices.rw
    make_submission([case], office, by, sent_on=date(2026, 11, 24))
    go("2026-11-27")
    assert next_office(case) == (None, "")
    assert (case.days_left, case.days_late) == (0, 0)
    go("2026-11-30")
    assert case.days_late == 3
    office, why = next_office(case)
    assert (office, why) == (
        offices.village,
        "RW 011 Gedong belum menjawab, lewat batas waktu 3 hari: naikkan ke Kelurahan Gedong.",
    )
    kelurahan = make_submission([case], office, by, sent_on=date(2026, 11, 30))
    go("2026-12-10")
    make_answer(kelurahan, by, answered_on=date(2026, 12, 10), content="Bukan wewenang kami.")
    go("2026-12-11")
    assert case.status == Status.ANSWERED
    # The RW is still silent, so its old deadline is the earliest that runs.
    assert case.due_on == date(2026, 11, 27)
    office, why = next_office(case)
    assert (office, why) == (
        offices.city,
        "Jawaban Kelurahan Gedong belum menyelesaikan masalah: naikkan ke Suku Dinas Sosial Jakarta Timur.",
    )
    make_submission([case], office, by, sent_on=date(2026, 12, 11))
    go("2026-12-26")
    office, why = next_office(case)
    assert office == offices.province
    assert why.startswith("Suku Dinas Sosial Jakarta Timur belum menjawab, lewat batas waktu 1 hari")
    make_submission([case], office, by, sent_on=date(2026, 12, 26))
    go("2027-01-10")
    office, why = next_office(case)
    assert office == offices.ombudsman
    last = make_submission([case], office, by, sent_on=date(2027, 1, 10))
    assert last.due_on is None
    go("2027-03-01")
    assert next_office(case) == (None, "")
    make_answer(last, by, answered_on=date(2027, 3, 1), solves="yes", content="Dinas diminta membayar.")
    go("2027-03-02")
    casefiles.resolve(case=case, by=by, outcome="paid", confirmed="family")
    go("2027-03-03")
    assert case.days_left is None
    titles = [entry.title for entry in history.entries(case, by)]
    assert [title for title in titles if title.startswith("Dikirim ke")] == [
        "Dikirim ke Ombudsman Jakarta Raya pada 10 Jan 2027",
        "Dikirim ke Dinas Sosial DKI Jakarta pada 26 Des 2026",
        "Dikirim ke Suku Dinas Sosial Jakarta Timur pada 11 Des 2026",
        "Dikirim ke Kelurahan Gedong pada 30 Nov 2026",
        "Dikirim ke RW 011 Gedong pada 24 Nov 2026",
    ]
    assert "Something was changed" not in titles
    # Nothing is told twice.
    assert len(titles) == len(set(titles))


def test_opened_again_the_answer_did_not_solve_it_after_all(cast, areas, offices):
    case = make_verified(cast.coordinator, areas.gedong_rt)
    row = make_submission([case], offices.village, cast.coordinator)
    make_answer(row, cast.coordinator, solves="yes")
    case.refresh_from_db()
    assert next_office(case)[0] is None
    case = casefiles.resolve(case=case, by=cast.coordinator, outcome="paid", confirmed="family")
    assert ladder.proposals(case, [], ladder.offices_for(case)) == []
    case = casefiles.reopen(case=case, by=cast.coordinator, reason="Uangnya tidak sampai.")
    assert next_office(case)[0] == offices.city
