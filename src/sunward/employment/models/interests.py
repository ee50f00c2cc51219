"""What jobseekers wish to learn (课程内容意向调研): the survey, its topics, what each answers, and what comes of it."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Least, TruncDate
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from sunward.accounts.models import Unit
from sunward.casework.models import Case
from sunward.core.classification import classified
from sunward.core.fields import SealedTextField
from sunward.core.furniture import Text
from sunward.core.models import Keyed, Versioned
from sunward.employment.course_series import CoursePart, CourseSeries
from sunward.employment.enums import InterestState
from sunward.employment.interests.merging import COMMON_FROM
from sunward.gatherings.models import Gathering


class InterestSurveyQuerySet(models.QuerySet["InterestSurvey"]):
    def open(self, *, on: date) -> "InterestSurveyQuerySet":
        """Those that take answers on the day."""
        return self.filter(state=InterestState.PUBLISHED, opens_on__lte=on, closes_on__gte=on)

    def first_ended_first(self) -> "InterestSurveyQuerySet":
        closed_on = Coalesce(TruncDate("closed_at"), "closes_on", output_field=models.DateField())
        return self.order_by(Least(closed_on, "closes_on"), "pk")

    def over(self, *, on: date) -> "InterestSurveyQuerySet":
        """What `InterestSurvey.is_over` says of one."""
        return self.filter(Q(state=InterestState.CLOSED) | Q(state=InterestState.PUBLISHED, closes_on__lt=on))


@classified(
    public="title opens_on closes_on places",
    internal="id uid version unit unit_path state common_from made_by_id made_at published_at published_by_id"
    " closed_at",
)
class InterestSurvey(Keyed, Versioned):
    """Asks the jobseekers of a unit, from `opens_on` to `closes_on`, both counted.

    `common_from`: how many have to wish the same before it becomes a session; `places` of one session.
    """

    title = models.CharField(_("title"), max_length=60)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit_path = models.CharField(max_length=80, db_index=True)
    state = models.CharField(max_length=10, choices=InterestState.choices, default=InterestState.DRAFT)
    opens_on = models.DateField()
    closes_on = models.DateField()
    places = models.PositiveSmallIntegerField(default=20)
    common_from = models.PositiveSmallIntegerField(default=COMMON_FROM)
    made_by_id = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    # Under whose name people are told.
    published_by_id = models.BigIntegerField(default=0)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = InterestSurveyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="interest_survey_ends_after_it_begins",
                violation_error_message=_("The last day must not be before the first."),
            ),
            models.CheckConstraint(
                condition=Q(places__gt=0, common_from__gt=0),
                name="interest_survey_has_places",
                violation_error_message=_("A session has a place at least, and a common wish somebody who wishes it."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> str:
        return f"I{self.pk:06d}"

    def is_open(self, on: date) -> bool:
        return self.state == InterestState.PUBLISHED and self.opens_on <= on <= self.closes_on

    @property
    def ended_on(self) -> date:
        """The last day on which somebody could answer, also of one that was closed early."""
        return min(self.closes_on, localdate(self.closed_at)) if self.closed_at else self.closes_on

    def is_over(self, on: date) -> bool:
        """Nobody answers any more: what comes of it is decided now."""
        return self.state == InterestState.CLOSED or (self.state == InterestState.PUBLISHED and self.closes_on < on)


@classified(
    public="series part words", internal="id uid survey rank declined_because declined_at declined_by_id"
)  # fmt: skip
class InterestTopic(Keyed):
    """What may be wished for: a part of the small courses, a series, or something in the office's own `words`.

    `declined_because`: why there is no course this time; everybody who wished it reads that.
    """

    survey = models.ForeignKey(InterestSurvey, on_delete=models.CASCADE, related_name="topics", db_index=False)
    rank = models.PositiveSmallIntegerField()
    series = models.CharField(max_length=10, choices=CourseSeries.choices)
    part = models.CharField(max_length=10, choices=CoursePart.choices, blank=True)
    words = models.CharField(max_length=40, blank=True)
    declined_because = models.CharField(max_length=200, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_by_id = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["rank", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "series", "part", "words"], name="interest_topic_once")
        ]

    @property
    def label(self) -> Text:
        return self.words or (CoursePart(self.part).label if self.part else CourseSeries(self.series).label)


@classified(internal="id uid version survey case said_at said_by_id")
class InterestReply(Keyed, Versioned):
    """That somebody has answered, and how often they changed it."""

    survey = models.ForeignKey(InterestSurvey, on_delete=models.PROTECT, related_name="replies", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="interest_replies")
    said_at = models.DateTimeField()
    # 0: the jobseeker, on the own page.
    said_by_id = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "case"], name="one_interest_reply")]


@classified(internal="id topic case")
class InterestAnswer(models.Model):
    """One topic that somebody wishes."""

    topic = models.ForeignKey(InterestTopic, on_delete=models.CASCADE, related_name="answers", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="interest_answers")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "case"], name="one_interest_answer")]


@classified(internal="id topic number gathering made_by_id made_at")
class InterestCourse(models.Model):
    """The session that was planned for a topic, the first, the second; a draft thrown away frees its number."""

    topic = models.ForeignKey(InterestTopic, on_delete=models.PROTECT, related_name="courses", db_index=False)
    number = models.PositiveSmallIntegerField()
    gathering = models.OneToOneField(Gathering, on_delete=models.CASCADE, related_name="interest_course")
    made_by_id = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["topic", "number"], name="one_interest_course_of_a_number")]


@classified(
    internal="id uid version survey case course made_at replied_at replied_by_id", sealed="words reply"
)  # fmt: skip
class InterestWish(Keyed, Versioned):
    """Something wished in the person's own words, and what the office answers: a course of the plan, or words."""

    survey = models.ForeignKey(InterestSurvey, on_delete=models.PROTECT, related_name="wishes")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="interest_wishes")
    words = SealedTextField()
    made_at = models.DateTimeField()
    reply = SealedTextField(blank=True)
    course = models.ForeignKey(
        InterestCourse, null=True, blank=True, on_delete=models.SET_NULL, related_name="answered_wishes"
    )
    replied_at = models.DateTimeField(null=True, blank=True)
    replied_by_id = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
