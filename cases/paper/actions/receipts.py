"""A resident's slip on paper: the code made or opened for it, the print a row."""

import uuid
from typing import Any

from django.utils import timezone

from cases.audit.actions import record
from cases.casefiles import actions as casefiles
from cases.casefiles import codes
from cases.casefiles.models import Case
from cases.casefiles.permissions import check_can_hand_out_code
from cases.kernel.stamps import content_digest, stored_before
from cases.kernel.writes import action
from cases.paper import permissions
from cases.paper.choices import PaperSize, PrintKind
from cases.paper.models import PrintRecord
from cases.paper.receipts import receipt_blocks, receipt_of
from cases.paper.typesetting import render_pdf
from cases.people.models import User


def print_receipt(
    *,
    case: Case,
    by: User,
    paper: str = PaperSize.A4,
    with_qr: bool = False,
    site: str = "",
    client_id: uuid.UUID | None = None,
) -> PrintRecord:
    """One slip, with the case's current code or a new one. A slip that can not be set leaves neither print nor code."""
    permissions.check_can_use_paper(by)
    check_can_hand_out_code(by, case)
    blocks = receipt_blocks(case, by=by, day=timezone.localdate(), site=site, with_qr=with_qr)
    # Typesetting takes a moment: it is tried with a code of the same shape before the transaction, so nobody waits for it.
    render_pdf("receipt", receipt_of(blocks, codes.make()), paper=paper)
    return _keep(case=case, by=by, paper=paper, blocks=blocks, with_qr=with_qr, client_id=client_id)


@action
def _keep(
    *, case: Case, by: User, paper: str, blocks: dict[str, Any], with_qr: bool, client_id: uuid.UUID | None
) -> PrintRecord:
    digest = content_digest({"case": case.pk, "paper": paper, "with_qr": with_qr})
    if (known := stored_before(PrintRecord, client_id, digest)) is not None:
        return known
    casefiles.hand_out_code(case=case, by=by)
    current = casefiles.current_code(case)
    row = PrintRecord(
        kind=PrintKind.RECEIPT,
        area_id=case.area_id,
        paper=paper,
        purpose=case.number,
        pages=1,
        # The code itself is kept in one place only, sealed, and gone there when it is taken back.
        content={"blocks": blocks, "code": current.pk if current else None},
        digest=content_digest(blocks),
        by=by,
        client_id=client_id,
        client_digest=digest if client_id else "",
    )
    row.save(force_insert=True)
    record("print.made", subject=row, by=by, about=case, data={"kind": row.kind, "paper": row.paper})
    return row
