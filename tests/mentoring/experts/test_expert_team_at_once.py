"""Leaving the team and taking a question at the same minute: no question is left with nobody who can answer it."""

from threading import Event
from time import sleep
from uuid import uuid4

import pytest

from sunward.accounts.enums import Role
from sunward.accounts.models import User
from sunward.core.refusals import NotThere
from sunward.mentoring.actions import questions
from sunward.mentoring.actions.expert_team import end_expert, put_on_team
from sunward.mentoring.actions.questions import advise, ask_on, take_question
from sunward.mentoring.experts.enums import ExpertField, QuestionState
from sunward.mentoring.models import Expert
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.mentoring.experts.builders import ask, make_team
from tests.pressing import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]
WHEN = {"on": TODAY, "now": NOW}


@pytest.mark.parametrize("_round", range(5))
def test_whoever_is_ended_comes_away_without_the_question_she_takes_meanwhile(_round):
    officer, team = make.actor_of(make.make_officer()), make_team()
    question, expert = ask(team), Expert.objects.get(user_id=team.expert.user_id)

    at_once(
        lambda: take_question(actor=team.expert, question_id=question.uid, **WHEN),
        lambda: end_expert(actor=officer, expert_id=expert.uid, **WHEN),
    )

    question.refresh_from_db()
    assert (question.state, question.taken_by_id) == (QuestionState.ASKED, None)


def test_two_officers_who_put_her_on_the_team_at_once_make_one_expert():
    officers = [make.actor_of(make.make_officer()) for _number in range(2)]
    team = make_team()
    Expert.objects.filter(user_id=team.expert.user_id).delete()

    def put(officer):
        fields = [ExpertField.LAW]
        return put_on_team(actor=officer, user_id=team.expert.user_id, fields=fields, about="", **WHEN).pk

    at_once(*(lambda officer=officer: put(officer) for officer in officers))

    assert Expert.objects.filter(user_id=team.expert.user_id).count() == 1


def test_of_two_districts_that_put_her_on_their_teams_at_once_one_has_her():
    team = make_team()
    other = make.make_unit("310109", name="虹口区")
    make.give_post(User.objects.get(pk=team.expert.user_id), Role.EXPERT, other)
    officers = [make.actor_of(make.make_officer(Role.DISTRICT_OFFICER, unit)) for unit in (None, other)]
    Expert.objects.filter(user_id=team.expert.user_id).update(left_on=TODAY)

    def put(officer):
        try:
            return put_on_team(
                actor=officer, user_id=team.expert.user_id, fields=[ExpertField.LAW], about="", **WHEN
            ).unit_path
        except NotThere:
            return ""

    told = at_once(*(lambda officer=officer: put(officer) for officer in officers))

    standing = Expert.objects.get(user_id=team.expert.user_id)
    assert sorted(told) == ["", standing.unit_path]
    assert (standing.left_on, standing.unit_path in ("/310110/", "/310109/")) == (None, True)


def test_what_is_asked_on_while_its_expert_is_ended_is_left_to_somebody_who_can_answer(monkeypatch):
    may_answer, has_looked = questions._may_answer, Event()

    def take_time(question, *, on):
        """Between the look and the change there is time enough to end her."""
        found = may_answer(question, on=on)
        has_looked.set()
        sleep(0.5)
        return found

    monkeypatch.setattr(questions, "_may_answer", take_time)
    officer, team = make.actor_of(make.make_officer()), make_team()
    question, expert = ask(team), Expert.objects.get(user_id=team.expert.user_id)
    take_question(actor=team.expert, question_id=question.uid, **WHEN)
    advise(actor=team.expert, question_id=question.uid, key=uuid4(), words="先听孩子说。", **WHEN)

    at_once(
        lambda: ask_on(actor=team.mentor, question_id=question.uid, key=uuid4(), words="如果她不说呢？", **WHEN),
        lambda: has_looked.wait(30) and end_expert(actor=officer, expert_id=expert.uid, **WHEN),
    )

    question.refresh_from_db()
    assert (question.state, question.taken_by_id) == (QuestionState.ASKED, None)
