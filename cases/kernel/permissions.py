"""Pairs of checks: `check_can_x` raises a sentence, `can_x` answers yes or no, `reason` gives the sentence to a button."""

from collections.abc import Callable
from typing import Any

from cases.kernel.exceptions import PoskoError


def reason(check: Callable[..., None], *args: Any) -> str:
    """Why not, in a sentence; empty where it is allowed."""
    try:
        check(*args)
    except PoskoError as refusal:
        return str(refusal)
    return ""


def allowed(check: Callable[..., None], *args: Any) -> bool:
    return not reason(check, *args)
