"""How often codes may be tried, counted like sign-in (settings.ACCOUNT_RATE_LIMITS), by address and over all addresses.

Many phones share one address of a mobile network, so trying is cheap and only what finds nothing is dear.
"""

from allauth.core import ratelimit
from django.http import HttpRequest

TRY, UNKNOWN = "status", "status_unknown"
ALL = "everybody"


def may_try(request: HttpRequest) -> bool:
    """Counts this try; False where this address, or all together, tried or missed too often."""
    return bool(
        ratelimit.consume(request, action=TRY, key=ALL)
        and ratelimit.consume(request, action=UNKNOWN, key=ALL, dry_run=True)
    )


def note_unknown(request: HttpRequest) -> None:
    """A well-formed code that stands for nothing."""
    ratelimit.consume(request, action=UNKNOWN, key=ALL)
