"""Who writes a survey of what jobseekers wish to learn, who reads its answers, and who is asked.

The employment officers of the survey's unit and of the units above it write it and read everything. Officers below read
what was published around them and, of the answers, those of the files they keep. Leaders read sums and nothing else. A
jobseeker answers the open surveys of the own unit and of those above it.
"""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_looks
from sunward.accounts.enums import Role, UnitKind
from sunward.accounts.models import Unit, UnitQuerySet
from sunward.accounts.scopes import above, below
from sunward.audit.chain import Subject
from sunward.casework.access import case_subject
from sunward.casework.models import Case, CaseQuerySet
from sunward.core.refusals import NotThere
from sunward.employment.access.jobseekers import seen_within, visible_jobseekers
from sunward.employment.enums import InterestState
from sunward.employment.models import (
    InterestAnswer,
    InterestCourse,
    InterestReply,
    InterestSurvey,
    InterestSurveyQuerySet,
    InterestTopic,
    InterestWish,
)

INTEREST_ROLES = (Role.EMPLOYMENT_OFFICER,)
SUMS_ROLES = (Role.EMPLOYMENT_OFFICER, Role.LEADER)
SURVEY_SUBJECT, REPLY_SUBJECT = "interest_survey", "interest_reply"
WISHES_OPENED = "employment.interest_wishes_opened"
# Whose jobseekers can be asked together.
SURVEY_UNITS = (UnitKind.DISTRICT, UnitKind.SUBDISTRICT, UnitKind.SERVICE_POINT)


def kept_surveys(actor: Actor) -> InterestSurveyQuerySet:
    """Those that the actor writes."""
    return InterestSurvey.objects.filter(below(actor.paths(*INTEREST_ROLES)))


def seen_surveys(actor: Actor) -> InterestSurveyQuerySet:
    """And what the units above have published: the own people are asked there too."""
    around = InterestSurvey.objects.filter(unit_path__in=above(actor.paths(*INTEREST_ROLES)))
    return kept_surveys(actor) | around.exclude(state=InterestState.DRAFT)


def counted_surveys(actor: Actor) -> InterestSurveyQuerySet:
    """Whose sums a leader reads."""
    return InterestSurvey.objects.filter(below(actor.paths(Role.LEADER))).exclude(state=InterestState.DRAFT)


def keeps_survey(actor: Actor, survey: InterestSurvey) -> bool:
    return survey.unit_path.startswith(actor.paths(*INTEREST_ROLES) or ("\0",))


def survey_units(actor: Actor) -> UnitQuerySet:
    """For which units the actor may ask."""
    return Unit.objects.filter(below(actor.paths(*INTEREST_ROLES), "path"), kind__in=SURVEY_UNITS)


def survey_subject(survey: InterestSurvey) -> Subject:
    return Subject(SURVEY_SUBJECT, survey.pk)


def get_survey(*, actor: Actor, survey_id: UUID) -> InterestSurvey:
    return _found(seen_surveys(actor).select_related("unit"), survey_id)


def get_kept_survey(*, actor: Actor, survey_id: UUID) -> InterestSurvey:
    """For the pages on which it is written, and what comes of it is decided."""
    return _found(kept_surveys(actor).select_related("unit"), survey_id)


def get_survey_for_change(*, actor: Actor, survey_id: UUID) -> InterestSurvey:
    """Locked, inside the act's transaction: its row is the lock of its topics, courses and answers."""
    return _found(kept_surveys(actor).select_related("unit").select_for_update(of=("self",)), survey_id)


def get_topic(survey: InterestSurvey, topic_id: UUID) -> InterestTopic:
    """One of this survey, which came through its own gate."""
    topic = InterestTopic.objects.filter(survey=survey, uid=topic_id).first()
    if topic is None:
        raise survey_not_there()
    topic.survey = survey
    return topic


def asked_files(survey: InterestSurvey) -> CaseQuerySet:
    """Open files of the survey's unit today: who has moved away or is at work is asked no more, and counted no more."""
    return seen_within(survey.unit_path).open()


def answering_files(actor: Actor, survey: InterestSurvey) -> CaseQuerySet:
    """Of whose answers the actor knows: whoever keeps the survey keeps all of these files."""
    return asked_files(survey) & visible_jobseekers(actor)


def get_wish(actor: Actor, survey: InterestSurvey, wish_id: UUID) -> InterestWish:
    found = InterestWish.objects.filter(survey=survey, case__in=answering_files(actor, survey), uid=wish_id)
    wish = found.select_related("case__person").first()
    if wish is None:
        raise NotThere("employment.interest_wish_not_there", _("There is no such wish, or it is not yours to see."))
    return wish


def look_at_wishes(actor: Actor, cases: Iterable[Case], *, now: datetime) -> None:
    """A look at each file whose name is shown beside a wish."""
    at = [(case_subject(case), case.unit_path) for case in cases]
    record_looks(actor=actor, code=WISHES_OPENED, now=now, at=at, purpose="interests")


def survey_not_there() -> NotThere:
    return NotThere("employment.interest_survey_not_there", _("There is no such survey, or it is not yours to see."))


# What a jobseeker is asked.


def asking_surveys(case: Case) -> InterestSurveyQuerySet:
    """Published by the file's unit or one above it."""
    return InterestSurvey.objects.filter(unit_path__in=above((case.unit_path,))).exclude(state=InterestState.DRAFT)


def own_surveys(case: Case, *, on: date) -> InterestSurveyQuerySet:
    """Those that are open, and those that the person has answered."""
    answered = InterestReply.objects.filter(case=case).values("survey")
    return asking_surveys(case).open(on=on) | InterestSurvey.objects.filter(pk__in=answered)


def get_own_survey(case: Case, survey_id: UUID, *, on: date) -> InterestSurvey:
    return _found(own_surveys(case, on=on).select_related("unit"), survey_id)


def wished_courses(case: Case) -> QuerySet[InterestCourse]:
    """Of topics that the person wished, and those by which the office answered a wish. Drafts are among them."""
    return InterestCourse.objects.filter(
        Q(topic__in=InterestAnswer.objects.filter(case=case).values("topic"))
        | Q(pk__in=InterestWish.objects.filter(case=case, course__isnull=False).values("course"))
    )


def _found(among: QuerySet[InterestSurvey], survey_id: UUID) -> InterestSurvey:
    survey = among.filter(uid=survey_id).first()
    if survey is None:
        raise survey_not_there()
    return survey
