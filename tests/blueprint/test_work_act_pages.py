"""The pages by which a line is seen through: what they show, what they ask, and what a refusal keeps."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sunward.accounts.models import User
from sunward.blueprint.actions.learning import LessonDetails, write_lesson
from sunward.blueprint.actions.noticing import write_lights
from sunward.blueprint.actions.obstacles import raise_obstacle
from sunward.blueprint.actions.reporting import Report, record_cover, report_progress, state_confidence
from sunward.blueprint.enums import Confidence, GaugeShape, Lifecycle, StepKind
from sunward.blueprint.models import DeliveryPlan, Gauge, Lesson, WorkItem, WorkStep
from sunward.blueprint.queries.lights import read_courses
from sunward.core import clock
from sunward.figures.declared import indicators
from sunward.figures.enums import Protection
from sunward.ledger.models import Fact
from tests.blueprint.following import TOMORROW, Cast, act, cast_of, under_way
from tests.blueprint.meetings import EDUCATION, item_of
from tests.factories import NOW, TODAY
from tests.test_access_matrix import prove_anew

pytestmark = pytest.mark.django_db
KEY = "0b9c2f6e-6c58-4c0e-9b0c-3f0d6d1f2a77"


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def cast(tmp_path) -> Cast:
    return under_way(tmp_path)


def client_of(who) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=who.user_id))
    prove_anew(client)
    return client


def address(cast: Cast, name: str, *keys: object) -> str:
    return reverse(f"blueprint:{name}", args=[cast.item.uid, *keys])


def page(who, cast: Cast) -> str:
    answer = client_of(who).get(address(cast, "work"))
    assert answer.status_code == 200
    return answer.content.decode()


def send(who, cast: Cast, name: str, *keys: object, **data: object):
    return client_of(who).post(address(cast, name, *keys), data)


def lifecycle(cast: Cast) -> Lifecycle:
    item = WorkItem.objects.get(pk=cast.item.pk)
    return read_courses([item])[item.pk].lifecycle


@pytest.mark.parametrize(
    ("name", "word"),
    [("work_obstacle", "提出困难"), ("work_extension", "申请延期"), ("work_completion", "提交办结"),
     ("work_progress", "保存")],
)  # fmt: skip
def test_a_button_says_what_reaches_somebody_else_and_saving_where_nothing_does(cast, name, word):
    html = client_of(cast.lead).get(address(cast, name)).content.decode()
    assert re.search(r'<button class="btn btn-primary" type="submit">(.*?)</button>', html)[1] == word


def test_a_line_goes_from_issue_to_close_through_its_pages(tmp_path):
    cast = cast_of(tmp_path)
    assert send(cast.lead, cast, "work_acknowledge").status_code == 302
    report = {"text": "已开放三个", "number": "3", "happened_on": TODAY.isoformat()}
    assert send(cast.lead, cast, "work_progress", **report).status_code == 302
    assert 'value="3' in client_of(cast.lead).get(address(cast, "work_completion")).content.decode()
    done = {"text": "验收单", "number": "12", "happened_on": TODAY.isoformat()}
    assert send(cast.lead, cast, "work_completion", **done).status_code == 302
    claim = WorkStep.objects.get(kind=StepKind.CLAIMED)
    settle = (cast.keeper, cast, "work_completion_decide", claim.uid)
    looked_at = client_of(cast.keeper).get(address(cast, "work_completion_decide", claim.uid)).content.decode()
    assert "验收单" in looked_at
    assert re.search(r"提交办结.{0,40}12", looked_at), "whoever accepts sees what was reached"
    assert send(*settle, answer="return", text="缺照片").status_code == 302
    asked = client_of(cast.lead).get(address(cast, "work_completion")).content.decode()
    assert "验收单" in asked, "what was returned is not typed again"
    assert 'value="12' in asked
    assert send(cast.lead, cast, "work_completion", **done).status_code == 302
    again = WorkStep.objects.filter(kind=StepKind.CLAIMED).latest("pk")
    assert send(*settle[:3], again.uid, answer="accept", text="").status_code == 302
    assert lifecycle(cast) == Lifecycle.CLOSED
    assert str(Lifecycle.CLOSED.label) in page(cast.joint, cast)


@pytest.mark.parametrize(
    ("name", "who", "typed"),
    [
        ("work_progress", "joint", {"text": "已选址", "happened_on": TODAY.isoformat()}),
        ("work_confidence", "lead", {"confidence": "open", "text": "已选址"}),
        ("work_obstacle", "lead", {"text": "场地未定", "unit": EDUCATION, "by": TOMORROW.isoformat()}),
        ("work_own_act", "head", {"kind": "pushed", "text": "现场推进"}),
        ("work_cover", "lead", {"unit": EDUCATION, "text": "借了教室"}),
        ("work_lesson", "lead", {"thought": "三月完成", "happened": "晚了", "kept": "早选址"}),
    ],
)
def test_a_form_that_is_sent_twice_is_one_step_and_one_fact(name, who, typed, cast):
    """Two clicks on one page: the key that it was shown with."""
    actor = getattr(cast, who)
    shown = client_of(actor).get(address(cast, name)).content.decode()
    key = shown.split('name="key" value="')[1].split('"')[0]
    before = (WorkStep.objects.count(), Lesson.objects.count(), Fact.objects.count())
    answers = [send(actor, cast, name, key=key, **typed) for _click in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    steps, lessons, facts = WorkStep.objects.count(), Lesson.objects.count(), Fact.objects.count()
    is_lesson = name == "work_lesson"
    assert (steps - before[0], lessons - before[1], facts - before[2]) == ((0, 1, 0) if is_lesson else (1, 0, 1))
    send(actor, cast, name, **typed)
    assert WorkStep.objects.count() + Lesson.objects.count() == steps + lessons + 1


def test_thanks_that_are_sent_twice_are_one(cast):
    cover = act(record_cover, cast.lead, cast, unit_code=EDUCATION, text="借了教室")
    for _click in range(2):
        assert send(cast.lead, cast, "work_thanks", cover.uid, key=KEY).status_code == 302
    assert WorkStep.objects.filter(kind=StepKind.THANKED).count() == 1


def test_a_plan_is_issued_from_its_page(tmp_path, cast):
    plan = DeliveryPlan.objects.get(pk=cast.plan.pk)
    answer = client_of(cast.keeper).post(reverse("blueprint:plan_issue", args=[plan.uid]), {"by": TOMORROW.isoformat()})
    assert answer.status_code == 422
    assert "已全部交办" in answer.content.decode()


def test_a_refusal_keeps_what_was_typed(cast):
    act(report_progress, cast.lead, cast, report=Report("五个", 5, TODAY))
    answer = send(cast.lead, cast, "work_progress", text="四个了", number="4", happened_on=TODAY.isoformat())
    assert answer.status_code == 422
    told = answer.content.decode()
    assert "四个了" in told
    assert "累计" in told


def test_the_page_says_in_words_why_the_light_is_what_it_is_and_who_has_not_acknowledged(cast):
    told = page(cast.joint, cast)
    assert "没有填报" in told or "无法判断" in told
    assert "尚未签收" in told
    act(state_confidence, cast.lead, cast, confidence=Confidence.SURE, text="场地已经落实")
    assert "场地已经落实" in page(cast.joint, cast)


def test_each_reader_is_offered_what_is_theirs_to_do_and_nothing_else(cast):
    offered = {
        "lead": {
            "work_progress",
            "work_obstacle",
            "work_extension",
            "work_completion",
            "work_confidence",
            "work_cover",
        },
        "joint": {"work_acknowledge", "work_progress", "work_obstacle", "work_cover"},
        "keeper": {"work_chase", "work_cover", "work_gauge"},
        "head": {"work_own_act", "work_confidence"},
        "other_head": set(),
    }
    every = set().union(*offered.values())
    for who, names in offered.items():
        told = page(getattr(cast, who), cast)
        assert {name for name in every if f'href="{address(cast, name)}"' in told} == names, who


def test_an_obstacle_leads_whoever_is_asked_to_its_answer_and_nobody_else(cast):
    row = act(raise_obstacle, cast.lead, cast, text="缺两间教室", unit_code=EDUCATION, by=TOMORROW)
    link = address(cast, "work_answer", row.uid)
    assert link in page(cast.other, cast)
    assert link in page(cast.other_head, cast)
    for who in (cast.lead, cast.joint, cast.keeper):
        told = page(who, cast)
        assert "缺两间教室" in told
        assert link not in told
    assert send(cast.other, cast, "work_answer", row.uid, text="三月腾出").status_code == 302
    assert "三月腾出" in page(cast.lead, cast)


def test_the_page_shows_how_the_light_has_changed_and_what_was_put_right(cast):
    write_lights(plan_id=cast.plan.pk, on=TODAY, now=NOW)
    row = act(report_progress, cast.lead, cast, report=Report("五个", 5, TODAY))
    answer = send(
        cast.lead, cast, "work_correct", row.uid, text="三个，上次数错", number="3", happened_on=TODAY.isoformat()
    )
    assert answer.status_code == 302
    told = page(cast.keeper, cast)
    assert "五个" in told
    assert "三个，上次数错" in told
    assert TODAY.isoformat() in told


def test_a_chase_says_whom_it_was_written_to_and_the_second_of_a_day_that_one_is_enough(cast):
    client = client_of(cast.keeper)
    first = client.post(address(cast, "work_chase"), {"text": "请尽快"}, follow=True).content.decode()
    assert str(User.objects.get(pk=cast.lead.user_id)) in first
    second = client.post(address(cast, "work_chase"), {"text": "再催一次"})
    assert second.status_code == 422
    assert "再催一次" in second.content.decode()


def test_a_lesson_stands_where_a_line_is_like_it(cast):
    other = item_of(cast.plan, 2)
    WorkItem.objects.filter(pk=other.pk).update(text="再建成20个站点，覆盖各街道")
    details = LessonDetails("以为选址最快", "花了四个月", "先定场地再定计划")
    act(write_lesson, cast.lead, cast, details=details)
    answer = client_of(cast.keeper).get(reverse("blueprint:work", args=[other.uid]))
    assert "先定场地再定计划" in answer.content.decode()


def test_a_long_history_costs_the_page_no_more_queries_than_a_short_one(cast):
    client = client_of(cast.lead)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address(cast, "work")).status_code == 200
        return len(asked)

    queries()
    act(report_progress, cast.lead, cast, report=Report("一个", 1, TODAY))
    few = queries()
    WorkStep.objects.bulk_create(
        WorkStep(
            item=cast.item, kind=StepKind.PROGRESS, text="进展", number=2, unit=cast.item.lead, happened_on=TODAY,
            recorded_at=NOW + timedelta(minutes=minute),
        )
        for minute in range(40)
    )  # fmt: skip
    assert queries() == few <= 60


def test_what_was_counted_of_persons_is_told_on_the_page_to_those_who_read_the_figure_alone(cast):
    code = next(code for code, one in indicators().items() if one.protection == Protection.PERSONS)
    Gauge.objects.create(item=cast.item, shape=GaugeShape.GROWING, figure_code=code, starts_on=TODAY, set_at=NOW)
    row = {"item": cast.item, "unit": cast.item.lead, "happened_on": TODAY, "recorded_at": NOW, "number": 7731}
    claim = WorkStep.objects.create(kind=StepKind.CLAIMED, text="统计表", **row)
    for who in (cast.lead, cast.keeper, cast.head):
        told = page(who, cast)
        assert "统计表" in told
        assert "7731" not in told
    settled = client_of(cast.keeper).get(address(cast, "work_completion_decide", claim.uid)).content.decode()
    assert "统计表" in settled
    assert "7731" not in settled


def test_cover_names_who_helped_and_apart_from_it_who_wrote_it_down(cast):
    cover = act(record_cover, cast.lead, cast, unit_code=EDUCATION, text="借了教室")
    shown = page(cast.keeper, cast)
    assert f"{cover.unit.name}补位" in shown
    assert f"{cast.lead.name}记录" in shown
    assert f"{cover.unit.short_name} · {cast.lead.name}" not in shown
    thanks = client_of(cast.keeper).get(address(cast, "work_thanks", cover.uid)).content.decode()
    assert f"{cover.unit.name}：借了教室" in thanks
    asked = client_of(cast.lead).get(address(cast, "work_cover")).content.decode()
    assert 'value="" selected' in asked
    assert f'value="{cast.item.lead.code}"' not in asked
