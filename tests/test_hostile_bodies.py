"""What a form never sends and a stranger with a script does: never an error of ours, always an answer.

Every field of the bodies of tests/test_foreign_ids.py gets each of these once, sent by someone who may do everything.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from cases.people.actions import make_api_token
from tests.test_foreign_ids import API, CHANGES, FORMS, both

__all__ = ["both"]

pytestmark = pytest.mark.django_db

TEXTS = ["a\x00b", "x" * 120_000, "9" * 30]
VALUES = [None, [[]], 10**30, "a\x00b", "\ud800"]


def variants(body: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each field replaced, also those one level down."""
    for name, value in body.items():
        for bad in VALUES:
            yield name, body | {name: bad}
            if isinstance(value, dict):
                for inner in value:
                    yield f"{name}.{inner}", body | {name: value | {inner: bad}}


@pytest.fixture
def board(cast) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(cast.board)
    return client


def test_no_form_breaks_on_what_no_browser_sends(both, board):
    rows = both.foreign
    forms = {name: made(rows, rows) for name, made in FORMS.items()}
    forms["a programme"] = (reverse("programmes:create"), {"amount": "1"})
    forms["the text of a letter"] = (
        reverse("paper:letter_edit", args=[rows.draft.pk]),
        {
            "seen": "2026-01-01T00:00:00",
            "subject": "Pengaduan",
            "to": "Lurah",
            "opening": "Kami.",
            "facts": "1. Ini.",
            "demands": "1. Itu.",
            "chronology": "Senin\nBegini.",
            "giver": "Nama: X",
            "answer_by": "2027-01-01",
            "enclosures": "receipt",
            "organisation": "1",
            "paper": "a4",
        },
    )
    forms["a letter at the office"] = (
        reverse("paper:letter_hand_over", args=[rows.letter.pk]),
        {"handed_on": "2026-01-01", "channel": "x", "received_on": "2026-01-01", "their_number": "1"},
    )
    forms["a void letter"] = (reverse("paper:letter_void", args=[rows.letter.pk]), {"reason": ""})
    forms["what was received"] = (
        reverse("households:receipt_add", args=[rows.household.pk]),
        {"round": rows.round.pk, "due_amount": "1", "actual_amount": "1", "received_on": "2026-01-01"},
    )
    broken = [
        (name, field, text[:12])
        for name, (url, body) in forms.items()
        for field in body
        for text in TEXTS
        if board.post(url, body | {field: text}).status_code >= 500
    ]
    assert broken == []


def test_no_body_of_the_api_breaks_on_another_kind_of_value(both, board):
    rows = both.foreign
    bodies = {name: (made(rows, rows), name in CHANGES) for name, made in API.items()}
    blocks = {"headline": "Apa?", "steps": ["Satu."], "sessions": [{"day": "Senin"}], "strips": False}
    bodies["blocks"] = (("posters/", {"kind": "no_levy", "area": rows.rt.pk, "content": blocks}), False)
    texts = {
        "texts": {"facts": "1. Ini."},
        "answer_by": "2027-01-01",
        "enclosures": ["receipt"],
        "paper": "a4",
    }
    bodies["a letter's texts"] = ((f"letters/{rows.draft.pk}/", texts), True)
    handed = {"handed_on": "2026-01-01", "received_on": "2026-01-01", "channel": "letter", "received_by": "x"}
    bodies["a letter at the office"] = ((f"letters/{rows.letter.pk}/hand-over/", handed), False)
    bodies["a void letter"] = ((f"letters/{rows.letter.pk}/void/", {"reason": 1}), False)
    broken = []
    for name, ((url, body), changes) in bodies.items():
        send = board.patch if changes else board.post
        cache.clear()  # or the rate limit would answer the rest
        for field, given in variants(body):
            answer = send(f"/api/v1/{url}", json.dumps(given), content_type="application/json")
            assert answer.status_code != 429
            if answer.status_code >= 500:
                broken.append((name, field, answer.status_code))
    assert broken == []


ADDRESSES = [
    "/cases/?area=a%00b",
    "/cases/?q=%00",
    "/households/new/?area=a%00b",
    "/cases/new/?area=31%00",
    "/print/doors/new/?areas=%00",
    "/people/invitations/new/?area=%00",
    "/areas/31.75%00/",
    "/api/v1/cases/?area=%00",
    "/api/v1/areas/31%00/",
]


@pytest.mark.parametrize("url", ADDRESSES)
def test_an_address_with_a_nul_in_it_is_nobodys(board, url):
    assert board.get(url).status_code in {400, 404}


def test_a_nul_in_json_is_refused_in_a_sentence(both, board):
    answer = board.post("/api/v1/cases/", '{"area": "31\\u0000"}', content_type="application/json")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert "NUL" in answer.json()["detail"]


@pytest.mark.parametrize("by_key", [False, True])
def test_a_body_of_the_api_has_the_limit_of_a_form(cast, board, settings, by_key):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    headers = {}
    if by_key:
        headers = {"Authorization": f"Token {make_api_token(by=cast.board)}"}
        board.logout()
    for length, code in ((900, 400), (1000, 413)):
        body = json.dumps({"story": "x" * length})
        answer = board.post("/api/v1/cases/", body, content_type="application/json", headers=headers)
        assert answer.status_code == code
        assert answer["Content-Type"] == "application/problem+json"
