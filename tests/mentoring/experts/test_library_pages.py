"""The pages of the small library: learned from on a phone, written and kept in the office, the hours as a list."""

import time
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from sunward.accounts.enums import Role
from sunward.audit.models import AuditEntry
from sunward.core import clock
from sunward.core.refusals import NotThere
from sunward.mentoring.access import mentor_subject
from sunward.mentoring.actions.library import withdraw_material, write_material
from sunward.mentoring.enums import MentorState
from sunward.mentoring.experts.enums import ExpertField, MaterialKind
from sunward.mentoring.models import Learning, Material, Mentor
from sunward.mentoring.queries.learning_hours import list_learning_hours, list_learnt, sum_up
from sunward.mentoring.queries.own_data import list_mentor_sheets
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.mentoring.experts.library_builders import published, said, write
from tests.mentoring.experts.test_library import attend, make_session, other_district

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def officer(client):
    """Signed in, her password just typed: an export asks for it."""
    return sign_in(client, make.make_officer())


def sign_in(client, user):
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session.save()
    return make.actor_of(user)


def make_mom(client, unit=None, name=""):
    unit = unit or make.make_committee()
    user = make.make_officer(Role.MENTOR, unit)
    mentor = make.make_mentor(name, unit=unit, user=user)
    sign_in(client, user)
    return mentor


def read(client, name="mentoring:library", *args, **asked):
    answer = client.get(reverse(name, args=args), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def send(client, name, *args, **typed):
    return client.post(reverse(name, args=args), typed)


def typed(**more):
    return {
        "field": "law", "kind": "article", "title": "怎样听孩子说话", "words": "先听完，再说。", "minutes": "12",
        "key": uuid4(),
    } | more  # fmt: skip


def opened(material, **more):
    """A form as it was opened, with what was typed over it."""
    held = {name: getattr(material, name) for name in ("field", "kind", "title", "link", "words", "minutes")}
    return (
        {f"initial-{name}": value for name, value in held.items()}
        | held
        | {"version": material.version, "key": uuid4()}
        | more
    )


def test_a_material_is_written_looked_at_and_published_and_a_neighbour_mom_reads_it(client, officer):
    assert "还没有学习资料" in read(client)
    answer = send(client, "mentoring:material_new", **typed(words="先听完。\n\n再说<自己>的看法。"))
    material = Material.objects.get()
    assert answer.url == reverse("mentoring:material", args=[material.uid])
    page = read(client, "mentoring:material", material.uid)
    assert "只有管理资料的人能看到" in page
    assert "再说&lt;自己&gt;的看法。" in page
    assert f'name="version" value="{material.version}"' in page
    send(client, "mentoring:material_publish", material.uid, version=material.version)
    make_mom(client)
    assert "怎样听孩子说话" in read(client)
    assert "12 分钟" in read(client, "mentoring:material", material.uid)


def test_what_is_wrong_comes_back_at_its_field_with_all_that_was_typed(client, officer):
    answer = send(client, "mentoring:material_new", **typed(kind="link", link="http://example.org/a", words="说明"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["link"]
    assert 'value="http://example.org/a"' in page
    assert "说明</textarea>" in page
    assert not Material.objects.exists()


def test_a_name_in_title_or_text_is_marked_and_each_field_keeps_its_own(client, officer):
    what = typed(title="王小明的故事", words="第一段。\n\n请打 13800001234。")
    answer = send(client, "mentoring:material_new", **what)
    assert answer.status_code == 422
    form = answer.context["form"]
    assert (form["title"].value(), form["words"].value()) == (what["title"], what["words"])
    marks = {f"mark-{one.number}": f"change:{one.words}" for one in form.marked.marks}
    assert len(marks) == 2
    send(client, "mentoring:material_new", **what | marks)
    material = Material.objects.get()
    assert "王小明" not in material.title
    assert material.words.startswith("第一段。\n\n请打")
    assert "138" not in material.words


def test_the_same_form_sent_twice_is_one_material(client, officer):
    what = typed()
    first, second = (send(client, "mentoring:material_new", **what) for _number in range(2))
    assert first.url == second.url
    assert Material.objects.count() == 1


def test_a_correction_from_a_page_still_open_goes_on_as_a_change_of_what_is_saved(client, officer):
    what = typed()
    send(client, "mentoring:material_new", **what)
    again = send(client, "mentoring:material_new", **what | {"words": "先听完，再慢慢说。", "minutes": "15"})
    page, material = again.content.decode(), Material.objects.get()
    assert again.status_code == 409
    assert "先听完，再慢慢说。</textarea>" in page
    assert again.context["form"].non_field_errors()
    edit = reverse("mentoring:material_edit", args=[material.uid])
    assert f'action="{edit}"' in page
    assert reverse("mentoring:material", args=[material.uid]) in page
    client.post(edit, what | {"words": "先听完，再慢慢说。", "minutes": "15", "version": again.context["version"]})
    material.refresh_from_db()
    assert (material.words, material.minutes) == ("先听完，再慢慢说。", 15)


def test_such_a_correction_does_not_wipe_out_what_a_colleague_has_changed_meanwhile(client, officer):
    what = typed()
    send(client, "mentoring:material_new", **what)
    material = Material.objects.get()
    edit = reverse("mentoring:material_edit", args=[material.uid])
    client.post(edit, opened(material, words="同事写的。"))
    mine = what | {"words": "我写的。"}
    version = send(client, "mentoring:material_new", **mine).context["version"]
    merged = client.post(edit, mine | {"version": version})
    assert merged.status_code == 409
    assert [(one.mine, one.theirs) for one in merged.context["merge"].disputes] == [("我写的。", "同事写的。")]


def test_two_who_change_one_material_choose_between_both(client, officer):
    material = write(officer, words="第一行\n第二行")
    page = reverse("mentoring:material_edit", args=[material.uid])
    in_browser = {"initial-words": "第一行\r\n第二行", "words": "第一行\r\n第二行"}
    client.post(page, opened(material, title="她的题目", **in_browser))
    late = client.post(page, opened(material, **in_browser | {"title": "我的题目", "words": "第一行\r\n改了"}))
    merged = late.context["merge"]
    assert late.status_code == 409
    assert [(one.name, one.mine, one.theirs) for one in merged.disputes] == [("title", "我的题目", "她的题目")]
    client.post(page, dict(merged.hidden) | {"choose-title": "theirs", "version": merged.version})
    material.refresh_from_db()
    assert (material.title, material.words) == ("她的题目", "第一行\n改了")


def test_nothing_is_published_that_changed_since_it_was_looked_at(client, officer):
    material = write(officer)
    client.post(reverse("mentoring:material_edit", args=[material.uid]), opened(material, title="新题"))
    answer = send(client, "mentoring:material_publish", material.uid, version=material.version)
    assert answer.status_code == 409
    assert not Material.objects.exclude(published_at=None).exists()


def test_what_is_withdrawn_is_there_for_its_keeper_only_until_it_is_put_back(client, officer):
    material = published(officer)
    send(client, "mentoring:material_withdraw", material.uid)
    assert "已撤下" in read(client)
    user = officer.user_id
    make_mom(client)
    assert "还没有学习资料" in read(client)
    assert client.get(reverse("mentoring:material", args=[material.uid])).status_code == 404
    client.force_login(make.User.objects.get(pk=user))
    send(client, "mentoring:material_put_back", material.uid)
    make_mom(client)
    assert "怎样听孩子说话" in read(client)


def test_whoever_keeps_two_districts_says_whose_it_is_and_no_third(client, officer):
    other, third = make.make_unit("310109", name="虹口区"), make.make_unit("310104", name="徐汇区")
    user = make.User.objects.get(pk=officer.user_id)
    make.give_post(user, Role.DISTRICT_OFFICER, other)
    assert "虹口区" in read(client, "mentoring:material_new")
    assert send(client, "mentoring:material_new", **typed()).status_code == 422
    assert send(client, "mentoring:material_new", **typed(unit=third.path)).status_code == 422
    assert send(client, "mentoring:material_new", **typed(unit=other.path)).status_code == 302
    assert Material.objects.get().unit_path == other.path


def test_nobody_writes_for_a_unit_that_is_not_hers_to_keep(officer):
    elsewhere, below = other_district(), make.make_subdistrict()
    for unit in (elsewhere, below):
        with pytest.raises(NotThere):
            write_material(actor=officer, key=uuid4(), said=said(), now=NOW, unit_path=unit.path)
    assert not Material.objects.exists()


def test_a_word_in_the_title_or_deep_in_the_text_finds_and_a_field_narrows(client, officer):
    published(officer, title="孩子发脾气的时候", words="先" + "等一等" * 200 + "再抱一抱")
    published(officer, title="监护人有哪些责任", field=ExpertField.HEALTH)
    make_mom(client)
    assert len(client.get(reverse("mentoring:library")).context["page"]) == 2

    def found(**asked):
        page = client.get(reverse("mentoring:library"), asked).context["page"]
        return [row.title for row in page]

    assert found(q="抱一抱 发脾气") == ["孩子发脾气的时候"]
    assert found(q="抱一抱 责任") == []
    assert found(field="health") == ["监护人有哪些责任"]
    assert len(found(field="nothing of ours")) == 2
    assert "没有找到相符的资料" in read(client, q="没有的词")


def test_a_keeper_sees_first_what_waits_then_the_newest_and_last_what_was_withdrawn(client, officer):
    for title in ("旧的", "撤下的", "新的"):
        material = published(officer, title=title)
        if title == "撤下的":
            withdraw_material(actor=officer, material_id=material.uid, now=NOW)
    Material.objects.filter(title="旧的").update(made_at=NOW - DAY)
    write(officer, title="没发布的")
    titles = [row.title for row in client.get(reverse("mentoring:library")).context["page"]]
    assert titles == ["没发布的", "新的", "旧的", "撤下的"]


def test_a_link_leads_out_by_its_host_and_never_takes_the_way_back_along(client, officer):
    link = "https://www.example.org/read?a=1&b=2"
    material = published(officer, kind=MaterialKind.LINK, words="", link=link)
    page = read(client, "mentoring:material", material.uid)
    assert 'href="https://www.example.org/read?a=1&amp;b=2" target="_blank" rel="noopener noreferrer"' in page
    assert "www.example.org</span>" in page


def test_a_neighbour_mom_notes_what_she_has_learned_and_takes_it_back_the_same_day_only(client, officer, monkeypatch):
    material = published(officer, minutes=30)
    mentor = make_mom(client)
    page = reverse("mentoring:material", args=[material.uid])
    assert "我学完了" in read(client, "mentoring:material", material.uid)
    for _number in range(2):
        assert send(client, "mentoring:material_learn", material.uid).url == page
    assert Learning.objects.get().mentor == mentor
    assert "按错了，还没学完" in read(client, "mentoring:material", material.uid)
    assert "已学完" in read(client)
    standing = read(client, "mentoring:own_standing")
    assert "30 分钟" in standing
    assert "资料 1 份 · 培训和沙龙 0 次" in standing
    assert send(client, "mentoring:material_unlearn", material.uid).url == page
    assert not Learning.objects.exists()
    send(client, "mentoring:material_learn", material.uid)
    monkeypatch.setattr(clock, "today", lambda: TODAY + DAY)
    assert "按错了，还没学完" not in read(client, "mentoring:material", material.uid)
    assert send(client, "mentoring:material_unlearn", material.uid).status_code == 422
    assert Learning.objects.count() == 1


def test_what_was_withdrawn_meanwhile_is_taken_back_and_leads_to_the_list(client, officer):
    material = published(officer)
    make_mom(client)
    send(client, "mentoring:material_learn", material.uid)
    withdraw_material(actor=officer, material_id=material.uid, now=NOW)
    assert send(client, "mentoring:material_unlearn", material.uid).url == reverse("mentoring:library")
    assert not Learning.objects.exists()


def test_whoever_has_left_or_lives_in_another_district_finds_nothing(client, officer):
    material = published(officer)
    make_mom(client, other_district())
    assert "怎样听孩子说话" not in read(client)
    assert send(client, "mentoring:material_learn", material.uid).status_code == 404
    gone = make_mom(client)
    Mentor.objects.filter(pk=gone.pk).update(state=MentorState.LEFT)
    assert "怎样听孩子说话" not in read(client)
    assert send(client, "mentoring:material_learn", material.uid).status_code == 404
    assert not Learning.objects.exists()


def test_a_colleagues_learning_is_nobody_elses_to_see(client, officer):
    material = published(officer)
    make_mom(client)
    send(client, "mentoring:material_learn", material.uid)
    make_mom(client)
    assert "已学完" not in read(client)
    assert "我学完了" in read(client, "mentoring:material", material.uid)


def learn_something(officer, mentor, minutes=45, on=TODAY, title="怎样听孩子说话"):
    material = published(officer, minutes=minutes, title=title)
    Learning.objects.create(mentor=mentor, material=material, minutes=minutes, learnt_on=on)


def test_the_office_sees_the_hours_on_her_file_and_her_own_copy_lists_what_she_learned(client, officer):
    mentor = make.make_mentor("张爱华", unit=make.make_committee())
    assert "还没有。她学完的资料" in read(client, "mentoring:mentor", mentor.uid)
    learn_something(officer, mentor)
    session = make_session("mentoring.training", NOW - DAY, 90)
    attend(session, mentor.person, "came")
    page = read(client, "mentoring:mentor", mentor.uid)
    assert "2.2小时" in page
    assert "资料 1 份 · 培训和沙龙 1 次" in page
    assert "怎样听孩子说话" in page
    sheets = {sheet.name: list(sheet.rows) for sheet in list_mentor_sheets(mentor, on=TODAY)}
    assert sheets["学习记录"] == [
        (TODAY, "学习资料", "怎样听孩子说话", 45), (session.begins_at.date(), "培训或沙龙", "课", 90),
    ]  # fmt: skip


def test_the_lines_of_what_she_learned_add_up_to_her_hours(officer):
    mentor = make.make_mentor(unit=make.make_committee())
    for number in range(3):
        learn_something(officer, mentor, minutes=10 + number, on=TODAY - number * DAY)
    session = make_session("mentoring.salon", NOW, 60)
    attend(session, mentor.person, "came")
    attend(session, mentor.person, "came", "withdrawn")
    attend(make_session("mentoring.outing", NOW, 60), mentor.person, "came")
    attend(make_session("mentoring.salon", NOW, 60), mentor.person, "absent")
    lines = list_learnt(mentor)
    told = sum_up(lines, from_on=TODAY - 9 * DAY, until_on=TODAY)
    assert (told.materials, told.sessions, told.minutes) == (3, 1, 93)
    assert [line.on for line in lines] == [TODAY, TODAY, TODAY - DAY, TODAY - 2 * DAY]
    assert sum_up(lines, from_on=TODAY - DAY, until_on=TODAY - DAY).minutes == 11


def export(client, **asked):
    answer = client.get(reverse("mentoring:learning_hours_export"), asked)
    assert answer.status_code == 200
    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    head = next(number for number, row in enumerate(rows) if row[0] == "档案号")
    return [row for row in rows[head + 1 :] if row[1]]


def test_the_list_of_hours_is_by_name_for_one_year_and_adds_up_as_on_her_own_page(client, officer):
    mentors = [make.make_mentor(name, unit=make.make_committee()) for name in ("赵一", "安二", "马三")]
    for mentor, minutes, on in zip(
        (*mentors, mentors[0]), (20, 50, 90, 40), (TODAY, TODAY, TODAY.replace(year=TODAY.year - 1), TODAY), strict=True
    ):
        learn_something(officer, mentor, minutes, on)
    session = make_session("mentoring.salon", NOW, 60)
    for state in ("placed", "withdrawn"):
        attend(session, mentors[1].person, "came", state)
    rows = export(client, year=TODAY.year)
    assert [row[1] for row in rows] == ["安二", "马三", "赵一"]
    assert [row[5:8] for row in rows] == [(1, 1, 110), (0, 0, 0), (2, 0, 60)]
    first, last = TODAY.replace(month=1, day=1), TODAY.replace(month=12, day=31)
    for row in list_learning_hours(officer, year=TODAY.year):
        assert row.hours == sum_up(list_learnt(row.mentor), from_on=first, until_on=last)
    assert [row[7] for row in export(client, year=TODAY.year - 1)] == [0, 90, 0]
    assert export(client, year="eins") == rows
    entry = AuditEntry.objects.filter(code="mentoring.learning_hours_exported").order_by("pk").first()
    assert entry.detail == {"rows": 3, "year": TODAY.year}
    looked = AuditEntry.objects.filter(code="mentoring.file_exported", subject_id=mentor_subject(mentors[0]).id)
    assert looked.count() == 3


def test_the_list_holds_whoever_has_left_in_a_year_in_which_she_learned_and_nobody_of_another_district(client, officer):
    gone, idle = (make.make_mentor(name, unit=make.make_committee()) for name in ("左一", "左二"))
    learn_something(officer, gone)
    elsewhere = make.make_mentor("别处", unit=other_district())
    learn_something(officer, elsewhere)
    Mentor.objects.filter(pk__in=(gone.pk, idle.pk)).update(state=MentorState.LEFT)
    assert [row[1] for row in export(client)] == ["左一"]
    assert export(client, year=TODAY.year - 1) == []


def test_the_number_of_queries_grows_neither_with_the_library_nor_with_the_mentors(client, officer):
    def count(name):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(name)).status_code == 200
        return len(queries)

    names = ("mentoring:library", "mentoring:learning_hours_export")
    learn_something(officer, make.make_mentor(unit=make.make_committee()))
    for name in names:
        read_once = client.get(reverse(name))
        assert read_once.status_code == 200
    few = [count(name) for name in names]
    for _number in range(5):
        learn_something(officer, make.make_mentor(unit=make.make_committee()))
    assert [count(name) for name in names] == few
