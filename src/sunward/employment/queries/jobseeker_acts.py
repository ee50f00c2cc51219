"""What the forms on a jobseeker's file say beside their fields."""

from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from sunward.casework.enums import ServiceKind
from sunward.casework.models import Case
from sunward.core.refusals import NotThere


def say_record(case: Case, record_id: UUID) -> str:
    """Which record is about to be withdrawn, so that it is not the wrong one."""
    record = case.service_records.standing().filter(uid=record_id).first()
    if record is None:
        raise NotThere("employment.record_not_there", _("There is no such record, or it was withdrawn already."))
    return f"{ServiceKind(record.kind).label} {date_format(record.happened_on, 'Y-m-d')}"
