"""What the values of a row of a plan mean for a gathering: its kind, its state, its sessions, its own fields."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import TextChoices
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _

from sunward.employment.course_series import read_part, read_series
from sunward.employment.sheets import events
from sunward.employment.sheets.where import BOTH, OFFLINE, ONLINE
from sunward.employment.vacancies.industry_groups import read_group
from sunward.gatherings.declaration import gathering_kinds
from sunward.gatherings.enums import GatheringState, Mode
from sunward.gatherings.models import Gathering, Session
from sunward.registers.intake import Place, Taking, Values
from sunward.registers.normalise.clock_times import Stretch

KINDS = {
    events.JOB_FAIR: "employment.job_fair",
    events.COMMUNITY_INTERVIEW: "employment.community_interview",
    events.COURSE: "employment.course_session",
}
_MODES = {OFFLINE: Mode.OFFLINE, ONLINE: Mode.ONLINE, BOTH: Mode.HYBRID}
# The values of a row that are fields of a gathering's kind.
_FIELDS = {
    "employers": "employers", "posts": "posts", "sector": "sector", "host": "organiser", "post": "occupation",
    "speaker": "speaker",
}  # fmt: skip
# How long a session is taken to be where only its beginning is told.
USUAL_LENGTH = timedelta(hours=2)


def place_of(values: Values, *, home: Place, places: Mapping[str, Place]) -> Place:
    """Who hosts it: the office or sub-district that is named, else the one where it takes place, else who imports.

    A service point that imports its own plan hosts what takes place in its sub-district.
    """
    if named := places.get(str(values.get("host_code") or "")):
        return named
    around = places.get(str(values.get("subdistrict_code") or ""))
    return home if around is None or home.path.startswith(around.path) else around


def gathering_of(values: Values, place: Place, taking: Taking) -> Gathering:
    """Not yet saved."""
    kind = gathering_kinds()[KINDS[str(values["kind"])]]
    state = state_of(values, on=taking.on)
    first, last = day(values.get("date_start")), day(values.get("date_end"))
    remark = text(values, "remark", 2000)
    return Gathering(
        programme=kind.programme,
        kind=kind.code,
        title=text(values, "name", 80),
        host_id=place.unit_id,
        unit_path=place.path,
        state=state,
        mode=_MODES[str(values.get("mode") or OFFLINE)],
        place=text(values, "place", 120),
        begins_on=first,
        ends_on=last,
        month="" if first else text(values, "month", 7),
        when_note=text(values, "when_note", 60),
        audience=kind.audience,
        is_public=kind.is_public,
        fields=_fields(values, declared={field.key for field in kind.fields}),
        reported_attendance=_attendance(values, state),
        summary="" if state == GatheringState.CANCELLED else remark,
        cancel_reason=remark[:200] if state == GatheringState.CANCELLED else "",
        source_batch_id=taking.batch_id,
        made_by_id=taking.actor.user_id,
        made_at=taking.now,
    )


def state_of(values: Values, *, on: date) -> GatheringState:
    """Cancelled, held, or still being planned: what comes is announced by a person, never by an import.

    A month that is not over yet counts as held where its plan tells how many came. Words that name no month hold
    nothing: somebody has to say first when it was.
    """
    if values.get("status") == events.CANCELLED:
        return GatheringState.CANCELLED
    return GatheringState.HELD if _was_held(values, on) else GatheringState.DRAFT


def _was_held(values: Values, on: date) -> bool:
    until = day(values.get("until"))
    if until is None or until < on:
        return until is not None
    is_of_a_month = not values.get("date_start") and not values.get("when_note")
    return is_of_a_month and until.replace(day=1) <= on and values.get("participants") is not None


def _attendance(values: Values, state: GatheringState) -> int | None:
    """Heads that were counted: a plan may tell how many are expected, and nobody came to what was cancelled."""
    may_be_over = state == GatheringState.HELD or (state == GatheringState.DRAFT and not values.get("until"))
    return values.get("participants") if may_be_over else None


def held_on(values: Values, *, on: date) -> date:
    """The last day of what was held, as far as it is known."""
    return min(day(values.get("until")) or on, on)


def sessions_of(gathering: Gathering, values: Values) -> Iterator[Session]:
    """One for each day and stretch of time; none where either is not known."""
    days = [day(written) for written in values.get("days") or ()]
    if not days and values.get("date_start") == values.get("date_end"):
        days = [day(values.get("date_start"))]
    for on in filter(None, days):
        for written in values.get("times") or ():
            yield _session(gathering, on, Stretch.from_text(written))


def _session(gathering: Gathering, on: date, stretch: Stretch) -> Session:
    zone = get_default_timezone()
    begins_at = datetime.combine(on, stretch.start, zone)
    if stretch.end is None:
        return Session(
            gathering=gathering, begins_at=begins_at, ends_at=begins_at + USUAL_LENGTH, note=_("The end is not stated.")
        )
    return Session(gathering=gathering, begins_at=begins_at, ends_at=datetime.combine(on, stretch.end, zone))


def _fields(values: Values, *, declared: set[str]) -> dict[str, Any]:
    named = {key: values.get(value) for value, key in _FIELDS.items()}
    # What the plan's own words say of the fields that are chosen from a list; where they do not, an officer says it.
    title = text(values, "name", 80)
    named |= {"series": read_series(title), "part": read_part(title)}
    named |= {"industry": read_group(text(values, "sector", 80))}
    return {
        key: str(value) if isinstance(value, TextChoices) else value
        for key, value in named.items()
        if key in declared and value not in (None, "")
    }


def day(written: object) -> date | None:
    return date.fromisoformat(written) if isinstance(written, str) and written else None


def text(values: Values, key: str, most: int) -> str:
    return str(values.get(key) or "")[:most]
