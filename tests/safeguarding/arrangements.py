"""Worries, hints and reports, as tests need them: each by the act that people use."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.accounts.models import Unit
from sunward.safeguarding.actions import triage
from sunward.safeguarding.actions.links import NewLink, make_link
from sunward.safeguarding.actions.reports import About, ReportDetails, write_report
from sunward.safeguarding.actions.worries import WorryDetails, report_worry
from sunward.safeguarding.enums import Authority, ReportKind, WorrySign
from sunward.safeguarding.models import Hint, MandatoryReport, Worry
from tests import factories
from tests.factories import NOW, TODAY


def details(name: str = "", **more: Any) -> WorryDetails:
    return WorryDetails(signs=(WorrySign.ALONE,), seen_on=TODAY, child_name=name, **more)


def worry_of(actor: Actor, unit: Unit, name: str = "", *, key: UUID | None = None, **more: Any) -> Worry:
    return report_worry(
        actor=actor, worry_id=key or uuid4(), unit_id=unit.pk, details=details(name, **more), on=TODAY, now=NOW
    )


def report_of(actor: Actor, about: About, **more: Any) -> MandatoryReport:
    told = {"kinds": (ReportKind.ABUSE,), "authority": Authority.POLICE, "found_at": NOW - timedelta(minutes=20)} | more
    return write_report(actor=actor, report_id=uuid4(), about=about, details=ReportDetails(**told), on=TODAY, now=NOW)


def link_of(actor: Actor, unit: Unit, label: str = "向阳小学", *, days: int = 30) -> NewLink:
    return make_link(
        actor=actor, unit_id=unit.pk, label=label, expires_on=TODAY + timedelta(days=days), on=TODAY, now=NOW
    )


def supervisor_of(code: str, **user: str) -> Actor:
    return factories.actor_of(factories.make_officer(Role.SUPERVISOR, factories.make_subdistrict(code), **user))


def worries_of(world: Any) -> dict[str, Any]:
    """A mentor's worry here, one passed away from here, one that another office should talk about, a report, a link."""
    users, unit = world.users, world.case.unit
    supervisor = factories.actor_of(users["supervisor"])
    mentor = factories.actor_of(users["mentor"])
    worry = worry_of(mentor, unit, "闻小远", child_age=8, whereabouts="控江路", is_urgent=True)
    elsewhere = Unit.objects.get(path=supervisor_path(users["supervisor_elsewhere"]))
    # The same child there: a hint for the two supervisors.
    worry_of(factories.actor_of(users["worker_elsewhere"]), elsewhere, "闻小远", child_age=8)
    passed = worry_of(mentor, unit, "陈七")
    triage.pass_on(actor=supervisor, worry_id=passed.uid, unit_id=elsewhere.pk, words="住在五角场", on=TODAY, now=NOW)
    settled = worry_of(mentor, unit, "陈八")
    triage.settle(actor=supervisor, worry_id=settled.uid, outcome="已上门", on=TODAY, now=NOW)
    made = link_of(supervisor, Unit.objects.get(path=supervisor.unit_path))
    return {
        "worry": worry.uid,
        "passed_worry": passed.uid,
        "settled_worry": settled.uid,
        "hint": Hint.objects.get().uid,
        "report": report_of(mentor, About.of_case(world.case)).uid,
        "reporting_link": made.link.pk,
        "reporting_token": made.token,
    }


def supervisor_path(user: Any) -> str:
    path: str = user.assignments.get().unit.path
    return path
