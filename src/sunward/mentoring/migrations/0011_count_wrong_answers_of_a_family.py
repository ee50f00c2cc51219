from django.db import migrations, models


class Migration(migrations.Migration):
    """Five wrong answers close the family's link."""

    dependencies = [
        ("mentoring", "0010_tutor_online"),
    ]

    operations = [
        migrations.AddField(
            model_name="tutoring",
            name="family_link_failures",
            field=models.PositiveSmallIntegerField(default=0),
        ),
    ]
