"""The texts of a draft, with a look at the paper."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cases.casefiles.choices import Audience
from cases.casefiles.permissions import families_for_letter, reporter_for
from cases.kernel.exceptions import ActionRefused, NotAllowed
from cases.paper import actions, permissions
from cases.paper.choices import LetterKind
from cases.paper.forms import LetterTextForm
from cases.paper.letters import drafts
from cases.paper.letters.content import LetterContent
from cases.paper.letters.facts import office_facts
from cases.paper.models import Letter
from cases.paper.typesetting import render_png
from cases.paper.views.common import picture, status
from cases.paper.views.letters.common import LETTER_WIDTH, PAGES_SHOWN, letter_of


@require_http_methods(["GET", "POST"])
@never_cache
def letter_edit(request: HttpRequest, pk: int) -> HttpResponse:
    letter = letter_of(request, pk)
    permissions.check_can_edit_letter(request.user, letter)
    cases = [link.case for link in letter.links.all()]
    form = LetterTextForm(
        request.POST or None,
        letter=letter,
        cases=len(cases),
        rule=office_facts(letter.office, letter.kind, cases, timezone.localdate()).rule
        if letter.office
        else "",
        initial=_initial(letter),
    )
    content, refusal = None, ""
    if request.method == "POST" and form.is_valid():
        change = _change(form)
        try:
            if "preview" in request.POST:
                content = actions.try_change(letter=letter, change=change, by=request.user)
            else:
                actions.change_letter(letter=letter, change=change, by=request.user, seen=_seen(form))
                messages.success(request, _("The draft is saved. Look at it once more, then print it."))
                return redirect("paper:letter", pk=pk)
        except NotAllowed:
            raise
        except ActionRefused as error:
            refusal = str(error)
            if "preview" not in request.POST:
                form.add_error(None, refusal)
    return _text_page(request, letter, form, content, refusal)


def _initial(letter: Letter) -> dict[str, Any]:
    return drafts.texts_in(letter) | {
        "seen": letter.updated_at.isoformat(),
        "answer_by": letter.answer_by,
        "enclosures": letter.enclosures,
        "organisation": letter.organisation_id,
        "paper": letter.paper,
    }


def _change(form: LetterTextForm) -> actions.Change:
    values = form.cleaned_data
    return actions.Change(
        texts=form.texts(),
        answer_by=values.get("answer_by"),
        enclosures=values.get("enclosures", []),
        paper=values["paper"],
        organisation=values.get("organisation"),
    )


def _seen(form: LetterTextForm) -> datetime | None:
    try:
        return datetime.fromisoformat(form.cleaned_data["seen"])
    except ValueError:
        return None


def _text_page(
    request: HttpRequest, letter: Letter, form: LetterTextForm, content: LetterContent | None, refusal: str
) -> HttpResponse:
    pictures: list[str] = []
    if content is not None:
        pages = render_png(
            "letter",
            content,
            paper=letter.paper if form.errors else form.cleaned_data["paper"],
            width=LETTER_WIDTH,
        )
        pictures = [picture(page) for page in pages[:PAGES_SHOWN]]
    context = {
        "letter": letter,
        "form": form,
        "pictures": pictures,
        "refusal": refusal,
        "notes": _notes(letter),
        "picture_url": f"{reverse('paper:letter_picture', args=[letter.pk])}?{letter.updated_at.timestamp():.0f}",
    }
    if request.htmx and "preview" in request.POST:
        return render(request, "paper/_letter_preview.html", context)
    return render(request, "paper/letter_text.html", context, status=status(request, form))


def _notes(letter: Letter) -> dict[str, Any]:
    """What the writer must know of the people in the letter, without naming anybody."""
    cases = drafts.cases_of(letter)
    families = families_for_letter(cases)
    told = {case.pk: reporter_for(case, Audience.OFFICE) for case in cases}
    whole = "\n".join(drafts.texts_in(letter).values())
    return {
        "veiled": sum(1 for case in cases if not told[case.pk].may_name_household),
        "named": any(told[case.pk].is_named and told[case.pk].name in whole for case in cases),
        "lacking": [
            case
            for case in cases
            if case.household and case.pk not in families and told[case.pk].may_name_household
        ][:5],
        "several": len(cases) > 1,
        "by_hand": letter.kind in (LetterKind.OMBUDSMAN, LetterKind.POWER, LetterKind.STATEMENT),
        "old": timezone.localdate(letter.updated_at) != timezone.localdate(),
    }


@require_POST
def letter_restart(request: HttpRequest, pk: int) -> HttpResponse:
    actions.restart_letter(letter=letter_of(request, pk), by=request.user)
    messages.success(request, _("The texts are taken anew from the case."))
    return redirect("paper:letter_edit", pk=pk)


@require_POST
def letter_discard(request: HttpRequest, pk: int) -> HttpResponse:
    actions.discard_letter(letter=letter_of(request, pk), by=request.user)
    messages.success(request, _("The draft is thrown away."))
    return redirect("paper:letters")
