"""The pages of one gathering: who reads which names, and each act through its form."""

import re
from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.audit.enums import AuditKind
from sunward.audit.models import AuditEntry
from sunward.core import clock
from sunward.core.qr_codes import draw_qr_code
from sunward.gatherings import actions as acts
from sunward.gatherings.admission import Head
from sunward.gatherings.enums import GatheringState, Part, Presence, SignUpState
from sunward.gatherings.models import Attendance, Gathering, SignUp
from sunward.gatherings.queries.candidates import find_candidates
from sunward.gatherings.tokens import feedback_token
from sunward.mentoring.enums import MatchState, MentorState
from sunward.mentoring.models import Mentor
from tests.factories import NOW, TODAY, actor_of, make_committee, make_match, make_mentor, make_officer
from tests.gatherings.builders import (
    AFTER,
    BEGINS,
    DURING,
    FAIR,
    OUTING,
    TRAINING,
    adult,
    bring,
    draft,
    guests,
    planner,
    published,
    willing_child,
)
from tests.test_access_matrix import prove_anew

pytestmark = pytest.mark.django_db
NO_GUESTS = {"guest-TOTAL_FORMS": "0", "guest-INITIAL_FORMS": "0"}
NEW_GATHERING = {
    "title": "读书会", "mode": "offline", "place": "图书馆", "audience": "mentors", "own_speaker": "许老师",
    "times-TOTAL_FORMS": "2", "times-INITIAL_FORMS": "0", "times-0-day": "2026-12-05", "times-0-begins": "09:00",
    "times-0-ends": "11:00", "times-1-day": "", "places": "20",
}  # fmt: skip


@pytest.fixture(autouse=True)
def at(monkeypatch):
    """The clock of the pages: `at(moment)` moves it."""

    def move(moment):
        monkeypatch.setattr(clock, "today", moment.date)
        monkeypatch.setattr(clock, "now", lambda: moment)

    move(NOW)
    return move


@pytest.fixture
def officer():
    return make_officer()


@pytest.fixture
def host(officer):
    return actor_of(officer)


@pytest.fixture
def desk(client, officer):
    client.force_login(officer)
    return client


def page_of(gathering: Gathering, name: str = "gathering", **more) -> str:
    return reverse(f"gatherings:{name}", kwargs={"gathering_id": gathering.uid} | more)


def test_a_gathering_is_planned_published_and_called_off_by_its_pages(desk, officer):
    district = officer.assignments.get().unit
    asked = reverse("gatherings:gathering_new") + f"?kind={TRAINING}"
    assert desk.post(asked, NEW_GATHERING | {"host": district.pk}).status_code == 302
    made = Gathering.objects.get()
    assert (made.title, made.fields, made.sessions.get().begins_at) == ("读书会", {"speaker": "许老师"}, BEGINS)
    assert desk.post(page_of(made, "gathering_publish"), {"version": made.version}).status_code == 302
    made.refresh_from_db()
    assert made.state == GatheringState.PUBLISHED
    assert desk.post(page_of(made, "gathering_cancel"), {"version": made.version, "reason": "台风"}).status_code == 302
    assert "台风" in desk.get(page_of(made)).content.decode()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"times-0-ends": "08:00"}, "结束必须晚于开始"),
        ({"times-0-ends": ""}, "开始和结束"),
        ({"age_min": "12", "age_max": "6"}, "年龄"),
        ({"title": ""}, "这一项还没有填"),
        ({"lon": "121.5"}, "经度和纬度"),
    ],
)
def test_what_is_typed_wrongly_comes_back_with_what_is_wrong(desk, officer, wrong, told):
    district = officer.assignments.get().unit
    asked = reverse("gatherings:gathering_new") + f"?kind={TRAINING}"
    answer = desk.post(asked, NEW_GATHERING | {"host": district.pk} | wrong)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Gathering.objects.exists()


def test_editing_keeps_what_the_form_does_not_ask(desk, host):
    made = draft(actor=host, when_note="暂定周末", sessions=(), month="2026-12")
    page = desk.get(page_of(made, "gathering_edit"))
    form = page.context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    assert desk.post(page_of(made, "gathering_edit"), data | {"title": "冬游"}).status_code == 302
    made.refresh_from_db()
    assert (made.title, made.when_note, made.month) == ("冬游", "暂定周末", "2026-12")


def test_who_was_slower_does_not_overwrite(desk, host):
    made = published(TRAINING, actor=host)
    answer = desk.post(page_of(made, "gathering_cancel"), {"version": made.version - 1, "reason": "晚了"})
    assert answer.status_code == 409
    made.refresh_from_db()
    assert made.state == GatheringState.PUBLISHED


def test_the_host_reads_all_names_a_worker_those_of_her_unit_and_nobody_else_any(desk, host):
    here, next_door = make_committee(), make_committee("310110012002", name="第二居委会")
    made = published(actor=host)
    ours, theirs = willing_child(unit=here, name="陈小禾"), willing_child(unit=next_door, name="林小麦")
    for case in (ours, theirs):
        bring(made, Head(case.person_id), Head(adult(unit=here).person_id, Part.ADULT), actor=host)
    page = desk.get(page_of(made)).content.decode()
    assert "陈小禾" in page
    assert "林小麦" in page
    worker = Client()
    worker.force_login(make_officer(Role.WORKER, here))
    page = worker.get(page_of(made)).content.decode()
    assert "陈小禾" in page
    assert "林小麦" not in page
    assert "4 / 30" in re.sub(r"<[^>]+>", "", page)


def test_casework_people_see_that_a_job_fair_is_and_nobody_who_goes_there(desk):
    made = published(FAIR)
    bring(made, Head(guest_name="周求职"))
    page = desk.get(page_of(made))
    assert page.status_code == 200
    assert "周求职" not in page.content.decode()
    assert desk.get(page_of(made, "check_in")).status_code == 404


def test_a_pair_is_signed_up_together_and_a_second_press_changes_nothing(desk, host):
    made = published(actor=host)
    case, mentor = willing_child(), make_mentor("梅一")
    sent = NO_GUESTS | {"person": [case.person.uid, mentor.person.uid], "party": uuid4()}
    for _press in range(2):
        assert desk.post(page_of(made, "sign_up_new"), sent).status_code == 302
    rows = SignUp.objects.order_by("pk")
    assert {(row.person_id, row.part) for row in rows} == {
        (case.person_id, Part.PARTICIPANT),
        (mentor.person_id, Part.ADULT),
    }
    assert {row.state for row in rows} == {SignUpState.PLACED}


def test_where_one_of_those_chosen_is_out_of_reach_by_now_nobody_is_signed_up_and_the_page_says_so(desk, host):
    made = published(actor=host)
    case, mentor = willing_child(name="陈小禾"), make_mentor("梅一")
    sent = NO_GUESTS | {"person": [case.person.uid, mentor.person.uid], "party": uuid4()}
    Mentor.objects.filter(pk=mentor.pk).update(state=MentorState.LEFT)
    answer = desk.post(page_of(made, "sign_up_new"), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "所选的人中有人已不在您的名单中" in page
    assert "陈小禾" in page
    assert "梅一" not in page
    assert not SignUp.objects.exists()


def test_a_child_without_consent_is_not_signed_up_and_the_page_says_why(desk, host):
    made = published(actor=host)
    case, mentor = adult(name="张无忌"), make_mentor("梅一")
    child = willing_child(name="陈小禾").person
    child.consents.update(withdrawn_on=TODAY)
    found = desk.get(page_of(made, "sign_up_persons"), {"q": "陈"}).content.decode()
    assert "缺少监护人同意" in found
    answer = desk.post(
        page_of(made, "sign_up_new"), NO_GUESTS | {"person": [child.uid, mentor.person.uid], "party": uuid4()}
    )
    assert answer.status_code == 422
    assert "监护人" in answer.content.decode()
    assert str(child.uid) in answer.content.decode()
    assert case.person.name not in answer.content.decode()
    assert not SignUp.objects.exists()


def test_the_search_finds_only_whom_one_may_see(desk, host):
    made = published(actor=host)
    here, elsewhere = make_committee(), make_committee("310110019001", name="别处")
    willing_child(unit=here, name="陈小禾")
    willing_child(unit=elsewhere, name="陈远远")
    worker = Client()
    worker.force_login(make_officer(Role.WORKER, here))
    found = worker.get(page_of(made, "sign_up_persons"), {"q": "陈"}).content.decode()
    assert "陈小禾" in found
    assert "陈远远" not in found
    assert "陈远远" in desk.get(page_of(made, "sign_up_persons"), {"q": "陈"}).content.decode()


def test_who_withdraws_makes_room_for_who_waited_longest(desk, host):
    made = published(TRAINING, actor=host, places=1)
    first, second = (bring(made, *guests(), actor=host)[0] for _each in range(2))
    assert second.state == SignUpState.WAITING
    assert "候补第 1 位" in desk.get(page_of(made)).content.decode()
    assert desk.post(page_of(made, "sign_up_withdraw", sign_up_id=first.uid), {"reason": "生病"}).status_code == 302
    second.refresh_from_db()
    assert second.state == SignUpState.PLACED


def test_a_tap_checks_in_another_takes_it_back_and_the_rest_is_absent(desk, host, at):
    made = published(TRAINING, actor=host)
    came, stayed = (bring(made, *guests(), actor=host)[0] for _each in range(2))
    at(DURING)
    session = {"session": made.sessions.get().pk}
    tap = page_of(made, "check_in_mark", sign_up_id=came.uid)
    for mark, here in (("came", 1), ("came", 1), ("none", 0), ("came", 1)):
        answer = desk.post(tap, session | {"mark": mark}, headers={"HX-Request": "true"})
        assert answer.status_code == 200
        assert f"已到 {here} / 2 人" in answer.content.decode()
    assert desk.post(page_of(made, "check_in_rest"), session).status_code == 302
    assert {row.sign_up_id: row.presence for row in Attendance.objects.all()} == {
        came.pk: Presence.CAME,
        stayed.pk: Presence.ABSENT,
    }


def test_without_javascript_a_tap_leads_back_to_the_same_list(desk, host, at):
    made = published(TRAINING, actor=host)
    row = bring(made, *guests(), actor=host)[0]
    at(DURING)
    session = made.sessions.get().pk
    answer = desk.post(page_of(made, "check_in_mark", sign_up_id=row.uid), {"session": session, "mark": "came"})
    assert answer["Location"] == f"{page_of(made, 'check_in')}?session={session}"


def test_at_the_door_anybody_is_let_in_by_a_code_and_no_name_is_told(desk, host, at):
    made = published(TRAINING, actor=host)
    rows = bring(made, Head(guest_name="王来宾"), Head(guest_name="李来宾"), actor=host)
    poster = desk.post(page_of(made, "gathering_door")).content.decode()
    address = poster.split('id="address" value="http://testserver')[1].split('"')[0]
    assert "<path" in poster
    assert "style=" not in poster
    stranger = Client()
    assert stranger.get(address).status_code == 404
    at(DURING)
    assert stranger.get(address).status_code == 200
    wrong = stranger.post(address, {"typed": "000000"})
    assert wrong.status_code == 422
    right = stranger.post(address, {"typed": rows[0].code}).content.decode()
    assert "已为 2 人签到" in right
    assert not any(name in right for name in ("王来宾", "李来宾"))
    assert Attendance.objects.count() == 2
    at(AFTER)
    assert stranger.get(address).status_code == 404


def test_what_somebody_thinks_is_told_once_without_a_name_and_stands_on_the_hosts_page(desk, host, at):
    made = published(TRAINING, actor=host)
    row = bring(made, Head(guest_name="王来宾"), actor=host)[0]
    address = reverse("feedback", args=[feedback_token(row.uid)])
    at(AFTER)
    stranger = Client()
    assert stranger.post(address, {"words": "好"}).status_code == 422
    said = {"satisfaction": "5", "words": "孩子很开心", "is_anonymous": "on"}
    assert "谢谢您告诉我们" in stranger.post(address, said).content.decode()
    assert "已经" in stranger.post(address, said | {"satisfaction": "1"}).content.decode()
    page = desk.get(page_of(made)).content.decode()
    assert "孩子很开心" in page
    assert page.index("孩子很开心") > page.index("非常满意")
    assert made.feedback.get().sign_up is None


def test_finishing_asks_for_a_summary_and_closes_the_way(desk, host, at):
    made = published(TRAINING, actor=host)
    at(AFTER)
    sent = {"version": made.version, "summary": "大家都到了", "reported_attendance": "31"}
    assert desk.post(page_of(made, "gathering_finish"), sent).status_code == 302
    page = desk.get(page_of(made)).content.decode()
    assert "大家都到了" in page
    assert page_of(made, "sign_up_new") not in page


def test_the_days_of_a_series_are_shown_with_their_holidays_before_anything_is_planned(desk, host):
    made = draft(TRAINING, actor=host)
    address = page_of(made, "gathering_repeat")
    page = desk.get(address, {"rule": "weekly", "times": "5"}).content.decode()
    assert "2026-12-12" in page
    assert "尚未公布" in page
    assert Gathering.objects.count() == 1
    assert desk.post(address, {"rule": "weekly", "times": "5"}).status_code == 302
    assert Gathering.objects.count() == 6


def test_a_template_is_offered_where_a_gathering_is_planned_and_copied(desk, host):
    made = draft(TRAINING, actor=host)
    assert desk.post(page_of(made, "gathering_template"), {"title": "两小时培训"}).status_code == 302
    pattern = Gathering.objects.get(state=GatheringState.TEMPLATE)
    assert "两小时培训" in desk.get(reverse("gatherings:gathering_new")).content.decode()
    assert (
        desk.post(page_of(pattern, "gathering_copy"), {"title": "新一期", "begins_on": "2026-12-19"}).status_code == 302
    )
    assert Gathering.objects.get(title="新一期").begins_on.isoformat() == "2026-12-19"


def test_the_sheet_names_whom_to_call_and_says_until_when(desk, host):
    made = published(actor=host)
    case, mother = willing_child(name="陈小禾"), adult()
    bring(made, Head(case.person_id), Head(mother.person_id, Part.ADULT), actor=host)
    answer = desk.post(page_of(made, "contact_sheet_new"))
    page = desk.get(answer["Location"]).content.decode()
    assert case.person.guardianships.get().guardian.phone in page
    assert "2026-12-06" in page


def test_the_export_holds_facts_and_counts_and_no_person(desk, host):
    made = published(TRAINING, actor=host)
    bring(made, Head(guest_name="王来宾"), actor=host)
    prove_anew(desk)
    answer = desk.get(reverse("gatherings:gatherings_export"))
    with ZipFile(BytesIO(b"".join(answer))) as book:
        text = "".join(book.read(part).decode() for part in book.namelist())
    assert made.reference in text
    assert "王来宾" not in text


def count_of(client, address, most, assert_most):
    client.get(address)
    with assert_most(most) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_pages_ask_as_often_for_many_as_for_few(desk, host, django_assert_max_num_queries):
    made = published(TRAINING, actor=host, places=None)
    pages = [(reverse("gatherings:gatherings"), 16), (page_of(made), 40), (page_of(made, "check_in"), 16)]
    published(TRAINING, actor=host, places=None)
    for _each in range(2):
        bring(made, *guests(2), actor=host)
    few = [count_of(desk, address, most, django_assert_max_num_queries) for address, most in pages]
    for _each in range(12):
        published(TRAINING, actor=host, places=None)
        bring(made, *guests(3), actor=host)
    for (address, _most), before in zip(pages, few, strict=True):
        count_of(desk, address, before, django_assert_max_num_queries)


def test_the_ledger_finds_by_word_state_kind_and_time(desk, host):
    published(TRAINING, actor=host, title="青春期沟通")
    draft(actor=host, title="秋游")
    ledger = reverse("gatherings:gatherings")

    def found(**asked):
        page = desk.get(ledger, asked).content.decode()
        return [title for title in ("青春期沟通", "秋游") if title in page]

    assert found() == ["青春期沟通", "秋游"]
    assert found(q="青春") == ["青春期沟通"]
    assert found(state="draft") == ["秋游"]
    assert found(kind=TRAINING) == ["青春期沟通"]
    assert found(time="past") == []
    assert found(q=Gathering.objects.get(title="秋游").reference) == ["秋游"]


def test_a_code_is_one_path_in_a_box():
    code = draw_qr_code("https://sunward.example.org/door/" + "x" * 43 + "/")
    assert re.fullmatch(r"0 0 \d+ \d+", code.box)
    assert code.path.count("z") > 400
    assert draw_qr_code("https://sunward.example.org/").path != code.path


def test_only_who_plans_the_kind_may_plan(client):
    client.force_login(make_officer(Role.EMPLOYMENT_OFFICER))
    page = client.get(reverse("gatherings:gathering_new") + f"?kind={TRAINING}").content.decode()
    assert "own_speaker" not in page
    assert planner(FAIR).has(Role.EMPLOYMENT_OFFICER)


def test_acts_are_offered_only_while_they_are_possible(desk, host, at):
    made = published(TRAINING, actor=host)
    assert page_of(made, "gathering_door") in desk.get(page_of(made)).content.decode()
    at(AFTER)
    page = desk.get(page_of(made)).content.decode()
    assert page_of(made, "gathering_door") not in page
    assert page_of(made, "gathering_finish") in page
    acts.finish_gathering(actor=host, gathering_id=made.uid, version=made.version, summary="", on=TODAY, now=AFTER)
    page = desk.get(page_of(made)).content.decode()
    assert page_of(made, "gathering_edit") not in page
    assert page_of(made, "gathering_copy") in page


def test_a_tap_is_an_act_and_no_new_look_at_everybody_on_the_list(desk, host, at):
    made = published(TRAINING, actor=host)
    row, *_others = [bring(made, Head(adult().person_id), actor=host)[0] for _each in range(3)]
    at(DURING)
    looks = AuditEntry.objects.filter(kind=AuditKind.LOOK)
    desk.get(page_of(made, "check_in"))
    before = looks.count()
    sent = {"session": made.sessions.get().pk, "mark": "came"}
    desk.post(page_of(made, "check_in_mark", sign_up_id=row.uid), sent, headers={"HX-Request": "true"})
    assert before >= 3
    assert looks.count() == before
    assert AuditEntry.objects.filter(code="gatherings.checked_in").count() == 1


def test_below_a_child_stands_her_neighbour_mom_and_the_other_way_round(desk, host, django_assert_max_num_queries):
    made = published(actor=host)
    case, mentor = willing_child(name="陈小禾"), make_mentor("梅一一")
    make_match(case, mentor)
    make_match(willing_child(name="陈别的"), make_mentor("梅别的"), state=MatchState.CLOSED)
    for words, names in (("陈", ["陈别的", "陈小禾", "梅一一"]), ("梅一", ["梅一一", "陈小禾"])):
        found = find_candidates(made, host, words=words)
        assert [one.name for one in found] == names
    with django_assert_max_num_queries(6):
        by_name = {one.name: one.pair_of for one in find_candidates(made, host, words="陈")}
    assert by_name == {"陈小禾": "梅一一", "梅一一": "陈小禾", "陈别的": ""}
    assert [one.name for one in find_candidates(published(TRAINING, actor=host), host, words="梅一")] == ["梅一一"]


def test_a_pair_of_another_unit_is_not_shown_beside_somebody_of_ones_own(host):
    made = published(actor=host)
    here, elsewhere = make_committee(), make_committee("310110019001", name="别处")
    mentor = make_mentor("梅一一", unit=here)
    make_match(willing_child(name="陈远远", unit=elsewhere), mentor)
    worker = actor_of(make_officer(Role.WORKER, here))
    found = find_candidates(made, worker, words="梅")
    assert [(one.name, one.pair_of) for one in found] == [("梅一一", "")]


def test_a_kind_that_is_declared_no_longer_shuts_nobody_out_of_what_is_on_the_same_day(desk, host, at):
    at(NOW)
    made, other = published(OUTING, actor=host), published(OUTING, actor=host, title="旧项目活动")
    Gathering.objects.filter(pk=other.pk).update(kind="former.outing")
    assert desk.get(page_of(made)).status_code == 200


def test_what_the_host_wrote_down_afterwards_is_read_by_hosts_alone(client, host, at):
    made = published(OUTING, actor=host)
    at(AFTER)
    acts.finish_gathering(
        actor=host, gathering_id=made.uid, version=made.version, summary="小明晕车了", on=TODAY, now=AFTER
    )
    client.force_login(make_officer(Role.WORKER, make_committee()))
    page = client.get(page_of(made))
    assert page.status_code == 200
    assert "小明晕车了" not in page.content.decode()
