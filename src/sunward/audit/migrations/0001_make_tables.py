from sunward.core.append_only import append_only
from sunward.core.create_tables import CreateTables
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('audit', '0001_initial'),
        ('audit', '0002_append_only'),
        ('audit', '0003_find_by_code_and_time'),
    ]

    dependencies = [
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name='AuditEntry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.BigIntegerField(unique=True)),
                        ('at', models.DateTimeField()),
                        ('kind', models.CharField(choices=[('act', 'Act'), ('look', 'Look')], max_length=4)),
                        ('code', models.CharField(max_length=80)),
                        ('actor_id', models.BigIntegerField(default=0)),
                        ('actor_name', models.CharField(blank=True, max_length=120)),
                        ('unit_path', models.CharField(blank=True, max_length=80)),
                        ('subject_kind', models.CharField(blank=True, max_length=40)),
                        ('subject_id', models.BigIntegerField(blank=True, null=True)),
                        ('detail', models.JSONField(blank=True, default=dict)),
                        ('previous', models.CharField(max_length=64)),
                        ('digest', models.CharField(max_length=64)),
                    ],
                    options={
                        'ordering': ['-number'],
                        'indexes': [models.Index(fields=['subject_kind', 'subject_id', '-number'], name='audit_by_subject'), models.Index(fields=['actor_id', '-number'], name='audit_by_actor'), models.Index(fields=['code', '-number'], name='audit_by_code'), models.Index(fields=['at'], name='audit_by_time')],
                    },
                ),
                migrations.CreateModel(
                    name='AuditHead',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.BigIntegerField(default=0)),
                        ('digest', models.CharField(max_length=64)),
                    ],
                ),
            ],
        ),
        append_only("audit_auditentry"),
    ]
