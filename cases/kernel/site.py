"""The posko's own address, as it stands on paper and in messages."""

from django.conf import settings
from django.http import HttpRequest


def site_of(request: HttpRequest) -> str:
    """Where people reach this posko: named by the settings, else where this page was asked for. Without a last slash."""
    return (settings.POSKO_SITE_URL or request.build_absolute_uri("/")).rstrip("/")
