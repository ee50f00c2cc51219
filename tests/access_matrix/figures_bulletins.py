"""Bulletins: drafts for whoever keeps the programme's files of the unit; published ones for those in its line."""

from sunward.accounts.enums import Role
from tests import factories
from tests.access_matrix.rows import DONE, EMPLOYMENT, OFFICERS, Row, post
from tests.figures.bulletin_builders import make_bulletin, make_published, officer
from tests.personas import World

LEADERS_HERE = "leader leader_of_subdistrict"
LEADERS = f"{LEADERS_HERE} leader_elsewhere"
DISTRICTS = "employment_officer_of_district"
HERE = "310110012"
STREETS = f"{DISTRICTS} employment_officer"
# Each differs from who may by one thing: the unit, the programme, the post.
OTHERS_OF_DISTRICT = f"employment_officer employment_officer_elsewhere employment_officer_at_point {OFFICERS} {LEADERS}"
OTHERS_OF_STREET = f"employment_officer_elsewhere employment_officer_at_point {OFFICERS} {LEADERS}"
NOT_LEADERS = " ".join(name for name in OTHERS_OF_DISTRICT.split() if name not in LEADERS.split())
NOT_LEADERS_OF_STREET = " ".join(name for name in OTHERS_OF_STREET.split() if name not in LEADERS.split())
KEEPS_CHILDREN = "officer"
OTHERS_OF_CHILDREN = " ".join([EMPLOYMENT, LEADERS, *(name for name in OFFICERS.split() if name != KEEPS_CHILDREN)])
BODY = "本月工作平稳。"


def draft(world: World) -> dict[str, object]:
    return {"bulletin_id": make_bulletin(officer(), BODY).uid}


def published(world: World) -> dict[str, object]:
    return {"bulletin_id": make_published(BODY).bulletin.uid}


def draft_of_street(world: World) -> dict[str, object]:
    return {"bulletin_id": make_bulletin(officer(), BODY, unit=factories.make_subdistrict(HERE)).uid}


def published_of_street(world: World) -> dict[str, object]:
    return {"bulletin_id": make_published(BODY, unit=factories.make_subdistrict(HERE)).bulletin.uid}


def draft_of_children(world: World) -> dict[str, object]:
    return {"bulletin_id": make_bulletin(officer(Role.DISTRICT_OFFICER), BODY, programme="mentoring").uid}


def version(world: World) -> dict[str, object]:
    return {"version": "1"}


IN_DISTRICT = f"{EMPLOYMENT} supervisor supervisor_elsewhere officer worker_supervising_elsewhere {LEADERS_HERE}"
IN_STREET = f"{STREETS} employment_officer_at_point supervisor officer {LEADERS_HERE}"
NOT_IN_DISTRICT = "officer_elsewhere leader_elsewhere"
NOT_IN_STREET = (
    "employment_officer_elsewhere supervisor_elsewhere officer_elsewhere worker_supervising_elsewhere leader_elsewhere"
)

ROWS = [
    Row("figures:bulletins", f"{EMPLOYMENT} {OFFICERS} {LEADERS}"),
    Row("figures:bulletin_new", f"{EMPLOYMENT} {OFFICERS}"),
    post("figures:bulletin_new", f"{EMPLOYMENT} {OFFICERS}"),
    Row("figures:bulletin", DISTRICTS, OTHERS_OF_DISTRICT, keys=draft, note="a draft of the district"),
    Row("figures:bulletin", KEEPS_CHILDREN, OTHERS_OF_CHILDREN, keys=draft_of_children, note="a draft about children"),
    Row("figures:bulletin", STREETS, OTHERS_OF_STREET, keys=draft_of_street, note="a draft of a sub-district"),
    Row("figures:bulletin", IN_DISTRICT, NOT_IN_DISTRICT, keys=published, note="published by the district"),
    Row("figures:bulletin", IN_STREET, NOT_IN_STREET, keys=published_of_street, note="published by a sub-district"),
    Row("figures:bulletin_word", IN_DISTRICT, NOT_IN_DISTRICT, keys=published, note="published by the district"),
    Row("figures:bulletin_word", IN_STREET, NOT_IN_STREET, keys=published_of_street, note="of a sub-district"),
    Row("figures:bulletin_word", "", f"{DISTRICTS} {OTHERS_OF_DISTRICT}", keys=draft, note="a draft is no paper"),
    Row("figures:bulletin_edit", DISTRICTS, NOT_LEADERS, keys=draft),
    Row("figures:bulletin_edit", STREETS, NOT_LEADERS_OF_STREET, keys=draft_of_street, note="of a sub-district"),
    post("figures:bulletin_edit", DISTRICTS, NOT_LEADERS, keys=draft),
    post("figures:bulletin_publish", DISTRICTS, NOT_LEADERS, keys=draft, data=version, status=DONE),
    post(
        "figures:bulletin_publish", STREETS, NOT_LEADERS_OF_STREET, keys=draft_of_street, data=version, status=DONE,
        note="of a sub-district",
    ),
    Row("figures:bulletin_erratum", DISTRICTS, NOT_LEADERS, keys=published),
    post("figures:bulletin_erratum", DISTRICTS, NOT_LEADERS, keys=published),
]  # fmt: skip
