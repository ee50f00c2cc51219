"""What results and enterprises leave at home, and when the names of those whom to ask are forgotten."""

from datetime import date, datetime, time, timedelta
from random import Random

import pytest
from django.urls import reverse
from django.utils.timezone import make_aware

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.audit.models import AuditEntry
from sunward.blueprint.actions.enterprises import take_back_grade
from sunward.blueprint.actions.forgetting import forget_names
from sunward.blueprint.actions.results import change_result, correct_step, take_back_step
from sunward.blueprint.enums import ResultStepKind as Kind
from sunward.blueprint.jobs import forget_names_of_results
from sunward.blueprint.models import ResearchResult, ResultStep
from sunward.blueprint.pipeline.chain import next_stages
from sunward.blueprint.queries.enterprises import SOON_DAYS
from sunward.blueprint.queries.results import LONG, find_card, shape_results
from sunward.blueprint.queries.results_waiting import TOLD_DAYS, grades_ending, stalled_results
from sunward.core import clock
from sunward.core.jobs.queue import enqueue
from sunward.web.home_todo import read_todo_list
from tests.blueprint.meetings import make_keeper
from tests.blueprint.results import (
    FOUND_ON,
    TITLE,
    details_of,
    go_on,
    lead_unit,
    make_enterprise,
    make_grade,
    make_result,
    step_of,
)
from tests.factories import NOW, TODAY, actor_of, make_district, make_officer, make_unit

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def keeper() -> Actor:
    return make_keeper()


def home(who: Actor, *, on: date = TODAY) -> dict[str, int]:
    return {group.key: group.count for group in read_todo_list(who, on=on).groups}


@pytest.mark.parametrize(
    ("days", "is_told"),
    [(SOON_DAYS + 1, False), (SOON_DAYS, True), (0, True), (-TOLD_DAYS, True), (-TOLD_DAYS - 1, False)],
)
def test_a_grade_is_told_from_a_quarter_before_it_runs_out_until_a_month_after(days, is_told, keeper):
    make_grade(make_enterprise(keeper), keeper, valid_until=TODAY + days * DAY)
    assert home(keeper) == ({"grades_ending": 1} if is_told else {})


def test_a_grade_that_was_renewed_or_taken_back_waits_for_nobody(keeper):
    firm = make_enterprise(keeper)
    make_grade(firm, keeper, valid_until=TODAY + 9 * DAY)
    row = make_grade(make_enterprise(keeper, "上海示例远帆智能装备有限公司"), keeper, valid_until=TODAY + 9 * DAY)
    assert grades_ending(keeper, on=TODAY).count() == 2
    make_grade(firm, keeper, valid_from=TODAY, valid_until=TODAY + 1000 * DAY)
    take_back_grade(
        actor=keeper, enterprise_id=row.enterprise.uid, grade_id=row.uid, why="公告已撤销", now=NOW
    )  # fmt: skip
    assert not grades_ending(keeper, on=TODAY)


def test_a_result_that_stands_still_is_told_to_who_keeps_it_and_to_the_unit_that_leads_it(keeper):
    make_result(keeper=keeper)
    still = FOUND_ON + LONG * DAY
    own = actor_of(make_officer(Role.PLAN_OFFICER, lead_unit()))
    other = actor_of(make_officer(Role.PLAN_OFFICER, make_unit("310110FI", parent=make_district(), kind="department")))
    head, stranger = actor_of(make_officer(Role.LEADER)), make_keeper(make_unit("310109", name="虹口区"))
    for who in (keeper, own):
        assert home(who, on=still - DAY) == {}
        assert home(who, on=still) == {"results_stalled": 1}
    for who in (other, head, stranger):
        assert not stalled_results(who, on=still)


def test_what_grew_or_led_no_further_or_went_on_stands_still_for_nobody(keeper):
    far = [Kind.NEED_MATCHED, Kind.CONCEPT_PROVED, Kind.PILOTED, Kind.FIRST_PRODUCT, Kind.GROWS]
    make_result(*far, keeper=keeper, title="甲")
    make_result(Kind.DEAD_END, keeper=keeper, title="乙")
    moving = make_result(keeper=keeper, title="丙")
    go_on(moving, Kind.NEED_MATCHED, TODAY - DAY, keeper=keeper)
    assert not stalled_results(keeper, on=TODAY + 30 * DAY)


@pytest.mark.parametrize("seed", range(2))
def test_what_stands_still_is_what_the_chain_says_whatever_was_corrected_and_taken_back(keeper, seed):
    draw = Random(seed)
    for number in range(4):
        result, day = make_result(keeper=keeper, title=f"成果{number}"), FOUND_ON
        for _act in range(7):
            way = find_card(result, on=TODAY).way
            step = {"actor": keeper, "result_id": result.uid, "version": result.version, "on": TODAY, "now": NOW}
            if way.last is None:
                break
            last = ResultStep.objects.get(pk=way.last.id)
            kinds = [*next_stages(way)[:2], Kind.DEAD_END] if way.end is None else [Kind.TAKEN_UP]
            match draw.randint(0, 5):
                case 0:
                    result = take_back_step(**step, step_id=last.uid, why="写错")
                case 1:
                    details = step_of(way.last.kind, day, text="示例说明", reason="cost" if way.end else "")
                    result = correct_step(**step, step_id=last.uid, details=details, why="日期写错")
                case _:
                    day = min(day + draw.randint(0, 40) * DAY, TODAY)
                    result = go_on(result, draw.choice(kinds), day, keeper=keeper, text="示例说明")
    for on in (TODAY, FOUND_ON + LONG * DAY, TODAY + LONG * DAY):
        cards = shape_results(ResearchResult.objects.all(), on=on)
        wanted = {card.id: card.since for card in cards if card.is_long and card.way.is_under_way}
        assert {row.pk: row.last_on for row in stalled_results(keeper, on=on)} == wanted


def test_results_that_stand_still_are_found_without_reading_the_others(keeper, django_assert_num_queries):
    make_result(keeper=keeper)
    make_result(Kind.DEAD_END, keeper=keeper, title="乙")
    rows = stalled_results(keeper, on=FOUND_ON + 2 * LONG * DAY)
    with django_assert_num_queries(1):
        assert [row.title for row in rows] == [TITLE]


def test_the_lines_at_home_lead_to_the_enterprise_and_to_the_result(keeper):
    result = make_result(keeper=keeper)
    firm = make_enterprise(keeper)
    make_grade(firm, keeper, valid_until=TODAY + 9 * DAY)
    found = {group.key: group.lines[0] for group in read_todo_list(keeper, on=TODAY).groups}
    assert found["results_stalled"].href == reverse("blueprint:result", args=[result.uid])
    assert found["grades_ending"].href == reverse("blueprint:enterprise", args=[firm.uid])
    assert firm.name in str(found["grades_ending"].title)


# Names.


def moment(day: date) -> datetime:
    return make_aware(datetime.combine(day, time(3)))


def forget(on: date) -> int:
    return forget_names(on=on, now=moment(on))


def names() -> set[tuple[str, str]]:
    return set(ResearchResult.objects.values_list("scientist", "broker"))


def test_whom_to_ask_about_a_result_is_forgotten_two_years_after_the_last_step_and_the_result_stays(keeper):
    result = make_result(Kind.DEAD_END, keeper=keeper)
    # Written down on TODAY, whatever day it is said of.
    last = TODAY.replace(year=TODAY.year + 2)
    assert forget(last) == 0
    assert names() == {("示例教授", "示例经理人")}
    assert forget(last + DAY) == 1
    assert names() == {("", "")}
    again = ResearchResult.objects.get(pk=result.pk)
    assert (again.title, again.university, again.broker_institution) == (
        result.title, result.university, result.broker_institution,
    )  # fmt: skip
    assert again.version == result.version + 1  # a form that was opened before does not bring them back
    assert ResultStep.objects.filter(result=result).count() == 2
    assert forget(last + DAY) == 0
    (entry,) = AuditEntry.objects.filter(code="blueprint.result_names_forgotten")
    assert (entry.subject_id, entry.unit_path, entry.detail) == (result.pk, result.unit_path, {})


def test_a_name_that_was_entered_late_is_kept_as_long_as_any_other(keeper):
    result = make_result(Kind.DEAD_END, keeper=keeper)
    entered = TODAY.replace(year=TODAY.year + 3)
    change_result(
        actor=keeper, result_id=result.uid, version=ResearchResult.objects.get(pk=result.pk).version,
        details=details_of(scientist="新教授"), now=moment(entered),
    )  # fmt: skip
    assert forget(entered + DAY) == 0
    assert names() == {("新教授", "示例经理人")}
    assert forget(entered.replace(year=entered.year + 2) + DAY) == 1


def test_the_night_forgets_names(keeper, monkeypatch, run_jobs):
    make_result(keeper=keeper)
    monkeypatch.setattr(clock, "today", lambda: TODAY.replace(year=TODAY.year + 3))
    enqueue(forget_names_of_results)
    run_jobs()
    assert names() == {("", "")}
