from django.db import migrations, models


class Migration(migrations.Migration):
    """Nobody looks a person up by the unit."""

    dependencies = [
        ("people", "0006_add_consent_to_gatherings"),
    ]

    operations = [
        migrations.AlterField(
            model_name="person",
            name="unit_path",
            field=models.CharField(blank=True, max_length=80),
        ),
    ]
