import django.db.models.deletion
from django.db import migrations, models

from sunward.core.append_only import append_only, protect, release

STEPS = "mentoring_matchstep"
# SQLite makes the table anew for a new column, and its triggers go with the old one.
lift = migrations.RunPython(lambda apps, editor: release(editor, STEPS), lambda apps, editor: protect(editor, STEPS))


class Migration(migrations.Migration):
    """The days and reasons that each step of a match leaves behind."""

    dependencies = [
        ("casework", "0001_initial"),
        ("mentoring", "0002_append_only"),
    ]

    operations = [
        migrations.AddField(
            model_name="match",
            name="agreed_times",
            field=models.CharField(blank=True, max_length=120, verbose_name="agreed times"),
        ),
        migrations.AddField(
            model_name="match",
            name="follows",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="followed_by",
                to="mentoring.match",
            ),
        ),
        migrations.AddField(
            model_name="match",
            name="handover_until_on",
            field=models.DateField(blank=True, null=True),
        ),
        lift,
        migrations.AddField(
            model_name="matchstep",
            name="code",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name="matchstep",
            name="undoes",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="undone_by",
                to="mentoring.matchstep",
            ),
        ),
        append_only(STEPS),
        migrations.AddIndex(
            model_name="match",
            index=models.Index(fields=["state", "unit_path"], name="match_by_state"),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "trial"), _negated=True),
                    models.Q(
                        ("trial_from_on__isnull", False),
                        ("trial_until_on__gt", models.F("trial_from_on")),
                        ("trial_until_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="trial_has_first_meeting_and_end",
                violation_error_message="A trial needs the day of the first meeting and a later day on which it ends.",
            ),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "handover"), _negated=True),
                    ("handover_until_on__isnull", False),
                    _connector="OR",
                ),
                name="handover_has_an_end",
                violation_error_message="A handover needs the day on which it ends.",
            ),
        ),
    ]
