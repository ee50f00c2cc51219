"""Risks by table, care plans, the directory of resources, referrals and small wishes."""

from tests.access_matrix.mentoring import HERE, child
from tests.access_matrix.rows import CASEWORK, DONE, post

ROWS = [
    # It knows no child: ticks in, a level out.
    post("mentoring:risk_proposal", CASEWORK, status=200),
    post(
        "mentoring:child_assess", keys=child(), data=lambda w: {"triggers": "nobody_left"}, status=DONE,
        note="an emergency", **HERE,
    ),
]  # fmt: skip
