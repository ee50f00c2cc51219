"""One jobseeker, from a row of a roster to three months at work, as the officer, the person and the employer live it.

Nothing is arranged but the officer's post and one verified vacancy: everything else is done on a page, on a phone where
the person would hold one. The clock is moved once, to the day on which somebody asks whether the person is still there.
"""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.core import clock
from sunward.core.months import add_months
from sunward.employment.models import Employer
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_story import follow, path_of, press, sees, sees_nothing_of
from tests.employment.builders import make_employer, make_vacancy
from tests.employment.survey import seeker, survey
from tests.factories import make_committee, make_officer, make_subdistrict

pytestmark = pytest.mark.browser
PERSON, FIRM, POST = "端木向荣", "上海示例晴川超市有限公司", "收银员"
STREET = "310110012"
SECONDS = 15


@pytest.fixture
def people(transactional_db):
    street = make_subdistrict(STREET)
    make_committee(f"{STREET}001", subdistrict=street)
    employer = make_employer(street, name=FIRM)
    day = clock.today()
    make_vacancy(
        employer, title=POST, occupation="4-01-02-03", contact_phone="021-00005678", verified_on=day,
        verified_until=day + timedelta(days=30), made_at=clock.now(),
    )  # fmt: skip
    return {
        "officer": make_officer(Role.EMPLOYMENT_OFFICER, street, name="周启明"),
        "elsewhere": make_officer(Role.EMPLOYMENT_OFFICER, make_subdistrict("310110019"), name="钱立群"),
    }


def open_screen(site, path: str, *, user: Any = None, width: int = DESKTOP) -> Any:
    page = site(path, user=user, width=width)
    page.set_default_timeout(SECONDS * 1000)
    return page


def go(page: Any, path: str) -> None:
    page.goto(f"{page.url.split('/', 3)[0]}//{page.url.split('/', 3)[2]}{path}", wait_until="domcontentloaded")


def test_a_row_of_a_roster_becomes_three_months_at_work(site, people, run_jobs, tmp_path, monkeypatch):
    officer = open_screen(site, reverse("registers:batches"), user=people["officer"])
    file = import_the_row(officer, run_jobs, tmp_path)
    recommend_the_vacancy(officer, file)
    address = make_the_persons_link(officer, file)
    person = open_screen(site, address, width=PHONE)
    read_and_apply(person)
    door, code = make_the_employers_link(officer)
    employer = open_screen(site, door, width=PHONE)
    invite_and_hire(employer, code)
    sees_where_the_person_works(officer, file)
    move_the_clock(monkeypatch, months=3)
    # Nobody stays signed in for three months.
    officer = open_screen(site, file, user=people["officer"])
    ask_whether_still_there(officer, file)
    elsewhere = open_screen(site, reverse("employment:jobseekers"), user=people["elsewhere"])
    sees_nothing_of(elsewhere, PERSON)
    page = site(file, user=people["elsewhere"], status=404)
    sees_nothing_of(page, PERSON)


def import_the_row(page: Any, run_jobs, tmp_path) -> str:
    book = tmp_path / "失业人员.xlsx"
    book.write_bytes(survey(seeker(1, 姓名=PERSON, 手机="13700001234", 学历="高职", 技能="会用收银机")))
    page.set_input_files("input[type=file]", str(book))
    press(page, "上传并读取")
    page.wait_for_url("**/imports/*-*/")
    batch = path_of(page)
    run_jobs()
    go(page, batch)
    page.locator("main form[action$='/commit/'] button").click()
    page.wait_for_load_state()
    run_jobs()
    go(page, reverse("employment:jobseekers"))
    follow(page, PERSON)
    page.wait_for_url(re.compile(r"/employment/jobseekers/[0-9a-f-]{36}/$"))
    sees(page, "名册原值", "收银员")
    return path_of(page)


def recommend_the_vacancy(page: Any, file: str) -> None:
    follow(page, "推荐岗位")
    sees(page, POST, "符合意愿")
    press(page, "当面已告知")
    sees(page, "等待", "求职者本人")
    go(page, file)
    sees(page, POST, "已告知", "1/3 次")


def make_the_persons_link(page: Any, file: str) -> str:
    follow(page, "求职者本人页面")
    press(page, "生成链接")
    return urlsplit(page.locator("#address").input_value()).path


def read_and_apply(page: Any) -> None:
    sees_nothing_of(page, PERSON, POST)
    page.fill("input[name=typed]", "1234")
    press(page, "打开页面")
    sees(page, PERSON, POST)
    follow(page, POST)
    sees(page, "您感兴趣吗？")
    sees_nothing_of(page, "021-00005678")
    press(page, "我要报名")
    sees(page, "报名成功")


def make_the_employers_link(page: Any) -> tuple[str, str]:
    go(page, reverse("employment:employer_link", args=[Employer.objects.get(name=FIRM).uid]))
    press(page, "生成链接")
    code = re.search(r"验证码是 (\d{6})", page.inner_text("main"))
    assert code
    return urlsplit(page.locator("#address").input_value()).path, code[1]


def invite_and_hire(page: Any, code: str) -> None:
    sees_nothing_of(page, PERSON)
    page.fill("input[name=typed]", code)
    press(page, "打开页面")
    sees(page, PERSON, "会用收银机", "等您答复")
    sees_nothing_of(page, "13700001234", "1234", "就业困难", "失业")
    for word in ("邀请面试", "录用"):
        page.locator("summary", has_text="答复").first.click()
        page.locator("input[name=expected_on]").first.fill(clock.today().isoformat())
        press(page, word)
        sees(page, "谢谢，我们会转告求职者。")
    sees(page, "已录用")


def sees_where_the_person_works(page: Any, file: str) -> None:
    go(page, file)
    sees(page, "已录用", FIRM)


def move_the_clock(monkeypatch, *, months: int) -> None:
    today, now = add_months(clock.today(), months), clock.now() + timedelta(days=31 * months)
    monkeypatch.setattr(clock, "today", lambda: today)
    monkeypatch.setattr(clock, "now", lambda: now)


def ask_whether_still_there(page: Any, file: str) -> None:
    page.locator("section[aria-labelledby=recommendations]").get_by_role("link", name=POST).click()
    follow(page, "仍在岗")
    press(page, "保存")
    sees(page, "满三个月仍在岗")
    go(page, file)
    sees(page, "确认在岗")
