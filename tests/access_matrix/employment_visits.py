"""Visits to employers: all employment officers of the district read them, the office that was there changes them."""

from sunward.employment.models import EmployerVisit
from tests.access_matrix.employment_vacancies import CHANGE, OFFICERS, READ, employer, said, unit_of
from tests.access_matrix.rows import DONE, SHOWN_AGAIN, Made, Row, post
from tests.employment.builders import make_employer
from tests.factories import NOW, TODAY
from tests.personas import World


def make_visit(world: World, unit: str = "310110012", **more: object) -> EmployerVisit:
    home = unit_of(world, unit)
    return EmployerVisit.objects.create(
        employer=make_employer(home), happened_on=TODAY, learned="缺人", unit=home, unit_path=home.path,
        by=world.users["employment_officer"], recorded_at=NOW, **more,
    )  # fmt: skip


def visit(unit: str = "310110012", **more: object) -> Made:
    return lambda world: {"visit_id": make_visit(world, unit, **more).uid}


ABROAD = {"note": "of another district"}
WORDS = {"happened_on": TODAY.isoformat(), "is_online": "yes", "learned": "缺十名运维"}


ROWS = [
    Row("employment:visits", **READ),
    Row("employment:visits_next", **READ),
    Row("employment:visit", keys=visit(), **READ),
    Row("employment:visit", "", OFFICERS, keys=visit("310104"), **ABROAD),
    Row("employment:visit_new", keys=employer("310110012"), **READ),
    Row("employment:visit_new", "", OFFICERS, keys=employer("310104"), **ABROAD),
    post("employment:visit_new", keys=employer("310110012"), status=SHOWN_AGAIN, **READ),
    Row("employment:visit_edit", keys=visit(), **CHANGE),
    post("employment:visit_edit", keys=visit(), **CHANGE),
    post("employment:visit_edit", keys=visit(), data=said(**WORDS), status=DONE, note="changed", **CHANGE),
    post("employment:visit_edit", "", OFFICERS, keys=visit("310104"), data=said(**WORDS), **ABROAD),
    post("employment:visit_withdraw", keys=visit(), data=said(), status=DONE, **CHANGE),
    post("employment:visit_withdraw", "", OFFICERS, keys=visit("310104"), data=said(), **ABROAD),
    post("employment:visit_restore", keys=visit(withdrawn_at=NOW), data=said(), status=DONE, **CHANGE),
]  # fmt: skip
