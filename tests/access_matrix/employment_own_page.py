"""Jobseekers' own pages: open to whoever holds the address and answers, and the office's links to them."""

from sunward.casework.models import Case
from sunward.employment.models import JobseekerLink
from sunward.employment.own_pass import token_of
from tests.access_matrix.employment_jobseekers import A_CHILDS, OWN, jobseeker
from tests.access_matrix.employment_recommendations import recommendation
from tests.access_matrix.rows import DONE, EVERYBODY, Row, post
from tests.employment.point_builders import make_appointment, make_point, make_slot
from tests.factories import NOW, TODAY
from tests.personas import World


def _link(case_uid: object, **more: object) -> JobseekerLink:
    given = {"made_at": NOW, "made_by_id": 0, "expires_on": TODAY.replace(year=TODAY.year + 1)} | more
    return JobseekerLink.objects.create(case=Case.objects.get(uid=case_uid), **given)


def own(world: World) -> dict[str, object]:
    return {"token": token_of(_link(jobseeker(world)["case_id"]))}


def over(world: World) -> dict[str, object]:
    return {"token": token_of(_link(jobseeker(world)["case_id"], expires_on=TODAY))}


def revoked(world: World) -> dict[str, object]:
    return {"token": token_of(_link(jobseeker(world)["case_id"], revoked_at=NOW))}


def of_a_child(world: World) -> dict[str, object]:
    """Were such a link ever made, it would open no child's file."""
    return {"token": token_of(_link(world.case.uid))}


def own_vacancy(world: World) -> dict[str, object]:
    keys = recommendation(world)
    return {"token": token_of(_link(keys["case_id"])), "recommendation_id": keys["recommendation_id"]}


def own_service(world: World) -> dict[str, object]:
    return own(world) | {"record_id": "00000000-0000-4000-8000-000000000000"}


def own_appointment(world: World) -> dict[str, object]:
    keys = own(world)
    case = JobseekerLink.objects.latest("pk").case
    row = make_appointment(case, make_slot(make_point("310110012"), world.users["employment_officer"]))
    return keys | {"appointment_id": row.uid}


def own_wish(world: World) -> dict[str, object]:
    return own(world) | {"what": "vacancies"}


def over_wish(world: World) -> dict[str, object]:
    return over(world) | {"what": "vacancies"}


def with_link(world: World) -> dict[str, object]:
    keys = jobseeker(world)
    _link(keys["case_id"])
    return keys


LINKED = OWN | {"keys": with_link}
ROWS = [
    Row("employment:jobseeker_link", **LINKED),
    Row("employment:jobseeker_link", **A_CHILDS),
    post("employment:jobseeker_link_make", status=DONE, **OWN),
    post("employment:jobseeker_link_make", **A_CHILDS),
    post("employment:jobseeker_link_revoke", status=DONE, **LINKED),
    post("employment:jobseeker_link_open", status=DONE, **LINKED),
    Row("own_page", EVERYBODY, keys=own),
    Row("own_page", EVERYBODY, keys=over, status=404, note="over"),
    Row("own_page", EVERYBODY, keys=revoked, status=404, note="revoked"),
    Row("own_page", EVERYBODY, keys=of_a_child, status=404, note="a child's file"),
    post("own_page", EVERYBODY, keys=own, note="an empty answer"),
    post("own_ask", EVERYBODY, keys=own, status=DONE, note="without a pass"),
    post("own_feedback", EVERYBODY, keys=own_service, status=DONE, note="without a pass"),
    Row("own_vacancy", EVERYBODY, keys=own_vacancy, status=DONE, note="without a pass"),
    post("own_say", EVERYBODY, keys=own_vacancy, status=DONE, note="without a pass"),
    post("own_share", EVERYBODY, keys=own_vacancy, status=DONE, note="without a pass"),
    post("own_take_back", EVERYBODY, keys=own_vacancy, status=DONE, note="without a pass"),
    Row("own_book", EVERYBODY, keys=own, status=DONE, note="without a pass"),
    Row("own_book", EVERYBODY, keys=revoked, status=404, note="revoked"),
    post("own_book", EVERYBODY, keys=own, status=DONE, note="without a pass"),
    Row("own_move", EVERYBODY, keys=own_appointment, status=DONE, note="without a pass"),
    post("own_move", EVERYBODY, keys=own_appointment, status=DONE, note="without a pass"),
    post("own_cancel", EVERYBODY, keys=own_appointment, status=DONE, note="without a pass"),
    post("own_restore", EVERYBODY, keys=own_appointment, status=DONE, note="without a pass"),
    post("own_consent_withdraw", EVERYBODY, keys=own_wish, status=DONE, note="without a pass"),
    post("own_consent_withdraw", EVERYBODY, keys=over_wish, status=404, note="over"),
    post("own_consent_give", EVERYBODY, keys=own_wish, status=DONE, note="without a pass"),
]
