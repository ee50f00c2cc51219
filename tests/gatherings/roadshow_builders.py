"""A small roadshow: two sub-districts, two months, one speaker."""

from typing import Any

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.accounts.models import Unit
from sunward.core.jobs.worker import drain
from sunward.gatherings.actions.roadshows import Hours, ask_for_roadshow
from sunward.gatherings.models import Roadshow
from sunward.gatherings.roadshow.shapes import Request, Speaker, Venue
from tests.factories import NOW, TODAY, actor_of, make_district, make_officer, make_subdistrict

COURSE = "employment.course_session"
MONTHS = ("2026-12", "2027-01")
OCCUPATIONS = ("养老护理员", "咖啡师")


def officer() -> Actor:
    return actor_of(make_officer(Role.EMPLOYMENT_OFFICER))


def streets() -> tuple[Unit, Unit]:
    return make_subdistrict(), make_subdistrict("310110019", name="五角场街道")


def ask(**said: Any) -> Request:
    first, second = streets()
    usual: dict[str, Any] = {
        "subdistricts": (first.code, second.code),
        "months": MONTHS,
        "sessions": 4,
        "occupations": OCCUPATIONS,
        "speakers": (Speaker("何老师"),),
        "venues": (Venue("甲中心", first.code), Venue("乙中心", second.code)),
    }
    return Request(**usual | said)


def begin(actor: Actor, asked: Request | None = None, *, unit: Unit | None = None) -> Roadshow:
    """Asked for; the planner has not been asked yet."""
    return ask_for_roadshow(
        actor=actor, kind=COURSE, unit_id=(unit or make_district()).pk, title="冬季小课", asked=asked or ask(),
        hours=Hours(), on=TODAY, now=NOW,
    )  # fmt: skip


def planned(asked: Request | None = None) -> tuple[Actor, Roadshow]:
    actor = officer()
    roadshow = begin(actor, asked)
    drain()
    roadshow.refresh_from_db()
    return actor, roadshow


def roadshow_of(world: Any) -> dict[str, Any]:
    """For the access matrix: the sub-district's own, planned, with nothing fixed."""
    street, _other = streets()
    asked = ask(subdistricts=(street.code,), sessions=2)
    roadshow = begin(actor_of(world.users["employment_officer"]), asked, unit=street)
    drain()
    return {"roadshow": roadshow.uid, "roadshow_slot": roadshow.slots.first().uid}
