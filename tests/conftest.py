"""A fixed cast in two kampung, and the catalogues compiled before the first test.

Everyone is invented. Gedong has RW 011 with RT 005 and RT 006, Tengah has RW 002 with RT 003; the volunteers work in their
kelurahan, the coordinators over it, the board over all of Jakarta, the observer sees figures only, the stranger has no role.
"""

from pathlib import Path
from types import SimpleNamespace

import hypothesis
import pytest
from django.db import connection
from django.test import TransactionTestCase

from advocacy.catalogues import Catalogues
from advocacy.celery import app as celery_app
from cases.areas.choices import Level
from cases.areas.models import Area
from cases.kernel.writes import open_gate
from cases.people.choices import Role
from cases.people.models import Membership, Organisation, User
from tests.places import GEDONG, GEDONG_RT, GEDONG_RT_NEXT, TENGAH, TENGAH_RT

# gettext reads .mo files, which are made and not committed.
Catalogues(Path(__file__).resolve().parent.parent).compile()

PASSWORD = "kata-sandi-uji"

# A busy machine is no fault of a property: neither one slow example nor slow drawing of them fails a test.
hypothesis.settings.register_profile(
    "posko", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("posko")

TREE = [
    ("31", Level.PROVINCE, "DKI Jakarta", ""),
    ("31.75", Level.CITY, "Kota Administrasi Jakarta Timur", ""),
    ("31.75.04", Level.DISTRICT, "Kramat Jati", ""),
    (TENGAH, Level.VILLAGE, "Tengah", "TGH"),
    ("31.75.04.1002.002", Level.RW, "RW 002", ""),
    (TENGAH_RT, Level.RT, "RT 003", ""),
    ("31.75.05", Level.DISTRICT, "Pasar Rebo", ""),
    (GEDONG, Level.VILLAGE, "Gedong", "GDG"),
    ("31.75.05.1001.011", Level.RW, "RW 011", ""),
    (GEDONG_RT, Level.RT, "RT 005", ""),
    (GEDONG_RT_NEXT, Level.RT, "RT 006", ""),
]


@pytest.fixture(autouse=True)
def _fast_passwords_and_own_files(settings, tmp_path, monkeypatch):
    """Hash quickly, keep files apart, talk to no broker: a test that wants a real worker says so."""
    monkeypatch.setattr(celery_app.conf, "broker_url", "memory://")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@pytest.fixture
def areas(db) -> SimpleNamespace:
    """The rows of TREE; `areas.gedong`, `areas.gedong_rt`, `areas.gedong_rt_next`, `areas.tengah`, `areas.tengah_rt`."""
    with open_gate():
        for code, level, name, abbr in TREE:
            parent = code.rpartition(".")[0] or None
            Area(code=code, level=level, name=name, abbr=abbr, parent_id=parent).save(force_insert=True)
    rows = {area.code: area for area in Area.objects.all()}
    return SimpleNamespace(
        province=rows["31"],
        gedong=rows[GEDONG],
        gedong_rt=rows[GEDONG_RT],
        gedong_rt_next=rows[GEDONG_RT_NEXT],
        tengah=rows[TENGAH],
        tengah_rt=rows[TENGAH_RT],
    )


@pytest.fixture
def make_user(areas):
    """`make_user("name", (Role.VOLUNTEER, "31.75.05.1001"), ...)`."""

    def make(username: str, *roles: tuple[Role, str]) -> User:
        user = User.objects.create_user(username, PASSWORD, name=username.replace(".", " ").title())
        with open_gate():
            for role, code in roles:
                Membership.objects.create(user=user, role=role, area_id=code)
        return user

    return make


@pytest.fixture
def organisation(db) -> Organisation:
    with open_gate():
        return Organisation.objects.create(name="Jaringan Rakyat Miskin Kota", short_name="JRMK")


@pytest.fixture
def cast(make_user) -> SimpleNamespace:
    """Everyone who may knock: volunteer, colleague in the next kampung, coordinators, board, observer, stranger."""
    return SimpleNamespace(
        volunteer=make_user("relawan.gedong", (Role.VOLUNTEER, GEDONG)),
        coordinator=make_user("koordinator.gedong", (Role.COORDINATOR, GEDONG)),
        other_volunteer=make_user("relawan.tengah", (Role.VOLUNTEER, TENGAH)),
        other_coordinator=make_user("koordinator.tengah", (Role.COORDINATOR, TENGAH)),
        board=make_user("pengurus", (Role.BOARD, "31")),
        observer=make_user("pengamat", (Role.OBSERVER, "31")),
        stranger=make_user("orang.luar"),
    )


@pytest.fixture
def as_user(client):
    """A client signed in as someone: `as_user(cast.volunteer).get(...)`."""

    def sign_in(user: User):
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def run_jobs():
    """Do what a worker would: run every queued job now."""
    from cases.jobs.models import Job
    from cases.jobs.tasks import run

    def work() -> None:
        for job in Job.objects.filter(status="queued"):
            run(str(job.pk))

    return work


def _flush_with_history(self: TransactionTestCase) -> None:
    """The database refuses to empty the audit table, so a flush between tests lifts its triggers for that moment."""
    from importlib import import_module

    history = import_module("cases.audit.migrations.0002_append_only")
    with connection.schema_editor() as editor:
        history.remove(None, editor)
    try:
        _plain_teardown(self)
    finally:
        with connection.schema_editor() as editor:
            history.install(None, editor)


_plain_teardown = TransactionTestCase._fixture_teardown
TransactionTestCase._fixture_teardown = _flush_with_history
