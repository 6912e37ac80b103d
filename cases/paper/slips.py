"""From an order to slips: the same words on each, one family a slip, four to a sheet."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cases.paper.choices import PaperSize
from cases.paper.families import Choice, Family, refused_row
from cases.paper.sheets import SLIPS_A_PAGE, Bring, PaperRefused, Session, Slip, SlipSheetContent, to_json


@dataclass(frozen=True, kw_only=True)
class SlipOrder:
    """What is asked for; `blocks` as slip_blocks gives them."""

    choice: Choice
    blocks: Mapping[str, Any]
    paper: str = PaperSize.A4

    def to_params(self) -> dict[str, Any]:
        return {**self.choice.to_params(), "paper": str(self.paper), "blocks": dict(self.blocks)}


def slip_blocks(content: SlipSheetContent) -> dict[str, Any]:
    """All but the families, as plain JSON."""
    blocks = json.loads(to_json(content))
    blocks.pop("slips")
    return blocks


def slips_from_blocks(blocks: Mapping[str, Any], families: Sequence[Family]) -> SlipSheetContent:
    """Numbered in walking order, "3 / 24", so that whoever carries them sees that none is missing."""
    total = len(families)
    return with_slips(
        blocks, tuple(_slip(number, family, total) for number, family in enumerate(families, 1))
    )


def with_slips(blocks: Mapping[str, Any], slips: tuple[Slip, ...]) -> SlipSheetContent:
    """Unknown blocks are refused, not dropped."""
    values = dict(blocks)
    try:
        for name, made in (("sessions", Session), ("bring", Bring)):
            values[name] = tuple(made(**item) for item in values.get(name, ()))
        return SlipSheetContent(**values, slips=slips)
    except TypeError:
        raise PaperRefused(_("A slip has no such block.")) from None


def _slip(number: int, family: Family, total: int) -> Slip:
    try:
        return Slip(
            number=f"{number} / {total}",
            head=family.head_name,
            address=family.address or family.landmark,
            kk_end=family.kk_last4,
        )
    except PaperRefused as refusal:
        raise refused_row(family, refusal) from None


def pages_for(families: int) -> int:
    return -(-families // SLIPS_A_PAGE)
