"""What this slice shows on every page and on one's own account."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from cases.notices import mail
from cases.notices.models import Digest, NoticeChoice
from cases.people.models import User

MOST = 9  # digests that were not seen; more are told as "9+"


def bell(request: HttpRequest, user: User) -> tuple[str, dict[str, Any]]:
    """How many digests wait, in one query over a partial index, bounded however long somebody was away."""
    unseen = len(Digest.objects.filter(user=user).unseen().order_by().values_list("pk")[: MOST + 1])
    here = request.path_info == reverse("notices:list")
    return "notices/_bell.html", {"unseen": min(unseen, MOST), "more": unseen > MOST, "here": here}


def choices_of_mine(request: HttpRequest, user: User) -> tuple[str, dict[str, Any]]:
    choice = NoticeChoice.objects.filter(user=user).first() or NoticeChoice(user=user)
    return "notices/_choices_panel.html", {"choice": choice, "mail_on": mail.is_on()}
