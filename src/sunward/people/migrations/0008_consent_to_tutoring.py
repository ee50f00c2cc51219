from django.db import migrations, models


class Migration(migrations.Migration):
    """Consent to tutoring online is a purpose of its own."""

    dependencies = [
        ("people", "0007_drop_needless_indexes"),
    ]

    operations = [
        migrations.AlterField(
            model_name="consentrecord",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("case_file", "Keeping the file"),
                    ("matching", "Matching with a neighbour mom"),
                    ("sharing", "Sharing with the neighbour mom"),
                    ("gatherings", "Taking part in gatherings"),
                    ("tutoring", "Being tutored online"),
                ],
                max_length=20,
            ),
        ),
    ]
