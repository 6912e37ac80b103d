"""Log lines: where and when, never whom."""

import io
import logging
import subprocess
import sys

import pytest
from django.conf import settings

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


@pytest.mark.parametrize("path", ["/people/join/{}/", "/people/new-password/{}/"])
def test_a_link_that_opens_an_account_does_not_reach_a_log(path):
    token = "aB3-" * 8
    assert logs.redact(f"Forbidden (CSRF cookie not set.): {path.format(token)}") == (
        f"Forbidden (CSRF cookie not set.): {path.format('[token]')}"
    )


def test_the_trace_of_an_error_tells_the_place_and_no_row():
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.addFilter(logs.RedactFilter())
    log = logging.Logger("x")
    log.addHandler(handler)
    name, number = " ".join(["Siti", "Aminah"]), "31750401" + "01019001"  # a trace quotes these lines
    try:
        try:
            raise ValueError(f"invalid: {number}\nDETAIL: Failing row contains (7, {name}).")
        except ValueError as error:
            raise RuntimeError(f"not stored\n{name}") from error
    except RuntimeError:
        log.exception("job 7 failed")
    told = out.getvalue()
    assert name not in told
    assert number not in told
    assert "ValueError: invalid: [number]" in told
    assert "RuntimeError: not stored" in told
    assert "test_logs.py" in told


def test_the_worker_writes_through_the_same_net():
    """Celery sets its own handlers up unless it is told not to."""
    code = (
        "import logging; from advocacy.celery import app; import django; django.setup();"
        "app.log.setup_logging_subsystem(loglevel='WARNING');"
        "logging.getLogger('celery.worker').warning('NIK 3175040101019001')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )
    assert "[number]" in done.stderr
    assert "3175040101019001" not in done.stdout + done.stderr


@pytest.mark.django_db
def test_each_answer_carries_its_own_request_id(client):
    first, second = (client.get("/healthz")["X-Request-ID"] for _ in range(2))
    assert len(first) == 12
    assert first != second
    assert logs.request_id.get() == "-"
