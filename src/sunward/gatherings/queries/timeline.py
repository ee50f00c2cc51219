"""What gatherings add to a person's line of time; the programme whose file it is asks for it."""

from collections.abc import Iterator

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from sunward.core.furniture import Moment
from sunward.gatherings.declaration import gathering_kinds
from sunward.gatherings.enums import GatheringState, Presence
from sunward.gatherings.models import Attendance


def gathering_moments(person_id: int, *, programme: str) -> Iterator[Moment]:
    """Each gathering of the programme at which the person was, by its first day there. One query."""
    came = Attendance.objects.filter(
        sign_up__person=person_id, presence=Presence.CAME, sign_up__gathering__programme=programme
    ).exclude(sign_up__gathering__state=GatheringState.CANCELLED)
    seen: set[int] = set()
    for row in came.select_related("sign_up__gathering", "session").order_by("session__begins_at"):
        gathering = row.sign_up.gathering
        if gathering.pk in seen:
            continue
        seen.add(gathering.pk)
        kind = gathering_kinds().get(gathering.kind)
        yield Moment(
            localdate(row.session.begins_at),
            _("Came to: %(title)s") % {"title": gathering.title},
            note=kind.label if kind else "",
            icon=kind.icon if kind else "calendar-event",
            tone="good",
        )
