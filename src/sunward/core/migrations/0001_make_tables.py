"""The tables, and what models cannot say: the index of the search box on each database, and the table of the shared cache."""

import uuid
from typing import Any

from django.core.management import call_command
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from sunward.core.create_tables import CreateTables
from sunward.core.search import installation

CACHE = "core_cache"


def make_cache(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    call_command("createcachetable", CACHE, database=editor.connection.alias, verbosity=0)


def drop_cache(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute(f"DROP TABLE IF EXISTS {CACHE}")



class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('core', '0001_initial'),
        ('core', '0002_search_index_and_cache'),
    ]

    dependencies = [
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name='JobRun',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('task_id', models.UUIDField(editable=False, unique=True)),
                        ('name', models.CharField(max_length=120)),
                        ('subject', models.CharField(blank=True, max_length=80)),
                        ('state', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Running'), ('done', 'Done'), ('dead', 'Failed')], default='waiting', max_length=10)),
                        ('attempt', models.PositiveSmallIntegerField(default=0)),
                        ('worker', models.CharField(blank=True, max_length=64)),
                        ('done', models.PositiveIntegerField(default=0)),
                        ('total', models.PositiveIntegerField(blank=True, null=True)),
                        ('message_code', models.CharField(blank=True, max_length=80)),
                        ('sentences', models.JSONField(blank=True, default=dict)),
                        ('created_at', models.DateTimeField()),
                        ('started_at', models.DateTimeField(blank=True, null=True)),
                        ('finished_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['-id'],
                        'indexes': [models.Index(fields=['state', 'worker'], name='job_run_state'), models.Index(fields=['subject', '-id'], name='job_run_subject')],
                    },
                ),
                migrations.CreateModel(
                    name='WorkerLease',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('worker', models.CharField(max_length=64, unique=True)),
                        ('host', models.CharField(max_length=120)),
                        ('process_id', models.PositiveIntegerField()),
                        ('started_at', models.DateTimeField()),
                        ('beat_at', models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name='Schedule',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=120, unique=True)),
                        ('cron', models.CharField(max_length=60)),
                        ('next_at', models.DateTimeField()),
                        ('last_at', models.DateTimeField(blank=True, null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='SearchEntry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=40)),
                        ('object_id', models.BigIntegerField()),
                        ('unit_path', models.CharField(max_length=80)),
                        ('text', models.CharField(max_length=300)),
                        ('detail', models.CharField(blank=True, max_length=200)),
                        ('grams', models.TextField()),
                    ],
                    options={
                        'indexes': [models.Index(fields=['kind', 'unit_path'], name='search_entry_scope')],
                        'constraints': [models.UniqueConstraint(fields=('kind', 'object_id'), name='search_entry_once')],
                    },
                ),
            ],
        ),
        migrations.RunPython(installation.install, installation.remove),
        migrations.RunPython(make_cache, drop_cache),
    ]
