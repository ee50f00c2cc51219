"""Who is still to hear of a survey of wishes, and under whose name."""

from datetime import date

from django.db.models import Exists, OuterRef

from sunward.accounts.access import Actor, read_actor
from sunward.accounts.models import User
from sunward.employment.access.interests import asked_files
from sunward.employment.models import InterestReply, InterestSurvey
from sunward.outreach.models import Message

ABOUT = "employment.interest_survey"


def surveys_to_tell(*, on: date) -> list[int]:
    return list(InterestSurvey.objects.open(on=on).order_by("pk").values_list("pk", flat=True))


def list_to_tell(survey_pk: int, *, on: date) -> list[int]:
    """Open files of its unit whose person was not told; who has answered need not be. Empty once it is over."""
    survey = InterestSurvey.objects.open(on=on).filter(pk=survey_pk).first()
    if survey is None:
        return []
    told = Message.objects.filter(person=OuterRef("person"), about=ABOUT, about_id=survey.pk)
    said = InterestReply.objects.filter(survey=survey, case=OuterRef("pk"))
    return list(
        asked_files(survey).exclude(Exists(told)).exclude(Exists(said)).order_by("pk").values_list("pk", flat=True)
    )


def teller_of_survey(survey_pk: int, *, on: date) -> Actor:
    """Who published it."""
    survey = InterestSurvey.objects.get(pk=survey_pk)
    return read_actor(User.objects.get(pk=survey.published_by_id), on=on)
