"""Handing a one-time link over: kept sealed in the session for one showing, then gone."""

from typing import Any

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from cases.kernel import crypto
from cases.kernel.site import site_of

KEY = "people_link"


def hand_over(request: HttpRequest, kind: str, pk: int, token: str) -> HttpResponse:
    """Show the link on the next page; a reload of that page shows it no more."""
    sealed = crypto.seal(token.encode(), purpose="handover").hex()
    request.session[KEY] = {"kind": kind, "pk": pk, "token": sealed}
    return redirect("people:show_link")


def take(request: HttpRequest) -> tuple[str, int, str] | None:
    """Kind, row and token of the link to show, once."""
    kept: dict[str, Any] | None = request.session.pop(KEY, None)
    if kept is None:
        return None
    token = crypto.unseal(bytes.fromhex(kept["token"]), purpose="handover").decode()
    return kept["kind"], kept["pk"], token


def link_context(request: HttpRequest, view: str, token: str) -> dict[str, str]:
    """The address, and the address as a picture for a phone's camera."""
    url = site_of(request) + reverse(view, args=[token])
    picture = segno.make(url, error="m").svg_data_uri(scale=6, border=2, dark="#000", light="#fff")
    return {"url": url, "qr": picture}


def whatsapp(text: str) -> str:
    """A link that opens WhatsApp with the text; the sender chooses whom it goes to."""
    return f"https://wa.me/?{urlencode({'text': text})}"
