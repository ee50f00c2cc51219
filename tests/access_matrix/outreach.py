"""Outreach: what goes to groups by unit, what goes to persons by who may see the person; an inbox is one's own."""

from tests.access_matrix.rows import (
    CASEWORK,
    CASEWORK_HERE,
    CASEWORK_NEAR_MISSES,
    CONFLICT,
    DONE,
    EMPLOYMENT,
    EMPLOYMENT_HERE,
    EMPLOYMENT_NEAR_MISSES,
    EVERYBODY,
    OFFICERS_HERE,
    OFFICERS_NEAR_MISSES,
    STOP_ASKING,
    WITH_POST,
    Made,
    Row,
    post,
)


def of(key: str, name: str, **more: str) -> Made:
    return lambda world: {key: world.more[name], **more}


def chosen(world: object) -> dict[str, object]:
    return {"digest": f"{world.more['digest']}:1:0"}  # type: ignore[attr-defined]


SENDERS_HERE = f"{OFFICERS_HERE} {EMPLOYMENT_HERE}"
SENDERS_NEAR_MISSES = f"{OFFICERS_NEAR_MISSES} {EMPLOYMENT_NEAR_MISSES}"
SENDERS = f"{SENDERS_HERE} {SENDERS_NEAR_MISSES}"
HERE = {"enters": SENDERS_HERE, "absent": SENDERS_NEAR_MISSES}
READERS = f"{CASEWORK} {EMPLOYMENT}"
# A group's message is for whoever sends to groups; workers ask about persons only.
TO_GROUP = {
    "enters": SENDERS_HERE,
    "absent": " ".join(name for name in READERS.split() if name not in SENDERS_HERE.split()),
}
# Whoever may not see the person sees no message to them: the officer of the other programme included.
TO_PERSON = {
    "enters": CASEWORK_HERE, "absent": f"{CASEWORK_NEAR_MISSES} {EMPLOYMENT}",
}  # fmt: skip
PERSON = {"enters": CASEWORK_HERE, "absent": CASEWORK_NEAR_MISSES}
# The worker's own: nobody else's, not even her supervisor's.
OWN = {"enters": "worker", "absent": " ".join(name for name in WITH_POST.split() if name != "worker")}

CHANNEL, GROUP, DIGEST = of("channel_id", "channel"), of("group_id", "group"), of("digest_id", "digest")
GROUP_MESSAGE, PERSONAL = of("message_id", "group_message"), of("message_id", "personal_message")
LETTER, WHO = of("message_id", "letter"), of("person_id", "told_person")

ROWS = [
    Row("outreach:inbox", WITH_POST),
    post("outreach:inbox_read_all", WITH_POST, status=DONE),
    Row("outreach:letter", keys=LETTER, **OWN),
    post("outreach:letter_read", keys=LETTER, status=DONE, **OWN),
    Row("outreach:channels", SENDERS),
    Row("outreach:channel_kinds", SENDERS),
    Row("outreach:channel_new", SENDERS, keys=lambda world: {"kind_code": "wecom"}),
    post("outreach:channel_new", SENDERS, keys=lambda world: {"kind_code": "wecom"}),
    Row("outreach:channel", keys=CHANNEL, **HERE),
    post("outreach:channel", keys=CHANNEL, **HERE),
    post("outreach:channel_switch", keys=CHANNEL, status=CONFLICT, note="without its version", **HERE),
    post("outreach:channel_test", keys=CHANNEL, status=DONE, **HERE),
    Row("outreach:groups", SENDERS),
    Row("outreach:group_new", SENDERS),
    post("outreach:group_new", SENDERS),
    post(
        "outreach:group_new",
        SENDERS,
        data=lambda world: {"name": "外区群", "unit": world.more["foreign_unit"]},
        note="in a foreign unit",
    ),
    Row("outreach:group", keys=GROUP, **HERE),
    post("outreach:group", keys=GROUP, **HERE),
    post("outreach:group_switch", keys=GROUP, status=CONFLICT, note="without its version", **HERE),
    Row("outreach:digests", SENDERS),
    Row("outreach:compose", SENDERS),
    post("outreach:compose", SENDERS),
    Row("outreach:digest", keys=DIGEST, **HERE),
    Row("outreach:digest_progress", keys=DIGEST, status=STOP_ASKING, **HERE),
    post("outreach:digest_intro", keys=DIGEST, **HERE),
    post("outreach:digest_lines", keys=DIGEST, status=CONFLICT, note="without its version", **HERE),
    *(
        post("outreach:digest_act", keys=of("digest_id", "digest", act=act), status=CONFLICT, note=act, **HERE)
        for act in ("approve", "discard", "cancel")
    ),
    post("outreach:approve_chosen", data=chosen, status=DONE, note="one that was read too long ago", **HERE),
    Row("outreach:messages", READERS),
    Row("outreach:messages_export", READERS),
    Row("outreach:message", keys=GROUP_MESSAGE, note="to a group", **TO_GROUP),
    Row("outreach:message", keys=PERSONAL, note="to a person", **TO_PERSON),
    post(
        "outreach:message_act", keys=of("message_id", "group_message", act="drop"), status=DONE, note="to a group",
        **TO_GROUP,
    ),
    post(
        "outreach:message_act", keys=of("message_id", "personal_message", act="drop"), status=DONE,
        note="to a person", **TO_PERSON,
    ),
    Row("outreach:person", keys=WHO, **PERSON),
    post("outreach:wishes", keys=WHO, status=CONFLICT, note="without its version", **PERSON),
    post("outreach:wishes", keys=WHO, data=lambda world: {"version": "0"}, status=DONE, **PERSON),
    post("outreach:reminders_suspend", keys=WHO, **PERSON),
    post(
        "outreach:reminders_resume",
        keys=lambda world: {"person_id": world.more["told_person"], "suspension_id": world.more["suspension"]},
        status=DONE,
        **PERSON,
    ),
    Row("message_link", EVERYBODY, keys=lambda world: {"token": "made.up"}, status=404, note="made up"),
    Row("message_link", EVERYBODY, keys=of("token", "link"), note="asks for the digits, whoever comes"),
    post("message_link", EVERYBODY, keys=of("token", "link"), note="without the digits"),
]  # fmt: skip
