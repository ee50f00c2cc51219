from sunward.core.append_only import append_only
from sunward.core.create_tables import CreateTables
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('figures', '0001_make_tables'),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name='PublishedMonth',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('district', models.CharField(max_length=80)),
                        ('month', models.DateField()),
                        ('known_until', models.DateTimeField()),
                        ('published_on', models.DateField()),
                        ('pins', models.JSONField()),
                        ('is_unsure', models.BooleanField(default=False)),
                        ('given_away', models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('district', 'month'), name='published_month_once')],
                    },
                ),
                migrations.CreateModel(
                    name='MonthFigure',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('publication', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='figures.publishedmonth')),
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
                        ('told', models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                        ('told_base', models.BigIntegerField(null=True)),
                        ('is_told', models.BooleanField()),
                        ('reason', models.CharField(blank=True, choices=[('small', 'The number itself is small'), ('secondary', 'So that another number cannot be computed from it'), ('earlier', 'So that another number cannot be computed from what was published before')], max_length=10)),
                        ('reason_day', models.DateField(null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('unit_path', 'code', 'first', 'last'), name='month_figure_once'), models.CheckConstraint(condition=models.Q(models.Q(('is_told', True), ('reason', '')), models.Q(('is_told', False), ('told__isnull', True), ('told_base__isnull', True), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='month_figure_told_or_reason', violation_error_message='A number that is not told needs its reason.')],
                    },
                ),
            ],
        ),
        append_only("figures_publishedmonth"),
        append_only("figures_monthfigure"),
    ]
