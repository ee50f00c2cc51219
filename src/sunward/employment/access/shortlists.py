"""Who may draw lists and read them: the employment officers of the unit and of those above it."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.enums import UnitKind
from sunward.accounts.models import Unit, UnitQuerySet
from sunward.accounts.scopes import below
from sunward.audit.chain import Subject
from sunward.core.refusals import NotThere
from sunward.employment.access.jobseekers import JOBSEEKER_ROLES
from sunward.employment.models import ShortlistRun

SHORTLIST_SUBJECT = "shortlist"


def visible_shortlists(actor: Actor) -> QuerySet[ShortlistRun]:
    return ShortlistRun.objects.filter(below(actor.paths(*JOBSEEKER_ROLES)))


def drawable_units(actor: Actor) -> UnitQuerySet:
    """For whose jobseekers lists may be drawn: the units of her posts and the sub-districts below them."""
    found = Unit.objects.filter(below(actor.paths(*JOBSEEKER_ROLES), "path"))
    return found.filter(kind__in=(UnitKind.DISTRICT, UnitKind.SUBDISTRICT, UnitKind.SERVICE_POINT))


def get_drawable_unit(*, actor: Actor, code: str) -> Unit:
    unit = drawable_units(actor).filter(code=code).first()
    if unit is None:
        raise NotThere("employment.unit_not_yours", _("There is no such unit, or it is not yours."))
    return unit


def get_shortlist(*, actor: Actor, shortlist_id: UUID) -> ShortlistRun:
    row = visible_shortlists(actor).select_related("unit", "job", "made_by").filter(uid=shortlist_id).first()
    if row is None:
        raise shortlist_not_there()
    return row


def get_shortlist_for_change(*, actor: Actor, shortlist_id: UUID) -> ShortlistRun:
    """Locked, inside the act's transaction."""
    row = visible_shortlists(actor).select_for_update(of=("self",)).filter(uid=shortlist_id).first()
    if row is None:
        raise shortlist_not_there()
    return row


def shortlist_subject(row: ShortlistRun) -> Subject:
    return Subject(SHORTLIST_SUBJECT, row.pk)


def shortlist_not_there() -> NotThere:
    return NotThere("employment.shortlist_not_there", _("There are no such lists, or they are not yours to see."))
