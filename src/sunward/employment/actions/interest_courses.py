"""What comes of the wishes: a session is planned for a topic, a topic is not this time, a single wish is answered.

All of it once the survey is over, under the lock of its row: of two who press at the same moment, one makes the draft.
"""

from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.casework.recording import record_case_act, withdraw_facts
from sunward.core.refusals import Conflict, Refusal
from sunward.employment.access.interests import get_survey_for_change, get_topic, get_wish, survey_subject
from sunward.employment.enums import InterestState
from sunward.employment.models import InterestCourse, InterestSurvey, InterestTopic, InterestWish
from sunward.employment.queries.interest_plans import read_plan
from sunward.employment.queries.interests import STANDING
from sunward.gatherings.actions.planning import GatheringDetails, plan_gathering
from sunward.gatherings.models import Gathering

PLANNED = "employment.interest_course_planned"
DECLINED, RESUMED = "employment.interest_topic_declined", "employment.interest_topic_resumed"
REPLIED, WISH_SUBJECT = "employment.interest_wish_answered", "interest_wish"
KIND = "employment.course_session"


@transaction.atomic
def plan_course(
    *, actor: Actor, survey_id: UUID, topic_id: UUID, number: int, on: date, now: datetime
) -> InterestCourse:
    """A draft for the session of this number, as `merge_wishes` has it. Pressed twice, or by two, it is one draft."""
    survey = get_survey_for_change(actor=actor, survey_id=survey_id)
    topic = get_topic(survey, topic_id)
    _refuse_running(survey, on=on)
    course = InterestCourse.objects.filter(topic=topic, number=number).select_related("gathering").first()
    if course is not None and course.gathering.state in STANDING:
        return course
    if topic.declined_because:
        raise Conflict(
            "employment.interest_topic_is_declined",
            gettext_lazy("It is written down that there is no course of this. Take that back first."),
        )
    sizes = next((line.sizes for line in read_plan(survey).lines if line.topic == topic.pk), ())
    if not 1 <= number <= len(sizes):
        raise Conflict(
            "employment.interest_line_gone",
            gettext_lazy("The plan has no such session any more: answers have changed. Look at it again."),
        )
    gathering = _plan(survey, topic, number, len(sizes), actor=actor, on=on, now=now)
    if course is None:
        course = InterestCourse(topic=topic, number=number)
    course.gathering, course.made_by_id, course.made_at = gathering, actor.user_id, now
    course.save()
    _record(survey, PLANNED, actor=actor, now=now, survey_topic=topic.pk, gathering=gathering.pk, course_session=number)
    return course


@transaction.atomic
def decline_topic(
    *, actor: Actor, survey_id: UUID, topic_id: UUID, because: str, on: date, now: datetime
) -> InterestTopic:
    """Not this time, and why: read by everybody who wished it. Empty words take it back."""
    survey = get_survey_for_change(actor=actor, survey_id=survey_id)
    topic = get_topic(survey, topic_id)
    because = because.strip()[:200]
    if topic.declined_because == because:
        return topic
    _refuse_running(survey, on=on)
    if because and InterestCourse.objects.filter(topic=topic, gathering__state__in=STANDING).exists():
        raise Conflict(
            "employment.interest_topic_planned",
            gettext_lazy("A course of this is planned. Cancel it or throw its draft away first."),
        )
    topic.declined_because = because
    topic.declined_at, topic.declined_by_id = (now, actor.user_id) if because else (None, 0)
    topic.save()
    _record(survey, DECLINED if because else RESUMED, actor=actor, now=now, survey_topic=topic.pk)
    return topic


@transaction.atomic
def answer_wish(
    *, actor: Actor, survey_id: UUID, wish_id: UUID, version: int, reply: str, course: int | None, on: date,
    now: datetime,
) -> InterestWish:  # fmt: skip
    """A course of this survey, words, or both; neither takes the answer back."""
    survey = get_survey_for_change(actor=actor, survey_id=survey_id)
    _refuse_running(survey, on=on)
    wish = get_wish(actor, survey, wish_id)
    reply = reply.strip()[:200]
    if (wish.reply, wish.course_id) == (reply, course):
        return wish
    if version != wish.version:
        raise Conflict(
            "employment.interest_wish_changed",
            gettext_lazy("Somebody else has just answered this wish. Look at it again."),
        )
    offered = InterestCourse.objects.filter(topic__survey=survey, gathering__state__in=STANDING)
    if course is not None and not offered.filter(pk=course).exists():
        raise Refusal("employment.interest_course_gone", gettext_lazy("This course is not planned any more."))
    wish.reply, wish.course_id, wish.version = reply, course, wish.version + 1
    is_answered = bool(reply or course)
    wish.replied_at, wish.replied_by_id = (now, actor.user_id) if is_answered else (None, 0)
    wish.save()
    withdraw_facts(subject=(WISH_SUBJECT, wish.pk), now=now)
    if is_answered:
        record_case_act(
            wish.case, actor=actor, code=REPLIED, on=on, now=now, subject=(WISH_SUBJECT, wish.pk),
            attributes={"survey": survey.pk},
        )  # fmt: skip
    return wish


def _plan(
    survey: InterestSurvey, topic: InterestTopic, number: int, sessions: int, *, actor: Actor, on: date, now: datetime
) -> Gathering:
    """Where and when is still to be said: the planning page asks for it before it is published."""
    with override(settings.LANGUAGE_CODE):
        title = str(topic.label)
        if sessions > 1:
            title = _("%(title)s (session %(number)s)") % {"title": title, "number": number}
    fields = {"series": topic.series} | ({"part": topic.part} if topic.part else {})
    details = GatheringDetails(title=title, host_id=survey.unit_id, places=survey.places, fields=fields)
    return plan_gathering(actor=actor, kind=KIND, details=details, on=on, now=now)


def _refuse_running(survey: InterestSurvey, *, on: date) -> None:
    if survey.state == InterestState.DRAFT or not survey.is_over(on):
        raise Conflict(
            "employment.interest_survey_running",
            gettext_lazy("People are still answering. Close the survey first, or wait until its last day is over."),
        )


def _record(survey: InterestSurvey, code: str, *, actor: Actor, now: datetime, **detail: int) -> None:
    record_act(actor=actor, code=code, now=now, subject=survey_subject(survey), unit_path=survey.unit_path, **detail)
