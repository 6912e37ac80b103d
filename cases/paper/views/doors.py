"""Door lists: which families, then how many sheets, who carries them, and a look at the first."""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from cases.jobs.models import Job
from cases.kernel.exceptions import ActionRefused
from cases.paper import actions, doors, permissions, rules
from cases.paper.doors import DoorOrder
from cases.paper.forms import DoorsForm, DoorsPrintForm
from cases.paper.sheets import PaperRefused
from cases.paper.typesetting import render_png
from cases.paper.views.common import LIST_WIDTH, png_response, status
from cases.paper.views.home import printed


@require_GET
def doors_create(request: HttpRequest) -> HttpResponse:
    permissions.check_can_use_paper(request.user)
    initial = {
        name: request.GET[name] for name in ("task", "round", "whom", "since") if request.GET.get(name)
    }
    if request.GET.getlist("areas"):
        initial["areas"] = request.GET.getlist("areas")  # type: ignore[assignment]
    form = DoorsForm(user=request.user, initial=initial)
    return render(request, "paper/doors_start.html", {"form": form})


@require_http_methods(["GET", "POST"])
def doors_print(request: HttpRequest) -> HttpResponse:
    """What was chosen stands in the address; how it is printed is looked at with GET and printed with POST."""
    permissions.check_can_use_paper(request.user)
    who = DoorsForm(request.GET, user=request.user)
    if not who.is_valid():
        return render(request, "paper/doors_start.html", {"form": who}, status=422)
    choice, task = who.choice(), who.cleaned_data["task"]
    volunteers = actions.volunteers_for(request.user, choice.areas)
    walk = doors.plan(DoorOrder(choice=choice, task=task), user=request.user)
    sent = request.POST if request.method == "POST" else request.GET if "say" in request.GET else None
    initial = {
        "client_id": uuid4(),
        "say": doors.head(walk, by=request.user)["say"],
        "volunteers": [str(request.user.pk)] if [request.user] == volunteers else [],
    }
    form = DoorsPrintForm(sent, volunteers=volunteers, initial=initial)
    order = DoorOrder(choice=choice, task=task, say=initial["say"])
    if form.is_bound and form.is_valid():
        order = form.order(choice, task)
        if request.method == "POST" and "look" not in request.POST:
            try:
                made = actions.order_doors(
                    order=order, by=request.user, client_id=form.cleaned_data["client_id"]
                )
            except ActionRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                return redirect("jobs:detail", pk=made.pk) if isinstance(made, Job) else printed(made)
    return render(
        request,
        "paper/doors_print.html",
        _context(who, form, doors.shared(walk, order), request),
        status=status(request, form),
    )


def _context(who: DoorsForm, form: DoorsPrintForm, walk: doors.Walk, request: HttpRequest) -> dict[str, Any]:
    order = walk.order
    return {
        "who": who,
        "form": form,
        "families": len(walk.households),
        "sheets": len(walk.spans),
        "rts": len(walk.rts),
        "left_out": walk.left_out,
        "background": len(walk.households) > rules.PRINT_AT_ONCE,
        "areas": who.cleaned_data["areas"],
        "whom_words": doors.whom_words(order.choice),
        "round": who.cleaned_data.get("round"),
        "task_words": dict(who.fields["task"].choices)[order.task],
        "look": _query(request, order),
        "back": request.GET.urlencode(),
        "by_pile": _by_pile(order, walk),
    }


def _by_pile(order: DoorOrder, walk: doors.Walk) -> list[dict[str, Any]]:
    """What each volunteer gets; shown only where it is shared."""
    if order.shared_by < 2:
        return []
    names = doors.carriers(order)
    piles: dict[int, dict[str, Any]] = {}
    for span in walk.spans:
        pile = piles.setdefault(span.pile, {"name": names.get(span.pile, ""), "families": 0, "sheets": 0})
        pile["families"] += span.end - span.start
        pile["sheets"] += 1
    return list(piles.values())


def _query(request: HttpRequest, order: DoorOrder) -> str:
    """The address of the preview: the choice with how it is printed."""
    query = request.GET.copy()
    query["paper"], query["say"], query["piles"] = str(order.paper), order.say, str(order.piles)
    query.setlist("volunteers", [str(pk) for pk in order.volunteers])
    return query.urlencode()


@require_GET
@never_cache
def doors_preview(request: HttpRequest) -> HttpResponse:
    """The first sheet as a picture; it bears no number, so nobody can take it for one that is in the books."""
    permissions.check_can_use_paper(request.user)
    who = DoorsForm(request.GET, user=request.user)
    if not who.is_valid():
        return HttpResponse(status=404)
    choice = who.choice()
    form = DoorsPrintForm(request.GET, volunteers=actions.volunteers_for(request.user, choice.areas))
    if not form.is_valid():
        return HttpResponse(status=404)
    walk = doors.plan(form.order(choice, who.cleaned_data["task"]), user=request.user)
    if not walk.households:
        return HttpResponse(status=404)
    try:
        content = doors.preview(walk, by=request.user)
        return png_response(
            render_png("door_list", content, paper=form.cleaned_data["paper"], width=LIST_WIDTH)[0]
        )
    except PaperRefused as refusal:
        return HttpResponse(str(refusal), status=409, content_type="text/plain; charset=utf-8")
