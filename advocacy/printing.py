"""What the commands that print ask of their arguments: a sentence instead of a trace."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from django.core.management.base import CommandError

from cases.areas.models import Area
from cases.programmes.models import Round


def writable(name: str, suffixes: Sequence[str]) -> Path:
    """The file to write, looked at before seconds are spent on its content."""
    target = Path(name)
    if target.suffix not in suffixes:
        raise CommandError(f"--out must end in {' or '.join(suffixes)}, not {target.name!r}.")
    folder = target.parent
    if not folder.is_dir():
        raise CommandError(f"--out: there is no folder {str(folder)!r}.")
    if target.is_dir() or not os.access(target if target.exists() else folder, os.W_OK):
        raise CommandError(f"--out: {str(target)!r} can not be written.")
    return target


def write(target: Path, made: bytes) -> None:
    try:
        target.write_bytes(made)
    except OSError as error:
        raise CommandError(f"--out: {str(target)!r} can not be written ({error.strerror}).") from None


def choice_of(value: str, allowed: Iterable[str], what: str) -> str:
    allowed = list(allowed)
    if value not in allowed:
        raise CommandError(f"--{what} is one of {', '.join(allowed)}, not {value!r}.")
    return value


def areas_of(codes: Sequence[str]) -> list[Area]:
    """In the order given; every unknown code is named at once."""
    if not codes:
        raise CommandError("--area is needed: a code such as 31.75.05.1001 or 31.75.05.1001.011.005.")
    found = {area.pk: area for area in Area.objects.with_label().filter(pk__in=codes)}
    if unknown := [code for code in codes if code not in found]:
        raise CommandError(
            f"--area: {', '.join(unknown)} is not on record. Areas have codes like 31.75.05.1001.011."
        )
    return [found[code] for code in dict.fromkeys(codes)]


def round_of(text: str) -> Round:
    rounds = Round.objects.select_related("programme")
    aid_round = (
        rounds.filter(pk=int(text)).first() if text.isascii() and text.isdigit() and len(text) < 18 else None
    )
    if aid_round is None:
        known = ", ".join(f"{row.pk} ({row.name})" for row in rounds.order_by("-period_start")[:5])
        raise CommandError(f"--round: there is no round {text!r}. The newest: {known or 'none'}.")
    return aid_round
