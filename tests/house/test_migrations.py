"""Migrations: none missing, each can be taken back."""

import os
import subprocess
import sys

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunPython, RunSQL

from tests.house.sources import ROOT


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def our_migrations() -> list[object]:
    loader = MigrationLoader(None)
    return [one for one in loader.disk_migrations.values() if type(one).__module__.startswith("sunward.")]


def test_every_operation_can_be_taken_back():
    one_way = [
        f"{migration.app_label}.{migration.name}"
        for migration in our_migrations()
        for operation in migration.operations
        if not operation.reversible
        or (isinstance(operation, RunPython) and operation.reverse_code is None)
        or (isinstance(operation, RunSQL) and operation.reverse_sql is None)
    ]
    assert not one_way


@pytest.mark.sqlite
def test_the_whole_way_down_and_up_again_works(tmp_path):
    environment = os.environ | {"SUNWARD_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "sunward.config.settings.test"}
    environment["SUNWARD_TEST_DATABASE_URL"] = f"sqlite:///{tmp_path}/way.sqlite3"
    script = (
        "import django; django.setup()\n"
        "from django.apps import apps\n"
        "from django.core.management import call_command\n"
        "call_command('migrate', verbosity=0)\n"
        "ours = [c.label for c in apps.get_app_configs() if c.name.startswith('sunward.')]\n"
        "[call_command('migrate', label, 'zero', verbosity=0) for label in ours if label != 'web']\n"
        "call_command('migrate', verbosity=0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.mark.django_db
def test_the_cache_and_the_search_index_are_made_by_migrations():
    tables = connection.introspection.table_names()
    assert "core_cache" in tables
    if connection.vendor == "sqlite":
        assert "core_searchgrams" in tables
