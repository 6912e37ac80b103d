"""What the pages of this slice share."""

import base64
from typing import Any

from django.http import HttpRequest, HttpResponse

PREVIEW_WIDTH = 620  # pixels: a sheet across the screen of a phone, sharp enough to read its headline
LIST_WIDTH = 900  # a lying list has smaller letters


def picture(png: bytes) -> str:
    """A picture inside the page: a preview is looked at once."""
    return f"data:image/png;base64,{base64.b64encode(png).decode('ascii')}"


def png_response(png: bytes) -> HttpResponse:
    return HttpResponse(png, content_type="image/png")


def status(request: HttpRequest, form: Any) -> int:
    """A form that came back with errors says so to machines too (htmx swaps a 422)."""
    return 422 if request.method == "POST" and form.errors else 200
