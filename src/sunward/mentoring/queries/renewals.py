"""Whose vetting is about to end, and who has to hear of it."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from sunward.accounts.deputies import find_deputies
from sunward.accounts.enums import Role
from sunward.mentoring.enums import MentorState
from sunward.mentoring.models import Mentor
from sunward.mentoring.queries.mentors import with_vetting
from sunward.mentoring.renewals import Renewal
from sunward.mentoring.vetting import read_standing

_DEPTH_OF_STREET = 2


def list_renewals(*, on: date) -> Iterator[Renewal]:
    """Volunteers who are in, whose vetting is valid and ends within the first of the steps.

    Two queries, and one for each unit in which there is somebody.
    """
    staying = Mentor.objects.filter(state__in=(MentorState.ACTIVE, MentorState.RESTING))
    found = with_vetting(staying, "expiring", on=on).prefetch_related("vetting_facts").order_by("pk")
    answering: dict[str, tuple[int, ...]] = {}
    for mentor in found:
        standing = read_standing(mentor.vetting_facts.all(), on=on)
        if standing.warn_step is None or standing.expires_first_on is None:
            continue
        street = _street(mentor.unit_path)
        if street not in answering:
            answering[street] = tuple(user.pk for user in find_deputies(Role.SUPERVISOR, street, on=on))
        yield Renewal(
            key=f"renewal:{mentor.pk}:{standing.expires_first_on.isoformat()}:{standing.warn_step}",
            mentor_id=mentor.pk,
            reference=mentor.reference,
            path=reverse("mentoring:mentor", args=[mentor.uid]),
            unit_path=mentor.unit_path,
            person_id=mentor.person_id,
            user_id=mentor.user_id,
            expires_on=standing.expires_first_on,
            days=standing.warn_step,
            supervisors=answering[street],
        )


def _street(path: str) -> str:
    """The sub-district's path: supervisors sit there. Who belongs to none is the district's."""
    parts = path.strip("/").split("/")[:_DEPTH_OF_STREET]
    return f"/{'/'.join(parts)}/" if parts != [""] else ""
