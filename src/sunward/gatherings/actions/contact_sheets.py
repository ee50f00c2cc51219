"""The sheet with everybody's emergency contacts: made for one gathering, gone a day after it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.core.refusals import Refusal
from sunward.gatherings.access import get_gathering_for_change
from sunward.gatherings.attending import SHEET_KEPT_FOR
from sunward.gatherings.enums import GatheringState
from sunward.gatherings.models import ContactSheet
from sunward.gatherings.recording import record_gathering_act


@transaction.atomic
def make_contact_sheet(*, actor: Actor, gathering_id: UUID, now: datetime) -> ContactSheet:
    """The names stay where they are: the sheet is only the permission to read them together, for a while."""
    gathering = get_gathering_for_change(actor=actor, gathering_id=gathering_id)
    ends_at = gathering.sessions.values_list("ends_at", flat=True).last()
    if gathering.state != GatheringState.PUBLISHED or ends_at is None or ends_at + SHEET_KEPT_FOR <= now:
        raise Refusal("gatherings.no_sheet", _("A contact sheet is made for a published gathering that is not over."))
    if gathering.children_per_adult is None:
        raise Refusal("gatherings.no_sheet_needed", _("Contact sheets are for gatherings with children."))
    sheet = ContactSheet.objects.create(
        gathering=gathering, made_by_id=actor.user_id, made_at=now, expires_at=ends_at + SHEET_KEPT_FOR
    )
    record_gathering_act(gathering, actor=actor, code="gatherings.sheet_made", now=now, sheet=sheet.pk)
    return sheet
