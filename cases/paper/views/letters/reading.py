"""One letter: what stands on it, its file, and the print."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from cases.kernel.permissions import reason
from cases.paper import actions, permissions, rules
from cases.paper.choices import LetterStatus
from cases.paper.letters import drafts
from cases.paper.models import Letter
from cases.paper.typesetting import render_png
from cases.paper.views.common import png_response
from cases.paper.views.letters.common import LETTER_WIDTH, clock_of, letter_of


@require_GET
@never_cache
def letter_detail(request: HttpRequest, pk: int) -> HttpResponse:
    letter = letter_of(request, pk)
    user = request.user
    is_draft = letter.status == LetterStatus.DRAFT
    texts = drafts.texts_in(letter)
    context = {
        "letter": letter,
        "subject": texts.get("subject", ""),
        "cases": [link.case for link in letter.links.all()],
        "parts": [(part, label) for part, label in _parts(letter) if not is_draft],
        "is_draft": is_draft,
        "is_old": is_draft and timezone.localdate(letter.updated_at) != timezone.localdate(),
        "why_no_print": reason(permissions.check_can_print_letter, user, letter) if is_draft else "",
        "why_no_void": reason(permissions.check_can_void_letter, user, letter),
        "may_discard": not reason(permissions.check_can_discard_letter, user, letter),
        "goes_to_office": letter.kind in rules.TO_OFFICE,
        "clock": clock_of(letter),
        "fresh": "new" in request.GET,
        "picture_url": f"{reverse('paper:letter_picture', args=[pk])}?{letter.updated_at.timestamp():.0f}",
    }
    return render(request, "paper/letter.html", context)


def _parts(letter: Letter) -> list[tuple[str, Any]]:
    enclosed = rules.enclosures_of(letter.kind, letter.enclosures, len(letter.links.all()))
    return [(part.value, part.label) for part in enclosed]


@require_GET
@never_cache
def letter_picture(request: HttpRequest, pk: int) -> HttpResponse:
    """One page as it is, or as it would be; ?page= from 1."""
    letter = letter_of(request, pk)
    number = request.GET.get("page", "1")
    if not (number.isascii() and number.isdigit() and 1 <= int(number[:4]) <= 200):
        raise Http404
    content = drafts.printed_content(letter) or drafts.draft_of(letter)
    at = int(number) - 1
    pages = render_png("letter", content, paper=letter.paper, width=LETTER_WIDTH, only=slice(at, at + 1))
    if not pages:
        raise Http404
    return png_response(pages[0])


@require_GET
@never_cache
def letter_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The very file that was printed, a part of it alone with ?part=, or a draft that is marked as one."""
    letter = letter_of(request, pk)
    part = request.GET.get("part", "")
    if part:
        pdf = actions.letter_part(letter, part, by=request.user)
    else:
        pdf = actions.letter_file(letter, by=request.user)
    actions.note_letter_fetched(letter=letter, by=request.user, part=part[:20])
    response = HttpResponse(pdf, content_type="application/pdf")
    kind = "inline" if "inline" in request.GET else "attachment"
    response["Content-Disposition"] = f'{kind}; filename="{file_name(letter, part)}"'
    return response


def file_name(letter: Letter, part: str = "") -> str:
    """Its number, or what it is; no name of a person, as it lies in the downloads of a shared phone."""
    words = (
        "surat-" + letter.number.replace("/", "-") if letter.number else f"surat-{letter.kind}-{letter.pk}"
    )
    if letter.status == LetterStatus.DRAFT:
        words = f"konsep-{words}"
    return f"{words}{f'-{part}' if part else ''}.pdf"


@require_POST
def letter_print(request: HttpRequest, pk: int) -> HttpResponse:
    letter = actions.print_letter(letter=letter_of(request, pk), by=request.user)
    return redirect(f"{reverse('paper:letter', args=[letter.pk])}?new=1")
