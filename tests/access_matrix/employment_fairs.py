"""Fairs: whoever plans one keeps its booths, officers around it read them, leaders read sums; employers their own."""

from datetime import timedelta
from uuid import UUID, uuid4

from sunward.casework.models import Case
from sunward.employment.enums import BoothState
from sunward.employment.models import Booth, EmployerLink, JobseekerLink
from sunward.employment.own_pass import token_of
from sunward.gatherings.models import Gathering
from tests.access_matrix.employment_jobseekers import A_CHILDS, OWN, jobseeker
from tests.access_matrix.employment_points import ELSEWHERE, OFFICE, OFFICERS
from tests.access_matrix.rows import DONE, EVERYBODY, Made, Row, post
from tests.employment.builders import make_employer, make_vacancy
from tests.employment.fair_builders import make_booth, make_fair, make_interview, make_time
from tests.factories import NOW, TODAY
from tests.personas import World

NEVER = TODAY.replace(year=TODAY.year + 1)
# Whoever sits around a sub-district's fair: the point below it reads it as well; another sub-district does not.
AROUND = {"enters": f"{OFFICE} employment_officer_at_point", "absent": "employment_officer_elsewhere"}
CHANGE = {"enters": OFFICE, "absent": ELSEWHERE}


def fair(world: World, **more: object) -> Gathering:
    return make_fair(begins_at=NOW - timedelta(minutes=5), **more)


def of_fair(**more: object) -> Made:
    return lambda world: {"gathering_id": fair(world, **more).uid}


def booth(world: World, **more: object) -> Booth:
    return make_booth(fair(world), **more)


def of_booth(**more: object) -> Made:
    def keys(world: World) -> dict[str, object]:
        row = booth(world, **more)
        return {"gathering_id": row.gathering.uid, "booth_id": row.uid}

    return keys


def of_time(world: World) -> dict[str, object]:
    row = booth(world)
    return {"gathering_id": row.gathering.uid, "booth_id": row.uid, "slot_id": make_time(row).uid}


def of_interview(**more: object) -> Made:
    """Of a file that the office keeps and that no officer at the point does."""

    def keys(world: World) -> dict[str, object]:
        row = booth(world)
        case = Case.objects.get(uid=jobseeker(world)["case_id"])
        interview = make_interview(case, make_time(row), **more)
        return {"gathering_id": row.gathering.uid, "booth_id": row.uid, "interview_id": interview.uid}

    return keys


def of_file(world: World) -> dict[str, object]:
    row = booth(world)
    make_time(row)
    return jobseeker(world) | {"booth_id": row.uid}


def held(world: World) -> dict[str, object]:
    keys = jobseeker(world)
    row = make_interview(Case.objects.get(uid=keys["case_id"]), make_time(booth(world)))
    return keys | {"interview_id": row.uid}


def own(world: World, **more: object) -> dict[str, object]:
    case = Case.objects.get(uid=jobseeker(world)["case_id"])
    link = JobseekerLink.objects.create(case=case, made_at=NOW, made_by_id=0, expires_on=NEVER)
    return {"token": token_of(link)} | more


def own_booth(world: World) -> dict[str, object]:
    return own(world, booth_id=booth(world).uid)


def own_interview(world: World) -> dict[str, object]:
    return own(world, interview_id=uuid4())


def employer(world: World) -> EmployerLink:
    return EmployerLink.objects.create(
        employer=booth(world).employer, made_at=NOW, made_by_id=0, expires_on=NEVER, code_index="x"
    )


def employers_booth(world: World) -> dict[str, object]:
    link = employer(world)
    return {"token": token_of(link), "booth_id": Booth.objects.get(employer=link.employer).uid}


def employers_interview(world: World) -> dict[str, object]:
    return {"token": token_of(employer(world)), "interview_id": uuid4()}


def invited(world: World) -> dict[str, object]:
    """An employer that offers something in the district."""
    row = make_employer(world.users["employment_officer"].assignments.get().unit)
    make_vacancy(row)
    return {"employer": row.uid}


def first(world: World) -> dict[str, object]:
    return {"version": 1}


def shared(world: World) -> dict[str, object]:
    return {"is_shared": "on"}


CHILDS_BOOTH = A_CHILDS | {"keys": lambda world: {"case_id": world.case.uid, "booth_id": booth(world).uid}}
CHILDS_TIME = A_CHILDS | {"keys": lambda world: {"case_id": world.case.uid, "interview_id": UUID(int=1)}}
ANSWERS = (
    ("confirm", BoothState.INVITED), ("decline", BoothState.CONFIRMED), ("withdraw", BoothState.CONFIRMED),
    ("reinvite", BoothState.WITHDRAWN),
)  # fmt: skip
ROWS = [
    Row("employment:fairs", f"{OFFICERS} leader leader_of_subdistrict leader_elsewhere"),
    Row("employment:fair", keys=of_fair(), **AROUND),
    Row("employment:fair", keys=of_fair(kind="employment.salon"), enters="", absent=OFFICERS, note="no fair"),
    Row("employment:fair_invite", keys=of_fair(), **CHANGE),
    post("employment:fair_invite", keys=of_fair(), data=invited, status=DONE, **CHANGE),
    Row("employment:booth", keys=of_booth(), **AROUND),
    *(
        post(f"employment:booth_{verb}", keys=of_booth(state=state), data=first, status=DONE, **CHANGE)
        for verb, state in ANSWERS
    ),
    post(
        "employment:booth_place", keys=of_booth(), data=lambda w: {"version": 1, "place": "A3"}, status=DONE, **CHANGE
    ),
    Row("employment:booth_vacancies", keys=of_booth(), **CHANGE),
    post("employment:booth_vacancies", keys=of_booth(), data=first, status=DONE, **CHANGE),
    Row("employment:booth_times_new", keys=of_booth(), **CHANGE),
    post("employment:booth_times_new", keys=of_booth(), data=lambda w: {"minutes": 15}, **CHANGE),
    post("employment:booth_time_withdraw", keys=of_time, status=DONE, **CHANGE),
    *(
        post(f"employment:interview_{verb}", keys=of_interview(state=state), data=first, status=DONE, **CHANGE)
        for verb, state in (("met", "taken"), ("missed", "taken"), ("undo", "missed"))
    ),
    Row("employment:jobseeker_fairs", **OWN),
    Row("employment:jobseeker_fairs", **A_CHILDS),
    Row("employment:jobseeker_interview", **OWN | {"keys": of_file}),
    Row("employment:jobseeker_interview", **CHILDS_BOOTH),
    post("employment:jobseeker_interview", data=shared, **OWN | {"keys": of_file}),
    post("employment:jobseeker_interview", data=shared, **CHILDS_BOOTH),
    post("employment:jobseeker_interview_give_back", data=first, status=DONE, **OWN | {"keys": held}),
    post("employment:jobseeker_interview_give_back", data=first, **CHILDS_TIME),
    Row("fair_public", EVERYBODY, keys=of_fair(is_public=True)),
    Row("fair_public", EVERYBODY, keys=of_fair(), status=404, note="not for everybody"),
    Row("own_fairs", EVERYBODY, keys=own, status=DONE, note="without a pass"),
    Row("own_interview", EVERYBODY, keys=own_booth, status=DONE, note="without a pass"),
    post("own_interview", EVERYBODY, keys=own_booth, status=DONE, note="without a pass"),
    post("own_interview_give_back", EVERYBODY, keys=own_interview, status=DONE, note="without a pass"),
    *(
        post(f"employer_booth_{verb}", EVERYBODY, keys=employers_booth, status=DONE, note="without a pass")
        for verb in ("confirm", "decline")
    ),
    Row("employer_booth_vacancies", EVERYBODY, keys=employers_booth, status=DONE, note="without a pass"),
    post("employer_booth_vacancies", EVERYBODY, keys=employers_booth, status=DONE, note="without a pass"),
    *(
        post(f"employer_interview_{verb}", EVERYBODY, keys=employers_interview, status=DONE, note="without a pass")
        for verb in ("met", "missed", "undo")
    ),
]
