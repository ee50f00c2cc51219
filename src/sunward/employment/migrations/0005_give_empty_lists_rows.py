"""Who got nothing belongs to a person's file: it moves out of the run's summary into rows of its own, and back."""

from django.db import migrations, models
from django.db.models import CASCADE


def move_out(apps, schema_editor):
    run_model, empty_list = (apps.get_model("employment", name) for name in ("ShortlistRun", "EmptyList"))
    case = apps.get_model("casework", "Case")
    for run in run_model.objects.filter(summary__has_key="nothing").iterator(chunk_size=50):
        said = {row["case"]: row["prospects"] for row in run.summary.pop("nothing")}
        there = set(case.objects.filter(pk__in=said).values_list("pk", flat=True))
        empty_list.objects.bulk_create(
            [empty_list(run=run, case_id=key, prospects=words) for key, words in said.items() if key in there],
            batch_size=500,
        )
        run.save(update_fields=["summary"])


def move_back(apps, schema_editor):
    run_model, empty_list = (apps.get_model("employment", name) for name in ("ShortlistRun", "EmptyList"))
    for run in run_model.objects.filter(pk__in=empty_list.objects.values("run")).iterator(chunk_size=50):
        rows = empty_list.objects.filter(run=run).exclude(prospects={}).order_by("pk")
        run.summary["nothing"] = [{"case": row.case_id, "prospects": row.prospects} for row in rows]
        run.save(update_fields=["summary"])


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0011_give_kinds_of_the_employment_service"),
        ("employment", "0004_date_graduations"),
    ]

    operations = [
        migrations.CreateModel(
            name="EmptyList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("prospects", models.JSONField(default=dict)),
                (
                    "case",
                    models.ForeignKey(on_delete=CASCADE, related_name="empty_lists", to="casework.case"),
                ),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False, on_delete=CASCADE, related_name="empty_lists", to="employment.shortlistrun"
                    ),
                ),
            ],
            options={'constraints': [models.UniqueConstraint(fields=("run", "case"), name="one_empty_list_in_a_drawing")], "ordering": ["pk"]},
        ),
        migrations.RunPython(move_out, move_back),
    ]
