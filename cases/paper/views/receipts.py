"""The slip for a resident, printed from the page of its code."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from cases.casefiles.models import Case
from cases.kernel.exceptions import ActionRefused
from cases.kernel.site import public_site_of
from cases.paper import actions, permissions
from cases.paper.forms import ReceiptForm
from cases.paper.views.home import printed


@require_POST
def receipt_print(request: HttpRequest, case: int) -> HttpResponse:
    row = get_object_or_404(Case.objects.visible_to(request.user).with_words(), pk=case)
    permissions.check_can_use_paper(request.user)
    site = public_site_of(request)
    form = ReceiptForm(request.POST, site=site)
    if form.is_valid():
        try:
            return printed(actions.print_receipt(case=row, by=request.user, site=site, **form.cleaned_data))
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "paper/receipt.html", {"case": row, "form": form}, status=422)
