"""Ninety, thirty and seven days before vetting ends she and her supervisor hear of it, once each."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sunward.accounts.enums import Role
from sunward.accounts.models import Absence
from sunward.core.jobs.queue import enqueue
from sunward.mentoring import jobs
from sunward.mentoring.models import Mentor
from sunward.mentoring.queries.renewals import list_renewals
from sunward.outreach.models import Message
from tests import factories as make

pytestmark = pytest.mark.django_db


def _mentor(days_left, **more):
    return make.make_mentor(vetted_on=make.TODAY - timedelta(days=365 - days_left), **more)


def _told(mentor):
    return Message.objects.filter(about="mentor", about_id=mentor.pk).count()


@pytest.fixture
def remind(run_jobs, monkeypatch):
    def run(after=0):
        now = make.NOW + timedelta(days=after)
        day = type("Clock", (), {"now": lambda: now, "today": lambda: timezone.localdate(now)})
        monkeypatch.setattr(jobs, "clock", day)
        enqueue(jobs.remind_of_renewals)
        run_jobs()

    return run


def test_each_step_is_told_once_to_her_and_to_her_supervisor(remind):
    make.make_officer(Role.SUPERVISOR, make.make_subdistrict())
    mentor = _mentor(95)

    counts = []
    for after in (0, 5, 6, 65, 70, 88, 94):
        remind(after)
        counts.append(_told(mentor))

    assert counts == [0, 2, 2, 4, 4, 6, 6]


def test_a_day_on_which_the_job_did_not_run_is_made_up_for(remind):
    make.make_officer(Role.SUPERVISOR, make.make_subdistrict())
    mentor = _mentor(20)
    remind()

    assert _told(mentor) == 2


def test_a_message_says_a_reference_and_no_name(remind):
    make.make_officer(Role.SUPERVISOR, make.make_subdistrict())
    make.make_mentor("李芳芳", vetted_on=make.TODAY - timedelta(days=345))
    remind()

    bodies = list(Message.objects.values_list("body", flat=True))
    assert len(bodies) == 2
    assert not any("李芳芳" in body for body in bodies)


def test_whoever_has_left_or_applies_hears_nothing_and_whoever_rests_does():
    for state in ("left", "applied", "resting", "active"):
        Mentor.objects.filter(pk=_mentor(20).pk).update(state=state)

    found = {renewal.mentor_id for renewal in list_renewals(on=make.TODAY)}
    assert found == set(Mentor.objects.filter(state__in=("resting", "active")).values_list("pk", flat=True))


def test_an_absent_supervisor_is_stood_in_for():
    away = make.make_officer(Role.SUPERVISOR, make.make_subdistrict())
    officer = make.make_officer()
    Absence.objects.create(user=away, from_on=make.TODAY, until_on=make.TODAY + timedelta(days=3), recorded_at=make.NOW)
    _mentor(20)

    (renewal,) = list_renewals(on=make.TODAY)
    assert renewal.supervisors == (officer.pk,)


def test_the_queries_do_not_grow_with_the_volunteers(django_assert_num_queries):
    for _number in range(4):
        _mentor(20)

    with django_assert_num_queries(3):
        assert len(list(list_renewals(on=make.TODAY))) == 4
