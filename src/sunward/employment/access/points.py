"""Who may see a Leye Space, and who may change it.

All employment officers of a district read all of its places: a jobseeker goes to the one that is nearest. Only the
office of a place's own sub-district, or one above it, keeps it.
"""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role, UnitKind
from sunward.accounts.models import Unit, UnitQuerySet
from sunward.accounts.scopes import below
from sunward.audit.chain import Subject
from sunward.core.refusals import NotThere
from sunward.employment.enums import AdviserTitle
from sunward.employment.models import ServicePoint, SpaceAdviser

POINT_SUBJECT = "service_point"
POINT_ROLES = (Role.EMPLOYMENT_OFFICER,)


def visible_points(actor: Actor) -> QuerySet[ServicePoint]:
    districts = {f"/{path.strip('/').split('/')[0]}/" for path in actor.paths(*POINT_ROLES)}
    return ServicePoint.objects.filter(below(tuple(sorted(districts))))


def changeable_points(actor: Actor) -> QuerySet[ServicePoint]:
    return ServicePoint.objects.filter(below(actor.paths(*POINT_ROLES)))


def keeps_point(actor: Actor, point: ServicePoint) -> bool:
    return point.unit_path.startswith(actor.paths(*POINT_ROLES) or ("\0",))


def current_advisers(point: ServicePoint, *, on: date) -> QuerySet[SpaceAdviser]:
    """With a title, on the day."""
    return SpaceAdviser.objects.filter(Q(until_on=None) | Q(until_on__gt=on), point=point, from_on__lte=on)


def current_mentors(point: ServicePoint, *, on: date) -> QuerySet[SpaceAdviser]:
    return current_advisers(point, on=on).filter(title=AdviserTitle.MENTOR)


def get_adviser(point: ServicePoint, adviser_id: UUID) -> SpaceAdviser:
    """One of a place that came through its own gate; the place's lock is the lock of its advisers."""
    row = SpaceAdviser.objects.filter(point=point, uid=adviser_id).first()
    if row is None:
        raise NotThere("employment.adviser_not_there", _("There is no such adviser at this place."))
    row.point = point
    return row


def point_units(actor: Actor) -> UnitQuerySet:
    """In which sub-districts the actor may add a place."""
    return Unit.objects.filter(below(actor.paths(*POINT_ROLES), "path"), kind=UnitKind.SUBDISTRICT)


def point_subject(point: ServicePoint) -> Subject:
    return Subject(POINT_SUBJECT, point.pk)


def get_point(*, actor: Actor, point_id: UUID) -> ServicePoint:
    """It holds public facts only, so no look is written."""
    row = visible_points(actor).select_related("unit").filter(uid=point_id).first()
    if row is None:
        raise NotThere("employment.point_not_there", _("There is no such Leye Space, or it is not yours to see."))
    return row


def get_own_point(*, actor: Actor, point_id: UUID, is_changing: bool = False) -> ServicePoint:
    """One that the actor's office keeps; `is_changing`: locked, inside the act's transaction."""
    found = changeable_points(actor).select_related("unit")
    found = found.select_for_update(of=("self",)) if is_changing else found
    row = found.filter(uid=point_id).first()
    if row is None:
        raise NotThere("employment.point_not_there", _("There is no such Leye Space, or it is not yours to change."))
    return row
