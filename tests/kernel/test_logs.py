"""Log lines: where and when, never whom."""

import logging

import pytest

from cases.kernel import logs


@pytest.mark.parametrize(
    "text",
    [
        "NIK 3175040101019001 tidak sah",
        "dua nomor: 3175040101019001,3175050101019002",
        "telepon 0812-3456-7890",
        "GET /search/?q=siti+aminah",
        "3175 0401 0101 9001",
    ],
)
def test_numbers_and_queries_do_not_reach_a_log(text):
    shown = logs.redact(text)
    assert "3175" not in shown
    assert "3456" not in shown
    assert "siti" not in shown


def test_short_numbers_stay_readable():
    assert logs.redact("case 42 of 300, due 2026-11-24") == "case 42 of 300, due 2026-11-24"


def test_arguments_pass_the_same_net():
    record = logging.LogRecord("x", logging.INFO, "", 0, "found %s", ("3175040101019001",), None)
    logs.RedactFilter().filter(record)
    assert record.getMessage() == "found [number]"


@pytest.mark.django_db
def test_each_answer_carries_its_own_request_id(client):
    first, second = (client.get("/healthz")["X-Request-ID"] for _ in range(2))
    assert len(first) == 12
    assert first != second
    assert logs.request_id.get() == "-"
