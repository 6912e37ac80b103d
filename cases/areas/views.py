"""Pages of areas, kampung, notice boards and own days."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.areas import actions, permissions
from cases.areas.choices import Level
from cases.areas.fields import choosable
from cases.areas.forms import (
    AddAreasForm,
    BoardForm,
    DayFileForm,
    DayForm,
    KampungForm,
    RenameForm,
    WhichVillageForm,
)
from cases.areas.models import Area, Kampung, NoticeBoard, OwnDay, lineage
from cases.areas.rules import BELOW
from cases.kernel.exceptions import ActionRefused
from cases.kernel.phones import display_phone
from cases.kernel.scope import covers

UNPROCESSABLE = 422


def _area(request: HttpRequest, code: str) -> Area:
    return get_object_or_404(Area.objects.visible_to(request.user).with_label(), pk=code)


def _kampung(request: HttpRequest, pk: int) -> Kampung:
    return get_object_or_404(
        Kampung.objects.visible_to(request.user).prefetch_related("areas__parent__parent"), pk=pk
    )


def _board(request: HttpRequest, pk: int) -> NoticeBoard:
    boards = NoticeBoard.objects.visible_to(request.user).select_related("area__parent__parent", "kampung")
    return get_object_or_404(boards, pk=pk)


def _with_rights(request: HttpRequest, boards: Iterable[NoticeBoard]) -> list[NoticeBoard]:
    """Each board knows whether the reader may change it."""
    found = list(boards)
    for board in found:
        board.may_keep = permissions.can_edit_board(request.user, board)
    return found


# --- the tree --------------------------------------------------------------------------------------------------------


@require_GET
def area_list(request: HttpRequest) -> HttpResponse:
    """Where one's areas begin, and the kampung that lie there."""
    codes = request.user.row_areas
    # A role over a kelurahan and another over an RW inside it begin at the same place.
    tops = [code for code in codes if not covers([other for other in codes if other != code], code)]
    context = {
        "roots": Area.objects.visible_to(request.user).with_label().filter(pk__in=tops),
        "kampungs": Kampung.objects.visible_to(request.user).prefetch_related("areas__parent__parent"),
        "may_keep": permissions.can_keep_areas(request.user),
    }
    return render(request, "areas/list.html", context)


@require_GET
def detail(request: HttpRequest, code: str) -> HttpResponse:
    area = _area(request, code)
    above = [other for other in lineage(code)[:-1] if request.user.sees(other)]
    below = BELOW.get(Level(area.level))
    context = {
        "area": area,
        "above": Area.objects.visible_to(request.user).with_label().filter(pk__in=above),
        "children": area.children.with_label(),
        "below": below,
        "kampungs": Kampung.objects.visible_to(request.user).covering(code),
        "boards": _with_rights(
            request,
            NoticeBoard.objects.visible_to(request.user)
            .filter(active=True, area=area)
            .select_related("area__parent__parent"),
        ),
        "may_edit": permissions.can_edit_area(request.user, area),
        "may_add": permissions.can_add_below(request.user, area),
        "may_remove": permissions.can_remove_area(request.user, area),
    }
    return render(request, "areas/detail.html", context)


@require_http_methods(["GET", "POST"])
def add_below(request: HttpRequest, code: str) -> HttpResponse:
    area = _area(request, code)
    permissions.check_can_add_below(request.user, area)
    form = AddAreasForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_areas(parent=area, numbers=form.cleaned_data["numbers"], by=request.user)
        except ActionRefused as refusal:
            form.add_error("numbers", str(refusal))
        else:
            messages.success(
                request, ngettext("%(n)d was added.", "%(n)d were added.", len(made)) % {"n": len(made)}
            )
            return redirect("areas:detail", code)
    context = {"form": form, "area": area, "below": BELOW[Level(area.level)], "known": area.children.all()}
    return render(request, "areas/add.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_http_methods(["GET", "POST"])
def rename(request: HttpRequest, code: str) -> HttpResponse:
    area = _area(request, code)
    permissions.check_can_edit_area(request.user, area)
    form = RenameForm(request.POST or None, initial={"alias": area.alias})
    if request.method == "POST" and form.is_valid():
        actions.rename_area(area=area, alias=form.cleaned_data["alias"], by=request.user)
        messages.success(request, _("Saved."))
        return redirect("areas:detail", code)
    context = {"form": form, "area": area}
    return render(request, "areas/rename.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_POST
def remove(request: HttpRequest, code: str) -> HttpResponse:
    area = _area(request, code)
    actions.remove_area(area=area, by=request.user)
    messages.success(request, _("%(area)s was removed.") % {"area": area.label})
    if area.parent_id and request.user.sees(area.parent_id):
        return redirect("areas:detail", area.parent_id)
    return redirect("areas:list")


# --- kampung ---------------------------------------------------------------------------------------------------------


@require_GET
def kampung(request: HttpRequest, pk: int) -> HttpResponse:
    row = _kampung(request, pk)
    boards = _with_rights(request, row.boards.visible_to(request.user).select_related("area__parent__parent"))
    context = {
        "kampung": row,
        "boards": [board for board in boards if board.active],
        "retired": [board for board in boards if not board.active],
        "may_edit": permissions.can_edit_kampung(request.user, row),
        "may_keep": any(request.user.coordinates(code) for code in row.area_codes)
        or any(row.holds(code) for code in request.user.coordinated_areas),
        "own": [area for area in row.areas.all() if request.user.sees(area.pk)],
    }
    return render(request, "areas/kampung.html", context)


@require_http_methods(["GET", "POST"])
def add_kampung(request: HttpRequest) -> HttpResponse:
    permissions.check_can_keep_areas(request.user)
    village = None
    villages = choosable(request.user, [Level.VILLAGE], coordinated=True)
    if code := request.GET.get("village"):
        village = get_object_or_404(villages, pk=code)
    elif len(villages[:2]) > 1:
        form = WhichVillageForm(user=request.user)
        return render(request, "areas/which_village.html", {"form": form})
    else:
        village = villages.first()
    initial = {"name": village.alias if village else "", "areas": [village.pk] if village else []}
    form = KampungForm(request.POST or None, user=request.user, village=village, initial=initial)
    return _save_kampung(request, form, None)


@require_http_methods(["GET", "POST"])
def edit_kampung(request: HttpRequest, pk: int) -> HttpResponse:
    row = _kampung(request, pk)
    permissions.check_can_edit_kampung(request.user, row)
    fields = ("name", "spreading", "posko_place", "posko_hours", "posko_phone", "notes")
    initial = {field: getattr(row, field) for field in fields} | {"areas": row.area_codes}
    initial["posko_phone"] = display_phone(row.posko_phone)
    form = KampungForm(request.POST or None, user=request.user, kampung=row, initial=initial)
    return _save_kampung(request, form, row)


def _save_kampung(request: HttpRequest, form: KampungForm, row: Kampung | None) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save_kampung(by=request.user, kampung=row, **form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("areas:kampung", saved.pk)
    return render(
        request,
        "areas/edit_kampung.html",
        {"form": form, "kampung": row},
        status=UNPROCESSABLE if form.errors else 200,
    )


# --- notice boards ---------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def add_board(request: HttpRequest, pk: int) -> HttpResponse:
    row = _kampung(request, pk)
    permissions.check_can_keep_areas(request.user)
    form = BoardForm(request.POST or None, user=request.user, kampung=row)
    return _save_board(request, form, row, None)


@require_http_methods(["GET", "POST"])
def edit_board(request: HttpRequest, pk: int) -> HttpResponse:
    board = _board(request, pk)
    permissions.check_can_edit_board(request.user, board)
    initial: dict[str, Any] = {
        field: getattr(board, field) for field in ("place", "landmark", "size", "notes")
    }
    initial["area"] = board.area_id
    form = BoardForm(request.POST or None, user=request.user, kampung=board.kampung, initial=initial)
    return _save_board(request, form, board.kampung, board)


def _save_board(
    request: HttpRequest, form: BoardForm, row: Kampung, board: NoticeBoard | None
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_board(by=request.user, kampung=row, board=board, **form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error("area", str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("areas:kampung", row.pk)
    context = {"form": form, "kampung": row, "board": board}
    return render(request, "areas/edit_board.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_POST
def retire_board(request: HttpRequest, pk: int) -> HttpResponse:
    board = actions.retire_board(board=_board(request, pk), by=request.user)
    messages.success(request, _("The board is retired."))
    return redirect("areas:kampung", board.kampung_id)


@require_POST
def return_board(request: HttpRequest, pk: int) -> HttpResponse:
    board = actions.return_board(board=_board(request, pk), by=request.user)
    messages.success(request, _("The board is in use again."))
    return redirect("areas:kampung", board.kampung_id)


# --- own days --------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def days(request: HttpRequest) -> HttpResponse:
    """The organisation's own days, and below them the forms for one more and for a file of them."""
    form = DayForm(request.POST or None)
    if request.method == "POST":
        permissions.check_can_keep_days(request.user)
        if form.is_valid():
            try:
                actions.add_day(by=request.user, **form.cleaned_data)
            except ActionRefused as refusal:
                form.add_error("day", str(refusal))
            else:
                messages.success(request, _("Saved. Open deadlines follow."))
                return redirect("areas:days")
    return _days_page(request, form, DayFileForm())


def _days_page(request: HttpRequest, form: DayForm, file_form: DayFileForm) -> HttpResponse:
    may_keep = permissions.can_keep_days(request.user)
    today = timezone.localdate()
    context = {
        "form": form if may_keep else None,
        "file_form": file_form,
        "coming": OwnDay.objects.filter(date__gte=today),
        "past": OwnDay.objects.filter(date__lt=today).order_by("-date")[:20],
        "may_keep": may_keep,
    }
    wrong = form.errors or file_form.errors
    return render(request, "areas/days.html", context, status=UNPROCESSABLE if wrong else 200)


@require_POST
def import_days(request: HttpRequest) -> HttpResponse:
    """A file of days; what is wrong with it stands beside the field, and nothing is kept."""
    permissions.check_can_keep_days(request.user)
    form = DayFileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            added, known = actions.import_days(data=form.cleaned_data["file"].read(), by=request.user)
        except ActionRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(
                request,
                _("%(added)s days were added, %(known)s were known already. Open deadlines follow.")
                % {"added": added, "known": known},
            )
            return redirect("areas:days")
    return _days_page(request, DayForm(), form)


@require_POST
def remove_day(request: HttpRequest, pk: int) -> HttpResponse:
    actions.remove_day(own_day=get_object_or_404(OwnDay, pk=pk), by=request.user)
    messages.success(request, _("The day was removed. Open deadlines follow."))
    return redirect("areas:days")
