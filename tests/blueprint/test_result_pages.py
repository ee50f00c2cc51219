"""Pages of results: what they say, to whom, what they offer, and at which cost."""

import re
from datetime import date, timedelta
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.blueprint.actions.results import link_work
from sunward.blueprint.enums import Grade
from sunward.blueprint.enums import ResultStepKind as K
from sunward.blueprint.indicators import INDICATORS, OPENERS
from sunward.blueprint.models import ResearchResult, ResultStep
from sunward.blueprint.pipeline.chain import STAGES
from sunward.blueprint.queries.enterprises import hold
from sunward.blueprint.queries.results import read_lanes, read_results, under_way
from sunward.core import clock
from sunward.figures.counting.figure import Figure
from sunward.figures.pins import Span
from tests.blueprint.meetings import make_keeper, unit_of
from tests.blueprint.plans import make_offices, make_plan
from tests.blueprint.results import (
    FIRM,
    FOUND_ON,
    TITLE,
    details_of,
    go_on,
    lead_unit,
    make_enterprise,
    make_grade,
    make_result,
)
from tests.factories import NOW, TODAY, actor_of, make_officer

pytestmark = pytest.mark.django_db
LISTS = ("results", "results_list", "dead_ends", "enterprises")
BUOY = "水产养殖水质在线监测浮标"


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    lead_unit()


def client_of(role: Role = Role.PLAN_OFFICER, code: str = "310110") -> Client:
    client = Client()
    client.force_login(make_officer(role, unit_of(code)))
    return client


def ask(client: Client, name: str, *args: object, **asked: str) -> str:
    answer = client.get(reverse(f"blueprint:{name}", args=args), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def post(client: Client, name: str, *args: object, **data: object):
    return client.post(reverse(f"blueprint:{name}", args=args), {"version": "1", "key": str(uuid4())} | data)


def of_proof(**changed: object) -> dict[str, object]:
    said = {"happened_on": "2026-03-02", "proof_kind": "agreement", "proof": "示例协议一号"}
    return said | changed


def typed_result(**changed: object) -> dict[str, object]:
    details = details_of()
    said = {
        "title": details.title, "text": details.text, "university": details.university, "institution": "",
        "scientist": "示例教授", "broker": "", "broker_institution": "", "lead": details.lead_code,
    }  # fmt: skip
    return said | of_proof(proof_kind="patent") | changed


def test_the_board_has_each_result_once_at_its_step_and_none_that_ended():
    keeper = make_keeper()
    for place in range(len(STAGES)):
        make_result(*STAGES[1 : place + 1], keeper=keeper, title=f"成果{place}")
    make_result(K.DEAD_END, keeper=keeper, title="走不通的成果")
    lanes = read_lanes(under_way(read_results(keeper, on=TODAY)))
    assert [[card.title for card in lane.cards] for lane in lanes] == [[f"成果{place}"] for place in range(6)]
    board = ask(client_of(), "results")
    assert "走不通的成果" not in board
    assert all(board.count(f"成果{place}</a>") == 1 for place in range(6))
    ends = ask(client_of(), "dead_ends")
    assert "走不通的成果" in ends
    assert "成本高于进口膜" in ends
    assert "成果0</a>" not in ends


@pytest.mark.parametrize("name", ["results", "results_list"])
def test_each_page_leads_to_the_readers_own_results_and_to_no_other(name):
    keeper = make_keeper()
    first, second = make_offices(2)
    mine = make_result(K.NEED_MATCHED, keeper=keeper, lead_code=first.code)
    other = make_result(keeper=keeper, lead_code=second.code, title=BUOY)
    pages = {
        code: ask(client_of(code=code), name) for code in ("310110", first.code, second.code, "310115", "310110Q02")
    }
    links = [reverse("blueprint:result", args=[row.uid]) for row in (mine, other)]
    told = {code: [link in page for link in links] for code, page in pages.items()}
    assert told == {
        "310110": [True, True], first.code: [True, False], second.code: [False, True], "310115": [False, False],
        "310110Q02": [False, False],
    }  # fmt: skip
    assert BUOY not in pages[first.code]
    assert FIRM not in pages[second.code], "not in a filter, either"


def test_filters_ask_for_university_step_kind_lead_and_how_long_nothing_moved():
    keeper, lead = make_keeper(), make_offices(2)[1]
    make_result(K.NEED_MATCHED, keeper=keeper)
    recent = make_result(keeper=keeper, title=BUOY, university="10264", lead_code=lead.code)
    go_on(recent, K.CONCEPT_PROVED, TODAY - timedelta(days=5), keeper=keeper, text="课题组已自行验证")
    client = client_of()
    for asked, told in (
        ({"institution": "上海海洋大学"}, BUOY), ({"stage": "need_matched"}, TITLE),
        ({"kind": "key_technology"}, TITLE), ({"lead": lead.code}, BUOY), ({"still": "180"}, TITLE),
        ({"words": "浮标"}, BUOY), ({"words": "澄海"}, TITLE),
    ):  # fmt: skip
        page = ask(client, "results_list", **asked)
        assert [f"{title}</a>" in page for title in (TITLE, BUOY)] == [told == TITLE, told == BUOY], asked
    nonsense = ask(client, "results_list", institution="无", stage="x", still="soon", sort="nonsense")
    assert f"{TITLE}</a>" in nonsense
    assert f"{BUOY}</a>" in nonsense
    assert "stage=" not in ask(client, "dead_ends")


def test_what_has_stood_longest_comes_first_and_says_so_in_words():
    keeper = make_keeper()
    make_result(keeper=keeper)
    recent = make_result(keeper=keeper, title=BUOY)
    go_on(recent, K.NEED_MATCHED, TODAY, keeper=keeper)
    page = ask(client_of(), "results_list")
    assert page.index(f"{TITLE}</a>") < page.index(f"{BUOY}</a>")
    days = (TODAY - FOUND_ON).days
    assert f"已 {days} 天没有进展" in page
    assert "已 0 天没有进展" not in page
    down = ask(client_of(), "results_list", sort="-since")
    assert down.index(f"{BUOY}</a>") < down.index(f"{TITLE}</a>")


@pytest.mark.parametrize("name", LISTS)
def test_sixty_results_cost_a_page_no_more_queries_than_two(name, django_assert_max_num_queries):
    keeper, client = make_keeper(), client_of()
    for number in range(2):
        make_result(K.NEED_MATCHED, *([K.DEAD_END] if number else []), keeper=keeper, title=f"成果{number}")
    make_grade(make_enterprise(keeper), keeper)
    ask(client, name)
    for wanted in (2, 60):
        have = ResearchResult.objects.count()
        rows = [
            ResearchResult(
                title=f"批量{n}", university="10247", lead=lead_unit(), unit_path=lead_unit().path, made_at=NOW
            )
            for n in range(have, wanted)
        ]
        firm = make_enterprise(keeper)
        for row in ResearchResult.objects.bulk_create(rows):
            ResultStep.objects.create(
                result=row, kind=K.NEED_MATCHED, happened_on=FOUND_ON, proof_kind="agreement", proof="协议",
                enterprise=firm, unit=row.lead, recorded_at=NOW,
            )  # fmt: skip
        with django_assert_max_num_queries(16):
            ask(client, name)


def test_a_long_list_stands_in_pages_that_keep_what_was_asked_and_the_board_is_never_cut():
    keeper, client = make_keeper(), client_of()
    for number in range(45):
        ended = [K.DEAD_END] if number < 22 else []
        make_result(K.NEED_MATCHED, *ended, keeper=keeper, title=f"长名单{number:02d}号")
        make_enterprise(keeper, name=f"示例企业{number:02d}号")

    def told(name: str, **asked: str) -> int:
        return len(set(re.findall("长名单[0-9]{2}号|示例企业[0-9]{2}号", ask(client, name, **asked))))

    # The first of the enterprises is the one that all these results are with.
    for name, pages in (("results_list", (20, 3)), ("dead_ends", (20, 2)), ("enterprises", (19, 20, 6))):
        assert [told(name, page=str(page)) for page in range(1, len(pages) + 1)] == list(pages)
        assert told(name, size="all") == sum(pages)
    assert told("results", page="2", size="20") == 23
    page = ask(client, "results_list", sort="title", words="长名单", page="2")
    assert "?sort=title&amp;words=%E9%95%BF%E5%90%8D%E5%8D%95&amp;page=1" in page
    assert 'href="?sort=-title&amp;words=%E9%95%BF%E5%90%8D%E5%8D%95"' in page


def test_the_page_of_a_result_shows_each_step_with_its_document_and_what_is_linked():
    keeper, plan = make_keeper(), make_plan()
    result = make_result(K.NEED_MATCHED, keeper=keeper)
    go_on(result, K.PILOTED, TODAY, keeper=keeper, text="课题组已自行验证")
    make_grade(make_enterprise(keeper), keeper)
    link_work(actor=keeper, result_id=result.uid, item_ids=[plan.items.get(number=n).uid for n in (1, 2)], now=NOW)
    page = ask(client_of(), "result", result.uid)
    for told in (
        "示例文件1号",
        "示例文件2号",
        FIRM,
        "专精特新中小企业",
        "课题组已自行验证",
        "已跳过",
        "第2项工作",
        "示例教授",
    ):
        assert told in page
    assert reverse("blueprint:result_step", args=[result.uid, "first_product"]) in page
    own = ask(client_of(code=lead_unit().code), "result", result.uid)
    assert reverse("blueprint:result_step", args=[result.uid, "first_product"]) in own
    assert reverse("blueprint:result_edit", args=[result.uid]) not in own
    assert "第1项工作" in own
    assert "第2项工作" not in own, "the unit has no part in it"
    line = plan.items.get(number=2)
    assert f"{TITLE}</a>" in ask(client_of(), "work", line.uid)
    assert TITLE not in ask(client_of(code=line.lead.code), "work", line.uid), "another unit leads the result"
    leader = ask(client_of(Role.LEADER), "result", result.uid)
    assert "/step" not in leader
    assert FIRM in leader


def test_a_result_is_written_down_and_goes_on_by_its_pages():
    client = client_of()
    made = post(client, "result_new", **typed_result())
    result = ResearchResult.objects.get()
    assert urlsplit(made.headers["Location"]).path == reverse("blueprint:result", args=[result.uid])
    firm = make_enterprise()
    sent = post(client, "result_step", result.uid, "need_matched", **of_proof(enterprise=str(firm.uid)))
    assert sent.status_code == 302
    late = post(client, "result_step", result.uid, "concept_proved", **of_proof(proof_kind="opinion"))
    assert late.status_code == 409
    assert "示例协议一号" in late.content.decode()
    skipping = post(client, "result_step", result.uid, "first_product", **of_proof(proof_kind="order"), version="2")
    assert skipping.status_code == 422
    page = ask(client, "result_step", result.uid, "first_product")
    assert "将跳过：概念验证、中试。" in page
    assert client.get(reverse("blueprint:result_step", args=[result.uid, "nonsense"])).status_code == 404


def test_something_like_a_dead_end_shows_its_reason_first_and_is_written_on_the_second_press():
    keeper, client = make_keeper(), client_of()
    make_result(K.DEAD_END, keeper=keeper)
    make_result(K.DEAD_END, keeper=keeper, title=BUOY, text="养殖塘里用")
    typed = typed_result(title="石墨烯膜海水淡化装置")
    first = post(client, "result_new", **typed)
    page = first.content.decode()
    assert first.status_code == 200
    assert "成本高于进口膜" in page
    assert BUOY not in page
    assert "石墨烯膜海水淡化装置" in page
    assert ResearchResult.objects.count() == 2
    assert post(client, "result_new", **typed, seen="1").status_code == 302
    found = ResearchResult.objects.get(title="石墨烯膜海水淡化装置")
    assert "可能相近的弯路" in ask(client, "result", found.uid)


def test_a_dead_end_of_another_district_is_told_to_nobody_here():
    make_result(K.DEAD_END, keeper=make_keeper())
    other = unit_of("310115")
    ResearchResult.objects.update(unit_path=f"{other.path}310115ST/")
    assert post(client_of(), "result_new", **typed_result()).status_code == 302


def test_what_is_wrong_is_said_and_nothing_that_was_typed_is_lost():
    client = client_of()
    for wrong, told in (
        ({"university": "", "institution": ""}, "二者选一"), ({"scientist": "教授13800005678"}, "证件号"),
        ({"happened_on": "2027-01-01"}, "今天或更早"), ({"proof": ""}, "这一项还没有填"),
    ):  # fmt: skip
        answer = post(client, "result_new", **typed_result(**wrong))
        assert answer.status_code == 422, wrong
        assert TITLE in answer.content.decode()
        assert told in answer.content.decode()
    assert not ResearchResult.objects.exists()


def test_a_corrected_step_and_one_taken_back_stay_readable():
    keeper, client = make_keeper(), client_of()
    result = make_result(K.NEED_MATCHED, keeper=keeper)
    step = result.steps.get(kind=K.NEED_MATCHED)
    data = of_proof(happened_on="2026-03-03", proof="示例协议二号", enterprise=str(make_enterprise().uid), version="2")
    sent = post(client, "result_step_correct", result.uid, step.uid, **data, why="编号写错")
    assert sent.status_code == 302
    page = ask(client, "result", result.uid)
    for told in ("示例协议二号", "示例文件2号", "编号写错"):
        assert told in page
    assert client.get(reverse("blueprint:result_step_correct", args=[result.uid, step.uid])).status_code == 404
    new = result.steps.order_by("pk").last()
    assert post(client, "result_step_take_back", result.uid, new.uid, version="3", why="未签成").status_code == 302
    page = ask(client, "result", result.uid)
    assert "未签成" in page
    assert "更正过 2 条" in page


def test_grades_say_when_they_run_out_and_that_they_have():
    keeper = make_keeper()
    firm = make_enterprise(keeper)
    make_grade(firm, keeper, grade=Grade.HIGH_TECH, valid_until=TODAY + timedelta(days=30))
    make_grade(firm, keeper, grade=Grade.TECH_SME, valid_until=TODAY - timedelta(days=1))
    page = ask(client_of(), "enterprises")
    assert "还有 30 天到期" in page
    assert "已于 2026-11-24 到期" in page
    assert FIRM in ask(client_of(), "enterprises", grade="high_tech", holding="soon")
    assert FIRM not in ask(client_of(), "enterprises", grade="high_tech", holding="over")
    assert "https://example.org/lists/2025-2" in ask(client_of(), "enterprise", firm.uid)


@pytest.mark.parametrize(("left", "holding"), [(91, "holds"), (90, "soon"), (0, "soon"), (-1, "over")])
def test_a_grade_holds_on_its_last_day(left, holding):
    assert hold(date(2025, 1, 1), TODAY + timedelta(days=left), on=TODAY) == holding
    assert hold(TODAY + timedelta(days=1), TODAY + timedelta(days=400), on=TODAY) == "ahead"


def test_figures_count_what_the_steps_say_and_a_step_taken_back_no_longer():
    keeper = make_keeper()
    make_result(*STAGES[1:4], keeper=keeper)
    ended = make_result(K.NEED_MATCHED, K.DEAD_END, keeper=keeper, title=BUOY)
    client = client_of()
    told = {
        "results_found": 2, "needs_matched": 2, "concepts_proved": 1, "pilots": 1, "first_products": 0,
        "results_growing": 0, "dead_ends": 1,
    }  # fmt: skip
    assert {code: counted(code) for code in told} == told
    last = ended.steps.get(kind=K.DEAD_END)
    assert post(client, "result_step_take_back", ended.uid, last.uid, version="3", why="又有企业要").status_code == 302
    assert counted("dead_ends") == 0
    keys = list(ResearchResult.objects.values_list("pk", flat=True))
    assert set(OPENERS["research_result"](keeper, keys)) == set(keys)
    assert OPENERS["research_result"](actor_of(make_officer(Role.PLAN_OFFICER, make_offices(2)[1])), keys) == {}


def counted(code: str) -> int:
    measure = next(one for one in INDICATORS if one.code == f"blueprint.{code}").newest.measure
    figure = Figure(measure, Span(date(2026, 1, 1), TODAY), "/310110/")
    assert figure.number().value == figure.records().count()
    return figure.records().count()
