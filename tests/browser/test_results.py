"""Results of universities in a browser: a dead end is read before something like it is written, and pages for all."""

import pytest
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.blueprint.enums import ResultStepKind as K
from sunward.blueprint.models import ResearchResult
from sunward.blueprint.pipeline.chain import STAGES
from tests import factories as make
from tests.blueprint.results import lead_unit, make_enterprise, make_grade, make_result
from tests.browser.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser
LONG = "面向海岛与远洋船舶供水的低压高通量石墨烯海水淡化膜组件及其抗污染涂层的批量制备与长期运行验证"


@pytest.fixture
def officer(transactional_db):
    lead_unit()
    return make.make_officer(Role.PLAN_OFFICER, name="程砚秋")


def write_all(officer):
    keeper = make.actor_of(officer)
    firm = make_enterprise(keeper, "上海示例" + "远帆智能装备" * 6 + "股份有限公司")
    make_grade(firm, keeper)
    make_enterprise(keeper)
    made = [make_result(*STAGES[1 : place + 1], keeper=keeper, title=f"{place}{LONG}") for place in range(6)]
    return firm, [*made, make_result(K.NEED_MATCHED, K.DEAD_END, keeper=keeper, title=f"旧{LONG}")]


def test_the_reason_of_a_dead_end_is_read_before_something_like_it_is_written(site, officer):
    make_result(K.DEAD_END, keeper=make.actor_of(officer))
    page = site(reverse("blueprint:results"), user=officer)
    page.get_by_role("link", name="登记成果").click()
    page.get_by_label("成果名称").fill("石墨烯膜海水淡化装置")
    page.locator("[name=university]").select_option(label="复旦大学")
    page.locator("[name=lead]").select_option(index=1)
    page.locator("[name=proof_kind]").select_option(label="专利")
    page.locator("[name=proof]").fill("示例专利一号")
    page.locator("[name=happened_on]").fill("2026-11-20")
    page.get_by_role("button", name="保存").click()
    page.get_by_role("alert").get_by_text("每平方米成本高于进口膜一倍").wait_for()
    assert ResearchResult.objects.count() == 1
    page.get_by_role("button", name="仍要登记").click()
    page.get_by_role("heading", name="石墨烯膜海水淡化装置").wait_for()
    page.get_by_role("link", name="走不下去了").click()
    page.locator("[name=happened_on]").fill("2026-11-21")
    page.locator("[name=reason]").select_option(label="权属不清")
    page.locator("[name=text]").fill("专利由三家单位共有，转让谈不拢。")
    page.get_by_role("button", name="保存").click()
    page.get_by_text("走不通：权属不清").first.wait_for()
    page.get_by_role("link", name="重新启动").wait_for()


@pytest.mark.parametrize(("width", "language"), [(DESKTOP, "zh-hans"), (PHONE, "en"), (PHONE, "zh-hans")])
def test_the_pages_of_results_are_fit_for_everybody(site, find_barriers, officer, width, language):
    empty = site(reverse("blueprint:results"), user=officer, width=width, language=language)
    assert not find_barriers(empty)
    firm, made = write_all(officer)
    last = made[5].steps.order_by("pk").last()
    pages = [
        ("results", ()), ("results_list", ()), ("dead_ends", ()), ("enterprises", ()), ("enterprise", (firm.uid,)),
        ("result", (made[5].uid,)), ("result", (made[6].uid,)), ("result_new", ()),
        ("result_step", (made[0].uid, "piloted")), ("result_step_correct", (made[5].uid, last.uid)),
        ("grade_new", (firm.uid,)),
    ]  # fmt: skip
    for name, keys in pages:
        page = site(reverse(f"blueprint:{name}", args=keys), user=officer, width=width, language=language)
        assert not find_barriers(page), name
