"""Seeing a line through: who does what, what is refused, and what stays."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from sunward.accounts.enums import Role, UnitKind
from sunward.accounts.models import Unit
from sunward.audit.models import AuditEntry
from sunward.blueprint.access import get_work
from sunward.blueprint.actions.completing import accept_completion, claim_completion, return_completion
from sunward.blueprint.actions.extending import ask_extension
from sunward.blueprint.actions.issuing import acknowledge, issue_plan
from sunward.blueprint.actions.learning import GaugeDetails, LessonDetails, set_gauge, write_lesson
from sunward.blueprint.actions.obstacles import answer_obstacle, let_go_up, raise_obstacle
from sunward.blueprint.actions.reporting import (
    correct_step,
    record_cover,
    record_own_act,
    report_progress,
    state_confidence,
    thank_cover,
)
from sunward.blueprint.actions.work import change_lead
from sunward.blueprint.enums import Confidence, GaugeShape, Lifecycle, LightColour, Rhythm, StepKind
from sunward.blueprint.following.gates import open_followed
from sunward.blueprint.lights.light import Why
from sunward.blueprint.models import Lesson, WorkItem, WorkStep
from sunward.blueprint.queries.follow_choices import completion_values, offer_lessons
from sunward.blueprint.queries.following_page import read_following
from sunward.blueprint.queries.lights import compute_lights, read_lights
from sunward.blueprint.queries.waiting import completions_to_accept, extensions_to_decide, to_acknowledge
from sunward.core.refusals import NotThere, Refusal
from sunward.figures.declared import indicators
from sunward.figures.definition import Count
from sunward.figures.enums import Protection
from sunward.ledger.models import Fact
from tests.blueprint.following import TOMORROW, Cast, act, cast_of, course, refused, told, under_way
from tests.blueprint.meetings import CIVIL, EDUCATION, HR, unit_of
from tests.factories import NOW, TODAY, actor_of, give_post, make_officer, make_user

pytestmark = pytest.mark.django_db
DUE = date(2027, 6, 30)


@pytest.fixture
def cast(tmp_path) -> Cast:
    return under_way(tmp_path)


# Issue and acknowledge.


def test_a_plan_is_issued_once_and_every_unit_acknowledges_its_own_part(tmp_path):
    cast = cast_of(tmp_path)
    assert course(cast).lifecycle == Lifecycle.ISSUED
    with pytest.raises(Refusal) as caught:
        issue_plan(actor=cast.keeper, plan_id=cast.plan.uid, by=TOMORROW, on=TODAY, now=NOW)
    assert caught.value.code == "blueprint.all_issued"
    act(acknowledge, cast.joint, cast)
    assert course(cast).lifecycle == Lifecycle.ISSUED
    act(acknowledge, cast.lead, cast)
    act(acknowledge, cast.lead, cast)
    assert course(cast).lifecycle == Lifecycle.ACKNOWLEDGED
    assert course(cast).acknowledged_by == {unit_of(HR).pk, unit_of(CIVIL).pk}
    assert WorkStep.objects.filter(kind=StepKind.ACKNOWLEDGED).count() == 2


def test_a_unit_that_joined_and_leads_by_a_later_decision_acknowledges_the_whole_anew(cast):
    act(acknowledge, cast.joint, cast)
    decision = cast.plan.items.get(number=2).decision
    later = NOW + timedelta(hours=1)
    change_lead(
        actor=cast.keeper, item_id=cast.item.uid, version=cast.item.version, unit_code=CIVIL,
        decision_id=decision.uid, reason="由民政统筹", on=TODAY, now=later,
    )  # fmt: skip
    assert course(cast).lifecycle == Lifecycle.ISSUED
    assert list(to_acknowledge(cast.joint).filter(pk=cast.item.pk)) == [cast.item]
    assert "区民政局" in read_following(cast.keeper, cast.item, on=TODAY).not_acknowledged
    acknowledge(actor=cast.joint, item_id=cast.item.uid, on=TODAY, now=later + timedelta(hours=1))
    assert course(cast).lifecycle == Lifecycle.ACKNOWLEDGED
    assert not to_acknowledge(cast.joint).filter(pk=cast.item.pk)
    assert not to_acknowledge(cast.lead)  # as it led it had said so of the whole


def test_nothing_is_reported_of_a_line_before_it_was_acknowledged(tmp_path):
    cast = cast_of(tmp_path)
    assert refused(report_progress, cast.lead, cast, report=told()) == "step_not_now"


def test_a_plan_is_issued_by_who_keeps_it_and_with_time_to_read_it(cast):
    for stranger in (cast.lead, cast.joint, cast.head, cast.district_head):
        with pytest.raises(NotThere):
            issue_plan(actor=stranger, plan_id=cast.plan.uid, by=TOMORROW, on=TODAY, now=NOW)
    with pytest.raises(Refusal) as caught:
        issue_plan(actor=cast.keeper, plan_id=cast.plan.uid, by=TODAY - timedelta(1), on=TODAY, now=NOW)
    assert caught.value.code == "blueprint.acknowledge_by"


# Who may.


def acts_on(cast: Cast) -> dict[str, tuple]:
    return {
        "acknowledge": (acknowledge, {}),
        "report": (report_progress, {"report": told(None)}),
        "confidence": (state_confidence, {"confidence": Confidence.OPEN, "text": "看场地"}),
        "obstacle": (raise_obstacle, {"text": "缺场地", "unit_code": "310110", "by": TOMORROW}),
        "extension": (ask_extension, {"text": "场地未定", "until": DUE + timedelta(30)}),
        "claim": (claim_completion, {"report": told(12)}),
        "push": (record_own_act, {"kind": StepKind.PUSHED, "text": "到现场推动"}),
        "cover": (record_cover, {"unit_code": EDUCATION, "text": "借出场地"}),
    }


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("lead", {"acknowledge", "report", "confidence", "obstacle", "extension", "claim", "cover"}),
        ("joint", {"acknowledge", "report", "obstacle", "cover"}),
        ("keeper", {"cover"}),
        ("head", {"confidence", "push"}),
        ("district_head", {"confidence", "push"}),
        ("other", set()),
        ("other_head", set()),
    ],
)
def test_each_does_what_is_theirs_to_do_and_everything_else_is_not_there(cast, who, may):
    actor = getattr(cast, who)
    for name, (which, more) in acts_on(cast).items():
        sid = transaction.savepoint()
        if name in may:
            act(which, actor, cast, **more)
        else:
            with pytest.raises(NotThere):
                act(which, actor, cast, **more)
        transaction.savepoint_rollback(sid)


def test_a_plan_officer_whose_post_is_over_and_one_of_another_district_find_nothing(cast):
    gone = make_user()
    give_post(gone, Role.PLAN_OFFICER, unit_of(HR), until_on=TODAY)
    for stranger in (actor_of(gone), actor_of(make_officer(Role.PLAN_OFFICER, unit_of("310109")))):
        with pytest.raises(NotThere):
            act(report_progress, stranger, cast, report=told())


# Progress.


def test_every_step_is_a_fact_and_an_entry_in_the_record_of_acts(cast):
    row = act(report_progress, cast.lead, cast, report=told())
    assert Fact.objects.filter(kind="blueprint.progress", subject_id=cast.item.pk, attributes={"step": row.pk}).exists()
    assert AuditEntry.objects.filter(code="blueprint.progress", actor_id=cast.lead.user_id).exists()


def test_what_was_reached_altogether_does_not_become_less_but_by_a_correction(cast):
    first = act(report_progress, cast.lead, cast, report=told(5))
    assert refused(report_progress, cast.lead, cast, report=told(4)) == "progress_falls"
    act(correct_step, cast.lead, cast, step_id=first.uid, report=told(3), reason="")
    act(report_progress, cast.lead, cast, report=told(4))
    assert course(cast).reached == 4
    assert WorkStep.objects.filter(kind=StepKind.PROGRESS).count() == 3


def test_a_report_names_a_day_of_the_plan_and_a_number_that_can_be(cast):
    assert refused(report_progress, cast.lead, cast, report=told(on=TOMORROW)) == "step_day"
    assert refused(report_progress, cast.lead, cast, report=told(on=date(2026, 11, 1))) == "step_day"
    assert refused(report_progress, cast.lead, cast, report=told(-1)) == "progress_negative"
    assert refused(report_progress, cast.lead, cast, report=told(None, " ")) == "step_text"
    assert refused(report_progress, cast.joint, cast, report=told(3)) == "progress_of_lead"


def open_count() -> str:
    return next(
        code for code, one in indicators().items()
        if one.protection == Protection.OPEN and isinstance(one.newest.measure, Count)
    )  # fmt: skip


def a_count_of(protection: Protection) -> str:
    return next(
        code for code, one in indicators().items()
        if one.protection == protection and isinstance(one.newest.measure, Count)
    )  # fmt: skip


def measured(cast: Cast, code: str, shape: GaugeShape = GaugeShape.GROWING, starts_on: date = date(2026, 11, 2)):
    version = WorkItem.objects.get(pk=cast.item.pk).version
    details = GaugeDetails(shape, code, Rhythm.WEEK, starts_on)
    return set_gauge(actor=cast.keeper, item_id=cast.item.uid, version=version, details=details, on=TODAY, now=NOW)


def test_a_number_that_the_platform_counts_is_taken_from_nobody(cast):
    measured(cast, open_count())
    assert refused(report_progress, cast.lead, cast, report=told(3)) == "progress_known"
    act(report_progress, cast.lead, cast, report=told(None))
    claim = act(claim_completion, cast.lead, cast, report=told(None, "统计表"))
    assert claim.number == 0


def test_a_colour_tells_of_no_child_and_of_no_few_persons(cast):
    """Who draws the line would learn by the colour how the number stands to it."""

    def refused_as(code):
        with pytest.raises(Refusal) as found:
            measured(cast, code)
        return found.value.code.removeprefix("blueprint.")

    assert refused_as(a_count_of(Protection.SENSITIVE)) == "gauge_hidden"
    measured(cast, a_count_of(Protection.PERSONS))
    Unit.objects.filter(pk=cast.item.lead_id).update(kind=UnitKind.SUBDISTRICT)
    assert refused_as(a_count_of(Protection.PERSONS)) == "gauge_hidden"
    measured(cast, open_count())


@pytest.mark.parametrize("unit", ["个", "%"])
def test_what_is_handed_in_again_begins_with_the_newest_number_and_the_old_words(cast, unit):
    WorkItem.objects.filter(pk=cast.item.pk).update(target_unit=unit)
    claim = act(claim_completion, cast.lead, cast, report=told(8, "验收单"))
    act(return_completion, cast.keeper, cast, step_id=claim.uid, text="缺照片")
    assert completion_values(course(cast)) == {"text": "验收单", "number": 8}
    act(report_progress, cast.lead, cast, report=told(12))
    assert completion_values(course(cast)) == {"text": "验收单", "number": 12}


def test_what_was_counted_and_handed_in_keeps_its_figure_and_what_is_closed_its_measure(cast):
    measured(cast, a_count_of(Protection.PERSONS))
    claim = act(claim_completion, cast.lead, cast, report=told(None, "统计表"))
    with pytest.raises(Refusal) as counted:
        measured(cast, "")
    assert counted.value.code == "blueprint.gauge_counted"
    act(accept_completion, cast.keeper, cast, step_id=claim.uid, text="已核")
    with pytest.raises(Refusal) as closed:
        measured(cast, a_count_of(Protection.PERSONS))
    assert closed.value.code == "blueprint.closed_stays"


def test_the_beginning_lies_where_the_line_does(cast):
    for day in (date(202, 1, 1), cast.item.due_on, cast.item.due_on + timedelta(1)):
        with pytest.raises(Refusal) as found:
            measured(cast, open_count(), starts_on=day)
        assert found.value.code == "blueprint.gauge_begin"


@pytest.mark.parametrize(("rhythm", "starts_on"), [(Rhythm.MONTH, date(2026, 11, 2)), (Rhythm.WEEK, date(2026, 12, 1))])
def test_how_a_line_is_measured_stays_once_a_period_of_it_has_been_judged(cast, rhythm, starts_on):
    measured(cast, "")
    sunday = TODAY + timedelta(days=6 - TODAY.weekday())

    def change(on):
        version = WorkItem.objects.get(pk=cast.item.pk).version
        details = GaugeDetails(GaugeShape.GROWING, "", rhythm, starts_on)
        set_gauge(actor=cast.keeper, item_id=cast.item.uid, version=version, details=details, on=on, now=NOW)

    with pytest.raises(Refusal) as judged:
        change(sunday + timedelta(days=1))
    assert judged.value.code == "blueprint.gauge_judged"
    change(sunday)
    # Saved again as it stands, it is the same.
    change(sunday + timedelta(days=1))


def test_a_number_that_nobody_counts_is_asked_for_however_the_line_is_judged(cast):
    measured(cast, "", GaugeShape.DELIVERABLE)
    assert refused(claim_completion, cast.lead, cast, report=told(None, "办结报告")) == "completion_number"
    claim = act(claim_completion, cast.lead, cast, report=told(12, "办结报告"))
    act(accept_completion, cast.keeper, cast, step_id=claim.uid, text="")
    assert compute_lights([cast.item], on=TODAY)[cast.item.pk].colour != LightColour.RED


def test_who_keeps_the_plan_puts_a_number_right_and_none_is_lost_by_it(cast):
    row = act(report_progress, cast.lead, cast, report=told(3))
    assert refused(correct_step, cast.keeper, cast, step_id=row.uid, report=told(None), reason="") == "progress_number"
    act(correct_step, cast.keeper, cast, step_id=row.uid, report=told(4), reason="")
    assert course(cast).reached == 4


def test_a_gauge_fits_what_was_decided_and_what_is_counted(cast):
    shares = [code for code, one in indicators().items() if not isinstance(one.newest.measure, Count)]
    for code, shape in (
        (shares[0], GaugeShape.CALENDAR),
        (open_count(), GaugeShape.DELIVERABLE),
        ("x", GaugeShape.GROWING),
    ):
        with pytest.raises(Refusal):
            measured(cast, code, shape)
    WorkItem.objects.update(target_number=None)
    with pytest.raises(Refusal) as caught:
        measured(cast, "")
    assert caught.value.code == "blueprint.gauge_number"


def test_an_entry_is_corrected_by_its_author_or_who_keeps_the_plan_and_the_old_one_stays(cast):
    row = act(report_progress, cast.lead, cast, report=told(5))
    with pytest.raises(NotThere):
        act(correct_step, cast.joint, cast, step_id=row.uid, report=None, reason="错")
    assert refused(correct_step, cast.lead, cast, step_id=row.uid, report=None, reason=" ") == "step_text"
    act(correct_step, cast.keeper, cast, step_id=row.uid, report=None, reason="填错单位")
    assert course(cast).reached is None
    with pytest.raises(NotThere):
        act(correct_step, cast.lead, cast, step_id=row.uid, report=told(2), reason="")
    with pytest.raises(DatabaseError), transaction.atomic():
        WorkStep.objects.filter(pk=row.pk).update(number=9)
    with pytest.raises(DatabaseError), transaction.atomic():
        WorkStep.objects.filter(pk=row.pk).delete()


# Obstacles.


def test_whoever_is_asked_sees_the_line_answers_once_and_nobody_else_does(cast):
    with pytest.raises(NotThere):
        get_work(actor=cast.other, item_id=cast.item.uid)
    row = act(raise_obstacle, cast.lead, cast, text="缺教室", unit_code=EDUCATION, by=TOMORROW)
    assert get_work(actor=cast.other, item_id=cast.item.uid)
    for stranger in (cast.lead, cast.joint, cast.keeper, cast.head):
        with pytest.raises(NotThere):
            act(answer_obstacle, stranger, cast, step_id=row.uid, text="可以")
    assert refused(answer_obstacle, cast.other, cast, step_id=row.uid, text=" ") == "step_text"
    act(answer_obstacle, cast.other, cast, step_id=row.uid, text="三月前腾出两间")
    assert course(cast).obstacles == ()


def test_an_obstacle_is_asked_of_another_unit_of_the_district_with_a_clock(cast):
    for code in (HR, "310109", "x"):
        assert refused(raise_obstacle, cast.lead, cast, text="缺", unit_code=code, by=TOMORROW) == "obstacle_unit"
    for by in (TODAY, TODAY + timedelta(31)):
        assert refused(raise_obstacle, cast.lead, cast, text="缺", unit_code=EDUCATION, by=by) == "obstacle_by"
    assert refused(raise_obstacle, cast.lead, cast, text=" ", unit_code=EDUCATION, by=TOMORROW) == "step_text"


def test_what_nobody_answers_in_time_goes_up_and_then_the_district_answers_and_the_unit_no_more(cast):
    row = act(raise_obstacle, cast.joint, cast, text="缺教室", unit_code=EDUCATION, by=TOMORROW)
    assert let_go_up(item_id=cast.item.pk, on=TOMORROW, now=NOW) == 0
    late = TOMORROW + timedelta(1)
    assert let_go_up(item_id=cast.item.pk, on=late, now=NOW) == 1
    assert let_go_up(item_id=cast.item.pk, on=late, now=NOW) == 0
    with pytest.raises(NotThere):
        act(answer_obstacle, cast.other, cast, step_id=row.uid, text="晚了", on=late)
    act(answer_obstacle, cast.keeper, cast, step_id=row.uid, text="区里协调", on=late)
    assert course(cast).obstacles == ()


# Completion.


def test_completion_is_accepted_by_another_party_and_never_by_who_claimed_it_or_by_the_unit_that_leads(cast):
    claim = act(claim_completion, cast.lead, cast, report=told(12))
    both = make_user()
    give_post(both, Role.PLAN_OFFICER, unit_of("310110"))
    give_post(both, Role.EMPLOYMENT_OFFICER, unit_of(HR))
    for which in (accept_completion, return_completion):
        assert refused(which, actor_of(both), cast, step_id=claim.uid, text="好") == "own_claim"
        for stranger in (cast.lead, cast.joint, cast.head, cast.district_head):
            with pytest.raises(NotThere):
                act(which, stranger, cast, step_id=claim.uid, text="好")
    act(accept_completion, cast.keeper, cast, step_id=claim.uid, text="")
    assert course(cast).is_closed


def test_what_ones_own_unit_handed_in_is_offered_for_a_decision_neither_at_home_nor_on_the_page(cast):
    both = make_user()
    give_post(both, Role.PLAN_OFFICER, unit_of("310110"))
    give_post(both, Role.EMPLOYMENT_OFFICER, unit_of(HR))
    act(ask_extension, cast.lead, cast, text="场地未定", until=DUE + timedelta(30))
    act(claim_completion, cast.lead, cast, report=told(12))
    for who, offered in ((cast.keeper, 2), (actor_of(both), 0)):
        found = read_following(who, cast.item, on=TODAY)
        assert sum(bool(row.href) for row in found.waits) == offered
        assert extensions_to_decide(who).count() + completions_to_accept(who).count() == offered


def test_nothing_waits_any_more_once_a_line_is_closed(cast):
    act(raise_obstacle, cast.lead, cast, unit_code=EDUCATION, text="缺场地", by=TOMORROW)
    claim = act(claim_completion, cast.lead, cast, report=told(12))
    assert len(read_following(cast.keeper, cast.item, on=TODAY).waits) == 2
    act(accept_completion, cast.keeper, cast, step_id=claim.uid, text="")
    assert not read_following(cast.keeper, cast.item, on=TODAY).waits


def test_whoever_has_changed_to_the_district_since_does_not_accept_what_she_claimed(cast):
    claim = act(claim_completion, cast.lead, cast, report=told(12))
    herself = replace(cast.keeper, user_id=cast.lead.user_id)
    assert refused(accept_completion, herself, cast, step_id=claim.uid, text="好") == "own_claim"


def test_what_is_returned_goes_on_and_can_be_handed_in_again(cast):
    claim = act(claim_completion, cast.lead, cast, report=told(12))
    assert refused(return_completion, cast.keeper, cast, step_id=claim.uid, text=" ") == "step_text"
    act(return_completion, cast.keeper, cast, step_id=claim.uid, text="缺两份验收单")
    assert course(cast).lifecycle == Lifecycle.RETURNED
    assert refused(accept_completion, cast.keeper, cast, step_id=claim.uid, text="好") == "step_not_now"
    again = act(claim_completion, cast.lead, cast, report=told(12, "补齐"))
    act(accept_completion, cast.second_keeper, cast, step_id=again.uid, text="")
    assert course(cast).is_closed


def test_eight_of_twelve_stay_eight_of_twelve_and_are_closed_with_a_reason_alone(cast):
    claim = act(claim_completion, cast.lead, cast, report=told(8))
    assert refused(accept_completion, cast.keeper, cast, step_id=claim.uid, text="") == "short_reason"
    act(accept_completion, cast.keeper, cast, step_id=claim.uid, text="其余四个并入下年")
    found = read_lights(cast.keeper, WorkItem.objects.filter(pk=cast.item.pk), on=TODAY)[cast.item.pk]
    assert (found.colour, found.light.why, found.reached) == (LightColour.RED, Why.CLOSED_SHORT, 8)
    assert refused(report_progress, cast.lead, cast, report=told(12)) == "step_not_now"
    row = WorkStep.objects.get(kind=StepKind.ACKNOWLEDGED)
    with pytest.raises(NotThere):
        act(correct_step, cast.lead, cast, step_id=row.uid, report=None, reason="改")


def test_a_completion_says_what_was_really_reached_and_shows_it(cast):
    assert refused(claim_completion, cast.lead, cast, report=told(None, "完成")) == "completion_number"
    assert refused(claim_completion, cast.lead, cast, report=told(12, " ")) == "step_text"


# The head's own acts, cover, lessons.


def test_the_head_writes_down_what_the_head_did_in_one_of_three_kinds(cast):
    for kind in (StepKind.PUSHED, StepKind.COORDINATED, StepKind.SUPERVISED):
        act(record_own_act, cast.head, cast, kind=kind, text="到现场")
    assert refused(record_own_act, cast.head, cast, kind=StepKind.ACCEPTED, text="好") == "own_act"
    assert refused(record_own_act, cast.head, cast, kind=StepKind.PUSHED, text=" ") == "step_text"


def test_whoever_helps_out_is_thanked_by_another_and_the_lead_stays_where_it_is(cast):
    row = act(record_cover, cast.joint, cast, unit_code=CIVIL, text="代为走访三天")
    with pytest.raises(NotThere):
        act(thank_cover, cast.joint, cast, step_id=row.uid, text="谢谢")
    act(thank_cover, cast.lead, cast, step_id=row.uid, text="谢谢民政的同志")
    item = WorkItem.objects.get(pk=cast.item.pk)
    assert (item.lead, course(cast).lifecycle) == (unit_of(HR), Lifecycle.ACKNOWLEDGED)
    assert refused(record_cover, cast.lead, cast, unit_code=HR, text="自己") == "cover_unit"


def lesson(cast: Cast, who=None) -> Lesson:
    details = LessonDetails("以为选址最快", "选址花了四个月", "先定场地再定计划", "控江路街道")
    return act(write_lesson, who or cast.lead, cast, details=details)


def test_a_lesson_is_offered_again_where_a_line_is_like_it_and_to_the_own_district_alone(cast):
    row = lesson(cast)
    like = "建成20个站点，覆盖各街道"
    for reader in (cast.keeper, cast.other, cast.other_head):
        assert offer_lessons(reader, like) == [row]
    assert offer_lessons(cast.keeper, "开展食品安全检查") == []
    assert offer_lessons(cast.keeper, like, except_for=cast.item.pk) == []
    assert offer_lessons(actor_of(make_officer(Role.PLAN_OFFICER, unit_of("310109"))), like) == []


def test_a_lesson_is_written_by_who_had_a_part_in_it_and_stays(cast):
    with pytest.raises(NotThere):
        lesson(cast, cast.other)
    with pytest.raises(NotThere):
        lesson(cast, cast.other_head)
    row = lesson(cast, cast.joint)
    assert row.unit == unit_of(CIVIL)
    with pytest.raises(DatabaseError), transaction.atomic():
        Lesson.objects.update(kept="改写")


def test_what_somebody_may_do_is_told_by_the_place_of_the_line(cast):
    followed = open_followed(actor=cast.lead, item_id=cast.item.uid)
    assert followed.may(StepKind.PROGRESS)
    assert not followed.may(StepKind.ACCEPTED)
    assert open_followed(actor=cast.keeper, item_id=cast.item.uid).may(StepKind.CHASED)


def test_nobody_writes_a_telephone_number_where_the_whole_district_reads(cast):
    number = "请打 13812345678"
    assert refused(report_progress, cast.lead, cast, report=told(None, number)) == "numbers"
    assert refused(raise_obstacle, cast.lead, cast, text=number, unit_code=EDUCATION, by=TOMORROW) == "numbers"
    with pytest.raises(Refusal) as caught:
        act(write_lesson, cast.lead, cast, details=LessonDetails("以为快", "不快", "先问", number))
    assert caught.value.code == "blueprint.numbers"
