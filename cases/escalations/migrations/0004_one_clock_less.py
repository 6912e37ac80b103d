"""Nothing reads the one rule of a submission any more: each of its deadlines keeps its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("escalations", "0003_clocks_of_what_was_sent")]
    operations = [
        migrations.RemoveField(
            model_name='submission',
            name='rule_amount',
        ),
        migrations.RemoveField(
            model_name='submission',
            name='rule_basis',
        ),
        migrations.RemoveField(
            model_name='submission',
            name='rule_unit',
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'withdrawn'), _negated=True), ('due_on', None), _connector='OR'), name='submission_withdrawn_has_no_clock'),
        ),
    ]
