"""The scenario from the units to the corrections, on an empty database, in the order of the year."""

from datetime import date
from random import Random

from django.db import connection
from django.utils.translation import gettext_lazy as _

from sunward.accounts.enums import Role, UnitKind
from sunward.accounts.models import Unit, User
from sunward.accounts.units import load_district
from sunward.core.jobs.queue import enqueue
from sunward.core.refusals import Refusal
from sunward.figures.jobs import publish_months
from sunward.ledger.models import Fact
from sunward.people.models import Person
from sunward.web.demo.people import Committee, PersonMaker
from sunward.web.demo.sign_ins import SignIn, make_sign_in, unit_of, write_sign_ins
from sunward.web.demo.yangpu_2022.bulletins import SECOND, make_bulletin
from sunward.web.demo.yangpu_2022.corrections import make_corrections
from sunward.web.demo.yangpu_2022.fairs import make_fairs
from sunward.web.demo.yangpu_2022.groups import make_groups
from sunward.web.demo.yangpu_2022.meeting import make_meeting
from sunward.web.demo.yangpu_2022.moms import make_moms
from sunward.web.demo.yangpu_2022.roadshows import make_roadshows
from sunward.web.demo.yangpu_2022.seekers import make_seekers
from sunward.web.demo.yangpu_2022.stage import Stage, Tell
from sunward.web.demo.yangpu_2022.time_together import make_time_together
from sunward.web.demo.yangpu_2022.visits import make_visit

SEED = 20221031
BEGINNING = date(2022, 1, 4)
_OFFICES = (
    Role.DISTRICT_OFFICER, Role.SUPERVISOR, Role.EMPLOYMENT_OFFICER, Role.PLAN_OFFICER, Role.LEADER, Role.AUDITOR,
    Role.ADMINISTRATOR,
)  # fmt: skip


def refuse_where_somebody_is() -> None:
    """A district's own database holds somebody or something: there the scenario has no business."""
    if User.objects.exists() or Person.objects.exists() or Fact.objects.exists():
        raise _not_empty()


def refuse_where_somebody_came(stage: Stage) -> None:
    """It takes a while, and a database may be shared: beside anybody else nobody gets these passwords to read."""
    if set(User.objects.values_list("username", flat=True)) != stage.usernames:
        raise _not_empty()


def _not_empty() -> Refusal:
    return Refusal(
        "web.demo_not_empty", _("There are users, people or facts here already: a scenario needs an empty database.")
    )


def build_yangpu_2022(tell: Tell) -> tuple[SignIn, ...]:
    """Returns one sign-in per role."""
    refuse_where_somebody_is()
    tell("units and officers")
    load_district()
    random = Random(SEED)  # noqa: S311 - the same scenario every time
    sign_ins = (*(_officer(role) for role in _OFFICES), _second_officer())
    stage = Stage(random, PersonMaker(random, _committees()), tell)
    stage.usernames.update(one.username for one in sign_ins)
    make_moms(stage)
    make_time_together(stage)
    make_roadshows(stage)
    make_seekers(stage)
    make_fairs(stage)
    make_groups(stage)
    make_visit(stage)
    make_meeting(stage)
    _know_the_tables()
    make_bulletin(stage)
    make_corrections(stage)
    enqueue(publish_months)  # its months stand on dashboards as soon as a worker runs
    refuse_where_somebody_came(stage)
    write_sign_ins(sign_ins)
    return sign_ins


def _know_the_tables() -> None:
    """PostgreSQL would take a minute to notice by itself how many facts there are, and guess badly until then."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _officer(role: Role) -> SignIn:
    return make_sign_in(role, unit=Unit.objects.get(code=unit_of(role)), on=BEGINNING)[1]


def _second_officer() -> SignIn:
    """Nobody publishes what she wrote herself."""
    district = Unit.objects.get(code=unit_of(Role.EMPLOYMENT_OFFICER))
    username, name = SECOND
    return make_sign_in(Role.EMPLOYMENT_OFFICER, unit=district, on=BEGINNING, username=username, name=name)[1]


def _committees() -> tuple[Committee, ...]:
    committees = Unit.objects.filter(kind=UnitKind.COMMITTEE).select_related("parent").order_by("code")
    return tuple(Committee(one.parent.name if one.parent else "", one.name) for one in committees)
