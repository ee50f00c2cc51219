"""The agreement of the three, the families' page and files opened in an emergency."""

from tests.access_matrix.mentoring import HERE, child, match
from tests.access_matrix.rows import (
    CASEWORK,
    DONE,
    EVERYBODY,
    OFFICERS_HERE,
    Made,
    Row,
    post,
)


def card(token: str, **more: str) -> Made:
    return lambda world: {"token": world.more[token]} | {key: world.more[name] for key, name in more.items()}


_GUARDIAN = {"guardianship_id": "family_guardianship"}
_SHUT = [
    Row("family", EVERYBODY, keys=card(token), status=404, note=note)
    for token, note in (("family_over", "of a former guardian"), ("family_revoked", "revoked"))
]
# Over the other child's file; by the worker of another sub-district.
_GLASS = {"keys": lambda world: {"glass_id": world.more["glass"]}}
_SUPERVISED = {"enters": OFFICERS_HERE, "absent": " ".join(sorted(set(CASEWORK.split()) - set(OFFICERS_HERE.split())))}
_MAY_END = {
    "enters": f"{OFFICERS_HERE} worker_elsewhere",
    "absent": " ".join(sorted(set(_SUPERVISED["absent"].split()) - {"worker_elsewhere"})),
}
ROWS = [
    Row("mentoring:glass_break", CASEWORK),
    post("mentoring:glass_break", CASEWORK),
    Row("mentoring:glasses", f"{CASEWORK} auditor auditor_elsewhere"),
    post("mentoring:glass_review", status=DONE, **_SUPERVISED, **_GLASS),
    post("mentoring:glass_end", status=DONE, **_MAY_END, **_GLASS),
    Row("mentoring:match_paper", keys=match, **HERE),
    Row("mentoring:child_family", keys=child(), **HERE),
    Row("mentoring:family_link", keys=child(**_GUARDIAN), **HERE),
    post("mentoring:family_link", keys=child(**_GUARDIAN), status=200, **HERE),
    Row("mentoring:family_refuse", keys=child(**_GUARDIAN), **HERE),
    post("mentoring:family_refuse", keys=child(**_GUARDIAN), **HERE),
    post("mentoring:family_link_revoke", keys=child(link_id="family_link"), status=DONE, **HERE),
    post("mentoring:family_link_open", keys=child(link_id="family_link"), status=DONE, **HERE),
    post("mentoring:family_answer", keys=child(word_id="family_word"), **HERE),
    post(
        "mentoring:family_refusal_lift", OFFICERS_HERE,
        HERE["absent"], keys=child(refusal_id="family_refusal"), status=DONE,
    ),
    # A worker decides that a guardian gets no page; only who supervises this very file lifts it.
    *_SHUT,
    Row("family", EVERYBODY, keys=card("family_token")),
    post("family", EVERYBODY, keys=card("family_token"), note="an empty answer"),
    post("family_say", EVERYBODY, keys=card("family_token"), status=DONE, note="without a pass"),
    Row("family_help", EVERYBODY, keys=card("family_token"), status=DONE, note="without a pass"),
    post("family_help", EVERYBODY, keys=card("family_token"), status=DONE, data=lambda world: {"kind": "missing"}),
    Row("family_consent", EVERYBODY, keys=card("family_token", consent_id="family_consent"), status=DONE),
    post("family_consent", EVERYBODY, keys=card("family_token", consent_id="family_consent"), status=DONE),
    post("family_consent_undo", EVERYBODY, keys=card("family_token", consent_id="family_consent"), status=DONE),
]  # fmt: skip
