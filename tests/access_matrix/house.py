"""The pages of the house itself: home, search, the administrator's and the auditor's."""

from tests.access_matrix.rows import CASEWORK, DONE, EVERYBODY, SHOWN_AGAIN, WITH_POST, Made, Row, post


def user(world: object) -> dict[str, object]:
    return {"username": "leader"}


def assignment(world: object) -> dict[str, object]:
    return {"assignment_id": world.more["assignment"]}  # type: ignore[attr-defined]


def says(**data: str) -> Made:
    return lambda world: dict(data)


ADMINISTRATOR, AUDITOR = "administrator", "auditor"

ROWS = [
    Row("home", WITH_POST),
    Row("work", CASEWORK, keys=says(key="follow_ups")),
    Row("search", CASEWORK, data=says(q="陈一")),
    Row("style", ADMINISTRATOR),
    post("choose_language", EVERYBODY, status=DONE, data=says(language="en")),
    post("choose_type", EVERYBODY, status=DONE, data=says(size="large")),
    Row("accounts:users", ADMINISTRATOR),
    Row("accounts:user_new", ADMINISTRATOR),
    post("accounts:user_new", ADMINISTRATOR, status=SHOWN_AGAIN),
    Row("accounts:user", ADMINISTRATOR, keys=user),
    post("accounts:user_password", ADMINISTRATOR, keys=user, status=200),
    Row("accounts:user_lock", ADMINISTRATOR, keys=user),
    post("accounts:user_lock", ADMINISTRATOR, keys=user, status=SHOWN_AGAIN),
    post("accounts:user_unlock", ADMINISTRATOR, keys=user, status=DONE),
    Row("accounts:user_post", ADMINISTRATOR, keys=user),
    post("accounts:user_post", ADMINISTRATOR, keys=user, status=SHOWN_AGAIN),
    Row("accounts:post_end", ADMINISTRATOR, keys=assignment),
    post("accounts:post_end", ADMINISTRATOR, keys=assignment, status=SHOWN_AGAIN),
    Row("accounts:post_deputy", ADMINISTRATOR, keys=assignment),
    post("accounts:post_deputy", ADMINISTRATOR, keys=assignment, status=SHOWN_AGAIN),
    Row("accounts:units", ADMINISTRATOR),
    Row("audit:entries", AUDITOR),
    Row("audit:chain", AUDITOR),
    post("audit:chain_check", AUDITOR, status=DONE),
]
