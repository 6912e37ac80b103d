"""Door sheets coming back to the posko; what families answered is written down elsewhere."""

from django.utils import timezone

from cases.audit.actions import record
from cases.kernel.writes import action, locked
from cases.paper import permissions
from cases.paper.models import DoorSheet
from cases.people.models import User


@action
def mark_returned(*, sheet: DoorSheet, by: User) -> DoorSheet:
    """The sheet lies at the posko again; said twice, the first time stands."""
    return _mark(sheet, by, back=True)


@action
def mark_out(*, sheet: DoorSheet, by: User) -> DoorSheet:
    """Take that back: the sheet is still with whoever carries it."""
    return _mark(sheet, by, back=False)


def _mark(sheet: DoorSheet, by: User, *, back: bool) -> DoorSheet:
    sheet = locked(sheet)
    permissions.check_can_take_back(by, sheet)
    if (sheet.returned_at is not None) == back:
        return sheet
    sheet.returned_at = timezone.now() if back else None
    sheet.save(update_fields=["returned_at"])
    verb = "print.sheet_returned" if back else "print.sheet_out_again"
    record(verb, subject=sheet.print, by=by, about=sheet, area=sheet.area_id, data={"sheet": sheet.number})
    return sheet
