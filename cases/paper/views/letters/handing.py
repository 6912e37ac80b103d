"""At the office: handed over, stamped, or void."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from cases.kernel.exceptions import ActionRefused, NotAllowed
from cases.paper import actions, permissions
from cases.paper.choices import LetterStatus
from cases.paper.forms import HandOverForm, StampForm, VoidForm
from cases.paper.views.common import status
from cases.paper.views.letters.common import clock_of, letter_of

EXTENSIONS = {"image/jpeg": "jpg", "application/pdf": "pdf"}


@require_http_methods(["GET", "POST"])
@never_cache
def letter_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    letter = letter_of(request, pk)
    if request.method == "GET" or letter.status != LetterStatus.HANDED_OVER:
        permissions.check_can_hand_over(request.user, letter)
    form = HandOverForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            letter = actions.hand_over(letter=letter, by=request.user, **form.cleaned_data)
        except NotAllowed:
            raise
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            if clock := clock_of(letter):
                messages.success(request, _("It is on record. An answer is due by %(day)s.") % {"day": clock})
            else:
                messages.success(request, _("It is on record."))
            return redirect("paper:letter", pk=pk)
    context = {"letter": letter, "form": form}
    return render(request, "paper/letter_hand_over.html", context, status=status(request, form))


@require_http_methods(["GET", "POST"])
@never_cache
def letter_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    letter = letter_of(request, pk)
    permissions.check_can_add_receipt(request.user, letter)
    initial = {name: getattr(letter, name) for name in ("received_on", "received_by", "their_number")}
    form = StampForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_receipt(letter=letter, by=request.user, **form.cleaned_data)
        except NotAllowed:
            raise
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The receipt is recorded. The deadline counts from it."))
            return redirect("paper:letter", pk=pk)
    context = {"letter": letter, "form": form}
    return render(request, "paper/letter_receipt.html", context, status=status(request, form))


@require_GET
@never_cache
def letter_scan(request: HttpRequest, pk: int) -> HttpResponse:
    letter = letter_of(request, pk)
    if not letter.scan:
        raise Http404
    response = HttpResponse(letter.scan.unsealed(), content_type=letter.scan_type)
    extension = EXTENSIONS.get(letter.scan_type, "bin")
    response["Content-Disposition"] = f'inline; filename="tanda-terima-{letter.pk}.{extension}"'
    return response


@require_http_methods(["GET", "POST"])
@never_cache
def letter_void(request: HttpRequest, pk: int) -> HttpResponse:
    letter = letter_of(request, pk)
    permissions.check_can_void_letter(request.user, letter)
    form = VoidForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.void_letter(letter=letter, by=request.user, **form.cleaned_data)
        except NotAllowed:
            raise
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The letter is void. Its number stays in the book."))
            return redirect("paper:letter", pk=pk)
    context = {"letter": letter, "form": form}
    return render(request, "paper/letter_void.html", context, status=status(request, form))
