"""Who grows up, and what is known of it."""

from dataclasses import dataclass
from datetime import date

from sunward.casework.enums import CaseState
from sunward.casework.models import Case
from sunward.mentoring.access import PROGRAMME
from sunward.mentoring.enums import SchoolStage
from sunward.mentoring.growing_up import ADULT_AGE, PREPARE_MONTHS, GrowingUp, Keeping, read_growing_up
from sunward.mentoring.models import SchoolKeeping


@dataclass(frozen=True, slots=True)
class GrowingUpNotice:
    """For the child's file. `school` and `until_on` only while it is kept because of school."""

    standing: GrowingUp
    school: str = ""
    until_on: date | None = None


def read_notice(case: Case, *, on: date) -> GrowingUpNotice | None:
    """None as long as nothing has to be thought of. One query at most."""
    if case.person.birth_date is None or case.state != CaseState.OPEN or not _is_near(case.person.birth_date, on):
        return None
    kept = SchoolKeeping.objects.filter(case=case).order_by("-pk").first()
    standing = read_growing_up(case.person.birth_date, _keeping(kept), on=on)
    if standing.state == "child":
        return None
    if kept is None:
        return GrowingUpNotice(standing)
    return GrowingUpNotice(standing, str(SchoolStage(kept.stage).label) if kept.stage else "", kept.until_on)


def list_growing_up(*, on: date) -> tuple[int, ...]:
    """Keys of the open files whose person is close to 18 or over it. One query."""
    found = Case.objects.open().filter(programme=PROGRAMME, person__birth_date__lte=_born_by(on))
    return tuple(found.order_by("pk").values_list("pk", flat=True))


def standing_of(case: Case, *, on: date) -> GrowingUp | None:
    if case.person.birth_date is None:
        return None
    return read_growing_up(
        case.person.birth_date, _keeping(SchoolKeeping.objects.filter(case=case).order_by("-pk").first()), on=on
    )


def _keeping(row: SchoolKeeping | None) -> Keeping | None:
    return Keeping(row.recorded_on, row.until_on) if row else None


def _born_by(on: date) -> date:
    """Nobody born later has to be thought of yet; who is a month too many the rule itself sorts out."""
    months = on.year * 12 + on.month - 1 + PREPARE_MONTHS + 1 - ADULT_AGE * 12
    return date(months // 12, months % 12 + 1, 28)


def _is_near(born_on: date, on: date) -> bool:
    return born_on <= _born_by(on)
