"""A slip for whoever brought a matter to the posko: from a case to what may stand on it, and the same as a WhatsApp text."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.casefiles import codes
from cases.casefiles.models import Case, LookupCode
from cases.kernel.indonesian import long_date
from cases.paper import sources
from cases.paper.sheets import PaperRefused, ReceiptContent
from cases.people.models import User


def receipt_blocks(
    case: Case, *, by: User, day: date, site: str = "", with_qr: bool = False
) -> dict[str, Any]:
    """All but the code, as plain JSON. Of the case only its number; of the area only the posko that serves it."""
    posko = sources.posko_at([case.area_id], by=by)
    kampung = sources.kampung_at(case.area_id)
    return {
        "posko": posko.name,
        "organisation": posko.organisation,
        "phone": posko.phone,
        "place": posko.place,
        "hours": kampung.posko_hours if kampung else "",
        "number": case.number,
        "day": long_date(day),
        "link": f"{site}{reverse('status:ask')}" if site else "",
        "with_qr": bool(site and with_qr),
    }


def receipt_of(blocks: dict[str, Any], code: str) -> ReceiptContent:
    return ReceiptContent(**blocks, code=codes.grouped(code))


def printed_code(pk: int) -> str:
    """The code of a slip that is printed again; one that was taken back is on no paper any more."""
    row = LookupCode.objects.filter(pk=pk).first()
    code = row.opened() if row else ""
    if not code:
        raise PaperRefused(
            _("The code of this slip was replaced or taken back. Print a new slip from the case.")
        )
    return code


def as_text(blocks: dict[str, Any], code: str) -> str:
    """For WhatsApp: it speaks of a matter and of nothing else, as the phone may be shared."""
    ask = [f"telepon {blocks['phone']}" if blocks["phone"] else "", "datang ke posko"]
    ways = " atau ".join(part for part in ask if part)
    lines = (
        f"*{blocks['posko']}*",
        f"Urusan Bapak/Ibu sudah dicatat dengan nomor *{blocks['number']}*. Kode: *{code}*",
        f"Mau tahu kabarnya? Gratis: {ways}"
        + (f", atau buka {blocks['link']} lalu ketik kodenya." if blocks["link"] else "."),
        "Simpan pesan ini. Jangan berikan kodenya kepada orang lain.",
    )
    return "\n\n".join(lines)
