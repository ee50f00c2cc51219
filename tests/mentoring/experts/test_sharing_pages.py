"""A mentor writes down what helped and follows what becomes of it; an officer reads it, then the others find it."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from sunward.accounts.enums import Role
from sunward.accounts.models import User
from sunward.core import clock
from sunward.mentoring.actions.sharing import Told, change_note, withdraw_note
from sunward.mentoring.enums import MentorKind, MentorState
from sunward.mentoring.experts.enums import NoteState
from sunward.mentoring.models import ExperienceNote, Mentor
from sunward.mentoring.queries.own_data import list_mentor_sheets
from sunward.web.home_todo import read_todo_list
from tests import factories
from tests.factories import NOW, TODAY
from tests.mentoring.experts.builders import Team, make_team
from tests.mentoring.experts.sharing_builders import WORDS, give_back, make_elsewhere, make_sharer, publish, write

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def supervisor():
    return factories.actor_of(factories.make_officer(Role.SUPERVISOR, factories.make_subdistrict()))


@pytest.fixture
def neighbour():
    return make_sharer(factories.make_committee("310110012002", name="第二居委会"))


@pytest.fixture
def mentor(client, team):
    return sign_in(client, team.mentor)


def sign_in(client, actor):
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def page(name, *keys):
    return reverse(f"mentoring:{name}", args=keys)


def key_of(response):
    return re.search(r'name="key" value="([^"]+)"', response.content.decode())[1]


def told(**more):
    return {"key": uuid4(), "title": "第一次上门", "words": WORDS, "topics": ["school", "play"], **more}


def test_a_note_is_handed_in_and_stands_on_her_page_waiting(mentor):
    sent = mentor.post(page("own_note_new"), told(), follow=True)
    note = ExperienceNote.objects.get()
    assert (note.title, note.words, note.topics, note.state) == ("第一次上门", WORDS, ["school", "play"], "written")
    assert sent.redirect_chain[0][0] == page("own_notes")
    assert "第一次上门" in sent.content.decode()
    assert "待审阅" in sent.content.decode()


def test_names_in_title_and_words_are_marked_where_they_stand_and_nothing_typed_is_lost(mentor):
    new = page("own_note_new")
    key = key_of(mentor.get(new))
    typed = told(key=key, title="陪小雨画画", words="徐桂珍说：\r\n先画再说话。")
    refused = mentor.post(new, typed)
    text = refused.content.decode()
    assert refused.status_code == 422
    assert "标题：陪<mark>小雨<sup>1</sup></mark>画画\n正文：<mark>徐桂珍<sup>2</sup></mark>说：\n先画再说话。" in text
    assert 'value="陪小雨画画"' in text
    assert ">\n徐桂珍说：\n先画再说话。</textarea>" in text
    assert re.findall(r"value=\"(\w+)\"[^>]* checked", text) == ["school", "play"]
    assert key_of(refused) == key
    assert not ExperienceNote.objects.exists()

    changed = {"mark-1": "change:小雨", "mark-2": "change:徐桂珍"}
    assert mentor.post(new, typed | changed).status_code == 302
    note = ExperienceNote.objects.get()
    assert (note.title, note.words) == ("陪孩子画画", "家人说：\n先画再说话。")


def test_what_is_missing_or_too_long_is_said_at_its_field(mentor):
    for typed, field in (
        (told(title=" "), "title"), (told(words="  "), "words"), (told(title="题" * 81), "title"),
        (told(words="字" * 3100), "words"),
    ):  # fmt: skip
        again = mentor.post(page("own_note_new"), typed)
        assert again.status_code == 422
        assert set(again.context["form"].errors) == {field}


def test_a_form_pressed_twice_is_one_note_and_with_other_words_it_asks_what_to_do_with_them(mentor):
    typed = told()
    for _ in range(2):
        assert mentor.post(page("own_note_new"), typed).status_code == 302
    note = ExperienceNote.objects.get()
    other = mentor.post(page("own_note_new"), typed | {"words": "再坐一会儿。"})
    text = other.content.decode()
    assert other.status_code == 409
    assert "再坐一会儿。</textarea>" in text
    assert WORDS in text
    assert f'action="{page("own_note_edit", note.uid)}"' in text
    version = re.search(r'name="version" value="(\d+)"', text)[1]
    mentor.post(page("own_note_edit", note.uid), typed | {"words": "再坐一会儿。", "version": version})
    note.refresh_from_db()
    assert (note.words, ExperienceNote.objects.count()) == ("再坐一会儿。", 1)


def test_what_was_given_back_says_why_and_is_changed_and_handed_in_again(mentor, team, supervisor):
    note = give_back(supervisor, write(team.mentor))
    for shown in (page("own_notes"), page("own_note", note.uid), page("own_note_edit", note.uid)):
        assert "请写得再笼统一点。" in mentor.get(shown).content.decode()
    assert mentor.post(page("own_note_edit", note.uid), told(words="好。", version=note.version)).status_code == 302
    note.refresh_from_db()
    assert (note.state, note.words, note.reason) == ("written", "好。", "")


def test_published_while_she_was_changing_it_her_words_become_a_new_note(mentor, team, supervisor):
    note = write(team.mentor)
    publish(supervisor, note)
    moved = mentor.post(page("own_note_edit", note.uid), told(words="改过的话。", version=note.version))
    text = moved.content.decode()
    assert moved.status_code == 409
    assert "改过的话。</textarea>" in text
    assert f'action="{page("own_note_new")}"' in text
    mentor.post(page("own_note_new"), told(words="改过的话。", key=key_of(moved)))
    assert {*ExperienceNote.objects.values_list("words", "state")} == {(WORDS, "published"), ("改过的话。", "written")}


def test_a_published_note_is_not_opened_to_be_changed(mentor, team, supervisor):
    note = publish(supervisor, write(team.mentor))
    assert mentor.get(page("own_note_edit", note.uid)).url == page("own_note", note.uid)
    assert page("own_note_edit", note.uid) not in mentor.get(page("own_note", note.uid)).content.decode()


def test_what_is_taken_back_is_gone_for_the_others_and_can_be_brought_back_for_half_an_hour(
    mentor, team, supervisor, monkeypatch
):  # fmt: skip
    note = publish(supervisor, write(team.mentor), now=LATER)
    gone = mentor.post(page("own_note_withdraw", note.uid), follow=True).content.decode()
    note.refresh_from_db()
    assert note.state == NoteState.WITHDRAWN
    assert page("own_note_bring_back", note.uid) in gone
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=30))
    mentor.post(page("own_note_bring_back", note.uid))
    note.refresh_from_db()
    assert note.state == NoteState.WRITTEN

    mentor.post(page("own_note_withdraw", note.uid))
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=61))
    # A second press on an old page gives no more time.
    mentor.post(page("own_note_withdraw", note.uid))
    assert page("own_note_bring_back", note.uid) not in mentor.get(page("own_note", note.uid)).content.decode()
    assert mentor.post(page("own_note_bring_back", note.uid)).status_code == 422
    note.refresh_from_db()
    assert note.state == NoteState.WITHDRAWN


def test_others_read_it_once_it_is_published_and_learn_neither_who_wrote_it_nor_where(
    client, team, supervisor, neighbour
):  # fmt: skip
    note = write(team.mentor)
    sign_in(client, neighbour)
    assert "第一次上门" not in client.get(page("notes")).content.decode()
    assert client.get(page("note", note.uid)).status_code == 404
    publish(supervisor, note)
    listed, read = (client.get(at).content.decode() for at in (page("notes"), page("note", note.uid)))
    assert WORDS in listed
    assert WORDS in read
    mine = Mentor.objects.get(user_id=team.mentor.user_id)
    for text in (listed, read):
        assert not [word for word in ("张爱华", mine.reference, str(mine.unit)) if word in text]
        assert page("own_note", note.uid) not in text
    withdraw_note(actor=team.mentor, note_id=note.uid, now=NOW)
    assert client.get(page("note", note.uid)).status_code == 404


def test_several_words_must_all_be_there_in_title_or_words_however_far_down(client, team, supervisor, neighbour):
    publish(supervisor, write(team.mentor, "字" * 900 + "织毛线", "孩子不说话"))
    publish(supervisor, write(team.mentor, "下五子棋，100%有用", "作业之前"))
    sign_in(client, neighbour)

    def found(words):
        return [row.title for row in client.get(page("notes"), {"q": words}).context["page"]]

    assert found("毛线") == found("说话　毛线") == found("毛线，说话") == ["孩子不说话"]
    assert found("100%") == ["作业之前"]
    assert found("毛线 五子棋") == found("50%") == []
    assert len(found("")) == len(found(" \x00 ")) == 2
    assert found("长" * 5000) == []


def test_a_mentor_of_another_district_and_one_who_has_left_read_and_write_nothing(client, team, supervisor):
    note = publish(supervisor, write(team.mentor))
    sign_in(client, make_sharer(make_elsewhere()))
    assert not list(client.get(page("notes")).context["page"])
    assert client.get(page("note", note.uid)).status_code == 404
    sign_in(client, team.mentor)
    Mentor.objects.update(state=MentorState.LEFT)
    for at in (
        page("notes"), page("note", note.uid), page("own_notes"), page("own_note", note.uid), page("own_note_new"),
        page("own_note_edit", note.uid),
    ):  # fmt: skip
        assert client.get(at).status_code == 404
    for at in (page("own_note_new"), page("own_note_withdraw", note.uid), page("own_note_bring_back", note.uid)):
        assert client.post(at, told()).status_code == 404


def test_a_student_reads_and_shares_and_an_expert_does_neither(client, team, supervisor):
    note = publish(supervisor, write(team.mentor))
    sign_in(client, make_sharer(factories.make_district(), kind=MentorKind.STUDENT))
    assert client.get(page("note", note.uid)).status_code == 200
    assert client.post(page("own_note_new"), told()).status_code == 302
    sign_in(client, team.expert)
    assert [client.get(at).status_code for at in (page("notes"), page("note", note.uid))] == [403, 403]
    sign_in(client, make_sharer(factories.make_committee(), kind=MentorKind.EXPERT))
    assert [client.get(at).status_code for at in (page("notes"), page("note", note.uid))] == [404, 404]


def test_whoever_judges_sees_what_waits_publishes_it_and_takes_it_down_with_a_reason(client, team, supervisor):
    note = write(team.mentor)
    sign_in(client, supervisor)
    assert page("note_judge", note.uid) in client.get(page("waiting_notes")).content.decode()
    shown = client.get(page("note_judge", note.uid)).content.decode()
    assert WORDS in shown
    assert "张爱华" not in shown
    assert client.post(page("note_publish", note.uid), {"version": note.version}).url == page("waiting_notes")
    note.refresh_from_db()
    assert note.state == NoteState.PUBLISHED
    assert page("note_judge", note.uid) in client.get(page("note", note.uid)).content.decode()
    assert client.post(page("note_return", note.uid), {"version": note.version, "reason": " "}).status_code == 422
    client.post(page("note_return", note.uid), {"version": note.version, "reason": "院长会让人认出来。"})
    note.refresh_from_db()
    assert (note.state, note.reason) == (NoteState.RETURNED, "院长会让人认出来。")
    assert client.get(page("note", note.uid)).status_code == 404
    assert "院长会让人认出来。" in client.get(page("waiting_notes")).content.decode()


def test_what_changed_meanwhile_is_shown_anew_before_it_is_judged_and_the_reason_is_kept(client, team, supervisor):
    note = write(team.mentor)
    change_note(
        actor=team.mentor, note_id=note.uid, version=note.version, told=Told("题", "换了一句话。"), on=TODAY, now=NOW
    )
    sign_in(client, supervisor)
    seen = {"version": note.version, "reason": "请改标题。"}
    for act in ("note_publish", "note_return"):
        again = client.post(page(act, note.uid), seen)
        text = again.content.decode()
        assert again.status_code == 409
        assert "换了一句话。" in text
        assert ("请改标题。" in text) == (act == "note_return")
    note.refresh_from_db()
    assert note.state == NoteState.WRITTEN


def test_a_worker_reads_nothing_that_waits_and_judges_nothing(client, team, supervisor):
    note = write(team.mentor)
    sign_in(client, team.worker)
    assert client.get(page("note", note.uid)).status_code == 404
    assert client.get(page("waiting_notes")).status_code == 403
    assert client.get(page("note_judge", note.uid)).status_code == 403


def test_words_are_shown_as_words_and_never_as_markup(client, team, supervisor, neighbour):
    note = publish(supervisor, write(team.mentor, "<b>粗</b>", "<i>斜</i>"))
    sign_in(client, neighbour)
    for at in (page("notes"), page("note", note.uid)):
        text = client.get(at).content.decode()
        assert escape("<b>粗</b>") in text
        assert "<b>粗</b>" not in text
        assert "<i>斜</i>" not in text


def test_what_waits_is_work_on_the_first_page_of_whoever_judges_and_of_nobody_else(team, supervisor):
    write(team.mentor)
    mine = {group.key: group for group in read_todo_list(supervisor, on=TODAY).groups}
    assert [line.title for line in mine["notes"].lines] == ["第一次上门"]
    assert mine["notes"].href == page("waiting_notes")
    assert "notes" not in {group.key for group in read_todo_list(team.worker, on=TODAY).groups}


def test_whoever_makes_the_copy_of_her_own_data_reads_how_many_notes_there_are_and_none_of_them(team, supervisor):
    publish(supervisor, write(team.mentor))
    give_back(supervisor, write(team.mentor, "好。", "题"))
    sheets = list_mentor_sheets(Mentor.objects.get(user_id=team.mentor.user_id), on=TODAY)
    cells = [str(cell) for sheet in sheets for row in sheet.rows for cell in row]
    assert "经验分享：2 篇" in cells
    assert not [cell for cell in cells if "第一次上门" in cell or WORDS in cell or "题" in cell or "笼统" in cell]


@pytest.mark.parametrize("name", ["notes", "own_notes", "waiting_notes"])
def test_a_longer_list_asks_the_database_no_more_often(client, team, supervisor, name):
    actor = supervisor if name == "waiting_notes" else team.mentor
    sign_in(client, actor)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page(name)).status_code == 200
        return len(queries)

    one = write(team.mentor)
    if name == "notes":
        publish(supervisor, one)
    asked()
    few = asked()
    for number in range(5):
        more = write(team.mentor, f"{WORDS}{number}")
        if name == "notes":
            publish(supervisor, more)
    assert asked() == few
