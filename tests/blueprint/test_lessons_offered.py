"""What was learned is offered again while a line like it is written, or one from a paper is confirmed."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from sunward.accounts.models import User
from sunward.accounts.preferences import set_language
from sunward.blueprint.actions.learning import LessonDetails, write_lesson
from sunward.blueprint.queries.follow_choices import offer_lessons
from sunward.core import clock
from tests.blueprint.following import Cast, act, under_way
from tests.blueprint.meetings import HR, begin, minutes_of
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
KEPT = "先定场地，再招工作人员"


@pytest.fixture
def cast(tmp_path, monkeypatch) -> Cast:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    found = under_way(tmp_path)
    act(write_lesson, found.lead, found, details=LessonDetails("三月开门", "场地晚了两个月", KEPT))
    return found


@pytest.fixture
def keeper_client(cast, client):
    set_language(user_id=cast.keeper.user_id, language="en")
    client.force_login(User.objects.get(pk=cast.keeper.user_id))
    return client


def typed(meeting, text: str, **more: object) -> dict[str, object]:
    return {
        "key": uuid4(), "text": text, "goal": "站点", "question": meeting.questions.first().pk, "lead": HR,
        "due_on": TODAY + timedelta(90),
    } | more  # fmt: skip


def test_a_line_of_a_paper_is_confirmed_beside_what_lines_like_it_taught(cast, keeper_client, tmp_path):
    meeting = begin(cast.keeper, minutes_of(tmp_path))
    alike, other = meeting.lines.get(number=1), meeting.lines.get(number=3)
    assert KEPT in keeper_client.get(reverse("blueprint:line", args=[alike.uid])).content.decode()
    assert KEPT not in keeper_client.get(reverse("blueprint:line", args=[other.uid])).content.decode()


def test_a_line_that_is_written_is_held_once_for_what_was_learned_and_then_written_down(cast, keeper_client):
    meeting = begin(cast.keeper, None, questions=("使命",))
    address, asked = reverse("blueprint:line_new", args=[meeting.uid]), typed(meeting, cast.item.text)
    assert KEPT not in keeper_client.get(address).content.decode()
    first = keeper_client.post(address, asked)
    page = first.content.decode()
    assert (first.status_code, KEPT in page, "Nothing is written down yet" in page) == (200, True, True)
    assert (cast.item.text in page, meeting.lines.count()) == (True, 0)
    assert keeper_client.post(address, asked | {"seen": "1"}).status_code == 302
    assert meeting.lines.get().text == cast.item.text


def test_before_anything_is_written_no_lesson_is_looked_for(cast, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert offer_lessons(cast.keeper, " 2026 ") == []
    assert offer_lessons(cast.keeper, cast.item.text)


def test_a_line_like_no_other_is_written_down_at_once(cast, keeper_client):
    meeting = begin(cast.keeper, None, questions=("使命",))
    address = reverse("blueprint:line_new", args=[meeting.uid])
    assert keeper_client.post(address, typed(meeting, "冬季登记困难家庭的取暖需求")).status_code == 302


def test_a_mistake_in_the_form_does_not_hide_what_was_learned_and_loses_nothing(cast, keeper_client):
    meeting = begin(cast.keeper, None, questions=("使命",))
    address = reverse("blueprint:line_new", args=[meeting.uid])
    answer = keeper_client.post(address, typed(meeting, cast.item.text, goal=""))
    assert (answer.status_code, KEPT in answer.content.decode()) == (422, True)
    assert cast.item.text in answer.content.decode()
