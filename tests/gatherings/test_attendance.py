"""Who came: on the list, at the door, afterwards; and what is counted once it was held."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from sunward.audit.models import AuditEntry
from sunward.core.refusals import NotThere
from sunward.gatherings.actions import (
    cancel_gathering,
    check_in,
    check_in_at_door,
    close_door,
    doors,
    finish_gathering,
    mark_attendance,
    open_door,
    set_sessions,
    undo_check_in,
)
from sunward.gatherings.actions.planning import SessionTime
from sunward.gatherings.admission import Head
from sunward.gatherings.enums import Part, Presence
from sunward.gatherings.models import Attendance, Door
from sunward.gatherings.queries.timeline import gathering_moments
from sunward.ledger.queries import standing_facts
from tests.factories import NOW, actor_of, make_committee, make_officer
from tests.gatherings.builders import (
    AFTER,
    BEGINS,
    DURING,
    ENDS,
    FAIR,
    TRAINING,
    adult,
    bring,
    draft,
    guests,
    planner,
    published,
    refused,
    willing_child,
)

pytestmark = pytest.mark.django_db
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
TWO_DAYS = (SessionTime(BEGINS, ENDS), SessionTime(BEGINS + DAY, ENDS + DAY))


def on_list(gathering, row, *, now=DURING, **said):
    return check_in(actor=planner(gathering.kind), gathering_id=gathering.uid, sign_up_id=row.uid, now=now, **said)


def finish(gathering, *, now=AFTER, **said):
    gathering.refresh_from_db()
    asked = {"version": gathering.version, "summary": "顺利", "on": now.date(), "now": now} | said
    return finish_gathering(actor=planner(gathering.kind), gathering_id=gathering.uid, **asked)


def mark(gathering, session, marks, *, now=AFTER):
    return mark_attendance(
        actor=planner(gathering.kind), gathering_id=gathering.uid, session_id=session.pk, on=now.date(), now=now,
        marks={row.uid: presence for row, presence in marks.items()},
    )  # fmt: skip


def counted(kind):
    return {fact.subject_id: fact.quantity for fact in standing_facts().filter(kind=f"gatherings.{kind}")}


def test_pressed_twice_somebody_came_once():
    gathering = published(TRAINING)
    (row,) = bring(gathering, *guests())
    assert on_list(gathering, row).pk == on_list(gathering, row).pk
    assert AuditEntry.objects.filter(code="gatherings.checked_in").count() == 1


def test_a_wrong_line_is_undone():
    gathering = published(TRAINING)
    (row,) = bring(gathering, *guests())
    on_list(gathering, row)
    for _ in range(2):
        undo_check_in(actor=planner(), gathering_id=gathering.uid, sign_up_id=row.uid, now=DURING)
    assert Attendance.objects.count() == 0
    assert AuditEntry.objects.filter(code="gatherings.check_in_undone").count() == 1


@pytest.mark.parametrize(
    ("now", "is_on"),
    [(BEGINS - 61 * MINUTE, False), (BEGINS - 60 * MINUTE, True), (ENDS, True), (ENDS + MINUTE, False)],
)
def test_people_are_checked_in_from_an_hour_before_until_the_end(now, is_on):
    gathering = published(TRAINING)
    (row,) = bring(gathering, *guests())
    if is_on:
        assert on_list(gathering, row, now=now).session == gathering.sessions.get()
    else:
        refused(lambda: on_list(gathering, row, now=now), "gatherings.nothing_on")


def test_on_the_second_day_it_is_the_second_session():
    gathering = published(TRAINING, sessions=TWO_DAYS)
    (row,) = bring(gathering, *guests())
    assert on_list(gathering, row, now=DURING + DAY).session == gathering.sessions.last()


def test_who_waits_is_not_checked_in_and_who_has_gone_is_not_there():
    from sunward.gatherings.actions import withdraw_party

    gathering = published(TRAINING, places=1)
    (gone,), (waiting,) = bring(gathering, *guests()), bring(gathering, *guests())
    refused(lambda: on_list(gathering, waiting), "gatherings.still_waiting")
    withdraw_party(actor=planner(), gathering_id=gathering.uid, party=gone.party, on=NOW.date(), now=NOW)
    with pytest.raises(NotThere):
        on_list(gathering, gone)


def test_whoever_does_not_host_checks_nobody_in():
    gathering, worker = published(TRAINING), actor_of(make_officer("worker", make_committee()))
    (row,) = bring(gathering, *guests(), actor=worker)
    with pytest.raises(NotThere):
        check_in(actor=worker, gathering_id=gathering.uid, sign_up_id=row.uid, now=DURING)


def test_a_child_whose_consent_was_withdrawn_is_still_written_down_as_having_come():
    gathering, case = published(), willing_child()
    (row,) = bring(gathering, Head(case.person_id))
    case.person.consents.update(withdrawn_on=NOW.date())
    assert on_list(gathering, row).presence == Presence.CAME


def test_it_counts_when_it_was_held_each_person_once_with_the_hours():
    gathering, case = published(TRAINING, sessions=TWO_DAYS), adult()
    (often,), (once,), (_never,) = (
        bring(gathering, Head(case.person_id)),
        bring(gathering, *guests()),
        bring(gathering, *guests()),
    )
    on_list(gathering, often)
    on_list(gathering, often, now=DURING + DAY)
    on_list(gathering, once)
    assert counted("attended") == {}
    finish(gathering, now=AFTER + DAY)
    assert counted("attended") == {often.pk: 1, once.pk: 1}
    assert counted("hours") == {often.pk: 6, once.pk: 3}
    fact = standing_facts().get(kind="gatherings.attended", subject_id=often.pk)
    assert (fact.person_id, fact.happened_on, fact.unit_path) == (case.person_id, date(2026, 12, 5), case.unit_path)
    held = standing_facts().get(kind="gatherings.gathering_held")
    assert (held.quantity, held.unit_path, held.happened_on) == (1, gathering.unit_path, date(2026, 12, 6))


def test_a_mark_corrected_after_it_was_held_corrects_the_facts():
    gathering = published(TRAINING)
    (came,), (absent,) = bring(gathering, *guests()), bring(gathering, *guests())
    session = gathering.sessions.get()
    on_list(gathering, came)
    finish(gathering)
    assert mark(gathering, session, {came: Presence.ABSENT, absent: Presence.CAME}) == 2
    assert counted("attended") == {absent.pk: 1}
    assert counted("hours") == {absent.pk: Decimal(3)}
    assert mark(gathering, session, {came: Presence.ABSENT, absent: Presence.CAME}) == 0
    assert mark(gathering, session, {absent: None}) == 1
    assert counted("attended") == {}


def test_a_head_count_is_a_fact_of_its_own():
    gathering = published(FAIR)
    finish(gathering, reported_attendance=320)
    assert counted("attendance_reported") == {gathering.pk: 320}


def test_it_is_not_held_before_it_has_begun_nor_twice():
    gathering = published(TRAINING)
    refused(lambda: finish(gathering, now=BEGINS - MINUTE), "gatherings.not_begun")
    finish(gathering)
    refused(lambda: finish(gathering), "gatherings.over")


def test_marks_are_for_those_who_have_a_place_at_this_gathering():
    gathering, other = published(TRAINING), published(TRAINING)
    (row,) = bring(other, *guests())
    with pytest.raises(NotThere):
        mark(gathering, gathering.sessions.get(), {row: Presence.CAME})
    with pytest.raises(NotThere):
        mark(gathering, other.sessions.get(), {})


def test_nobody_is_marked_before_it_begins():
    gathering = published(TRAINING)
    refused(lambda: mark(gathering, gathering.sessions.get(), {}, now=BEGINS - MINUTE), "gatherings.not_begun")


def test_what_a_person_came_to_stands_in_the_line_of_time_once():
    gathering, case = published(TRAINING, sessions=TWO_DAYS), adult()
    (row,) = bring(gathering, Head(case.person_id))
    assert list(gathering_moments(case.person_id, programme="mentoring")) == []
    on_list(gathering, row)
    on_list(gathering, row, now=DURING + DAY)
    (moment,) = gathering_moments(case.person_id, programme="mentoring")
    assert (moment.on, str(moment.title), str(moment.note)) == (date(2026, 12, 5), "参加了：秋游", "培训")
    assert list(gathering_moments(case.person_id, programme="employment")) == []


def opened(gathering, *, now=NOW):
    return open_door(actor=planner(gathering.kind), gathering_id=gathering.uid, now=now).token


def at_door(token, typed, *, now=DURING):
    return check_in_at_door(token=token, typed=typed, now=now)


def test_the_code_of_one_checks_in_all_who_came_with_it():
    gathering = published()
    rows = bring(gathering, Head(willing_child().person_id), Head(adult().person_id, Part.ADULT))
    stranger = bring(gathering, Head(willing_child().person_id))
    token = opened(gathering)
    assert at_door(token, f" {rows[0].code[:3]} {rows[0].code[3:]} ") == 2
    assert at_door(token, rows[1].code) == 2
    assert set(Attendance.objects.values_list("sign_up_id", "checked_in_by")) == {(row.pk, "door") for row in rows}
    assert stranger[0].attendances.count() == 0
    act = AuditEntry.objects.get(code="gatherings.checked_in_at_door")
    assert (act.actor_id, act.detail) == (0, {"heads": 2})


def test_a_telephone_number_does_as_well_also_a_guests():
    gathering = published(FAIR)
    bring(gathering, Head(guest_name="求职者", guest_phone="+8613800001234"))
    assert at_door(opened(gathering), "138 0000 1234") == 1
    outing, case = published(TRAINING), adult()
    bring(outing, Head(case.person_id))
    assert at_door(opened(outing), case.person.phone) == 1


@pytest.mark.parametrize("typed", ["000000", "13800009999", "你好", "", "12345", "1234567"])
def test_whatever_is_wrong_the_answer_is_the_same_and_the_try_is_counted(typed, monkeypatch):
    gathering = published(TRAINING)
    token = opened(gathering)
    met = refused(lambda: at_door(token, typed), "gatherings.door_unknown")
    assert "六位数字" in str(met.sentence)
    assert Door.objects.get().wrong_tries == 1


def test_who_waits_or_comes_to_another_gathering_is_unknown_at_this_door():
    gathering, other = published(TRAINING, places=1), published(TRAINING)
    bring(gathering, *guests())
    (waiting,), (elsewhere,) = bring(gathering, *guests()), bring(other, *guests())
    token = opened(gathering)
    for row in (waiting, elsewhere):
        refused(lambda code=row.code: at_door(token, code), "gatherings.door_unknown")
    assert Door.objects.get().wrong_tries == 2


def test_too_many_wrong_tries_close_the_door_to_the_right_code_too(monkeypatch):
    monkeypatch.setattr(doors, "WRONG_TRIES_AT_MOST", 2)
    gathering = published(TRAINING)
    (row,) = bring(gathering, *guests())
    token = opened(gathering)
    for _ in range(2):
        refused(lambda: at_door(token, "999"), "gatherings.door_unknown")
    refused(lambda: at_door(token, row.code), "gatherings.door_tired")
    # A new code for the door begins anew.
    assert at_door(opened(gathering), row.code) == 1


@pytest.mark.parametrize("now", [BEGINS - 61 * MINUTE, ENDS, ENDS + MINUTE])
def test_a_door_is_open_only_from_an_hour_before_until_the_end(now):
    gathering = published(TRAINING)
    (row,) = bring(gathering, *guests())
    token = opened(gathering)
    with pytest.raises(NotThere):
        at_door(token, row.code, now=now)


def test_a_closed_door_a_replaced_one_and_a_wrong_token_are_one_answer():
    gathering = published(TRAINING)
    (row,) = bring(gathering, *guests())
    replaced, closed = opened(gathering), opened(gathering)
    with pytest.raises(NotThere) as first:
        at_door(replaced, row.code)
    close_door(actor=planner(), gathering_id=gathering.uid, now=BEGINS)
    answers = [str(first.value)]
    for token in (closed, "wrong", ""):
        with pytest.raises(NotThere) as met:
            at_door(token, row.code)
        answers.append(str(met.value))
    assert len(set(answers)) == 1


def test_the_database_does_not_know_the_token_of_a_door():
    gathering = published(TRAINING)
    token = opened(gathering)
    assert token not in str(Door.objects.values().get())


def test_a_draft_and_what_is_over_have_no_door():
    plan, over = draft(TRAINING), published(TRAINING)
    refused(lambda: opened(plan), "gatherings.no_door")
    refused(lambda: opened(over, now=ENDS), "gatherings.no_door")


def test_a_door_of_a_cancelled_gathering_checks_nobody_in():
    gathering = published(TRAINING)
    (row,) = bring(gathering, *guests())
    token = opened(gathering)
    cancel_gathering(
        actor=planner(), gathering_id=gathering.uid, version=gathering.version, reason="台风", on=NOW.date(), now=NOW
    )
    with pytest.raises(NotThere):
        at_door(token, row.code)
    assert Attendance.objects.count() == 0


def close(gathering):
    close_door(actor=planner(), gathering_id=gathering.uid, now=DURING)


def call_off(gathering):
    cancel_gathering(
        actor=planner(), gathering_id=gathering.uid, version=gathering.version, reason="台风", on=NOW.date(), now=DURING
    )


@pytest.mark.parametrize("shut", [close, call_off])
def test_a_door_shut_while_somebody_waited_before_it_checks_nobody_in(shut, monkeypatch):
    """Whoever types waits for the gathering's lock; what the other has done meanwhile counts."""
    gathering = published(TRAINING)
    (row,) = bring(gathering, *guests())
    token, look = opened(gathering), doors.get_door

    def look_and_wait(**said):
        door = look(**said)
        monkeypatch.setattr(doors, "get_door", look)
        shut(gathering)
        return door

    monkeypatch.setattr(doors, "get_door", look_and_wait)
    with pytest.raises(NotThere):
        at_door(token, row.code)
    assert Attendance.objects.count() == 0


def test_a_door_moves_with_the_time_of_what_it_leads_to():
    gathering = published(TRAINING)
    (row,) = bring(gathering, *guests())
    token = opened(gathering)
    later = [SessionTime(BEGINS + 7 * DAY, ENDS + 7 * DAY)]
    set_sessions(
        actor=planner(), gathering_id=gathering.uid, version=gathering.version, sessions=later, on=NOW.date(), now=NOW
    )
    with pytest.raises(NotThere):
        at_door(token, row.code)
    assert at_door(token, row.code, now=DURING + 7 * DAY) == 1
