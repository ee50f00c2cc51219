from sunward.core.create_tables import CreateTables
import django.db.models.deletion
import sunward.core.fields
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('gatherings', '0001_initial'),
        ('gatherings', '0002_come_by_stops'),
    ]

    dependencies = [
        ('accounts', '0001_make_tables'),
        ('accounts', '__first__'),
        ('core', '0001_make_tables'),
        ('people', '0001_make_tables'),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name='Series',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('title', models.CharField(max_length=80)),
                        ('rule', models.CharField(max_length=20)),
                        ('made_by_id', models.BigIntegerField(default=0)),
                        ('made_at', models.DateTimeField()),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Gathering',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('programme', models.CharField(max_length=30)),
                        ('kind', models.CharField(max_length=40)),
                        ('title', models.CharField(max_length=80, verbose_name='title')),
                        ('unit_path', models.CharField(db_index=True, max_length=80)),
                        ('host', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit', verbose_name='host')),
                        ('state', models.CharField(choices=[('draft', 'Being planned'), ('published', 'Published'), ('held', 'Held'), ('cancelled', 'Cancelled'), ('template', 'Template')], default='draft', max_length=10)),
                        ('mode', models.CharField(choices=[('offline', 'On site'), ('online', 'Online'), ('hybrid', 'On site and online')], default='offline', max_length=10, verbose_name='form')),
                        ('place', models.CharField(blank=True, max_length=120, verbose_name='place')),
                        ('lon', models.FloatField(blank=True, null=True)),
                        ('lat', models.FloatField(blank=True, null=True)),
                        ('online_link', models.URLField(blank=True, max_length=300, verbose_name='online link')),
                        ('places', models.PositiveIntegerField(blank=True, null=True, verbose_name='places')),
                        ('begins_on', models.DateField(blank=True, null=True)),
                        ('ends_on', models.DateField(blank=True, null=True)),
                        ('month', models.CharField(blank=True, max_length=7)),
                        ('when_note', models.CharField(blank=True, max_length=60)),
                        ('cost', models.DecimalField(decimal_places=2, default=0, max_digits=8, verbose_name='cost')),
                        ('audience', models.CharField(choices=[('everybody', 'Everybody'), ('children', 'Children with an adult'), ('pairs', 'Children and their neighbour moms'), ('mentors', 'Neighbour moms'), ('jobseekers', 'Jobseekers')], default='everybody', max_length=12, verbose_name='for whom')),
                        ('age_min', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='from age')),
                        ('age_max', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='to age')),
                        ('children_per_adult', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='children per adult')),
                        ('is_public', models.BooleanField(default=False, verbose_name='may be announced in groups')),
                        ('sign_up_until', models.DateTimeField(blank=True, null=True, verbose_name='sign up until')),
                        ('fields', models.JSONField(blank=True, default=dict)),
                        ('reported_attendance', models.PositiveIntegerField(blank=True, null=True)),
                        ('summary', models.TextField(blank=True, verbose_name='summary')),
                        ('cancel_reason', models.CharField(blank=True, max_length=200)),
                        ('series', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='gatherings', to='gatherings.series')),
                        ('copied_from_id', models.BigIntegerField(blank=True, null=True)),
                        ('source_batch_id', models.BigIntegerField(blank=True, null=True)),
                        ('made_by_id', models.BigIntegerField(default=0)),
                        ('made_at', models.DateTimeField()),
                        ('published_at', models.DateTimeField(blank=True, null=True)),
                        ('feedback_asked_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['begins_on', 'unit_path'], name='gathering_by_day'), models.Index(fields=['source_batch_id'], name='gathering_by_batch')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('begins_on', None), ('ends_on', None)), models.Q(('begins_on__isnull', False), ('ends_on__gte', models.F('begins_on'))), _connector='OR'), name='gathering_ends_after_it_begins', violation_error_message='The end must come after the beginning.'), models.CheckConstraint(condition=models.Q(('age_min', None), ('age_max', None), ('age_max__gte', models.F('age_min')), _connector='OR'), name='gathering_ages_in_order', violation_error_message='The oldest age must not be below the youngest.'), models.CheckConstraint(condition=models.Q(('children_per_adult', None), ('children_per_adult__gt', 0), _connector='OR'), name='gathering_ratio_positive', violation_error_message='One adult answers for at least one child.')],
                    },
                ),
                migrations.CreateModel(
                    name='Session',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('gathering', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to='gatherings.gathering')),
                        ('begins_at', models.DateTimeField()),
                        ('ends_at', models.DateTimeField()),
                        ('note', models.CharField(blank=True, max_length=80)),
                        ('reminded_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['begins_at'],
                        'indexes': [models.Index(fields=['begins_at'], name='session_by_time')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('begins_at'))), name='session_ends_after_it_begins', violation_error_message='The end must come after the beginning.')],
                    },
                ),
                migrations.CreateModel(
                    name='Stop',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('gathering', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stops', to='gatherings.gathering')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('title', models.CharField(max_length=60, verbose_name='stop')),
                        ('place', models.CharField(blank=True, max_length=120, verbose_name='place')),
                        ('lon', models.FloatField(blank=True, null=True)),
                        ('lat', models.FloatField(blank=True, null=True)),
                        ('minutes', models.PositiveSmallIntegerField(default=20, verbose_name='minutes')),
                        ('narration', models.TextField(blank=True, verbose_name='narration')),
                    ],
                    options={
                        'ordering': ['number'],
                        'constraints': [models.UniqueConstraint(fields=('gathering', 'number'), name='stop_number_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Steward',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('gathering', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stewards', to='gatherings.gathering')),
                        ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('name', models.CharField(blank=True, max_length=60)),
                        ('duty', models.CharField(choices=[('lead', 'Leads the gathering'), ('safety', 'Answers for safety'), ('speaker', 'Speaks'), ('registration', 'Stands at the door'), ('transport', 'Takes care of the way'), ('first_aid', 'First aid'), ('helper', 'Helps')], default='helper', max_length=12)),
                    ],
                ),
                migrations.CreateModel(
                    name='SignUp',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('gathering', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sign_ups', to='gatherings.gathering')),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sign_ups', to='people.person')),
                        ('guest_name', models.CharField(blank=True, max_length=60, verbose_name='name')),
                        ('guest_age', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='age')),
                        ('guest_phone', sunward.core.fields.SealedTextField(blank=True)),
                        ('guest_phone_index', models.CharField(blank=True, max_length=32)),
                        ('part', models.CharField(choices=[('participant', 'Participant'), ('adult', 'Accompanying adult'), ('companion', 'Companion')], default='participant', max_length=12)),
                        ('state', models.CharField(choices=[('placed', 'Has a place'), ('waiting', 'On the waiting list'), ('withdrawn', 'Withdrawn')], max_length=10)),
                        ('party', models.UUIDField()),
                        ('queue', models.PositiveBigIntegerField()),
                        ('signed_up_by', models.CharField(choices=[('staff', 'By staff'), ('self', 'By the person'), ('pair', 'By the neighbour mom, for the pair')], max_length=6)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('unit_path', models.CharField(blank=True, max_length=80)),
                        ('consent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.consentrecord')),
                        ('code', models.CharField(max_length=6)),
                        ('signed_up_at', models.DateTimeField()),
                        ('placed_at', models.DateTimeField(blank=True, null=True)),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                        ('withdraw_reason', models.CharField(blank=True, max_length=200)),
                        ('has_given_feedback', models.BooleanField(default=False)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['gathering', 'state', 'queue'], name='sign_up_in_line'), models.Index(fields=['party'], name='sign_up_by_party')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('person__isnull', False), models.Q(('state', 'withdrawn'), _negated=True)), fields=('gathering', 'person'), name='signed_up_once', violation_error_message='This person is already signed up.'), models.UniqueConstraint(fields=('gathering', 'code'), name='sign_up_code_once'), models.CheckConstraint(condition=models.Q(models.Q(('guest_name', ''), ('person__isnull', False)), models.Q(('person', None), models.Q(('guest_name', ''), _negated=True)), _connector='OR'), name='sign_up_is_a_person_or_a_guest', violation_error_message="Choose a person, or give a guest's name.")],
                    },
                ),
                migrations.CreateModel(
                    name='Attendance',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('sign_up', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='gatherings.signup')),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='gatherings.session')),
                        ('presence', models.CharField(choices=[('came', 'Came'), ('absent', 'Did not come')], max_length=8)),
                        ('checked_in_at', models.DateTimeField()),
                        ('checked_in_by', models.CharField(choices=[('list', 'On the list'), ('door', 'With the code at the door')], max_length=6)),
                        ('by_id', models.BigIntegerField(default=0)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('sign_up', 'session'), name='attendance_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Feedback',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('gathering', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='feedback', to='gatherings.gathering')),
                        ('sign_up', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='gatherings.signup')),
                        ('satisfaction', models.PositiveSmallIntegerField(verbose_name='satisfaction')),
                        ('words', sunward.core.fields.SealedTextField(blank=True, verbose_name='in your words')),
                        ('given_on', models.DateField()),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('satisfaction__gte', 1), ('satisfaction__lte', 5)), name='satisfaction_one_to_five', violation_error_message='Satisfaction is between 1 and 5.')],
                    },
                ),
                migrations.CreateModel(
                    name='Door',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('gathering', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='doors', to='gatherings.gathering')),
                        ('token_index', models.CharField(max_length=64, unique=True)),
                        ('opens_at', models.DateTimeField()),
                        ('closes_at', models.DateTimeField()),
                        ('made_by_id', models.BigIntegerField(default=0)),
                        ('wrong_tries', models.PositiveIntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name='ContactSheet',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('gathering', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contact_sheets', to='gatherings.gathering')),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField()),
                        ('expires_at', models.DateTimeField()),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='CalendarFeed',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_feeds', to=settings.AUTH_USER_MODEL)),
                        ('unit_path', models.CharField(blank=True, max_length=80)),
                        ('token_index', models.CharField(max_length=64, unique=True)),
                        ('made_at', models.DateTimeField()),
                        ('revoked_at', models.DateTimeField(blank=True, null=True)),
                        ('last_read_at', models.DateTimeField(blank=True, null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='Roadshow',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('title', models.CharField(max_length=80, verbose_name='title')),
                        ('programme', models.CharField(max_length=30)),
                        ('kind', models.CharField(max_length=40)),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
                        ('unit_path', models.CharField(db_index=True, max_length=80)),
                        ('state', models.CharField(choices=[('draft', 'Being planned'), ('published', 'Published')], default='draft', max_length=10)),
                        ('first_month', models.CharField(max_length=7)),
                        ('last_month', models.CharField(max_length=7)),
                        ('request', models.JSONField(default=dict)),
                        ('outcome', models.JSONField(blank=True, default=dict)),
                        ('proposed', models.JSONField(blank=True, default=dict)),
                        ('job', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.jobrun')),
                        ('made_by_id', models.BigIntegerField(default=0)),
                        ('made_at', models.DateTimeField()),
                        ('published_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='RoadshowSlot',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('roadshow', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slots', to='gatherings.roadshow')),
                        ('number', models.PositiveIntegerField()),
                        ('subdistrict', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
                        ('month', models.CharField(max_length=7)),
                        ('occupation', models.CharField(blank=True, max_length=60)),
                        ('day', models.DateField(blank=True, null=True)),
                        ('half_day', models.CharField(blank=True, choices=[('am', 'Morning'), ('pm', 'Afternoon')], max_length=2)),
                        ('speaker', models.CharField(blank=True, max_length=60)),
                        ('venue', models.CharField(blank=True, max_length=120)),
                        ('is_fixed', models.BooleanField(default=False)),
                        ('reasons', models.JSONField(blank=True, default=list)),
                        ('gathering', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='gatherings.gathering')),
                    ],
                    options={
                        'ordering': ['number'],
                        'constraints': [models.UniqueConstraint(fields=('roadshow', 'number'), name='roadshow_slot_once')],
                    },
                ),
            ],
        ),
    ]
