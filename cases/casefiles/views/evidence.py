"""Evidence comes in, is shown by permission, and its original goes out on record only."""

import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.casefiles import actions, permissions
from cases.casefiles.choices import EvidenceKind
from cases.casefiles.forms import EvidenceForm, StrikeForm
from cases.casefiles.models import Case, Evidence
from cases.kernel.exceptions import ActionRefused

EXTENSIONS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/heic": "heic",
    "application/pdf": "pdf",
    "audio/mp4": "m4a",
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "audio/amr": "amr",
    "audio/x-wav": "wav",
}
RANGE = re.compile(r"bytes=(\d{1,12})-(\d{0,12})")


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    case = get_object_or_404(Case.objects.visible_to(request.user).with_words(), pk=pk)
    permissions.check_can_add_evidence(request.user, case)
    form = EvidenceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_evidence_files(
                case=case,
                by=request.user,
                files=form.cleaned_data["files"],
                caption=form.cleaned_data["caption"],
            )
        except ActionRefused as refusal:
            form.add_error("files", str(refusal))
        else:
            messages.success(request, _("The evidence is kept."))
            return redirect("casefiles:detail", pk=case.pk)
    context = {"nav": "cases", "case": case, "form": form}
    return render(request, "casefiles/add_evidence.html", context, status=422 if form.is_bound else 200)


@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The clean copy of a photo; a recording or document itself, for the few who may open it."""
    evidence = _visible(request, pk)
    permissions.check_can_view_evidence(request.user, evidence)
    media = evidence.clean_type if evidence.kind == EvidenceKind.PHOTO else evidence.original_type
    return _served(request, evidence, evidence.open_clean(), media, inline=True)


@require_POST
def original(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as it came, with its digest in a header; by POST, since it is recorded."""
    evidence = _visible(request, pk)
    content = actions.download_original(evidence=evidence, by=request.user)
    response = _served(request, evidence, content, evidence.original_type, inline=False)
    response["X-Content-SHA256"] = evidence.original_sha256
    return response


@require_http_methods(["GET", "POST"])
def strike(request: HttpRequest, pk: int) -> HttpResponse:
    evidence = _visible(request, pk)
    permissions.check_can_strike_evidence(request.user, evidence)
    form = StrikeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.strike_evidence(evidence=evidence, by=request.user, reason=form.cleaned_data["reason"])
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The evidence is struck and stays on record."))
            return redirect("casefiles:detail", pk=evidence.case_id)
    context = {"nav": "cases", "case": evidence.case, "evidence": evidence, "form": form}
    return render(request, "casefiles/strike_evidence.html", context, status=422 if form.is_bound else 200)


def _visible(request: HttpRequest, pk: int) -> Evidence:
    return get_object_or_404(Evidence.objects.visible_to(request.user).select_related("case"), pk=pk)


def _served(
    request: HttpRequest, evidence: Evidence, content: bytes, media: str, *, inline: bool
) -> HttpResponse:
    name = f"{evidence.case.number}-{evidence.pk}.{EXTENSIONS.get(media, 'bin')}"
    first, last, whole = 0, len(content) - 1, len(content)
    asked = RANGE.fullmatch(request.headers.get("Range", "")) if inline else None
    partial = asked is not None and int(asked[1]) <= last
    if asked is not None and partial:
        # A phone's player asks for a recording in parts and plays nothing without them.
        first = int(asked[1])
        last = min(last, int(asked[2])) if asked[2] and int(asked[2]) >= first else last
        content = content[first : last + 1]
    response = HttpResponse(content, content_type=media, status=206 if partial else 200)
    if partial:
        response["Content-Range"] = f"bytes {first}-{last}/{whole}"
    response["Accept-Ranges"] = "bytes" if inline else "none"
    response["Content-Disposition"] = f'{"inline" if inline else "attachment"}; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    if media != "application/pdf":
        # A browser's own reader of PDF does not open in a sandbox.
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
