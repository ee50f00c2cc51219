"""Vacancies, pairs of them and visits to employers on a desk and on a phone, empty and full, and one walk through."""

from datetime import timedelta

import pytest

from sunward.accounts.enums import Role
from sunward.core import clock
from sunward.employment.enums import Channel, VacancyState
from sunward.employment.models import EmployerVisit, Vacancy, VacancyLikeness, VacancySource
from tests import factories as make
from tests.browser.conftest import DESKTOP, PHONE
from tests.employment.builders import make_employer, make_vacancy

pytestmark = pytest.mark.browser
DAY = timedelta(days=1)
LONG = "上海示例跨区域综合性数字化供应链与社区生活服务一体化运营管理有限公司"
FINDING = {"rule": "disc_gender", "level": "block", "field": "title", "words": "限男", "start": 0, "end": 2}


@pytest.fixture
def officer(transactional_db):
    user = make.make_user("employment", name="周启明")
    make.give_post(user, Role.EMPLOYMENT_OFFICER, make.make_subdistrict("310110012"))
    return user


@pytest.fixture
def pages(officer):
    """The addresses of a vacancy in each state, a pair, an employer and a visit, with words as long as they come."""
    today, unit = clock.today(), make.make_subdistrict("310110012")
    employer = make_employer(unit, name=LONG, uscc="91310110MA1FLJJN83")
    given = {"description": "负责仓库管理，" * 200, "salary_text": "5000-7000", "contact_phone": "13800001111"}
    first = make_vacancy(employer, title="仓库管理员（含夜班、周末班、节假日轮班）", **given)
    second = make_vacancy(employer, title="仓管员", **given)
    held = make_vacancy(employer, state=VacancyState.HELD, findings=[FINDING], verified_on=None, verified_until=None)
    late = make_vacancy(
        employer, state=VacancyState.WAITING, valid_until=today - DAY, verified_on=None, verified_until=None
    )
    merged = make_vacancy(employer, state=VacancyState.CLOSED, close_reason="merged", merged_into=first)
    pair = VacancyLikeness.objects.create(first=first, second=second, points=80, reasons=["employer", "place", "title"])
    visit = EmployerVisit.objects.create(
        employer=employer, happened_on=today - DAY, is_online=True, learned="缺十名初级运维，" * 60, next_on=today,
        unit=unit, unit_path=unit.path, by=officer, recorded_at=clock.now(),
    )  # fmt: skip
    VacancySource.objects.create(
        vacancy=first, channel=Channel.ONLINE_VISIT, title=first.title, visit=visit, told_at=clock.now()
    )
    vacancies = [f"/employment/vacancies/{one.uid}/" for one in (first, held, late, merged)]
    return [
        *vacancies, f"{vacancies[0]}edit/", "/employment/vacancies/pairs/", f"/employment/vacancies/pairs/{pair.pk}/",
        f"/employment/employers/{employer.uid}/", f"/employment/employers/{employer.uid}/visits/new/",
        "/employment/visits/", "/employment/visits/made/", f"/employment/visits/{visit.uid}/",
        f"/employment/visits/{visit.uid}/edit/", f"/employment/vacancies/new/?visit={visit.uid}",
    ]  # fmt: skip


@pytest.mark.parametrize(("width", "language"), [(DESKTOP, "zh-hans"), (PHONE, "en")])
def test_vacancies_pairs_and_visits_are_fit_for_everybody(site, find_barriers, officer, pages, width, language):
    found = {path: find_barriers(site(path, user=officer, width=width, language=language)) for path in pages}

    assert not {path: barriers for path, barriers in found.items() if barriers}


def test_their_lists_are_fit_while_nothing_is_on_them(site, find_barriers, officer):
    paths = ("/employment/vacancies/pairs/", "/employment/visits/", "/employment/visits/made/")

    found = {path: find_barriers(site(path, user=officer, width=PHONE)) for path in paths}

    assert not {path: barriers for path, barriers in found.items() if barriers}


def test_an_officer_visits_an_employer_adds_its_post_and_merges_it_with_the_one_that_was_there(site, officer):
    employer = make_employer(make.make_subdistrict("310110012"), name=LONG)
    there = make_vacancy(
        employer, title="初级运维工程师", salary_min=6000, salary_max=8000, workplace="大桥路1号",
        description="机房巡检，维护服务器，处理网络故障",
    )  # fmt: skip
    page = site(f"/employment/employers/{employer.uid}/", user=officer)
    page.get_by_role("link", name="登记走访").click()
    page.get_by_label("线上").check()
    page.get_by_label("了解到的情况").fill("缺十名初级运维")
    page.get_by_role("button", name="保存").click()
    page.get_by_role("link", name="添加带回的岗位").click()
    page.locator("[name=title]").fill("初级运维工程师（急招）")
    page.locator("[name=places]").fill("10")
    page.locator("[name=salary_text]").fill("6000-8000")
    page.locator("[name=description]").fill("处理网络故障，机房巡检，维护服务器")
    page.locator("[name=workplace]").fill("大桥路1号")
    page.get_by_role("button", name="保存").click()
    page.get_by_role("link", name="初级运维工程师（急招）").click()
    page.locator("#merged").locator("xpath=ancestor::section").get_by_role("link", name="初级运维工程师").click()
    page.get_by_role("button", name="是同一个岗位，合并").click()

    page.wait_for_url(f"**/vacancies/{there.uid}/")
    page.get_by_text("线上走访").wait_for()
    assert Vacancy.objects.get(merged_into=there).title == "初级运维工程师（急招）"
