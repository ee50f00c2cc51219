import django.db.models.deletion
from django.db import migrations, models

from sunward.core.append_only import append_only, protect, release

FACTS = "ledger_fact"
# SQLite makes the table anew for an altered column, and its triggers go with the old one.
lift = migrations.RunPython(lambda apps, editor: release(editor, FACTS), lambda apps, editor: protect(editor, FACTS))


class Migration(migrations.Migration):
    """Counting a kind by unit reads an index alone; the index of corrections holds only corrections."""

    dependencies = [
        ("accounts", "0002_remember_one_time_passwords"),
        ("ledger", "0002_append_only"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="fact", name="fact_by_kind"),
        lift,
        migrations.AlterField(
            model_name="fact",
            name="corrects",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrections",
                to="ledger.fact",
            ),
        ),
        append_only(FACTS),
        migrations.AddIndex(
            model_name="fact",
            index=models.Index(
                condition=models.Q(("is_withdrawal", False)),
                fields=["kind", "happened_on", "unit_path", "id"],
                name="fact_to_count",
            ),
        ),
        migrations.AddIndex(
            model_name="fact",
            index=models.Index(
                condition=models.Q(("corrects__isnull", False)), fields=["corrects"], name="fact_that_corrects"
            ),
        ),
    ]
