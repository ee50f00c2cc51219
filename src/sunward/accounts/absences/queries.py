"""The page on which somebody says that she is away, and sees who is reached meanwhile."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sunward.accounts.absences.access import changeable_absences, supervised_users, supervises
from sunward.accounts.access import Actor
from sunward.accounts.deputies import StandIn, list_stood_in_for, stand_ins_for
from sunward.accounts.enums import AbsenceReason
from sunward.accounts.models import Absence, User


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """`reason` only where it is one's own or somebody's whom one supervises; `is_running`: not merely to come."""

    id: int
    name: str
    from_on: date
    until_on: date
    reason: str
    is_running: bool


@dataclass(frozen=True, slots=True)
class StandInRow:
    """For one post: who would be reached while its holder is away. Nobody: everybody up to the district is."""

    post: str
    unit_name: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StandingIn:
    """One post of somebody else who is away, for which the reader is reached."""

    name: str
    post: str
    unit_name: str


@dataclass(frozen=True, slots=True)
class AbsencePage:
    own: tuple[AbsenceRow, ...]
    team: tuple[AbsenceRow, ...]
    stand_ins: tuple[StandInRow, ...]
    standing_in: tuple[StandingIn, ...]
    supervises: bool


def read_absence_page(actor: Actor, *, on: date) -> AbsencePage:
    """Whatever is running or to come: one's own, that of whom one supervises, and for whom one stands in."""
    rows = changeable_absences(actor).filter(until_on__gt=on).select_related("user").order_by("from_on", "pk")
    found = list(rows)
    return AbsencePage(
        own=tuple(_row(absence, on) for absence in found if absence.user_id == actor.user_id),
        team=tuple(_row(absence, on) for absence in found if absence.user_id != actor.user_id),
        stand_ins=tuple(_stand_in(found) for found in stand_ins_for(actor.user_id, on=on)),
        standing_in=tell_standing_in(list_stood_in_for(actor.user_id, on=on)),
        supervises=supervises(actor),
    )


def tell_standing_in(found: Iterable[StandIn]) -> tuple[StandingIn, ...]:
    """One line for each post of somebody else who is away."""
    return tuple(StandingIn(str(one.absent), str(one.post.role.label), one.post.unit_name) for one in found)


def choose_from(actor: Actor) -> list[tuple[int, str]]:
    """Whose absence the actor may write down beside the own."""
    people: list[User] = list(supervised_users(actor).order_by("name", "pk"))
    return [(person.pk, str(person)) for person in people]


def _row(absence: Absence, on: date) -> AbsenceRow:
    return AbsenceRow(
        id=absence.pk, name=str(absence.user), from_on=absence.from_on, until_on=absence.until_on,
        reason=str(AbsenceReason(absence.reason).label), is_running=absence.from_on <= on,
    )  # fmt: skip


def _stand_in(found: StandIn) -> StandInRow:
    return StandInRow(str(found.post.role.label), found.post.unit_name, tuple(str(user) for user in found.deputies))
