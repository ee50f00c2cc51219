"""Who knocks at every door: each persona differs from one who may enter by a single thing.

One child with an active match, and around it the people who almost belong: the next committee, another sub-district,
the worker whose post ended yesterday, the mentor whose match is closed.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sunward.accounts.enums import Role
from sunward.accounts.models import User
from sunward.casework.models import Case
from sunward.mentoring.enums import MatchState
from sunward.mentoring.models import Match, Mentor
from tests import factories
from tests.factories import TODAY

ANONYMOUS = "anonymous"


@dataclass
class World:
    """The rows the addresses are about, and everyone who asks for them. `more` is for what a page needs beside."""

    users: dict[str, User]
    case: Case
    match: Match
    mentor: Mentor
    other_case: Case
    more: dict[str, Any] = field(default_factory=dict)


# Every persona in one line: the post (role, unit, from, until), or none. Units are codes of the world below.
_HERE, _NEXT_DOOR, _ELSEWHERE = "310110012001", "310110012002", "310110019001"
_DISTRICT, _SUBDISTRICT, _OTHER_SUBDISTRICT, _OTHER_DISTRICT = "310110", "310110012", "310110019", "310109"

POSTS: dict[str, tuple[Role, str] | None] = {
    "worker": (Role.WORKER, _HERE),
    "worker_next_door": (Role.WORKER, _NEXT_DOOR),
    "worker_elsewhere": (Role.WORKER, _ELSEWHERE),
    "worker_until_yesterday": (Role.WORKER, _HERE),
    "worker_from_tomorrow": (Role.WORKER, _HERE),
    "supervisor": (Role.SUPERVISOR, _SUBDISTRICT),
    "supervisor_elsewhere": (Role.SUPERVISOR, _OTHER_SUBDISTRICT),
    "officer": (Role.DISTRICT_OFFICER, _DISTRICT),
    "officer_elsewhere": (Role.DISTRICT_OFFICER, _OTHER_DISTRICT),
    "mentor": (Role.MENTOR, _HERE),
    "mentor_paused": (Role.MENTOR, _HERE),
    "mentor_closed": (Role.MENTOR, _HERE),
    "mentor_of_another": (Role.MENTOR, _HERE),
    "leader": (Role.LEADER, _DISTRICT),
    "auditor": (Role.AUDITOR, _DISTRICT),
    "administrator": (Role.ADMINISTRATOR, _DISTRICT),
    "stranger": None,
}
PERSONAS = (*POSTS, ANONYMOUS)


def build_world() -> World:
    district = factories.make_district()
    other_district = factories.make_unit(_OTHER_DISTRICT, name="虹口区")
    units = {_DISTRICT: district, _OTHER_DISTRICT: other_district}
    for code in (_SUBDISTRICT, _OTHER_SUBDISTRICT):
        units[code] = factories.make_subdistrict(code, name=f"街道{code[-3:]}")
    for code in (_HERE, _NEXT_DOOR, _ELSEWHERE):
        units[code] = factories.make_committee(code, name=f"居委{code[-6:]}", subdistrict=units[code[:9]])
    users = {name: _make_user(name, post, units) for name, post in POSTS.items()}
    here = units[_HERE]
    case, other_case = factories.make_child("陈一", unit=here), factories.make_child("陈二", unit=here)
    mentors = {name: factories.make_mentor(unit=here, user=users[name]) for name in POSTS if name.startswith("mentor")}
    match = factories.make_match(case, mentors["mentor"])
    factories.make_match(case, mentors["mentor_closed"], state=MatchState.CLOSED)
    factories.make_match(other_case, mentors["mentor_paused"], state=MatchState.PAUSED)
    third_case = factories.make_child("陈三", unit=here)
    factories.make_match(third_case, mentors["mentor_of_another"])
    return World(users, case, match, mentors["mentor"], other_case)


def _make_user(name: str, post: tuple[Role, str] | None, units: dict[str, Any]) -> User:
    user = factories.make_user(name, name=name)
    if post is not None:
        role, code = post
        day = timedelta(days=1)
        starts = {"worker_from_tomorrow": TODAY + day}.get(name, TODAY - 365 * day)
        # `until_on` is the first day without the post.
        ends = {"worker_until_yesterday": TODAY}.get(name)
        factories.give_post(user, role, units[code], from_on=starts, until_on=ends)
    return user
