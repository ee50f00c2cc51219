"""Migrations: none missing, each can be taken back."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunPython, RunSQL

from tests.databases import describe_tables, find_sources
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


def test_the_tables_that_tests_are_given_are_made_anew_when_a_migration_or_what_it_reads_has_changed():
    names = {str(source) for source in find_sources()}
    assert len([name for name in names if "/sunward/" in name and "/migrations/" in name]) == len(our_migrations())
    for read in ("core/append_only.py", "core/fields.py", "core/search/installation.py"):
        assert [name for name in names if name.endswith(f"/sunward/{read}")]


DOWN_AND_UP = """
from django.apps import apps
from django.core.management import call_command
ours = [c.label for c in apps.get_app_configs() if c.name.startswith('sunward.')]
[call_command('migrate', label, 'zero', verbosity=0) for label in ours if label != 'web']
assert 'people_person' not in connection.introspection.table_names()
call_command('migrate', verbosity=0)
"""


@pytest.mark.sqlite
@pytest.mark.django_db
def test_the_whole_way_down_and_up_again_ends_at_the_tables_that_every_test_is_given(tmp_path):
    """They were copied from a template; here they are migrated, which shows that a copy is as good."""
    assert ours_is_like(made_elsewhere(tmp_path, "with copied_tables():\n    create()\n" + DOWN_AND_UP))


@pytest.mark.postgresql
@pytest.mark.django_db
def test_the_tables_that_every_test_is_given_are_as_if_migrated(tmp_path):
    assert ours_is_like(made_elsewhere(tmp_path, "create()\n"))


def made_elsewhere(tmp_path: Path, script: str) -> dict[str, list[str]]:
    """What the script, in a process of its own, makes of a database of its own."""
    beginning = (
        "import django, json, sys; django.setup()\n"
        "from django.db import connection\n"
        "from tests.databases import copied_tables, describe_tables\n"
        "connection.settings_dict['TEST']['NAME'] = sys.argv[1]\n"
        "create = lambda: connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)\n"
    )
    end = "print(json.dumps(describe_tables(connection)))\nconnection.creation.destroy_test_db('', verbosity=0)\n"
    name = (
        f"{tmp_path}/elsewhere.sqlite3" if connection.vendor == "sqlite" else connection.settings_dict["NAME"] + "_anew"
    )
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "sunward.config.settings.test"}
    done = subprocess.run(
        [sys.executable, "-c", beginning + script + end, name],
        env=environment, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return dict(json.loads(done.stdout))


def ours_is_like(other: dict[str, list[str]]) -> bool:
    ours = describe_tables(connection)
    assert ours.keys() == other.keys()
    for what, rows in ours.items():
        assert rows == other[what], what
    return len(ours) > 100


@pytest.mark.django_db
def test_a_table_that_lacks_something_is_not_taken_for_one_that_does_not():
    """Else the comparison above could not fail."""
    whole = describe_tables(connection)
    with connection.cursor() as cursor:
        cursor.execute(
            "DROP TRIGGER audit_auditentry_append_only"
            + ("_update" if connection.vendor == "sqlite" else " ON audit_auditentry")
        )
        cursor.execute("DELETE FROM auth_permission")
    assert len([what for what, rows in describe_tables(connection).items() if rows != whole[what]]) == 2


@pytest.mark.django_db
def test_the_cache_and_the_search_index_are_made_by_migrations():
    tables = connection.introspection.table_names()
    assert "core_cache" in tables
    if connection.vendor == "sqlite":
        assert "core_searchgrams" in tables
