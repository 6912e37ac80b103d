"""Many at the same moment: numbers without a gap and without a double, and one file for two taps."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from django.utils import timezone

from cases.casefiles.choices import Status
from cases.kernel.writes import open_gate
from cases.paper import actions
from cases.paper.actions.letters import reserve_number
from cases.paper.choices import LetterKind
from cases.paper.models import Letter, LetterCase, LetterCounter
from tests.casefiles.helpers import make_case
from tests.escalations.helpers import make_offices
from tests.paper.helpers import make_letter, make_letterhead

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="SQLite in memory has one writer; PostgreSQL runs these"
    ),
]
MANY, THREADS = 1000, 16


def drafts(cast, areas, many: int) -> list[Letter]:
    case = make_case(cast.volunteer, areas.gedong_rt, status=Status.VERIFIED)
    office, organisation = make_offices().village, make_letterhead()
    with open_gate():
        rows = Letter.objects.bulk_create(
            Letter(kind=LetterKind.COMPLAINT, organisation=organisation, office=office, area=areas.gedong_rt)
            for _ in range(many)
        )
        LetterCase.objects.bulk_create(LetterCase(letter=row, case=case) for row in rows)
    return rows


def test_a_thousand_numbers_have_no_gap_and_no_double(cast, areas):
    rows = drafts(cast, areas, MANY)

    def numbered(row: Letter) -> int:
        return reserve_number(letter=row, by=cast.board).serial

    with ThreadPoolExecutor(THREADS, initializer=lambda: connections.close_all()) as pool:
        serials = list(pool.map(numbered, rows))
        list(pool.map(lambda _n: connections.close_all(), range(THREADS * 4)))
    assert sorted(serials) == list(range(1, MANY + 1))
    assert LetterCounter.objects.get().last == MANY
    numbers = set(Letter.objects.values_list("number", flat=True))
    year = timezone.localdate().year
    assert len(numbers) == MANY
    assert all(number.endswith(f"/{year}") for number in numbers)


def test_two_taps_print_one_letter_and_keep_one_file(cast, areas, settings):
    case = make_case(cast.volunteer, areas.gedong_rt, status=Status.VERIFIED)
    make_letterhead()
    letter = make_letter([case], cast.coordinator, office=make_offices().village)
    start, results = threading.Barrier(4), []

    def tap():
        try:
            start.wait()
            results.append(actions.print_letter(letter=letter, by=cast.coordinator))
        except Exception as error:  # noqa: BLE001  shown by the assertions
            results.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=tap) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert {(row.pk, row.serial, row.pdf_sha256) for row in results} == {
        (letter.pk, 1, Letter.objects.get().pdf_sha256)
    }
    assert LetterCounter.objects.get().last == 1
    assert len([path for path in settings.MEDIA_ROOT.rglob("letters/**/*") if path.is_file()]) == 1
