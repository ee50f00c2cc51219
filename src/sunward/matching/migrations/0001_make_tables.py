from sunward.core.append_only import append_only
from sunward.core.create_tables import CreateTables
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('matching', '0001_initial'),
        ('matching', '0002_append_only'),
        ('matching', '0003_show_drafts_tiers_and_reasons'),
    ]

    dependencies = [
        ('accounts', '__first__'),
        ('core', '0001_make_tables'),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name='Policy',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('programme', models.CharField(max_length=40)),
                        ('name', models.CharField(max_length=60)),
                        ('is_active', models.BooleanField(default=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('programme', 'name'), name='policy_once')],
                    },
                ),
                migrations.CreateModel(
                    name='PolicyVersion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('policy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='matching.policy')),
                        ('number', models.PositiveIntegerField()),
                        ('content', models.JSONField()),
                        ('note', models.CharField(blank=True, max_length=200)),
                        ('made_by_id', models.BigIntegerField(default=0)),
                        ('made_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['-number'],
                        'constraints': [models.UniqueConstraint(fields=('policy', 'number'), name='policy_version_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Run',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='matching.policyversion')),
                        ('draft', models.JSONField(blank=True, null=True)),
                        ('unit_path', models.CharField(db_index=True, max_length=80)),
                        ('matched_on', models.DateField()),
                        ('state', models.CharField(choices=[('queued', 'Waiting'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Failed')], default='queued', max_length=10)),
                        ('job', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.jobrun')),
                        ('snapshot', models.BinaryField(null=True)),
                        ('snapshot_digest', models.CharField(blank=True, max_length=64)),
                        ('summary', models.JSONField(blank=True, default=dict)),
                        ('failure', models.CharField(blank=True, max_length=300)),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField()),
                        ('finished_at', models.DateTimeField(blank=True, null=True)),
                        ('is_preview', models.BooleanField(default=False)),
                    ],
                    options={
                        'ordering': ['-made_at'],
                    },
                ),
                migrations.CreateModel(
                    name='Proposal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='matching.run')),
                        ('left_id', models.BigIntegerField()),
                        ('right_id', models.BigIntegerField()),
                        ('unit_path', models.CharField(db_index=True, max_length=80)),
                        ('tier', models.IntegerField(default=0)),
                        ('rank', models.PositiveIntegerField(default=0)),
                        ('fit', models.FloatField()),
                        ('distance_km', models.FloatField(blank=True, null=True)),
                        ('reasons', models.JSONField(default=dict)),
                        ('state', models.CharField(choices=[('open', 'To decide'), ('approved', 'Approved'), ('rejected', 'Rejected'), ('replaced', 'Another was chosen')], default='open', max_length=10)),
                        ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('decided_at', models.DateTimeField(blank=True, null=True)),
                        ('decision_reason', models.CharField(blank=True, max_length=300)),
                        ('chosen_right_id', models.BigIntegerField(blank=True, null=True)),
                        ('result_id', models.BigIntegerField(blank=True, null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['run', 'state', 'rank'], name='proposal_by_run')],
                        'constraints': [models.UniqueConstraint(fields=('run', 'left_id'), name='one_proposal_per_run')],
                    },
                ),
                migrations.CreateModel(
                    name='Unserved',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='unserved', to='matching.run')),
                        ('left_id', models.BigIntegerField()),
                        ('unit_path', models.CharField(db_index=True, max_length=80)),
                        ('tier', models.IntegerField(default=0)),
                        ('code', models.CharField(blank=True, max_length=24)),
                        ('reasons', models.JSONField(default=dict)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['run', 'code'], name='unserved_by_code')],
                        'constraints': [models.UniqueConstraint(fields=('run', 'left_id'), name='unserved_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Advice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='advice', to='matching.run')),
                        ('place', models.CharField(max_length=80)),
                        ('unit_path', models.CharField(blank=True, max_length=80)),
                        ('skill', models.CharField(blank=True, max_length=40)),
                        ('tier', models.IntegerField(blank=True, null=True)),
                        ('served_gain', models.IntegerField(default=0)),
                        ('fit_gain', models.FloatField(default=0)),
                        ('rank', models.PositiveIntegerField()),
                    ],
                    options={
                        'ordering': ['rank'],
                    },
                ),
            ],
        ),
        append_only("matching_policyversion"),
    ]
