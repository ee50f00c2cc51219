"""What comes by itself: a reminder the day before and a question afterwards, each once however often the job runs."""

from datetime import timedelta

import pytest

from sunward.core.jobs.queue import enqueue
from sunward.gatherings import jobs
from sunward.gatherings.actions import cancel_gathering, check_in, give_feedback, withdraw_party
from sunward.gatherings.actions.planning import SessionTime
from sunward.gatherings.actions.reminders import ask_for_feedback, remind_of_session
from sunward.gatherings.admission import Head
from sunward.gatherings.news import NewsKind
from sunward.gatherings.queries.reminders import list_feedback_due, list_reminders_due
from sunward.gatherings.tokens import feedback_token
from tests.factories import NOW, TODAY
from tests.gatherings.builders import BEGINS, DURING, ENDS, TRAINING, adult, bring, listening, planner, published

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
THE_DAY_BEFORE, THE_EVENING = BEGINS - DAY, ENDS + 2 * HOUR


def one_who_comes(**said):
    gathering, case = published(TRAINING, **said), adult()
    return gathering, case, bring(gathering, Head(case.person_id))[0]


@pytest.mark.parametrize(
    ("now", "is_due"),
    [(BEGINS - DAY - HOUR, False), (BEGINS - DAY, True), (BEGINS - HOUR, True), (BEGINS, False)],
)
def test_a_reminder_is_due_within_the_day_before(now, is_due):
    one_who_comes()
    assert bool(list_reminders_due(now=now)) is is_due


def test_whoever_has_a_place_is_reminded_once():
    _gathering, case, row = one_who_comes()
    (session_pk,) = list_reminders_due(now=THE_DAY_BEFORE)
    with listening() as heard:
        told = [remind_of_session(session_pk=session_pk, now=THE_DAY_BEFORE) for _ in range(2)]
    assert told == [1, 0]
    (news,) = heard
    assert (news.kind, news.person_id, news.begins_at, news.code) == (
        NewsKind.REMINDER,
        case.person_id,
        BEGINS,
        row.code,
    )
    assert list_reminders_due(now=THE_DAY_BEFORE) == []


def test_each_day_of_a_course_is_reminded_of_by_itself():
    one_who_comes(sessions=(SessionTime(BEGINS, ENDS), SessionTime(BEGINS + 7 * DAY, ENDS + 7 * DAY)))
    keys = []
    for now in (THE_DAY_BEFORE, THE_DAY_BEFORE + 7 * DAY):
        (session_pk,) = list_reminders_due(now=now)
        with listening() as heard:
            remind_of_session(session_pk=session_pk, now=now)
        keys += [news.key for news in heard]
    assert len(set(keys)) == 2


def test_whoever_got_the_place_just_now_is_not_told_again():
    gathering, case = published(TRAINING), adult()
    bring(gathering, Head(case.person_id), now=BEGINS - 20 * HOUR)
    with listening() as heard:
        for session_pk in list_reminders_due(now=BEGINS - 18 * HOUR):
            remind_of_session(session_pk=session_pk, now=BEGINS - 18 * HOUR)
    assert heard == []


def test_what_is_cancelled_or_has_nobody_is_not_reminded_of():
    gathering, _case, row = one_who_comes()
    published(TRAINING)
    withdraw_party(actor=planner(), gathering_id=gathering.uid, party=row.party, on=TODAY, now=NOW)
    assert list_reminders_due(now=THE_DAY_BEFORE) == []
    other, *_rest = one_who_comes()
    (session_pk,) = list_reminders_due(now=THE_DAY_BEFORE)
    cancel_gathering(actor=planner(), gathering_id=other.uid, version=other.version, reason="台风", on=TODAY, now=NOW)
    assert remind_of_session(session_pk=session_pk, now=THE_DAY_BEFORE) == 0


@pytest.mark.parametrize(
    ("now", "is_due"),
    [(ENDS + HOUR, False), (THE_EVENING, True), (ENDS + 6 * DAY, True), (ENDS + 8 * DAY, False)],
)
def test_people_are_asked_the_same_evening_and_not_a_week_later(now, is_due):
    gathering, *_rest = one_who_comes()
    assert list_feedback_due(now=now) == ([gathering.pk] if is_due else [])


def test_only_who_came_is_asked_how_it_was_and_only_once():
    gathering, case, row = one_who_comes()
    bring(gathering, Head(adult().person_id))
    check_in(actor=planner(), gathering_id=gathering.uid, sign_up_id=row.uid, now=DURING)
    with listening() as heard:
        asked = [ask_for_feedback(gathering_pk=gathering.pk, now=THE_EVENING) for _ in range(2)]
    assert asked == [1, 0]
    assert [(news.kind, news.person_id) for news in heard] == [(NewsKind.ASKED_FOR_FEEDBACK, case.person_id)]
    give_feedback(token=heard[0].feedback_token, satisfaction=5, on=TODAY, now=THE_EVENING)


def test_where_nobody_was_checked_in_everybody_with_a_place_is_asked_but_who_has_spoken():
    gathering, _case, row = one_who_comes()
    bring(gathering, Head(adult().person_id))
    give_feedback(token=feedback_token(row.uid), satisfaction=5, on=TODAY, now=DURING)
    assert ask_for_feedback(gathering_pk=gathering.pk, now=THE_EVENING) == 1


def test_the_jobs_tell_everything_due_and_nothing_twice(monkeypatch, run_jobs):
    one_who_comes()
    with listening() as heard:
        for now in (THE_DAY_BEFORE, THE_DAY_BEFORE + HOUR, THE_EVENING, THE_EVENING + HOUR):
            monkeypatch.setattr(jobs, "clock", type("Clock", (), {"now": lambda now=now: now}))
            enqueue(jobs.remind)
            enqueue(jobs.ask_how_it_was)
            run_jobs()
    assert [news.kind for news in heard] == [NewsKind.REMINDER, NewsKind.ASKED_FOR_FEEDBACK]
