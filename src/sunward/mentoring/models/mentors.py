"""Mentors' files, and their vetting as dated facts."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sunward.accounts.models import Unit, User
from sunward.core.classification import classified
from sunward.core.fields import SealedTextField
from sunward.core.models import Keyed, Versioned
from sunward.mentoring.enums import (
    OPEN_APPLICATION_STATES,
    ApplicationState,
    DeclineReason,
    LeaveReason,
    MentorKind,
    MentorState,
    VettingKind,
    VettingResult,
)
from sunward.people.models import Person


@classified(
    internal="id uid version unit unit_path kind state capacity joined_on agreed_on left_on leave_reason user skills"
    " slots subjects stages source_batch_id student_no_index",
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
    stages = models.JSONField(_("school stages"), default=list, blank=True)
    student_no = SealedTextField(blank=True)
    student_no_index = models.CharField(max_length=32, blank=True, db_index=True)
    joined_on = models.DateField(null=True, blank=True)
    agreed_on = models.DateField(_("agreement signed on"), null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    leave_reason = models.CharField(max_length=20, choices=LeaveReason.choices, blank=True)
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


@classified(
    internal="id uid version unit unit_path state applied_at decided_by_id decided_on decline_reason mentor"
    " phone_index id_index recorded_by_id skills slots",
    personal="name birth_date sex occupation languages own_children",
    sealed="phone id_number motive",
)
class MentorApplication(Keyed, Versioned):
    """Somebody who would like to become a neighbour mom: what she says of herself before anybody has seen her papers.

    Written by herself on the public page or by a worker at her side (`recorded_by_id`). Accepted, it becomes a file;
    neither accepted nor taken back, it is forgotten after `rules.APPLICATION_DAYS`.
    """

    name = models.CharField(_("name"), max_length=80)
    sex = models.CharField(_("sex"), max_length=1, blank=True)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    phone = SealedTextField()
    phone_index = models.CharField(max_length=32, db_index=True)
    id_number = SealedTextField(blank=True)
    id_index = models.CharField(max_length=32, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    unit_path = models.CharField(max_length=80, db_index=True)
    occupation = models.CharField(_("occupation"), max_length=80, blank=True)
    skills = models.JSONField(_("skills"), default=list, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    slots = models.JSONField(_("free times"), default=list, blank=True)
    own_children = models.JSONField(_("own children's ages"), default=list, blank=True)
    motive = SealedTextField(blank=True)
    state = models.CharField(max_length=10, choices=ApplicationState.choices, default=ApplicationState.NEW)
    applied_at = models.DateTimeField()
    recorded_by_id = models.BigIntegerField(default=0)
    decided_by_id = models.BigIntegerField(default=0)
    decided_on = models.DateField(null=True, blank=True)
    decline_reason = models.CharField(max_length=20, choices=DeclineReason.choices, blank=True)
    mentor = models.OneToOneField(Mentor, null=True, blank=True, on_delete=models.PROTECT, related_name="application")

    class Meta:
        indexes = [models.Index(fields=["state", "applied_at"], name="application_waiting")]
        constraints = [
            # Two of one household may share a telephone; one of them applies once.
            models.UniqueConstraint(
                fields=["phone_index", "name"],
                condition=Q(state__in=["new", "invited"]),
                name="one_open_application",
                violation_error_message=_("She has applied already, and nobody has answered yet."),
            ),
        ]

    @property
    def reference(self) -> str:
        return f"A{self.pk:06d}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_APPLICATION_STATES


@classified(
    internal="id uid mentor number from_on until_on visits minutes code_index issued_at issued_by_id revoked_at"
    " revoked_by_id",
    personal="content",
    sealed="code",
)
class ServiceCertificate(Keyed):
    """What the regulation asks to be certified on request: how often and how long, of one volunteer in one period.

    All that the paper says is fixed on the day of issue (`content`), so that it says the same whenever it is printed.
    `code_index` is the blind index of number and code, by which a third party asks whether it is genuine.
    """

    mentor = models.ForeignKey(Mentor, on_delete=models.PROTECT, related_name="certificates")
    number = models.CharField(max_length=20, unique=True)
    from_on = models.DateField()
    until_on = models.DateField()
    visits = models.PositiveIntegerField()
    minutes = models.PositiveIntegerField()
    code_index = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    issued_by_id = models.BigIntegerField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by_id = models.BigIntegerField(default=0)
    code = SealedTextField(blank=True)
    content = models.JSONField(default=dict)
