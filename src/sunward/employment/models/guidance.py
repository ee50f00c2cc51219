"""What a talk with a jobseeker was about, and what the jobseeker said of it."""

from django.db import models

from sunward.casework.models import ServiceRecord
from sunward.core.classification import classified
from sunward.core.fields import SealedTextField
from sunward.core.models import Keyed


@classified(internal="id uid record measures", sensitive="traits diagnoses", sealed="advice")
class Guidance(Keyed):
    """Career guidance (职业指导): what stands in the way, what was advised, what follows. The talk is in the record."""

    record = models.OneToOneField(ServiceRecord, on_delete=models.CASCADE, related_name="guidance")
    traits = models.JSONField(default=list)
    diagnoses = models.JSONField(default=list)
    advice = SealedTextField(blank=True)
    measures = models.JSONField(default=list)


@classified(internal="id uid record points said_at by_id", sealed="words")
class ServiceFeedback(Keyed):
    """How content a jobseeker was with one service, from 1 to 5; `by_id` 0: said by the person alone."""

    record = models.OneToOneField(ServiceRecord, on_delete=models.CASCADE, related_name="feedback")
    points = models.PositiveSmallIntegerField()
    words = SealedTextField(blank=True)
    said_at = models.DateTimeField()
    by_id = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(points__gte=1, points__lte=5), name="service_feedback_from_one_to_five"
            ),
        ]
