"""Visits within a match, and what is typed of one so far."""

from django.db import models

from sunward.accounts.models import User
from sunward.casework.models import ServiceRecord
from sunward.core.classification import classified
from sunward.core.fields import SealedTextField
from sunward.core.models import Keyed
from sunward.mentoring.models.matches import Match


@classified(internal="id match record corrects")
class Visit(models.Model):
    """A service record made within a match. A correction is a new visit; the record it `corrects` is withdrawn."""

    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="visits")
    record = models.OneToOneField(ServiceRecord, on_delete=models.PROTECT, related_name="visit")
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by"
    )


@classified(internal="id uid match author updated_at", sealed="body")
class VisitDraft(Keyed):
    """What a mentor has typed so far, kept on the server: one per match and author. `body` is sealed JSON."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="drafts")
    author = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    body = SealedTextField(blank=True)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["match", "author"], name="one_draft_per_match")]
