"""A bulletin from the first word to the paper, and its pages for everybody."""

from uuid import uuid4

import pytest
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.core import clock
from sunward.figures.actions.bulletins import publish_bulletin, write_bulletin
from tests import factories as make
from tests.browser.conftest import DESKTOP, PHONE
from tests.figures.bulletin_builders import text

pytestmark = pytest.mark.browser
SERVICES = "employment.services"
LONG = (
    "# 工作开展情况\n"
    + "走进社区，一户一户上门了解情况。" * 40
    + f"服务[[{SERVICES}|年初以来]]人次。\n[[{SERVICES}|年初以来|按月]]"
)


@pytest.fixture
def officers(transactional_db):
    users = [make.make_user(name=name) for name in ("夏知晓", "秦望舒")]
    for user in users:
        make.give_post(user, Role.EMPLOYMENT_OFFICER, make.make_district(), from_on=make.TODAY.replace(year=2020))
    return users


def write(user):
    on, now = clock.today(), clock.now()
    return write_bulletin(
        actor=make.actor_of(user, on=on), key=uuid4(), programme="employment", unit_id=make.make_district().pk, now=now,
        written=text(LONG, until_on=on, title="很长的题目" * 12, report_to="区委办公室" * 10),
    )  # fmt: skip


def publish(user, bulletin):
    on, now = clock.today(), clock.now()
    return publish_bulletin(
        actor=make.actor_of(user, on=on), bulletin_id=bulletin.uid, version=bulletin.version, on=on, now=now
    )


def test_a_press_puts_a_figure_where_the_cursor_stands_and_a_table_on_a_line_of_its_own(site, officers):
    page = site(reverse("figures:bulletin_new"), user=officers[0])
    body = page.locator("textarea[name=body]")
    body.fill("本月服务人次。")
    body.evaluate("one => one.setSelectionRange(4, 4)")
    page.locator(f"[data-insert='{SERVICES}']").click()
    page.get_by_role("status").get_by_text(f"[[{SERVICES}]]").wait_for()
    assert body.input_value() == f"本月服务[[{SERVICES}]]人次。"
    body.evaluate("one => one.setSelectionRange(one.value.length, one.value.length)")
    page.locator("#insert-shape").select_option(label="按月的表格")
    page.locator(f"[data-insert='{SERVICES}']").click()
    page.get_by_role("status").get_by_text("按月").wait_for()
    assert body.input_value().endswith(f"人次。\n[[{SERVICES}|年初以来|按月]]\n")


@pytest.mark.parametrize(("width", "language"), [(DESKTOP, "zh-hans"), (PHONE, "en"), (PHONE, "zh-hans")])
def test_the_pages_of_bulletins_are_fit_for_everybody(site, find_barriers, officers, width, language):
    writer, second = officers
    draft, published = write(writer), publish(second, write(writer)).bulletin
    pages = [
        ("bulletins", ()), ("bulletin_new", ()), ("bulletin", (draft.uid,)), ("bulletin_edit", (draft.uid,)),
        ("bulletin", (published.uid,)), ("bulletin_erratum", (published.uid,)),
    ]  # fmt: skip
    for name, keys in pages:
        page = site(reverse(f"figures:{name}", args=keys), user=second, language=language, width=width)
        assert not find_barriers(page), name
