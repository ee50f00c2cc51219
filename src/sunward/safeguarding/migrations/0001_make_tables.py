from sunward.core.append_only import append_only
from sunward.core.create_tables import CreateTables
import django.db.models.deletion
import sunward.core.fields
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('safeguarding', '0001_initial'),
        ('safeguarding', '0002_append_only'),
        ('safeguarding', '0003_tell_what_became_of_a_worry'),
        ('safeguarding', '0004_keep_no_sound_of_a_name'),
        ('safeguarding', '0005_keep_the_rounds_of_an_emergency'),
        ('safeguarding', '0006_let_an_urgent_worry_climb'),
    ]

    dependencies = [
        ('accounts', '0001_make_tables'),
        ('accounts', '__first__'),
        ('casework', '0001_make_tables'),
        ('people', '0001_make_tables'),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name='Emergency',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='emergencies', to='casework.case')),
                        ('unit_path', models.CharField(db_index=True, max_length=80)),
                        ('kind', models.CharField(choices=[('carer_gone', 'Nobody can look after the child'), ('carer_ill', 'The carer is ill or in hospital'), ('missing', 'The child is missing'), ('violence', 'Violence or danger at home'), ('illness', 'The child is ill or hurt'), ('home', 'Fire, water, no home tonight'), ('other', 'Something else')], max_length=20)),
                        ('words', sunward.core.fields.SealedTextField(blank=True)),
                        ('state', models.CharField(choices=[('ringing', 'Nobody has answered yet'), ('answered', 'Somebody is on it'), ('over', 'Over'), ('false_alarm', 'False alarm')], default='ringing', max_length=12)),
                        ('raised_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('raised_at', models.DateTimeField()),
                        ('round', models.PositiveSmallIntegerField(default=1)),
                        ('handed_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('rung', models.PositiveSmallIntegerField(default=0)),
                        ('climbs_at', models.DateTimeField(blank=True, null=True)),
                        ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('answered_at', models.DateTimeField(blank=True, null=True)),
                        ('over_at', models.DateTimeField(blank=True, null=True)),
                        ('about_id', models.BigIntegerField(blank=True, null=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('state', 'ringing')), fields=['climbs_at'], name='emergency_ringing')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['ringing', 'answered'])), fields=('case',), name='one_emergency_at_a_time')],
                    },
                ),
                migrations.CreateModel(
                    name='EmergencyStep',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('emergency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='safeguarding.emergency')),
                        ('kind', models.CharField(choices=[('raised', 'Called for help'), ('told', 'Told'), ('climbed', 'Nobody answered: the next were told'), ('answered', 'Answered: I am on it'), ('handed_on', 'Handed on'), ('asked', 'Asked somebody on the stand-by list'), ('agreed', 'Comes'), ('cannot', 'Cannot come'), ('reported', 'Told an authority'), ('care_begun', 'Temporary care begins'), ('care_ended', 'Handed back'), ('note', 'Note'), ('mistaken', 'The one who called says: pressed by mistake'), ('over', 'Over'), ('reopened', 'Not over after all')], max_length=12)),
                        ('at', models.DateTimeField()),
                        ('due_at', models.DateTimeField(blank=True, null=True)),
                        ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('about_person_id', models.BigIntegerField(blank=True, null=True)),
                        ('round', models.PositiveSmallIntegerField(default=1)),
                        ('rung', models.PositiveSmallIntegerField(default=0)),
                        ('authority', models.CharField(blank=True, choices=[('police', 'Police (110)'), ('civil_affairs', 'Civil affairs, child protection station'), ('education', 'Education bureau'), ('procuratorate', 'Procuratorate'), ('womens_federation', "Women's federation"), ('hotline', '12345 hotline'), ('hospital', 'Hospital (120)')], max_length=20)),
                        ('receipt', models.CharField(blank=True, max_length=60)),
                        ('words', sunward.core.fields.SealedTextField(blank=True)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='TemporaryCare',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='temporary_care', to='casework.case')),
                        ('unit_path', models.CharField(db_index=True, max_length=80)),
                        ('emergency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='temporary_care', to='safeguarding.emergency')),
                        ('carer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='children_cared_for', to='people.person')),
                        ('place', sunward.core.fields.SealedTextField(verbose_name='place')),
                        ('begun_at', models.DateTimeField()),
                        ('begun_by_id', models.BigIntegerField()),
                        ('expected_until_at', models.DateTimeField()),
                        ('is_agreed', models.BooleanField(null=True)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('ended_by_id', models.BigIntegerField(default=0)),
                        ('ended_with', models.CharField(blank=True, choices=[('guardian', 'Back with a guardian'), ('relative', 'With relatives'), ('authority', 'With the civil affairs office or a child welfare home'), ('next_carer', 'With the next carer')], max_length=12)),
                        ('handed_to', sunward.core.fields.SealedTextField(blank=True)),
                        ('words', sunward.core.fields.SealedTextField(blank=True)),
                        ('after_care_months', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('after_care_reason', sunward.core.fields.SealedTextField(blank=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('case',), name='in_one_temporary_care_at_a_time'), models.CheckConstraint(condition=models.Q(('expected_until_at__gt', models.F('begun_at'))), name='care_is_expected_to_end_after_it_begins', violation_error_message='The expected end comes after the beginning.'), models.CheckConstraint(condition=models.Q(('ended_at', None), ('ended_at__gte', models.F('begun_at')), _connector='OR'), name='care_ends_after_it_begins', violation_error_message='It cannot have ended before it began.')],
                    },
                ),
                migrations.CreateModel(
                    name='ReportingLink',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
                        ('unit_path', models.CharField(db_index=True, max_length=80)),
                        ('label', models.CharField(max_length=60, verbose_name='for whom')),
                        ('token_index', models.CharField(max_length=64, unique=True)),
                        ('made_at', models.DateTimeField()),
                        ('made_by_id', models.BigIntegerField()),
                        ('expires_on', models.DateField()),
                        ('revoked_at', models.DateTimeField(blank=True, null=True)),
                        ('last_used_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Worry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
                        ('unit_path', models.CharField(db_index=True, max_length=80)),
                        ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='worries', to='casework.case')),
                        ('reporter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('link', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='worries', to='safeguarding.reportinglink')),
                        ('reporter_name', sunward.core.fields.SealedTextField(blank=True)),
                        ('reporter_phone', sunward.core.fields.SealedTextField(blank=True)),
                        ('child_name', sunward.core.fields.SealedTextField(blank=True)),
                        ('name_index', models.CharField(blank=True, db_index=True, max_length=32)),
                        ('child_age', sunward.core.fields.SealedTextField(blank=True)),
                        ('child_phone', sunward.core.fields.SealedTextField(blank=True)),
                        ('phone_index', models.CharField(blank=True, db_index=True, max_length=32)),
                        ('whereabouts', sunward.core.fields.SealedTextField(blank=True)),
                        ('signs', models.JSONField(default=list)),
                        ('words', sunward.core.fields.SealedTextField(blank=True)),
                        ('is_urgent', models.BooleanField(default=False)),
                        ('seen_on', models.DateField()),
                        ('reported_at', models.DateTimeField()),
                        ('state', models.CharField(choices=[('new', 'Not looked at yet'), ('looking', 'Being looked into'), ('filed', 'Belongs to a file'), ('passed_on', 'Passed on'), ('no_action', 'Nothing to be done')], default='new', max_length=10)),
                        ('taken_by_id', models.BigIntegerField(default=0)),
                        ('taken_at', models.DateTimeField(blank=True, null=True)),
                        ('rung', models.PositiveSmallIntegerField(default=0)),
                        ('climbs_at', models.DateTimeField(blank=True, null=True)),
                        ('passed_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
                        ('passed_by_id', models.BigIntegerField(default=0)),
                        ('settled_by_id', models.BigIntegerField(default=0)),
                        ('settled_at', models.DateTimeField(blank=True, null=True)),
                        ('outcome', sunward.core.fields.SealedTextField(blank=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['state', 'unit_path', 'reported_at'], name='worry_waiting'), models.Index(condition=models.Q(('climbs_at__isnull', False)), fields=['climbs_at'], name='worry_climbs')],
                    },
                ),
                migrations.CreateModel(
                    name='WorryStep',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('worry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='safeguarding.worry')),
                        ('kind', models.CharField(choices=[('reported', 'Reported'), ('taken', 'Taken up'), ('filed', 'Tied to a file'), ('passed_on', 'Passed on'), ('no_action', 'Settled: nothing to be done'), ('undone', 'Last step taken back'), ('climbed', 'Nobody took it up: the next were told')], max_length=10)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
                        ('words', sunward.core.fields.SealedTextField(blank=True)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Hint',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('worry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hints', to='safeguarding.worry')),
                        ('other_worry', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='safeguarding.worry')),
                        ('other_case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='casework.case')),
                        ('points', models.PositiveSmallIntegerField()),
                        ('reasons', models.JSONField(default=list)),
                        ('state', models.CharField(choices=[('open', 'To be talked about'), ('same', 'The same child'), ('different', 'Different children')], default='open', max_length=10)),
                        ('settled_by_id', models.BigIntegerField(default=0)),
                        ('settled_at', models.DateTimeField(blank=True, null=True)),
                        ('made_at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('worry', 'other_worry'), name='hint_once_per_worry'), models.UniqueConstraint(fields=('worry', 'other_case'), name='hint_once_per_case'), models.CheckConstraint(condition=models.Q(models.Q(('other_case__isnull', False), ('other_worry', None)), models.Q(('other_case', None), ('other_worry__isnull', False)), _connector='OR'), name='hint_is_about_one_other')],
                    },
                ),
                migrations.CreateModel(
                    name='MandatoryReport',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
                        ('unit_path', models.CharField(db_index=True, max_length=80)),
                        ('worry', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='safeguarding.worry')),
                        ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='casework.case')),
                        ('emergency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='safeguarding.emergency')),
                        ('kinds', models.JSONField(default=list)),
                        ('authority', models.CharField(choices=[('police', 'Police (110)'), ('civil_affairs', 'Civil affairs, child protection station'), ('education', 'Education bureau'), ('procuratorate', 'Procuratorate'), ('womens_federation', "Women's federation"), ('hotline', '12345 hotline'), ('hospital', 'Hospital (120)')], max_length=20)),
                        ('to_whom', models.CharField(blank=True, max_length=60, verbose_name='who took it')),
                        ('found_at', models.DateTimeField()),
                        ('reported_at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('receipt', models.CharField(blank=True, max_length=60, verbose_name='receipt')),
                        ('receipt_at', models.DateTimeField(blank=True, null=True)),
                        ('words', sunward.core.fields.SealedTextField(blank=True)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('reported_at__gte', models.F('found_at'))), name='reported_after_found', violation_error_message='It was reported after it was found.')],
                    },
                ),
            ],
        ),
        append_only("safeguarding_emergencystep"),
        append_only("safeguarding_worrystep"),
    ]
