"""Bodies of the API: JSON of a size that a form could have, with nothing in it that a database can not keep."""

import io
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions, parsers, status


class TooLarge(exceptions.APIException):
    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = _("This is too much at once. Send it in parts.")
    default_code = "too_large"


class BoundedJSONParser(parsers.JSONParser):
    """DRF reads a body to its end, however long: Django's own limit holds for forms only."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        raw = stream.read(most + 1)
        if len(raw) > most:
            raise TooLarge
        if b"\\u0000" in raw:
            # No text holds a NUL, and PostgreSQL keeps none.
            raise exceptions.ParseError(_("There is a NUL character in it, which no text has."))
        return super().parse(io.BytesIO(raw), media_type, parser_context)
