"""The way in and out of a neighbour mom: the office of where she lives, herself, and two public pages."""

from tests.access_matrix.rows import (
    CASEWORK,
    CASEWORK_HERE,
    CASEWORK_NEAR_MISSES,
    CONFLICT,
    DONE,
    EVERYBODY,
    MENTOR_NEAR_MISSES,
    MENTORS,
    OFFICERS_HERE,
    OFFICERS_NEAR_MISSES,
    Made,
    Row,
    post,
)

# Certified above the committee; a worker here who supervises elsewhere certifies nothing here.
ABOVE = {"enters": OFFICERS_HERE, "absent": OFFICERS_NEAR_MISSES}
HERE = {"enters": CASEWORK_HERE, "absent": CASEWORK_NEAR_MISSES}


def of(**keys: str) -> Made:
    return lambda world: {key: world.more[name] for key, name in keys.items()}


APPLICATION = of(application_id="application")
DECLINED = of(application_id="declined_application")

CERTIFICATE = of(certificate_id="certificate")
MENTOR = of(mentor_id="certified_mentor")
GONE = of(mentor_id="gone_mentor")


ROWS = [
    Row("apply", EVERYBODY),
    post("apply", EVERYBODY),
    Row("mentoring:applications", CASEWORK),
    Row("mentoring:application_new", CASEWORK),
    post("mentoring:application_new", CASEWORK),
    Row("mentoring:application", keys=APPLICATION, **HERE),
    post("mentoring:application_show", keys=APPLICATION, **HERE),
    post("mentoring:application_invite", keys=APPLICATION, status=DONE, **HERE),
    post("mentoring:application_decline", keys=APPLICATION, **HERE),
    post("mentoring:application_withdraw", keys=APPLICATION, status=DONE, **HERE),
    post("mentoring:application_reopen", keys=DECLINED, status=DONE, **HERE),
    Row("mentoring:application_accept", keys=APPLICATION, **HERE),
    post("mentoring:application_accept", keys=APPLICATION, **HERE),
    Row("mentoring:mentor_agreement", keys=MENTOR, **HERE),
    post("mentoring:mentor_agreement", keys=MENTOR, **HERE),
    Row("mentoring:mentor_leave", keys=MENTOR, **HERE),
    post("mentoring:mentor_leave", keys=MENTOR, **HERE),
    post(
        "mentoring:mentor_leave", keys=MENTOR, data=lambda world: {"reason": "moved"}, status=CONFLICT,
        note="while a child is hers", **HERE,
    ),
    post("mentoring:mentor_come_back", keys=GONE, status=DONE, **HERE),
    # Only whoever wrote it down undoes it; to the others here it is a conflict, and elsewhere nobody is there.
    post("mentoring:mentor_leave_undo", keys=GONE, status=CONFLICT, **HERE),
    Row("mentoring:certificate_new", keys=MENTOR, **ABOVE),
    post("mentoring:certificate_new", keys=MENTOR, **ABOVE),
    Row("mentoring:certificate_file", keys=CERTIFICATE, **HERE),
    post("mentoring:certificate_revoke", keys=CERTIFICATE, status=DONE, **ABOVE),
    Row("mentoring:own_standing", MENTORS),
    Row("mentoring:own_certificate", "mentor", MENTOR_NEAR_MISSES, keys=CERTIFICATE),
    Row("certificate", EVERYBODY),
    post("certificate", EVERYBODY),
]  # fmt: skip
