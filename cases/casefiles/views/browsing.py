"""The list of cases, one case with everything about it, and a group."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from cases.casefiles import history, permissions
from cases.casefiles.choices import CATEGORY_ICON, Category, ReporterLevel, Status, Turn
from cases.casefiles.filters import OPEN, OVERDUE, CaseFilter
from cases.casefiles.forms import unanswered
from cases.casefiles.models import Case, CaseGroup, CaseLink, Evidence
from cases.casefiles.rules import QUESTIONS, Kind
from cases.casefiles.views.acting import side_steps_for, steps_for
from cases.kernel.indonesian import long_date, rupiah
from cases.kernel.paging import keyset_page
from cases.kernel.permissions import reason

NEWEST = ("-created_at", "-id")
MOST_SIMILAR = 5


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    cases = Case.objects.visible_to(request.user).with_words()
    filterset = CaseFilter(request.GET, queryset=cases, request=request)
    page = keyset_page(filterset.qs, order=NEWEST, cursor=request.GET.get("cursor"))
    context = {
        "nav": "cases",
        "filter": filterset,
        "form": filterset.form,
        "active": filterset.active,
        "page": page,
        "chips": _chips(request),
        "filtered": bool(filterset.active or request.GET.get("q")),
    }
    return render(request, "casefiles/list.html", context)


@require_GET
@never_cache
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    case = get_object_or_404(Case.objects.visible_to(request.user).with_words(), pk=pk)
    user = request.user
    similar = Case.objects.visible_to(user).with_words().similar_to(case)
    links = _links(case, user)
    told = permissions.reporter_for(case, user)
    known = {other.pk for _link, other in links}
    context = {
        "nav": "cases",
        "case": case,
        "category_icon": CATEGORY_ICON[Category(case.category)],
        "facts": facts(case, permissions.knows_recorder(user, case)),
        "answers": answers(case),
        "unanswered": unanswered(case),
        "steps": steps_for(case, user),
        # Others read one sentence instead of a row of shut buttons before the facts.
        "moves": user.coordinates(case.area_id),
        "steps_first": case.status in (Status.NEW, Status.NEEDS_DETAILS),
        "side_steps": side_steps_for(case, user),
        "told": told,
        "level_label": ReporterLevel(told.level).label if told.level else "",
        "evidence": _evidence(case, user),
        "may_add_evidence": reason(permissions.check_can_add_evidence, user, case),
        "links": links,
        "similar": [row for row in similar[: MOST_SIMILAR + len(known)] if row.pk not in known][
            :MOST_SIMILAR
        ],
        **_group(case, user),
        "household": permissions.household_for(case, user),
        "entries": history.entries(case, user),
        "may_edit": permissions.can_edit(user, case),
    }
    return render(request, "casefiles/detail.html", context)


@require_GET
def group(request: HttpRequest, pk: int) -> HttpResponse:
    """The same thing happening to many: the cases of the group that this user sees."""
    row = get_object_or_404(
        CaseGroup.objects.visible_to(request.user).select_related("area__parent__parent"), pk=pk
    )
    cases = row.cases.visible_to(request.user).with_words()
    page = keyset_page(cases, order=NEWEST, cursor=request.GET.get("cursor"))
    context = {
        "nav": "cases",
        "group": row,
        "page": page,
        "may_rename": not reason(permissions.check_can_rename_group, request.user, row),
    }
    return render(request, "casefiles/group.html", context)


def facts(case: Case, recorder_known: bool) -> list[tuple[str, Any]]:
    """What the columns say, in words; the recorder only to those who may know."""
    happened = ", ".join(part for part in (_long(case.happened_on), case.happened_about) if part)
    aid = " · ".join(str(part) for part in (case.programme, case.round) if part)
    return [
        (_("Where"), case.area.label),
        (_("When"), happened),
        (_("Which aid"), aid),
        (_("Urgency"), case.get_urgency_display() if case.urgency != "normal" else None),
        (_("Recorded on"), _long(case.created_at)),
        (_("Recorded by"), case.created_by if recorder_known else _("a volunteer of the posko")),
        (_("Task of"), case.assigned_to or _("nobody yet")),
    ]


def answers(case: Case) -> list[tuple[Any, str]]:
    """The questions of the category that were answered, with the answer in words."""
    told = []
    for asked in QUESTIONS[Category(case.category)]:
        value = getattr(case, asked.column) if asked.column else case.details.get(asked.key)
        if value in (None, "", []):
            continue
        told.append((asked.question.label, _in_words(asked.kind, asked.choices, value)))
    return told


def _in_words(kind: Kind, choices: Any, value: Any) -> str:
    if kind is Kind.RUPIAH:
        return rupiah(int(value))
    if choices is None:
        return str(value)
    values = value if isinstance(value, list) else [value]
    return ", ".join(str(choices(item).label) for item in values if item in choices.values)


def _long(day: Any) -> str:
    return long_date(day) if day else ""


def _links(case: Case, user: Any) -> list[tuple[CaseLink, Case]]:
    """Links in either direction, to cases the user sees."""
    rows = CaseLink.objects.visible_to(user).between(case)
    rows = rows.select_related("case__area__parent__parent", "other__area__parent__parent")
    return [(row, row.other if row.case_id == case.pk else row.case) for row in rows]


def _group(case: Case, user: Any) -> dict[str, Any]:
    """The group of the case, where this user sees the whole area it spans."""
    group = case.group
    if group is None or not user.sees(group.area_id):
        return {"group_url": "", "group_size": 0}
    url = reverse("casefiles:group_detail", args=[group.pk])
    return {"group_url": url, "group_size": group.cases.visible_to(user).count()}


def _evidence(case: Case, user: Any) -> list[dict[str, Any]]:
    rows = Evidence.objects.visible_to(user).filter(case=case).select_related("added_by")
    told = []
    for row in rows:
        row.case = case
        told.append(
            {
                "row": row,
                "view_reason": reason(permissions.check_can_view_evidence, user, row),
                "may_download": permissions.can_download_original(user, row),
                "may_strike": not reason(permissions.check_can_strike_evidence, user, row),
            }
        )
    return told


def _chips(request: HttpRequest) -> list[dict[str, Any]]:
    """One touch to what matters most, for the role."""
    user = request.user
    turn = Turn.COORDINATOR if user.is_coordinator else Turn.VOLUNTEER
    wanted = [
        (_("Still open"), {"status": OPEN}),
        (_("My turn"), {"turn": turn.value}),
        (_("Past the deadline"), {"due": OVERDUE}),
        (_("My tasks"), {"mine": "tasks"}),
        (capfirst(Status.ANSWERED.label), {"status": Status.ANSWERED.value}),
    ]
    now = {key: value for key, value in request.GET.items() if value and key != "cursor"}
    return [
        {
            "label": label,
            "query": "?" + "&".join(f"{key}={value}" for key, value in query.items()),
            "current": now == query,
        }
        for label, query in wanted
    ]
