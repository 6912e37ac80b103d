"""The reporter's page: who may know, shown on request and on record, changed by those who may know."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cases.casefiles import actions, permissions
from cases.casefiles.choices import REPORTER_MEANING, ReporterLevel
from cases.casefiles.forms import ReporterForm
from cases.casefiles.models import Case
from cases.kernel.exceptions import ActionRefused


@require_POST
@never_cache
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """Shown once, in the answer to the request itself: no address leads there again."""
    case = get_object_or_404(Case.objects.visible_to(request.user).with_words(), pk=pk)
    told = actions.reveal_reporter(case=case, by=request.user)
    context = {
        "nav": "cases",
        "case": case,
        "told": told,
        "meaning": REPORTER_MEANING[ReporterLevel(told.level)],
    }
    return render(request, "casefiles/reporter.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the level anew; what was kept is replaced, and with “Anonymous” it is gone."""
    case = get_object_or_404(Case.objects.visible_to(request.user).with_words(), pk=pk)
    permissions.check_can_change_reporter(request.user, case)
    form = ReporterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_reporter(case=case, by=request.user, reporter=form.reporter())
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is kept as the reporter wants it."))
            return redirect("casefiles:detail", pk=case.pk)
    context = {
        "nav": "cases",
        "case": case,
        "form": form,
        "told": permissions.reporter_for(case, request.user),
    }
    return render(request, "casefiles/change_reporter.html", context, status=422 if form.is_bound else 200)
