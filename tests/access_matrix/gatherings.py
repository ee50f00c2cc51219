"""Gatherings: who plans one, who sees that there is one, and whose names each of them sees."""

from tests.access_matrix.rows import (
    CASEWORK,
    CONFLICT,
    DONE,
    EMPLOYMENT,
    EMPLOYMENT_HERE,
    EVERYBODY,
    MENTOR_NEAR_MISSES,
    MENTORS,
    MENTORS_IN_DISTRICT,
    SHOWN_AGAIN,
    Made,
    Row,
    post,
)

PLANNERS = f"{CASEWORK} {EMPLOYMENT}"
TAKING_PART = f"{PLANNERS} {MENTORS}"


def without(names: str, *others: str) -> str:
    left_out = " ".join(others).split()
    return " ".join(name for name in names.split() if name not in left_out)


# The outing is the sub-district's. Its supervisor and the district's officer plan it; the workers below see that it is.
HOSTS = "supervisor officer"
HERE = {"enters": HOSTS, "absent": without(PLANNERS, HOSTS)}
SEE_OUTING = f"{HOSTS} worker deputy worker_supervising_elsewhere worker_next_door"
OPEN = {"enters": SEE_OUTING, "absent": without(PLANNERS, SEE_OUTING)}
# The child's own committee sees its sign-up; the next one does not.
SEE_CHILD = without(SEE_OUTING, "worker_next_door")
CHILD = {"enters": SEE_CHILD, "absent": without(PLANNERS, SEE_CHILD)}
# The fair is the sub-district's too, but of another programme: casework people see it, and nobody at it.
FAIR_HOST = EMPLOYMENT_HERE
AT_FAIR = {"enters": FAIR_HOST, "absent": without(PLANNERS, FAIR_HOST)}
SEE_FAIR = f"{SEE_OUTING} {FAIR_HOST} employment_officer_at_point"


def of(gathering: str, **more: str) -> Made:
    return lambda world: {"gathering_id": world.more[gathering]} | {key: world.more[name] for key, name in more.items()}


def more(**keys: str) -> Made:
    return lambda world: {key: world.more[name] for key, name in keys.items()}


OUTING, DRAFT, FAIR = of("outing"), of("draft"), of("fair")
DRAFT_VERSION = more(version="draft_version")
STOP, ELSEWHERE = of("outing", stop_id="outing_stop"), of("draft", stop_id="outing_stop")
SIGN_UP = of("outing", sign_up_id="child_sign_up")
NO_LINES = {"companion-TOTAL_FORMS": "0", "companion-INITIAL_FORMS": "0"}
NO_GUESTS = {"guest-TOTAL_FORMS": "0", "guest-INITIAL_FORMS": "0"}


def with_child(world: object) -> dict[str, object]:
    return NO_LINES | {"match": world.match.uid}  # type: ignore[attr-defined]


def stop_typed(world: object) -> dict[str, object]:
    return {"title": "水厂", "minutes": "30"}


def moved_earlier(world: object) -> dict[str, object]:
    return {"towards": "earlier", "number": "2"}


def naming_child(world: object) -> dict[str, object]:
    return NO_GUESTS | {"person": world.other_case.person.uid}  # type: ignore[attr-defined]


# A calendar link is its maker's own.
HERS = {"enters": "supervisor", "absent": without(TAKING_PART, "supervisor")}

_LISTS = [
    Row("gatherings:calendar", TAKING_PART),
    Row("gatherings:gatherings", PLANNERS),
    Row("gatherings:gatherings_export", PLANNERS),
    Row("gatherings:feeds", TAKING_PART),
    post("gatherings:feeds", TAKING_PART, status=200, data=lambda world: {"unit": ""}),
    post("gatherings:feed_revoke", keys=more(feed_id="feed"), status=DONE, **HERS),
    Row("gatherings:feed", EVERYBODY, keys=more(token="feed_token")),
    Row("gatherings:feed", "", EVERYBODY, keys=lambda world: {"token": "wrong"}, status=404, note="wrong link"),
]  # fmt: skip
_PLANNING = [
    Row("gatherings:gathering_new", PLANNERS),
    post("gatherings:gathering_new", PLANNERS, status=SHOWN_AGAIN),
    *(
        row
        for name in ("edit", "sessions", "steward", "cancel", "finish", "copy", "template", "slip")
        for row in (
            Row(f"gatherings:gathering_{name}", keys=OUTING, **HERE),
            post(f"gatherings:gathering_{name}", keys=OUTING, status=SHOWN_AGAIN, **HERE),
        )
    ),
    Row("gatherings:gathering_repeat", keys=OUTING, **HERE),
    post("gatherings:gathering_repeat", keys=OUTING, **HERE),
    Row("gatherings:gathering_edit", keys=FAIR, **AT_FAIR, note="a fair"),
    post("gatherings:gathering_publish", keys=DRAFT, data=DRAFT_VERSION, status=DONE, **HERE),
    post("gatherings:gathering_discard", keys=DRAFT, data=DRAFT_VERSION, status=DONE, **HERE),
    Row("gatherings:stop_new", keys=OUTING, **HERE),
    post("gatherings:stop_new", keys=OUTING, status=SHOWN_AGAIN, **HERE),
    Row("gatherings:stop_edit", keys=STOP, **HERE),
    post("gatherings:stop_edit", keys=STOP, status=SHOWN_AGAIN, **HERE),
    post("gatherings:stop_edit", keys=STOP, data=stop_typed, status=CONFLICT, **HERE, note="from no form of ours"),
    post("gatherings:stop_move", keys=STOP, data=moved_earlier, status=DONE, **HERE),
    post("gatherings:stop_remove", keys=STOP, status=DONE, **HERE),
    post("gatherings:stop_bring_back", keys=STOP, status=DONE, **HERE, note="one that is there"),
    *(
        post(
            f"gatherings:stop_{name}", enters="", absent=PLANNERS, keys=ELSEWHERE, status=404, note="of another outing"
        )
        for name in ("edit", "move", "remove")
    ),
    post("gatherings:stop_bring_back", keys=ELSEWHERE, **HERE, note="of another outing"),
    post("gatherings:gathering_steward_remove", keys=of("outing", steward_id="outing_steward"), **HERE),
]
_READ_OUTING, _READ_FAIR = f"{SEE_OUTING} {MENTORS_IN_DISTRICT}", f"{SEE_FAIR} {MENTORS_IN_DISTRICT}"
_PEOPLE = [
    # Mentors read the facts; their own places are on their own page.
    Row("gatherings:gathering", _READ_OUTING, without(TAKING_PART, _READ_OUTING), keys=OUTING),
    Row("gatherings:gathering", HOSTS, without(TAKING_PART, HOSTS), keys=DRAFT, note="a draft"),
    Row("gatherings:gathering", _READ_FAIR, without(TAKING_PART, _READ_FAIR), keys=FAIR, note="a fair"),
    Row("gatherings:sign_up_new", keys=OUTING, **OPEN),
    post("gatherings:sign_up_new", keys=OUTING, **OPEN),
    post("gatherings:sign_up_new", keys=OUTING, data=naming_child, **OPEN, note="whose guardian was not asked"),
    Row("gatherings:sign_up_persons", keys=OUTING, data=lambda world: {"q": "陈"}, **OPEN),
    Row("gatherings:sign_up_withdraw", keys=SIGN_UP, **CHILD),
    post("gatherings:sign_up_withdraw", keys=SIGN_UP, status=SHOWN_AGAIN, **CHILD),
    Row("gatherings:sign_up_withdraw", keys=of("fair", sign_up_id="fair_sign_up"), **AT_FAIR, note="from a fair"),
    Row("gatherings:check_in", keys=OUTING, **HERE),
    Row("gatherings:check_in", keys=FAIR, **AT_FAIR, note="at a fair"),
    post("gatherings:check_in_mark", keys=SIGN_UP, data=more(session="outing_session"), status=DONE, **HERE),
    post(
        "gatherings:check_in_mark", keys=of("fair", sign_up_id="fair_sign_up"), data=more(session="fair_session"),
        status=DONE, **AT_FAIR, note="at a fair",
    ),
    post("gatherings:check_in_rest", keys=OUTING, data=more(session="outing_session"), **HERE),
    Row("gatherings:gathering_door", keys=OUTING, **HERE),
    post("gatherings:gathering_door", keys=OUTING, status=200, **HERE),
    post("gatherings:gathering_door_close", keys=OUTING, status=DONE, **HERE),
    post("gatherings:contact_sheet_new", keys=OUTING, status=DONE, **HERE),
    Row("gatherings:contact_sheet", keys=more(sheet_id="outing_sheet"), **HERE),
]  # fmt: skip
_PUBLIC = [
    Row("door", EVERYBODY, keys=more(token="outing_door")),
    post("door", EVERYBODY, keys=more(token="outing_door"), data=lambda world: {"typed": "000"}),
    post("door", EVERYBODY, keys=more(token="outing_door"), data=more(typed="child_code"), status=200, note="a code"),
    Row("door", "", EVERYBODY, keys=lambda world: {"token": "wrong"}, status=404, note="wrong token"),
    Row("join", EVERYBODY, keys=FAIR),
    post("join", EVERYBODY, keys=FAIR, status=SHOWN_AGAIN),
    Row("join", "", EVERYBODY, keys=OUTING, status=404, note="where children come"),
    post("join", "", EVERYBODY, keys=OUTING, status=404, note="where children come"),
    Row("feedback", EVERYBODY, keys=more(token="fair_feedback")),
    post("feedback", EVERYBODY, keys=more(token="fair_feedback"), status=SHOWN_AGAIN),
    Row("feedback", "", EVERYBODY, keys=lambda world: {"token": "wrong"}, status=404, note="wrong token"),
]
_MENTORS = [
    Row("mentoring:own_gatherings", MENTORS),
    Row("mentoring:own_gathering", MENTORS_IN_DISTRICT, "mentor_elsewhere", keys=OUTING),
    Row("mentoring:own_gathering", "", MENTORS, keys=DRAFT, note="a draft"),
    post("mentoring:own_gathering", MENTORS_IN_DISTRICT, "mentor_elsewhere", keys=OUTING),
    post(
        "mentoring:own_gathering", "mentor", MENTOR_NEAR_MISSES, keys=OUTING, data=with_child, status=CONFLICT,
        note="with a child who is signed up already, or not hers",
    ),
    post("mentoring:own_gathering_withdraw", "mentor", MENTOR_NEAR_MISSES, keys=SIGN_UP, status=DONE),
]  # fmt: skip
ROWS = [*_LISTS, *_PLANNING, *_PEOPLE, *_PUBLIC, *_MENTORS]
