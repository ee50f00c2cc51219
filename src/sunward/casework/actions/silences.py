"""Noticing that a file has fallen silent: one notice for each silence. What silence is, `CaseQuerySet.silent` says."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce

from sunward.accounts.auditing import SYSTEM
from sunward.casework.models import Case, CaseQuerySet, SilenceNotice
from sunward.casework.recording import record_case_act


def list_units_newly_silent(*, programme: str, on: date) -> tuple[str, ...]:
    """The paths of the units that have a file nobody was told of yet. One query."""
    paths = _unnoticed(programme, on).order_by("unit_path").values_list("unit_path", flat=True)
    return tuple(paths.distinct())


@transaction.atomic
def notice_silence(*, programme: str, unit_path: str, on: date, now: datetime) -> tuple[Case, ...]:
    """Write down each silence of this unit that is new, and return those files, the highest risk first.

    Run again, or by two at once, it finds nothing more: the files are locked and looked at again.
    """
    found = _unnoticed(programme, on).filter(unit_path=unit_path).order_by("-risk_level", "contact_due_on", "pk")
    cases = tuple(found.select_for_update(of=("self",)))
    SilenceNotice.objects.bulk_create(
        SilenceNotice(
            case=case, since_on=case.last_contact_on or case.opened_on, noticed_on=on, risk_level=case.risk_level
        )
        for case in cases
    )
    for case in cases:
        record_case_act(
            case, actor=SYSTEM, code="casework.fell_silent", on=case.contact_due_on + timedelta(days=1), now=now,
            attributes={"risk_level": case.risk_level},
        )  # fmt: skip
    return cases


def _unnoticed(programme: str, on: date) -> CaseQuerySet:
    noticed = SilenceNotice.objects.filter(
        case=OuterRef("pk"), since_on=Coalesce(OuterRef("last_contact_on"), OuterRef("opened_on"))
    )
    return Case.objects.filter(programme=programme).silent(on=on).exclude(Exists(noticed))
