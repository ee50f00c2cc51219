"""One child, from the first worry to the last goodbye, as six people live it, each with a screen of their own.

Nothing is arranged but the people and their posts: every step is taken on a page, on a phone where she would hold one.
After each step whom it concerns sees it, and whom it does not concern sees nothing.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.core import clock
from tests.browser.conftest import DESKTOP, PHONE
from tests.factories import give_post, make_committee, make_mentor, make_officer, make_subdistrict, make_user

pytestmark = pytest.mark.browser
CHILD, GRANDMOTHER, MENTOR, WORKER, SUPERVISOR = "欧阳小雨", "陈秀英", "诸葛慧敏", "方晓晴", "陆春晖"
COMMITTEE = "控江路一二〇〇弄居民委员会"
ON_PHONES = ("worker", "mentor", "grandmother", "another mentor", "worker next door")
SECONDS = 15


@dataclass
class Story:
    """Who takes part; the screen of each stays open. What they find out on the way is kept for the next step."""

    site: Callable[..., Any]
    run_jobs: Callable[[], int]
    users: dict[str, Any]
    screens: dict[str, Any] = field(default_factory=dict)
    worry: str = ""
    child: str = ""
    match: str = ""
    own_child: str = ""
    card: str = ""

    def at(self, who: str, path: str) -> Any:
        """Her own screen, at `path`."""
        if who in self.screens:
            page = self.screens[who]
            page.goto(f"{origin_of(page)}{path}", wait_until="domcontentloaded")
            return page
        width = PHONE if who in ON_PHONES else DESKTOP
        page = self.screens[who] = self.site(path, user=self.users.get(who), width=width, is_large=who == "mentor")
        page.set_default_timeout(SECONDS * 1000)
        return page

    def home(self, who: str) -> Any:
        return self.at(who, reverse("home"))

    def is_not_there(self, path: str, *, to: tuple[str, ...], status: int = 404) -> None:
        """Not hers is not there; 403 where no post of her kind opens any such page. No word of the child in either.

        Asked with the cookies of her own screen, as a link that was sent on would.
        """
        for who in to:
            page = self.screens.get(who) or self.home(who)
            answer = page.request.get(f"{origin_of(page)}{path}")
            assert answer.status == status, f"{path} answered {answer.status} to the {who}"
            assert not [word for word in (CHILD, GRANDMOTHER) if word in answer.text()], f"{path} tells the {who}"


def origin_of(page: Any) -> str:
    return f"{urlsplit(page.url).scheme}://{urlsplit(page.url).netloc}"


@pytest.fixture
def story(site, run_jobs, transactional_db) -> Story:
    cache.clear()
    here, next_door = make_committee(name=COMMITTEE), make_committee("310110012002", name="双阳居委会")
    elsewhere = make_subdistrict("310110019", name="五角场街道")
    users = {
        "worker": make_officer(Role.WORKER, here, name=WORKER),
        "worker next door": make_officer(Role.WORKER, next_door, name="毛建华"),
        "supervisor": make_officer(Role.SUPERVISOR, here.parent, name=SUPERVISOR),
        "supervisor elsewhere": make_officer(Role.SUPERVISOR, elsewhere, name="钱立群"),
        "officer": make_officer(name="沈一鸣"),
    }
    for who, name in (("mentor", MENTOR), ("another mentor", "令狐美兰")):
        users[who] = make_user(name=name)
        give_post(users[who], Role.MENTOR, here)
        vetted_on = clock.today() - timedelta(days=60)
        make_mentor(name, unit=here, user=users[who], vetted=who == "mentor", vetted_on=vetted_on)
    return Story(site, run_jobs, users)


def press(page: Any, words: str, *, role: str = "button") -> None:
    page.locator("main").get_by_role(role, name=words).first.click()


def follow(page: Any, words: str) -> None:
    press(page, words, role="link")


def path_of(page: Any) -> str:
    return urlsplit(page.url).path


def sees(page: Any, *words: str) -> None:
    for word in words:
        page.get_by_text(word).first.wait_for(timeout=SECONDS * 1000)


def sees_nothing_of(page: Any, *words: str) -> None:
    shown = page.inner_text("body")
    assert not [word for word in words if word in shown], f"{page.url} says too much"


def fill(page: Any, said: dict[str, str]) -> None:
    """What is typed or chosen in the fields, by their labels."""
    for label, value in said.items():
        box = page.locator("main form").get_by_label(label).first
        if box.evaluate("e => e.tagName") == "SELECT":
            box.select_option(label=value)
        else:
            box.fill(value)


def test_a_worry_becomes_a_file_a_friendship_and_a_goodbye(story):
    report_the_worry(story)
    look_into_it_and_open_the_file(story)
    judge_the_risk_and_draw_up_the_plan(story)
    write_down_the_guardian_and_what_she_agrees_to(story)
    find_the_neighbour_mom(story)
    arrange_the_first_meeting(story)
    sign_and_confirm(story)
    visit_and_come_back_safely(story)
    read_the_visit_and_answer(story)
    let_the_grandmother_look_and_ask(story)
    call_for_help_and_be_heard(story)
    reach_the_goal_and_end_the_match(story)
    say_goodbye(story)
    lower_the_risk_as_two(story)
    close_the_file(story)


def report_the_worry(story: Story) -> None:
    page = story.home("worker")
    follow(page, "我担心一个孩子")
    page.get_by_text("没有，或不清楚", exact=True).click()
    page.get_by_text("常常独自一人，或无人照看").click()
    fill(page, {"看到或听到了什么": "放学后总是一个人在楼下待到天黑", "孩子姓名": CHILD})
    press(page, "提交")
    sees(page, "谢谢您的留心", "已收到")
    story.worry = re.search(r"W\d{6}", page.inner_text("main"))[0]
    # Whoever reports is thanked; of the child nothing is said again.
    sees_nothing_of(page, CHILD)
    for who in ("worker next door", "supervisor elsewhere", "another mentor"):
        sees_nothing_of(story.home(who), story.worry)


def look_into_it_and_open_the_file(story: Story) -> None:
    page = story.home("supervisor")
    sees(page, "待核查的线索")
    follow(page, story.worry)
    press(page, "我来核查")
    sees(page, "核查中")
    story.is_not_there(path_of(page), to=("supervisor elsewhere",))
    story.is_not_there(path_of(page), to=("worker", "mentor"), status=403)
    reporter = story.screens["worker"]
    reporter.reload()
    sees(reporter, "已受理")
    follow(page, "归入档案或新建档案")
    follow(page, "据此新建档案")
    assert page.get_by_label("姓名必填").input_value() == CHILD
    fill(
        page,
        {"性别": "女", "出生日期": "2017-03-08", "监护情况": "隔代照料", "困境类型": "留守儿童", "是否愿意结对": "是"},
    )
    page.get_by_label("陪伴").check()
    press(page, "保存")
    page.wait_for_url(re.compile(r"/mentoring/children/[0-9a-f-]{36}/$"))
    story.child = path_of(page)
    sees(page, CHILD, "隔代照料", "低风险", story.worry)
    story.is_not_there(story.child, to=("worker next door", "supervisor elsewhere"))
    reporter.reload()
    sees(reporter, "已核查")


def judge_the_risk_and_draw_up_the_plan(story: Story) -> None:
    page = story.screens["supervisor"]
    follow(page, "评估")
    page.get_by_label("照料人年老、患病或残疾，已力不从心").check()
    page.get_by_label("父母双方一个月以上未联系孩子").check()
    sees(page, "共 4 分")
    press(page, "保存评估")
    page.wait_for_url(f"**{story.child}")
    sees(page, "中风险", "按评估表 2026-1 计 4 分")
    follow(page, "制定")
    fill(page, {"与家庭的约定": "外婆接送，邻家妈妈每周六来"})
    press(page, "制定照护计划")
    sees(page, "每周有人抽时间陪伴孩子", "外婆接送，邻家妈妈每周六来")


def write_down_the_guardian_and_what_she_agrees_to(story: Story) -> None:
    page = story.at("supervisor", story.child)
    page.locator(f"a[href='{story.child}guardians/new/']").click()
    fill(page, {"姓名": GRANDMOTHER, "与儿童关系": "外婆", "电话": "13800001234", "是否同住": "是"})
    press(page, "添加监护人")
    page.wait_for_url(f"**{story.child}")
    page.locator(f"a[href='{story.child}consents/new/']").click()
    for purpose in ("建立档案", "与邻家妈妈结对", "向邻家妈妈提供信息"):
        page.get_by_label(purpose, exact=True).check()
    fill(page, {"同意人": f"{GRANDMOTHER}（外婆）"})
    press(page, "登记同意或其他依据")
    page.wait_for_url(f"**{story.child}")
    sees_nothing_of(page, "建立档案、")
    follow(page, "打开页面")
    follow(page, "制作家庭卡")
    fill(page, {"居委会电话": "021-65000012"})
    press(page, "制作家庭卡")
    sees(page, "您自己手机号的后四位。")
    story.card = urlsplit(page.locator("#address").input_value()).path


def find_the_neighbour_mom(story: Story) -> None:
    sees_nothing_of(story.home("mentor"), CHILD)
    page = story.at("supervisor", reverse("matching:runs"))
    press(page, "开始匹配")
    page.wait_for_url("**/matching/runs/*/")
    run = path_of(page)
    # The page asks every two seconds how far it is; whoever has started it may leave.
    story.home("supervisor")
    story.run_jobs()
    page = story.at("officer", run)
    follow(page, CHILD)
    sees(page, MENTOR, "为什么是她", "从业查询无效或已过期")
    press(page, "同意结对")
    sees(page, "等待第一次见面")
    # Proposed and approved is not yet met.
    sees_nothing_of(story.home("mentor"), CHILD)


def arrange_the_first_meeting(story: Story) -> None:
    page = story.home("supervisor")
    sees(page, "等待安排首次见面的结对")
    follow(page, f"{CHILD} · {MENTOR}")
    story.match = path_of(page)
    follow(page, "安排首次见面")
    page.locator("#id_first_meeting_on").fill(clock.today().isoformat())
    fill(page, {"我方到场人": f"{WORKER} · 儿童主任 · {COMMITTEE}", "约定时间": "周六下午两点"})
    press(page, "安排首次见面")
    page.wait_for_url(f"**{story.match}")
    sees(page, "首次见面已安排")
    sees(story.home("worker"), "第一次见面时到场陪同")
    page = story.home("mentor")
    follow(page, CHILD)
    story.own_child = path_of(page)
    sees(page, "首次见面", "周六下午两点", GRANDMOTHER)
    story.is_not_there(story.own_child, to=("another mentor",))
    # Hers is the page of her match; the file itself is for those who keep it.
    story.is_not_there(story.child, to=("mentor",), status=403)


def sign_and_confirm(story: Story) -> None:
    page = story.at("supervisor", story.match)
    follow(page, "登记三方签署")
    press(page, "登记三方签署")
    page.wait_for_url(f"**{story.match}")
    sees(page, "协议已登记")
    press(page, "确认正式结对")
    page.locator("[data-ask-yes]").click()
    sees(page, "结对已确认")


def visit_and_come_back_safely(story: Story) -> None:
    page = story.at("mentor", story.own_child)
    press(page, "我出发了")
    sees(page, "如果没有点，过预计时间半小时会告诉居委")
    press(page, "我已平安返回")
    sees(page, "平安回来就好")
    page = story.home("mentor")
    follow(page, "记一次探访")
    page.get_by_text("见到了孩子", exact=True).click()
    page.get_by_text("学校和作业", exact=True).click()
    page.get_by_text("我注意到孩子有需要").click()
    page.locator("#id_needs_noticed").get_by_text("健康", exact=True).click()
    page.get_by_label(re.compile("有什么要记下的吗")).fill("一起写了作业，她说看不清黑板")
    page.locator("#id_next_on").fill((clock.today() + timedelta(days=7)).isoformat())
    press(page, "保存探访")
    page.wait_for_url(f"**{story.own_child}")
    sees(page, "上门探访 · 60 分钟", "看不清黑板")


def read_the_visit_and_answer(story: Story) -> None:
    page = story.home("supervisor")
    sees(page, "还没有人读的探访")
    follow(page, CHILD)
    sees(page, "一起写了作业，她说看不清黑板", "健康")
    fill(page, {"您的回复": "谢谢您！本周带她查视力。"})
    press(page, "回复她")
    sees(page, "已回复，并已告诉她")
    page = story.at("supervisor", story.child)
    sees(page, "探访中注意到：健康")
    follow(page, "上门探访")
    sees(page, f"{SUPERVISOR}已读")
    sees(story.at("mentor", story.own_child), f"{SUPERVISOR}已读", "谢谢您！本周带她查视力。")
    sees_nothing_of(story.home("another mentor"), CHILD)


def let_the_grandmother_look_and_ask(story: Story) -> None:
    page = story.at("grandmother", story.card)
    # A card that was found tells nobody whose it is.
    sees_nothing_of(page, CHILD, GRANDMOTHER)
    fill(page, {"四位数字": "1234"})
    press(page, "打开页面")
    sees(page, "诸葛妈妈", "周六下午两点", "谁看过档案", "区级项目负责人", "邻家妈妈")
    # She sees the office, not who it was, and nothing of what was written.
    sees_nothing_of(page, SUPERVISOR, WORKER, "看不清黑板", "中风险", story.worry)
    fill(page, {"您想说什么": "周六能改到三点吗"})
    press(page, "我有疑问")
    sees(page, "您的问题已收到")
    page = story.home("worker")
    sees(page, "家人有问题：请答复")
    follow(page, CHILD)
    page.locator(f"a[href='{story.child}family/']").click()
    fill(page, {"答复": "可以，我们告诉她。"})
    press(page, "答复")
    sees(page, "答复已显示在家庭页面上")
    page = story.at("grandmother", story.card)
    sees(page, "可以，我们告诉她。", "儿童主任")


def call_for_help_and_be_heard(story: Story) -> None:
    page = story.at("mentor", story.own_child)
    follow(page, "紧急求助")
    press(page, "照料人生病或住院")
    sees(page, f"已告知 {WORKER}")
    helper = story.home("worker")
    sees(helper, "还没有人应答")
    sees_nothing_of(story.home("worker next door"), CHILD, "照料人生病或住院")
    follow(helper, CHILD)
    press(helper, "我来处理")
    sees(helper, "由您处理")
    # Her page asks by itself every five seconds.
    sees(page, f"{WORKER}从")
    story.home("mentor")
    helper.get_by_text("结束或虚惊").click()
    helper.locator("form[action$='/over/'] textarea").fill("外婆已出院，孩子在家")
    helper.locator("form[action$='/over/'] [type=submit]").first.click()
    sees(helper, "已结束")


def reach_the_goal_and_end_the_match(story: Story) -> None:
    page = story.at("supervisor", f"{story.child}plan/")
    follow(page, "了结")
    page.get_by_text("已达成", exact=True).click()
    fill(page, {"结果": "她每天有人陪到天黑"})
    page.get_by_label("该需求也已满足").check()
    press(page, "了结目标")
    sees(page, "她每天有人陪到天黑")
    page = story.at("supervisor", story.match)
    follow(page, "结束结对")
    page.get_by_text("按计划结束：约定的目标已达成").click()
    press(page, "结束结对")
    page.wait_for_url(f"**{story.match}")
    sees(page, "她不能再看孩子的页面")


def say_goodbye(story: Story) -> None:
    page = story.screens["supervisor"]
    follow(page, "登记告别")
    fill(page, {"感谢的话": "谢谢诸葛阿姨，我会想您的"})
    press(page, "登记告别")
    page.wait_for_url(f"**{story.match}")
    sees(page, "谢谢诸葛阿姨，我会想您的")
    sees(story.at("grandmother", story.card), "目前没有人来")
    see_nothing_of_the_child_any_more(story)


def see_nothing_of_the_child_any_more(story: Story) -> None:
    """A closed match opens nothing: not the page, not a form behind it, not what she wrote herself."""
    page = story.home("mentor")
    sees(page, "您目前没有结对的孩子")
    sees_nothing_of(page, CHILD, GRANDMOTHER)
    behind = ("", "visit/", "visits/", "call/", "wish/", "report/")
    for part in behind:
        story.is_not_there(f"{story.own_child}{part}", to=("mentor",))
    door = story.site(story.own_child, user=story.users["mentor"], width=PHONE, status=404)
    sees(door, "这里什么也没有")
    door.context.close()


def lower_the_risk_as_two(story: Story) -> None:
    page = story.at("supervisor", story.child)
    follow(page, "评估")
    fill(page, {"原因": "外婆身体好转，父母每周来电"})
    press(page, "保存评估")
    page.wait_for_url(f"**{story.child}")
    sees(page, "须另一人确认后生效", "中风险")
    page = story.home("officer")
    sees(page, "风险下调，待第二人确认")
    follow(story.home("officer"), CHILD)
    press(page, "确认")
    sees(page, "低风险 ", "复核人：沈一鸣")


def close_the_file(story: Story) -> None:
    page = story.at("supervisor", story.child)
    follow(page, "结案")
    fill(page, {"原因": "不再需要帮助"})
    press(page, "结案")
    page.wait_for_url(f"**{story.child}")
    sees(page, "已结案：不再需要帮助")
    see_nothing_of_the_child_any_more(story)
    story.is_not_there(story.card, to=("grandmother",))
    card = story.site(story.card, width=PHONE, status=404)
    sees(card, "这个页面没有开放", "请联系居委会")
    for who in ("supervisor", "worker", "officer"):
        sees_nothing_of(story.home(who), CHILD)
