from sunward.core.create_tables import CreateTables
import django.db.models.deletion
import django.db.models.functions.comparison
import sunward.core.days
import sunward.core.fields
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('casework', '0001_initial'),
        ('casework', '0002_withdraw_service_records'),
        ('casework', '0003_compute_when_contact_is_due'),
        ('casework', '0004_index_what_waits'),
        ('casework', '0005_index_who_waits'),
        ('casework', '0006_drop_needless_indexes'),
        ('casework', '0007_plan_care_and_refer'),
        ('casework', '0008_tell_of_a_silence_once'),
        ('casework', '0009_release_wishes_and_follow_referrals'),
        ('casework', '0010_keep_for_a_time'),
        ('casework', '0011_give_kinds_of_the_employment_service'),
        ('casework', '0012_index_the_last_step'),
    ]

    dependencies = [
        ('accounts', '0001_make_tables'),
        ('accounts', '__first__'),
        ('people', '0001_make_tables'),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name='Case',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('programme', models.CharField(max_length=30)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='people.person')),
                        ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
                        ('unit_path', models.CharField(db_index=True, max_length=80)),
                        ('state', models.CharField(choices=[('open', 'Open'), ('closed', 'Closed')], default='open', max_length=10)),
                        ('risk_level', models.PositiveSmallIntegerField(choices=[(1, 'Low risk'), (2, 'Medium risk'), (3, 'High risk')], default=1, verbose_name='risk level')),
                        ('opened_on', models.DateField()),
                        ('closed_on', models.DateField(blank=True, null=True)),
                        ('close_reason', models.CharField(blank=True, max_length=40)),
                        ('last_contact_on', models.DateField(blank=True, null=True)),
                        ('contact_due_on', models.GeneratedField(db_persist=True, expression=sunward.core.days.DaysAfter(django.db.models.functions.comparison.Coalesce('last_contact_on', 'opened_on'), models.Case(models.When(risk_level=3, then=models.Value(7)), models.When(risk_level=2, then=models.Value(30)), models.When(risk_level=1, then=models.Value(90)), output_field=models.IntegerField())), output_field=models.DateField())),
                        ('remark', sunward.core.fields.SealedTextField(blank=True)),
                        ('source_batch_id', models.BigIntegerField(blank=True, null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['programme', 'state', '-risk_level', 'contact_due_on', 'unit_path'], name='case_by_urgency'), models.Index(fields=['programme', 'state', '-risk_level', 'opened_on'], name='case_by_waiting'), models.Index(models.F('programme'), models.F('state'), django.db.models.functions.comparison.Coalesce('last_contact_on', 'opened_on'), models.F('id'), name='case_by_last_step')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('programme', 'person'), name='one_open_case_per_person', violation_error_message='This person already has an open file.'), models.CheckConstraint(condition=models.Q(models.Q(('closed_on', None), ('state', 'open')), models.Q(('closed_on__isnull', False), ('state', 'closed')), _connector='OR'), name='case_closed_exactly_with_a_day', violation_error_message='A closed file needs the day on which it was closed.')],
                    },
                ),
                migrations.CreateModel(
                    name='Need',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='needs', to='casework.case')),
                        ('kind', models.CharField(max_length=30)),
                        ('from_on', models.DateField()),
                        ('met_on', models.DateField(blank=True, null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('case', 'kind', 'from_on'), name='need_once')],
                    },
                ),
                migrations.CreateModel(
                    name='RiskAssessment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assessments', to='casework.case')),
                        ('level', models.PositiveSmallIntegerField(choices=[(1, 'Low risk'), (2, 'Medium risk'), (3, 'High risk')])),
                        ('state', models.CharField(choices=[('proposed', 'Waiting for a second person'), ('in_force', 'In force'), ('declined', 'Declined')], default='in_force', max_length=10)),
                        ('is_emergency', models.BooleanField(default=False)),
                        ('reason', models.CharField(max_length=300)),
                        ('table', models.CharField(blank=True, max_length=30)),
                        ('indicators', models.JSONField(blank=True, default=list)),
                        ('triggers', models.JSONField(blank=True, default=list)),
                        ('score', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('assessed_on', models.DateField()),
                        ('assessed_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('second_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('decided_on', models.DateField(blank=True, null=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('is_emergency', True)), fields=['case'], name='assessment_emergency'), models.Index(condition=models.Q(('state', 'proposed')), fields=['assessed_on'], name='assessment_waiting')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('second_by', None), models.Q(('second_by', models.F('assessed_by')), _negated=True), _connector='OR'), name='second_person_is_another', violation_error_message='A second person has to confirm, not the one who assessed.')],
                    },
                ),
                migrations.CreateModel(
                    name='ServiceRecord',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='service_records', to='casework.case')),
                        ('goal', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='service_records', to='casework.goal')),
                        ('kind', models.CharField(choices=[('home_visit', 'Home visit'), ('companionship', 'Companionship'), ('phone_call', 'Phone call'), ('counselling', 'Counselling'), ('family_education', 'Family-education guidance'), ('resource_linking', 'Linking resources'), ('tutoring', 'Tutoring'), ('policy_briefing', 'Policy briefing'), ('career_guidance', 'Career guidance'), ('training_offer', 'Training or traineeship offered')], max_length=20, verbose_name='what')),
                        ('happened_on', models.DateField(verbose_name='day')),
                        ('minutes', models.PositiveSmallIntegerField(default=0, verbose_name='minutes')),
                        ('outcome', models.CharField(choices=[('made', 'Made'), ('attempted', 'Attempted')], max_length=10, verbose_name='outcome')),
                        ('topics', models.JSONField(blank=True, default=list)),
                        ('note', sunward.core.fields.SealedTextField(blank=True)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('recorded_at', models.DateTimeField()),
                        ('unit_path', models.CharField(blank=True, max_length=80)),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                        ('withdrawn_by_id', models.BigIntegerField(default=0)),
                        ('withdraw_reason', models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['case', '-happened_on'], name='service_by_case')],
                    },
                ),
                migrations.CreateModel(
                    name='FollowUp',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follow_ups', to='casework.case')),
                        ('kind', models.CharField(max_length=30)),
                        ('note', models.CharField(blank=True, max_length=200)),
                        ('due_on', models.DateField()),
                        ('role', models.CharField(max_length=20)),
                        ('state', models.CharField(choices=[('due', 'To do'), ('done', 'Done'), ('dropped', 'No longer needed')], default='due', max_length=10)),
                        ('done_on', models.DateField(blank=True, null=True)),
                        ('done_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('record', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.servicerecord')),
                        ('referral', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to='casework.referral')),
                        ('created_by_id', models.BigIntegerField(default=0)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['case', 'state', 'due_on'], name='follow_up_by_case'), models.Index(condition=models.Q(('state', 'due')), fields=['due_on'], name='follow_up_due')],
                    },
                ),
                migrations.CreateModel(
                    name='BrokenGlass',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='broken_glass', to='casework.case')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('reason', models.CharField(choices=[('danger', 'A child may be in danger'), ('on_duty', 'I stand in for somebody who cannot be reached'), ('found', 'I have found or met the child'), ('other', 'Another urgent reason')], max_length=10)),
                        ('words', sunward.core.fields.SealedTextField()),
                        ('opened_at', models.DateTimeField()),
                        ('until_at', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('unit_path', models.CharField(db_index=True, max_length=80)),
                        ('reviewed_by_id', models.BigIntegerField(default=0)),
                        ('reviewed_at', models.DateTimeField(blank=True, null=True)),
                        ('is_justified', models.BooleanField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['user', 'until_at'], name='glass_by_user'), models.Index(condition=models.Q(('reviewed_at', None)), fields=['unit_path'], name='glass_unreviewed')],
                    },
                ),
                migrations.CreateModel(
                    name='CarePlan',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='care_plans', to='casework.case')),
                        ('drawn_up_on', models.DateField()),
                        ('drawn_up_by_id', models.BigIntegerField(default=0)),
                        ('review_on', models.DateField()),
                        ('closed_on', models.DateField(blank=True, null=True)),
                        ('agreement', sunward.core.fields.SealedTextField(blank=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('closed_on', None)), fields=['review_on'], name='care_plan_review')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('closed_on', None)), fields=('case',), name='one_open_care_plan_per_case', violation_error_message='This file has a care plan already.'), models.CheckConstraint(condition=models.Q(('review_on__gte', models.F('drawn_up_on'))), name='care_plan_reviewed_afterwards', violation_error_message='The plan is looked at again after it was drawn up.')],
                    },
                ),
                migrations.CreateModel(
                    name='Goal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='goals', to='casework.case')),
                        ('plan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='goals', to='casework.careplan')),
                        ('need', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='goals', to='casework.need')),
                        ('kind', models.CharField(choices=[('goal', 'Goal'), ('wish', 'Small wish')], default='goal', max_length=10)),
                        ('service_kind', models.CharField(blank=True, max_length=20)),
                        ('words', sunward.core.fields.SealedTextField()),
                        ('from_on', models.DateField()),
                        ('due_on', models.DateField(blank=True, null=True)),
                        ('state', models.CharField(choices=[('open', 'Under way'), ('reached', 'Reached'), ('dropped', 'Given up')], default='open', max_length=10)),
                        ('settled_on', models.DateField(blank=True, null=True)),
                        ('settled_by_id', models.BigIntegerField(default=0)),
                        ('result', sunward.core.fields.SealedTextField(blank=True)),
                        ('created_by_id', models.BigIntegerField(default=0)),
                        ('released_on', models.DateField(blank=True, null=True)),
                        ('released_by_id', models.BigIntegerField(default=0)),
                        ('wall_words', sunward.core.fields.SealedTextField(blank=True)),
                        ('granted_by', sunward.core.fields.SealedTextField(blank=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['case', 'state', 'due_on'], name='goal_by_case'), models.Index(condition=models.Q(('kind', 'wish'), ('state', 'open')), fields=['released_on'], name='wish_open')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('released_on', None), ('kind', 'wish'), _connector='OR'), name='only_wishes_are_released', violation_error_message='Only a small wish is shown on the wall.'), models.CheckConstraint(condition=models.Q(models.Q(('settled_on', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('settled_on__isnull', False)), _connector='OR'), name='goal_settled_exactly_with_a_day', violation_error_message='A goal that is settled needs the day on which it was.')],
                    },
                ),
                migrations.CreateModel(
                    name='Resource',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('name', models.CharField(max_length=80, verbose_name='name')),
                        ('kind', models.CharField(choices=[('counselling', 'Counselling'), ('family_education', 'Family education'), ('study', 'Study help'), ('health', 'Health'), ('financial_aid', 'Financial aid'), ('legal_aid', 'Legal aid'), ('care', 'Day or temporary care'), ('leisure', 'Leisure and culture'), ('goods', 'Goods and gifts'), ('other', 'Other')], max_length=20)),
                        ('provider', models.CharField(max_length=80, verbose_name='provider')),
                        ('audience', models.CharField(blank=True, max_length=200, verbose_name='for whom')),
                        ('age_from', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('age_until', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('place', models.CharField(blank=True, max_length=120, verbose_name='where')),
                        ('lon', models.FloatField(blank=True, null=True)),
                        ('lat', models.FloatField(blank=True, null=True)),
                        ('phone', models.CharField(blank=True, max_length=40, verbose_name='office telephone')),
                        ('hours', models.CharField(blank=True, max_length=80, verbose_name='hours')),
                        ('cost', models.CharField(blank=True, max_length=80, verbose_name='cost')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
                        ('unit_path', models.CharField(db_index=True, max_length=80)),
                        ('valid_until_on', models.DateField(verbose_name='valid until')),
                        ('checked_on', models.DateField()),
                        ('checked_by_id', models.BigIntegerField(default=0)),
                        ('ended_on', models.DateField(blank=True, null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['kind', 'valid_until_on'], name='resource_by_kind')],
                    },
                ),
                migrations.CreateModel(
                    name='Referral',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='casework.case')),
                        ('resource', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='casework.resource')),
                        ('goal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='casework.goal')),
                        ('state', models.CharField(choices=[('sent', 'Sent'), ('accepted', 'Accepted'), ('declined', 'Declined by them'), ('helped', 'Helped'), ('not_helped', 'Came to nothing'), ('withdrawn', 'Taken back')], default='sent', max_length=12)),
                        ('reason', models.CharField(blank=True, max_length=300)),
                        ('sent_on', models.DateField()),
                        ('answer_due_on', models.DateField()),
                        ('answered_on', models.DateField(blank=True, null=True)),
                        ('settled_on', models.DateField(blank=True, null=True)),
                        ('result', sunward.core.fields.SealedTextField(blank=True)),
                        ('created_by_id', models.BigIntegerField(default=0)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('state', 'sent')), fields=['answer_due_on'], name='referral_waiting')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['sent', 'accepted'])), fields=('case', 'resource'), name='one_open_referral_per_resource', violation_error_message='This person is referred there already.')],
                    },
                ),
                migrations.CreateModel(
                    name='Retention',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='retention', to='casework.case')),
                        ('due_on', models.DateField()),
                        ('listed_on', models.DateField()),
                        ('kept_until_on', models.DateField(blank=True, null=True)),
                        ('kept_because', models.CharField(blank=True, choices=[('proceedings', 'Needed in proceedings'), ('benefits', 'Benefits still depend on it'), ('wish', 'The person asks for it'), ('other', 'Another reason')], max_length=12)),
                        ('kept_by_id', models.BigIntegerField(default=0)),
                        ('anonymised_on', models.DateField(blank=True, null=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('anonymised_on', None)), fields=['due_on'], name='retention_waiting')],
                    },
                ),
                migrations.CreateModel(
                    name='SilenceNotice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='silences', to='casework.case')),
                        ('since_on', models.DateField()),
                        ('noticed_on', models.DateField()),
                        ('risk_level', models.PositiveSmallIntegerField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('case', 'since_on'), name='silence_noticed_once')],
                    },
                ),
            ],
        ),
    ]
