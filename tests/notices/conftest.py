"""A posko whose registry holds nothing but what a test puts there, and a mail server that keeps what it is given."""

from types import SimpleNamespace

import pytest

from cases.notices import registry


@pytest.fixture(autouse=True)
def _empty_registry(monkeypatch):
    for name in ("_told", "_preparations", "_summaries"):
        monkeypatch.setattr(registry, name, {})


@pytest.fixture
def with_mail(settings):
    """This posko sends e-mail; Django keeps it in mailoutbox."""
    settings.POSKO_SENDS_MAIL = True
    settings.POSKO_SITE_URL = "https://posko.example.org"
    settings.DEFAULT_FROM_EMAIL = "Posko <posko@example.org>"
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}


@pytest.fixture
def readers(cast) -> SimpleNamespace:
    """The coordinator reads e-mail; the volunteer has none."""
    cast.coordinator.email = "koordinator@example.org"
    cast.coordinator.save()
    return cast
