"""What machines ask: is the process alive, and can it work."""

import pytest
from celery import current_app
from django.db import OperationalError
from django.db.migrations.executor import MigrationExecutor
from kombu import Connection
from kombu.exceptions import OperationalError as BrokerGone

from cases.desk import readiness


@pytest.fixture(autouse=True)
def _forget():
    readiness._migrated = False
    yield
    readiness._migrated = False


def test_alive_asks_nothing_of_the_database(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert answer["Content-Type"].startswith("text/plain")


@pytest.mark.django_db
def test_ready_when_everything_answers(client):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "missing": []})
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize("error", [BrokerGone("gone"), ConnectionRefusedError()])
def test_a_broker_that_is_gone_is_named(client, monkeypatch, error):
    def gone() -> bool:
        raise error

    monkeypatch.setitem(readiness.PARTS, "broker", gone)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"ready": False, "missing": ["broker"]})
    assert b"gone" not in answer.content


@pytest.mark.django_db
def test_a_redis_that_nobody_runs_is_named(client, monkeypatch):
    monkeypatch.setattr(
        current_app, "connection_for_write", lambda **_kwargs: Connection("redis://127.0.0.1:1/0")
    )
    assert client.get("/readyz").json()["missing"] == ["broker"]


@pytest.mark.django_db
def test_a_database_that_is_gone_is_named(client, monkeypatch):
    def gone() -> bool:
        raise OperationalError

    monkeypatch.setitem(readiness.PARTS, "database", gone)
    assert client.get("/readyz").status_code == 503


@pytest.mark.django_db
def test_tables_of_yesterday_are_named(client, monkeypatch):
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda self, targets: [("a migration", False)])
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["missing"]) == (503, ["migrations"])


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
@pytest.mark.django_db
def test_probes_are_spoken_to_without_tls_and_read_only(client, settings, path):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    assert client.get(path).status_code == 200
    assert client.post(path).status_code == 405
