"""The list of offices, as far as it is kept on the pages."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from cases.areas.models import Area
from cases.audit.actions import record
from cases.escalations import permissions
from cases.escalations.models import Office
from cases.kernel.exceptions import ActionRefused
from cases.kernel.stamps import content_digest
from cases.kernel.writes import action, locked
from cases.people.models import User


@action
def add_office(*, kind: str, area: Area, name: str, by: User, **fields: Any) -> Office:
    """A new office; RT and RW by the coordinator of the area. `fields`: addressee, address, hours, phone, website, notes."""
    permissions.check_can_keep_office(by, kind, area)
    office = Office(kind=kind, area=area, name=name.strip(), code=_office_code(kind, area, name), **fields)
    try:
        with transaction.atomic():
            office.save()
    except IntegrityError as error:
        raise ActionRefused(_("This office is on the list already.")) from error
    record("office.created", subject=office, by=by, data={"kind": kind})
    return office


@action
def edit_office(*, office: Office, by: User, **fields: Any) -> Office:
    office = locked(office)
    permissions.check_can_keep_office(by, office.kind, office.area)
    changes = sorted(name for name, value in fields.items() if getattr(office, name) != value)
    for name in changes:
        setattr(office, name, fields[name])
    if changes:
        office.save(update_fields=changes)
        # Names and numbers of officials are left out of the history.
        record("office.edited", subject=office, by=by, data={"fields": changes})
    return office


def _office_code(kind: str, area: Area, name: str) -> str:
    return f"{kind.upper()}-{area.pk}-{content_digest(name.strip().casefold())[:6]}"[:40]
