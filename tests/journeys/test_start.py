"""The first command of the README, as a newcomer runs it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable

import pytest

from tests.journeys.conftest import ROOT, start_posko, stop_posko

START = [sys.executable, "manage.py", "start"]
ACCOUNTS = [
    "relawan.gedong",
    "relawan.tengah",
    "koordinator.gedong",
    "koordinator.tengah",
    "pengurus",
    "pengamat",
]


def page(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.read().decode()


def pids(*what: str) -> list[str]:
    return subprocess.run(["pgrep", *what], capture_output=True, text=True, check=False).stdout.split()


def comes(what: Callable[[], bool], patience: float = 30) -> bool:
    until = time.monotonic() + patience
    while not what():
        if time.monotonic() > until:
            return False
        time.sleep(0.2)
    return True


def test_the_demo_prints_its_accounts_and_is_ready(posko):
    said = "\n".join(posko.lines)
    assert f"{posko.address}/" in said
    assert "posko-demo" in said
    for account in ACCOUNTS:
        assert account in said
    assert "relawan, Kampung Gedong" in said
    assert (posko.var / "demo" / "posko.sqlite3").exists()
    assert not (posko.var / "posko").exists()
    assert "Masuk" in page(f"{posko.address}/accounts/login/")


def test_a_taken_port_is_said_plainly(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        run = subprocess.run(
            [*START, "--port", str(port)],
            cwd=ROOT,
            env={**os.environ, "POSKO_VAR": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert run.returncode == 1
    assert f"Port {port}" in run.stderr
    assert "Traceback" not in run.stderr
    assert not list(tmp_path.rglob("*.sqlite3"))


def test_an_empty_posko_invites_its_first_pengurus_and_keeps_its_data(tmp_path):
    first = start_posko(START, tmp_path)
    try:
        link = next(
            line.strip()
            for line in first.lines
            if line.strip().startswith("http") and "127" in line and "/people/" in line
        )
        assert "posko-demo" not in "\n".join(first.lines)
        assert "<form" in page(link)
    finally:
        assert stop_posko(first) == 0
    again = start_posko(START, tmp_path)
    try:
        # Nobody accepted: a new link is offered, and the old one no longer works.
        fresh = next(line.strip() for line in again.lines if "/people/" in line)
        assert fresh.rsplit("/", 2)[-2] != link.rsplit("/", 2)[-2]
        assert "<form" in page(f"{again.address}{fresh.split(again.address)[1]}")
    finally:
        assert stop_posko(again) == 0


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_stopping_leaves_no_process_behind(tmp_path, how):
    running = start_posko(START, tmp_path)
    try:
        # Each child leads a session, to which its own processes belong: a server's worker, a task's process, the clock.
        children = pids("-P", str(running.process.pid))
        assert len(children) == 2
        sessions = ",".join(children)
        assert comes(lambda: len(pids("-s", sessions)) >= 5), "the worker never had processes of its own"
    finally:
        code = stop_posko(running, how)
    assert code == 0
    assert comes(lambda: not pids("-s", sessions), patience=3), "something still runs"


def test_a_fresh_clone_starts_with_the_two_commands(tmp_path, measured):
    """What git holds is enough: no file of this checkout that is not committed is needed."""
    uv = shutil.which("uv")
    if uv is None:
        pytest.skip("uv is not on the path")
    clone = tmp_path / "posko"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
    running = start_posko(
        [uv, "run", "manage.py", "start", "--demo"], clone / "var", cwd=clone, VIRTUAL_ENV=""
    )
    try:
        assert "Masuk" in page(f"{running.address}/accounts/login/")
        assert page(f"{running.address}/healthz")
        assert "relawan, Kampung Gedong" in "\n".join(running.lines), (
            "the demo was made before its words were compiled"
        )
        left = subprocess.run(
            ["git", "status", "--short"], cwd=clone, capture_output=True, text=True, check=True
        )
        assert left.stdout == ""
        # Twenty seconds on two quiet cores is the goal, and a quarter more an alarm; what else the machine does is given time.
        busy = max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
        measured("seconds from the first command to the first page", f"{running.seconds:.1f}")
        measured("processes that wanted a core meanwhile, by core", f"{busy:.1f}")
        assert running.seconds < 25 * busy, f"{running.seconds:.1f} s"
    finally:
        assert stop_posko(running) == 0
