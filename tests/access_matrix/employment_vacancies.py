"""Vacancies and employers: all employment officers of the district read them, the own office changes them."""

from sunward.accounts.models import Unit
from sunward.employment.enums import VacancyState
from tests.access_matrix.rows import DONE, SHOWN_AGAIN, Made, Row, post
from tests.employment.builders import make_employer, make_vacancy
from tests.factories import TODAY
from tests.personas import POSTS, World

OFFICERS = " ".join(name for name in POSTS if name.startswith("employment_officer") and "yesterday" not in name)
# The vacancy is the sub-district's: its office and the district's; a service point below it is another office.
OFFICE = " ".join(name for name in OFFICERS.split() if name in ("employment_officer", "employment_officer_of_district"))
ELSEWHERE = " ".join(name for name in OFFICERS.split() if name not in OFFICE.split())
READ = {"enters": OFFICERS}
CHANGE = {"enters": OFFICE, "absent": ELSEWHERE}


def _unit(world: World, code: str) -> Unit:
    return Unit.objects.get(code=code)


def vacancy(state: str = VacancyState.OPEN, unit: str = "310110012", **more: object) -> Made:
    def keys(world):
        employer = make_employer(_unit(world, unit))
        row = make_vacancy(employer, state=state, contact_name="钱经理", contact_phone="13800000000", **more)
        return {"vacancy_id": row.uid}

    return keys


def employer(unit: str) -> Made:
    return lambda world: {"employer_id": make_employer(_unit(world, unit)).uid}


def said(**more: object) -> Made:
    return lambda world: {"version": 1} | more


CLOSED = {"state": VacancyState.CLOSED, "close_reason": "filled"}
ROWS = [
    Row("employment:vacancies", **READ),
    Row("employment:vacancy_new", **READ),
    post("employment:vacancy_new", status=SHOWN_AGAIN, **READ),
    post("employment:vacancy_reading", data=lambda w: {"title": "限男"}, status=200, **READ),
    Row("employment:vacancy", keys=vacancy(), **READ),
    Row("employment:vacancy", "", OFFICERS, keys=vacancy(unit="310104"), note="of another district"),
    Row("employment:employer", keys=employer("310110012"), **READ),
    Row("employment:employer", "", OFFICERS, keys=employer("310104"), note="of another district"),
    post("employment:vacancy_verify", keys=vacancy(), **CHANGE),
    post(
        "employment:vacancy_verify", keys=vacancy(), data=said(until=TODAY.isoformat()), status=DONE, note="verified",
        **CHANGE,
    ),
    post("employment:vacancy_release", keys=vacancy(VacancyState.HELD), **CHANGE),
    post(
        "employment:vacancy_release", keys=vacancy(VacancyState.HELD), data=said(reason="law"), status=DONE,
        note="let stand", **CHANGE,
    ),
    post("employment:vacancy_close", keys=vacancy(), **CHANGE),
    post(
        "employment:vacancy_close", keys=vacancy(), data=said(reason="filled"), status=DONE, note="closed", **CHANGE
    ),
    post(
        "employment:vacancy_reopen", keys=vacancy(**CLOSED), data=said(), status=DONE, **CHANGE
    ),
]  # fmt: skip
