"""The organisations that share the posko."""

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from cases.kernel.exceptions import ActionRefused
from cases.people import actions, permissions
from cases.people.forms import OrganisationForm
from cases.people.models import Organisation


@require_GET
def organisations(request: HttpRequest) -> HttpResponse:
    permissions.check_is_board(request.user)
    return render(request, "people/organisations.html", {"organisations": Organisation.objects.all()})


@require_http_methods(["GET", "POST"])
def edit_organisation(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    permissions.check_is_board(request.user)
    row = get_object_or_404(Organisation, pk=pk) if pk is not None else None
    initial = {name: value for name, value in model_to_dict(row).items() if name != "logo"} if row else None
    form = OrganisationForm(
        request.POST or None, request.FILES or None, initial=initial, has_logo=bool(row and row.logo)
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_organisation(by=request.user, organisation=row, **form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("people:organisations")
    return render(
        request,
        "people/edit_organisation.html",
        {"form": form, "organisation": row},
        status=422 if form.errors else 200,
    )


@require_GET
@never_cache
def organisation_logo(request: HttpRequest, pk: int) -> HttpResponse:
    permissions.check_is_board(request.user)
    row = get_object_or_404(Organisation.objects.exclude(logo=""), pk=pk)
    return HttpResponse(row.logo.unsealed(), content_type="image/jpeg")
