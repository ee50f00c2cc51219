from sunward.core.create_tables import CreateTables
import django.db.models.deletion
import sunward.core.fields
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('people', '0001_initial'),
        ('people', '0002_index_what_is_looked_up'),
        ('people', '0003_find_by_name_and_phone'),
        ('people', '0004_index_what_is_there'),
        ('people', '0005_one_home_at_a_time'),
        ('people', '0006_add_consent_to_gatherings'),
        ('people', '0007_drop_needless_indexes'),
        ('people', '0008_consent_to_tutoring'),
        ('people', '0009_consent_to_photographs'),
        ('people', '0010_know_a_person_in_each_programme'),
        ('people', '0011_consent_to_telling_a_story'),
        ('people', '0012_index_how_names_sound'),
    ]

    dependencies = [
        ('accounts', '0001_make_tables'),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name='Person',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('programme', models.CharField(blank=True, max_length=30)),
                        ('name', models.CharField(max_length=80, verbose_name='name')),
                        ('name_key', models.CharField(blank=True, max_length=160)),
                        ('sex', models.CharField(blank=True, choices=[('F', 'Female'), ('M', 'Male')], max_length=1, verbose_name='sex')),
                        ('birth_date', models.DateField(blank=True, null=True, verbose_name='date of birth')),
                        ('birth_precision', models.CharField(choices=[('day', 'day'), ('month', 'month'), ('year', 'year')], default='day', max_length=5)),
                        ('id_kind', models.CharField(blank=True, choices=[('resident_id', 'Resident ID'), ('hmt_residence_permit', 'Residence permit of Hong Kong, Macao or Taiwan residents'), ('permanent_resident_id', 'Foreign permanent resident ID'), ('passport', 'Passport')], max_length=24)),
                        ('id_number', sunward.core.fields.SealedTextField(blank=True)),
                        ('id_index', models.CharField(blank=True, max_length=32, null=True)),
                        ('phone', sunward.core.fields.SealedTextField(blank=True)),
                        ('phone_index', models.CharField(blank=True, max_length=32)),
                        ('address', sunward.core.fields.SealedTextField(blank=True)),
                        ('unit', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
                        ('unit_path', models.CharField(blank=True, max_length=80)),
                        ('lon', models.FloatField(blank=True, null=True)),
                        ('lat', models.FloatField(blank=True, null=True)),
                        ('pseudonym', models.CharField(max_length=24)),
                        ('merged_into', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='people.person')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['name'], name='person_by_name'), models.Index(fields=['name_key'], name='person_by_sound'), models.Index(fields=['phone_index', 'name'], name='person_by_phone'), models.Index(condition=models.Q(('merged_into__isnull', False)), fields=['merged_into'], name='person_merged')],
                        'constraints': [models.UniqueConstraint(fields=('id_index', 'programme'), name='one_person_of_a_number', violation_error_message='This document number belongs to another person.')],
                    },
                ),
                migrations.CreateModel(
                    name='Household',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
                        ('unit_path', models.CharField(blank=True, db_index=True, max_length=80)),
                        ('note', models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='HouseholdMember',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('household', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='people.household')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='people.person')),
                        ('role', models.CharField(blank=True, max_length=40)),
                        ('from_on', models.DateField(blank=True, null=True)),
                        ('until_on', models.DateField(blank=True, null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('until_on__isnull', True)), fields=('person',), name='one_home_at_a_time')],
                    },
                ),
                migrations.CreateModel(
                    name='Guardianship',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='guardianships', to='people.person')),
                        ('guardian', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wardships', to='people.person')),
                        ('relation', models.CharField(blank=True, max_length=20, verbose_name='relation')),
                        ('lives_together', models.BooleanField(null=True)),
                        ('is_primary', models.BooleanField(default=True)),
                        ('from_on', models.DateField(blank=True, null=True)),
                        ('until_on', models.DateField(blank=True, null=True)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('child', models.F('guardian')), _negated=True), name='nobody_is_own_guardian', violation_error_message='A person cannot be their own guardian.')],
                    },
                ),
                migrations.CreateModel(
                    name='ConsentRecord',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='people.person')),
                        ('purpose', models.CharField(choices=[('case_file', 'Keeping the file'), ('matching', 'Matching with a neighbour mom'), ('sharing', 'Sharing with the neighbour mom'), ('gatherings', 'Taking part in gatherings'), ('tutoring', 'Being tutored online'), ('photographs', 'Being photographed at gatherings'), ('story', 'Telling the own story under another name')], max_length=20)),
                        ('legal_basis', models.CharField(choices=[('consent', 'Consent'), ('statutory_duty', 'Statutory duty'), ('emergency', 'Emergency protection')], max_length=20)),
                        ('given_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='consents_given', to='people.person')),
                        ('given_on', models.DateField()),
                        ('expires_on', models.DateField(blank=True, null=True)),
                        ('withdrawn_on', models.DateField(blank=True, null=True)),
                        ('note', models.CharField(blank=True, max_length=200)),
                        ('recorded_by_id', models.BigIntegerField(default=0)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['person', 'purpose'], name='consent_by_person'), models.Index(condition=models.Q(('given_by__isnull', False)), fields=['given_by'], name='consent_by_giver')],
                    },
                ),
                migrations.CreateModel(
                    name='PossibleDuplicate',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('first', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                        ('second', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                        ('points', models.PositiveSmallIntegerField()),
                        ('reasons', models.JSONField(default=list)),
                        ('state', models.CharField(choices=[('open', 'To be looked at'), ('same', 'Same person'), ('different', 'Two persons')], default='open', max_length=10)),
                        ('decided_by_id', models.BigIntegerField(default=0)),
                        ('decided_at', models.DateTimeField(blank=True, null=True)),
                        ('unit_path', models.CharField(blank=True, db_index=True, max_length=80)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('first', 'second'), name='duplicate_pair_once')],
                    },
                ),
            ],
        ),
    ]
