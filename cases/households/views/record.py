"""Writing down: a new family, the warning while typing, changes of its data."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.areas.choices import Level
from cases.areas.fields import choosable
from cases.areas.models import Area
from cases.households import actions, duplicates
from cases.households.choices import KKChange
from cases.households.forms import EditForm, KKForm, RecordForm
from cases.households.models import Household
from cases.households.views.shared import editable_family, form_page, person, to_family
from cases.kernel import identity
from cases.kernel.exceptions import NotAllowed
from cases.people.models import User

LONGEST_TYPED = 200


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    user = person(request)
    if not user.row_areas:
        raise NotAllowed(_("Families are recorded by volunteers and coordinators."))
    options = {"user": user, "similar_url": reverse("households:similar")}
    if request.method == "GET":
        form = RecordForm(initial=where_last(request, user), **options)
        return render(request, "households/record.html", {"form": form})
    form = RecordForm(request.POST, **options)
    if form.is_valid():
        values = form.values()
        household = form.attempt(
            lambda accept: actions.record_household(by=user, accept_warnings=accept, **values)
        )
        if household is not None:
            return _after_recording(request, household)
    return render(request, "households/record.html", {"form": form})


def _after_recording(request: HttpRequest, household: Household) -> HttpResponse:
    saved = _("%(name)s is recorded.") % {"name": household.head_name}
    messages.success(request, saved)
    then = request.POST.get("then")
    if then == "members":
        return redirect("households:member_add", household.pk)
    if then == "next":
        return redirect("households:create")
    return to_family(household)


def where_last(request: HttpRequest, user: User) -> dict[str, Any]:
    """The RT to begin with: named in the link, the one used last, or the only one; the alley of the family next door."""
    rts = choosable(user, (Level.RT,))
    if (named := request.GET.get("area", "")) and rts.filter(pk=named[:24]).exists():
        return {"area": named}
    last = Household.objects.visible_to(user).filter(created_by=user).order_by("-id").first()
    if last is not None:
        today = timezone.localdate(last.created_at) == timezone.localdate()
        return {"area": last.area_id, "alley": last.alley if today else ""}
    few: list[Area] = list(rts[:2])
    return {"area": few[0].pk} if len(few) == 1 else {}


@require_POST
def similar(request: HttpRequest) -> HttpResponse:
    """Asked while one types: is this family recorded already? Never stores, never names who lives elsewhere."""
    if not person(request).row_areas:
        # Whoever records nothing must not learn which numbers are on record somewhere.
        raise NotAllowed(_("Families are recorded by volunteers and coordinators."))
    names = ("area", "head_name", "kk", "nik")
    typed = {name: request.POST.get(name, "")[:LONGEST_TYPED].replace("\x00", "") for name in names}
    # The answer stands below the field that asked, so it speaks of what was typed there only.
    if (asking := request.htmx.trigger_name) in ("head_name", "kk", "nik"):
        typed = {name: text if name in (asking, "area") else "" for name, text in typed.items()}
    today = timezone.localdate()
    checked = {
        "kk": identity.check_kk(typed["kk"], today=today),
        "nik": identity.check_nik(typed["nik"], today=today),
    }
    whole = {name: found.digits if found.ok else "" for name, found in checked.items()}
    family = request.POST.get("family", "")
    found = duplicates.find(
        person(request),
        area=typed["area"],
        names=[typed["head_name"]] if len(typed["head_name"].strip()) > 2 else [],
        kk=whole["kk"],
        niks=[whole["nik"]],
        but=int(family) if family.isascii() and family.isdigit() and len(family) < 18 else None,
    )
    doubts = [
        identity.describe(code)
        for name, number in checked.items()
        if len(number.digits) >= identity.LENGTH
        for code in (*number.errors, *number.warnings)
    ]
    return render(request, "households/_similar.html", {"duplicates": found, "doubts": doubts})


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    household = editable_family(request, pk)
    user = person(request)
    form = EditForm(request.POST or None, user=user, initial=EditForm.initial_of(household))
    if request.method == "POST" and form.is_valid():
        done = form.attempt(
            lambda accept: actions.edit_household(
                household=household,
                changes=form.changes(),
                unchanged_since=form.cleaned_data["unchanged_since"],
                by=user,
                accept_warnings=accept,
            )
        )
        if done is not None:
            messages.success(request, _("The changes are saved."))
            return to_family(household)
    return form_page(request, "edit", household, form=form)


@require_http_methods(["GET", "POST"])
def change_kk(request: HttpRequest, pk: int) -> HttpResponse:
    household = editable_family(request, pk)
    user = person(request)
    form = KKForm(request.POST or None, first=not household.kk_digest)
    if request.method == "POST" and form.is_valid():
        done = form.attempt(
            lambda accept: actions.change_kk(
                household=household,
                kk=form.cleaned_data["kk"],
                reason=form.cleaned_data.get("reason", KKChange.OTHER),
                by=user,
                accept_warnings=accept,
            )
        )
        if done is not None:
            messages.success(request, _("The KK number is saved."))
            return to_family(household)
    return form_page(request, "kk", household, form=form)
