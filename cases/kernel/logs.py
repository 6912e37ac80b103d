"""Log lines carry a request id and no personal data."""

import logging
import re
import secrets
import traceback
from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("posko_request_id", default="-")

# Identity numbers (16 digits) and telephone numbers; `?q=` and other queries may hold names.
_NUMBERS = re.compile(r"(?<!\d)(?:\d[ .-]?){9,}\d(?!\d)")
_QUERY = re.compile(r"\?\S*")
# Django logs the path of what it refuses, a form without its CSRF cookie say, and this path opens an account.
_LINK = re.compile(r"/(join|new-password)/[^/\s]+")


MOST_CAUSES = 5


def new_request_id() -> str:
    return secrets.token_hex(6)


def redact(text: str) -> str:
    """Drop what may identify a person or open an account: long numbers, query strings and one-time links."""
    return _NUMBERS.sub("[number]", _LINK.sub(r"/\1/[token]", _QUERY.sub("?[query]", text)))


def trace_of(error: BaseException) -> str:
    """Where it went wrong, oldest cause first; of each error its first line only: PostgreSQL's next one is the whole row."""
    parts: list[str] = []
    now: BaseException | None = error
    while now is not None and len(parts) < MOST_CAUSES:
        first = str(now).partition("\n")[0]
        places = "".join(traceback.format_tb(now.__traceback__))
        parts.append(redact(f"{places}{type(now).__module__}.{type(now).__qualname__}: {first}"))
        now = now.__cause__ or (None if now.__suppress_context__ else now.__context__)
    return "\n\n".join(reversed(parts))


class RequestIdFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True


class RedactFilter(logging.Filter):
    """Formats the message and the trace here, so that arguments and errors pass the same net."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = redact(record.getMessage())
        record.args = ()
        if record.exc_info and isinstance(record.exc_info, tuple) and record.exc_info[1] is not None:
            # A formatter takes what stands here already.
            record.exc_text = trace_of(record.exc_info[1])
        return True
