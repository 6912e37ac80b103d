"""API errors as problem details (RFC 9457)."""

from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import exception_handler

from cases.kernel.api_parsing import TooLarge
from cases.kernel.exceptions import ActionRefused, NotAllowed


def problem_details(error: Exception, context: dict[str, Any]) -> Response | None:
    """`application/problem+json` with type, title, status, detail and, for bad input, `errors` by field."""
    if isinstance(error, NotAllowed):
        return _problem(status.HTTP_403_FORBIDDEN, "not-allowed", str(error))
    if isinstance(error, ActionRefused):
        return _problem(status.HTTP_409_CONFLICT, "refused", str(error))
    if isinstance(error, RequestDataTooBig):
        return problem_details(TooLarge(), context)
    response = exception_handler(error, context)
    if response is None:
        return None
    if isinstance(error, exceptions.ValidationError):
        body = _problem(response.status_code, "invalid", "", errors=response.data)
    elif isinstance(error, (Http404, PermissionDenied)):
        body = _problem(
            response.status_code, "not-found" if isinstance(error, Http404) else "not-allowed", ""
        )
    else:
        detail = str(getattr(error, "detail", ""))
        body = _problem(
            response.status_code, getattr(error, "default_code", "error").replace("_", "-"), detail
        )
    for header in ("WWW-Authenticate", "Retry-After"):
        if header in response:
            body[header] = response[header]
    return body


def _problem(code: int, kind: str, detail: str, **more: Any) -> Response:
    content = {"type": f"about:blank#{kind}", "title": kind, "status": code, **more}
    if detail:
        content["detail"] = detail
    return Response(_writable(content), status=code, content_type="application/problem+json")


def _writable(value: Any) -> Any:
    """The same without halves of letters: an error may quote what was sent, and JSON can send what UTF-8 can not say."""
    if isinstance(value, dict):
        return {_writable(key): _writable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_writable(item) for item in value]
    return str(value).encode(errors="replace").decode() if isinstance(value, str) else value
