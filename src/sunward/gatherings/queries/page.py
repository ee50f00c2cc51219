"""The page of one gathering, as far as its reader sees it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.models import Unit
from sunward.core.furniture import Fact, Step, Tone
from sunward.gatherings.access import hosts, planned_gatherings, public_gatherings, seen_gatherings
from sunward.gatherings.ages import CHILD_AUDIENCES, age_of, is_child
from sunward.gatherings.declaration import gathering_kinds
from sunward.gatherings.enums import Audience, Duty, GatheringState, Mode, Part, Presence, SignUpState
from sunward.gatherings.models import Attendance, ContactSheet, Door, Gathering, SignUp
from sunward.gatherings.queries.company import name_company, name_of
from sunward.gatherings.queries.conflicts import STANDING, Conflict, find_conflicts
from sunward.gatherings.queries.consents import find_lapsed
from sunward.gatherings.queries.photographs import (
    RULE,
    Photographs,
    asks_for_photographs,
    mark_children,
    sum_up,
)
from sunward.gatherings.queries.stops import Stops, read_stops
from sunward.gatherings.queries.wording import (
    STATE_TONES,
    kind_icon,
    kind_label,
    list_where,
    say_cost,
    say_fields,
    say_session,
    state_label,
)
from sunward.gatherings.roles import PLANNERS
from sunward.gatherings.seating import read_room

Text = str | Promise
SIGN_UP_TONES: dict[str, Tone] = {
    SignUpState.PLACED: "good", SignUpState.WAITING: "warn", SignUpState.WITHDRAWN: "off",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SignUpLine:
    """One head. `place_in_line` counts the parties that wait before it; `is_first` begins a party; `beside` names
    who comes with it. `may_be_photographed` is None for whoever is no child."""

    uid: str
    name: str
    note: str
    part: Text
    state: Text
    tone: Tone
    is_waiting: bool
    place_in_line: int | None
    unit: str
    code: str
    by: Text
    came: int
    is_first: bool
    beside: str
    has_lapsed: bool
    may_be_photographed: bool | None


@dataclass(frozen=True, slots=True)
class SessionLine:
    id: int
    told: str
    note: str
    is_over: bool
    came: int


@dataclass(frozen=True, slots=True)
class StewardLine:
    id: int
    name: str
    duty: Text
    is_of_the_house: bool


@dataclass(frozen=True, slots=True)
class Heads:
    """How many have a place, wait, and are children; `adults_missing` where the ratio is not kept."""

    placed: int
    waiting: int
    children: int
    adults: int
    adults_missing: int


@dataclass(frozen=True, slots=True)
class GatheringPage:
    """`sign_ups` holds those whom the reader may see, perhaps none."""

    id: int
    uid: str
    version: int
    title: str
    reference: str
    kind: Text
    icon: str
    state: str
    state_label: Text
    tone: Tone
    note: Text
    facts: tuple[Fact, ...]
    sessions: tuple[SessionLine, ...]
    stops: Stops | None
    stewards: tuple[StewardLine, ...]
    steps: tuple[Step, ...]
    heads: Heads
    places: int | None
    conflicts: tuple[Conflict, ...]
    sign_ups: tuple[SignUpLine, ...]
    photographs: Photographs | None
    is_host: bool
    is_at_desk: bool
    is_for_children: bool
    is_over: bool
    has_begun: bool
    is_open_for_sign_up: bool
    summary: str
    sheet: ContactSheet | None
    has_public_page: bool
    desk_page: str

    @property
    def free(self) -> int | None:
        return None if self.places is None else max(0, self.places - self.heads.placed)

    @property
    def came(self) -> int:
        """Heads that came at all, however often; of those whom the reader sees."""
        return sum(bool(line.came) for line in self.sign_ups)

    @property
    def is_draft(self) -> bool:
        return self.state == GatheringState.DRAFT

    @property
    def is_published(self) -> bool:
        return self.state == GatheringState.PUBLISHED

    @property
    def is_template(self) -> bool:
        return self.state == GatheringState.TEMPLATE

    @property
    def may_change_stops(self) -> bool:
        return self.is_host and (self.is_standing or self.is_template)

    @property
    def is_standing(self) -> bool:
        return self.state in (GatheringState.DRAFT, GatheringState.PUBLISHED)


def read_page(gathering: Gathering, rows: Sequence[SignUp], actor: Actor, *, now: datetime) -> GatheringPage:
    """`rows`: the sign-ups that the actor sees, from `access.open_list`. A fixed number of queries."""
    is_host = hosts(actor, gathering)
    sessions, ends_at = _read_sessions(gathering, now=now)
    queues = list(gathering.sign_ups.waiting().values_list("queue", flat=True))
    heads = _count_heads(gathering, waiting=len(queues))
    times = list(gathering.sessions.all())
    begins_at = min((one.begins_at for one in times), default=None)
    until = gathering.sign_up_until or begins_at
    marks = mark_children(gathering, rows)
    return GatheringPage(
        id=gathering.pk,
        uid=str(gathering.uid),
        version=gathering.version,
        title=gathering.title,
        reference=gathering.reference,
        kind=kind_label(gathering),
        icon=kind_icon(gathering),
        state=gathering.state,
        state_label=state_label(gathering),
        tone=STATE_TONES[gathering.state],
        note=gathering.cancel_reason,
        facts=tuple(list_facts(gathering)),
        sessions=sessions,
        stops=read_stops(gathering, times),
        stewards=_read_stewards(gathering),
        steps=_read_steps(gathering),
        heads=heads,
        places=gathering.places,
        conflicts=_read_conflicts(gathering, actor, is_host=is_host),
        sign_ups=read_lines(gathering, rows, line=sorted(set(queues)), marks=marks),
        photographs=_sum_up(rows, marks) if is_host else None,
        is_host=is_host,
        is_at_desk=actor.has(*PLANNERS),
        is_for_children=gathering.audience in CHILD_AUDIENCES,
        is_over=ends_at is not None and ends_at <= now,
        has_begun=begins_at is not None and begins_at <= now,
        is_open_for_sign_up=gathering.state == GatheringState.PUBLISHED and (until is None or until > now),
        summary=gathering.summary if is_host else "",
        sheet=_read_sheet(gathering, now=now) if is_host else None,
        desk_page=_desk_page(gathering, actor),
        has_public_page=is_host and public_gatherings().filter(pk=gathering.pk).exists(),
    )


def list_facts(gathering: Gathering) -> Iterable[Fact]:
    """What anybody who sees the gathering may know of it."""
    kind = gathering_kinds().get(gathering.kind)
    yield Fact(_("Kind"), kind_label(gathering))
    yield Fact(_("Host"), gathering.host.name)
    yield Fact(_("For whom"), Audience(gathering.audience).label, say_ages(gathering.age_min, gathering.age_max))
    if gathering.mode != Mode.ONLINE:
        yield from list_where(gathering)
    if gathering.mode != Mode.OFFLINE:
        yield Fact(_("Online"), gathering.online_link and gettext("open the link"), href=gathering.online_link)
    yield Fact(_("Cost"), say_cost(gathering.cost))
    if gathering.children_per_adult:
        ratio = gettext("at most %(count)d for one adult") % {"count": gathering.children_per_adult}
        yield Fact(_("Children"), ratio)
    if asks_for_photographs(gathering):
        yield Fact(_("Photographs"), RULE)
    if gathering.sign_up_until:
        yield Fact(_("Sign up until"), f"{localtime(gathering.sign_up_until):%Y-%m-%d %H:%M}")
    for label, value in say_fields(gathering, kind):
        yield Fact(label, value)
    if gathering.reported_attendance is not None:
        yield Fact(_("Reported attendance"), gathering.reported_attendance)


def say_ages(youngest: int | None, oldest: int | None) -> Text:
    if youngest is None and oldest is None:
        return ""
    if oldest is None:
        return _("from %(age)d years") % {"age": youngest}
    if youngest is None:
        return _("up to %(age)d years") % {"age": oldest}
    return _("%(first)d to %(last)d years") % {"first": youngest, "last": oldest}


def _read_sessions(gathering: Gathering, *, now: datetime) -> tuple[tuple[SessionLine, ...], datetime | None]:
    came = Count("attendances", filter=Q(attendances__presence=Presence.CAME))
    sessions = list(gathering.sessions.annotate(came_count=came).order_by("begins_at"))
    lines = tuple(
        SessionLine(one.pk, say_session(one), one.note, is_over=one.ends_at <= now, came=one.came_count)
        for one in sessions
    )
    return lines, max((one.ends_at for one in sessions), default=None)


def _read_stewards(gathering: Gathering) -> tuple[StewardLine, ...]:
    rows = gathering.stewards.select_related("user").order_by("pk")
    return tuple(
        StewardLine(one.pk, str(one.user) if one.user else one.name, Duty(one.duty).label, one.user_id is not None)
        for one in rows
    )


def _read_steps(gathering: Gathering) -> tuple[Step, ...]:
    """Planned, published, held. What was cancelled or is a pattern has no way before it."""
    road = (GatheringState.DRAFT, GatheringState.PUBLISHED, GatheringState.HELD)
    if gathering.state not in road:
        return ()
    at = road.index(GatheringState(gathering.state))
    is_over = gathering.state == GatheringState.HELD
    return tuple(
        Step(state.label, "done" if number < at or is_over else "current" if number == at else "ahead")
        for number, state in enumerate(road)
    )


def _count_heads(gathering: Gathering, *, waiting: int) -> Heads:
    room = read_room(gathering)
    return Heads(room.heads, waiting, room.children, room.adults, room.adults_missing)


def _read_conflicts(gathering: Gathering, actor: Actor, *, is_host: bool) -> tuple[Conflict, ...]:
    """With what the actor sees on the same days. Only the host is told of persons who are signed up twice."""
    if gathering.state not in STANDING or gathering.begins_on is None or gathering.ends_on is None:
        return ()
    near = seen_gatherings(actor).filter(state__in=STANDING).between(gathering.begins_on, gathering.ends_on)
    found = list(near.exclude(pk=gathering.pk).prefetch_related("sessions"))
    keys = [gathering.pk, *(one.pk for one in found)] if is_host else []
    told = set(planned_gatherings(actor).filter(pk__in=keys).values_list("pk", flat=True))
    return find_conflicts([gathering, *found], persons_of=told).get(gathering.pk, ())


def _sum_up(rows: Sequence[SignUp], marks: Mapping[int, bool]) -> Photographs | None:
    """Of those who have a place: who waits is not there to be photographed."""
    placed = {row.pk: name_of(row) for row in rows if row.state == SignUpState.PLACED}
    return sum_up({key: may_be for key, may_be in marks.items() if key in placed}, placed)


def read_lines(
    gathering: Gathering, rows: Sequence[SignUp], *, line: Sequence[int], marks: Mapping[int, bool]
) -> tuple[SignUpLine, ...]:
    """`line`: the queue numbers of all who wait, also of those whom the reader does not see. Three queries."""
    units = dict(Unit.objects.filter(path__in={row.home_path for row in rows}).values_list("path", "short_name"))
    came, lapsed = _came(rows), find_lapsed(gathering, rows)
    beside = name_company(rows)
    found, before = [], None
    for row in sorted(rows, key=lambda row: (row.state != SignUpState.PLACED, row.queue, row.pk)):
        found.append(
            SignUpLine(
                uid=str(row.uid),
                name=name_of(row),
                note=note_of(row, gathering),
                part=Part(row.part).label,
                state=SignUpState(row.state).label,
                tone=SIGN_UP_TONES[row.state],
                is_waiting=row.state == SignUpState.WAITING,
                place_in_line=line.index(row.queue) + 1 if row.state == SignUpState.WAITING else None,
                unit=units.get(row.home_path, ""),
                code=row.code,
                by=row.get_signed_up_by_display(),
                came=came.get(row.pk, 0),
                is_first=row.party != before,
                beside=beside[row.pk],
                has_lapsed=row.pk in lapsed,
                may_be_photographed=marks.get(row.pk),
            )
        )
        before = row.party
    return tuple(found)


def note_of(row: SignUp, gathering: Gathering) -> str:
    age = age_of(row.person, row.guest_age, on=gathering.begins_on)
    words = [gettext("%(age)d years") % {"age": age}] if age is not None and is_child(row, gathering) else []
    if row.person is None:
        words.append(gettext("guest"))
    return " · ".join(words)


def _came(rows: Sequence[SignUp]) -> dict[int, int]:
    found = Attendance.objects.filter(sign_up__in=[row.pk for row in rows], presence=Presence.CAME)
    return dict(found.order_by().values_list("sign_up").annotate(number=Count("pk")))


def _read_sheet(gathering: Gathering, *, now: datetime) -> ContactSheet | None:
    return gathering.contact_sheets.filter(expires_at__gt=now).order_by("-expires_at").first()


def _desk_page(gathering: Gathering, actor: Actor) -> str:
    """For the roles that plan the kind: nobody else enters the programme's page."""
    kind = gathering_kinds().get(gathering.kind)
    return kind.desk_page if kind is not None and actor.has(*kind.roles) else ""


def list_templates(actor: Actor, *, kind: str = "") -> list[tuple[str, str, Text]]:
    """Patterns that the actor may start from: uid, title, kind."""
    found = seen_gatherings(actor).filter(state=GatheringState.TEMPLATE)
    if kind:
        found = found.filter(kind=kind)
    return [(str(one.uid), one.title, kind_label(one)) for one in found.order_by("title", "pk")]


def find_door(gathering: Gathering, *, now: datetime) -> Door | None:
    """The door that is open or will be, if a code hangs there already."""
    return gathering.doors.filter(closes_at__gt=now).order_by("-pk").first()
