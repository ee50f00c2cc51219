"""What was drawn on a list says so; nothing was made at a fair before."""

from typing import Any

from django.db import migrations


def name_lists(apps: Any, schema_editor: Any) -> None:
    rows = apps.get_model("employment", "Recommendation").objects.filter(run__isnull=False)
    rows.update(source="list")


class Migration(migrations.Migration):
    dependencies = [("employment", "0006_keep_booths_and_interviews")]
    operations = [migrations.RunPython(name_lists, migrations.RunPython.noop)]
