"""Employers' own pages: open to whoever holds the address and the code, and the office's links to them."""

from sunward.employment.models import EmployerLink
from sunward.employment.own_pass import token_of
from tests.access_matrix.employment_jobseekers import ELSEWHERE, HERE
from tests.access_matrix.employment_recommendations import recommendation
from tests.access_matrix.rows import DONE, EVERYBODY, Row, post
from tests.employment.builders import make_employer
from tests.factories import NOW, TODAY
from tests.personas import World


def employer(world: World) -> dict[str, object]:
    """In the sub-district of the children, where the employment officer's post is."""
    unit = world.users["employment_officer"].assignments.get().unit
    return {"employer_id": make_employer(unit).uid}


def linked(world: World) -> dict[str, object]:
    unit = world.users["employment_officer"].assignments.get().unit
    return {"employer_id": _link(make_employer(unit)).employer.uid}


def _link(of: object, **more: object) -> EmployerLink:
    given = {"made_at": NOW, "made_by_id": 0, "expires_on": TODAY.replace(year=TODAY.year + 1), "code_index": "x"}
    return EmployerLink.objects.create(employer=of, **given | more)


def page(world: World) -> dict[str, object]:
    return {"token": token_of(_link(make_employer(world.case.unit)))}


def over(world: World) -> dict[str, object]:
    return {"token": token_of(_link(make_employer(world.case.unit), expires_on=TODAY))}


def revoked(world: World) -> dict[str, object]:
    return {"token": token_of(_link(make_employer(world.case.unit), revoked_at=NOW))}


def candidate(world: World) -> dict[str, object]:
    return page(world) | {"recommendation_id": recommendation(world)["recommendation_id"]}


ONE = {"enters": HERE, "absent": ELSEWHERE}
ROWS = [
    Row("employment:employer_link", keys=employer, **ONE),
    post("employment:employer_link", keys=employer, status=200, **ONE),
    post("employment:employer_link_revoke", keys=linked, status=DONE, **ONE),
    post("employment:employer_link_open", keys=linked, status=DONE, **ONE),
    Row("employer_page", EVERYBODY, keys=page),
    Row("employer_page", EVERYBODY, keys=over, status=404, note="over"),
    Row("employer_page", EVERYBODY, keys=revoked, status=404, note="revoked"),
    post("employer_page", EVERYBODY, keys=page, note="an empty answer"),
    Row("employer_offer", EVERYBODY, keys=page, status=DONE, note="without a pass"),
    post("employer_offer", EVERYBODY, keys=page, status=DONE, note="without a pass"),
    post("employer_candidate", EVERYBODY, keys=candidate, status=DONE, note="without a pass"),
]
