"""The list, and a new letter: about which cases, of which kind, to which office."""

from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from cases.casefiles.models import Case
from cases.escalations import ladder
from cases.escalations.models import Office, Submission
from cases.kernel.exceptions import ActionRefused
from cases.kernel.paging import keyset_page
from cases.paper import actions, permissions, rules
from cases.paper.choices import LetterKind
from cases.paper.filters import LetterFilter
from cases.paper.forms import LetterStartForm
from cases.paper.models import Letter
from cases.paper.views.common import status
from cases.paper.views.letters.common import rows_of

NEWEST = ("-updated_at", "-id")


@require_GET
@never_cache
def letters(request: HttpRequest) -> HttpResponse:
    permissions.check_can_write_letters(request.user)
    filterset = LetterFilter(request.GET, rows_of(request), request=request)
    page = keyset_page(filterset.qs, order=NEWEST, cursor=request.GET.get("cursor"))
    active = sum(1 for name in filterset.filters if filterset.data.get(name))
    context = {"page": page, "filterset": filterset, "active": active}
    return render(request, "paper/letters.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
def letter_create(request: HttpRequest) -> HttpResponse:
    """`?case=` (once or several times) says about what, `?office=` and `?kind=` what is chosen already."""
    permissions.check_can_write_letters(request.user)
    cases = _chosen_cases(request)
    if not cases:
        return render(request, "paper/letter_start.html", {"cases": []})
    permissions.check_can_write_about(request.user, cases)
    offices = _offices(cases)
    proposals = _proposals(cases, offices)
    first = _wanted_office(request, offices) or (proposals[0].office if proposals else None)
    initial = {"client_id": uuid4(), "kind": _wanted_kind(request), "office": first and first.pk}
    form = LetterStartForm(
        request.POST or None,
        offices=offices,
        several=len(cases) > 1,
        organisation=actions.usual_organisation(request.user),
        initial={name: value for name, value in initial.items() if value},
    )
    if request.method == "POST" and form.is_valid():
        try:
            letter = _start(request, form, cases)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("paper:letter_edit", pk=letter.pk)
    return render(
        request,
        "paper/letter_start.html",
        _start_context(form, cases, offices, proposals),
        status=status(request, form),
    )


def _start(request: HttpRequest, form: LetterStartForm, cases: list[Case]) -> Letter:
    values = form.cleaned_data
    has_evidence = any(case.evidence.filter(struck_at=None).exists() for case in cases)
    return actions.start_letter(
        kind=values["kind"],
        cases=cases,
        office=values["office"],
        organisation=values["organisation"],
        enclosures=rules.usual_enclosures(values["kind"], len(cases), has_evidence=has_evidence),
        by=request.user,
        client_id=values["client_id"],
    )


def _start_context(
    form: LetterStartForm, cases: list[Case], offices: list[Office], proposals: list[Any]
) -> dict[str, Any]:
    why = {row.office.pk: row.sentence for row in proposals}
    chosen = str(form["office"].value() or "")
    cards = [
        {
            "value": str(office.pk),
            "label": office.name,
            "icon": "office",
            "hint": why.get(office.pk, ""),
            "checked": str(office.pk) == chosen,
        }
        for office in sorted(offices, key=lambda office: office.pk not in why)
    ]
    near = max(len(proposals), 3)
    return {
        "form": form,
        "cases": cases,
        "near": cards[:near],
        "others": cards[near:],
        "others_open": any(card["checked"] for card in cards[near:]),
        "has_office": bool(offices),
    }


def _chosen_cases(request: HttpRequest) -> list[Case]:
    wanted = request.GET.getlist("case")
    if not wanted:
        return []
    if len(wanted) > rules.MOST_CASES or not all(
        text.isascii() and text.isdigit() and len(text) < 18 for text in wanted
    ):
        raise Http404
    found = list(Case.objects.visible_to(request.user).with_words().filter(pk__in=wanted).order_by("number"))
    if len(found) != len(set(wanted)):
        raise Http404
    return found


def _offices(cases: list[Case]) -> list[Office]:
    """Those responsible for all the cases."""
    common = ladder.offices_for(cases[0])
    for area, category in {(case.area_id, case.category) for case in cases[1:]}:
        theirs = {office.pk for office in ladder.offices_for(Case(area_id=area, category=category))}
        common = [office for office in common if office.pk in theirs]
    return common


def _proposals(cases: list[Case], offices: list[Office]) -> list[Any]:
    if len(cases) > 1:
        return []
    sent = ladder.told(Submission.objects.filter(links__case=cases[0]))
    return [row for row in ladder.proposals(cases[0], sent, offices) if row.office in offices]


def _wanted_office(request: HttpRequest, offices: list[Office]) -> Office | None:
    return next((office for office in offices if str(office.pk) == request.GET.get("office")), None)


def _wanted_kind(request: HttpRequest) -> str:
    kind = request.GET.get("kind", "")
    return kind if kind in LetterKind.values else ""
