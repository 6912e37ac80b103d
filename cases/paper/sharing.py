"""Where a shared poster is reached."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from cases.paper.models import Poster


def site_of(request: HttpRequest) -> str:
    """Where residents reach this posko: named by the settings, else where this page was asked for."""
    return settings.POSKO_SITE_URL or request.build_absolute_uri("/").rstrip("/")


def link_of(poster: Poster, site: str) -> str:
    return f"{site}{reverse('share:poster', args=[poster.share_token])}"


def is_public(site: str) -> bool:
    """Whether an address may work outside the posko's own computer and Wi-Fi."""
    host = site.split("//", 1)[-1].split("/", 1)[0].rsplit(":", 1)[0]
    return "." in host and not host.replace(".", "").isdigit() and not host.endswith((".local", ".localhost"))
