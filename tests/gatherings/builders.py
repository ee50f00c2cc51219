"""Builders for gatherings: each makes one valid thing through the acts themselves, as far as they exist."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.accounts.models import Unit
from sunward.casework.models import Case
from sunward.core.refusals import Refusal
from sunward.gatherings.actions import name_steward, plan_gathering, publish_gathering, sign_up
from sunward.gatherings.actions.planning import GatheringDetails, SessionTime
from sunward.gatherings.admission import Head
from sunward.gatherings.enums import Duty
from sunward.gatherings.models import Gathering, SignUp
from sunward.gatherings.news import News, news
from sunward.people.enums import LegalBasis, Purpose
from sunward.people.models import ConsentRecord, Person
from tests.factories import NOW, TODAY, actor_of, make_child, make_officer, make_person, make_subdistrict

OUTING, TRAINING, FAIR = "mentoring.outing", "mentoring.training", "employment.job_fair"
SALON = "employment.salon"
BEGINS = datetime(2026, 12, 5, 1, 0, tzinfo=NOW.tzinfo)
ENDS = BEGINS + timedelta(hours=3)
DURING = BEGINS + timedelta(minutes=10)
AFTER = ENDS + timedelta(hours=1)


def details(host: Unit | None = None, **said: Any) -> GatheringDetails:
    made = GatheringDetails(title="秋游", host_id=(host or make_subdistrict()).pk, place="共青森林公园", places=30)
    return replace(made, **said)


def planner(kind: str = OUTING) -> Actor:
    return actor_of(make_officer(Role.EMPLOYMENT_OFFICER if kind.startswith("employment") else Role.DISTRICT_OFFICER))


def draft(
    kind: str = OUTING,
    *,
    actor: Actor | None = None,
    sessions: tuple[SessionTime, ...] = (SessionTime(BEGINS, ENDS),),
    **said: Any,
) -> Gathering:
    by = actor or planner(kind)
    made = plan_gathering(actor=by, kind=kind, details=details(**said), sessions=sessions, on=TODAY, now=NOW)
    if kind == OUTING:
        name_steward(actor=by, gathering_id=made.uid, duty=Duty.SAFETY, name="陆一", on=TODAY, now=NOW)
    return made


def published(kind: str = OUTING, *, actor: Actor | None = None, **said: Any) -> Gathering:
    by = actor or planner(kind)
    made = draft(kind, actor=by, **said)
    return publish_gathering(actor=by, gathering_id=made.uid, version=made.version, on=TODAY, now=NOW)


def consent(person: Person, **said: Any) -> ConsentRecord:
    """A guardian's yes to gatherings, without an end."""
    guardian = make_person("监护人", unit=person.unit)
    person.guardianships.create(guardian=guardian, from_on=TODAY)
    basis = {"purpose": Purpose.GATHERINGS, "legal_basis": LegalBasis.CONSENT, "given_by": guardian, "given_on": TODAY}
    return ConsentRecord.objects.create(person=person, **basis | said)


def willing_child(**said: Any) -> Case:
    """A child's file with the consent on it."""
    case = make_child(**said)
    consent(case.person)
    return case


def adult(**said: Any) -> Case:
    """Somebody grown up whose file the district's officer sees."""
    return make_child(birth=date(1990, 5, 6), **said)


def refused(act: Callable[[], Any], code: str) -> Refusal:
    """The refusal that the act met, whose code has to be this one."""
    with pytest.raises(Refusal) as met:
        act()
    assert met.value.code == code
    return met.value


def bring(gathering: Gathering, *heads: Head, actor: Actor | None = None, **said: Any) -> list[SignUp]:
    """Sign one party up, through the act."""
    asked = {"party": uuid4(), "on": TODAY, "now": NOW} | said
    return sign_up(actor=actor or planner(gathering.kind), gathering_id=gathering.uid, heads=heads, **asked)


def guests(count: int = 1) -> list[Head]:
    return [Head(guest_name=f"来宾{number}") for number in range(count)]


@contextmanager
def listening() -> Iterator[list[News]]:
    """What is told inside."""
    heard: list[News] = []

    def hear(sender: Any, news: News, **_said: Any) -> None:
        heard.append(news)

    news.connect(hear, weak=False)
    try:
        yield heard
    finally:
        news.disconnect(hear)
