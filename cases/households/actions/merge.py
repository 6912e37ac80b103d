"""Two records of one family become one, with nothing lost, and apart again if that was wrong."""

from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.audit.actions import record, timeline
from cases.households import permissions
from cases.households.actions.change import refresh_keys
from cases.households.choices import HouseholdStatus, KKChange, Relation
from cases.households.entries import NEEDS
from cases.households.models import AidReceipt, FormerKK, Household, Member, revealed
from cases.kernel import crypto
from cases.kernel.exceptions import ActionRefused
from cases.kernel.indonesian import rupiah, short_date
from cases.kernel.names import normalise_name
from cases.kernel.writes import action, locked
from cases.people.models import User

TEXTS = ("alley", "house_number", "landmark", "livelihood", "housing", "vehicle")
MEMBER_FACTS = ("sex", "birth_date")
RECEIPT_FACTS = ("due_amount", "actual_amount", "received_on")
OTHER_FACTS = ("landmark", "livelihood", "housing", "vehicle")
BETWEEN_NOTES = "\n"
RECEIPT_NOTES: int = AidReceipt._meta.get_field("notes").max_length  # type: ignore[assignment]
HOUSEHOLD_NOTES: int = Household._meta.get_field("notes").max_length  # type: ignore[assignment]
NOTES_TOO_LONG = _("The notes of both records are too long together. Shorten one of them first.")


@dataclass
class Moved:
    """What a merge did, as ids and names of columns only: it goes into the history, and `unmerge` reads it back."""

    status: str  # of the other, before
    rows: dict[str, list[int]] = field(default_factory=dict)  # "households.visit.household" -> ids
    filled: list[str] = field(default_factory=list)  # columns of the heir that were empty
    needs: list[str] = field(default_factory=list)
    notes: dict[str, Any] | None = None  # where the notes of the other stand in those of the heir
    former_kk: int | None = None
    demoted: int | None = None  # the other's head, in the heir's family an ordinary member
    members: list[dict[str, Any]] = field(default_factory=list)  # people who stood in both
    receipts: list[dict[str, Any]] = field(default_factory=list)  # rounds that stood in both


@action
def merge_households(*, keep: Household, gone: Household, by: User) -> Household:
    """Everything that points at `gone` points at `keep` afterwards; what both say is combined, what differs is kept beside it.

    Rows that cannot move (the same person, the same round) stay with `gone`, which stays too and names its heir.
    """
    first, second = sorted((keep, gone), key=lambda household: household.pk)
    first, second = locked(first), locked(second)
    keep, gone = (first, second) if first.pk == keep.pk else (second, first)
    permissions.check_can_merge(by, keep, gone)
    _check_consents(keep, gone)
    moved = Moved(status=gone.status)
    _fill(keep, gone, moved)
    _combine_kk(keep, gone, moved, by)
    staying = _combine_members(keep, gone, moved) | _combine_receipts(keep, gone, moved)
    _move_rows(keep, gone, moved, staying)
    gone.status, gone.merged_into = HouseholdStatus.MERGED, keep
    gone.save()
    refresh_keys(keep)
    keep.save()
    record("household.merged", subject=keep, by=by, about=gone, data=asdict(moved))
    record("household.merged_away", subject=gone, by=by, about=keep)
    return keep


@action
def unmerge(*, gone: Household, by: User) -> Household:
    """Take the last merge of `gone` back, from what the history remembers of it."""
    gone = locked(gone)
    permissions.check_can_unmerge(by, gone)
    assert gone.merged_into is not None  # noqa: S101  (check_can_unmerge; the database holds it too)
    keep = locked(gone.merged_into)
    event = (
        timeline(keep)
        .filter(verb="household.merged", object_type=gone._meta.label_lower, object_id=str(gone.pk))
        .last()
    )
    if event is None or keep.status == HouseholdStatus.MERGED:
        raise ActionRefused(_("This record was merged once more since. Take the later merge apart first."))
    data = event.data
    for label, ids in data["rows"].items():
        rows, name = _rows_of(label)
        if rows is not None:
            rows.filter(pk__in=ids, **{name: keep.pk}).update(**{name: gone.pk})
    _unfill(keep, gone, data)
    for entry in data["members"]:
        _empty(Member, entry)
    for entry in data["receipts"]:
        _empty(AidReceipt, entry)
    if data["former_kk"]:
        FormerKK.objects.filter(pk=data["former_kk"], household=keep).delete()
    if data["demoted"]:
        Member.objects.filter(pk=data["demoted"], household=gone, left_at=None).update(relation=Relation.HEAD)
    gone.status, gone.merged_into = data["status"], None
    refresh_keys(gone)
    gone.save()
    refresh_keys(keep)
    keep.save()
    record("household.unmerged", subject=keep, by=by, about=gone)
    record("household.came_back", subject=gone, by=by, about=keep)
    return gone


def heir_of(household: Household) -> Household:
    """The record that stands for this one now."""
    while household.merged_into is not None:
        household = household.merged_into
    return household


def relations() -> list[tuple[Any, str]]:
    """Model and column of every foreign key of any slice that points at a household, also those without a way back."""
    return [
        (relation.related_model, relation.field.name)
        for relation in Household._meta.get_fields(include_hidden=True)
        if isinstance(relation, models.ManyToOneRel) and relation.related_model is not Household
    ]


def _check_consents(keep: Household, gone: Household) -> None:
    """A withdrawal must not be undone by a record of the same family that does not know of it."""
    standing = [household.consented() for household in (keep, gone)]
    withdrawn = [household.consents.exclude(withdrawn_on=None).exists() for household in (keep, gone)]
    if (withdrawn[0] and not standing[0] and standing[1]) or (
        withdrawn[1] and not standing[1] and standing[0]
    ):
        raise ActionRefused(
            _(
                "One of the two records says that consent was withdrawn, the other that it stands. "
                "Ask the family, bring both records up to date, then merge."
            )
        )


def _fill(keep: Household, gone: Household, moved: Moved) -> None:
    """Empty columns of the heir are filled, needs are added up, notes are put one after the other."""
    for name in TEXTS:
        if not getattr(keep, name) and getattr(gone, name):
            setattr(keep, name, getattr(gone, name))
            moved.filled.append(name)
    if gone.phone_sealed and not keep.phone_sealed:
        keep.phone_sealed = gone.phone_sealed
        moved.filled.append("phone_sealed")
    for name in NEEDS:
        if getattr(gone, f"has_{name}") and not getattr(keep, f"has_{name}"):
            setattr(keep, f"has_{name}", True)
            moved.needs.append(name)
    beside = [gone.head_name] * (normalise_name(gone.head_name) != normalise_name(keep.head_name))
    beside += [gone.address] * (bool(gone.address) and gone.address != keep.address)
    for name in OTHER_FACTS:
        said = _shown(gone, name)
        beside += [said] * (bool(said) and said != _shown(keep, name))
    texts = [", ".join(beside), gone.notes]
    if added := BETWEEN_NOTES.join(text for text in texts if text):
        keep.notes, moved.notes = _append(keep.notes, added)
        if len(keep.notes) > HOUSEHOLD_NOTES:
            raise ActionRefused(NOTES_TOO_LONG)


def _shown(household: Household, name: str) -> str:
    """A column in the reader's words."""
    display = getattr(household, f"get_{name}_display", None)
    return str(display() if display else getattr(household, name))


def _combine_kk(keep: Household, gone: Household, moved: Moved, by: User) -> None:
    if not gone.kk_sealed or gone.kk_digest == keep.kk_digest:
        return
    if not keep.kk_sealed:
        keep.set_kk(revealed(gone.kk_sealed))
        moved.filled.append("kk")
        return
    former = FormerKK(
        household=keep,
        kk_sealed=gone.kk_sealed,
        kk_digest=gone.kk_digest,
        kk_last4=gone.kk_last4,
        reason=KKChange.OTHER,
        until=timezone.localdate(),
        by=by,
    )
    former.save(force_insert=True)
    moved.former_kk = former.pk


def _combine_members(keep: Household, gone: Household, moved: Moved) -> set[tuple[str, int]]:
    """People who stand in both records become one; the other's head, if another person, an ordinary member."""
    staying: set[tuple[str, int]] = set()
    living = list(keep.members.filter(left_at=None))
    has_head = any(person.relation == Relation.HEAD for person in living)
    for other in gone.members.filter(left_at=None):
        same = next((person for person in living if _same_person(person, other)), None)
        if same is not None:
            filled = [name for name in MEMBER_FACTS if not getattr(same, name) and getattr(other, name)]
            for name in filled:
                setattr(same, name, getattr(other, name))
            entry = {"id": same.pk, "other": other.pk, "filled": filled, "no_nik": same.no_nik}
            if other.nik_sealed and not same.nik_digest:
                same.set_nik(revealed(other.nik_sealed))
                same.no_nik = ""
                filled.append("nik")
            same.save()
            living.remove(same)
            moved.members.append(entry)
            staying.add((Member._meta.label_lower, other.pk))
        elif other.relation == Relation.HEAD and has_head:
            other.relation = Relation.OTHER
            other.save(update_fields=["relation"])
            moved.demoted = other.pk
    return staying


def _same_person(one: Member, other: Member) -> bool:
    if one.nik_digest and other.nik_digest:
        return one.nik_digest == other.nik_digest
    if one.birth_date and other.birth_date and one.birth_date != other.birth_date:
        return False
    return normalise_name(one.name) == normalise_name(other.name)


def _combine_receipts(keep: Household, gone: Household, moved: Moved) -> set[tuple[str, int]]:
    """One entry a round: what is empty is filled, what differs stands in the notes."""
    staying: set[tuple[str, int]] = set()
    mine = {receipt.round_id: receipt for receipt in keep.aid_receipts.all()}
    for other in gone.aid_receipts.all():
        own = mine.get(other.round_id)
        if own is None:
            continue
        filled = []
        differs = False
        for name in RECEIPT_FACTS:
            value = getattr(other, name)
            if getattr(own, name) is None and value is not None:
                setattr(own, name, value)
                filled.append(name)
            elif value is not None and value != getattr(own, name):
                differs = True
        added = BETWEEN_NOTES.join(text for text in (_facts(other) if differs else "", other.notes) if text)
        notes = None
        if added:
            own.notes, notes = _append(own.notes, added)
        if len(own.notes) > RECEIPT_NOTES:
            raise ActionRefused(NOTES_TOO_LONG)
        own.save()
        moved.receipts.append({"id": own.pk, "other": other.pk, "filled": filled, "notes": notes})
        staying.add((AidReceipt._meta.label_lower, other.pk))
    return staying


def _facts(receipt: AidReceipt) -> str:
    """What the other record said of the round, in a sentence for the notes."""
    unknown = str(_("not known"))
    return str(
        _("The merged record says: due %(due)s, received %(actual)s, on %(day)s.")
        % {
            "due": unknown if receipt.due_amount is None else rupiah(receipt.due_amount),
            "actual": unknown if receipt.actual_amount is None else rupiah(receipt.actual_amount),
            "day": short_date(receipt.received_on) if receipt.received_on else unknown,
        }
    )


def _move_rows(keep: Household, gone: Household, moved: Moved, staying: set[tuple[str, int]]) -> None:
    """Point every row of every slice at the heir; one that a constraint forbids there stays where it is."""
    for model, name in relations():
        label = f"{model._meta.label_lower}.{name}"
        for row_id in list(model._base_manager.filter(**{name: gone.pk}).values_list("pk", flat=True)):
            if (model._meta.label_lower, row_id) in staying:
                continue
            try:
                with transaction.atomic():
                    model._base_manager.filter(pk=row_id).update(**{name: keep.pk})
            except IntegrityError:
                continue
            moved.rows.setdefault(label, []).append(row_id)
    older = Household.objects.filter(merged_into=gone)
    ids = list(older.values_list("pk", flat=True))
    if ids:
        older.update(merged_into=keep)
        moved.rows[f"{Household._meta.label_lower}.merged_into"] = ids


def _rows_of(label: str) -> tuple[models.QuerySet | None, str]:
    """The rows and the column that "app.model.column" names; None where the model is gone since."""
    columns: list[tuple[Any, str]] = [*relations(), (Household, "merged_into")]
    for model, name in columns:
        if f"{model._meta.label_lower}.{name}" == label:
            return model._base_manager.all(), name
    return None, ""


def _append(notes: str, added: str) -> tuple[str, dict[str, Any]]:
    """Notes with more after them, and what is needed to take it out again if nobody changed it."""
    more = f"{BETWEEN_NOTES if notes else ''}{added}"
    return notes + more, {"from": len(notes), "to": len(notes) + len(more), "digest": _mark(more)}


def _without(notes: str, place: dict[str, Any] | None) -> str:
    if place is None or _mark(notes[place["from"] : place["to"]]) != place["digest"]:
        return notes
    return notes[: place["from"]] + notes[place["to"] :]


def _mark(text: str) -> str:
    return crypto.digest(text, purpose="households.merge.notes")


def _unfill(keep: Household, gone: Household, data: dict[str, Any]) -> None:
    """Empty again what was filled from the other, where it still says the same."""
    for name in data["filled"]:
        if name == "kk":
            if keep.kk_digest == gone.kk_digest:
                keep.set_kk("")
        elif name == "phone_sealed":
            if keep.phone == gone.phone:
                keep.phone_sealed = None
        elif getattr(keep, name) == getattr(gone, name):
            setattr(keep, name, "")
    for name in data["needs"]:
        setattr(keep, f"has_{name}", False)
    keep.notes = _without(keep.notes, data["notes"])


def _empty(model: Any, entry: dict[str, Any]) -> None:
    """The same for a person or a receipt that stood in both."""
    row, other = model.objects.filter(pk=entry["id"]).first(), model.objects.filter(pk=entry["other"]).first()
    if row is None or other is None:
        return
    for name in entry["filled"]:
        if name == "nik":
            if row.nik_digest == other.nik_digest:
                row.set_nik("")
                row.no_nik = entry["no_nik"]
        elif getattr(row, name) == getattr(other, name):
            setattr(row, name, model._meta.get_field(name).get_default())
    if "notes" in entry:
        row.notes = _without(row.notes, entry["notes"])
    row.save()
