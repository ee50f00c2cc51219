"""Chasing and notices: merged, once a day, and told in words."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from sunward.accounts.enums import Role
from sunward.blueprint.access import get_work
from sunward.blueprint.actions import chasing, noticing
from sunward.blueprint.actions.chasing import chase
from sunward.blueprint.actions.completing import accept_completion, claim_completion
from sunward.blueprint.actions.extending import ask_extension, decide_extension
from sunward.blueprint.actions.issuing import acknowledge
from sunward.blueprint.actions.noticing import (
    give_notice,
    open_plans,
    plans_to_light,
    raise_what_waits,
    write_lights,
)
from sunward.blueprint.actions.obstacles import raise_obstacle
from sunward.blueprint.actions.reporting import Report, report_progress
from sunward.blueprint.actions.steps import lock_lines
from sunward.blueprint.actions.work import name_officer
from sunward.blueprint.enums import LightColour, NoticeLevel, StepKind
from sunward.blueprint.following.needing import notice_due
from sunward.blueprint.jobs import follow_up
from sunward.blueprint.lights.light import Why
from sunward.blueprint.models import Chase, LightReading, WorkItem, WorkStep
from sunward.core import clock
from sunward.core.jobs.queue import enqueue
from sunward.core.refusals import NotThere, Refusal
from sunward.outreach.models import Message
from sunward.web.home_blueprint import list_obstacles, list_to_acknowledge, tell_obstacle, tell_to_acknowledge
from tests.blueprint.following import TOMORROW, Cast, act, cast_of
from tests.blueprint.meetings import EDUCATION, HR, item_of, unit_of
from tests.factories import NOW, TODAY, actor_of, give_post, make_officer, make_user

pytestmark = pytest.mark.django_db
LATE = TODAY + timedelta(days=4)  # after the day of acknowledgement


@pytest.fixture
def cast(tmp_path) -> Cast:
    return cast_of(tmp_path)


def messages() -> dict[int, str]:
    return {one.user_id: one.body for one in Message.objects.filter(about="blueprint")}


def test_all_that_an_officer_owes_goes_into_one_message(cast):
    WorkItem.objects.filter(plan=cast.plan, number=3).update(lead=unit_of(HR), unit_path=unit_of(HR).path)
    found = act(chase, cast.keeper, cast, text="请尽快签收", on=LATE)
    assert ([user.pk for user in found.officers], found.lines) == ([cast.lead.user_id], 2)
    body = messages()[cast.lead.user_id]
    assert (body.count("·"), "请尽快签收" in body) == (2, True)
    assert set(WorkStep.objects.filter(kind=StepKind.CHASED).values_list("item__number", flat=True)) == {1, 3}


def test_what_is_handed_in_while_somebody_presses_is_not_chased(cast, monkeypatch):
    WorkItem.objects.filter(plan=cast.plan).update(target_number=None)
    WorkItem.objects.filter(plan=cast.plan, number=3).update(lead=unit_of(HR), unit_path=unit_of(HR).path)
    other, handed_in = item_of(cast.plan, 3), []

    def hand_in_first(keys) -> None:
        item = handed_in.pop()
        acknowledge(actor=cast.lead, item_id=item.uid, on=LATE, now=NOW)
        claim_completion(
            actor=cast.lead, item_id=item.uid, report=Report("验收单", None, LATE), on=LATE, now=NOW
        )  # fmt: skip
        lock_lines(keys)

    monkeypatch.setattr(chasing, "lock_lines", hand_in_first)
    handed_in.append(cast.item)
    with pytest.raises(Refusal) as caught, transaction.atomic():
        act(chase, cast.keeper, cast, text="", on=LATE)
    assert (caught.value.code, Chase.objects.count()) == ("blueprint.step_not_now", 0)
    handed_in.append(other)
    assert act(chase, cast.keeper, cast, text="", on=LATE).lines == 1
    assert list(WorkStep.objects.filter(kind=StepKind.CHASED).values_list("item__number", flat=True)) == [1]
    assert messages()[cast.lead.user_id].count("·") == 1


def test_what_is_handed_in_while_notice_is_given_is_given_no_notice(cast, monkeypatch):
    WorkItem.objects.filter(plan=cast.plan).update(target_number=None)
    WorkItem.objects.filter(plan=cast.plan, number=3).update(lead=unit_of(HR), unit_path=unit_of(HR).path)
    handed_in = [item_of(cast.plan, 3)]

    def hand_in_first(keys) -> None:
        for item in handed_in:
            acknowledge(actor=cast.lead, item_id=item.uid, on=LATE, now=NOW)
            claim_completion(
                actor=cast.lead, item_id=item.uid, report=Report("验收单", None, LATE), on=LATE, now=NOW
            )  # fmt: skip
        lock_lines(keys)

    monkeypatch.setattr(noticing, "lock_lines", hand_in_first)
    give_notice(on=LATE, now=NOW)
    noticed = WorkStep.objects.filter(kind=StepKind.NOTICED).values_list("item__number", flat=True)
    assert (1 in noticed, 3 in noticed) == (True, False)
    assert messages()[cast.lead.user_id].count("·") == 1


def test_an_officer_who_did_all_while_notice_was_given_hears_nothing_and_can_be_written_to(cast, monkeypatch):
    locked: list[int] = []
    monkeypatch.setattr(noticing, "lock_lines", locked.extend)
    monkeypatch.setattr(
        noticing, "notice_due", lambda course, light, *, on: None if locked else notice_due(course, light, on=on)
    )
    assert give_notice(on=LATE, now=NOW) == 0
    assert cast.item.pk in locked
    assert (Chase.objects.count(), messages()) == (0, {})
    monkeypatch.undo()
    assert give_notice(on=LATE, now=NOW)


def test_nobody_is_chased_twice_a_day_whatever_the_line_and_whoever_presses(cast):
    WorkItem.objects.filter(plan=cast.plan, number=3).update(lead=unit_of(HR), unit_path=unit_of(HR).path)
    act(chase, cast.keeper, cast, text="")
    other = item_of(cast.plan, 3)
    for keeper, item in ((cast.keeper, cast.item), (cast.second_keeper, other)):
        with pytest.raises(Refusal) as caught:
            chase(actor=keeper, item_id=item.uid, text="", on=TODAY, now=NOW)
        assert caught.value.code == "blueprint.chased_today"
    assert (Chase.objects.count(), Message.objects.filter(about="blueprint").count()) == (1, 1)
    act(chase, cast.keeper, cast, text="", on=TOMORROW)
    assert Chase.objects.count() == 2


def test_a_chase_names_the_deadline_in_force_and_not_the_one_before_an_extension(cast):
    act(acknowledge, cast.lead, cast)
    until = date(2027, 8, 31)
    asked = act(ask_extension, cast.lead, cast, text="场地未定", until=until)
    act(decide_extension, cast.keeper, cast, step_id=asked.uid, until=until, text="同意")
    act(chase, cast.keeper, cast, text="")
    body = messages()[cast.lead.user_id]
    assert ("2027-08-31" in body, "2027-06-30" in body) == (True, False)


def test_the_home_page_names_the_day_by_which_a_line_is_acknowledged_and_an_obstacle_answered_now(cast):
    [line] = [tell_to_acknowledge(one, TODAY) for one in list_to_acknowledge(cast.lead, TODAY)]
    assert str(TODAY + timedelta(days=3)) in str(line.word)
    act(acknowledge, cast.lead, cast)
    act(raise_obstacle, cast.lead, cast, text="缺教室", unit_code=EDUCATION, by=TOMORROW)
    [asked] = [tell_obstacle(one, TODAY) for one in list_obstacles(cast.other, TODAY)]
    assert str(TOMORROW) in str(asked.word)
    later = TOMORROW + timedelta(1)
    raise_what_waits(plan_id=cast.plan.pk, on=later, now=NOW)
    [above] = [tell_obstacle(one, later) for one in list_obstacles(cast.keeper, later)]
    assert (str(later + timedelta(3)) in str(above.word), above.tone) == (True, "warn")


def test_the_officer_who_is_named_hears_of_it_and_no_other_of_the_unit(cast):
    named = make_user()
    give_post(named, Role.LEADER, unit_of(HR))
    version = WorkItem.objects.get(pk=cast.item.pk).version
    name_officer(
        actor=cast.keeper, item_id=cast.item.uid, version=version, officer_id=named.pk, on=TODAY, now=NOW
    )  # fmt: skip
    assert [user.pk for user in act(chase, cast.keeper, cast, text="").officers] == [named.pk]


def test_an_officer_who_has_left_the_unit_is_not_written_to_and_the_unit_is(cast):
    named = make_user()
    give_post(named, Role.EMPLOYMENT_OFFICER, unit_of(HR), until_on=TODAY)
    give_post(named, Role.EMPLOYMENT_OFFICER, unit_of(EDUCATION))
    WorkItem.objects.filter(pk=cast.item.pk).update(officer=named)
    assert [user.pk for user in act(chase, cast.keeper, cast, text="").officers] == [cast.lead.user_id]


def test_an_officer_of_whatever_post_hears_of_her_line_and_opens_what_the_message_leads_to(cast):
    named = make_user()
    give_post(named, Role.EMPLOYMENT_OFFICER, unit_of(HR))
    WorkItem.objects.filter(pk=cast.item.pk).update(officer=named)
    assert [user.pk for user in act(chase, cast.keeper, cast, text="").officers] == [named.pk]
    assert get_work(actor=actor_of(named), item_id=cast.item.uid) == cast.item


def test_a_unit_without_anybody_to_write_to_is_said_to_be_so(cast):
    item = item_of(cast.plan, 3)
    WorkItem.objects.filter(pk=item.pk).update(lead=unit_of("310110022"), unit_path=unit_of("310110022").path)
    with pytest.raises(Refusal) as caught:
        chase(actor=cast.keeper, item_id=item.uid, text="", on=TODAY, now=NOW)
    assert caught.value.code == "blueprint.chase_nobody"


def test_only_who_keeps_the_plan_chases_and_never_what_was_handed_in(cast):
    for stranger in (cast.lead, cast.joint, cast.head, cast.district_head, cast.other):
        with pytest.raises(NotThere):
            act(chase, stranger, cast, text="")
    act(acknowledge, cast.lead, cast)
    act(claim_completion, cast.lead, cast, report=Report("验收单", 12, TODAY))
    with pytest.raises(Refusal) as caught:
        act(chase, cast.keeper, cast, text="")
    assert caught.value.code == "blueprint.step_not_now"


def test_a_chase_names_no_line_of_a_plan_that_the_presser_does_not_keep(cast):
    away = actor_of(make_officer(Role.PLAN_OFFICER, unit_of("310109")))
    with pytest.raises(NotThere):
        act(chase, away, cast, text="")


def test_a_notice_is_given_once_of_each_level_in_words_and_counts_as_the_chase_of_the_day(cast):
    assert give_notice(on=LATE, now=NOW) == 2
    notices = WorkStep.objects.filter(kind=StepKind.NOTICED, item=cast.item)
    assert list(notices.values_list("level", flat=True)) == [NoticeLevel.WARNING]
    assert str(NoticeLevel.WARNING.label) in messages()[cast.lead.user_id]
    assert give_notice(on=LATE, now=NOW) == 0
    assert give_notice(on=LATE + timedelta(1), now=NOW) == 0
    with pytest.raises(Refusal) as caught:
        act(chase, cast.keeper, cast, text="", on=LATE)
    assert caught.value.code == "blueprint.chased_today"


def test_whoever_was_chased_today_hears_of_the_notice_tomorrow(cast):
    act(chase, cast.keeper, cast, text="", on=LATE)
    give_notice(on=LATE, now=NOW)
    assert not WorkStep.objects.filter(kind=StepKind.NOTICED, item=cast.item).exists()
    give_notice(on=LATE + timedelta(1), now=NOW)
    assert WorkStep.objects.filter(kind=StepKind.NOTICED, item=cast.item).exists()


def test_the_nearer_the_deadline_the_more_serious_the_notice(cast):
    act(acknowledge, cast.lead, cast)
    due = cast.item.due_on
    for on, level in ((due - timedelta(14), NoticeLevel.REMINDER), (due + timedelta(1), NoticeLevel.SUPERVISION)):
        give_notice(on=on, now=NOW)
        assert WorkStep.objects.filter(kind=StepKind.NOTICED, item=cast.item, level=level).exists()


def test_lights_are_written_down_when_they_change_and_never_repainted(cast):
    for on in (TODAY, TODAY, TODAY + timedelta(1)):
        write_lights(plan_id=cast.plan.pk, on=on, now=NOW)
    rows = LightReading.objects.filter(item=cast.item)
    assert list(rows.values_list("on", "colour")) == [(TODAY, LightColour.GREY)]
    act(acknowledge, cast.lead, cast)
    sunday = TODAY + timedelta(days=4)
    act(report_progress, cast.lead, cast, report=Report("两个", 2, sunday), on=sunday)
    write_lights(plan_id=cast.plan.pk, on=sunday, now=NOW)
    assert list(rows.order_by("on").values_list("colour", flat=True)) == [LightColour.GREY, LightColour.GREEN]


def test_the_last_light_of_a_plan_is_written_after_its_last_line_was_accepted(cast, run_jobs, monkeypatch):
    hr = unit_of(HR)
    WorkItem.objects.filter(plan=cast.plan).update(lead=hr, unit_path=hr.path, target_number=None)
    later = NOW + timedelta(hours=2)
    for item in cast.plan.items.all():
        acknowledge(actor=cast.lead, item_id=item.uid, on=TODAY, now=NOW)
    write_lights(plan_id=cast.plan.pk, on=TODAY, now=NOW)
    for item in cast.plan.items.all():
        said = {"item_id": item.uid, "on": TODAY, "now": later}
        claim = claim_completion(actor=cast.lead, report=Report("验收单", None, TODAY), **said)
        accept_completion(actor=cast.keeper, step_id=claim.uid, text="已核", **said)
    assert list(open_plans()) == []
    assert list(plans_to_light()) == [cast.plan.pk]
    monkeypatch.setattr(clock, "today", lambda: TOMORROW)
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=1))
    enqueue(follow_up)
    run_jobs()
    last = LightReading.objects.filter(item=cast.item).latest("on")
    assert (last.on, last.why) == (TOMORROW, Why.CLOSED)
    assert list(plans_to_light()) == []


def test_a_light_that_changes_again_on_the_day_is_written_down_the_next(cast):
    write_lights(plan_id=cast.plan.pk, on=TODAY, now=NOW)
    WorkItem.objects.filter(pk=cast.item.pk).update(target_number=None)
    assert write_lights(plan_id=cast.plan.pk, on=TODAY, now=NOW) == 0
    assert write_lights(plan_id=cast.plan.pk, on=TODAY + timedelta(1), now=NOW) == 1


def test_an_obstacle_that_nobody_answers_is_told_to_who_keeps_the_plan_and_then_to_the_leaders(cast):
    act(acknowledge, cast.lead, cast)
    act(raise_obstacle, cast.lead, cast, text="缺教室", unit_code=EDUCATION, by=TOMORROW)
    first, second = TOMORROW + timedelta(1), TOMORROW + timedelta(5)
    for on in (first, first):
        raise_what_waits(plan_id=cast.plan.pk, on=on, now=NOW)
    assert set(messages()) == {cast.keeper.user_id, cast.second_keeper.user_id}
    for on in (second, second + timedelta(30)):
        raise_what_waits(plan_id=cast.plan.pk, on=on, now=NOW)
    assert set(messages()) == {cast.keeper.user_id, cast.second_keeper.user_id, cast.district_head.user_id}
    assert "缺教室" not in "".join(messages().values())


def test_the_job_of_the_night_does_all_of_it_and_again_nothing(cast, run_jobs):
    assert list(open_plans()) == [cast.plan.pk]
    for _time in range(2):
        enqueue(follow_up)
        run_jobs()
    assert LightReading.objects.count() == 3
