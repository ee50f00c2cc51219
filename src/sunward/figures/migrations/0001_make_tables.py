from sunward.core.append_only import append_only
from sunward.core.create_tables import CreateTables
import django.db.models.deletion
import uuid
from decimal import Decimal
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('figures', '0001_keep_what_counts_were'),
        ('figures', '0002_publish_bulletins'),
    ]

    dependencies = [
        ('accounts', '0001_make_tables'),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name='Bulletin',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('programme', models.CharField(max_length=20)),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bulletins', to='accounts.unit')),
                        ('unit_path', models.CharField(max_length=80)),
                        ('name', models.CharField(max_length=24, verbose_name='name of the bulletin')),
                        ('issue', models.PositiveIntegerField(default=0, verbose_name='issue')),
                        ('issue_total', models.PositiveIntegerField(default=0, verbose_name='issue in all')),
                        ('title', models.CharField(max_length=60, verbose_name='title')),
                        ('until_on', models.DateField(verbose_name='counted until')),
                        ('body', models.TextField(verbose_name='text')),
                        ('report_to', models.CharField(blank=True, max_length=200, verbose_name='reported to')),
                        ('send_to', models.CharField(blank=True, max_length=200, verbose_name='sent to')),
                        ('language', models.CharField(default='zh-hans', max_length=10)),
                        ('kept', models.JSONField(blank=True, default=list)),
                        ('state', models.CharField(choices=[('draft', 'draft'), ('published', 'published')], default='draft', max_length=10)),
                        ('written_by_ids', models.JSONField(default=list)),
                        ('written_at', models.DateTimeField()),
                        ('corrects', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='errata', to='figures.bulletin')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['state', '-written_at'], name='bulletin_by_state')],
                    },
                ),
                migrations.CreateModel(
                    name='PublishedBulletin',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('bulletin', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='published', to='figures.bulletin')),
                        ('known_until', models.DateTimeField()),
                        ('published_on', models.DateField()),
                        ('published_by_id', models.BigIntegerField()),
                        ('pins', models.JSONField()),
                        ('document', models.JSONField()),
                        ('digest', models.CharField(max_length=64)),
                        ('given_away', models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='PublishedFigure',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('bulletin', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='figures.publishedbulletin')),
                        ('order', models.PositiveIntegerField()),
                        ('code', models.CharField(max_length=60)),
                        ('definition', models.PositiveIntegerField()),
                        ('unit_code', models.CharField(max_length=20)),
                        ('unit_path', models.CharField(max_length=80)),
                        ('first', models.DateField()),
                        ('last', models.DateField()),
                        ('value', models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                        ('base', models.BigIntegerField()),
                        ('part', models.BigIntegerField(null=True)),
                        ('whole', models.BigIntegerField(null=True)),
                        ('said', models.CharField(max_length=40)),
                        ('is_told', models.BooleanField()),
                        ('reason', models.CharField(blank=True, choices=[('small', 'The number itself is small'), ('secondary', 'So that another number cannot be computed from it'), ('earlier', 'So that another number cannot be computed from what was published before')], max_length=10)),
                        ('reason_day', models.DateField(null=True)),
                    ],
                    options={
                        'ordering': ['order'],
                        'indexes': [models.Index(fields=['unit_path', 'is_told'], name='published_figure_of_unit')],
                        'constraints': [models.UniqueConstraint(fields=('bulletin', 'code', 'unit_code', 'first', 'last'), name='published_figure_once'), models.CheckConstraint(condition=models.Q(models.Q(('is_told', True), ('reason', '')), models.Q(('is_told', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='published_figure_told_or_reason', violation_error_message='A number that is not told needs its reason.')],
                    },
                ),
                migrations.CreateModel(
                    name='RolledCount',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('fingerprint', models.CharField(max_length=16, unique=True)),
                        ('facts_until', models.BigIntegerField()),
                        ('built_at', models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name='RolledStep',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('count', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='figures.rolledcount')),
                        ('month', models.DateField()),
                        ('path', models.CharField(max_length=80)),
                        ('known_on', models.DateField()),
                        ('next_on', models.DateField(blank=True, null=True)),
                        ('value', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=18)),
                        ('base', models.BigIntegerField(default=0)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['count', 'month', 'path', 'known_on', 'next_on', 'value', 'base'], name='rolled_step_to_read'), models.Index(condition=models.Q(('next_on', None)), fields=['count', 'month', 'path', 'value', 'base'], name='rolled_step_of_now')],
                    },
                ),
            ],
        ),
        append_only("figures_publishedbulletin"),
        append_only("figures_publishedfigure"),
    ]
