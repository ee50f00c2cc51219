"""The pages of plans, referrals, wishes and the directory: drawn up, merged, undone, and nothing shown to the wrong."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.casework.actions import add_wish, edit_plan, release_wish
from sunward.casework.models import CarePlan, Goal, Referral, Resource, ServiceRecord
from sunward.core import clock
from sunward.mentoring.enums import MatchState
from sunward.mentoring.naming import telling_parts
from sunward.people.models import Guardianship
from sunward.web.home_plans import list_expiring_resources, list_waiting_wishes
from tests import factories as make
from tests.casework.arrangements import DAY, make_goal, make_plan, make_referral, make_resource

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: make.TODAY)
    monkeypatch.setattr(clock, "now", lambda: make.NOW)


@pytest.fixture
def officer(client):
    user = make.make_officer()
    client.force_login(user)
    return user


@pytest.fixture
def actor(officer):
    return make.actor_of(officer)


def _url(name, *args):
    return reverse(name if ":" in name else f"mentoring:{name}", args=args)


def _count(client, url):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_open_needs_become_goals_and_an_emptied_one_is_left_out(client, officer):
    case = make.make_child()
    for kind in ("companionship", "health"):
        case.needs.create(kind=kind, from_on=make.TODAY)
    page = _url("child_plan_new", case.uid)
    assert "每周有人抽时间陪伴孩子" in client.get(page).content.decode()

    client.post(page, {"review_on": "2027-01-20", "goal_companionship": "每周六有人陪", "goal_health": " "})

    goal = Goal.objects.get()
    assert (goal.words, goal.need.kind, goal.service_kind) == ("每周六有人陪", "companionship", "companionship")
    assert "每周六有人陪" in client.get(_url("child_plan_paper", case.uid)).content.decode()


def test_whoever_draws_up_a_plan_beside_one_that_stands_is_shown_that_one(client, actor):
    case = make.make_child()
    make_plan(actor, case)

    answer = client.get(_url("child_plan_new", case.uid))

    assert answer.status_code == 302
    assert answer.url == _url("child_plan", case.uid)


def test_two_who_change_one_plan_choose_between_both_versions(client, officer, actor):
    case = make.make_child()
    plan = make_plan(actor, case, agreement="旧")
    review = plan.review_on.isoformat()
    edit_plan(actor=actor, case_id=case.uid, version=1, review_on=plan.review_on, agreement="他人写的", on=make.TODAY,
              now=make.NOW)  # fmt: skip
    mine = {"version": "1", "review_on": review, "initial-review_on": review, "agreement": "我写的",
            "initial-agreement": "旧"}  # fmt: skip

    shown = client.post(_url("child_plan_edit", case.uid), mine)

    assert shown.status_code == 409
    assert "他人写的" in shown.content.decode()
    assert "我写的" in shown.content.decode()
    assert CarePlan.objects.get().agreement == "他人写的"


def test_a_page_about_goals_speaks_of_days_and_goals(client, officer, actor):
    """English words that mean two things have two Chinese ones."""
    case = make.make_child()
    goal = make_goal(actor, case, due_on=make.TODAY + DAY)

    assert "截止 " in client.get(_url("child_plan", case.uid)).content.decode()
    settle = client.get(_url("child_goal_settle", case.uid, goal.uid)).content.decode()
    assert "目标完成情况" in settle
    assert "举办情况" not in settle


def test_a_goal_is_settled_its_need_asked_for_and_the_settling_undone(client, officer, actor):
    case = make.make_child()
    case.needs.create(kind="companionship", from_on=make.TODAY)
    goal = make_goal(actor, case, need="companionship")
    page = _url("child_goal_settle", case.uid, goal.uid)
    assert 'name="is_need_met"' in client.get(page).content.decode()

    client.post(page, {"version": "1", "state": "reached", "result": "有人陪了", "is_need_met": "on"})
    assert case.needs.get().met_on == make.TODAY

    client.post(_url("child_goal_undo", case.uid, goal.uid), {"version": "2"})
    assert case.needs.get().met_on is None


def test_a_contact_is_written_down_for_a_goal(client, officer, actor):
    case = make.make_child()
    goal = make_goal(actor, case)
    page = _url("child_service", case.uid)
    assert str(goal.uid) in client.get(page).content.decode()

    client.post(page, {"kind": "home_visit", "happened_on": "2026-11-24", "outcome": "made", "goal_id": str(goal.uid)})

    assert ServiceRecord.objects.get().goal == goal
    assert client.get(_url("child_plan", case.uid)).context["page"].card.current.goals[0].contacts == 1


def test_a_child_is_referred_and_the_referral_is_carried_to_its_end(client, officer, actor):
    case, resource = make.make_child(), make_resource(actor)
    make_resource(actor, name="书画班", kind="leisure")
    narrowed = client.get(_url("child_refer_search", case.uid), {"q": "书画"}).content.decode()
    assert "书画班" in narrowed
    assert resource.name not in narrowed

    client.post(
        _url("child_refer", case.uid),
        {"resource": str(resource.uid), "reason": "情绪低落", "answer_due_on": "2026-12-01"},
    )
    row = Referral.objects.get()
    for act, said in (("accept", {}), ("helped", {"result": "每周一次"})):
        row.refresh_from_db()
        client.post(_url("child_referral_step", case.uid, row.uid, act), {"version": str(row.version)} | said)

    row.refresh_from_db()
    assert row.state == "helped"
    assert "转介晴空心理小屋：已帮上" in client.get(_url("child", case.uid)).content.decode()


def test_a_resource_shows_referrals_of_files_that_are_the_readers_and_none_to_a_mentor(client, actor):
    here, there = make.make_committee(), make.make_committee("310110012002")
    resource = make_resource(actor)
    cases = [make.make_child(unit=unit) for unit in (here, there)]
    for case in cases:
        make_referral(actor, case, resource)
    page = _url("casework:resource", resource.uid)

    for role, seen in ((Role.WORKER, [True, False]), (Role.MENTOR, [False, False])):
        client.force_login(make.make_officer(role, here))
        shown = client.get(page).content.decode()
        assert [case.reference in shown for case in cases] == seen
        assert not any(case.person.name in shown for case in cases)


def test_a_resource_is_added_found_by_age_and_ended(client, officer):
    unit = make.make_subdistrict()
    said = {"name": "暖阳托管", "kind": "care", "provider": "暖阳社", "unit_id": unit.pk, "age_from": "6",
            "age_until": "12", "valid_until_on": "2027-06-30"}  # fmt: skip
    client.post(_url("casework:resource_new"), said)
    row = Resource.objects.get()
    listed = _url("casework:resources")

    assert [len(client.get(listed, {"age": age}).context["page"].rows) for age in (5, 6, 12, 13)] == [0, 1, 1, 0]
    client.post(_url("casework:resource_end", row.uid), {"version": "1"})
    assert not client.get(listed).context["page"].rows


@pytest.mark.parametrize(
    ("words", "telling"),
    [
        ("明珠想要彩色铅笔", ("明珠",)),
        ("小珠想要彩色铅笔", ("小珠",)),
        ("阿珠想要彩色铅笔", ("阿珠",)),
        ("欧阳明珠和王外婆去看海", ("欧阳明珠", "王外婆")),
        ("和秋月一起去看海", ("秋月",)),
        ("和春燕阿姨一起去看海", ("春燕",)),
        ("控江二村小学的同学都有", ("控江二村小学",)),
        ("送到12号305室", ("12号305室",)),
        ("电话一三八零零零零一二三四", ("一三八零零零零一二三四",)),
        ("一套彩色铅笔和两本书", ()),
    ],
)
def test_words_that_give_the_child_away_are_found(words, telling):
    """Also by those who cared for it once and come no more."""
    case = make.make_child("欧阳明珠")
    for name, until_on in (("王外婆", None), ("李秋月", make.TODAY)):
        Guardianship.objects.create(child=case.person, guardian=make.make_person(name), until_on=until_on)
    make.make_match(case, make.make_mentor("赵春燕"), state=MatchState.CLOSED, ended_on=make.TODAY)
    assert telling_parts(case, words, on=make.TODAY) == telling


def test_a_wish_that_names_its_child_is_not_shown_and_the_wall_says_no_name(client, officer, actor):
    case = make.make_child("陈小满")
    wish = add_wish(actor=actor, case_id=case.uid, words="小满想去看海", on=make.TODAY, now=make.NOW)
    page = _url("child_wish_step", case.uid, wish.uid, "release")

    refused = client.post(page, {"version": "1", "wall_words": "小满想去看海"})
    client.post(page, {"version": "1", "wall_words": "去看一次海"})

    assert "小满" in refused.content.decode()
    wall = client.get(_url("wishes")).content.decode()
    assert "去看一次海" in wall
    assert case.reference in wall
    assert "小满" not in wall


def test_a_mentor_writes_her_childs_wish_and_sees_what_became_of_it(client):
    user = make.make_officer(Role.MENTOR, make.make_committee())
    match = make.make_match(make.make_child(), make.make_mentor(user=user))
    client.force_login(user)
    page = _url("own_wish", match.uid)

    client.post(page, {"words": "一双轮滑鞋"})

    assert Goal.objects.get().created_by_id == user.pk
    assert "审阅中" in client.get(page).content.decode()


def test_no_page_asks_more_the_more_it_shows(client, officer, actor):
    case, resource = make.make_child(), make_resource(actor)
    make_goal(actor, case)
    make_referral(actor, case, resource)
    urls = [_url("child_plan", case.uid), _url("wishes"), _url("casework:resources"),
            _url("casework:resource", resource.uid), _url("child_refer", case.uid)]  # fmt: skip
    client.get(urls[0])
    before = [_count(client, url) for url in urls]

    for number in range(3):
        other = make.make_child(unit=make.make_committee(f"31011001200{number + 3}"))
        make_goal(actor, other)
        make_referral(actor, other, resource)
        row = add_wish(actor=actor, case_id=other.uid, words="书", on=make.TODAY, now=make.NOW)
        release_wish(
            actor=actor, case_id=other.uid, goal_id=row.uid, version=1, wall_words="书", on=make.TODAY, now=make.NOW
        )
        make_resource(actor, name=f"资源{number}")
        Goal.objects.create(
            case=case, plan=case.care_plans.get(), words="再一个", from_on=make.TODAY, due_on=make.TODAY + DAY
        )
    after = [_count(client, url) for url in urls]

    # The wall asks for sub-districts only where it has a wish.
    assert [now - then for then, now in zip(before, after, strict=True)] in ([0, 0, 0, 0, 0], [0, 1, 0, 0, 0])
    assert max(after) <= 20


def test_what_runs_out_and_what_nobody_has_read_waits_for_whoever_answers_for_it(officer, actor):
    case, resource = make.make_child(), make_resource(actor, valid_until_on=make.TODAY + 30 * DAY)
    make_resource(actor, name="还早", valid_until_on=make.TODAY + 31 * DAY)
    wish = add_wish(actor=actor, case_id=case.uid, words="书", on=make.TODAY, now=make.NOW)
    worker = make.actor_of(make.make_officer(Role.WORKER, case.unit))

    assert [list(list_expiring_resources(who, make.TODAY)) for who in (actor, worker)] == [[resource], []]
    assert [list(list_waiting_wishes(who, make.TODAY)) for who in (actor, worker)] == [[wish], []]
