"""Log lines carry a request id and no personal data."""

import logging
import re
import secrets
from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("posko_request_id", default="-")

# Identity numbers (16 digits) and telephone numbers; `?q=` and other queries may hold names.
_NUMBERS = re.compile(r"(?<!\d)(?:\d[ .-]?){9,}\d(?!\d)")
_QUERY = re.compile(r"\?\S*")


def new_request_id() -> str:
    return secrets.token_hex(6)


def redact(text: str) -> str:
    """Drop what may identify a person: long numbers and query strings."""
    return _NUMBERS.sub("[number]", _QUERY.sub("?[query]", text))


class RequestIdFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True


class RedactFilter(logging.Filter):
    """Formats the message here, so that its arguments pass the same net."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = redact(record.getMessage())
        record.args = ()
        return True
