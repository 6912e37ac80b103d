"""The page of a job: a progress bar that moves, then its file."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from cases.jobs import actions, permissions, registry
from cases.jobs.choices import JobStatus
from cases.jobs.models import Job


@require_GET
def job_list(request: HttpRequest) -> HttpResponse:
    return render(request, "jobs/list.html", {"jobs": Job.objects.visible_to(request.user)[:25]})


@require_GET
@never_cache
def detail(request: HttpRequest, pk: str) -> HttpResponse:
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    context = {"job": job, "again": permissions.can_run_again(request.user, job)}
    if request.htmx:
        # 286 tells htmx to stop polling: the work is over.
        return render(request, "jobs/_progress.html", context, status=286 if job.is_over else 200)
    return render(request, "jobs/detail.html", context)


@require_GET
@never_cache
def download(request: HttpRequest, pk: str) -> HttpResponse:
    job = get_object_or_404(Job.objects.visible_to(request.user).filter(status=JobStatus.DONE), pk=pk)
    registry.check_can_fetch(request.user, job)
    if not job.file:
        messages.warning(request, _("The file is no longer kept. Please make it again."))
        return redirect("jobs:detail", pk=pk)
    response = HttpResponse(job.file.unsealed(), content_type=job.file_type)
    kind = "inline" if "inline" in request.GET else "attachment"
    response["Content-Disposition"] = f'{kind}; filename="{job.file_name}"'
    return response


@require_POST
def run_again(request: HttpRequest, pk: str) -> HttpResponse:
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    actions.run_again(job=job, by=request.user)
    return redirect("jobs:detail", pk=pk)
