"""Planning a gathering and changing it: what it is, when, and who has which duty."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sunward.accounts.access import Actor
from sunward.accounts.models import Unit, User
from sunward.core.refusals import Conflict, NotAllowed, NotThere, Refusal
from sunward.gatherings.access import gathering_not_there, get_gathering_for_change, kind_of
from sunward.gatherings.ages import CHILD_AUDIENCES
from sunward.gatherings.attending import DOOR_OPENS_BEFORE, SHEET_KEPT_FOR
from sunward.gatherings.declaration import FieldType, GatheringKind, gathering_kinds
from sunward.gatherings.enums import Audience, Duty, GatheringState, Mode
from sunward.gatherings.models import Attendance, Gathering, Session, SignUp, Steward
from sunward.gatherings.news import NewsKind
from sunward.gatherings.recording import record_gathering_act
from sunward.gatherings.seating import ANSWERING_DUTIES, fill_places, read_room
from sunward.gatherings.telling import tell

CHANGEABLE = (GatheringState.DRAFT, GatheringState.PUBLISHED, GatheringState.TEMPLATE)


@dataclass(frozen=True, slots=True)
class SessionTime:
    """One stretch of time; both moments are aware."""

    begins_at: datetime
    ends_at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class GatheringDetails:
    """Everything that is typed in about a gathering. `host_id` is the unit's number, `fields` those of the kind."""

    title: str
    host_id: int
    mode: Mode = Mode.OFFLINE
    place: str = ""
    lon: float | None = None
    lat: float | None = None
    online_link: str = ""
    places: int | None = None
    cost: Decimal = Decimal(0)
    audience: Audience | None = None
    age_min: int | None = None
    age_max: int | None = None
    children_per_adult: int | None = None
    is_public: bool = False
    sign_up_until: datetime | None = None
    month: str = ""
    when_note: str = ""
    fields: Mapping[str, str | int] = field(default_factory=dict)


class GatheringChanged(Conflict):
    """Somebody else has changed the gathering since the person looked at it."""

    def __init__(self) -> None:
        super().__init__(
            "gatherings.gathering_changed",
            _("Somebody else has just changed this gathering. Look at it again before you go on."),
        )


@transaction.atomic
def plan_gathering(
    *,
    actor: Actor,
    kind: str,
    details: GatheringDetails,
    on: date,
    now: datetime,
    sessions: Sequence[SessionTime] = (),
) -> Gathering:
    """A draft that only those who plan this kind see."""
    declared = gathering_kinds().get(kind)
    if declared is None or not actor.has(*declared.roles):
        raise gathering_not_there()
    gathering = Gathering(programme=declared.programme, kind=kind, made_by_id=actor.user_id, made_at=now)
    _take_over(gathering, details, declared, actor)
    gathering.save()
    write_sessions(gathering, sessions)
    record_gathering_act(gathering, actor=actor, code="gatherings.gathering_planned", now=now)
    return gathering


@transaction.atomic
def edit_gathering(
    *, actor: Actor, gathering_id: UUID, version: int, details: GatheringDetails, on: date, now: datetime
) -> Gathering:
    """Change what it says. More places let the waiting up at once; fewer than are taken are refused."""
    gathering = lock_gathering(actor=actor, gathering_id=gathering_id, version=version)
    where = gathering.mode, gathering.place, gathering.online_link
    _take_over(gathering, details, kind_of(gathering), actor)
    _refuse_too_few_places(gathering)
    gathering.version += 1
    gathering.save()
    if gathering.state == GatheringState.PUBLISHED:
        refuse_unpublishable(gathering)
        fill_places(gathering, now=now)
        if where != (gathering.mode, gathering.place, gathering.online_link):
            tell_of_change(gathering, now=now)
    record_gathering_act(gathering, actor=actor, code="gatherings.gathering_edited", now=now, version=gathering.version)
    return gathering


@transaction.atomic
def set_sessions(
    *, actor: Actor, gathering_id: UUID, version: int, sessions: Sequence[SessionTime], on: date, now: datetime
) -> Gathering:
    """Put these times in the place of the old ones; whoever has a place hears of it."""
    gathering = lock_gathering(actor=actor, gathering_id=gathering_id, version=version)
    if write_sessions(gathering, sessions):
        _move_what_ends_with_it(gathering, now=now)
        gathering.version += 1
        gathering.save()
        if gathering.state == GatheringState.PUBLISHED:
            refuse_unpublishable(gathering)
            tell_of_change(gathering, now=now)
        record_gathering_act(gathering, actor=actor, code="gatherings.sessions_set", now=now, sessions=len(sessions))
    return gathering


@transaction.atomic
def name_steward(
    *, actor: Actor, gathering_id: UUID, duty: Duty, on: date, now: datetime, user_id: int | None = None, name: str = ""
) -> Steward:
    """Give somebody a duty: a user of the house, or somebody from outside by name. Twice is once."""
    gathering = lock_gathering(actor=actor, gathering_id=gathering_id)
    name = "" if user_id else name.strip()[:60]
    user = User.objects.filter(pk=user_id, is_active=True).first() if user_id else None
    if not name and user is None:
        raise Refusal("gatherings.steward_missing", _("Choose somebody, or write a name."))
    steward, _is_new = Steward.objects.get_or_create(gathering=gathering, user=user, name=name, duty=duty)
    if gathering.state == GatheringState.PUBLISHED and duty in ANSWERING_DUTIES:
        fill_places(gathering, now=now)
    record_gathering_act(
        gathering, actor=actor, code="gatherings.steward_named", now=now, duty=str(duty), steward=steward.pk
    )
    return steward


@transaction.atomic
def remove_steward(*, actor: Actor, gathering_id: UUID, steward_id: int, on: date, now: datetime) -> None:
    """Take a duty back, unless the gathering is published and may not be without it."""
    gathering = lock_gathering(actor=actor, gathering_id=gathering_id)
    steward = gathering.stewards.filter(pk=steward_id).first()
    if steward is None:
        raise NotThere("gatherings.steward_not_there", _("This person has no such duty any more."))
    before = read_room(gathering).adults_missing
    steward.delete()
    if gathering.state == GatheringState.PUBLISHED:
        refuse_unpublishable(gathering)
        if read_room(gathering).adults_missing > before:
            raise Refusal(
                "gatherings.steward_needed",
                _("Without this person there are too few adults for the children. Name somebody else first."),
            )
    record_gathering_act(
        gathering, actor=actor, code="gatherings.steward_removed", now=now, duty=steward.duty, steward=steward_id
    )


def lock_gathering(*, actor: Actor, gathering_id: UUID, version: int | None = None) -> Gathering:
    """The planned gathering, locked, if it may still be changed. `version` is the one the person saw."""
    gathering = get_gathering_for_change(actor=actor, gathering_id=gathering_id)
    if version is not None and version != gathering.version:
        raise GatheringChanged
    if gathering.state not in CHANGEABLE:
        raise Refusal("gatherings.over", _("This gathering is over or cancelled. Copy it to plan another one."))
    return gathering


def refuse_unpublishable(gathering: Gathering) -> None:
    """What has to be known before anybody is invited, and stays so afterwards."""
    if not gathering.sessions.exists():
        raise Refusal("gatherings.no_time", _("Say first when it takes place."))
    if gathering.mode != Mode.ONLINE and not gathering.place:
        raise Refusal("gatherings.no_place", _("Say first where it takes place."))
    if gathering.mode != Mode.OFFLINE and not gathering.online_link:
        raise Refusal("gatherings.no_link", _("Give first the link by which people join."))
    if not kind_of(gathering).needs_consent and gathering.audience not in CHILD_AUDIENCES:
        return
    if gathering.children_per_adult is None:
        raise Refusal("gatherings.no_ratio", _("Say first for how many children one adult answers."))
    if not gathering.stewards.filter(duty=Duty.SAFETY).exists():
        raise Refusal("gatherings.no_safety_steward", _("Name first who answers for the children's safety."))


def tell_of_change(gathering: Gathering, *, now: datetime) -> None:
    """Time or place are new: told once for each version, to those who have a place."""
    placed = SignUp.objects.filter(gathering=gathering).placed().select_related("person")
    tell(gathering, placed, NewsKind.CHANGED, now=now, serial=gathering.version)


def write_sessions(gathering: Gathering, sessions: Sequence[SessionTime]) -> bool:
    """Make the sessions these; one whose time stays keeps its row. Returns whether anything changed."""
    wanted = {(session.begins_at, session.ends_at): session.note.strip()[:80] for session in sessions}
    ordered = sorted(wanted)
    if any(ends <= begins for begins, ends in ordered):
        raise Refusal("gatherings.ends_before_it_begins", _("The end must come after the beginning."))
    if any(later[0] < earlier[1] for earlier, later in pairwise(ordered)):
        raise Refusal("gatherings.sessions_overlap", _("Two of these times overlap."))
    old = {(session.begins_at, session.ends_at): session for session in gathering.sessions.all()}
    gone = [session.pk for times, session in old.items() if times not in wanted]
    if Attendance.objects.filter(session__in=gone).exists():
        raise Refusal("gatherings.session_attended", _("People have been checked in at this time: it stays."))
    gathering.sessions.filter(pk__in=gone).delete()
    new = [times for times in ordered if times not in old]
    Session.objects.bulk_create(
        [Session(gathering=gathering, begins_at=t[0], ends_at=t[1], note=wanted[t]) for t in new]
    )
    for times, session in old.items():
        if times in wanted and session.note != wanted[times]:
            session.note = wanted[times]
            session.save(update_fields=["note"])
    gathering.begins_on = localdate(ordered[0][0]) if ordered else None
    gathering.ends_on = max(localdate(ends) for _begins, ends in ordered) if ordered else None
    gathering.month = f"{gathering.begins_on:%Y-%m}" if gathering.begins_on else gathering.month
    gathering.save(update_fields=["begins_on", "ends_on", "month"])
    return bool(gone or new)


def _move_what_ends_with_it(gathering: Gathering, *, now: datetime) -> None:
    """A door and a contact sheet that are still good stay good until the new end."""
    times = list(gathering.sessions.values_list("begins_at", "ends_at"))
    if times:
        opens_at, closes_at, expires_at = times[0][0] - DOOR_OPENS_BEFORE, times[-1][1], times[-1][1] + SHEET_KEPT_FOR
        gathering.doors.filter(closes_at__gt=now).update(opens_at=opens_at, closes_at=closes_at)
        gathering.contact_sheets.filter(expires_at__gt=now).update(expires_at=expires_at)


def _take_over(gathering: Gathering, details: GatheringDetails, kind: GatheringKind, actor: Actor) -> None:
    host = Unit.objects.filter(pk=details.host_id).first()
    if host is None or not host.path.startswith(actor.paths(*kind.roles) or ("\0",)):
        raise NotAllowed("gatherings.host_not_yours", _("You can plan only for your own unit and below it."))
    if not details.title.strip():
        raise Refusal("gatherings.no_title", _("Give it a title."))
    gathering.title, gathering.host, gathering.unit_path = details.title.strip()[:80], host, host.path
    for column in (
        "mode", "place", "lon", "lat", "online_link", "places", "cost", "age_min", "age_max", "is_public",
        "sign_up_until", "when_note",
    ):  # fmt: skip
        setattr(gathering, column, getattr(details, column))
    gathering.audience = details.audience or kind.audience
    if gathering.audience in CHILD_AUDIENCES and not kind.hosts_see_children:
        raise Refusal("gatherings.not_for_children", _("This kind of gathering is not for children."))
    gathering.children_per_adult = _ratio(details, kind)
    gathering.fields = _read_fields(details.fields, kind)
    if gathering.begins_on is None:
        gathering.month = details.month


def _ratio(details: GatheringDetails, kind: GatheringKind) -> int | None:
    """The kind's ratio is the loosest; a host may only be stricter."""
    if kind.children_per_adult is None or details.children_per_adult is None:
        return details.children_per_adult or kind.children_per_adult
    if details.children_per_adult > kind.children_per_adult:
        raise Refusal(
            "gatherings.ratio_too_loose",
            ngettext(
                "At a gathering of this kind one adult answers for %(count)d child at most.",
                "At a gathering of this kind one adult answers for %(count)d children at most.",
                kind.children_per_adult,
            )
            % {"count": kind.children_per_adult},
        )
    return details.children_per_adult


def _read_fields(typed: Mapping[str, str | int], kind: GatheringKind) -> dict[str, str | int]:
    """Only what the kind declares; numbers as numbers, nothing that is empty."""
    known = {field.key: field for field in kind.fields}
    if set(typed) - set(known):
        raise Refusal("gatherings.field_unknown", _("This kind has no such field."))
    kept = {key: value for key, value in typed.items() if value not in {"", None}}
    for key, value in kept.items():
        if known[key].type == FieldType.NUMBER:
            kept[key] = _number(value)
        elif known[key].type == FieldType.CHOICE and value not in dict(known[key].choices):
            raise Refusal("gatherings.field_not_a_choice", _("Choose one from the list."))
    return kept


def _number(value: str | int) -> int:
    try:
        return int(value)
    except ValueError:
        raise Refusal("gatherings.field_not_a_number", _("Write a number.")) from None


def _refuse_too_few_places(gathering: Gathering) -> None:
    if gathering.places is None:
        return
    taken = SignUp.objects.filter(gathering=gathering).placed().count()
    if gathering.places < taken:
        raise Refusal(
            "gatherings.places_taken",
            ngettext(
                "%(count)d person has a place already. It cannot become fewer than that.",
                "%(count)d people have a place already. It cannot become fewer than that.",
                taken,
            )
            % {"count": taken},
        )
