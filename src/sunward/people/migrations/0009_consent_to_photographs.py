from django.db import migrations, models


class Migration(migrations.Migration):
    """Nobody photographs a child at a gathering without consent to that alone."""

    dependencies = [
        ("people", "0008_consent_to_tutoring"),
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
                    ("photographs", "Being photographed at gatherings"),
                ],
                max_length=20,
            ),
        ),
    ]
