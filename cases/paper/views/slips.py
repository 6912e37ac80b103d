"""Slips: a quarter of a sheet for one family, from its own page or for a whole RT."""

from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from cases.kernel.exceptions import ActionRefused
from cases.paper import actions, permissions, sources
from cases.paper.families import printable
from cases.paper.forms import SlipsForm, SlipTextForm
from cases.paper.rules import MOST_SLIPS
from cases.paper.sheets import SLIPS_A_PAGE, PaperRefused
from cases.paper.slips import SlipOrder, pages_for, slip_blocks, slips_from_blocks
from cases.paper.typesetting import render_png
from cases.paper.views.common import PREVIEW_WIDTH, picture, png_response, status
from cases.paper.views.home import printed


def _start_form(request: HttpRequest, *, bound: bool) -> SlipsForm:
    names = ("topic", "round", "area", "whom", "since", "household")
    initial = {name: request.GET[name] for name in names if request.GET.get(name)}
    form = SlipsForm(request.GET if bound else None, user=request.user, initial=initial)
    if request.GET.get("household"):
        form.for_one()
    return form


@require_GET
def slips_create(request: HttpRequest) -> HttpResponse:
    permissions.check_can_use_paper(request.user)
    form = _start_form(request, bound=False)
    return render(request, "paper/slips_start.html", {"form": form, "household": _household(form)})


@require_http_methods(["GET", "POST"])
def slips_text(request: HttpRequest) -> HttpResponse:
    permissions.check_can_use_paper(request.user)
    start = _start_form(request, bound=True)
    if not start.is_valid():
        return render(
            request, "paper/slips_start.html", {"form": start, "household": _household(start)}, status=422
        )
    choice = start.choice()
    households, left_out = printable(choice, user=request.user)
    if request.method == "POST":
        form = SlipTextForm(request.POST)
        if form.is_valid() and "preview" not in request.POST:
            order = SlipOrder(choice=choice, blocks=form.blocks(), paper=form.cleaned_data["paper"])
            try:
                row = actions.print_slips(
                    order=order, by=request.user, client_id=form.cleaned_data["client_id"]
                )
            except ActionRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                return printed(row)
    else:
        form = _first_words(request, start)
    return _text_page(request, start, form, households, left_out)


def _first_words(request: HttpRequest, start: SlipsForm) -> SlipTextForm:
    content = sources.starting_slip(
        start.cleaned_data["topic"], start.codes(), start.cleaned_data.get("round"), by=request.user
    )
    return SlipTextForm(initial=SlipTextForm.initial_of(slip_blocks(content)) | {"client_id": uuid4()})


@require_GET
@never_cache
def slips_preview(request: HttpRequest) -> HttpResponse:
    """The first sheet as it would be without an edit: a picture that a phone fetches only when it is looked at."""
    permissions.check_can_use_paper(request.user)
    start = _start_form(request, bound=True)
    if not start.is_valid():
        raise Http404
    households, _left_out = printable(start.choice(), user=request.user)
    form = _filled(_first_words(request, start))
    if not households or not form.is_valid():
        raise Http404
    return png_response(_sheet(form, households))


def _filled(form: SlipTextForm) -> SlipTextForm:
    """The form as if it had been sent as it stands."""
    return form if form.is_bound else SlipTextForm({name: form[name].value() for name in form.fields})


def _sheet(form: SlipTextForm, households: list[Any]) -> bytes:
    content = slips_from_blocks(form.blocks(), households[:SLIPS_A_PAGE])
    return render_png("slips", content, paper=form.cleaned_data["paper"], width=PREVIEW_WIDTH)[0]


def _text_page(
    request: HttpRequest, start: SlipsForm, form: SlipTextForm, households: list[Any], left_out: int
) -> HttpResponse:
    shown, preview_error = None, ""
    if form.is_bound and households and form.is_valid():
        try:
            shown = picture(_sheet(form, households))
        except PaperRefused as refusal:
            preview_error = str(refusal)
    context = {
        "start": start,
        "form": form,
        "household": _household(start),
        "families": len(households),
        "sheets": pages_for(len(households)),
        "left_out": left_out,
        "too_many": len(households) > MOST_SLIPS,
        "most": MOST_SLIPS,
        "preview": shown
        or ("" if form.is_bound else f"{reverse('paper:slips_preview')}?{request.GET.urlencode()}"),
        "preview_error": preview_error,
        "back": request.GET.urlencode(),
    }
    if request.htmx and "preview" in request.POST:
        return render(request, "paper/_slips_preview.html", context)
    return render(request, "paper/slips_text.html", context, status=status(request, form))


def _household(form: SlipsForm) -> Any:
    if form.is_bound:
        return form.cleaned_data.get("household") if form.is_valid() else None
    pk = form.initial.get("household", "")
    return (
        form.fields["household"].queryset.filter(pk=pk).first()
        if str(pk).isascii() and str(pk).isdigit()
        else None
    )
