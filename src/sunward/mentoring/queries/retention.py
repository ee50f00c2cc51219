"""Which closed files are due to be emptied, which wait and why. Names are for whoever sees the file anyway."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.casework.enums import CaseState, KeepReason
from sunward.casework.models import BrokenGlass, Case, Retention
from sunward.casework.timeline import label_reason
from sunward.core.furniture import Text
from sunward.mentoring.access import PROGRAMME, visible_children
from sunward.mentoring.enums import FamilyWordKind
from sunward.mentoring.models import FamilyWord
from sunward.mentoring.rules import (
    RETENTION_LATE_DAYS,
    RETENTION_NOTICE_DAYS,
    RETENTION_YEARS,
    RETENTION_YEARS_BY_REASON,
)
from sunward.safeguarding.models import MandatoryReport, TemporaryCare

# Who says that a file is kept longer, and answers for what is emptied.
RETAINING_ROLES = (Role.SUPERVISOR, Role.DISTRICT_OFFICER)
_NOTICE = timedelta(days=RETENTION_NOTICE_DAYS)
# Why a file waits although its time is over; the first that holds is told.
REPORT, OBJECTION, CARE, GLASS = "report", "objection", "care", "glass"
HOLDS: dict[str, Text] = {
    REPORT: _("There is a mandatory report"),
    OBJECTION: _("An objection of the family is open"),
    CARE: _("Temporary care has not ended"),
    GLASS: _("A file opened in need has not been reviewed"),
}


@dataclass(frozen=True, slots=True)
class RetentionRow:
    """`empties_on` None: it waits because of `hold`."""

    uid: UUID
    reference: str
    name: str
    unit_name: str
    closed_on: date
    close_reason: Text
    empties_on: date | None
    hold: Text
    kept_until_on: date | None
    kept_because: Text
    is_late: bool


def due_on(closed_on: date, reason: str) -> date:
    """The first day on which it is kept no longer."""
    year = closed_on.year + RETENTION_YEARS_BY_REASON.get(reason, RETENTION_YEARS)
    try:
        return closed_on.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def list_to_put_on_list(*, on: date) -> tuple[int, ...]:
    """Keys of closed files whose time is over within a month and that stand on no list yet. One query."""
    closed = Case.objects.filter(programme=PROGRAMME, state=CaseState.CLOSED, retention=None)
    shortest = min(RETENTION_YEARS, *RETENTION_YEARS_BY_REASON.values())
    found = closed.filter(closed_on__lte=_years_before(on + _NOTICE, shortest)).values_list(
        "pk", "closed_on", "close_reason"
    )
    return tuple(pk for pk, day, reason in found.order_by("pk") if day and due_on(day, reason) <= on + _NOTICE)


def list_ripe(*, on: date) -> tuple[int, ...]:
    """Keys of the files that are to be emptied today: listed for a month, over, not kept, not held. Five queries."""
    ripe = _waiting().filter(due_on__lte=on, listed_on__lte=on - _NOTICE, case__state=CaseState.CLOSED)
    keys = list(ripe.filter(Q(kept_until_on=None) | Q(kept_until_on__lte=on)).values_list("case_id", flat=True))
    held = read_holds(keys)
    return tuple(sorted(key for key in keys if key not in held))


def list_late(*, on: date) -> tuple[int, ...]:
    """What the nightly job has left lying for days: somebody has to look after the job."""
    return list_ripe(on=on - timedelta(days=RETENTION_LATE_DAYS))


def late_retentions(actor: Actor, *, on: date) -> QuerySet[Retention]:
    """The same in the actor's units, for the list of what waits."""
    late = list_late(on=on)
    if not late:
        return Retention.objects.none()
    return Retention.objects.filter(case__in=visible_children(actor).filter(pk__in=late)).order_by("due_on", "pk")


def read_holds(case_pks: Iterable[int]) -> Mapping[int, str]:
    """Why each of these files has to wait, if it has to. Four queries, none without files."""
    keys = list(case_pks)
    if not keys:
        return {}
    held: dict[int, str] = {}
    glass = BrokenGlass.objects.filter(case__in=keys, reviewed_at=None).values_list("case_id", flat=True)
    care = TemporaryCare.objects.filter(case__in=keys, ended_at=None).values_list("case_id", flat=True)
    words = FamilyWord.objects.filter(case__in=keys, kind=FamilyWordKind.OBJECTION, answered_at=None)
    for hold, found in ((GLASS, glass), (CARE, care), (OBJECTION, words.values_list("case_id", flat=True))):
        held |= dict.fromkeys(found, hold)
    about = Q(case__in=keys) | Q(worry__case__in=keys) | Q(emergency__case__in=keys)
    reports = MandatoryReport.objects.filter(about).values_list("case_id", "worry__case_id", "emergency__case_id")
    wanted = set(keys)
    return held | {key: REPORT for row in reports for key in row if key in wanted}


def list_retentions(actor: Actor, *, on: date) -> tuple[RetentionRow, ...]:
    """Whatever stands on the list in the actor's units, the nearest first. Five queries."""
    mine = visible_children(actor).within(actor.paths(*RETAINING_ROLES))
    found = _waiting().filter(case__in=mine, case__state=CaseState.CLOSED)
    rows = list(found.select_related("case__person", "case__unit").order_by("due_on", "pk"))
    held = read_holds(row.case_id for row in rows)
    late = set(list_late(on=on)) if rows else set()
    return tuple(_row(row, held.get(row.case_id, ""), is_late=row.case_id in late) for row in rows)


def _row(row: Retention, hold: str, *, is_late: bool) -> RetentionRow:
    case = row.case
    assert case.closed_on is not None
    empties_on = max(row.due_on, row.listed_on + _NOTICE, row.kept_until_on or row.due_on)
    return RetentionRow(
        uid=case.uid, reference=case.reference, name=case.person.name, unit_name=case.unit.short_name,
        closed_on=case.closed_on, close_reason=label_reason(case.close_reason),
        empties_on=None if hold else empties_on, hold=HOLDS[hold] if hold else "", kept_until_on=row.kept_until_on,
        kept_because=KeepReason(row.kept_because).label if row.kept_because else "", is_late=is_late,
    )  # fmt: skip


def _waiting() -> QuerySet[Retention]:
    return Retention.objects.filter(anonymised_on=None, case__programme=PROGRAMME)


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)
