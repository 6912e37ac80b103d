"""What the pages of letters share: rows in scope, the one letter, and when its clock runs out."""

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from cases.escalations import ladder
from cases.kernel.indonesian import long_date
from cases.paper import permissions
from cases.paper.models import Letter, LetterCase

LETTER_WIDTH = 760  # pixels: eleven points can be read on a phone held close
PAGES_SHOWN = 4


def rows_of(request: HttpRequest) -> Any:
    """Letters with all their links (for permissions) and the cases this user may see."""
    links = LetterCase.objects.select_related("case")
    return Letter.objects.visible_to(request.user).with_words().prefetch_related(Prefetch("links", links))


def letter_of(request: HttpRequest, pk: int) -> Letter:
    """One letter that this person may open."""
    letter = get_object_or_404(rows_of(request).select_related("submission", "previous", "printed_by"), pk=pk)
    permissions.check_can_open_letter(request.user, letter)
    return letter


def clock_of(letter: Letter) -> str:
    """The last day for the office's answer, in words, while it is waited for."""
    submission = letter.submission
    day = ladder.answer_due(submission) if submission is not None and submission.is_open else None
    return long_date(day) if day else ""
