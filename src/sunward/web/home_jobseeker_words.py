"""What jobseekers have said or had written of them that waits for an officer: stories to release, wishes to answer."""

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import ngettext, pgettext

from sunward.accounts.access import Actor
from sunward.core.furniture import ToDo
from sunward.employment.queries.interests import surveys_to_answer
from sunward.employment.queries.stories import stories_to_release

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from sunward.employment.models import InterestSurvey, Story


def list_stories_to_release(actor: Actor, on: date) -> "QuerySet[Story]":
    return stories_to_release(actor, on=on).select_related("case").order_by("written_at", "pk")


def tell_story(story: "Story", on: date) -> ToDo:
    """Under the other name: the home page looks at nobody's file."""
    days = (on - localdate(story.written_at)).days
    word = ngettext("waits %(days)d day", "waits %(days)d days", days) % {"days": days} if days else ""
    href = reverse("employment:jobseeker_story", args=[story.case.uid, story.uid])
    return ToDo(title=story.title, href=href, note=story.pseudonym, word=word)


def list_surveys_to_answer(actor: Actor, on: date) -> "QuerySet[InterestSurvey]":
    """What closed first comes first: its people have waited longest."""
    return surveys_to_answer(actor, on=on).first_ended_first()


def tell_survey(survey: "InterestSurvey", on: date) -> ToDo:
    number: int = survey.unanswered  # type: ignore[attr-defined]
    word = ngettext("%(number)d wish", "%(number)d wishes", number) % {"number": number}
    note = pgettext("survey", "closed on %(day)s") % {"day": survey.ended_on}
    return ToDo(title=survey.title, href=reverse("employment:interest_wishes", args=[survey.uid]), note=note, word=word)
