from django.db import migrations

from sunward.core.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("safeguarding", "0001_initial")]

    operations = [append_only("safeguarding_emergencystep")]
