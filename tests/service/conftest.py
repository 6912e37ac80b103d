"""A real worker on Redis and PostgreSQL. Missing services are a reason to skip, or to fail where POSKO_REQUIRE_ALL is set."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis
from django.conf import settings as django_settings
from django.db import connection

from advocacy.celery import app as celery_app

ROOT = Path(__file__).resolve().parent.parent.parent
# A database of its own on the machine's Redis: what tests send never meets a posko's queue.
BROKER = os.environ.get("POSKO_TEST_BROKER", "redis://127.0.0.1:6379/9")

type Start = Callable[[], subprocess.Popen[bytes]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(str(item.path)).is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.service)
            # One queue for all of them.
            item.add_marker(pytest.mark.xdist_group("service"))


def missing() -> str:
    """Why these tests cannot run here, or ""."""
    if not django_settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        return "another process needs the test database: set DATABASE_URL=postgres://..."
    try:
        redis.Redis.from_url(BROKER, socket_connect_timeout=2).ping()
    except redis.RedisError as error:
        return f"no Redis at {BROKER} ({type(error).__name__})"
    return ""


@pytest.fixture(scope="session", autouse=True)
def _services_are_here() -> None:
    if why := missing():
        if os.environ.get("POSKO_REQUIRE_ALL"):
            pytest.fail(why)
        pytest.skip(why)


def use_broker(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process send its messages there from now on."""
    monkeypatch.setattr(celery_app.conf, "broker_url", url)
    monkeypatch.setattr(celery_app.conf, "broker_write_url", url)
    # Connections to the broker before this one are kept in pools.
    celery_app._after_fork()


@pytest.fixture
def broker(monkeypatch: pytest.MonkeyPatch) -> Iterator[redis.Redis]:
    """The queue, empty."""
    client = redis.Redis.from_url(BROKER)

    def empty() -> None:
        for pattern in ("celery*", "unacked*", "_kombu.*"):
            for key in client.scan_iter(pattern):
                client.delete(key)

    empty()
    with monkeypatch.context() as patch:
        use_broker(BROKER, patch)
        yield client
    celery_app._after_fork()
    empty()
    client.close()


@pytest.fixture
def start_worker(transactional_db, settings, broker: redis.Redis) -> Iterator[Start]:
    """`start_worker()`: one more worker, as README starts it, on the database of this test."""
    database = connection.settings_dict
    login = ":".join(part for part in (database["USER"], database["PASSWORD"]) if part)
    environment = {
        **os.environ,
        "DATABASE_URL": f"postgres://{login}@{database['HOST']}:{database['PORT'] or 5432}/{database['NAME']}",
        "CELERY_BROKER_URL": BROKER,
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "DJANGO_SETTINGS_MODULE": "advocacy.settings",
    }
    command = [sys.executable, "-m", "celery", "-A", "advocacy", "worker", "--concurrency", "1"]
    command += ["--without-gossip", "--without-mingle", "--loglevel", "WARNING"]
    running: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        # A session of its own, so that it can be killed with the process that does the work.
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        running.append(process)
        return process

    yield start
    for process in running:
        kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """As a power cut would: the worker and what it runs, at once, with no chance to say anything."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)
