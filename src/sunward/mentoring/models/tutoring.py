"""Tutoring online: one child and one student, their weekly sessions, and the steps of its life."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sunward.casework.models import Case, ServiceRecord
from sunward.core.classification import classified
from sunward.core.fields import SealedTextField
from sunward.core.models import AppendOnly, Keyed, Versioned
from sunward.mentoring.models.mentors import Mentor
from sunward.mentoring.tutoring.enums import LIVE_TUTORING, SessionMood, SessionState, TutoringState


class TutoringQuerySet(models.QuerySet["Tutoring"]):
    def live(self) -> "TutoringQuerySet":
        return self.filter(state__in=LIVE_TUTORING)


@classified(
    internal="id uid version case mentor unit_path state weekday begins minutes subjects proposed_on student_agreed_on"
    " running_from_on term_until_on ended_on end_reason pause_reason proposal_id approved_by_id is_override"
    " family_token_index family_link_made_at family_link_until_on family_link_failures",
    sensitive="override_reason",
    sealed="link helpful",
)
class Tutoring(Keyed, Versioned):
    """One child and one student, every week at one hour. `state` fixes what the student may see.

    `weekday` counts from Monday, 0; `begins` is Shanghai time. The guardian's consent is read from the consent records
    whenever it is needed, never copied. `helpful` are words that the worker has released to the student. Of the
    family's page only the blind index of its link is kept; `family_link_failures` counts wrong answers behind it.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tutorings")
    mentor = models.ForeignKey(Mentor, on_delete=models.PROTECT, related_name="tutorings")
    unit_path = models.CharField(max_length=80, db_index=True)
    state = models.CharField(max_length=10, choices=TutoringState.choices, default=TutoringState.PROPOSED)
    weekday = models.PositiveSmallIntegerField(_("day of the week"), null=True, blank=True)
    begins = models.TimeField(_("begins at"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=60)
    subjects = models.JSONField(_("subjects"), default=list, blank=True)
    proposed_on = models.DateField()
    student_agreed_on = models.DateField(null=True, blank=True)
    running_from_on = models.DateField(null=True, blank=True)
    term_until_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=40, blank=True)
    pause_reason = models.CharField(max_length=40, blank=True)
    proposal_id = models.BigIntegerField(null=True, blank=True)
    approved_by_id = models.BigIntegerField(default=0)
    is_override = models.BooleanField(default=False)
    override_reason = models.CharField(max_length=300, blank=True)
    link = SealedTextField(blank=True)
    helpful = SealedTextField(blank=True)
    family_token_index = models.CharField(max_length=64, blank=True)
    family_link_made_at = models.DateTimeField(null=True, blank=True)
    family_link_until_on = models.DateField(null=True, blank=True)
    family_link_failures = models.PositiveSmallIntegerField(default=0)

    objects = TutoringQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state__in=["proposed", "running", "paused"]),
                name="one_live_tutoring_per_child",
                violation_error_message=_("This child already has a student who tutors it."),
            ),
            models.UniqueConstraint(
                fields=["family_token_index"], condition=~Q(family_token_index=""), name="family_link_of_one_tutoring"
            ),
            models.CheckConstraint(
                condition=Q(state="closed", ended_on__isnull=False) | (~Q(state="closed") & Q(ended_on=None)),
                name="tutoring_closed_exactly_with_a_day",
                violation_error_message=_("A closed tutoring needs the day on which it ended."),
            ),
            models.CheckConstraint(
                condition=~Q(state="running")
                | Q(
                    weekday__isnull=False, begins__isnull=False, running_from_on__isnull=False,
                    term_until_on__isnull=False, student_agreed_on__isnull=False,
                ),
                name="running_tutoring_has_an_hour",
                violation_error_message=_("A tutoring that runs needs its weekly hour, its term and both agreements."),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["mentor", "state"], name="tutoring_by_student"),
            models.Index(fields=["state", "unit_path"], name="tutoring_by_state"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """What notices call it: they name no child."""
        return f"T{self.pk:06d}"


@classified(internal="id tutoring from_state to_state happened_on recorded_at by_id code", sensitive="reason")
class TutoringStep(AppendOnly):
    """One step of a tutoring's life. A step from a state to itself is a change of its hour or of what is agreed."""

    tutoring = models.ForeignKey(Tutoring, on_delete=models.PROTECT, related_name="steps")
    from_state = models.CharField(max_length=10, blank=True)
    to_state = models.CharField(max_length=10, choices=TutoringState.choices)
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()
    by_id = models.BigIntegerField(default=0)
    code = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=300, blank=True)


@classified(
    internal="id uid tutoring starts_at minutes state moved_from invites_guardian reminded_at record subjects"
    " reported_at reported_by_id",
    sensitive="mood cancel_reason",
    sealed="next_time",
)
class TutoringSession(Keyed):
    """One hour online. Planned ones are a calendar and may be moved; what took place is a service record as well."""

    tutoring = models.ForeignKey(Tutoring, on_delete=models.PROTECT, related_name="sessions", db_index=False)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20, choices=SessionState.choices, default=SessionState.PLANNED)
    moved_from = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(max_length=200, blank=True)
    invites_guardian = models.BooleanField(default=False)
    reminded_at = models.DateTimeField(null=True, blank=True)
    record = models.OneToOneField(
        ServiceRecord, null=True, blank=True, on_delete=models.PROTECT, related_name="tutoring_session"
    )
    subjects = models.JSONField(default=list, blank=True)
    mood = models.CharField(max_length=10, choices=SessionMood.choices, blank=True)
    next_time = SealedTextField(blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)
    reported_by_id = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tutoring", "starts_at"], name="one_session_at_a_time")]
        indexes = [
            models.Index(fields=["starts_at"], condition=Q(state="planned"), name="session_planned"),
        ]

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)
