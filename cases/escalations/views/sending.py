"""Sending one case or several to an office."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cases.areas.calendar import load_calendar
from cases.casefiles.choices import Audience, Category
from cases.casefiles.models import Case
from cases.casefiles.permissions import COORDINATOR_ONLY, reporter_for
from cases.escalations import actions, ladder, permissions, rules, words
from cases.escalations.choices import Matter, OfficeKind, Step, SubmissionStatus
from cases.escalations.forms import SendForm
from cases.escalations.models import DeadlineRule, Office, Submission, SubmissionCase
from cases.kernel.exceptions import ActionRefused, NotAllowed
from cases.kernel.indonesian import long_date
from cases.kernel.scope import within

ICONS = {
    OfficeKind.RT_RW: "home",
    OfficeKind.CRM: "phone",
    OfficeKind.LAPOR: "phone",
    OfficeKind.INSPECTORATE: "eye",
    OfficeKind.OMBUDSMAN: "shield",
    OfficeKind.POLICE: "shield",
    OfficeKind.PPID: "paper",
}


@require_http_methods(["GET", "POST"])
@never_cache
def send(request: HttpRequest) -> HttpResponse:
    """`?case=` (once or several times) says which cases, `?office=` which office; without a case they are ticked here."""
    cases = _chosen_cases(request)
    office = _chosen_office(request)
    if cases:
        return _send_these(request, cases, office)
    if office is None:
        return redirect("escalations:offices")
    return _send_some(request, office)


def _send_these(request: HttpRequest, cases: list[Case], office: Office | None) -> HttpResponse:
    for case in cases:
        permissions.check_can_send(request.user, case)
    responsible = _responsible_for_all(cases)
    proposals = _proposals(cases[0], responsible)
    offices = _without_taken(responsible, cases, proposals)
    if len(cases) > 1:
        # What is next for one of them is said on its own page.
        proposals = []
    first = office or (proposals[0].office if proposals else None)
    form = SendForm(request.POST or None, offices=responsible, office=first, initial={"client_id": uuid4()})
    if request.method == "POST" and form.is_valid():
        submission = _send(request, form, cases)
        if submission is not None:
            if len(cases) == 1:
                return redirect("casefiles:detail", pk=cases[0].pk)
            return redirect("escalations:detail", pk=submission.pk)
    context = {
        "form": form,
        "cases": cases,
        **_office_cards(form, offices, proposals),
        "may_tell": _may_tell(cases[0]) if len(cases) == 1 else "",
    }
    return _page(request, context)


def _send_some(request: HttpRequest, office: Office) -> HttpResponse:
    if not request.user.is_coordinator:
        raise NotAllowed(COORDINATOR_ONLY)
    if not office.active:
        raise ActionRefused(_("This office is no longer in use. Choose another one."))
    category = request.GET.get("category", "")
    candidates = _candidates(request.user, office)
    present = set(candidates.order_by().values_list("category", flat=True).distinct())
    if category in Category.values:
        candidates = candidates.filter(category=category)
    form = SendForm(
        request.POST or None,
        offices=[office],
        office=office,
        candidates=_coordinated(request.user, office),
        initial={"client_id": uuid4(), "cases": []},
    )
    if request.method == "POST" and form.is_valid():
        submission = _send(request, form, list(form.cleaned_data["cases"]))
        if submission is not None:
            return redirect("escalations:detail", pk=submission.pk)
    rows = list(candidates.with_words().order_by("-created_at", "-id")[: rules.MOST_CASES])
    ticked = {str(pk) for pk in form["cases"].value() or []}
    context = {
        "form": form,
        "office": office,
        "rows": [(case, str(case.pk) in ticked) for case in rows],
        "category": category,
        "categories": [choice for choice in Category.choices if choice[0] in present],
        "most": rules.MOST_CASES,
    }
    return _page(request, context)


def _page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, "escalations/send.html", {"nav": "cases", **context}, status=status)


def _send(request: HttpRequest, form: SendForm, cases: list[Case]) -> Submission | None:
    given = {name: value for name, value in form.cleaned_data.items() if name != "cases"}
    try:
        submission = actions.send(cases=cases, by=request.user, **given, **_carried_on(cases, given))
    except NotAllowed:
        raise
    except ActionRefused as refusal:
        form.add_error(None, str(refusal))
        return None
    sentence = _("Sent to %(office)s.") % {"office": submission.office.name}
    first = words.arithmetics(submission, load_calendar())
    if first and first[0].day and first[0].state == "runs":
        sentence += f" {first[0].label} {long_date(first[0].day)}."
    messages.success(request, sentence)
    return submission


def _carried_on(cases: list[Case], given: dict[str, Any]) -> dict[str, Any]:
    """What this letter carries on, where it goes to the rung that was proposed; a form sent twice says the same twice."""
    before = Submission.objects.filter(client_id=given["client_id"]).first() if given["client_id"] else None
    if before is not None:
        matter = before.matter if before.matter == Matter.OBJECTION else None
        return {"appeal_of": before.appeal_of, "matter": matter}
    office = given["office"]
    found = [ladder.proposal_for(case, office) for case in cases]
    first = found[0]
    if first is None or any(row is None or row.after != first.after for row in found):
        return {}
    return {"appeal_of": first.after, "matter": first.matter}


def _chosen_cases(request: HttpRequest) -> list[Case]:
    wanted = request.GET.getlist("case")
    if not wanted:
        return []
    if not all(text.isascii() and text.isdigit() and len(text) < 18 for text in wanted):
        raise Http404
    found = list(Case.objects.visible_to(request.user).with_words().filter(pk__in=wanted).order_by("pk"))
    if len(found) != len(set(wanted)):
        raise Http404
    return found


def _chosen_office(request: HttpRequest) -> Office | None:
    wanted = request.GET.get("office")
    if not wanted:
        return None
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) < 18):
        raise Http404
    return get_object_or_404(Office.objects.visible_to(request.user).select_related("area"), pk=wanted)


def _coordinated(user: Any, office: Office) -> Any:
    """Cases that may be named at all; whether each may go now is for the action, which knows a form sent twice again."""
    return Case.objects.visible_to(user).filter(within(user.coordinated_areas), within([office.area_id]))


def _candidates(user: Any, office: Office) -> Any:
    """Cases that may go to the office now."""
    there = SubmissionCase.objects.filter(
        case_id=OuterRef("pk"), submission__office=office, submission__status=SubmissionStatus.OPEN
    )
    cases = _coordinated(user, office).filter(status__in=rules.READY)
    if office.kind == OfficeKind.RT_RW:
        cases = cases.exclude(category__in=rules.NEVER_TO_RT_RW)
    return cases.exclude(Exists(there))


def _responsible_for_all(cases: list[Case]) -> list[Office]:
    common = ladder.offices_for(cases[0])
    for case in cases[1:]:
        theirs = {office.pk for office in ladder.offices_for(case)}
        common = [office for office in common if office.pk in theirs]
    return common


def _without_taken(
    offices: list[Office], cases: list[Case], proposals: list[ladder.Proposal]
) -> list[Office]:
    """Those where none of the cases lies already; a form sent twice may still name one, and the action knows it again.

    An objection goes to where the request lies.
    """
    there = SubmissionCase.objects.filter(
        case__in=cases, submission__status=SubmissionStatus.OPEN, answered_on=None
    )
    taken = set(there.values_list("submission__office_id", flat=True))
    taken -= {row.office.pk for row in proposals if row.matter}
    return [office for office in offices if office.pk not in taken]


def _proposals(case: Case, offices: list[Office]) -> list[ladder.Proposal]:
    sent = ladder.told(Submission.objects.filter(links__case=case))
    found = ladder.proposals(case, sent, ladder.offices_for(case))
    return [row for row in found if any(office in offices for office in (row.office, *row.also))]


def _office_cards(form: SendForm, offices: list[Office], proposals: list[ladder.Proposal]) -> dict[str, Any]:
    """The proposed office first, with the reason; the usual rungs below it; the rest behind one click."""
    kinds = {office.kind for office in offices}
    rows = DeadlineRule.objects.filter(office_kind__in=kinds, step=Step.ANSWER, matter=Matter.ORDINARY)
    lengths = {rule.office_kind: rule for rule in rows}
    why = {row.office.pk: row.sentence for row in proposals}
    chosen = str(form["office"].value() or "")
    near: list[dict[str, Any]] = []
    others: list[dict[str, Any]] = []
    for office in sorted(offices, key=lambda office: office.pk not in why):
        card = {
            "value": office.pk,
            "label": office.name,
            "icon": ICONS.get(OfficeKind(office.kind), "office"),
            "why": why.get(office.pk, ""),
            "length": words.length(lengths.get(office.kind)),
            "checked": str(office.pk) == chosen,
        }
        usual = office.pk in why or office.kind in rules.USUAL_RUNGS
        (near if usual else others).append(card)
    return {"near": near, "others": others, "others_open": any(card["checked"] for card in others)}


def _may_tell(case: Case) -> str:
    """What the letter may say of the reporter, in words; the name itself is not shown here."""
    told = reporter_for(case, Audience.OFFICE)
    if told.is_named:
        return _("The reporter agreed: the letter may give the name.")
    if told.may_name_household:
        return _("The letter gives no reporter. The family it is about may be named.")
    return _("The letter gives no reporter, and no family that would lead to one.")
