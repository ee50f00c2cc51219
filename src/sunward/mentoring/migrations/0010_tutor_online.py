import django.db.models.deletion
import sunward.core.fields
import uuid
from django.db import migrations, models

from sunward.core.append_only import append_only


class Migration(migrations.Migration):
    """Students who tutor a child online, and what a child needs for it."""

    dependencies = [
        ("casework", "0007_plan_care_and_refer"),
        ("mentoring", "0009_climb_for_a_safe_return"),
    ]

    operations = [
        migrations.AddField(
            model_name="childprofile",
            name="study_slots",
            field=models.JSONField(blank=True, default=list, verbose_name="free times"),
        ),
        migrations.AddField(
            model_name="childprofile",
            name="study_subjects",
            field=models.JSONField(blank=True, default=list, verbose_name="subjects"),
        ),
        migrations.AddField(
            model_name="mentor",
            name="stages",
            field=models.JSONField(blank=True, default=list, verbose_name="school stages"),
        ),
        migrations.CreateModel(
            name="Tutoring",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("unit_path", models.CharField(db_index=True, max_length=80)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("running", "Running"),
                            ("paused", "Paused"),
                            ("closed", "Closed"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("weekday", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="day of the week")),
                ("begins", models.TimeField(blank=True, null=True, verbose_name="begins at")),
                ("minutes", models.PositiveSmallIntegerField(default=60, verbose_name="minutes")),
                ("subjects", models.JSONField(blank=True, default=list, verbose_name="subjects")),
                ("proposed_on", models.DateField()),
                ("student_agreed_on", models.DateField(blank=True, null=True)),
                ("running_from_on", models.DateField(blank=True, null=True)),
                ("term_until_on", models.DateField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("end_reason", models.CharField(blank=True, max_length=40)),
                ("pause_reason", models.CharField(blank=True, max_length=40)),
                ("proposal_id", models.BigIntegerField(blank=True, null=True)),
                ("approved_by_id", models.BigIntegerField(default=0)),
                ("is_override", models.BooleanField(default=False)),
                ("override_reason", models.CharField(blank=True, max_length=300)),
                ("link", sunward.core.fields.SealedTextField(blank=True)),
                ("helpful", sunward.core.fields.SealedTextField(blank=True)),
                ("family_token_index", models.CharField(blank=True, max_length=64)),
                ("family_link_made_at", models.DateTimeField(blank=True, null=True)),
                ("family_link_until_on", models.DateField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tutorings", to="casework.case"
                    ),
                ),
                (
                    "mentor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tutorings", to="mentoring.mentor"
                    ),
                ),
            ],
            options={
                'indexes': [models.Index(fields=["mentor", "state"], name="tutoring_by_student"), models.Index(fields=["state", "unit_path"], name="tutoring_by_state")],
                'constraints': [models.UniqueConstraint(
                condition=models.Q(("state__in", ["proposed", "running", "paused"])),
                fields=("case",),
                name="one_live_tutoring_per_child",
                violation_error_message="This child already has a student who tutors it.",
            ), models.UniqueConstraint(
                condition=models.Q(("family_token_index", ""), _negated=True),
                fields=("family_token_index",),
                name="family_link_of_one_tutoring",
            ), models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_on__isnull", False), ("state", "closed")),
                    models.Q(models.Q(("state", "closed"), _negated=True), ("ended_on", None)),
                    _connector="OR",
                ),
                name="tutoring_closed_exactly_with_a_day",
                violation_error_message="A closed tutoring needs the day on which it ended.",
            ), models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "running"), _negated=True),
                    models.Q(
                        ("begins__isnull", False),
                        ("running_from_on__isnull", False),
                        ("student_agreed_on__isnull", False),
                        ("term_until_on__isnull", False),
                        ("weekday__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="running_tutoring_has_an_hour",
                violation_error_message="A tutoring that runs needs its weekly hour, its term and both agreements.",
            )],
            },
        ),
        migrations.CreateModel(
            name="TutoringSession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("starts_at", models.DateTimeField()),
                ("minutes", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("held", "Took place"),
                            ("missed_by_student", "The student did not come"),
                            ("missed_by_child", "The child did not come"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="planned",
                        max_length=20,
                    ),
                ),
                ("moved_from", models.DateTimeField(blank=True, null=True)),
                ("cancel_reason", models.CharField(blank=True, max_length=200)),
                ("invites_guardian", models.BooleanField(default=False)),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                ("subjects", models.JSONField(blank=True, default=list)),
                (
                    "mood",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("lively", "With joy, asked questions"),
                            ("steady", "Quietly and steadily"),
                            ("tired", "Tired or absent-minded"),
                            ("stuck", "It was too hard, we have to go back"),
                            ("worrying", "Something worries me: please call me"),
                        ],
                        max_length=10,
                    ),
                ),
                ("next_time", sunward.core.fields.SealedTextField(blank=True)),
                ("reported_at", models.DateTimeField(blank=True, null=True)),
                ("reported_by_id", models.BigIntegerField(default=0)),
                (
                    "record",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tutoring_session",
                        to="casework.servicerecord",
                    ),
                ),
                (
                    "tutoring",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="mentoring.tutoring",
                    ),
                ),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(("state", "planned")), fields=["starts_at"], name="session_planned")],
                'constraints': [models.UniqueConstraint(fields=("tutoring", "starts_at"), name="one_session_at_a_time")],
            },
        ),
        migrations.CreateModel(
            name="TutoringStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_state", models.CharField(blank=True, max_length=10)),
                (
                    "to_state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("running", "Running"),
                            ("paused", "Paused"),
                            ("closed", "Closed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("happened_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("by_id", models.BigIntegerField(default=0)),
                ("code", models.CharField(blank=True, max_length=40)),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "tutoring",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="mentoring.tutoring"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        append_only("mentoring_tutoringstep"),
    ]
