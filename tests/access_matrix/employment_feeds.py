"""Feeds of vacancies: only the district's own employment officer keeps them; machines come with a key, never a session.

What a key opens, and what one of another district, a revoked, an expired or one of the other direction does not, is in
tests/employment/test_feeds_out.py and test_feeds_in.py: a persona has no key.
"""

from uuid import uuid4

from sunward.accounts.models import Unit
from sunward.employment.models import VacancyFeed
from tests.access_matrix.rows import DONE, EVERYBODY, SHOWN_AGAIN, Made, Row, post
from tests.factories import NOW, TODAY

OF_DISTRICT = "employment_officer_of_district"
ELSEWHERE = "employment_officer employment_officer_elsewhere employment_officer_at_point"


def feed(code: str = "310110") -> Made:
    def keys(world):
        unit = Unit.objects.get(code=code)
        row = VacancyFeed.objects.create(
            direction="out", name="市平台", unit=unit, unit_path=unit.path, key_index=uuid4().hex, made_at=NOW,
            expires_on=TODAY,
        )  # fmt: skip
        return {"feed_id": row.uid}

    return keys


def typed(world):
    return {"key": str(uuid4()), "direction": "out", "name": "市平台"}


def decided(world):
    return {"mark": "seen", "decision_word": "end"}


KEPT = {"enters": OF_DISTRICT, "absent": ELSEWHERE}
OTHERS = {"enters": "", "absent": f"{OF_DISTRICT} {ELSEWHERE}", "note": "of another district"}
ROWS = [
    Row("employment:feed_vacancies", EVERYBODY, status=401, note="without a key"),
    post("employment:feed_vacancies", EVERYBODY, status=401, note="without a key"),
    Row("employment:feed_changes", EVERYBODY, status=401, note="without a key"),
    Row("employment:feed_openapi", EVERYBODY),
    Row("employment:feeds", OF_DISTRICT),
    Row("employment:feed_new", OF_DISTRICT),
    post("employment:feed_new", OF_DISTRICT, status=SHOWN_AGAIN),
    post("employment:feed_new", OF_DISTRICT, data=typed, status=200, note="made"),
    Row("employment:feed", keys=feed(), **KEPT),
    Row("employment:feed", keys=feed("310104"), **OTHERS),
    Row("employment:feed_missing", keys=feed(), **KEPT),
    Row("employment:feed_missing", keys=feed("310104"), **OTHERS),
    post("employment:feed_missing", keys=feed(), **KEPT),
    post("employment:feed_missing", keys=feed(), data=decided, status=DONE, note="decided", **KEPT),
    post("employment:feed_missing", keys=feed("310104"), data=decided, **OTHERS),
    post("employment:feed_renew", keys=feed(), status=200, **KEPT),
    post("employment:feed_renew", keys=feed("310104"), **OTHERS),
    post("employment:feed_revoke", keys=feed(), status=DONE, **KEPT),
    post("employment:feed_revoke", keys=feed("310104"), **OTHERS),
]
