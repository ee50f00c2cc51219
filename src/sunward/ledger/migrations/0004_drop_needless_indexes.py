import django.db.models.deletion
from django.db import migrations, models

from sunward.core.append_only import append_only, protect, release

FACTS = "ledger_fact"
# SQLite makes the table anew for an altered column, and its triggers go with the old one.
lift = migrations.RunPython(lambda apps, editor: release(editor, FACTS), lambda apps, editor: protect(editor, FACTS))


class Migration(migrations.Migration):
    """Facts are counted by the path of a unit, never looked up by the unit."""

    dependencies = [
        ("accounts", "0002_remember_one_time_passwords"),
        ("ledger", "0003_index_what_is_counted"),
    ]

    operations = [
        lift,
        migrations.AlterField(
            model_name="fact",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.unit",
            ),
        ),
        append_only(FACTS),
    ]
