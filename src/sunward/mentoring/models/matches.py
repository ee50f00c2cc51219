"""Matches, each with the steps of its life."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sunward.accounts.models import User
from sunward.casework.models import Case
from sunward.core.classification import classified
from sunward.core.fields import SealedTextField
from sunward.core.models import AppendOnly, Keyed, Versioned
from sunward.mentoring.enums import LIVE_STATES, MatchState
from sunward.mentoring.models.mentors import Mentor


class MatchQuerySet(models.QuerySet["Match"]):
    def live(self) -> "MatchQuerySet":
        return self.filter(state__in=LIVE_STATES)


@classified(
    internal="id uid version case mentor state proposed_on trial_from_on trial_until_on active_from_on"
    " agreement_signed_on first_meeting_with handover_until_on ended_on farewell_on end_reason pause_reason proposal_id"
    " approved_by_id unit_path is_override follows is_child_again is_mentor_again",
    personal="agreed_times",
    sensitive="override_reason",
    sealed="farewell_words",
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
    # Who of the staff is there when they meet for the first time, and when all three have signed.
    first_meeting_with = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    agreement_signed_on = models.DateField(null=True, blank=True)
    handover_until_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    farewell_on = models.DateField(null=True, blank=True)
    farewell_words = SealedTextField(blank=True)
    # After the end: would the child, would she be matched again? Nobody has said as long as it is empty.
    is_child_again = models.BooleanField(null=True)
    is_mentor_again = models.BooleanField(null=True)
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
