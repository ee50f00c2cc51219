from sunward.core.create_tables import CreateTables
import django.db.models.deletion
import sunward.core.fields
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('registers', '0001_initial'),
        ('registers', '0002_remember_what_a_row_brought'),
        ('registers', '0003_index_what_is_there'),
        ('registers', '0004_import_by_post'),
        ('registers', '0005_know_the_post_of_experts'),
        ('registers', '0006_know_the_post_of_plan_officers'),
    ]

    dependencies = [
        ('accounts', '0001_make_tables'),
        ('accounts', '__first__'),
        ('core', '0001_make_tables'),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name='ImportBatch',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('state', models.CharField(choices=[('staging', 'Reading'), ('staged', 'Ready to check'), ('committing', 'Being taken over'), ('committed', 'Taken over'), ('undoing', 'Being undone'), ('undone', 'Undone'), ('failed', 'Could not be read')], default='staging', max_length=12)),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
                        ('unit_path', models.CharField(db_index=True, max_length=80)),
                        ('made_as', models.CharField(choices=[('district_officer', 'District programme officer'), ('supervisor', 'Sub-district child-welfare supervisor'), ('worker', 'Committee child-welfare worker'), ('employment_officer', 'Employment officer'), ('mentor', 'Neighbour mom'), ('expert', 'Expert'), ('plan_officer', 'Plan officer'), ('leader', 'Leader (figures and approved plans)'), ('auditor', 'Auditor'), ('administrator', 'System administrator')], default='district_officer', max_length=20)),
                        ('judged_on', models.DateField()),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField()),
                        ('job', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.jobrun')),
                        ('counts', models.JSONField(blank=True, default=dict)),
                        ('failure', models.CharField(blank=True, max_length=300)),
                        ('committed_at', models.DateTimeField(blank=True, null=True)),
                        ('committed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('undone_at', models.DateTimeField(blank=True, null=True)),
                        ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-made_at'],
                    },
                ),
                migrations.CreateModel(
                    name='ImportFile',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='registers.importbatch')),
                        ('position', models.PositiveSmallIntegerField()),
                        ('name', models.CharField(max_length=200)),
                        ('digest', models.CharField(db_index=True, max_length=64)),
                        ('size', models.BigIntegerField()),
                        ('stored_as', models.CharField(blank=True, max_length=120)),
                        ('failure', models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        'ordering': ['position'],
                    },
                ),
                migrations.CreateModel(
                    name='ImportSheet',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sheets', to='registers.importfile')),
                        ('position', models.PositiveSmallIntegerField()),
                        ('name', models.CharField(blank=True, max_length=120)),
                        ('kind', models.CharField(blank=True, max_length=30)),
                        ('layout', models.JSONField(blank=True, default=dict)),
                        ('corrections', models.JSONField(blank=True, default=dict)),
                        ('is_skipped', models.BooleanField(default=False)),
                        ('rows_seen', models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        'ordering': ['file', 'position'],
                    },
                ),
                migrations.CreateModel(
                    name='StagedRow',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('batch', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='registers.importbatch')),
                        ('sheet', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='registers.importsheet')),
                        ('row', models.PositiveIntegerField()),
                        ('outcome', models.CharField(choices=[('accepted', 'Accepted'), ('accepted_with_warning', 'Accepted with a warning'), ('rejected', 'Needs repair'), ('duplicate_of', 'Already there')], max_length=24)),
                        ('codes', models.JSONField(blank=True, default=list)),
                        ('state', models.CharField(choices=[('staged', 'Not yet taken over'), ('skipped', 'Left out'), ('committed', 'Taken over'), ('undone', 'Undone')], default='staged', max_length=10)),
                        ('raw', sunward.core.fields.SealedTextField(blank=True)),
                        ('record', sunward.core.fields.SealedTextField(blank=True)),
                        ('duplicate_row', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='registers.stagedrow')),
                        ('duplicate_kind', models.CharField(blank=True, max_length=30)),
                        ('duplicate_id', models.BigIntegerField(blank=True, null=True)),
                        ('created_kind', models.CharField(blank=True, max_length=30)),
                        ('created_id', models.BigIntegerField(blank=True, null=True)),
                        ('registered', models.JSONField(blank=True, default=list)),
                        ('kept_because', models.CharField(blank=True, max_length=60)),
                        ('is_repaired', models.BooleanField(default=False)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['batch', 'outcome', 'id'], name='staged_by_outcome'), models.Index(fields=['batch', 'state', 'id'], name='staged_by_state'), models.Index(fields=['sheet', 'row'], name='staged_by_sheet'), models.Index(condition=models.Q(('duplicate_row__isnull', False)), fields=['duplicate_row'], name='staged_duplicates')],
                    },
                ),
                migrations.CreateModel(
                    name='RememberedHeading',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=30)),
                        ('heading', models.CharField(max_length=120)),
                        ('field', models.CharField(blank=True, max_length=40)),
                        ('times', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('kind', 'heading'), name='heading_once')],
                    },
                ),
            ],
        ),
    ]
