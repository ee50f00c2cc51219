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
        ('outreach', '0001_initial'),
        ('outreach', '0002_append_only'),
        ('outreach', '0003_version_wishes'),
        ('outreach', '0004_lead_a_message_to_its_page'),
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
                    name='Channel',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
                        ('unit_path', models.CharField(db_index=True, max_length=80)),
                        ('kind', models.CharField(choices=[('wecom', 'WeCom group robot'), ('dingtalk', 'DingTalk group robot'), ('feishu', 'Feishu group robot'), ('sms', 'Text message'), ('email', 'E-mail'), ('in_app', 'In Sunward')], max_length=10, verbose_name='kind')),
                        ('name', models.CharField(max_length=60, verbose_name='name')),
                        ('address', sunward.core.fields.SealedTextField(blank=True)),
                        ('secret', sunward.core.fields.SealedTextField(blank=True)),
                        ('sender', models.CharField(blank=True, max_length=120, verbose_name='sender')),
                        ('template', models.CharField(blank=True, max_length=60, verbose_name='template')),
                        ('per_minute', models.PositiveSmallIntegerField(default=20, verbose_name='messages a minute')),
                        ('is_active', models.BooleanField(default=True)),
                        ('paused_until', models.DateTimeField(blank=True, null=True)),
                        ('last_error', models.CharField(blank=True, max_length=60)),
                        ('made_by_id', models.BigIntegerField(default=0)),
                        ('made_at', models.DateTimeField()),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Group',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
                        ('unit_path', models.CharField(db_index=True, max_length=80)),
                        ('name', models.CharField(max_length=60, verbose_name='name')),
                        ('channel', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='outreach.channel')),
                        ('topics', models.JSONField(blank=True, default=list, verbose_name='topics')),
                        ('is_active', models.BooleanField(default=True)),
                        ('made_at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('is_active', True)), fields=('channel',), name='robot_serves_one_group', violation_error_message='A robot writes to one group.')],
                    },
                ),
                migrations.CreateModel(
                    name='Digest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='digests', to='outreach.group')),
                        ('unit_path', models.CharField(db_index=True, max_length=80)),
                        ('state', models.CharField(choices=[('draft', 'To be approved'), ('approved', 'Approved'), ('discarded', 'Discarded')], default='draft', max_length=10)),
                        ('composed_on', models.DateField()),
                        ('composed_by_id', models.BigIntegerField(default=0)),
                        ('composed_at', models.DateTimeField()),
                        ('intro', models.CharField(blank=True, max_length=200, verbose_name='opening words')),
                        ('sections', models.JSONField(default=list)),
                        ('left_out', models.JSONField(blank=True, default=list)),
                        ('parts', models.JSONField(default=list)),
                        ('fingerprint', models.CharField(blank=True, max_length=64)),
                        ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('approved_at', models.DateTimeField(blank=True, null=True)),
                        ('discarded_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'draft')), fields=('group',), name='one_draft_for_a_group')],
                    },
                ),
                migrations.CreateModel(
                    name='Message',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('key', models.CharField(max_length=120, unique=True)),
                        ('channel', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='outreach.channel')),
                        ('channel_kind', models.CharField(choices=[('wecom', 'WeCom group robot'), ('dingtalk', 'DingTalk group robot'), ('feishu', 'Feishu group robot'), ('sms', 'Text message'), ('email', 'E-mail'), ('in_app', 'In Sunward')], max_length=10)),
                        ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='outreach.group')),
                        ('digest', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='outreach.digest')),
                        ('letter', models.UUIDField(default=uuid.uuid4, editable=False)),
                        ('format', models.CharField(choices=[('text', 'Plain text'), ('markdown', 'Markdown')], default='text', max_length=10)),
                        ('part', models.PositiveSmallIntegerField(default=1)),
                        ('parts', models.PositiveSmallIntegerField(default=1)),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='people.person')),
                        ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to=settings.AUTH_USER_MODEL)),
                        ('purpose', models.CharField(blank=True, choices=[('gathering', 'Gatherings: places, changes, reminders'), ('visit', 'Visits and follow-ups'), ('recommendation', 'Recommendations of jobs and courses'), ('duty', 'What waits for staff'), ('urgent', 'Urgent')], max_length=16)),
                        ('reference', models.CharField(blank=True, max_length=40)),
                        ('about', models.CharField(blank=True, max_length=40)),
                        ('about_id', models.BigIntegerField(blank=True, null=True)),
                        ('path', models.CharField(blank=True, max_length=200)),
                        ('body', sunward.core.fields.SealedTextField()),
                        ('sent_to', sunward.core.fields.SealedTextField(blank=True)),
                        ('unit_path', models.CharField(db_index=True, max_length=80)),
                        ('urgent_because', models.CharField(blank=True, max_length=200)),
                        ('state', models.CharField(choices=[('queued', 'Waiting to be sent'), ('sending', 'Being sent'), ('sent', 'Sent'), ('uncertain', 'Perhaps sent'), ('dead', 'Not delivered'), ('held', 'Not sent on purpose'), ('dropped', 'Dropped by a person')], default='queued', max_length=10)),
                        ('held_because', models.CharField(blank=True, choices=[('quiet_hours', 'Quiet hours'), ('opted_out', 'The person wishes no such messages'), ('suspended', 'Reminders are suspended for this person'), ('ceiling', 'The person has had enough messages for now'), ('no_address', 'No number or address is known'), ('no_channel', 'The unit has no such channel')], max_length=12)),
                        ('not_before', models.DateTimeField(blank=True, null=True)),
                        ('attempts', models.PositiveSmallIntegerField(default=0)),
                        ('failures', models.PositiveSmallIntegerField(default=0)),
                        ('next_at', models.DateTimeField()),
                        ('claimed_by', models.CharField(blank=True, max_length=64)),
                        ('claimed_at', models.DateTimeField(blank=True, null=True)),
                        ('sent_at', models.DateTimeField(blank=True, null=True)),
                        ('arrived_at', models.DateTimeField(blank=True, null=True)),
                        ('receipt', models.CharField(blank=True, max_length=120)),
                        ('last_error', models.CharField(blank=True, max_length=60)),
                        ('made_at', models.DateTimeField()),
                        ('made_by_id', models.BigIntegerField(default=0)),
                        ('read_at', models.DateTimeField(blank=True, null=True)),
                        ('expires_at', models.DateTimeField(blank=True, null=True)),
                        ('wrong_tries', models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['channel', 'state', 'id'], name='message_by_channel'), models.Index(fields=['state', 'next_at'], name='message_due'), models.Index(condition=models.Q(('group__isnull', False)), fields=['group', 'state', 'id'], name='message_in_line'), models.Index(condition=models.Q(('group__isnull', False)), fields=['letter', 'part'], name='message_by_letter'), models.Index(condition=models.Q(('digest__isnull', False)), fields=['digest', 'part'], name='message_by_digest'), models.Index(condition=models.Q(('user__isnull', False)), fields=['user', '-made_at'], name='message_inbox'), models.Index(condition=models.Q(('person__isnull', False)), fields=['person', '-made_at'], name='message_by_person')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('group__isnull', False), ('person', None), ('user', None)), models.Q(('group', None), ('person__isnull', False)), models.Q(('group', None), ('user__isnull', False)), _connector='OR'), name='message_has_one_addressee', violation_error_message='A message goes to one group or to one person.')],
                    },
                ),
                migrations.CreateModel(
                    name='Delivery',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('message', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='outreach.message')),
                        ('channel', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outreach.channel')),
                        ('attempt_number', models.PositiveSmallIntegerField()),
                        ('happened_at', models.DateTimeField()),
                        ('outcome', models.CharField(choices=[('sent', 'Sent'), ('limited', 'The channel asked to wait'), ('failed', 'Failed, to be tried again'), ('refused', 'Refused for good'), ('unknown', 'Perhaps sent'), ('arrived', 'Arrived'), ('not_arrived', 'Did not arrive')], max_length=12)),
                        ('code', models.CharField(blank=True, max_length=60)),
                        ('receipt', models.CharField(blank=True, max_length=120)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['channel', 'happened_at'], name='delivery_rate')],
                    },
                ),
                migrations.CreateModel(
                    name='Preference',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='preferences', to='people.person')),
                        ('channel_kind', models.CharField(blank=True, choices=[('wecom', 'WeCom group robot'), ('dingtalk', 'DingTalk group robot'), ('feishu', 'Feishu group robot'), ('sms', 'Text message'), ('email', 'E-mail'), ('in_app', 'In Sunward')], max_length=10)),
                        ('opted_out_of', models.JSONField(blank=True, default=list)),
                        ('quiet_from', models.TimeField(blank=True, null=True)),
                        ('quiet_until', models.TimeField(blank=True, null=True)),
                        ('ceiling_per_week', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('email', sunward.core.fields.SealedTextField(blank=True)),
                        ('updated_at', models.DateTimeField()),
                        ('updated_by_id', models.BigIntegerField(default=0)),
                    ],
                    options={
                        'ordering': ['-updated_at', '-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Suspension',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='suspensions', to='people.person')),
                        ('reason', models.CharField(max_length=200)),
                        ('from_on', models.DateField()),
                        ('until_on', models.DateField(blank=True, null=True)),
                        ('made_by_id', models.BigIntegerField(default=0)),
                        ('made_at', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ],
                ),
            ],
        ),
        append_only("outreach_delivery"),
    ]
