"""Children's and mentors' files, vetting as dated facts, matches and visits."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sunward.accounts.models import Unit, User
from sunward.casework.models import Case, ServiceRecord
from sunward.core.classification import classified
from sunward.core.fields import SealedTextField
from sunward.core.models import AppendOnly, Keyed, Versioned
from sunward.mentoring.enums import (
    LIVE_STATES,
    GuardianshipState,
    Hardship,
    MatchState,
    MentorKind,
    MentorState,
    VettingKind,
    VettingResult,
)
from sunward.people.models import Person


@classified(
    internal="id case willing_to_pair is_studying",
    personal="languages school_stage",
    sensitive="guardianship hardship",
)
class ChildProfile(models.Model):
    """What Neighbour Mom knows of a child beyond the file itself."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="child")
    guardianship = models.CharField(_("guardianship"), max_length=16, choices=GuardianshipState.choices, blank=True)
    hardship = models.CharField(_("hardship"), max_length=20, choices=Hardship.choices, blank=True)
    school_stage = models.CharField(_("schooling"), max_length=40, blank=True)
    is_studying = models.BooleanField(null=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    willing_to_pair = models.BooleanField(_("wishes a neighbour mom"), null=True)


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


class MatchQuerySet(models.QuerySet["Match"]):
    def live(self) -> "MatchQuerySet":
        return self.filter(state__in=LIVE_STATES)


@classified(
    internal="id uid version case mentor state proposed_on trial_from_on trial_until_on active_from_on"
    " handover_until_on ended_on end_reason pause_reason proposal_id approved_by_id unit_path is_override follows",
    personal="agreed_times",
    sensitive="override_reason",
)
class Match(Keyed, Versioned):
    """One child and one mentor, through its life. `state` fixes what the mentor may read and write.

    A trial begins with the first meeting, `trial_from_on`. In a handover she may read and write up to and including
    `handover_until_on`; the match that takes over `follows` this one.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="matches")
    mentor = models.ForeignKey(Mentor, on_delete=models.PROTECT, related_name="matches")
    unit_path = models.CharField(max_length=80, db_index=True)
    state = models.CharField(max_length=10, choices=MatchState.choices, default=MatchState.PROPOSED)
    proposed_on = models.DateField()
    trial_from_on = models.DateField(null=True, blank=True)
    trial_until_on = models.DateField(null=True, blank=True)
    active_from_on = models.DateField(null=True, blank=True)
    handover_until_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=40, blank=True)
    pause_reason = models.CharField(max_length=40, blank=True)
    proposal_id = models.BigIntegerField(null=True, blank=True)
    approved_by_id = models.BigIntegerField(default=0)
    is_override = models.BooleanField(default=False)
    override_reason = models.CharField(max_length=300, blank=True)
    agreed_times = models.CharField(_("agreed times"), max_length=120, blank=True)
    follows = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by")

    objects = MatchQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state__in=["proposed", "trial", "active", "paused"]),
                name="one_live_match_per_child",
                violation_error_message=_("This child already has a neighbour mom."),
            ),
            models.CheckConstraint(
                condition=Q(state="closed", ended_on__isnull=False) | (~Q(state="closed") & Q(ended_on=None)),
                name="match_closed_exactly_with_a_day",
                violation_error_message=_("A closed match needs the day on which it ended."),
            ),
            models.CheckConstraint(
                condition=~Q(state="trial")
                | Q(
                    trial_from_on__isnull=False,
                    trial_until_on__isnull=False,
                    trial_until_on__gt=models.F("trial_from_on"),
                ),
                name="trial_has_first_meeting_and_end",
                violation_error_message=_(
                    "A trial needs the day of the first meeting and a later day on which it ends."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(state="handover") | Q(handover_until_on__isnull=False),
                name="handover_has_an_end",
                violation_error_message=_("A handover needs the day on which it ends."),
            ),
        ]
        indexes = [
            models.Index(fields=["mentor", "state"], name="match_by_mentor"),
            models.Index(fields=["state", "unit_path"], name="match_by_state"),
        ]


@classified(internal="id match from_state to_state happened_on recorded_at by_id code undoes", sensitive="reason")
class MatchStep(AppendOnly):
    """One step of a match's life. `code` is the reason in our words, `reason` in the person's own."""

    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="steps")
    from_state = models.CharField(max_length=10, blank=True)
    to_state = models.CharField(max_length=10, choices=MatchState.choices)
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()
    by_id = models.BigIntegerField(default=0)
    code = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    undoes = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="undone_by")


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
