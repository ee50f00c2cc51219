"""Two at one applicant or one volunteer in the same moment: done once, and nobody is left with a child."""

import pytest

from sunward.accounts.enums import Role
from sunward.audit.chain import verify
from sunward.core.refusals import Conflict
from sunward.mentoring.actions.applications import ApplicationDetails, accept_application, apply_in_public
from sunward.mentoring.actions.certificates import issue_certificate
from sunward.mentoring.actions.leaving import leave
from sunward.mentoring.actions.matches import approve_match
from sunward.mentoring.enums import LeaveReason
from sunward.mentoring.models import Match, Mentor, MentorApplication, ServiceCertificate
from tests import factories as make
from tests.mentoring.test_certificates import ADDRESS, YEAR, _mentor
from tests.mentoring.test_files_at_once import _officers
from tests.pressing import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]
WHEN = {"on": make.TODAY, "now": make.NOW}


def test_one_application_sent_six_times_at_once_waits_once_and_everybody_is_thanked():
    details = ApplicationDetails("李芳芳", "+8613800006789", make.make_committee().pk)

    outcomes = at_once(*[lambda: apply_in_public(details=details, **WHEN)] * 6)

    assert outcomes == [None] * 6
    assert MentorApplication.objects.count() == 1
    assert verify().is_intact


def test_accepted_by_two_at_once_she_has_one_file():
    apply_in_public(details=ApplicationDetails("李芳芳", "+8613800006789", make.make_committee().pk), **WHEN)
    row = MentorApplication.objects.get()

    def accept(actor):
        return lambda: accept_application(actor=actor, application_id=row.uid, **WHEN)

    outcomes = at_once(*(accept(actor) for actor in _officers()))

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Conflict", "Mentor"]
    assert Mentor.objects.count() == 1


def test_whoever_leaves_is_not_given_a_child_in_the_same_moment():
    for _round in range(4):
        mentor, child = make.make_mentor(), make.make_child()
        one, two = _officers()
        outcomes = at_once(
            lambda one=one, mentor=mentor: leave(actor=one, mentor_id=mentor.uid, reason=LeaveReason.OWN_WISH, **WHEN),
            lambda two=two, mentor=mentor, child=child: approve_match(
                actor=two, case_id=child.pk, mentor_id=mentor.pk, **WHEN
            ),
        )
        mentor.refresh_from_db()
        has_child = Match.objects.live().filter(mentor=mentor).exists()
        assert has_child != (mentor.state == "left"), outcomes
        assert sum(isinstance(outcome, Exception) for outcome in outcomes) == 1


def test_a_certificate_asked_for_by_two_at_once_is_one():
    mentor = _mentor()
    supervisor = make.actor_of(make.make_officer(Role.SUPERVISOR, make.make_subdistrict()))

    def issue():
        return issue_certificate(actor=supervisor, mentor_id=mentor.uid, address=ADDRESS, **YEAR, **WHEN)

    outcomes = at_once(issue, issue, issue)

    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception | Conflict)], outcomes
    assert ServiceCertificate.objects.count() == 1
