from sunward.core.append_only import append_only
from sunward.core.create_tables import CreateTables
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('blueprint', '0001_write_meetings_and_plans'),
    ]

    dependencies = [
        ('accounts', '0001_make_tables'),
        ('accounts', '__first__'),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name='Meeting',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
                        ('unit_path', models.CharField(db_index=True, max_length=80)),
                        ('title', models.CharField(max_length=120, verbose_name='title')),
                        ('met_on', models.DateField(verbose_name='day of the meeting')),
                        ('venue', models.CharField(blank=True, max_length=120, verbose_name='place')),
                        ('chair', models.CharField(blank=True, max_length=60, verbose_name='chair')),
                        ('attended', models.CharField(blank=True, max_length=200, verbose_name='who attended')),
                        ('answers_due_on', models.DateField(verbose_name='proposals answered by')),
                        ('state', models.CharField(choices=[('draft', 'In preparation'), ('approved', 'Approved')], default='draft', max_length=10)),
                        ('made_by_id', models.BigIntegerField(default=0)),
                        ('made_at', models.DateTimeField()),
                        ('approved_on', models.DateField(blank=True, null=True)),
                        ('approved_at', models.DateTimeField(blank=True, null=True)),
                        ('approved_by_id', models.BigIntegerField(default=0)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('approved_at', None), ('approved_on', None), ('state', 'draft')), models.Q(('approved_at__isnull', False), ('approved_on__isnull', False), ('state', 'approved')), _connector='OR'), name='meeting_approved_on_a_day', violation_error_message='A meeting is approved on a day.'), models.CheckConstraint(condition=models.Q(('answers_due_on__gte', models.F('met_on'))), name='proposals_answered_after_the_meeting', violation_error_message='Proposals cannot be answered before the meeting.')],
                    },
                ),
                migrations.CreateModel(
                    name='MeetingQuestion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('meeting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='blueprint.meeting')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('text', models.CharField(max_length=120)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('meeting', 'number'), name='question_numbered_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Speaker',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('meeting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='speakers', to='blueprint.meeting')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
                        ('unit_path', models.CharField(blank=True, max_length=80)),
                        ('unit_written', models.CharField(blank=True, max_length=60)),
                        ('name', models.CharField(max_length=60, verbose_name='name')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('meeting', 'number'), name='speaker_numbered_once')],
                    },
                ),
                migrations.CreateModel(
                    name='MeetingProposal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('meeting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='blueprint.meeting')),
                        ('speaker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='blueprint.speaker')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('text', models.CharField(max_length=400)),
                        ('answer', models.CharField(blank=True, choices=[('accepted', 'Accepted'), ('merged', 'Merged with another'), ('parked', 'Put off'), ('declined', 'Declined')], max_length=10)),
                        ('reason', models.CharField(blank=True, max_length=400, verbose_name='reason')),
                        ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='joined', to='blueprint.meetingproposal')),
                        ('answered_on', models.DateField(blank=True, null=True)),
                        ('answered_at', models.DateTimeField(blank=True, null=True)),
                        ('answered_by_id', models.BigIntegerField(default=0)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('meeting', 'number'), name='proposal_numbered_once'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_on', None), ('reason', '')), models.Q(models.Q(('answer', ''), _negated=True), models.Q(('reason', ''), _negated=True), ('answered_on__isnull', False)), _connector='OR'), name='proposal_answered_with_a_reason', violation_error_message='Every answer has its reason and its day.'), models.CheckConstraint(condition=models.Q(models.Q(('answer', 'merged'), ('merged_into__isnull', False)), models.Q(models.Q(('answer', 'merged'), _negated=True), ('merged_into', None)), _connector='OR'), name='proposal_merged_into_another', violation_error_message='Say which proposal it was merged with.'), models.CheckConstraint(condition=models.Q(('merged_into', None), models.Q(('merged_into', models.F('id')), _negated=True), _connector='OR'), name='proposal_not_merged_with_itself', violation_error_message='A proposal cannot be merged with itself.')],
                    },
                ),
                migrations.CreateModel(
                    name='Decision',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('meeting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='blueprint.meeting')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('topic', models.CharField(blank=True, max_length=120)),
                        ('text', models.TextField()),
                        ('decided_on', models.DateField()),
                        ('recorded_at', models.DateTimeField()),
                        ('recorded_by_id', models.BigIntegerField(default=0)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('meeting', 'number'), name='decision_numbered_once')],
                    },
                ),
                migrations.CreateModel(
                    name='PaperLine',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('meeting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='blueprint.meeting')),
                        ('is_decision', models.BooleanField(default=True)),
                        ('number', models.PositiveSmallIntegerField()),
                        ('place', models.PositiveIntegerField()),
                        ('section', models.CharField(blank=True, max_length=120)),
                        ('goal', models.CharField(blank=True, max_length=200)),
                        ('text', models.TextField()),
                        ('lead', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
                        ('joint_codes', models.JSONField(default=list)),
                        ('marks', models.JSONField(default=list)),
                        ('unknown', models.JSONField(default=list)),
                        ('open', models.JSONField(default=list)),
                        ('officer_written', models.CharField(blank=True, max_length=60)),
                        ('due_on', models.DateField(blank=True, null=True)),
                        ('review_on', models.DateField(blank=True, null=True)),
                        ('due_written', models.CharField(blank=True, max_length=120)),
                        ('target_text', models.CharField(blank=True, max_length=200)),
                        ('target_number', models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ('target_unit', models.CharField(blank=True, max_length=20)),
                        ('target_comparison', models.CharField(blank=True, choices=[('', 'The number itself'), ('at_least', 'At least'), ('at_most', 'At most')], max_length=10)),
                        ('question', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='blueprint.meetingquestion')),
                        ('state', models.CharField(choices=[('open', 'To be looked at'), ('confirmed', 'Confirmed'), ('left_out', 'Left out')], default='open', max_length=10)),
                        ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                        ('confirmed_by_id', models.BigIntegerField(default=0)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('meeting', 'is_decision', 'number'), name='paper_line_numbered_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'confirmed'), _negated=True), models.Q(('lead__isnull', False), ('question__isnull', False)), _connector='OR'), name='confirmed_line_has_a_lead_and_a_question', violation_error_message='A line of work has one lead unit and answers one question.'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'confirmed'), _negated=True), models.Q(('due_on__isnull', False), ('review_on', None)), models.Q(('due_on', None), ('review_on__isnull', False)), _connector='OR'), name='confirmed_line_has_an_end_or_a_review', violation_error_message='Set the deadline, or for what has no end the day of its next review.')],
                    },
                ),
                migrations.CreateModel(
                    name='DeliveryPlan',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='plan', to='blueprint.meeting')),
                        ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
                        ('unit_path', models.CharField(db_index=True, max_length=80)),
                        ('title', models.CharField(max_length=120, verbose_name='title')),
                        ('made_at', models.DateTimeField()),
                        ('made_by_id', models.BigIntegerField(default=0)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='PlanGoal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('plan', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='goals', to='blueprint.deliveryplan')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('section', models.CharField(blank=True, max_length=120)),
                        ('text', models.CharField(max_length=200)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('plan', 'number'), name='goal_numbered_once'), models.UniqueConstraint(fields=('plan', 'section', 'text'), name='goal_named_once')],
                    },
                ),
                migrations.CreateModel(
                    name='WorkItem',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('plan', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='items', to='blueprint.deliveryplan')),
                        ('goal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='blueprint.plangoal')),
                        ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='blueprint.meetingquestion')),
                        ('decision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='items', to='blueprint.decision')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('text', models.TextField()),
                        ('lead', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
                        ('unit_path', models.CharField(db_index=True, max_length=80)),
                        ('officer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('officer_written', models.CharField(blank=True, max_length=60)),
                        ('due_on', models.DateField(blank=True, null=True)),
                        ('review_on', models.DateField(blank=True, null=True)),
                        ('target_text', models.CharField(blank=True, max_length=200)),
                        ('target_number', models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ('target_unit', models.CharField(blank=True, max_length=20)),
                        ('target_comparison', models.CharField(blank=True, choices=[('', 'The number itself'), ('at_least', 'At least'), ('at_most', 'At most')], max_length=10)),
                        ('made_at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('plan', 'number'), name='work_numbered_once'), models.CheckConstraint(condition=models.Q(models.Q(('due_on__isnull', False), ('review_on', None)), models.Q(('due_on', None), ('review_on__isnull', False)), _connector='OR'), name='work_has_an_end_or_a_review', violation_error_message='Set the deadline, or for what has no end the day of its next review.')],
                    },
                ),
                migrations.CreateModel(
                    name='JointPart',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='blueprint.workitem')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
                        ('unit_path', models.CharField(db_index=True, max_length=80)),
                        ('text', models.CharField(blank=True, max_length=400, verbose_name='own part')),
                        ('due_on', models.DateField(blank=True, null=True, verbose_name='by')),
                    ],
                ),
                migrations.CreateModel(
                    name='LeadChange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lead_changes', to='blueprint.workitem')),
                        ('from_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
                        ('to_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
                        ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lead_changes', to='blueprint.decision')),
                        ('reason', models.CharField(max_length=400)),
                        ('changed_on', models.DateField()),
                        ('recorded_at', models.DateTimeField()),
                        ('recorded_by_id', models.BigIntegerField(default=0)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('from_unit', models.F('to_unit')), _negated=True), name='lead_changed_to_another')],
                    },
                ),
                migrations.CreateModel(
                    name='Milestone',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('item', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='milestones', to='blueprint.workitem')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('text', models.CharField(max_length=200)),
                        ('due_on', models.DateField()),
                        ('reached_on', models.DateField(blank=True, null=True)),
                        ('evidence', models.CharField(blank=True, max_length=400)),
                        ('reached_by_id', models.BigIntegerField(default=0)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('item', 'number'), name='milestone_numbered_once'), models.CheckConstraint(condition=models.Q(models.Q(('evidence', ''), ('reached_on', None)), models.Q(('reached_on__isnull', False), models.Q(('evidence', ''), _negated=True)), _connector='OR'), name='milestone_reached_with_evidence', violation_error_message='A milestone is reached on a day, and something shows it.')],
                    },
                ),
                migrations.CreateModel(
                    name='Dependency',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('item', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='dependencies', to='blueprint.workitem')),
                        ('needs', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='needed_by', to='blueprint.workitem')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('item', 'needs'), name='dependency_once'), models.CheckConstraint(condition=models.Q(('item', models.F('needs')), _negated=True), name='dependency_on_another', violation_error_message='A line of work does not wait for itself.')],
                    },
                ),
                migrations.CreateModel(
                    name='Checkpoint',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('item', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='checkpoints', to='blueprint.workitem')),
                        ('on', models.DateField()),
                        ('value', models.DecimalField(decimal_places=2, max_digits=16)),
                        ('assumption', models.CharField(blank=True, max_length=200, verbose_name='assumption')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('item', 'on'), name='checkpoint_once_a_day')],
                    },
                ),
            ],
        ),
        append_only("blueprint_decision"),
        append_only("blueprint_leadchange"),
    ]
