"""Who may read a story of success.

Until it is released, and whenever it is not shown, only whoever keeps the file. Released, and as long as the person
agrees: every employment officer of the district.
"""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.scopes import below
from sunward.casework.models import Case
from sunward.core.refusals import NotThere
from sunward.employment.access.jobseekers import JOBSEEKER_ROLES, visible_jobseekers
from sunward.employment.access.vacancies import districts_of
from sunward.employment.models.stories import Story, StoryQuerySet

STORY_ROLES = JOBSEEKER_ROLES
STORY_SUBJECT = "story"


def story_not_there() -> NotThere:
    return NotThere("employment.story_not_there", _("There is no such story, or it is not yours to see."))


def kept_stories(actor: Actor) -> StoryQuerySet:
    """Of the files that the actor keeps, in whatever state."""
    return Story.objects.filter(case__in=visible_jobseekers(actor))


def shown_stories(actor: Actor, *, on: date) -> StoryQuerySet:
    """Those that the whole district reads on the day."""
    return Story.objects.filter(below(districts_of(actor), "case__unit_path")).shown(on=on)


def get_shown_story(*, actor: Actor, story_id: UUID, on: date) -> Story:
    """One that is released. It names nobody and leads to no file, so no look is written."""
    story = shown_stories(actor, on=on).filter(uid=story_id).select_related("case__person").first()
    if story is None:
        raise story_not_there()
    return story


def get_story_of(case: Case, story_id: UUID) -> Story:
    """One of a file that came through its own gate."""
    story = Story.objects.filter(case=case, uid=story_id).first()
    if story is None:
        raise story_not_there()
    return story


def wrote_any(story: Story, actor: Actor) -> bool:
    return actor.user_id in story.written_by_ids
