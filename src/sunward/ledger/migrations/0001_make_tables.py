from sunward.core.append_only import append_only
from sunward.core.create_tables import CreateTables
import django.db.models.deletion
from decimal import Decimal
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('ledger', '0001_initial'),
        ('ledger', '0002_append_only'),
        ('ledger', '0003_index_what_is_counted'),
        ('ledger', '0004_drop_needless_indexes'),
    ]

    dependencies = [
        ('accounts', '0001_make_tables'),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name='Fact',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=60)),
                        ('subject_kind', models.CharField(max_length=40)),
                        ('subject_id', models.BigIntegerField()),
                        ('person_id', models.BigIntegerField(blank=True, null=True)),
                        ('actor_id', models.BigIntegerField(default=0)),
                        ('unit', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
                        ('unit_path', models.CharField(blank=True, max_length=80)),
                        ('happened_on', models.DateField()),
                        ('recorded_at', models.DateTimeField()),
                        ('quantity', models.DecimalField(decimal_places=2, default=Decimal('1'), max_digits=14)),
                        ('attributes', models.JSONField(blank=True, default=dict)),
                        ('corrects', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='ledger.fact')),
                        ('is_withdrawal', models.BooleanField(default=False)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('is_withdrawal', False)), fields=['kind', 'happened_on', 'unit_path', 'id'], name='fact_to_count'), models.Index(condition=models.Q(('corrects__isnull', False)), fields=['corrects'], name='fact_that_corrects'), models.Index(fields=['subject_kind', 'subject_id', '-happened_on'], name='fact_by_subject')],
                    },
                ),
            ],
        ),
        append_only("ledger_fact"),
    ]
