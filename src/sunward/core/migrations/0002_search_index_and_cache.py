"""What models cannot say: the index of the search box on each database, and the table of the shared cache."""

from typing import Any

from django.core.management import call_command
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from sunward.core.search import installation

CACHE = "core_cache"


def make_cache(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    call_command("createcachetable", CACHE, database=editor.connection.alias, verbosity=0)


def drop_cache(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute(f"DROP TABLE IF EXISTS {CACHE}")


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [
        migrations.RunPython(installation.install, installation.remove),
        migrations.RunPython(make_cache, drop_cache),
    ]
