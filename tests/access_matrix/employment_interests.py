"""Surveys of wishes: the unit's office and those above write them, officers below read, leaders read sums."""

from uuid import UUID

from sunward.accounts.models import Unit
from sunward.casework.models import Case
from sunward.employment.enums import InterestState
from sunward.employment.models import InterestSurvey, InterestWish, JobseekerLink
from sunward.employment.own_pass import token_of
from tests.access_matrix.employment_jobseekers import A_CHILDS, OWN, jobseeker
from tests.access_matrix.employment_points import ELSEWHERE, OFFICE, OFFICERS
from tests.access_matrix.rows import DONE, EVERYBODY, Made, Row, post
from tests.employment.interest_builders import make_reply, make_survey, topic_of
from tests.factories import NOW, TODAY
from tests.personas import World

NEVER = TODAY.replace(year=TODAY.year + 1)
# The survey is the sub-district's: the point below it reads it as well; another sub-district does not.
AROUND = {"enters": f"{OFFICE} employment_officer_at_point", "absent": "employment_officer_elsewhere"}
CHANGE = {"enters": OFFICE, "absent": ELSEWHERE}
DRAFT, CLOSED = {"state": InterestState.DRAFT}, {"state": InterestState.CLOSED, "closed_at": NOW}


def survey(world: World, **more: object) -> InterestSurvey:
    """With an answer of somebody whose file the office keeps and the point does not; nobody answers a draft."""
    row = make_survey(Unit.objects.get(code="310110012"), **{"common_from": 1} | more)
    if row.state == InterestState.DRAFT:
        return row
    make_reply(row, Case.objects.get(uid=jobseeker(world)["case_id"]), 1, words=("夜校",))
    return row


def of_survey(**more: object) -> Made:
    return lambda world: {"survey_id": survey(world, **more).uid}


def of_topic(**more: object) -> Made:
    def keys(world: World) -> dict[str, object]:
        row = survey(world, **CLOSED)
        return {"survey_id": row.uid, "topic_id": topic_of(row).uid} | more

    return keys


def of_wish(world: World) -> dict[str, object]:
    row = survey(world, **CLOSED)
    return {"survey_id": row.uid, "wish_id": InterestWish.objects.get(survey=row).uid}


def by_another_survey(world: World) -> dict[str, object]:
    """Her own survey in the address, the topic and the wish of another in its end."""
    other = survey(world, **CLOSED)
    mine = make_survey(Unit.objects.get(code="310110012"), **CLOSED)
    return {
        "survey_id": mine.uid,
        "topic_id": topic_of(other).uid,
        "wish_id": InterestWish.objects.get(survey=other).uid,
    }


def topic_of_another(world: World) -> dict[str, object]:
    return {name: key for name, key in by_another_survey(world).items() if name != "wish_id"}


def wish_of_another(world: World) -> dict[str, object]:
    return {name: key for name, key in by_another_survey(world).items() if name != "topic_id"}


def asked(world: World) -> dict[str, object]:
    """A file and an open survey that asks it."""
    return jobseeker(world) | {"survey_id": survey(world).uid}


def of_a_child(world: World) -> dict[str, object]:
    return {"case_id": world.case.uid, "survey_id": survey(world).uid}


def own(world: World) -> dict[str, object]:
    case = Case.objects.get(uid=jobseeker(world)["case_id"])
    link = JobseekerLink.objects.create(case=case, made_at=NOW, made_by_id=0, expires_on=NEVER)
    return {"token": token_of(link), "survey_id": survey(world).uid}


def own_course(world: World) -> dict[str, object]:
    return own(world) | {"gathering_id": UUID(int=1)}


def revoked(world: World) -> dict[str, object]:
    keys = own(world)
    JobseekerLink.objects.update(revoked_at=NOW)
    return keys


def first(world: World) -> dict[str, object]:
    return {"version": 1}


def because(world: World) -> dict[str, object]:
    return {"because": "今年没有讲师"}


CHILDS = A_CHILDS | {"keys": of_a_child}
ASKED = OWN | {"keys": asked}
ROWS = [
    Row("employment:interests", f"{OFFICERS} leader leader_of_subdistrict leader_elsewhere"),
    Row("employment:interest_new", OFFICERS),
    post("employment:interest_new", OFFICERS, data=first),
    Row("employment:interest", keys=of_survey(), **AROUND),
    Row("employment:interest", keys=of_survey(**DRAFT), note="a draft", **CHANGE),
    Row("employment:interest_edit", keys=of_survey(), **CHANGE),
    post("employment:interest_edit", keys=of_survey(), data=first, **CHANGE),
    post("employment:interest_publish", keys=of_survey(**DRAFT), data=first, status=DONE, **CHANGE),
    post("employment:interest_close", keys=of_survey(), data=first, status=DONE, **CHANGE),
    post("employment:interest_reopen", keys=of_survey(**CLOSED), data=first, status=DONE, **CHANGE),
    post("employment:interest_discard", keys=of_survey(**DRAFT), data=first, status=DONE, **CHANGE),
    post("employment:interest_plan", keys=of_topic(number=1), status=DONE, **CHANGE),
    Row("employment:interest_decline", keys=of_topic(), **CHANGE),
    post("employment:interest_decline", keys=of_topic(), data=because, status=DONE, **CHANGE),
    post("employment:interest_resume", keys=of_topic(), status=DONE, **CHANGE),
    post(
        "employment:interest_plan",
        "",
        OFFICERS,
        note="a line of another survey",
        keys=lambda world: topic_of_another(world) | {"number": 1},
    ),
    Row("employment:interest_decline", "", OFFICERS, keys=topic_of_another, note="a topic of another survey"),
    post("employment:interest_decline", "", OFFICERS, keys=topic_of_another, data=because, note="of another survey"),
    post("employment:interest_resume", "", OFFICERS, keys=topic_of_another, note="a topic of another survey"),
    Row("employment:interest_wish", "", OFFICERS, keys=wish_of_another, note="a wish of another survey"),
    post("employment:interest_wish", "", OFFICERS, keys=wish_of_another, data=first, note="a wish of another survey"),
    Row("employment:interest_wishes", keys=of_survey(), **AROUND),
    Row("employment:interest_wish", keys=of_wish, **CHANGE),
    post("employment:interest_wish", keys=of_wish, data=first, status=DONE, **CHANGE),
    Row("employment:jobseeker_interests", **OWN),
    Row("employment:jobseeker_interests", **A_CHILDS),
    Row("employment:jobseeker_interest", **ASKED),
    Row("employment:jobseeker_interest", **CHILDS),
    post("employment:jobseeker_interest", data=first, **ASKED),
    post("employment:jobseeker_interest", data=first, **CHILDS),
    post("employment:jobseeker_interest_take_back", status=DONE, **ASKED),
    post("employment:jobseeker_interest_take_back", **CHILDS),
    Row("own_interest", EVERYBODY, keys=own, status=DONE, note="without a pass"),
    Row("own_interest", EVERYBODY, keys=revoked, status=404, note="revoked"),
    post("own_interest", EVERYBODY, keys=own, status=DONE, note="without a pass"),
    post("own_interest_take_back", EVERYBODY, keys=own, status=DONE, note="without a pass"),
    *(
        post(f"own_interest_{verb}", EVERYBODY, keys=own_course, status=DONE, note="without a pass")
        for verb in ("come", "give_back")
    ),
]
