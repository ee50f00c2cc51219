"""Two rows that turn out to be one person may both be signed up for one gathering: one place is enough."""

from datetime import date, timedelta

import pytest

from sunward.audit.models import AuditEntry
from sunward.gatherings.actions import cancel_gathering, finish_gathering, mark_attendance
from sunward.gatherings.actions.planning import SessionTime
from sunward.gatherings.admission import Head
from sunward.gatherings.enums import Presence, SignUpState
from sunward.gatherings.models import Attendance, Gathering, SignUp
from sunward.gatherings.news import NewsKind
from sunward.ledger.queries import standing_facts
from sunward.people.actions import merge_persons
from sunward.people.models import PossibleDuplicate
from tests.factories import NOW, TODAY, make_child, make_mentor, make_person
from tests.gatherings.builders import (
    AFTER,
    BEGINS,
    ENDS,
    TRAINING,
    adult,
    bring,
    guests,
    listening,
    planner,
    published,
    refused,
)

pytestmark = pytest.mark.django_db
CAME, ABSENT, DAY = Presence.CAME, Presence.ABSENT, timedelta(days=1)


@pytest.fixture
def rows():
    """A neighbour mom, and the same woman once more, as whoever cares for a child."""
    mentor = make_mentor("梅一").person
    carer = make_person("梅一", birth=date(1982, 3, 4), with_id=False)
    make_child().person.guardianships.create(guardian=carer, from_on=TODAY)
    return mentor, carer


def merge(rows, *, now=NOW):
    pair = PossibleDuplicate.objects.create(first=rows[0], second=rows[1], points=200, unit_path=rows[0].unit_path)
    return merge_persons(actor=planner(), duplicate_id=pair.pk, now=now)


def both(gathering, rows):
    return [bring(gathering, Head(person.pk))[0] for person in rows]


def mark(gathering, session, *marks):
    mark_attendance(
        actor=planner(), gathering_id=gathering.uid, session_id=session.pk, on=AFTER.date(), now=AFTER + DAY,
        marks={row.uid: presence for row, presence in marks},
    )  # fmt: skip


def finish(gathering):
    version = Gathering.objects.get(pk=gathering.pk).version
    finish_gathering(
        actor=planner(), gathering_id=gathering.uid, version=version, summary="", on=AFTER.date(), now=AFTER + DAY
    )


def states(*sign_ups):
    return [SignUp.objects.get(pk=row.pk).state for row in sign_ups]


@pytest.mark.parametrize("order", [1, -1])
def test_the_sign_up_that_came_later_gives_its_place_to_whoever_waits(rows, order):
    gathering, case = published(TRAINING, places=2), adult()
    first, second = both(gathering, rows[::order])
    waiting = bring(gathering, Head(case.person_id))[0]
    with listening() as heard:
        merge(rows)
    assert states(first, second, waiting) == ["placed", "withdrawn", "placed"]
    assert SignUp.objects.get(pk=first.pk).person == rows[0]
    assert SignUp.objects.get(pk=second.pk).withdraw_reason == "persons_merged"
    assert [(news.kind, news.person_id) for news in heard] == [(NewsKind.MOVED_UP, case.person_id)]
    assert standing_facts().filter(kind="gatherings.signed_up").count() == 2
    codes = AuditEntry.objects.order_by("-number").values_list("code", flat=True)[:2]
    assert set(codes) == {"people.duplicate_same", "gatherings.withdrawn"}


def test_a_place_is_not_given_up_for_a_number_on_the_waiting_list(rows):
    gathering = published(TRAINING, places=2)
    filling = bring(gathering, *guests())
    waits = bring(gathering, Head(rows[0].pk), *guests())
    has_place = bring(gathering, Head(rows[1].pk))
    assert states(*filling, *waits, *has_place) == ["placed", "waiting", "waiting", "placed"]
    merge(rows)
    assert states(*waits, *has_place) == ["withdrawn", "waiting", "placed"]


def test_who_came_is_kept_and_counted_once_also_after_it_was_held(rows):
    days = (SessionTime(BEGINS, ENDS), SessionTime(BEGINS + DAY, ENDS + DAY))
    gathering = published(TRAINING, sessions=days)
    first, second = both(gathering, rows)
    one, other = gathering.sessions.all()
    mark(gathering, one, (first, ABSENT), (second, CAME))
    mark(gathering, other, (second, CAME))
    finish(gathering)
    assert standing_facts().filter(kind="gatherings.attended").count() == 1
    merge(rows, now=AFTER + 2 * DAY)
    assert states(first, second) == [SignUpState.PLACED, SignUpState.WITHDRAWN]
    marks = Attendance.objects.order_by("session__begins_at").values_list("sign_up_id", "session_id", "presence")
    assert list(marks) == [(first.pk, one.pk, CAME), (first.pk, other.pk, CAME)]
    (fact,) = standing_facts().filter(kind="gatherings.attended")
    assert (fact.subject_id, fact.person_id) == (first.pk, first.person_id)
    assert standing_facts().get(kind="gatherings.hours").quantity == 6


def test_whoever_was_checked_in_under_both_rows_came_once(rows):
    gathering = published(TRAINING)
    first, second = both(gathering, rows)
    mark(gathering, gathering.sessions.get(), (first, CAME), (second, CAME))
    merge(rows, now=AFTER + DAY)
    assert list(Attendance.objects.values_list("sign_up_id", flat=True)) == [first.pk]
    finish(gathering)
    assert standing_facts().filter(kind="gatherings.attended").count() == 1


def test_what_was_called_off_does_not_stand_in_the_way(rows):
    gathering = published(TRAINING)
    first, second = both(gathering, rows)
    cancel_gathering(
        actor=planner(), gathering_id=gathering.uid, version=gathering.version, reason="台风", on=TODAY, now=NOW
    )
    merge(rows)
    assert states(first, second) == [SignUpState.PLACED, SignUpState.WITHDRAWN]


def test_one_who_has_spoken_under_either_row_is_not_asked_again(rows):
    first, second = both(published(TRAINING), rows)
    SignUp.objects.filter(pk=second.pk).update(has_given_feedback=True)
    merge(rows)
    assert SignUp.objects.get(pk=first.pk).has_given_feedback


def test_a_merge_that_is_refused_leaves_both_sign_ups(rows):
    mentor, _carer = rows
    other = make_mentor("梅一").person
    first, second = both(published(TRAINING), (mentor, other))
    refused(lambda: merge((mentor, other)), "people.both_have_a_file")
    assert states(first, second) == [SignUpState.PLACED] * 2
