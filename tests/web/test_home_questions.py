"""Late questions stand on the home page of whoever keeps the expert team, on her week, and on nobody else's."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.accounts.models import User
from sunward.core import clock
from sunward.mentoring.actions.questions import advise, take_question
from sunward.mentoring.models import Question
from sunward.web.home_todo import Group, read_todo_list
from sunward.web.week.queries import read_week
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.mentoring.experts.builders import ask, make_team

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
KEY = "questions"


def group_of(user: User, on: date = TODAY) -> Group | None:
    cache.clear()
    found = read_todo_list(make.actor_of(user, on=on), on=on).groups
    return next((group for group in found if group.key == KEY), None)


def test_what_nobody_has_taken_stands_there_from_the_day_on_which_its_clock_runs_out_until_somebody_takes_it() -> None:
    officer, team = make.make_officer(), make_team()
    question = ask(team)
    assert group_of(officer, TODAY + DAY) is None

    words = []
    for days in (2, 3):
        group = group_of(officer, TODAY + days * DAY)
        assert group is not None
        words.append([(line.title, str(line.word)) for line in group.lines])
    title = f"{question.reference} · 家庭教育"
    assert words == [[(title, "今天")], [(title, "已逾期 1 天")]]

    take_question(actor=team.expert, question_id=question.uid, on=TODAY, now=NOW)
    assert group_of(officer, TODAY + 4 * DAY) is None
    assert group_of(officer, TODAY + 5 * DAY) is not None
    advise(actor=team.expert, question_id=question.uid, key=question.uid, words="先听孩子说。", on=TODAY, now=NOW)
    assert group_of(officer, TODAY + 9 * DAY) is None


def test_it_says_a_reference_a_field_and_how_it_stands_and_opens_the_file_behind_its_gate() -> None:
    officer, question = make.make_officer(), ask(make_team())
    group = group_of(officer, TODAY + 2 * DAY)
    assert group is not None
    (line,) = group.lines
    assert line.href == reverse("mentoring:child_question", args=[question.case.uid, question.uid])
    assert "陈小雨" not in f"{line.title}{line.note}{line.word}{line.person}"


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.WORKER, Role.LEADER, Role.EXPERT])
def test_it_is_the_officers_of_the_district_and_nobody_elses(role: Role) -> None:
    ask(make_team())
    neighbour = make.make_unit("310109", name="虹口区")
    on = TODAY + 3 * DAY
    assert group_of(make.make_officer(Role.DISTRICT_OFFICER), on) is not None
    assert group_of(make.make_officer(Role.DISTRICT_OFFICER, neighbour), on) is None
    assert group_of(make.make_officer(role), on) is None


def test_her_week_counts_them_by_their_references(client: object, monkeypatch: pytest.MonkeyPatch) -> None:
    officer, question = make.make_officer(), ask(make_team())
    Question.objects.update(take_by_at=NOW)
    part = read_week(make.actor_of(officer), on=TODAY).part(KEY)
    assert part is not None
    assert [line.reference for line in part.lines] == [question.reference]

    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")  # type: ignore[attr-defined]
    page = client.get(part.href).content.decode()  # type: ignore[attr-defined]
    assert question.reference in page
