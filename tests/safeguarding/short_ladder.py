"""A ladder of seconds in the place of the declared one, for tests that wait for a real clock."""

from dataclasses import replace
from datetime import timedelta

from sunward.accounts.enums import Role
from sunward.mentoring.safeguarding import HELPING
from sunward.safeguarding import declaration
from sunward.safeguarding.ladder import Ladder, Rung

FIRST, SECOND, LAST = timedelta(seconds=1), timedelta(seconds=8), timedelta(minutes=5)
LADDER = Ladder(
    (Rung(Role.WORKER, FIRST), Rung(Role.SUPERVISOR, SECOND), Rung(Role.DISTRICT_OFFICER, LAST)), again=LAST
)


def put_in_place() -> None:
    short = {HELPING.programme: replace(HELPING, ladder=LADDER)}
    declaration.declared = lambda: short  # type: ignore[assignment]
