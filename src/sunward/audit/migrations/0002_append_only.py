from django.db import migrations

from sunward.core.append_only import append_only


class Migration(migrations.Migration):
    """The database itself refuses to change or delete these rows."""

    dependencies = [("audit", "0001_initial")]
    operations = [append_only("audit_auditentry")]
