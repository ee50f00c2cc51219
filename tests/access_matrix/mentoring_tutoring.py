"""Tutoring online: the child's own casework people, the student while it runs, the family by its link."""

from tests.access_matrix.mentoring import HERE, child
from tests.access_matrix.rows import CASEWORK, DONE, EVERYBODY, FORM_AGAIN, MENTORS, Made, Row, post

# Students serve the whole district; another district's officer does not see them.
SERVED = {
    "enters": " ".join(name for name in CASEWORK.split() if name != "officer_elsewhere"),
    "absent": "officer_elsewhere",
}
_OTHERS = " ".join(name for name in MENTORS.split() if name != "student")
OWN = {"enters": "student", "absent": _OTHERS}
# A neighbour mom sees nothing of a student's work, whether the tutoring stands under her name or her child has one.
_HELD_BY_OTHER = {
    "enters": "student_of_another", "absent": " ".join(name for name in MENTORS.split() if name != "student_of_another")
}  # fmt: skip


def one(name: str = "tutoring", **more: str) -> Made:
    return lambda world: {"tutoring_id": world.more[name]} | {key: world.more[wanted] for key, wanted in more.items()}


def act(world) -> dict[str, object]:
    return {"tutoring_id": world.more["tutoring"], "act": "pause"}


def student(world) -> dict[str, object]:
    return {"mentor_id": world.more["student"]}


def link(name: str) -> Made:
    return lambda world: {"token": world.more[name]}


_OWN_BUT_SHUT = [
    Row("mentoring:own_pupil", "", MENTORS, keys=one(name), note=f"her own, {note}")
    for name, note in (
        ("tutoring_paused", "paused"),
        ("tutoring_closed", "closed"),
        ("tutoring_unconsented", "consent withdrawn"),
        ("tutoring_offered", "only offered"),
    )
]
ROWS = [
    Row("mentoring:tutorings", CASEWORK),
    Row("mentoring:tutoring", keys=one(), **HERE),
    Row("mentoring:tutoring_act", keys=act, **HERE),
    post("mentoring:tutoring_act", keys=act, **HERE),
    post("mentoring:tutoring_family_link", keys=one(), status=200, **HERE),
    Row("mentoring:session_move", keys=one(session_id="session"), **HERE),
    post("mentoring:session_move", keys=one(session_id="session"), **HERE),
    Row("mentoring:session_cancel", keys=one(session_id="session"), **HERE),
    post("mentoring:session_cancel", keys=one(session_id="session"), **HERE),
    Row("mentoring:session_report", keys=one(session_id="session_begun"), **HERE),
    post("mentoring:session_report", keys=one(session_id="session_begun"), **HERE),
    Row(
        "mentoring:session_move", "", CASEWORK, keys=one(session_id="foreign_session"),
        note="a session of another child's",
    ),
    Row("mentoring:student", keys=student, **SERVED),
    post("mentoring:student", keys=student, **SERVED),
    Row("mentoring:child_study", keys=child(), **HERE),
    post("mentoring:child_study", keys=child(), status=DONE, **HERE),
    Row("mentoring:own_pupil", keys=one(), **OWN),
    *_OWN_BUT_SHUT,
    post("mentoring:own_offer_yes", keys=one("tutoring_offered"), status=DONE, **OWN),
    post("mentoring:own_offer_no", keys=one("tutoring_offered"), status=DONE, **OWN),
    post("mentoring:own_offer_yes", "", MENTORS, keys=one("tutoring_paused"), note="what is no offer any more"),
    Row("mentoring:own_session", keys=one(session_id="session_begun"), **OWN),
    post("mentoring:own_session", keys=one(session_id="session_begun"), **OWN),
    Row("mentoring:own_session", "", MENTORS, keys=one(session_id="session"), note="not begun yet"),
    Row("mentoring:own_session", "", MENTORS, keys=one(session_id="foreign_session"), note="of another child's"),
    Row("mentoring:own_pupil", "", MENTORS, keys=one("tutoring_of_mother"), note="a neighbour mom's"),
    Row(
        "mentoring:own_session", "", MENTORS, keys=one("tutoring_of_mother", session_id="session_of_mother"),
        note="a neighbour mom's",
    ),
    post("mentoring:own_offer_yes", "", MENTORS, keys=one("offer_of_mother"), note="to a neighbour mom"),
    Row("mentoring:own_pupil", keys=one("tutoring_of_mentored"), note="with a neighbour mom", **_HELD_BY_OTHER),
    Row(
        "mentoring:own_session", keys=one("tutoring_of_mentored", session_id="session_of_mentored"),
        note="with a neighbour mom", **_HELD_BY_OTHER,
    ),
    Row("mentoring:family_sessions", EVERYBODY, keys=link("sessions_link")),
    post("mentoring:family_sessions", EVERYBODY, keys=link("sessions_link"), status=FORM_AGAIN),
    Row("mentoring:family_sessions", EVERYBODY, keys=link("sessions_link_old"), status=404, note="an older one"),
]  # fmt: skip
