from sunward.core.append_only import append_only
from sunward.core.create_tables import CreateTables
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_make_tables'),
        ('blueprint', '0001_make_tables'),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name='DistrictEnterprise',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('unit_path', models.CharField(max_length=80)),
                        ('name', models.CharField(max_length=80, verbose_name='name')),
                        ('credit_code', models.CharField(blank=True, max_length=18, verbose_name='unified social credit code')),
                        ('kind', models.CharField(choices=[('key_technology', 'Key core technology'), ('global_market', 'Global market'), ('grown_here', 'Grown here')], max_length=16, verbose_name='kind')),
                        ('made_at', models.DateTimeField()),
                        ('made_by_id', models.BigIntegerField(default=0)),
                        ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
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
                        ('grade', models.CharField(choices=[('tech_sme', 'Technology-based SME'), ('innovative_sme', 'Innovative SME'), ('specialised_sme', 'Specialised and innovative SME'), ('little_giant', 'Little giant'), ('champion', 'Champion of a single product'), ('high_tech', 'High-tech enterprise'), ('tech_giant', 'Little technology giant of the city')], max_length=16)),
                        ('issuer', models.CharField(max_length=60)),
                        ('list_name', models.CharField(max_length=120)),
                        ('list_on', models.DateField()),
                        ('source', models.CharField(max_length=300)),
                        ('valid_from', models.DateField()),
                        ('valid_until', models.DateField()),
                        ('is_withdrawal', models.BooleanField(default=False)),
                        ('correction', models.CharField(blank=True, max_length=400)),
                        ('recorded_at', models.DateTimeField()),
                        ('recorded_by_id', models.BigIntegerField(default=0)),
                        ('corrects', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='blueprint.certifiedgrade')),
                        ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grades', to='blueprint.districtenterprise')),
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
                        ('unit_path', models.CharField(db_index=True, max_length=80)),
                        ('made_at', models.DateTimeField()),
                        ('made_by_id', models.BigIntegerField(default=0)),
                        ('lead', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(models.Q(('university', ''), _negated=True), ('institution_written', '')), models.Q(('university', ''), models.Q(('institution_written', ''), _negated=True)), _connector='OR'), name='result_of_one_institution', violation_error_message='Choose the university, or write the name of another institution.')],
                    },
                ),
                migrations.CreateModel(
                    name='ResultLink',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('linked_at', models.DateTimeField()),
                        ('linked_by_id', models.BigIntegerField(default=0)),
                        ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='result_links', to='blueprint.workitem')),
                        ('result', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='links', to='blueprint.researchresult')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('result', 'item'), name='result_linked_once')],
                    },
                ),
                migrations.CreateModel(
                    name='ResultStep',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('kind', models.CharField(choices=[('found', 'Found'), ('need_matched', 'Need matched'), ('concept_proved', 'Concept proved'), ('piloted', 'Pilot'), ('first_product', 'First product'), ('grows', 'Grows'), ('dead_end', 'Dead end'), ('taken_up', 'Taken up again')], max_length=16)),
                        ('happened_on', models.DateField()),
                        ('proof_kind', models.CharField(blank=True, choices=[('patent', 'Patent'), ('paper', 'Paper'), ('registration', 'Registration of the result'), ('record', 'Record of a visit or a talk'), ('need', 'Written need of an enterprise'), ('agreement', 'Agreement'), ('test_report', 'Test report'), ('opinion', 'Opinion of experts'), ('acceptance', 'Acceptance report'), ('order', 'Order'), ('licence', 'Licence or product certificate'), ('audit', 'Audited accounts'), ('list', 'Official list'), ('other', 'Another document')], max_length=12)),
                        ('proof', models.CharField(blank=True, max_length=200)),
                        ('reason', models.CharField(blank=True, choices=[('no_need', 'No enterprise needs it'), ('not_proven', 'It did not hold in the test'), ('cost', 'Too dear to make'), ('rights', 'Rights are not clear'), ('funding', 'Money ran out'), ('partner', 'The partner left'), ('market', 'The market changed'), ('rules', 'It was not licensed'), ('other', 'Another reason')], max_length=12)),
                        ('text', models.CharField(blank=True, max_length=600)),
                        ('is_withdrawal', models.BooleanField(default=False)),
                        ('correction', models.CharField(blank=True, max_length=400)),
                        ('recorded_at', models.DateTimeField()),
                        ('recorded_by_id', models.BigIntegerField(default=0)),
                        ('corrects', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='blueprint.resultstep')),
                        ('enterprise', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='blueprint.districtenterprise')),
                        ('result', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='blueprint.researchresult')),
                        ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('corrects',), name='result_step_corrected_once', violation_error_message='Somebody else has just corrected this step.'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('found', 'need_matched', 'concept_proved', 'piloted', 'first_product', 'grows')), _negated=True), models.Q(models.Q(('proof_kind', ''), _negated=True), models.Q(('proof', ''), _negated=True)), _connector='OR'), name='result_step_has_its_proof', violation_error_message='Name the document that shows this step.'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('need_matched', 'piloted', 'first_product', 'grows')), _negated=True), ('enterprise__isnull', False), _connector='OR'), name='result_step_with_an_enterprise', violation_error_message='Choose the enterprise with which this step was made.'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'dead_end'), _negated=True), models.Q(models.Q(('reason', ''), _negated=True), models.Q(('text', ''), _negated=True)), _connector='OR'), name='dead_end_says_why', violation_error_message='Say why it leads no further: others will read it before they begin.'), models.CheckConstraint(condition=models.Q(models.Q(('correction', ''), ('corrects', None), ('is_withdrawal', False)), models.Q(('corrects__isnull', False), models.Q(('correction', ''), _negated=True)), _connector='OR'), name='result_step_corrected_in_words', violation_error_message='Say why it is corrected.')],
                    },
                ),
            ],
        ),
        append_only("blueprint_certifiedgrade"),
        append_only("blueprint_resultstep"),
    ]
