"""A meeting: what it asked, who spoke and proposed what, and what was decided."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sunward.accounts.models import Unit
from sunward.blueprint.enums import Answer, MeetingState
from sunward.core.classification import classified
from sunward.core.models import AppendOnly, Keyed, Versioned


@classified(
    internal="id uid version unit unit_path title met_on venue attended answers_due_on state made_by_id made_at"
    " approved_on approved_at approved_by_id papers looks_at",
    personal="chair",
)
class Meeting(Keyed, Versioned):
    """`answers_due_on`: by when every proposal gets its answer. `papers`: of each paper that was read its kind, name,
    SHA-256 digest and the codes of what is to be looked at in the whole (`reading.wording`). `looks_at`: the plan of
    which it is a stocktake (推进会)."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit_path = models.CharField(max_length=80, db_index=True)
    title = models.CharField(_("title"), max_length=120)
    met_on = models.DateField(_("day of the meeting"))
    venue = models.CharField(_("place"), max_length=120, blank=True)
    chair = models.CharField(_("chair"), max_length=60, blank=True)
    attended = models.CharField(_("who attended"), max_length=200, blank=True)
    answers_due_on = models.DateField(_("proposals answered by"))
    state = models.CharField(max_length=10, choices=MeetingState.choices, default=MeetingState.DRAFT)
    made_by_id = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()
    approved_on = models.DateField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by_id = models.BigIntegerField(default=0)
    papers = models.JSONField(null=True, blank=True)
    looks_at = models.ForeignKey(
        "blueprint.DeliveryPlan", null=True, blank=True, on_delete=models.PROTECT, related_name="stocktakes"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft", approved_at=None, approved_on=None)
                | Q(state="approved", approved_at__isnull=False, approved_on__isnull=False),
                name="meeting_approved_on_a_day",
                violation_error_message=_("A meeting is approved on a day."),
            ),
            models.CheckConstraint(
                condition=Q(answers_due_on__gte=F("met_on")),
                name="proposals_answered_after_the_meeting",
                violation_error_message=_("Proposals cannot be answered before the meeting."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_approved(self) -> bool:
        return self.state == MeetingState.APPROVED


@classified(internal="id meeting number text")
class MeetingQuestion(models.Model):
    """One of the questions that the meeting asked (三问); every line of work answers one of them."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="questions", db_index=False)
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="question_numbered_once")]

    def __str__(self) -> str:
        return self.text


@classified(internal="id meeting number unit unit_path unit_written", personal="name")
class Speaker(models.Model):
    """Who spoke, for which unit. `unit_written` is what the paper called a unit that nobody knew."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="speakers", db_index=False)
    number = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    unit_path = models.CharField(max_length=80, blank=True)
    unit_written = models.CharField(max_length=60, blank=True)
    name = models.CharField(_("name"), max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="speaker_numbered_once")]

    def __str__(self) -> str:
        return f"{self.unit or self.unit_written}"


class MeetingProposalQuerySet(models.QuerySet["MeetingProposal"]):
    def unanswered(self) -> "MeetingProposalQuerySet":
        return self.filter(answer="")

    def overdue(self, *, on: date) -> "MeetingProposalQuerySet":
        """Without an answer after the day by which every proposal gets one."""
        return self.unanswered().filter(meeting__answers_due_on__lt=on)


@classified(
    internal="id uid version meeting speaker number text answer reason merged_into answered_on answered_at"
    " answered_by_id"
)
class MeetingProposal(Keyed, Versioned):
    """What a speaker proposed. Without an answer it waits; the proposer stays named whatever the answer is."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="proposals", db_index=False)
    speaker = models.ForeignKey(Speaker, on_delete=models.PROTECT, related_name="proposals")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=400)
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="joined")
    answered_on = models.DateField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by_id = models.BigIntegerField(default=0)

    objects = MeetingProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="proposal_numbered_once"),
            models.CheckConstraint(
                condition=Q(answer="", reason="", answered_on=None)
                | (~Q(answer="") & ~Q(reason="") & Q(answered_on__isnull=False)),
                name="proposal_answered_with_a_reason",
                violation_error_message=_("Every answer has its reason and its day."),
            ),
            models.CheckConstraint(
                condition=Q(answer="merged", merged_into__isnull=False) | (~Q(answer="merged") & Q(merged_into=None)),
                name="proposal_merged_into_another",
                violation_error_message=_("Say which proposal it was merged with."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
                name="proposal_not_merged_with_itself",
                violation_error_message=_("A proposal cannot be merged with itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


@classified(internal="id uid meeting number topic text instead_of decided_on recorded_at recorded_by_id")
class Decision(Keyed, AppendOnly):
    """What was decided, as approved. Never edited: what is decided otherwise later is another decision, which names
    the one that it takes the place of (`instead_of`)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions", db_index=False)
    number = models.PositiveSmallIntegerField()
    topic = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    instead_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="otherwise")
    decided_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by_id = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="decision_numbered_once")]

    def __str__(self) -> str:
        return self.topic or f"{self.number}"
