"""What happened to a family, in words: one sentence a verb."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.audit.models import AuditEvent
from cases.households import choices
from cases.households.models import Household, Member
from cases.kernel.indonesian import rupiah, short_date

SENTENCES: dict[str, tuple[Promise, str]] = {
    "household.recorded": (_("Family recorded"), "add"),
    "household.edited": (_("Data changed"), "edit"),
    "household.kk_recorded": (_("KK number recorded"), "card"),
    "household.kk_changed": (_("KK number changed"), "card"),
    "household.member_added": (_("Member added"), "user"),
    "household.member_edited": (_("Data of a member changed"), "edit"),
    "household.member_left": (_("A member left the family"), "user"),
    "household.head_changed": (_("Another head of the family"), "user"),
    "household.consent_recorded": (_("Consent recorded"), "consent"),
    "household.consent_withdrawn": (_("Consent withdrawn: identity numbers erased"), "shield"),
    "household.revealed": (_("Whole numbers were shown"), "eye"),
    "household.checked": (_("Recipient status checked"), "check"),
    "household.receipt_recorded": (_("Aid received recorded"), "receipt"),
    "household.receipt_edited": (_("Aid received corrected"), "receipt"),
    "household.visited": (_("House visited"), "door"),
    "household.moved_away": (_("Moved away"), "send"),
    "household.moved_back": (_("Lives here again"), "undo"),
    "household.merged": (_("Another record was merged into this one"), "merge"),
    "household.merged_away": (_("Merged into another record"), "merge"),
    "household.unmerged": (_("A merged record was taken apart again"), "split"),
    "household.came_back": (_("This record stands by itself again"), "split"),
}
OTHER = _("Something else happened")
ERASED = {
    "kk": _("KK number"),
    "niks": _("NIK"),
    "former_kks": _("former KK numbers"),
    "phones": _("telephone"),
    "screenshots": _("screenshots"),
}
COLUMNS = {"nik": _("NIK"), "phone": _("telephone"), "area": _("RT")}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of _components/timeline.html."""

    at: datetime
    title: str
    by: str
    body: str
    icon: str


def entries(events: Iterable[AuditEvent], names: dict[int, str]) -> list[Entry]:
    """`names` are what people are called now, by id; who is not there is shown by user name."""
    return [entry(event, names) for event in events]


def entry(event: AuditEvent, names: dict[int, str]) -> Entry:
    title, icon = SENTENCES.get(event.verb, (OTHER, "dots"))
    by = names.get(event.actor_id or 0, event.actor_name)
    return Entry(event.at, str(title), by, body(event), icon)


def body(event: AuditEvent) -> str:
    """The details worth a second line; empty for most."""
    data = event.data
    match event.verb:
        case "household.edited":
            return _listed(_field(Household, name) for name in data["fields"])
        case "household.member_edited":
            return _listed(_field(Member, name) for name in data["fields"])
        case "household.kk_changed":
            return _label(choices.KKChange, data["reason"])
        case "household.consent_recorded":
            return _listed(_label(choices.ConsentPurpose, purpose) for purpose in data["purposes"])
        case "household.consent_withdrawn":
            return _listed(str(ERASED[name]) for name, count in data["erased"].items() if count)
        case "household.revealed":
            return _label(choices.RevealReason, data["reason"])
        case "household.checked":
            where = [_label(choices.Portal, data["portal"]), _label(choices.CheckAnswer, data["answer"])]
            return ": ".join(where) + (f", desil {data['desil']}" if data["desil"] else "")
        case "household.receipt_recorded" | "household.receipt_edited":
            return _money(data)
        case "household.visited":
            return f"{_label(choices.VisitTask, data['task'])}: {_label(choices.VisitResult, data['result'])}"
        case "household.member_left" | "household.moved_away":
            day = parse_date(data["on"])
            return short_date(day) if day else ""
    return ""


def _money(data: dict[str, Any]) -> str:
    parts = []
    if data["due"] is not None:
        parts.append(str(_("due %(amount)s") % {"amount": rupiah(data["due"])}))
    if data["actual"] is not None:
        parts.append(str(_("received %(amount)s") % {"amount": rupiah(data["actual"])}))
    return ", ".join(parts)


def _field(model: type[Household] | type[Member], name: str) -> str:
    if name in COLUMNS:
        return str(COLUMNS[name])
    return str(getattr(model._meta.get_field(name), "verbose_name", name))


def _label(words: Any, value: str) -> str:
    return str(words(value).label) if value in words.values else value


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)
