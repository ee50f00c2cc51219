"""Visits within a match, and what is typed of one so far."""

from django.db import models
from django.db.models import Q

from sunward.accounts.models import User
from sunward.casework.models import ServiceRecord
from sunward.core.classification import classified
from sunward.core.fields import SealedTextField
from sunward.core.models import Keyed
from sunward.mentoring.enums import VisitMood
from sunward.mentoring.models.matches import Match


@classified(
    internal="id match record corrects next_on read_by read_at",
    sensitive="company mood needs_noticed",
)
class Visit(models.Model):
    """A service record made within a match. A correction is a new visit; the record it `corrects` is withdrawn."""

    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="visits")
    record = models.OneToOneField(ServiceRecord, on_delete=models.PROTECT, related_name="visit")
    company = models.JSONField(default=list, blank=True)
    mood = models.CharField(max_length=10, choices=VisitMood.choices, blank=True)
    needs_noticed = models.JSONField(default=list, blank=True)
    next_on = models.DateField(null=True, blank=True)
    # The first of the staff who has read it: a mentor sees that somebody does.
    read_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by"
    )

    class Meta:
        indexes = [models.Index(fields=["match"], condition=Q(read_at=None), name="visit_unread")]


@classified(internal="id uid match author updated_at", sealed="body")
class VisitDraft(Keyed):
    """What a mentor has typed so far, kept on the server: one per match and author. `body` is sealed JSON."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="drafts")
    author = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    body = SealedTextField(blank=True)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["match", "author"], name="one_draft_per_match")]


@classified(internal="id uid visit by written_at", sealed="words")
class VisitAnswer(Keyed):
    """What somebody of the staff, or the mentor after her, wrote under a visit."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="answers")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    words = SealedTextField()
    written_at = models.DateTimeField()


@classified(
    internal="id uid match by set_out_at expected_back_at back_at rung alerted_at closed_by_id closed_at",
    sealed="words",
)
class SafeReturn(Keyed):
    """A mentor on her way to a home: when she expects to be back, and the tap that says she is.

    After the grace period without it the worker, and whoever stands in for her, is told; `rung` counts who has been.
    Somebody of the staff may end the waiting instead of her, with `words`.
    """

    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="safe_returns")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_out_at = models.DateTimeField()
    expected_back_at = models.DateTimeField()
    back_at = models.DateTimeField(null=True, blank=True)
    rung = models.PositiveSmallIntegerField(default=0)
    alerted_at = models.DateTimeField(null=True, blank=True)
    closed_by_id = models.BigIntegerField(default=0)
    closed_at = models.DateTimeField(null=True, blank=True)
    words = SealedTextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["match", "by"], condition=Q(back_at=None, closed_at=None), name="one_way_at_a_time"
            )
        ]
        indexes = [
            models.Index(fields=["expected_back_at"], condition=Q(back_at=None, closed_at=None), name="way_open")
        ]
