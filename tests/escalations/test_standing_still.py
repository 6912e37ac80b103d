"""What was sent for a case that is over: its clock stands still on every page and in every count, and the page says so."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from cases.casefiles.actions import close, resolve
from cases.casefiles.choices import CloseReason, Confirmed, Outcome
from cases.escalations.models import Submission
from tests.escalations.helpers import make_submission, make_verified

pytestmark = pytest.mark.django_db

SENTENCE = "Semua kasusnya sudah berakhir"


@pytest.fixture
def case(cast, areas):
    return make_verified(cast.volunteer, areas.gedong_rt)


@pytest.fixture
def submission(case, offices, cast):
    return make_submission([case], offices.village, cast.coordinator)


def over(case, cast, how):
    if how == "closed":
        close(case=case, reason=CloseReason.WITHDRAWN, note="Keluarga mencabut.", by=cast.coordinator)
    else:
        resolve(case=case, outcome=Outcome.EXPLAINED, confirmed=Confirmed.FAMILY, by=cast.coordinator)


@pytest.fixture
def much_later(submission):
    due = submission.due_on
    with time_machine.travel(timezone.now() + timedelta(days=(due - timezone.localdate()).days + 5)):
        yield


@pytest.mark.parametrize("how", ["closed", "resolved"])
def test_nobody_is_told_to_chase_an_office_for_a_case_that_is_over(
    case, submission, cast, client, how, much_later
):
    client.force_login(cast.coordinator)
    assert client.get("/").context["view"].total.overdue == 1
    listed = client.get(reverse("escalations:list"), {"due": "overdue"})
    assert [row.pk for row in listed.context["page"]] == [submission.pk]
    over(case, cast, how)
    assert Submission.objects.get(pk=submission.pk).is_open
    home = client.get("/")
    assert home.context["view"].total.overdue == 0
    assert home.context["view"].total.office == 0
    assert client.get(reverse("escalations:list"), {"due": "overdue"}).context["page"].items == []
    assert client.get(reverse("casefiles:list"), {"due": "overdue"}).context["page"].items == []
    assert "Lewat" not in client.get(reverse("escalations:list")).content.decode()
    api = client.get("/api/v1/submissions/").json()["results"]
    assert [row["days_left"] for row in api] == [None]


def test_the_page_says_that_it_stands_still_and_a_late_answer_is_still_taken(case, submission, cast, client):
    client.force_login(cast.coordinator)
    pages = [
        reverse("escalations:detail", args=[submission.pk]),
        reverse("casefiles:detail", args=[case.pk]),
    ]
    for url in pages:
        assert SENTENCE not in client.get(url).content.decode()
    over(case, cast, "closed")
    for url in pages:
        assert SENTENCE in client.get(url).content.decode()
    assert client.get(reverse("escalations:answer", args=[submission.pk])).status_code == 200


def test_one_case_that_still_waits_keeps_the_clock_running(case, offices, cast, areas, client):
    other = make_verified(cast.volunteer, areas.gedong_rt)
    submission = make_submission([case, other], offices.village, cast.coordinator)
    over(case, cast, "closed")
    client.force_login(cast.coordinator)
    page = client.get(reverse("escalations:detail", args=[submission.pk]))
    assert SENTENCE not in page.content.decode()
    assert page.context["submission"].days_left is not None
