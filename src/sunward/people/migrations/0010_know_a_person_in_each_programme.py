from django.db import migrations, models

FIRST = "mentoring"


def say_whose(apps, schema_editor):
    """Neighbour Mom was alone until now, but for whoever has files of another programme only."""
    persons = apps.get_model("people", "Person").objects
    cases = apps.get_model("casework", "Case").objects
    persons.update(programme=FIRST)
    own = cases.filter(programme=FIRST).values("person")
    for programme in cases.exclude(programme=FIRST).order_by().values_list("programme", flat=True).distinct():
        only = persons.filter(pk__in=cases.filter(programme=programme).values("person")).exclude(pk__in=own)
        only.filter(wardships=None, memberships=None).update(programme=programme)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0009_consent_to_photographs"),
        ("casework", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="programme",
            field=models.CharField(blank=True, default="", max_length=30),
            preserve_default=False,
        ),
        migrations.RunPython(say_whose, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="person",
            name="id_index",
            field=models.CharField(blank=True, max_length=32, null=True),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.UniqueConstraint(
                fields=("id_index", "programme"),
                name="one_person_of_a_number",
                violation_error_message="This document number belongs to another person.",
            ),
        ),
    ]
