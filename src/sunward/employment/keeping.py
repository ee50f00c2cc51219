"""How long Leye Space keeps a jobseeker's closed file, what holds it, and what else is emptied with it."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from sunward.casework.enums import JOINED
from sunward.casework.keeping import Keeping
from sunward.casework.models import Case
from sunward.core.furniture import Text
from sunward.employment.actions.tagging import OF_CLOSED
from sunward.employment.enums import TagEnd
from sunward.employment.models import ClientTag, Story
from sunward.employment.rules import FILE_ROLES, RETENTION_YEARS, RETENTION_YEARS_BY_REASON
from sunward.employment.stories.enums import StoryState
from sunward.gatherings.enums import GatheringState, SignUpState
from sunward.gatherings.models import SignUp
from sunward.people.models import Person
from sunward.registers.emptying import empty_rows

COMING = _("Has signed up for something since that is still to come")


def find_holds(keys: Collection[int]) -> Mapping[int, Text]:
    """Who comes to a fair keeps the name until it is over, or it could not be called out. One query."""
    coming = (
        SignUp.objects.filter(person__cases__in=keys, signed_up_at__date__gte=F("person__cases__closed_on"))
        .filter(gathering__state__in=(GatheringState.DRAFT, GatheringState.PUBLISHED))
        .exclude(state=SignUpState.WITHDRAWN)
    )
    return dict.fromkeys(coming.values_list("person__cases", flat=True), COMING)


def find_people(case: Case) -> list[int]:
    """The jobseeker alone: the file makes nobody else known. Not who has another file that is still kept."""
    kept = Case.objects.filter(person=case.person_id).exclude(pk=case.pk).exclude(close_reason=JOINED)
    if kept.exclude(retention__anonymised_on__isnull=False).exists():
        return []
    return [case.person_id, *Person.objects.filter(merged_into=case.person_id).values_list("pk", flat=True)]


def empty_rest(case: Case, on: date) -> None:
    """The rows of workbooks; groups still open end, since all of them are about to have one name; stories end too."""
    empty_rows("case", case.pk)
    ClientTag.objects.filter(case=case, until_on=None).update(
        until_on=on, end_reason=OF_CLOSED.get(case.close_reason, TagEnd.RULE)
    )
    # Its words are emptied with all others: nobody is to find a story without any.
    Story.objects.filter(case=case).update(state=StoryState.WITHDRAWN, version=F("version") + 1)


KEEPING = Keeping(
    programme="employment", years=RETENTION_YEARS, years_by_reason=RETENTION_YEARS_BY_REASON, roles=FILE_ROLES,
    find_holds=find_holds, find_people=find_people, empty_rest=empty_rest,
)  # fmt: skip
