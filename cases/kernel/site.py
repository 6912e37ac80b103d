"""The posko's own address, as it stands on paper and in messages."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def site_of(request: HttpRequest) -> str:
    """Where people reach this posko: named by the settings, else where this page was asked for. Without a last slash."""
    return (settings.POSKO_SITE_URL or request.build_absolute_uri("/")).rstrip("/")


def public_site_of(request: HttpRequest) -> str:
    """The same where residents reach it too; "" on a laptop that is only known by a number inside the posko's Wi-Fi."""
    if settings.POSKO_SITE_URL:
        return site_of(request)
    host = request.get_host().rpartition(":")[0] or request.get_host()
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return site_of(request) if "." in host and not host.endswith((".local", ".lan")) else ""
    return ""
