"""What was sent: the list, one of them, and what is recorded on it afterwards."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from cases.areas.calendar import load_calendar
from cases.casefiles.models import Case
from cases.escalations import actions, permissions, words
from cases.escalations.choices import AnswerKind
from cases.escalations.facts import facts_of
from cases.escalations.filters import OVERDUE, SOON, SubmissionFilter
from cases.escalations.forms import AnswerForm, ProgressForm, ReceiveForm, WithdrawForm
from cases.escalations.models import Answer, Submission, SubmissionCase
from cases.kernel.exceptions import ActionRefused
from cases.kernel.paging import keyset_page
from cases.kernel.permissions import reason

NEWEST = ("-sent_on", "-id")
ANSWER_SAVED = {
    AnswerKind.ANSWER: gettext_lazy("The answer is recorded. Now it is your turn again."),
    AnswerKind.PARTIAL: gettext_lazy("The part of the answer is recorded. The rest is still awaited."),
    AnswerKind.INCOMPLETE: gettext_lazy(
        "It is recorded. The file must be completed in time, or it counts as withdrawn."
    ),
    AnswerKind.MORE_TIME: gettext_lazy("It is recorded that the office needs more time."),
}
EXTENSIONS = {"image/jpeg": "jpg", "application/pdf": "pdf"}


def shown(user: Any) -> QuerySet[Submission]:
    """Submissions with office, answers, all links (for permissions) and the links this user may see."""
    links = SubmissionCase.objects.visible_to(user).select_related("case__area__parent__parent")
    return (
        Submission.objects.visible_to(user)
        .with_open_case()
        .select_related("office", "appeal_of__office")
        .prefetch_related(
            "links__case",
            Prefetch("links", links, to_attr="shown_links"),
            "answers__links",
            "progress",
            "appeals__office",
            "deadlines",
        )
    )


@require_GET
@never_cache
def listing(request: HttpRequest) -> HttpResponse:
    links = SubmissionCase.objects.visible_to(request.user).select_related("case")
    submissions = (
        Submission.objects.visible_to(request.user)
        .with_open_case()
        .select_related("office")
        .prefetch_related(Prefetch("links", links, to_attr="shown_links"))
    )
    filterset = SubmissionFilter(request.GET, submissions, request=request)
    page = keyset_page(filterset.qs, order=NEWEST, cursor=request.GET.get("cursor"))
    chips = [
        ({}, _("All")),
        ({"due": OVERDUE}, _("past the deadline")),
        ({"due": SOON}, _("due within 3 days")),
        ({"status": "open"}, _("awaiting reply")),
        ({"status": "answered"}, _("replied")),
    ]
    given = {name: request.GET[name] for name in filterset.filters if request.GET.get(name)}
    context = {
        "nav": "cases",
        "page": page,
        "form": filterset.form,
        "active": filterset.active,
        "chips": [
            {
                "query": "?" + "&".join(f"{name}={value}" for name, value in query.items()),
                "label": label,
                "current": query == given,
            }
            for query, label in chips
        ],
    }
    return render(request, "escalations/list.html", context)


@require_GET
@never_cache
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    submission = get_object_or_404(shown(request.user), pk=pk)
    context = {
        "nav": "cases",
        "submission": submission,
        "view": of(submission, request.user),
        "cases": [link.case for link in submission.shown_links],
        "answers": [(row, _spoken_of(row, submission)) for row in submission.answers.all()],
        "open_cases": sum(link.answered_on is None for link in submission.shown_links)
        if submission.is_open and submission.answers.all()
        else 0,
        "entries": words.entries(submission),
    }
    return render(request, "escalations/detail.html", context)


def _spoken_of(answer: Answer, submission: Submission) -> list[Case]:
    """The cases an answer speaks of, where it does not speak of all that are shown."""
    spoken = {link.pk for link in answer.links.all()}
    shown_links = submission.shown_links  # type: ignore[attr-defined]
    if all(link.pk in spoken for link in shown_links):
        return []
    return [link.case for link in shown_links if link.pk in spoken]


def of(submission: Submission, user: Any, calendar: Any = None) -> dict[str, Any]:
    """What a page says about one submission beside its own columns: the arithmetic, and why a button is shut."""
    return {
        "sums": words.arithmetics(submission, calendar or load_calendar()),
        "last_word": next(reversed(submission.progress.all()), None),
        "incomplete": facts_of(submission).is_incomplete and submission.is_open,
        "why_no_note": reason(permissions.check_can_note, user, submission),
        "why_no_receipt": reason(permissions.check_can_receive, user, submission),
        "why_no_answer": reason(permissions.check_can_answer, user, submission),
        "why_no_withdrawal": reason(permissions.check_can_withdraw, user, submission),
    }


@require_http_methods(["GET", "POST"])
@never_cache
def receive(request: HttpRequest, pk: int) -> HttpResponse:
    submission = get_object_or_404(shown(request.user), pk=pk)
    permissions.check_can_receive(request.user, submission)
    form = ReceiveForm(request.POST or None, instance=Submission.objects.get(pk=pk))
    if request.method == "POST" and form.is_valid():
        try:
            actions.receive(submission=submission, by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The receipt is recorded. The deadline counts from it."))
            return _back(submission)
    return _step(request, "escalations/receive.html", form, submission)


@require_http_methods(["GET", "POST"])
@never_cache
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    submission = get_object_or_404(shown(request.user), pk=pk)
    permissions.check_can_answer(request.user, submission)
    form = AnswerForm(
        request.POST or None, request.FILES or None, submission=submission, initial={"client_id": uuid4()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_answer(submission=submission, by=request.user, **form.given())
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, ANSWER_SAVED[form.cleaned_data["kind"]])
            return _back(submission)
    return _step(request, "escalations/answer.html", form, submission)


@require_http_methods(["GET", "POST"])
@never_cache
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """What their channel says in its own words, or what we did."""
    submission = get_object_or_404(shown(request.user), pk=pk)
    permissions.check_can_note(request.user, submission)
    first = request.GET.get("word", "")
    form = ProgressForm(
        request.POST or None, submission=submission, initial={"client_id": uuid4(), "word": first}
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.note_progress(submission=submission, by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is noted."))
            return _back(submission)
    return _step(request, "escalations/progress.html", form, submission)


@require_http_methods(["GET", "POST"])
@never_cache
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    submission = get_object_or_404(shown(request.user), pk=pk)
    permissions.check_can_withdraw(request.user, submission)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(submission=submission, by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is withdrawn."))
            return _back(submission)
    return _step(request, "escalations/withdraw.html", form, submission)


@require_GET
@never_cache
def attachment(request: HttpRequest, pk: int) -> HttpResponse:
    """The office's letter; sealed on the disk, opened for those who may know whom it names."""
    row = get_object_or_404(Answer.objects.visible_to(request.user).exclude(attachment=""), pk=pk)
    permissions.check_can_open_letter(request.user, row)
    response = HttpResponse(row.attachment.unsealed(), content_type=row.attachment_type)
    extension = EXTENSIONS.get(row.attachment_type, "bin")
    response["Content-Disposition"] = f'inline; filename="jawaban-{row.pk}.{extension}"'
    return response


def _step(request: HttpRequest, template: str, form: Any, submission: Submission) -> HttpResponse:
    context = {
        "nav": "cases",
        "form": form,
        "submission": submission,
        "cases": [link.case for link in submission.shown_links],
        "back_url": _back(submission).url,
    }
    return render(request, template, context, status=422 if request.method == "POST" else 200)


def _back(submission: Submission) -> Any:
    """To the case where there is only one, otherwise to the submission."""
    links = list(submission.links.all())
    if len(links) == 1:
        return redirect("casefiles:detail", pk=links[0].case_id)
    return redirect("escalations:detail", pk=submission.pk)
