"""Which closed files are due to be emptied, which wait and why. Names are for whoever sees the file anyway."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework.access import visible_files
from sunward.casework.enums import JOINED, CaseState, KeepReason
from sunward.casework.keeping import LATE, NOTICE, Keeping, keepings, years_before
from sunward.casework.models import BrokenGlass, Case, CaseQuerySet, Retention
from sunward.casework.timeline import label_reason
from sunward.core.furniture import Text

# Why any file waits; a programme's own reasons are told before it.
GLASS = _("A file opened in need has not been reviewed")


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


def list_to_put_on_list(*, on: date) -> tuple[int, ...]:
    """Keys of closed files whose time is over within a month and that stand on no list yet. A query a programme."""
    return tuple(key for keeping in keepings().values() for key in _to_put_on_list(keeping, on))


def list_ripe(*, on: date, only: int | None = None) -> tuple[int, ...]:
    """Keys of the files that are to be emptied today: listed for a month, over, not kept, not held. `only`: of one."""
    ripe = waiting_retentions().filter(due_on__lte=on, listed_on__lte=on - NOTICE, case__state=CaseState.CLOSED)
    if only is not None:
        ripe = ripe.filter(case=only)
    kept = Q(kept_until_on=None) | Q(kept_until_on__lte=on)
    keys: dict[str, list[int]] = {}
    for programme, key in ripe.filter(kept).values_list("case__programme", "case_id"):
        keys.setdefault(programme, []).append(key)
    held = {key for name, keeping in keepings().items() for key in read_holds(keeping, keys.get(name, ()))}
    return tuple(sorted(key for found in keys.values() for key in found if key not in held))


def list_late(*, on: date) -> tuple[int, ...]:
    """What the nightly job has left lying for days: somebody has to look after the job."""
    return list_ripe(on=on - LATE)


def late_retentions(actor: Actor, programme: str, *, on: date) -> QuerySet[Retention]:
    """The same in the actor's units, for the list of what waits."""
    late = list_late(on=on)
    if not late:
        return Retention.objects.none()
    return Retention.objects.filter(case__in=visible_files(actor, programme).filter(pk__in=late)).order_by(
        "due_on", "pk"
    )


def read_holds(keeping: Keeping, keys: Collection[int]) -> Mapping[int, Text]:
    """Why each of these files has to wait, if it has to. No query without files."""
    if not keys:
        return {}
    glass = BrokenGlass.objects.filter(case__in=keys, reviewed_at=None).values_list("case_id", flat=True)
    return dict.fromkeys(glass, GLASS) | dict(keeping.find_holds(keys))


def list_retentions(actor: Actor, keeping: Keeping, *, on: date) -> tuple[RetentionRow, ...]:
    """Whatever stands on the list in the actor's units, the nearest first."""
    found = waiting_retentions().filter(case__in=retainable_files(actor, keeping), case__state=CaseState.CLOSED)
    rows = list(found.select_related("case__person", "case__unit").order_by("due_on", "pk"))
    held = read_holds(keeping, [row.case_id for row in rows])
    late = set(list_late(on=on)) if rows else set()
    return tuple(_row(row, held.get(row.case_id, ""), is_late=row.case_id in late) for row in rows)


def retainable_files(actor: Actor, keeping: Keeping) -> CaseQuerySet:
    """Of whose keeping the actor decides: files she sees, in the units of the posts that say so."""
    return visible_files(actor, keeping.programme).within(actor.paths(*keeping.roles))


def waiting_retentions() -> QuerySet[Retention]:
    return Retention.objects.filter(anonymised_on=None, case__programme__in=keepings())


def _to_put_on_list(keeping: Keeping, on: date) -> list[int]:
    closed = Case.objects.filter(programme=keeping.programme, state=CaseState.CLOSED, retention=None)
    # What became part of another file goes with that one.
    old = (
        closed.exclude(close_reason=JOINED)
        .filter(closed_on__lte=years_before(on + NOTICE, keeping.shortest))
        .order_by("pk")
    )
    found = old.values_list("pk", "closed_on", "close_reason")
    return [pk for pk, day, reason in found if day and keeping.due_on(day, reason) <= on + NOTICE]


def _row(row: Retention, hold: Text, *, is_late: bool) -> RetentionRow:
    case = row.case
    assert case.closed_on is not None
    empties_on = max(row.due_on, row.listed_on + NOTICE, row.kept_until_on or row.due_on)
    return RetentionRow(
        uid=case.uid, reference=case.reference, name=case.person.name, unit_name=case.unit.short_name,
        closed_on=case.closed_on, close_reason=label_reason(case.close_reason, programme=case.programme),
        empties_on=None if hold else empties_on, hold=hold, kept_until_on=row.kept_until_on,
        kept_because=KeepReason(row.kept_because).label if row.kept_because else "", is_late=is_late,
    )  # fmt: skip
