"""What was sent before keeps its one clock, as a row of its own; its answers speak of all its cases."""

from django.db import migrations


def carry_over(apps, schema_editor):
    Submission = apps.get_model("escalations", "Submission")
    Deadline = apps.get_model("escalations", "Deadline")
    Answer = apps.get_model("escalations", "Answer")
    for row in Submission.objects.exclude(rule_amount=None).iterator():
        first = row.answers.order_by("answered_on").first()
        Deadline.objects.create(
            submission=row,
            step="answer",
            start="receipt",
            amount=row.rule_amount,
            unit=row.rule_unit,
            basis=row.rule_basis,
            started_on=row.received_on or row.sent_on,
            due_on=row.due_on,
            met_on=first.answered_on if first else None,
        )
    for answer in Answer.objects.order_by("answered_on", "id").iterator():
        links = list(answer.submission.links.all())
        answer.links.set(links)
        for link in links:
            link.answered_on = link.answered_on or answer.answered_on
            link.solves = answer.solves
            link.save(update_fields=["answered_on", "solves"])
    # The column is the earliest deadline that still runs.
    Submission.objects.exclude(status="open").update(due_on=None)


class Migration(migrations.Migration):
    dependencies = [("escalations", "0002_clock_and_routes")]
    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
