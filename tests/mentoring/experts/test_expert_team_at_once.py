"""Leaving the team and taking a question at the same minute: no question is left with nobody who can answer it."""

import pytest

from sunward.mentoring.actions.expert_team import end_expert, put_on_team
from sunward.mentoring.actions.questions import take_question
from sunward.mentoring.experts.enums import ExpertField, QuestionState
from sunward.mentoring.models import Expert
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.mentoring.experts.builders import ask, make_team
from tests.mentoring.test_visits_at_once import at_once

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
