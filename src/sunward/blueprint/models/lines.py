"""Lines of a paper as they were read, until a person has confirmed each of them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sunward.accounts.models import Unit
from sunward.blueprint.enums import Comparison, LineState
from sunward.blueprint.models.meetings import Decision, Meeting, MeetingQuestion
from sunward.core.classification import classified
from sunward.core.models import Keyed, Versioned


@classified(
    internal="id uid version meeting is_decision number place section goal text lead joint_codes marks unknown open"
    " due_on review_on due_written target_text target_number target_unit target_comparison question instead_of state"
    " confirmed_at confirmed_by_id",
    personal="officer_written",
)
class PaperLine(Keyed, Versioned):
    """What minutes (`is_decision`) or a breakdown say about one line of work.

    `joint_codes` are codes of units. `marks`: words for several units, with whom each may stand for; `unknown`: names
    that nobody knows; `open`: what is left to a person, as field and code. All three empty once it is confirmed.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="lines", db_index=False)
    is_decision = models.BooleanField(default=True)
    number = models.PositiveSmallIntegerField()
    place = models.PositiveIntegerField()
    section = models.CharField(max_length=120, blank=True)
    goal = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    lead = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    joint_codes = models.JSONField(default=list)
    marks = models.JSONField(default=list)
    unknown = models.JSONField(default=list)
    open = models.JSONField(default=list)
    officer_written = models.CharField(max_length=60, blank=True)
    due_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    due_written = models.CharField(max_length=120, blank=True)
    target_text = models.CharField(max_length=200, blank=True)
    target_number = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    target_unit = models.CharField(max_length=20, blank=True)
    target_comparison = models.CharField(max_length=10, choices=Comparison.choices, blank=True)
    question = models.ForeignKey(MeetingQuestion, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    instead_of = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    state = models.CharField(max_length=10, choices=LineState.choices, default=LineState.OPEN)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by_id = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "is_decision", "number"], name="paper_line_numbered_once"),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(lead__isnull=False, question__isnull=False),
                name="confirmed_line_has_a_lead_and_a_question",
                violation_error_message=_("A line of work has one lead unit and answers one question."),
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed")
                | Q(due_on__isnull=False, review_on=None)
                | Q(due_on=None, review_on__isnull=False),
                name="confirmed_line_has_an_end_or_a_review",
                violation_error_message=_("Set the deadline, or for what has no end the day of its next review."),
            ),
        ]
