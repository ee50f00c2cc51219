"""Mentors' files, and their vetting as dated facts."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sunward.accounts.models import Unit, User
from sunward.core.classification import classified
from sunward.core.fields import SealedTextField
from sunward.core.models import Keyed, Versioned
from sunward.mentoring.enums import MentorKind, MentorState, VettingKind, VettingResult
from sunward.people.models import Person


@classified(
    internal="id uid version unit unit_path kind state capacity joined_on left_on user skills slots subjects"
    " source_batch_id student_no_index",
    personal="person occupation languages honours own_children school major",
    sealed="student_no",
)
class Mentor(Keyed, Versioned):
    """A volunteer's file. Whether she may be matched is read from her vetting facts, never stored."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="mentor")
    user = models.OneToOneField(User, null=True, blank=True, on_delete=models.PROTECT, related_name="mentor")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    unit_path = models.CharField(max_length=80, db_index=True, blank=True)
    kind = models.CharField(max_length=10, choices=MentorKind.choices, default=MentorKind.MOTHER)
    state = models.CharField(max_length=10, choices=MentorState.choices, default=MentorState.ACTIVE)
    capacity = models.PositiveSmallIntegerField(_("children she can take"), default=1)
    occupation = models.CharField(_("occupation"), max_length=80, blank=True)
    skills = models.JSONField(_("skills"), default=list, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    slots = models.JSONField(_("free times"), default=list, blank=True)
    honours = models.JSONField(_("honours"), default=list, blank=True)
    own_children = models.JSONField(_("own children's ages"), default=list, blank=True)
    school = models.CharField(_("university"), max_length=60, blank=True)
    major = models.CharField(_("major"), max_length=60, blank=True)
    subjects = models.JSONField(_("subjects"), default=list, blank=True)
    student_no = SealedTextField(blank=True)
    student_no_index = models.CharField(max_length=32, blank=True, db_index=True)
    joined_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    source_batch_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["source_batch_id"], name="mentor_by_batch")]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        return f"M{self.pk:06d}"


class VettingQuerySet(models.QuerySet["VettingFact"]):
    def of_kind(self, kind: VettingKind) -> "VettingQuerySet":
        return self.filter(kind=kind)

    def valid(self, *, on: date) -> "VettingQuerySet":
        """Clear and not expired on the day. The newest fact of a kind decides; see `mentoring.vetting`."""
        return self.filter(result=VettingResult.CLEAR, happened_on__lte=on).filter(
            Q(expires_on=None) | Q(expires_on__gt=on)
        )


@classified(internal="id mentor kind result happened_on expires_on authority receipt recorded_by_id recorded_at")
class VettingFact(models.Model):
    """One dated step of vetting, never edited: a newer one takes its place.

    Only the state, the day, the authority and the receipt; never what a record says.
    """

    mentor = models.ForeignKey(Mentor, on_delete=models.PROTECT, related_name="vetting_facts")
    kind = models.CharField(max_length=20, choices=VettingKind.choices)
    result = models.CharField(max_length=10, choices=VettingResult.choices)
    happened_on = models.DateField()
    expires_on = models.DateField(null=True, blank=True)
    authority = models.CharField(max_length=80, blank=True)
    receipt = models.CharField(max_length=60, blank=True)
    recorded_by_id = models.BigIntegerField(default=0)
    recorded_at = models.DateTimeField()

    objects = VettingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["mentor", "kind", "-happened_on"], name="vetting_by_mentor")]
