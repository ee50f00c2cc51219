"""Vacancies and employers: all employment officers of the district read them, the own office changes them."""

from sunward.accounts.models import Unit
from sunward.employment.enums import VacancyState
from sunward.employment.models import VacancyLikeness
from tests.access_matrix.rows import DONE, SHOWN_AGAIN, Made, Row, post
from tests.employment.builders import make_employer, make_vacancy
from tests.factories import TODAY
from tests.personas import POSTS, World

OFFICERS = " ".join(name for name in POSTS if name.startswith("employment_officer") and "yesterday" not in name)
# The vacancy is the sub-district's: its office and the district's; a service point below it is another office.
OFFICE = " ".join(name for name in OFFICERS.split() if name in ("employment_officer", "employment_officer_of_district"))
ELSEWHERE = " ".join(name for name in OFFICERS.split() if name not in OFFICE.split())
DISTRICT = "employment_officer_of_district"
SUBDISTRICTS = " ".join(name for name in OFFICERS.split() if name != DISTRICT)
READ = {"enters": OFFICERS}
CHANGE = {"enters": OFFICE, "absent": ELSEWHERE}


def unit_of(world: World, code: str) -> Unit:
    return Unit.objects.get(code=code)


def vacancy(state: str = VacancyState.OPEN, unit: str = "310110012", **more: object) -> Made:
    def keys(world):
        employer = make_employer(unit_of(world, unit))
        row = make_vacancy(employer, state=state, contact_name="钱经理", contact_phone="13800000000", **more)
        return {"vacancy_id": row.uid}

    return keys


def employer(unit: str) -> Made:
    return lambda world: {"employer_id": make_employer(unit_of(world, unit)).uid}


def pair(second: str = "310110012", *, district: str = "310110") -> Made:
    """Two that may be one post, the first of the sub-district, unless both are of another district."""

    def keys(world):
        employer = make_employer(unit_of(world, "310110012" if district == "310110" else district))
        first = make_vacancy(employer)
        other = make_vacancy(employer, unit=unit_of(world, second if district == "310110" else district))
        found = VacancyLikeness.objects.create(first=first, second=other, points=80)
        world.more["keep"] = first.uid
        return {"likeness_id": found.pk}

    return keys


def kept(world: World) -> dict[str, object]:
    return {"keep": world.more["keep"], "first_version": 1, "second_version": 1}


def merged(world: World) -> dict[str, object]:
    employer = make_employer(unit_of(world, "310110012"))
    gone = make_vacancy(employer, state=VacancyState.CLOSED, close_reason="merged", merged_into=make_vacancy(employer))
    return {"vacancy_id": gone.uid}


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
    Row("employment:vacancy_occupation", keys=vacancy(), **CHANGE),
    post("employment:vacancy_occupation", keys=vacancy(), status=SHOWN_AGAIN, **CHANGE),
    post(
        "employment:vacancy_occupation", keys=vacancy(), data=said(offered="other", other="4-02-06-01"), status=DONE,
        note="chosen", **CHANGE,
    ),
    Row("employment:vacancy_edit", keys=vacancy(), **CHANGE),
    post("employment:vacancy_edit", keys=vacancy(), **CHANGE),
    post(
        "employment:vacancy_edit", keys=vacancy(), data=said(title="理货员", kind="full_time", places_min=2),
        status=DONE, note="changed", **CHANGE,
    ),
    Row("employment:vacancy_edit", "", OFFICERS, keys=vacancy(unit="310104"), note="of another district"),
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
    Row("employment:likenesses", **READ),
    Row("employment:likeness", keys=pair(), **CHANGE),
    Row("employment:likeness", DISTRICT, SUBDISTRICTS, keys=pair("310110019"), note="of two sub-districts"),
    Row("employment:likeness", "", OFFICERS, keys=pair(district="310104"), note="of another district"),
    post("employment:likeness_same", keys=pair(), **CHANGE),
    post("employment:likeness_same", keys=pair(), data=kept, status=DONE, note="merged", **CHANGE),
    post(
        "employment:likeness_same", DISTRICT, SUBDISTRICTS, keys=pair("310110019"), data=kept, status=DONE,
        note="of two sub-districts",
    ),
    post("employment:likeness_different", keys=pair(), status=DONE, **CHANGE),
    post("employment:likeness_different", "", OFFICERS, keys=pair(district="310104"), note="of another district"),
    post("employment:vacancy_part", keys=merged, data=said(), status=DONE, **CHANGE),
]  # fmt: skip
