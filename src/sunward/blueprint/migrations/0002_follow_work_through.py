from sunward.core.append_only import append_only
from sunward.core.create_tables import CreateTables
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_make_tables'),
        ('blueprint', '0001_make_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name='Gauge',
                    fields=[
                        ('item', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='gauge', serialize=False, to='blueprint.workitem')),
                        ('shape', models.CharField(choices=[('growing', 'A count that grows'), ('ratio', 'A percentage'), ('deliverable', 'Something that is to be there'), ('calendar', 'Days that were planned')], max_length=12, verbose_name='how it is judged')),
                        ('figure_code', models.CharField(blank=True, max_length=60, verbose_name='figure')),
                        ('rhythm', models.CharField(choices=[('week', 'Every week'), ('month', 'Every month')], default='week', max_length=6, verbose_name='looked at')),
                        ('starts_on', models.DateField(verbose_name='counted from')),
                        ('set_at', models.DateTimeField()),
                        ('set_by_id', models.BigIntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name='Chase',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('officer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('chased_on', models.DateField()),
                        ('at', models.DateTimeField()),
                        ('by_id', models.BigIntegerField(default=0)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('officer', 'chased_on'), name='officer_chased_once_a_day', violation_error_message='This officer has been written to today.')],
                    },
                ),
                migrations.CreateModel(
                    name='WorkStep',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('item', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='blueprint.workitem')),
                        ('kind', models.CharField(choices=[('issued', 'Issued'), ('acknowledged', 'Acknowledged'), ('progress', 'Progress'), ('confidence', 'Confidence'), ('obstacle', 'Obstacle raised'), ('went_up', 'Obstacle went up'), ('answered', 'Obstacle answered'), ('chased', 'Chased'), ('noticed', 'Notice'), ('extension_asked', 'Extension asked for'), ('extension_granted', 'Extension granted'), ('extension_declined', 'Extension declined'), ('claimed', 'Handed in as done'), ('returned', 'Returned'), ('accepted', 'Accepted and closed'), ('pushed', 'The head pushed it on'), ('coordinated', 'The head coordinated'), ('supervised', 'The head supervised'), ('covered', 'Covered for'), ('thanked', 'Thanked for covering')], max_length=20)),
                        ('unit', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
                        ('asked_unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
                        ('text', models.TextField(blank=True)),
                        ('number', models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                        ('day', models.DateField(blank=True, null=True)),
                        ('level', models.CharField(blank=True, max_length=12)),
                        ('about', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='blueprint.workstep')),
                        ('corrects', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='blueprint.workstep')),
                        ('is_withdrawal', models.BooleanField(default=False)),
                        ('chase', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='blueprint.chase')),
                        ('happened_on', models.DateField()),
                        ('recorded_at', models.DateTimeField()),
                        ('recorded_by_id', models.BigIntegerField(default=0)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['item', 'kind'], name='step_of_work')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('kind__in', ('answered', 'extension_granted', 'extension_declined', 'returned', 'accepted'))), fields=('about',), name='step_settled_once', violation_error_message='Somebody else has just answered this.'), models.UniqueConstraint(condition=models.Q(('kind', 'accepted')), fields=('item',), name='work_closed_once'), models.UniqueConstraint(fields=('corrects',), name='step_corrected_once'), models.UniqueConstraint(condition=models.Q(('kind', 'noticed')), fields=('item', 'level', 'day'), name='notice_of_a_level_once'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('answered', 'extension_granted', 'extension_declined', 'returned', 'accepted', 'went_up', 'thanked')), _negated=True), ('about__isnull', False), _connector='OR'), name='answer_is_about_something'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('claimed', 'returned', 'obstacle', 'extension_asked')), _negated=True), models.Q(('text', ''), _negated=True), _connector='OR'), name='step_says_why', violation_error_message='Say it in words: somebody else decides by them.'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('issued', 'obstacle', 'went_up', 'extension_asked', 'extension_granted')), _negated=True), ('day__isnull', False), _connector='OR'), name='step_has_its_day', violation_error_message='Say by when.'), models.CheckConstraint(condition=models.Q(('is_withdrawal', False), ('corrects__isnull', False), _connector='OR'), name='withdrawal_takes_something_back')],
                    },
                ),
                migrations.CreateModel(
                    name='LightReading',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('item', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='light_readings', to='blueprint.workitem')),
                        ('on', models.DateField()),
                        ('colour', models.CharField(choices=[('green', 'On course'), ('caught_up', 'Caught up late'), ('amber', 'To be watched'), ('red', 'Behind'), ('grey', 'Cannot be told')], max_length=10)),
                        ('why', models.CharField(max_length=20)),
                        ('told', models.JSONField(default=list)),
                        ('recorded_at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('item', 'on'), name='light_read_once_a_day')],
                    },
                ),
                migrations.CreateModel(
                    name='Lesson',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lessons', to='blueprint.workitem')),
                        ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
                        ('thought', models.CharField(max_length=400, verbose_name='what we thought')),
                        ('happened', models.CharField(max_length=400, verbose_name='what happened')),
                        ('kept', models.CharField(max_length=400, verbose_name='what to keep')),
                        ('learn_from', models.CharField(blank=True, max_length=200, verbose_name='whom to learn from')),
                        ('happened_on', models.DateField()),
                        ('recorded_at', models.DateTimeField()),
                        ('recorded_by_id', models.BigIntegerField(default=0)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='DistrictEnterprise',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
                        ('unit_path', models.CharField(max_length=80)),
                        ('name', models.CharField(max_length=80, verbose_name='name')),
                        ('credit_code', models.CharField(blank=True, max_length=18, verbose_name='unified social credit code')),
                        ('kind', models.CharField(choices=[('key_technology', 'Key core technology'), ('global_market', 'Global market'), ('grown_here', 'Grown here')], max_length=16, verbose_name='kind')),
                        ('made_at', models.DateTimeField()),
                        ('made_by_id', models.BigIntegerField(default=0)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('unit', 'name'), name='enterprise_named_once', violation_error_message='An enterprise of this name is written down already.'), models.UniqueConstraint(condition=models.Q(('credit_code', ''), _negated=True), fields=('unit', 'credit_code'), name='enterprise_coded_once', violation_error_message='An enterprise with this code is written down already.')],
                    },
                ),
                migrations.CreateModel(
                    name='CertifiedGrade',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grades', to='blueprint.districtenterprise')),
                        ('grade', models.CharField(choices=[('tech_sme', 'Technology-based SME'), ('innovative_sme', 'Innovative SME'), ('specialised_sme', 'Specialised and innovative SME'), ('little_giant', 'Little giant'), ('champion', 'Champion of a single product'), ('high_tech', 'High-tech enterprise'), ('tech_giant', 'Little technology giant of the city')], max_length=16)),
                        ('issuer', models.CharField(max_length=60)),
                        ('list_name', models.CharField(max_length=120)),
                        ('list_on', models.DateField()),
                        ('source', models.CharField(max_length=300)),
                        ('valid_from', models.DateField()),
                        ('valid_until', models.DateField()),
                        ('corrects', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='blueprint.certifiedgrade')),
                        ('is_withdrawal', models.BooleanField(default=False)),
                        ('correction', models.CharField(blank=True, max_length=400)),
                        ('recorded_at', models.DateTimeField()),
                        ('recorded_by_id', models.BigIntegerField(default=0)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('corrects',), name='grade_corrected_once'), models.CheckConstraint(condition=models.Q(('valid_until__gte', models.F('valid_from'))), name='grade_ends_after_it_begins', violation_error_message='A grade does not end before it begins.'), models.CheckConstraint(condition=models.Q(models.Q(('issuer', ''), _negated=True), models.Q(('list_name', ''), _negated=True), models.Q(('source', ''), _negated=True)), name='grade_from_an_official_list', violation_error_message='Say which authority published it, in which list, and where it can be read.'), models.CheckConstraint(condition=models.Q(models.Q(('correction', ''), ('corrects', None), ('is_withdrawal', False)), models.Q(('corrects__isnull', False), models.Q(('correction', ''), _negated=True)), _connector='OR'), name='grade_corrected_in_words', violation_error_message='Say why it is corrected.')],
                    },
                ),
                migrations.CreateModel(
                    name='ResearchResult',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('title', models.CharField(max_length=120, verbose_name='title')),
                        ('text', models.CharField(blank=True, max_length=600, verbose_name='what it is')),
                        ('university', models.CharField(blank=True, max_length=20)),
                        ('institution_written', models.CharField(blank=True, max_length=60)),
                        ('scientist', models.CharField(blank=True, max_length=60)),
                        ('broker', models.CharField(blank=True, max_length=60)),
                        ('broker_institution', models.CharField(blank=True, max_length=60)),
                        ('lead', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
                        ('unit_path', models.CharField(db_index=True, max_length=80)),
                        ('made_at', models.DateTimeField()),
                        ('made_by_id', models.BigIntegerField(default=0)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(models.Q(('university', ''), _negated=True), ('institution_written', '')), models.Q(('university', ''), models.Q(('institution_written', ''), _negated=True)), _connector='OR'), name='result_of_one_institution', violation_error_message='Choose the university, or write the name of another institution.')],
                    },
                ),
                migrations.CreateModel(
                    name='ResultStep',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('result', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='blueprint.researchresult')),
                        ('kind', models.CharField(choices=[('found', 'Found'), ('need_matched', 'Need matched'), ('concept_proved', 'Concept proved'), ('piloted', 'Pilot'), ('first_product', 'First product'), ('grows', 'Grows'), ('dead_end', 'Dead end'), ('taken_up', 'Taken up again')], max_length=16)),
                        ('happened_on', models.DateField()),
                        ('proof_kind', models.CharField(blank=True, choices=[('patent', 'Patent'), ('paper', 'Paper'), ('registration', 'Registration of the result'), ('record', 'Record of a visit or a talk'), ('need', 'Written need of an enterprise'), ('agreement', 'Agreement'), ('test_report', 'Test report'), ('opinion', 'Opinion of experts'), ('acceptance', 'Acceptance report'), ('order', 'Order'), ('licence', 'Licence or product certificate'), ('audit', 'Audited accounts'), ('list', 'Official list'), ('other', 'Another document')], max_length=12)),
                        ('proof', models.CharField(blank=True, max_length=200)),
                        ('enterprise', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='blueprint.districtenterprise')),
                        ('reason', models.CharField(blank=True, choices=[('no_need', 'No enterprise needs it'), ('not_proven', 'It did not hold in the test'), ('cost', 'Too dear to make'), ('rights', 'Rights are not clear'), ('funding', 'Money ran out'), ('partner', 'The partner left'), ('market', 'The market changed'), ('rules', 'It was not licensed'), ('other', 'Another reason')], max_length=12)),
                        ('text', models.CharField(blank=True, max_length=600)),
                        ('corrects', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='blueprint.resultstep')),
                        ('is_withdrawal', models.BooleanField(default=False)),
                        ('correction', models.CharField(blank=True, max_length=400)),
                        ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
                        ('recorded_at', models.DateTimeField()),
                        ('recorded_by_id', models.BigIntegerField(default=0)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('corrects',), name='result_step_corrected_once', violation_error_message='Somebody else has just corrected this step.'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('found', 'need_matched', 'concept_proved', 'piloted', 'first_product', 'grows')), _negated=True), models.Q(models.Q(('proof_kind', ''), _negated=True), models.Q(('proof', ''), _negated=True)), _connector='OR'), name='result_step_has_its_proof', violation_error_message='Name the document that shows this step.'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('need_matched', 'piloted', 'first_product', 'grows')), _negated=True), ('enterprise__isnull', False), _connector='OR'), name='result_step_with_an_enterprise', violation_error_message='Choose the enterprise with which this step was made.'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'dead_end'), _negated=True), models.Q(models.Q(('reason', ''), _negated=True), models.Q(('text', ''), _negated=True)), _connector='OR'), name='dead_end_says_why', violation_error_message='Say why it leads no further: others will read it before they begin.'), models.CheckConstraint(condition=models.Q(models.Q(('correction', ''), ('corrects', None), ('is_withdrawal', False)), models.Q(('corrects__isnull', False), models.Q(('correction', ''), _negated=True)), _connector='OR'), name='result_step_corrected_in_words', violation_error_message='Say why it is corrected.')],
                    },
                ),
                migrations.CreateModel(
                    name='ResultLink',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('result', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='links', to='blueprint.researchresult')),
                        ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='result_links', to='blueprint.workitem')),
                        ('linked_at', models.DateTimeField()),
                        ('linked_by_id', models.BigIntegerField(default=0)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('result', 'item'), name='result_linked_once')],
                    },
                ),
                migrations.CreateModel(
                    name='StocktakeAgenda',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='agenda', to='blueprint.meeting')),
                        ('on', models.DateField()),
                        ('since', models.DateField()),
                        ('promises', models.JSONField()),
                        ('lines', models.JSONField()),
                        ('recorded_at', models.DateTimeField()),
                        ('recorded_by_id', models.BigIntegerField(default=0)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
            ],
        ),
        migrations.AddField(
            model_name='decision',
            name='instead_of',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='otherwise', to='blueprint.decision'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='looks_at',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stocktakes', to='blueprint.deliveryplan'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='papers',
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='paperline',
            name='instead_of',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='blueprint.decision'),
        ),
        append_only("blueprint_chase"),
        append_only("blueprint_workstep"),
        append_only("blueprint_lightreading"),
        append_only("blueprint_lesson"),
        append_only("blueprint_certifiedgrade"),
        append_only("blueprint_resultstep"),
        append_only("blueprint_stocktakeagenda"),
    ]
