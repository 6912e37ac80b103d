"""A real posko in its own folder, started by the one command, and a real Chromium in front of it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import expect

ROOT = Path(__file__).resolve().parent.parent.parent
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PHONE = {"width": 360, "height": 640}
DESK = {"width": 1280, "height": 800}
DEMO_PASSWORD = "posko-demo"
START_DEMO = [sys.executable, "manage.py", "start", "--demo"]
expect.set_options(timeout=15_000)  # a laptop that does other things as well


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(str(item.path)).is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session", autouse=True)
def _chromium_is_here() -> None:
    if CHROMIUM is None:
        reason = "no Chromium found (Debian: apt-get install chromium)"
        if os.environ.get("POSKO_REQUIRE_ALL"):
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    flags = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-gpu"]
    flags += ["--disable-component-update", "--disable-sync", "--no-first-run"]
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": flags}


@pytest.fixture(scope="session")
def base_url(posko: "Posko") -> str:
    return posko.address


@pytest.fixture
def browser_context_args(browser_context_args: dict) -> dict:
    """A phone-sized, Indonesian window unless a test says otherwise."""
    return {**browser_context_args, "viewport": PHONE, "locale": "id-ID"}


MEASURED: dict[str, object] = {}


@pytest.fixture
def measured(record_testsuite_property):
    """`measured("first visit", 41_000)`: printed at the end of the run, and kept in its XML."""

    def note(name: str, value: object) -> None:
        MEASURED[name] = value
        record_testsuite_property(name, value)

    return note


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if MEASURED:
        terminalreporter.section("measured")
        for name, value in MEASURED.items():
            terminalreporter.line(f"{value:>10}  {name}")


@dataclass
class Posko:
    """A running posko: its address, the folder of its data, and what it printed."""

    address: str
    var: Path
    process: subprocess.Popen[str]
    seconds: float
    lines: list[str] = field(default_factory=list)
    reader: threading.Thread | None = None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start_posko(command: list[str], var: Path, cwd: Path = ROOT, patience: float = 120, **more: str) -> Posko:
    """Run `start` and wait until it says where it is."""
    port = free_port()
    environment = {**os.environ, "POSKO_VAR": str(var), "PYTHONUNBUFFERED": "1", **more}
    for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "POSKO_DEMO"):
        environment.pop(name, None)
    begun = time.monotonic()
    process = subprocess.Popen(
        [*command, "--port", str(port)],
        cwd=cwd,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    posko = Posko(f"http://127.0.0.1:{port}", var, process, 0)
    ready = threading.Event()

    def read() -> None:
        for line in process.stdout or ():
            posko.lines.append(line.rstrip())
            if line.startswith("Ctrl-C"):
                ready.set()
        ready.set()

    posko.reader = threading.Thread(target=read, daemon=True)
    posko.reader.start()
    if not ready.wait(patience) or process.poll() is not None:
        process.kill()
        raise AssertionError("the posko did not start:\n" + "\n".join(posko.lines))
    posko.seconds = time.monotonic() - begun
    return posko


def stop_posko(posko: Posko, how: signal.Signals = signal.SIGINT) -> int:
    posko.process.send_signal(how)
    code = posko.process.wait(30)
    posko.reader.join(5)
    posko.process.stdout.close()
    return code


# More families than are printed while somebody waits.
@pytest.fixture(scope="session")
def posko(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Posko]:
    running = start_posko([*START_DEMO, "--demo-size", "420"], tmp_path_factory.mktemp("posko"))
    yield running
    stop_posko(running)


@pytest.fixture
def sign_in(page, posko: Posko):
    """`sign_in("relawan.gedong")`: through the real form, as a person would."""

    def do(username: str) -> None:
        page.context.clear_cookies()
        page.goto("/accounts/login/")
        page.locator("input[name=login]").fill(username)
        page.locator("input[name=password]").fill(DEMO_PASSWORD)
        page.locator("main button[type=submit], form button[type=submit]").last.click()
        page.wait_for_url(lambda url: "/accounts/login" not in url)

    return do
