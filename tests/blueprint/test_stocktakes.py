"""A stocktake: what was promised last time, what is behind, what comes back by itself, and what is kept of it."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localtime

from sunward.accounts.enums import Role
from sunward.blueprint.actions.approving import approve_meeting
from sunward.blueprint.actions.completing import accept_completion, claim_completion
from sunward.blueprint.actions.extending import ask_extension, decide_extension
from sunward.blueprint.actions.meetings import change_meeting
from sunward.blueprint.actions.obstacles import answer_obstacle, let_go_up, raise_obstacle
from sunward.blueprint.actions.reporting import Report, report_progress, state_confidence
from sunward.blueprint.actions.work import change_lead, reach_milestone
from sunward.blueprint.enums import Confidence, Kept, LightColour, PromiseKind, StepKind
from sunward.blueprint.following.chain import read_course
from sunward.blueprint.following.promises import promises_of
from sunward.blueprint.following.steps import Step
from sunward.blueprint.models import DeliveryPlan, Gauge, LightReading, Meeting, Milestone, StocktakeAgenda, WorkItem
from sunward.blueprint.queries import lights, stocktake
from sunward.blueprint.queries.plan_lines import shape_lines
from sunward.blueprint.queries.stocktake import freeze_agenda, list_stocktakes, read_agenda, read_frozen
from sunward.core import clock
from sunward.core.refusals import Refusal
from sunward.figures.pins import NOW as FIGURES_NOW
from sunward.figures.pins import Pin
from tests.blueprint.following import TOMORROW, Cast, act, under_way
from tests.blueprint.meetings import DETAILS, EDUCATION, HR, begin, confirm_all, make_keeper, minutes_of, unit_of
from tests.blueprint.plans import make_plan
from tests.blueprint.test_plan_pages import client_of
from tests.factories import NOW, TODAY, actor_of, make_officer

DAY = timedelta(days=1)
SINCE, ON = date(2026, 10, 1), date(2026, 11, 1)
DUE = date(2026, 10, 20)
NEW = ("1．关于夜校。会议决定，开办夜校2所，年底前完成。由区教育局牵头，区妇联配合。",)


def step(number: int, kind: StepKind, on: date, **more) -> Step:
    return Step(number, kind, on, NOW + timedelta(minutes=number), **more)


def promised(*steps: Step, due: date | None = DUE, on: date = ON, is_new: bool = False, is_short: bool = False):
    rows = (step(1, StepKind.ISSUED, SINCE, day=SINCE), step(2, StepKind.ACKNOWLEDGED, SINCE, unit_id=7), *steps)
    course = read_course(rows, decided_on=due, lead_id=7)
    return promises_of(rows, course, since=SINCE, on=on, is_new=is_new, is_short=is_short)


@pytest.mark.parametrize(
    ("steps", "kept", "by"),
    [
        ((), Kept.NOT_KEPT, None),
        ((step(3, StepKind.CLAIMED, DUE),), Kept.HANDED_IN, DUE),
        ((step(3, StepKind.CLAIMED, DUE), step(4, StepKind.ACCEPTED, ON, about=3)), Kept.KEPT, DUE),
        ((step(3, StepKind.CLAIMED, DUE + DAY), step(4, StepKind.ACCEPTED, ON, about=3)), Kept.LATE, DUE + DAY),
        ((step(3, StepKind.CLAIMED, DUE), step(4, StepKind.RETURNED, ON, about=3)), Kept.NOT_KEPT, None),
        (
            (step(3, StepKind.EXTENSION_ASKED, DUE, day=ON), step(4, StepKind.EXTENSION_GRANTED, DUE, about=3, day=ON)),
            Kept.EXTENDED, ON,
        ),
        (
            (step(3, StepKind.EXTENSION_ASKED, DUE, day=ON), step(4, StepKind.EXTENSION_DECLINED, DUE, about=3)),
            Kept.NOT_KEPT, None,
        ),
    ],
)  # fmt: skip
def test_a_deadline_that_fell_since_last_time_was_kept_or_not_and_says_by_what(steps, kept, by):
    (told,) = promised(*steps)
    assert (told.kind, told.day, told.kept, told.by) == (PromiseKind.DEADLINE, DUE, kept, by)


def test_less_than_was_decided_is_kept_in_part():
    done = (step(3, StepKind.CLAIMED, DUE), step(4, StepKind.ACCEPTED, ON, about=3))
    assert promised(*done, is_short=True)[0].kept == Kept.PART


@pytest.mark.parametrize(("due", "is_told"), [(SINCE - DAY, False), (SINCE, True), (ON - DAY, True), (ON, False)])
def test_no_day_falls_between_two_stocktakes_or_into_both(due, is_told):
    assert bool(promised(due=due)) is is_told


def test_what_was_decided_last_time_is_told_though_its_day_is_to_come():
    assert [one.kept for one in promised(due=ON + DAY, is_new=True)] == [Kept.AHEAD]
    assert [one.kept for one in promised(due=None, is_new=True)] == [Kept.AHEAD]
    assert [one.kind for one in promised(is_new=True)] == [PromiseKind.DECIDED]


def test_more_time_that_is_over_is_a_promise_of_its_own():
    later = DUE + DAY
    granted = (
        step(3, StepKind.EXTENSION_ASKED, DUE, day=later), step(4, StepKind.EXTENSION_GRANTED, DUE, about=3, day=later)
    )  # fmt: skip
    assert [(one.kind, one.kept) for one in promised(*granted)] == [
        (PromiseKind.DEADLINE, Kept.EXTENDED), (PromiseKind.EXTENSION, Kept.NOT_KEPT),
    ]  # fmt: skip


@pytest.mark.parametrize(("answered", "kept"), [(None, Kept.NOT_KEPT), (DUE, Kept.KEPT), (DUE + DAY, Kept.LATE)])
def test_an_answer_to_an_obstacle_is_a_promise_too(answered, kept):
    rows = [step(3, StepKind.OBSTACLE, SINCE, day=DUE, text="缺教室")]
    if answered:
        rows.append(step(4, StepKind.ANSWERED, answered, about=3, text="腾出两间"))
    (told,) = promised(*rows, due=ON + DAY)
    assert (told.kind, told.kept, told.by, told.text) == (PromiseKind.ANSWER, kept, answered, "缺教室")


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def cast(db, tmp_path) -> Cast:
    return under_way(tmp_path)


def hold(cast: Cast, folder=None, *, met_on: date = TODAY, on: date | None = None, now=NOW) -> Meeting:
    """A stocktake of the cast's plan, with the one decision of `NEW` where a folder for its minutes is given."""
    if folder:
        folder.mkdir()
    minutes = minutes_of(folder, NEW) if folder else None
    meeting = begin(
        cast.keeper, minutes, looks_at=cast.plan.uid,
        details=replace(DETAILS, title="推进会", met_on=met_on, answers_due_on=met_on),
    )  # fmt: skip
    confirm_all(cast.keeper, meeting)
    approve_meeting(actor=cast.keeper, meeting_id=meeting.uid, version=meeting.version, on=on or met_on, now=now)
    meeting.refresh_from_db()
    return meeting


def test_the_unfinished_line_comes_back_by_itself_until_it_is_closed(cast):
    hold(cast)
    later = TODAY + 30 * DAY
    assert cast.item.number in {line.number for line in read_agenda(cast.keeper, cast.plan, on=later).first}
    claim = act(claim_completion, cast.lead, cast, report=Report("照片", 12, TODAY))
    act(accept_completion, cast.keeper, cast, step_id=claim.uid, text="好")
    agenda = read_agenda(cast.keeper, cast.plan, on=later)
    assert [line.number for line in agenda.closed] == [cast.item.number]
    assert cast.item.number not in {line.number for line in (*agenda.first, *agenda.then, *agenda.green)}


def test_what_a_stocktake_decided_is_what_the_next_one_asks_for_first(cast, tmp_path):
    meeting = hold(cast, tmp_path / "next")
    after = TODAY + 60 * DAY
    agenda = read_agenda(cast.keeper, cast.plan, on=after)
    new = next(one for one in agenda.promises if one.told.kind == PromiseKind.DECIDED)
    assert (new.of, new.told.kept, agenda.since) == (meeting.met_on, Kept.NOT_KEPT, meeting.met_on)
    assert new.uid in {line.uid for line in agenda.first}
    assert read_agenda(cast.keeper, meeting.plan, on=after) == agenda, "both plans are looked at together"
    hold(cast, met_on=after)
    third = read_agenda(cast.keeper, cast.plan, on=after + 30 * DAY)
    assert new.uid in {line.uid for line in third.first}, "not done, so it is there again"
    assert PromiseKind.DECIDED not in {one.told.kind for one in third.promises}


def test_a_red_line_says_since_when_who_has_to_answer_and_what_a_person_thinks(cast):
    act(raise_obstacle, cast.lead, cast, text="缺教室", unit_code=EDUCATION, by=TOMORROW)
    act(state_confidence, cast.lead, cast, confidence=Confidence.DOUBTFUL, text="场地没有着落")
    overdue = cast.item.due_on + 9 * DAY
    for on, colour in ((TODAY, "grey"), (overdue - 8 * DAY, "red"), (overdue - 2 * DAY, "red")):
        LightReading.objects.create(item=cast.item, on=on, colour=colour, why="no_steps", recorded_at=NOW)
    line = read_agenda(cast.keeper, cast.plan, on=overdue).first[0]
    assert (line.number, line.colour, line.since) == (1, LightColour.RED, overdue - 8 * DAY)
    unread = next(one for one in read_agenda(cast.keeper, cast.plan, on=overdue).lines if one.number == 3)
    assert unread.since is None, "no night has written its light down"
    assert str(cast.item.due_on) in line.said
    assert (line.confidence, line.confidence_text) == (Confidence.DOUBTFUL, "场地没有着落")
    assert [(one.text, one.asked, one.by) for one in line.obstacles] == [("缺教室", "区教育局", TOMORROW)]


def test_an_obstacle_that_went_up_is_for_who_keeps_the_plan_then_for_the_leaders(cast, settings):
    act(raise_obstacle, cast.lead, cast, text="缺教室", unit_code=EDUCATION, by=TOMORROW)
    told = []
    for on in (TOMORROW + DAY, TOMORROW + 8 * DAY):
        let_go_up(item_id=cast.item.pk, on=on, now=NOW + timedelta(minutes=len(told)))
        line = next(one for one in read_agenda(cast.keeper, cast.plan, on=on).lines if one.uid == cast.item.uid)
        told.append(line.obstacles[0].times_up)
    assert told == [1, 2]


def test_an_answer_and_more_time_stand_among_the_promises_of_the_page(cast):
    row = act(raise_obstacle, cast.lead, cast, text="缺教室", unit_code=EDUCATION, by=TOMORROW)
    act(answer_obstacle, cast.other, cast, step_id=row.uid, text="腾出两间")
    asked = act(ask_extension, cast.lead, cast, text="等教室", until=cast.item.due_on + 20 * DAY)
    until = cast.item.due_on + 10 * DAY
    act(decide_extension, cast.keeper, cast, step_id=asked.uid, until=until, text="同意十天")
    agenda = read_agenda(cast.keeper, cast.plan, on=cast.item.due_on + DAY)
    told = {(one.told.kind, one.told.kept, one.told.by) for one in agenda.promises if one.uid == cast.item.uid}
    assert told == {(PromiseKind.ANSWER, Kept.KEPT, TODAY), (PromiseKind.DEADLINE, Kept.EXTENDED, until)}
    assert sum(outcome.number for outcome in agenda.outcomes) == len(agenda.promises)
    assert {Kept.KEPT.label, Kept.EXTENDED.label} <= {outcome.word for outcome in agenda.outcomes}


def test_the_agenda_is_kept_as_it_was_and_reads_the_same_whatever_comes_after(cast):
    act(raise_obstacle, cast.lead, cast, text="缺教室", unit_code=EDUCATION, by=TOMORROW)
    on = cast.item.due_on + DAY
    before = read_agenda(cast.keeper, cast.plan, on=on)
    meeting = hold(cast, met_on=on)
    assert read_frozen(meeting) == before
    claim = act(claim_completion, cast.lead, cast, report=Report("照片", 12, TODAY))
    act(accept_completion, cast.keeper, cast, step_id=claim.uid, text="好")
    assert read_frozen(meeting) == before != read_agenda(cast.keeper, cast.plan, on=on)
    for change in (StocktakeAgenda.objects.filter(meeting=meeting)._raw_delete,):
        with pytest.raises(DatabaseError), transaction.atomic():
            change("default")
    page = client_of().get(reverse("blueprint:meeting", args=[meeting.uid])).content.decode()
    assert "缺教室" in page


def test_the_agenda_is_kept_as_those_saw_it_who_met_whatever_was_written_down_before_it_was_approved(cast, tmp_path):
    items = {item.number: item for item in cast.plan.items.all()}
    met_on, after, later = TODAY, TODAY + 6 * DAY, NOW + 6 * DAY
    for number, text in ((1, "选址"), (2, "排课")):
        Milestone.objects.create(item=items[number], number=1, text=text, due_on=TODAY - DAY)
    reach_milestone(
        actor=cast.keeper, item_id=items[2].uid, number=1, evidence="课表", on=TODAY - 2 * DAY, now=NOW
    )  # fmt: skip
    act(raise_obstacle, cast.lead, cast, text="缺教室", unit_code=EDUCATION, by=TOMORROW)
    seen = read_agenda(cast.keeper, cast.plan, on=met_on)
    obstacle = cast.item.steps.get(kind=StepKind.OBSTACLE)
    of_then = {"item_id": cast.item.uid, "on": after, "now": later}
    # All of it is said of days until the meeting, and was written down after it.
    report_progress(actor=cast.lead, report=Report("已开放十二个", 12, met_on), **of_then)
    answer_obstacle(actor=cast.other, step_id=obstacle.uid, text="腾出两间", **of_then)
    state_confidence(actor=cast.lead, confidence=Confidence.SURE, text="有把握", **of_then)
    reach_milestone(
        actor=cast.keeper, item_id=items[1].uid, number=1, evidence="合同", on=met_on - DAY, now=later
    )  # fmt: skip
    change_lead(
        actor=cast.keeper, version=WorkItem.objects.get(pk=cast.item.pk).version, unit_code=EDUCATION,
        decision_id=items[2].decision.uid, reason="由教育统筹", **of_then,
    )  # fmt: skip
    LightReading.objects.create(item=cast.item, on=after, colour="green", why="reached", recorded_at=later)
    assert read_agenda(cast.keeper, cast.plan, on=met_on) != seen
    meeting = hold(cast, met_on=met_on, on=after, now=later)
    kept = read_frozen(meeting)
    assert kept == seen
    assert {line.lead for line in kept.lines if line.number == 1} == {"区人社局"}


def test_of_two_milestones_of_one_day_the_one_that_was_known_is_in_the_agenda(cast):
    item, later = cast.item, NOW + 6 * DAY
    for number, text in ((1, "选址"), (2, "签约")):
        Milestone.objects.create(item=item, number=number, text=text, due_on=TODAY + number * DAY)
    act(reach_milestone, cast.keeper, cast, number=2, evidence="合同")
    reach_milestone(actor=cast.keeper, item_id=item.uid, number=1, evidence="批复", on=TODAY, now=later)
    (line,) = shape_lines(cast.keeper, WorkItem.objects.filter(pk=item.pk), on=TODAY, known_until=NOW + DAY)
    assert [(one.number, one.reached_on) for one in line.milestones] == [(1, None), (2, TODAY)]


def test_a_number_that_was_counted_after_the_meeting_is_not_in_its_agenda(cast, monkeypatch):
    asked: list[Pin] = []
    real = lights.read_series

    def read(series, *, on, pin=FIGURES_NOW):
        asked.append(pin)
        return real(series, on=on, pin=pin)

    monkeypatch.setattr(lights, "read_series", read)
    hold(cast, on=TODAY + 6 * DAY, now=NOW + 6 * DAY)
    (pin,) = asked
    assert pin.known_until is not None
    assert localtime(pin.known_until).date() == TODAY


def test_lines_of_another_stocktake_approved_since_are_not_in_the_agenda_of_an_earlier_meeting(cast, tmp_path):
    meeting = begin(
        cast.keeper, None, looks_at=cast.plan.uid,
        details=replace(DETAILS, title="推进会", met_on=TODAY, answers_due_on=TODAY),
    )  # fmt: skip
    hold(cast, tmp_path / "next", now=NOW + 2 * DAY, on=TODAY + 2 * DAY)
    approve_meeting(
        actor=cast.keeper, meeting_id=meeting.uid, version=meeting.version, on=TODAY + 3 * DAY, now=NOW + 3 * DAY
    )  # fmt: skip
    kept = read_frozen(meeting)
    assert kept is not None
    assert {line.number for line in kept.lines} == {1, 2, 3}
    assert all(line.of is None for line in kept.lines)


def test_numbers_about_persons_are_not_kept_with_the_agenda(cast, monkeypatch):
    agenda = read_agenda(cast.keeper, cast.plan, on=TODAY)
    Gauge.objects.create(item=cast.item, shape="growing", starts_on=TODAY, set_at=NOW)
    monkeypatch.setattr(stocktake, "is_protected", lambda gauge: gauge.item_id == cast.item.pk)
    told = replace(agenda.lines[0], told=(("reached", "7"),))
    meeting = Meeting.objects.create(
        unit=cast.plan.unit, unit_path=cast.plan.unit_path, title="推进会", met_on=TODAY, answers_due_on=TODAY,
        made_at=NOW, looks_at=cast.plan,
    )  # fmt: skip
    freeze_agenda(replace(agenda, lines=(told, *agenda.lines[1:])), meeting, actor=cast.keeper, now=NOW)
    kept = read_frozen(meeting)
    assert kept is not None
    assert [(line.is_withheld, line.told) for line in kept.lines[:1]] == [(True, ())]
    assert not kept.lines[1].is_withheld


def test_a_stocktake_that_decided_nothing_makes_no_plan_and_another_meeting_must_decide(cast):
    plans = DeliveryPlan.objects.count()
    meeting = hold(cast)
    assert meeting.is_approved
    assert DeliveryPlan.objects.count() == plans
    other = begin(cast.keeper, None)
    with pytest.raises(Refusal) as refused:
        approve_meeting(actor=cast.keeper, meeting_id=other.uid, version=other.version, on=TODAY, now=NOW)
    assert refused.value.code == "blueprint.nothing_decided"


def test_a_stocktake_looks_at_a_plan_of_its_own_district_after_that_was_decided(cast, tmp_path):
    meeting = hold(cast, tmp_path / "next")
    assert list(meeting.questions.values_list("text", flat=True))
    elsewhere = make_keeper(unit_of("310109"))
    early = replace(DETAILS, met_on=cast.plan.meeting.met_on - DAY)
    later = replace(DETAILS, met_on=TODAY, answers_due_on=TODAY)
    for keeper, code, more in (
        (cast.keeper, "plan_to_look_at", {"looks_at": uuid4()}),
        (cast.keeper, "plan_to_look_at", {"looks_at": meeting.plan.uid, "details": later}),
        (cast.keeper, "stocktake_too_early", {"looks_at": cast.plan.uid, "details": early}),
        (elsewhere, "plan_to_look_at", {"looks_at": cast.plan.uid, "unit_code": "310109"}),
    ):
        with pytest.raises(Refusal) as refused:
            begin(keeper, None, **more)
        assert refused.value.code == f"blueprint.{code}"


def test_the_day_of_a_stocktake_lies_after_its_plan_was_made_and_not_before_the_last_one(cast):
    def details(met_on: date):
        return replace(DETAILS, title="推进会", met_on=met_on, answers_due_on=met_on)

    hold(cast, met_on=TODAY + 9 * DAY)
    draft = begin(cast.keeper, None, looks_at=cast.plan.uid, details=details(TODAY + 12 * DAY))
    late = begin(cast.keeper, None, looks_at=cast.plan.uid, details=details(TODAY + 14 * DAY))
    for met_on in (cast.plan.meeting.met_on, TODAY - DAY, TODAY + 8 * DAY):
        with pytest.raises(Refusal) as refused:
            begin(cast.keeper, None, looks_at=cast.plan.uid, details=details(met_on))
        assert refused.value.code == "blueprint.stocktake_too_early"
        with pytest.raises(Refusal) as refused:
            change_meeting(
                actor=cast.keeper, meeting_id=draft.uid, version=draft.version, details=details(met_on), now=NOW
            )  # fmt: skip
        assert refused.value.code == "blueprint.stocktake_too_early"
    approve_meeting(actor=cast.keeper, meeting_id=late.uid, version=late.version, on=TODAY + 14 * DAY, now=NOW)
    with pytest.raises(Refusal) as refused:
        approve_meeting(actor=cast.keeper, meeting_id=draft.uid, version=draft.version, on=TODAY + 15 * DAY, now=NOW)
    assert refused.value.code == "blueprint.stocktake_too_early"
    assert not StocktakeAgenda.objects.filter(meeting=draft).exists()


def test_the_form_offers_the_plan_with_its_questions_and_writes_a_stocktake_down(cast):
    client, address = client_of(), reverse("blueprint:meeting_by_hand")
    form = client.get(address, {"plan": cast.plan.uid}).context["form"]
    questions = list(cast.plan.meeting.questions.order_by("number").values_list("text", flat=True))
    assert form.initial["questions"].splitlines() == questions
    sent = {
        "key": str(uuid4()), "title": "第一次推进会", "met_on": TODAY.isoformat(), "answers_due_on": TODAY.isoformat(),
        "questions": form.initial["questions"], "looks_at": str(cast.plan.uid),
    }  # fmt: skip
    assert client.post(address, sent).status_code == 302
    assert Meeting.objects.get(title="第一次推进会").looks_at == cast.plan
    assert client.post(address, sent | {"key": str(uuid4()), "looks_at": str(uuid4())}).status_code == 422
    assert client.get(address, {"plan": "x"}).status_code == 200


def test_drafts_of_stocktakes_are_told_to_those_alone_who_keep_them(cast):
    details = replace(DETAILS, met_on=TODAY, answers_due_on=TODAY)
    begin(cast.keeper, None, looks_at=cast.plan.uid, details=details)
    assert len(list_stocktakes(cast.keeper, cast.plan)) == 1
    assert list_stocktakes(cast.district_head, cast.plan) == []
    hold(cast)
    assert len(list_stocktakes(cast.district_head, cast.plan)) == 1
    assert list_stocktakes(cast.lead, cast.plan) == [], "a unit reads its lines, not the meeting"


def test_a_unit_reads_of_the_agenda_its_own_lines_and_no_count_of_others(cast):
    whole = read_agenda(cast.district_head, cast.plan, on=TODAY)
    own = read_agenda(cast.lead, cast.plan, on=TODAY)
    assert {line.number for line in whole.lines} == {1, 2, 3}
    assert {line.number for line in own.lines} == {1}
    page = client_of(Role.PLAN_OFFICER, HR).get(reverse("blueprint:plan_stocktake", args=[cast.plan.uid]))
    assert cast.plan.items.get(number=2).text not in page.content.decode()
    stranger = actor_of(make_officer(Role.LEADER, unit_of("310109")))
    assert read_agenda(stranger, cast.plan, on=TODAY).lines == ()


def test_approving_a_stocktake_of_four_hundred_lines_asks_no_more_than_of_three(db):
    keeper, counts = make_keeper(), []
    for lines in (3, 400):
        plan = make_plan(lines=lines, units=4, title=f"施工图{lines}")
        meeting = begin(keeper, None, looks_at=plan.uid, key=uuid4(), details=replace(DETAILS, met_on=TODAY))
        with CaptureQueriesContext(connection) as asked:
            approve_meeting(actor=keeper, meeting_id=meeting.uid, version=meeting.version, on=TODAY, now=NOW)
        counts.append(len(asked))
    assert counts[0] == counts[1]
