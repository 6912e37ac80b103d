"""`manage.py start [--demo]`: everything a posko on one machine needs, in one command."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from argparse import RawDescriptionHelpFormatter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation.reloader import translation_file_changed

from advocacy import seeding
from advocacy.catalogues import Catalogues
from cases.desk.demo import DEMO_PASSWORD, demo_accounts, load_demo
from cases.people.actions import first_board_invitation
from cases.people.choices import Role
from cases.people.models import Membership

PATIENCE = 30  # seconds for the web server's first answer
GRACE = 10  # seconds for a process to end by itself


class Command(BaseCommand):
    help = "Prepare the database and start the web server and the worker. Ctrl-C stops both."
    # Checks are for `manage.py check` and the tests; here they would make a database before the port is known to be free.
    requires_system_checks: list[str] = []

    def create_parser(self, *args: Any, **kwargs: Any) -> CommandParser:
        return super().create_parser(*args, formatter_class=RawDescriptionHelpFormatter, **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--demo", action="store_true", help="a posko with invented people, in its own database"
        )
        parser.add_argument(
            "--demo-size", type=int, default=300, help="households in a new demo (default 300)"
        )
        parser.add_argument(
            "--host", default="127.0.0.1", help="address to listen on (0.0.0.0: phones on this Wi-Fi)"
        )
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.SERVER:
            raise CommandError('`start` is for a laptop; README, "On a server", says what to run there.')
        host, port = options["host"], options["port"]
        self.claim_port(host, port)
        if options["demo_size"] < 1:
            raise CommandError("--demo-size must be 1 or more.")
        try:
            self.prepare(options["demo_size"])
            invitation = self.first_invitation()
        except KeyboardInterrupt:
            # Each step is one transaction or can be done again, so there is nothing to clear up.
            raise CommandError("Stopped before it was ready; start again with the same command.") from None
        self.serve(host, port, invitation)

    def claim_port(self, host: str, port: int) -> None:
        """Fail before any work where the port is taken."""
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with contextlib.closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except (OSError, OverflowError) as error:
                raise CommandError(
                    f"Port {port} on {host} can not be used ({error}). Is a posko already running there? "
                    f"Try: uv run manage.py start --port {port + 1}"
                ) from None

    def prepare(self, demo_size: int) -> None:
        self.stdout.write(f"Preparing {'the demo' if settings.DEMO else 'the posko'} in {settings.VAR} ...")
        Catalogues(settings.BASE_DIR).compile()
        # This process looked for them when there were none yet, and would go on in English.
        translation_file_changed(sender=None, file_path=Path("django.mo"))
        # Compressing the static files takes as long as the tables and needs none of them: the second core does it.
        with ThreadPoolExecutor(max_workers=1) as second:
            static = second.submit(call_command, "collectstatic", verbosity=0, interactive=False)
            call_command("migrate", verbosity=0, interactive=False)
            call_command("createcachetable", verbosity=0)
            seeding.load_all()
            if settings.DEMO:
                made = load_demo(size=demo_size)
                if made:
                    self.stdout.write(f"Demo: {made.households} households, {made.cases} cases.")
            static.result()

    def first_invitation(self) -> str:
        """The path of the one-time link that creates the first pengurus, where there is none yet."""
        if settings.DEMO or Membership.objects.current().filter(role=Role.BOARD).exists():
            return ""
        return first_board_invitation()

    def serve(self, host: str, port: int, invitation: str) -> None:
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "advocacy.settings"}
        python = [sys.executable, "-m"]
        web = [*python, "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
        web += ["--workers", "1", "--blocking-threads", "4", "--no-ws", "--log-level", "warning"]
        web += ["advocacy.wsgi:application"]
        worker = [*python, "celery", "-q", "-A", "advocacy", "worker", "--beat", "--concurrency", "1"]
        worker += ["--without-gossip", "--without-mingle", "--loglevel", "WARNING"]
        children: dict[str, subprocess.Popen[bytes]] = {}
        stopping = False

        def stop(signum: int, frame: FrameType | None) -> None:
            nonlocal stopping
            stopping = True

        previous = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            for name, command in (("web server", web), ("worker", worker)):
                # Own sessions: Ctrl-C reaches this process only, which then ends them in order.
                children[name] = subprocess.Popen(  # noqa: S603
                    command, cwd=settings.BASE_DIR, env=environment, start_new_session=True
                )
            if self.wait_for_answer(host, port, children, lambda: stopping):
                self.announce(host, port, invitation)
            while not stopping:
                for name, child in children.items():
                    if child.poll() is not None:
                        raise CommandError(f"The {name} ended by itself (exit code {child.returncode}).")
                time.sleep(0.3)
            self.stdout.write("\nStopping ...")
        finally:
            self.end(children)
            for number, handler in previous.items():
                signal.signal(number, handler)
        self.stdout.write("Stopped. Data is kept; start again with the same command.")

    def wait_for_answer(self, host: str, port: int, children: dict[str, Any], stopping: Any) -> bool:
        url = f"http://{_reachable(host)}:{port}/healthz"
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and not stopping():
            if children["web server"].poll() is not None:
                raise CommandError("The web server could not start; its message stands above.")
            try:
                with urllib.request.urlopen(url, timeout=2):
                    return True
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        if not stopping():
            raise CommandError(f"The web server gave no answer within {PATIENCE} seconds.")
        return False

    def announce(self, host: str, port: int, invitation: str) -> None:
        address = f"http://{_reachable(host)}:{port}"
        lines = ["", f"Posko Bansos: {address}/"]
        if host in {"0.0.0.0", "::"}:  # noqa: S104
            lines += [f"  from a phone on this Wi-Fi: http://{own}:{port}/" for own in _own_addresses()]
        if invitation:
            lines += [
                "",
                "There is no pengurus yet. This link makes the first account, once:",
                f"  {address}{invitation}",
            ]
        if settings.DEMO:
            with translation.override("id"):
                accounts = demo_accounts()
            width = max(len(name) for name, _role, _area in accounts)
            lines += ["", f"Demo accounts, password {DEMO_PASSWORD}:"]
            lines += [f"  {name:<{width}}  {role}, {area}" for name, role, area in accounts]
        lines += ["", "Ctrl-C stops it."]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()

    def end(self, children: dict[str, subprocess.Popen[bytes]]) -> None:
        for child in children.values():
            if child.poll() is None:
                child.terminate()
        for child in children.values():
            try:
                child.wait(GRACE)
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()


def _reachable(host: str) -> str:
    if host in {"0.0.0.0", "::"}:  # noqa: S104
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _own_addresses() -> list[str]:
    """This machine's addresses on its networks, best effort."""
    with contextlib.suppress(OSError):
        names = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
        return sorted({str(entry[4][0]) for entry in names if not str(entry[4][0]).startswith("127.")})
    return []
