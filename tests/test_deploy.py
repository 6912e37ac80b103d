"""A server is told everything by its environment; what is missing stops the start and is named."""

import base64
import os
import subprocess
import sys
from pathlib import Path

import pytest

BASE = Path(__file__).resolve().parent.parent
KEY = base64.b64encode(bytes(range(32))).decode()
SERVER = {
    "POSKO_MODE": "server",
    "SECRET_KEY": "S3cret-" + "abcdefghijklmnopqrstuvwxyz0123456789" * 2,
    "POSKO_KEYS": f"k1:{KEY}",
    "POSKO_DIGEST_KEY": KEY,
    "ALLOWED_HOSTS": "posko.example.org",
    "DATABASE_URL": "postgres://posko:secret@127.0.0.1/posko",
    "CELERY_BROKER_URL": "redis://127.0.0.1:6379/0",
}
NEEDED = [name for name in SERVER if name != "POSKO_MODE"]
# Variables of the run itself, which must not leak into the server's environment.
LEFT_OUT = {*SERVER, "POSKO_DEMO", "DEBUG", "POSKO_VAR", "MEDIA_ROOT", "STATIC_ROOT", "CACHE_URL"}
LEFT_OUT |= {"EMAIL_URL", "EMAIL_FROM", "POSKO_SITE_URL", "POSKO_DIGEST_HOUR"}
MAIL = {
    "EMAIL_URL": "smtps://posko:rahasia%40kita@mail.example.org",
    "EMAIL_FROM": "Posko <posko@example.org>",
    "POSKO_SITE_URL": "https://posko.example.org",
}


@pytest.fixture
def manage(tmp_path):
    """Run manage.py with exactly this environment beside what Python itself needs."""

    def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
        inherited = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
        return subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=BASE,
            env={**inherited, "POSKO_VAR": str(tmp_path), **environment},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


def test_the_deployment_check_is_silent_on_a_server(manage):
    done = manage("check", "--deploy", "--fail-level", "WARNING", **SERVER)
    assert (done.returncode, done.stderr) == (0, "")
    assert "no issues (0 silenced)" in done.stdout


@pytest.mark.parametrize("name", NEEDED)
def test_a_missing_variable_stops_a_server_and_is_named(manage, name):
    done = manage("check", **{key: value for key, value in SERVER.items() if key != name})
    assert done.returncode != 0
    assert f"{name} is missing" in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("POSKO_MODE", "production"),
        ("POSKO_KEYS", "k1:short"),
        ("POSKO_DIGEST_KEY", base64.b64encode(b"short").decode()),
        ("DATABASE_URL", "mysql://posko@127.0.0.1/posko"),
        ("DEBUG", "perhaps"),
        ("TRUSTED_PROXIES", "one"),
        ("POSKO_DEMO", "1"),
        ("POSKO_DIGEST_HOUR", "24"),
        ("POSKO_DIGEST_HOUR", "six"),
        ("EMAIL_URL", "mail.example.org:25"),
        ("EMAIL_URL", "smtps://mail.example.org:port"),
        ("EMAIL_URL", "smtp://posko:rahasia@mail.example.org"),
    ],
)
def test_a_wrong_variable_stops_a_server_and_is_named(manage, name, value):
    done = manage("check", **{**SERVER, name: value})
    assert done.returncode != 0
    assert name in done.stderr.strip().splitlines()[-1]


def test_a_server_that_sends_mail_says_from_where_and_where_its_links_lead(manage):
    shown = 'from django.conf import settings; print(settings.MAILERS["default"]["OPTIONS"])'
    done = manage("shell", "--no-imports", "-c", shown, **SERVER, **MAIL)
    assert done.returncode == 0, done.stderr
    assert "'host': 'mail.example.org', 'port': 465, 'username': 'posko'" in done.stdout
    assert "'password': 'rahasia@kita'" in done.stdout
    assert "'use_ssl': True" in done.stdout
    for name in ("EMAIL_FROM", "POSKO_SITE_URL"):
        done = manage("check", **SERVER, **{key: value for key, value in MAIL.items() if key != name})
        assert done.returncode != 0
        assert f"{name} is missing" in done.stderr


def test_a_laptop_needs_no_variable_at_all(manage, tmp_path):
    done = manage("check")
    assert done.returncode == 0, done.stderr
    kept = tmp_path / "posko" / "keys.env"
    assert kept.stat().st_mode & 0o077 == 0
