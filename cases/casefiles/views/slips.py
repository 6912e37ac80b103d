"""The code on a resident's slip: handed out by a volunteer, and asked about by anyone who holds it."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cases.casefiles import actions, codes, limits, permissions
from cases.casefiles.forms import CodeForm
from cases.casefiles.models import Case, LookupCode
from cases.casefiles.panels import Handed
from cases.casefiles.public import public_status
from cases.kernel.exceptions import ActionRefused

WAIT = 3600  # seconds


@require_http_methods(["GET", "POST"])
@never_cache
def code(request: HttpRequest, pk: int) -> HttpResponse:
    """What there is; a POST shows the code, once, in the answer to the request itself."""
    case = _case(request, pk)
    permissions.check_can_hand_out_code(request.user, case)
    shown = ""
    if request.method == "POST":
        shown = actions.hand_out_code(case=case, by=request.user)
    return _code_page(request, case, shown)


@require_http_methods(["GET", "POST"])
@never_cache
def change_code(request: HttpRequest, pk: int) -> HttpResponse:
    """A slip was lost or seen: a new code, or none any more."""
    case = _case(request, pk)
    permissions.check_can_revoke_code(request.user, case)
    form = CodeForm(request.POST or None, initial={"client_id": uuid4()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            if given["then"] == CodeForm.RENEW:
                shown = actions.renew_code(
                    case=case, by=request.user, reason=given["reason"], client_id=given["client_id"]
                )
                messages.success(request, _("The old code answers no more. This is the new one."))
                return _code_page(request, case, shown)
            actions.revoke_code(case=case, by=request.user, reason=given["reason"])
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The code is taken back. The slip answers no more."))
            return redirect("casefiles:code", pk=case.pk)
    context = {"nav": "cases", "case": case, "form": form}
    return render(
        request, "casefiles/change_code.html", context, status=422 if request.method == "POST" else 200
    )


def _case(request: HttpRequest, pk: int) -> Case:
    return get_object_or_404(Case.objects.visible_to(request.user).with_words(), pk=pk)


def _code_page(request: HttpRequest, case: Case, shown: str) -> HttpResponse:
    current = LookupCode.objects.visible_to(request.user).filter(case=case, revoked_at=None).first()
    grouped = codes.grouped(shown) if shown else ""
    context: dict[str, Any] = {
        "nav": "cases",
        "case": case,
        "current": current,
        "code": grouped,
        "handed": Handed(case=case, code=grouped),
    }
    return render(request, "casefiles/code.html", context)


@csrf_exempt  # the oldest phone may refuse cookies; nothing is changed here and no session is read (see DECISIONS)
@login_not_required
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def status(request: HttpRequest) -> HttpResponse:
    """For anyone who holds a code, on the oldest phone. The code is posted, so it never stands in an address."""
    if request.method != "POST" or request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"}:
        return _status_page(request)
    typed = request.POST.get("code", "")[: codes.LONGEST].strip()
    if not typed:
        return _status_page(request, wrong=_("Type the code that stands on your slip."))
    if not limits.may_try(request):
        wrong = _("Too many tries from this network. Wait an hour, or ask at the posko.")
        response = _status_page(request, wrong=wrong, code=429)
        response["Retry-After"] = str(WAIT)
        return response
    read = codes.read(typed)
    if not read:
        return _status_page(request, typed=typed, wrong=_slip_of(typed))
    case = actions.case_of_code(read)
    if case is None:
        limits.note_unknown(request)
        wrong = _("This code is not known, or it does not hold any more. Ask at the posko.")
        return _status_page(request, typed=typed, wrong=wrong)
    return _status_page(request, told=public_status(case))


def _slip_of(typed: str) -> str:
    size = len(codes.tidy(typed))
    if size != codes.LENGTH:
        return _("A code has %(whole)d letters and digits; you typed %(n)d. Look at the slip once more.") % {
            "whole": codes.LENGTH,
            "n": size,
        }
    return _("One of the letters or digits is not right. Compare them with the slip, one by one.")


def _status_page(request: HttpRequest, *, code: int = 200, **context: Any) -> HttpResponse:
    """200 also for a code that is not known: some old browsers show a page of their own instead."""
    response = render(request, "casefiles/status.html", context, status=code)
    response["X-Robots-Tag"] = "noindex"
    return response
