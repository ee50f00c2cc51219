from sunward.core.append_only import append_only
from sunward.core.create_tables import CreateTables
import datetime
import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('accounts', '0001_initial'),
        ('accounts', '0002_remember_one_time_passwords'),
        ('accounts', '0003_add_employment_officers'),
        ('accounts', '0004_note_absences'),
        ('accounts', '0005_add_experts'),
        ('accounts', '0006_write_office_telephones'),
        ('accounts', '0007_lead_units_on'),
        ('accounts', '0008_know_the_post_of_plan_officers'),
    ]

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        CreateTables(
            models=[
                migrations.CreateModel(
                    name='Unit',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(max_length=20, unique=True)),
                        ('name', models.CharField(max_length=60)),
                        ('short_name', models.CharField(max_length=40)),
                        ('name_key', models.CharField(blank=True, max_length=120)),
                        ('kind', models.CharField(choices=[('district', 'District'), ('department', 'Department'), ('subdistrict', 'Sub-district'), ('committee', 'Neighbourhood committee'), ('service_point', 'Service point')], max_length=20)),
                        ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='accounts.unit')),
                        ('path', models.CharField(max_length=80, unique=True)),
                        ('valid_from', models.DateField(default=datetime.date(2000, 1, 1))),
                        ('valid_until', models.DateField(blank=True, null=True)),
                        ('phone', models.CharField(blank=True, max_length=20)),
                        ('lon', models.FloatField(blank=True, null=True)),
                        ('lat', models.FloatField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['code'],
                    },
                ),
                migrations.CreateModel(
                    name='UnitSuccession',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('old_path', models.CharField(max_length=80)),
                        ('new_path', models.CharField(max_length=80)),
                        ('on', models.DateField()),
                        ('reason', models.CharField(max_length=200)),
                        ('recorded_by_id', models.BigIntegerField(default=0)),
                        ('recorded_at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('old_path', 'on'), name='unit_succeeded_once_a_day')],
                    },
                ),
                migrations.CreateModel(
                    name='User',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('password', models.CharField(max_length=128, verbose_name='password')),
                        ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                        ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                        ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                        ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                        ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                        ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                        ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                        ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                        ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                        ('name', models.CharField(max_length=60, verbose_name='name')),
                        ('language', models.CharField(default='zh-hans', max_length=10)),
                        ('is_large_type', models.BooleanField(default=False)),
                        ('has_one_time_password', models.BooleanField(default=False)),
                        ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                        ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                    ],
                    options={
                        'verbose_name': 'user',
                        'verbose_name_plural': 'users',
                        'abstract': False,
                    },
                    managers=[
                        ('objects', django.contrib.auth.models.UserManager()),
                    ],
                ),
                migrations.CreateModel(
                    name='Assignment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to=settings.AUTH_USER_MODEL)),
                        ('role', models.CharField(choices=[('district_officer', 'District programme officer'), ('supervisor', 'Sub-district child-welfare supervisor'), ('worker', 'Committee child-welfare worker'), ('employment_officer', 'Employment officer'), ('mentor', 'Neighbour mom'), ('expert', 'Expert'), ('plan_officer', 'Plan officer'), ('leader', 'Leader (figures and approved plans)'), ('auditor', 'Auditor'), ('administrator', 'System administrator')], max_length=20)),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='accounts.unit')),
                        ('from_on', models.DateField()),
                        ('until_on', models.DateField(blank=True, null=True)),
                        ('deputy_for', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deputies', to=settings.AUTH_USER_MODEL)),
                        ('reason', models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gt', models.F('from_on')), _connector='OR'), name='assignment_ends_after_it_begins', violation_error_message='The last day must come after the first.'), models.UniqueConstraint(fields=('user', 'role', 'unit', 'from_on'), name='assignment_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Absence',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='absences', to=settings.AUTH_USER_MODEL)),
                        ('from_on', models.DateField()),
                        ('until_on', models.DateField()),
                        ('reason', models.CharField(choices=[('leave', 'On leave'), ('ill', 'Ill'), ('training', 'At a training'), ('other', 'Away')], default='leave', max_length=10)),
                        ('recorded_by_id', models.BigIntegerField(default=0)),
                        ('recorded_at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('until_on__gt', models.F('from_on'))), name='absence_ends_after_it_begins', violation_error_message='The day of return comes after the first day away.')],
                    },
                ),
            ],
        ),
        append_only("accounts_unitsuccession"),
    ]
