"""Two workers at the same minute: each rung is told once, and a tap that she is back ends it whoever is faster."""

from datetime import timedelta

import pytest

from sunward.accounts.enums import Role
from sunward.mentoring.actions.ways import climb, come_back, set_out
from sunward.mentoring.models import SafeReturn
from sunward.outreach.models import Message
from tests.factories import (
    NOW,
    TODAY,
    actor_of,
    give_post,
    make_child,
    make_committee,
    make_match,
    make_mentor,
    make_officer,
    make_user,
)
from tests.pressing import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]
LATE = NOW + timedelta(minutes=90 + 30)


def start() -> SafeReturn:
    make_officer(Role.WORKER, make_committee())
    mom = make_user()
    give_post(mom, Role.MENTOR, make_committee())
    match = make_match(make_child(), make_mentor(user=mom))
    return set_out(actor=actor_of(mom), match_id=match.uid, minutes=90, now=NOW)


def test_two_workers_at_once_tell_each_rung_once() -> None:
    way = start()
    for now in (LATE, LATE + timedelta(minutes=30)):

        def tell(now=now) -> int:
            return climb(way_pk=way.pk, on=TODAY, now=now)

        assert sorted(at_once(tell, tell, tell)) == [0, 0, 1]
    assert Message.objects.values("key").distinct().count() == Message.objects.count()
    assert SafeReturn.objects.get().rung == 2


def test_a_tap_and_the_clock_at_once_leave_either_order_and_no_third() -> None:
    way = start()
    actor = actor_of(way.by)
    told, _back = at_once(
        lambda: climb(way_pk=way.pk, on=TODAY, now=LATE), lambda: come_back(actor=actor, way_id=way.uid, now=LATE)
    )
    way.refresh_from_db()
    assert (way.back_at, way.rung) == (LATE, told)
    # Told that she is not back, and then that she is; or nothing at all.
    assert Message.objects.count() == 2 * told


def test_two_taps_at_once_are_one_way() -> None:
    way = start()
    actor = actor_of(way.by)
    come_back(actor=actor, way_id=way.uid, now=NOW)

    def tap() -> int:
        return set_out(actor=actor, match_id=way.match.uid, minutes=90, now=NOW).pk

    assert len(set(at_once(tap, tap))) == 1
