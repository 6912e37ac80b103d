"""The first page of printing, and the books: what was printed, by whom, for which area."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from cases.jobs.models import Job
from cases.kernel.paging import Page, keyset_page
from cases.paper import actions, permissions, rules
from cases.paper.choices import PrintKind
from cases.paper.filters import PrintFilter
from cases.paper.models import DoorSheet, Poster, PrintRecord
from cases.paper.views.common import LIST_WIDTH, PREVIEW_WIDTH, png_response

NEWEST = ("-at", "-id")
SHOWN = 5
SHEETS_SHOWN = 20


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    permissions.check_can_use_paper(request.user)
    posters = Poster.objects.visible_to(request.user).hanging().with_words().order_by("-updated_at", "-id")
    prints = PrintRecord.objects.filter(by=request.user).with_words().order_by(*NEWEST)
    jobs = Job.objects.visible_to(request.user).filter(kind__startswith="paper.")
    return render(
        request,
        "paper/home.html",
        {
            "posters": list(posters[: SHOWN + 1]),
            "prints": list(prints[:SHOWN]),
            "jobs": list(jobs.order_by("-created_at")[:3]),
            "is_coordinator": request.user.is_coordinator,
        },
    )


@require_GET
def prints(request: HttpRequest) -> HttpResponse:
    permissions.check_can_use_paper(request.user)
    rows = PrintRecord.objects.visible_to(request.user).with_words()
    filterset = PrintFilter(request.GET, rows, request=request)
    page = keyset_page(filterset.qs, order=NEWEST, cursor=request.GET.get("cursor"))
    active = sum(1 for name in filterset.filters if filterset.data.get(name))
    return render(request, "paper/prints.html", {"page": page, "filterset": filterset, "active": active})


def _print(request: HttpRequest, pk: int) -> PrintRecord:
    rows = PrintRecord.objects.visible_to(request.user).with_words().select_related("job")
    return get_object_or_404(rows, pk=pk)


@require_GET
def print_detail(request: HttpRequest, pk: int) -> HttpResponse:
    permissions.check_can_use_paper(request.user)
    row = _print(request, pk)
    only_out = "out" in request.GET
    return render(
        request,
        "paper/print.html",
        {
            "print": row,
            "page": _sheets(request, row, only_out=only_out),
            "only_out": only_out,
            "out": row.sheets.filter(returned_at=None).count() if row.kind == PrintKind.DOOR_LIST else 0,
            "fresh": "new" in request.GET,
            "is_list": row.kind == PrintKind.DOOR_LIST,
            "large": row.names > rules.PRINT_AT_ONCE,
            "job_file": bool(row.job and row.job.by_id == request.user.pk and row.job.file),
            "stale": row.poster is not None and row.poster.retired_at is not None,
        },
    )


def _sheets(request: HttpRequest, row: PrintRecord, *, only_out: bool) -> Page[DoorSheet]:
    """The sheets of a door list, each with whether this person may say that it is back."""
    rows = row.sheets.select_related("area__parent__parent", "volunteer", "print")
    if only_out:
        rows = rows.filter(returned_at=None)
    page = keyset_page(rows, order=("number",), cursor=request.GET.get("cursor"), size=SHEETS_SHOWN)
    for sheet in page:
        sheet.may_take_back = permissions.can_take_back(request.user, sheet)
    return page


@require_POST
def print_sheets(request: HttpRequest, pk: int) -> HttpResponse:
    """`back` or `out`: the number of the sheet of this list that came back, or did not after all."""
    row = _print(request, pk)
    back = "back" in request.POST
    number = request.POST.get("back" if back else "out", "")
    if not (number.isascii() and number.isdigit() and len(number) <= 9):
        raise Http404
    sheet = get_object_or_404(row.sheets, number=int(number))
    if back:
        actions.mark_returned(sheet=sheet, by=request.user)
        messages.success(request, _("Sheet %(number)s is back.") % {"number": sheet.number})
    else:
        actions.mark_out(sheet=sheet, by=request.user)
        messages.success(request, _("Sheet %(number)s is still out.") % {"number": sheet.number})
    asked = {name: request.GET[name] for name in ("cursor", "out") if name in request.GET}
    query = f"?{urlencode(asked)}" if asked else ""
    return redirect(f"{reverse('paper:print', args=[pk])}{query}#sheets")


@require_GET
@never_cache
def print_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF, made anew from the rows and noted: a list of families left the posko."""
    row = _print(request, pk)
    if row.names > rules.PRINT_AT_ONCE:
        return redirect("paper:print", pk=pk)
    pdf = actions.file_of(row, by=request.user)
    actions.note_fetched(print_record=row, by=request.user)
    response = HttpResponse(pdf, content_type="application/pdf")
    kind = "inline" if "inline" in request.GET else "attachment"
    response["Content-Disposition"] = f'{kind}; filename="{file_name(row)}"'
    return response


@require_GET
@never_cache
def print_picture(request: HttpRequest, pk: int) -> HttpResponse:
    row = _print(request, pk)
    if row.names > rules.PRINT_AT_ONCE:
        return HttpResponse(status=404)
    width = LIST_WIDTH if row.kind == PrintKind.DOOR_LIST else PREVIEW_WIDTH
    return png_response(actions.picture_of(row, by=request.user, width=width))


@require_POST
def print_again(request: HttpRequest, pk: int) -> HttpResponse:
    """A large list once more, with the same sheet numbers, in the background."""
    job = actions.order_again(print_record=_print(request, pk), by=request.user)
    return redirect("jobs:detail", pk=job.pk)


def file_name(row: PrintRecord) -> str:
    """Says what it is and where; no name of a person, as it lies in the downloads of a shared phone."""
    word = {
        PrintKind.POSTER: "poster",
        PrintKind.DOOR_LIST: "daftar-pintu",
        PrintKind.SLIPS: "slip",
        PrintKind.RECEIPT: "tanda-terima",
    }
    return f"{word[PrintKind(row.kind)]}-{row.area_id}-{row.paper}-{row.pk}.pdf"


def printed(row: PrintRecord) -> HttpResponse:
    """Where a fresh print leads."""
    return redirect(f"{reverse('paper:print', args=[row.pk])}?new=1")
