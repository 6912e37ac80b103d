"""What the background does for this slice: large door lists."""

from cases.jobs.models import Job
from cases.jobs.registry import Outcome, Report
from cases.paper import actions, permissions
from cases.paper.doors import DoorOrder
from cases.paper.models import PrintRecord
from cases.people.models import User

PDF = "application/pdf"


def print_doors(job: Job, report: Report) -> Outcome:
    """Once: a job that was interrupted after its sheets were numbered makes the same sheets again."""
    row = PrintRecord.objects.filter(job=job).first()
    if row is not None:
        return _outcome(row, actions.file_of(row, by=job.by))
    made = actions.print_doors(
        order=DoorOrder.from_params(job.params["order"]), by=job.by, job=job, progress=report
    )
    return _outcome(made.record, made.pdf)


def print_again(job: Job, report: Report) -> Outcome:
    row = PrintRecord.objects.visible_to(job.by).get(pk=job.params["print"])
    report(1, 2)
    pdf = actions.file_of(row, by=job.by)
    actions.note_fetched(print_record=row, by=job.by)
    return _outcome(row, pdf)


def check_can_fetch(user: User, job: Job) -> None:
    """By the RT of its sheets: the file names families, and a role may have ended while it was kept."""
    row = PrintRecord.objects.get(pk=job.result["print"])
    permissions.check_can_print_families(user, row.sheets.values_list("area_id", flat=True).distinct())


def _outcome(row: PrintRecord, pdf: bytes) -> Outcome:
    name = f"daftar-pintu-{row.area_id}-{row.paper}-{row.pk}.pdf"
    return Outcome(
        file=pdf,
        file_name=name,
        file_type=PDF,
        result={"print": row.pk, "sheets": row.pages, "families": row.names},
    )
