from sunward.core.append_only import append_only
from sunward.core.create_tables import CreateTables
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('blueprint', '0002_follow_work_through'),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name='BurdenBudget',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('minutes', models.PositiveSmallIntegerField(verbose_name='minutes a month')),
                        ('reason', models.CharField(max_length=200, verbose_name='reason')),
                        ('set_on', models.DateField()),
                        ('recorded_at', models.DateTimeField()),
                        ('recorded_by_id', models.BigIntegerField(default=0)),
                        ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='budgets', to='blueprint.deliveryplan')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('minutes__gte', 1), ('minutes__lte', 2400)), name='budget_of_a_month_of_work_at_most', violation_error_message='From 1 to 2,400 minutes: a week of work is the most.'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='budget_has_a_reason', violation_error_message='Say why.')],
                    },
                ),
            ],
        ),
        append_only("blueprint_burdenbudget"),
    ]
