"""Where a shared poster is reached."""

from django.urls import reverse

from cases.paper.models import Poster


def link_of(poster: Poster, site: str) -> str:
    return f"{site}{reverse('share:poster', args=[poster.share_token])}"


def is_public(site: str) -> bool:
    """Whether an address may work outside the posko's own computer and Wi-Fi."""
    host = site.split("//", 1)[-1].split("/", 1)[0].rsplit(":", 1)[0]
    return "." in host and not host.replace(".", "").isdigit() and not host.endswith((".local", ".localhost"))
