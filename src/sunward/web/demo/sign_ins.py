"""One person per role, each with a password of this machine's own, kept beside the data and printed on every start."""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from sunward.accounts.enums import Role
from sunward.accounts.models import Assignment, Unit, User
from sunward.mentoring.enums import MentorKind

DISTRICT, STREET = "310110", "310110012"
_WORDS = ("sunny", "maple", "river", "lotus", "bamboo", "orchid", "peach", "cedar", "pearl", "amber", "willow", "coral")
_NAMES = {
    Role.DISTRICT_OFFICER: ("officer", "沈向阳", DISTRICT),
    Role.SUPERVISOR: ("supervisor", "陆春晖", STREET),
    Role.WORKER: ("worker", "方晓晴", ""),
    Role.EMPLOYMENT_OFFICER: ("employment", "周启明", DISTRICT),
    Role.PLAN_OFFICER: ("planner", "程致远", DISTRICT),
    Role.MENTOR: ("mentor", "", ""),
    Role.EXPERT: ("expert", "林知予", DISTRICT),
    Role.PLAN_OFFICER: ("planner", "程砚秋", DISTRICT),
    Role.LEADER: ("leader", "顾明远", DISTRICT),
    Role.AUDITOR: ("auditor", "严正平", DISTRICT),
    Role.ADMINISTRATOR: ("admin", "管理员", DISTRICT),
}


@dataclass(frozen=True, slots=True)
class SignIn:
    """What somebody types to sign in, and what for; `kind` tells a student from a neighbour mom."""

    role: str
    username: str
    password: str
    kind: str = ""


def sign_ins_path() -> Path:
    return Path(settings.HOME) / "demo-sign-ins.json"


def read_sign_ins() -> tuple[SignIn, ...]:
    path = sign_ins_path()
    if not path.exists():
        return ()
    return tuple(SignIn(**row) for row in json.loads(path.read_text()))


def write_sign_ins(sign_ins: tuple[SignIn, ...]) -> None:
    """Readable by the owner of the data only."""
    descriptor = os.open(sign_ins_path(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump([asdict(one) for one in sign_ins], file, indent=1)


def make_sign_in(
    role: Role, *, unit: Unit, on: date, name: str = "", username: str = "", kind: str = ""
) -> tuple[User, SignIn]:
    usual, given, _code = _NAMES[role]
    username = username or usual
    password = "-".join(secrets.choice(_WORDS) for _ in range(3)) + f"-{secrets.randbelow(90) + 10}"
    user = User.objects.create_user(username, password=password, name=name or given)
    Assignment.objects.create(user=user, role=role, unit=unit, from_on=on - timedelta(days=400))
    return user, SignIn(role.value, username, password, kind)


def unit_of(role: Role) -> str:
    """The code of the unit in which the demo's person holds the role; empty where it follows from the data."""
    return _NAMES[role][2]


def describe(sign_ins: tuple[SignIn, ...]) -> str:
    """The lines printed on the terminal."""
    lines = [f"    {one.username:<12}{one.password:<30}{_label(one)}" for one in sign_ins]
    return "\n".join([f"  {_('Sign in as')}", *lines])


def _label(one: SignIn) -> str:
    return str(MentorKind(one.kind).label if one.kind else Role(one.role).label)
