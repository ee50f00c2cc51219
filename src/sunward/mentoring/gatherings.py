"""What Neighbour Mom brings people together for."""

from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.enums import CASEWORK_ROLES, Role
from sunward.gatherings.declaration import GatheringKind, KindField
from sunward.gatherings.enums import Audience
from sunward.mentoring.access import own_matches, visible_matches, visible_mentors
from sunward.mentoring.enums import READING_STATES, MentorState
from sunward.mentoring.models import Mentor

PROGRAMME = "mentoring"
OWN_PAGE = "mentoring:own_gathering"

KINDS = (
    GatheringKind(
        "mentoring.outing", _("Outing"), PROGRAMME, (*CASEWORK_ROLES,), Audience.PAIRS, icon="sun", needs_consent=True,
        children_per_adult=3, self_sign_up=True, own_page=OWN_PAGE, has_stops=True,
        fields=(KindField("meeting_point", _("meeting point")), KindField("bring", _("what to bring"))),
    ),
    GatheringKind(
        "mentoring.training", _("Training"), PROGRAMME, (*CASEWORK_ROLES,), Audience.MENTORS, icon="school",
        self_sign_up=True, own_page=OWN_PAGE, fields=(KindField("speaker", _("speaker")),),
    ),
    GatheringKind(
        "mentoring.salon", _("Mentors' salon"), PROGRAMME, (*CASEWORK_ROLES,), Audience.MENTORS, icon="coffee",
        self_sign_up=True, own_page=OWN_PAGE, fields=(KindField("speaker", _("speaker")),),
    ),
)  # fmt: skip


def own_person_ids(actor: Actor) -> frozenset[int]:
    """A mentor herself, and the children of those of her matches that let her read."""
    if not actor.has(Role.MENTOR):
        return frozenset()
    herself = Mentor.objects.filter(user_id=actor.user_id).values_list("person_id", flat=True)
    children = own_matches(actor).values_list("case__person_id", flat=True)
    return frozenset((*herself, *children))


def volunteer_keys(actor: Actor) -> QuerySet[Mentor, int]:
    """The neighbour moms of the actor's units."""
    return visible_mentors(actor).exclude(state=MentorState.LEFT).values_list("person_id", flat=True)


def pairs_among(actor: Actor, keys: Collection[int]) -> list[tuple[int, int]]:
    """Child and neighbour mom of each match of the actor's units in which they see each other. One query."""
    told = Q(case__person__in=keys) | Q(mentor__person__in=keys)
    matches = visible_matches(actor).filter(told, state__in=READING_STATES).order_by("pk")
    return list(matches.values_list("case__person_id", "mentor__person_id"))
