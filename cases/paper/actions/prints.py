"""Lists and slips on paper: families asked for in scope, sheets numbered for ever, every print a row."""

import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.db import IntegrityError
from django.utils.translation import gettext as _

from cases.audit.actions import record
from cases.jobs.actions import enqueue
from cases.jobs.models import Job
from cases.kernel.exceptions import ActionRefused
from cases.kernel.scope import covers
from cases.kernel.stamps import content_digest, stored_before
from cases.kernel.writes import action
from cases.paper import doors, permissions, rules
from cases.paper.choices import DoorTask, PrintKind, Whom
from cases.paper.doors import DoorOrder, Walk
from cases.paper.families import by_ids, printable, rt_codes
from cases.paper.models import DoorLine, DoorSheet, PrintRecord, SheetCounter
from cases.paper.receipts import printed_code, receipt_of
from cases.paper.sheets import (
    Content,
    DoorListContent,
    PaperRefused,
    poster_from_blocks,
    to_json,
)
from cases.paper.slips import SlipOrder, pages_for, slips_from_blocks
from cases.paper.sources import area_holding
from cases.paper.typesetting import render_pdf, render_png
from cases.people.models import User
from cases.people.rules import SEES_ROWS

DOORS_JOB, AGAIN_JOB = "paper.doors", "paper.again"
BATCH = 500
TEMPLATE = {
    PrintKind.POSTER: "poster",
    PrintKind.DOOR_LIST: "door_list",
    PrintKind.SLIPS: "slips",
    PrintKind.RECEIPT: "receipt",
}

type Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Printed:
    record: PrintRecord
    pdf: bytes


@action
def reserve_sheets(*, count: int) -> int:
    """The first of `count` sheet numbers that nobody else gets, ever. A print that fails leaves a gap, never a double."""
    SheetCounter.objects.get_or_create(pk=1)
    counter = SheetCounter.objects.select_for_update().get(pk=1)
    first = counter.last + 1
    counter.last += count
    counter.save()
    return first


# --- door lists ---------------------------------------------------------------------------------------------------


def order_doors(*, order: DoorOrder, by: User, client_id: uuid.UUID | None = None) -> PrintRecord | Job:
    """Print now what is small; give what is large to the background. The same client id gives the same answer."""
    check_order(order, by)
    walk = doors.plan(order, user=by)
    if len(walk.households) <= rules.PRINT_AT_ONCE:
        return print_doors(order=order, by=by, client_id=client_id, walk=walk).record
    return _enqueue_once(order=order, by=by, client_id=client_id, title=_title(walk))


@action
def _enqueue_once(*, order: DoorOrder, by: User, client_id: uuid.UUID | None, title: str) -> Job:
    User.objects.select_for_update().get(pk=by.pk)  # two taps of one person come one after the other
    stamp = str(client_id) if client_id else ""
    if stamp:
        known = Job.objects.visible_to(by).filter(kind=DOORS_JOB, params__stamp=stamp).first()
        if known is not None:
            return known
    return enqueue(kind=DOORS_JOB, title=title, params={"order": order.to_params(), "stamp": stamp}, by=by)


def print_doors(
    *,
    order: DoorOrder,
    by: User | None,
    client_id: uuid.UUID | None = None,
    job: Job | None = None,
    walk: Walk | None = None,
    progress: Progress = lambda done, total: None,
) -> Printed:
    """Numbers, file and rows of a door list. `by` None is the posko's own command line.

    Typesetting thousands of doors takes seconds, so it stands between two short transactions: one that gives the numbers
    and one that writes the print with all its sheets and lines.
    """
    if by is not None:
        check_order(order, by)
    digest = content_digest(order.to_params())
    if (known := stored_before(PrintRecord, client_id, digest)) is not None:
        return Printed(known, file_of(known))
    walk = walk or doors.plan(order, user=by)
    if not walk.households:
        raise PaperRefused(_("There is no household to print. Choose another area or filter."))
    progress(1, 4)
    first = reserve_sheets(count=len(walk.spans))
    said = doors.head(walk, by=by)
    made = doors.pages(
        walk,
        walk.spans,
        numbers=_numbers(first),
        labels=doors.labels_of(walk.rts),
        names=doors.carriers(order),
    )
    content = doors.content_of(said, made)
    progress(2, 4)
    pdf = render_pdf("door_list", content, paper=order.paper)
    progress(3, 4)
    row = PrintRecord(
        kind=PrintKind.DOOR_LIST,
        area_id=area_holding(walk.rts),
        paper=order.paper,
        purpose=_purpose(walk),
        pages=len(walk.spans),
        names=content.names,
        content=said | {"piles": order.shared_by, "dates": doors.own_dates(walk)},
        digest=content_digest(to_json(content)),
        job=job,
        by=by,
        client_id=client_id,
        client_digest=digest if client_id else "",
    )
    try:
        kept = _keep_doors(row=row, walk=walk, first=first)
    except IntegrityError:
        # A second tap came while the first was being set.
        if (known := stored_before(PrintRecord, client_id, digest)) is not None:
            return Printed(known, file_of(known))
        raise
    progress(4, 4)
    return Printed(kept, pdf)


@action
def _keep_doors(*, row: PrintRecord, walk: Walk, first: int) -> PrintRecord:
    row.save(force_insert=True)
    order = walk.order
    sheets = DoorSheet.objects.bulk_create(
        (
            DoorSheet(
                number=first + at,
                print=row,
                area_id=span.area,
                task=order.task,
                round_id=order.choice.round_id,
                volunteer_id=order.volunteers[span.pile - 1] if order.volunteers else None,
                pile=span.pile,
                page=at + 1,
            )
            for at, span in enumerate(walk.spans)
        ),
        batch_size=BATCH,
    )
    DoorLine.objects.bulk_create(
        (
            DoorLine(sheet_id=sheet.pk, line=line, household_id=family.id)
            for sheet, span in zip(sheets, walk.spans, strict=True)
            for line, family in enumerate(walk.households[span.start : span.end], start=1)
        ),
        batch_size=BATCH,
    )
    record(
        "print.made",
        subject=row,
        by=row.by,
        data={
            "kind": row.kind,
            "paper": row.paper,
            "names": row.names,
            "sheets": [first, first + row.pages - 1],
        },
    )
    return row


def check_order(order: DoorOrder, by: User) -> None:
    """Scope, and whoever carries a pile must be allowed to see the families on it."""
    permissions.check_can_print_families(by, order.choice.areas)
    if not order.choice.areas:
        raise ActionRefused(_("Choose at least one area."))
    if order.task == DoorTask.ROUND and order.choice.round_id is None:
        raise ActionRefused(_("Choose the round that is told about."))
    if order.choice.whom == Whom.UNPAID and order.choice.round_id is None:
        raise ActionRefused(_("Choose the round in which they have not been paid."))
    if not 1 <= order.shared_by <= rules.MOST_PILES:
        raise ActionRefused(
            _("A list is shared among %(most)d volunteers at most.") % {"most": rules.MOST_PILES}
        )
    if order.volunteers:
        able = {user.pk for user in volunteers_for(by, order.choice.areas)}
        if not set(order.volunteers) <= able:
            raise ActionRefused(
                _("One of these volunteers may not see the families of all the areas chosen.")
            )


def volunteers_for(by: User, codes: Sequence[str]) -> list[User]:
    """Who may carry a list of all these areas, among the people this user sees."""
    people = User.objects.visible_to(by).filter(is_active=True).order_by("name", "username")
    people = people.prefetch_related("memberships")
    return [user for user in people if codes and all(_may_carry(user, code) for code in codes)]


def _may_carry(user: User, code: str) -> bool:
    """As User.sees, from memberships already fetched."""
    own = [row.area_id for row in user.memberships.all() if row.ended_at is None and row.role in SEES_ROWS]
    return covers(own, code)


# --- slips --------------------------------------------------------------------------------------------------------


def print_slips(*, order: SlipOrder, by: User, client_id: uuid.UUID | None = None) -> PrintRecord:
    """One household or those of an area, four to a sheet."""
    permissions.check_can_use_paper(by)
    digest = content_digest(order.to_params())
    if (known := stored_before(PrintRecord, client_id, digest)) is not None:
        return known
    households, _left_out = printable(order.choice, user=by)
    permissions.check_can_print_families(by, rt_codes(households))
    if not households:
        raise PaperRefused(_("There is no household to print. Choose another area or filter."))
    if len(households) > rules.MOST_SLIPS:
        raise PaperRefused(
            _("These are %(given)d slips; at most %(most)d are printed at once. Choose a smaller area.")
            % {"given": len(households), "most": rules.MOST_SLIPS}
        )
    content = slips_from_blocks(order.blocks, households)
    render_pdf("slips", content, paper=order.paper)  # refused before it is on record
    row = PrintRecord(
        kind=PrintKind.SLIPS,
        area_id=area_holding(rt_codes(households)),
        paper=order.paper,
        purpose=content.headline[:200],
        pages=pages_for(len(households)),
        names=len(households),
        content={"blocks": dict(order.blocks), "households": [family.id for family in households]},
        digest=content_digest(to_json(content)),
        by=by,
        client_id=client_id,
        client_digest=digest if client_id else "",
    )
    try:
        return _keep_slips(row=row)
    except IntegrityError:
        if (known := stored_before(PrintRecord, client_id, digest)) is not None:
            return known
        raise


@action
def _keep_slips(*, row: PrintRecord) -> PrintRecord:
    row.save(force_insert=True)
    record(
        "print.made", subject=row, by=row.by, data={"kind": row.kind, "paper": row.paper, "names": row.names}
    )
    return row


# --- the file of a print ------------------------------------------------------------------------------------------


def content_of(row: PrintRecord) -> tuple[Content, list[str]]:
    """What a print says, with the RT of the families on it; the names are those of today."""
    if row.kind == PrintKind.POSTER:
        return poster_from_blocks(row.content["kind"], row.content["blocks"]), []
    if row.kind == PrintKind.SLIPS:
        ids = row.content["households"]
        found = by_ids(ids)
        households = [found[pk] for pk in ids if pk in found]
        return slips_from_blocks(row.content["blocks"], households), rt_codes(households)
    if row.kind == PrintKind.RECEIPT:
        return receipt_of(row.content["blocks"], printed_code(row.content["code"])), [row.area_id]
    return _doors_again(row)


def _doors_again(row: PrintRecord) -> tuple[DoorListContent, list[str]]:
    """The same sheets with the same numbers and lines."""
    sheets = list(row.sheets.select_related("volunteer").prefetch_related("lines").order_by("page"))
    ids = [line.household_id for sheet in sheets for line in sheet.lines.all()]
    households = by_ids(ids)
    labels = doors.labels_of({sheet.area_id for sheet in sheets})
    piles = row.content.get("piles", 1)
    dates = row.content.get("dates", {})
    made = tuple(
        doors.DoorPage(
            sheet=str(sheet.number),
            area=labels[sheet.area_id],
            volunteer=str(sheet.volunteer) if sheet.volunteer else doors.pile_words(sheet.pile, piles),
            rows=tuple(
                doors.row_of(
                    line.line, households.get(line.household_id), sheet.task, dates.get(sheet.area_id, "")
                )
                for line in sheet.lines.all()
            ),
        )
        for sheet in sheets
    )
    said = {name: value for name, value in row.content.items() if name not in {"piles", "dates"}}
    return doors.content_of(said, made), [sheet.area_id for sheet in sheets]


def file_of(row: PrintRecord, *, by: User | None = None) -> bytes:
    """The PDF of a print that is on record, made anew; `by` None where the caller has just made it."""
    content, codes = content_of(row)
    if by is not None:
        permissions.check_can_print_again(by, row, codes)
    return render_pdf(TEMPLATE[PrintKind(row.kind)], content, paper=row.paper)


def picture_of(row: PrintRecord, *, by: User, width: int) -> bytes:
    """The first sheet of a print."""
    content, codes = content_of(row)
    permissions.check_can_print_again(by, row, codes)
    template = TEMPLATE[PrintKind(row.kind)]
    return render_png(template, content, paper=row.paper, width=width, first=1)[0]


@action
def note_fetched(*, print_record: PrintRecord, by: User) -> None:
    """A file that names families was fetched: that is a copy that left the posko."""
    record("print.fetched", subject=print_record, by=by, data={"names": print_record.names})


@action
def order_again(*, print_record: PrintRecord, by: User) -> Job:
    """A list that is too large to be made while somebody waits."""
    codes = list(print_record.sheets.values_list("area_id", flat=True).distinct())
    permissions.check_can_print_again(by, print_record, codes)
    title = _("Door-to-door list, %(names)d families") % {"names": print_record.names}
    return enqueue(kind=AGAIN_JOB, title=title, params={"print": print_record.pk}, by=by)


def _numbers(first: int) -> Iterator[str]:
    while True:
        yield str(first)
        first += 1


def _title(walk: Walk) -> str:
    return _("Door-to-door list, %(names)d families") % {"names": len(walk.households)}


def _purpose(walk: Walk) -> str:
    """For the books: the task, and which families were chosen."""
    task = DoorTask(walk.order.task).label
    choice = walk.order.choice
    return str(task if choice.whom == Whom.ALL else f"{task} · {doors.whom_words(choice)}")[:200]
