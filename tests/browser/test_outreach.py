"""Outreach in a browser: nobody is kept out, keys stay unseen, a digest goes from choosing to sending by keyboard."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.core import clock
from sunward.outreach.actions import compose_digest, suspend_messages, write_personal
from sunward.outreach.enums import MessagePurpose, MessageState
from sunward.outreach.links import token_of
from sunward.outreach.models import Channel, Digest, Message
from tests.browser.conftest import DESKTOP, PHONE
from tests.factories import actor_of, make_child, make_committee, make_officer, make_person, make_user
from tests.outreach.arrangements import make_channel, make_group

pytestmark = pytest.mark.browser
SIGHTS = pytest.mark.parametrize(("width", "language"), [(DESKTOP, "zh-hans"), (PHONE, "zh-hans"), (PHONE, "en")])


@pytest.fixture
def officer(transactional_db):
    cache.clear()
    return make_officer(name="欧阳明珠·阿力木江")


def url(name, *args):
    return reverse(f"outreach:{name}", args=args)


def fill(officer):
    """One of everything: a channel that works, one in trouble, a draft, dead and uncertain messages, an inbox."""
    actor, now, on = actor_of(officer, on=clock.today()), clock.now(), clock.today()
    Channel.objects.filter(pk=make_channel().pk).update(last_error="93000")
    group = make_group("凤城六村与控江路沿线求职互助第一群", channel=make_channel())
    draft = compose_digest(actor=actor, group_id=group.uid, on=on, now=now)
    case = make_child("买买提·吐尔逊", unit=make_committee(name="凤城六村第一居民委员会（北区）"))
    said = {
        "purpose": MessagePurpose.VISIT, "reference": case.reference, "unit_path": case.unit_path, "now": now,
        "body": "请带好材料，周六上午九点到社区文化活动中心。",
    }  # fmt: skip
    messages = [write_personal(key=f"p{number}", person_id=case.person_id, **said) for number in range(3)]
    Message.objects.filter(pk=messages[0].pk).update(state=MessageState.DEAD, last_error="not_arrived")
    Message.objects.filter(pk=messages[1].pk).update(state=MessageState.UNCERTAIN, last_error="no_answer")
    letter = write_personal(key="own", user_id=officer.pk, **said)
    suspend_messages(
        actor=actor, person_id=case.person.uid, reason="已电话联系", from_on=on, on=on, now=now,
        until_on=on + timedelta(days=7),
    )  # fmt: skip
    return {"group": group, "draft": draft, "message": messages[1], "letter": letter, "person": case.person}


@SIGHTS
def test_the_pages_are_fit_for_everybody_when_full(site, find_barriers, officer, language, width):
    made = fill(officer)
    addresses = [url(name) for name in ("channels", "channel_kinds", "groups", "group_new", "digests", "compose")]
    addresses += [url("messages"), url("messages") + "?state=sent", url("inbox")]
    addresses += [
        url("channel_new", "dingtalk"),
        url("channel", made["group"].channel.uid),
        url("group", made["group"].uid),
        url("digest", made["draft"].uid),
        url("message", made["message"].uid),
        url("person", made["person"].uid),
        url("letter", made["letter"].uid),
        reverse("home"),
    ]
    for address in addresses:
        page = site(address, user=officer, language=language, width=width)
        assert not find_barriers(page), address


@SIGHTS
def test_the_pages_are_fit_for_everybody_when_empty(site, find_barriers, officer, language, width):
    for name in ("channels", "groups", "digests", "compose", "messages", "inbox"):
        page = site(url(name), user=officer, language=language, width=width)
        assert not find_barriers(page), name


@pytest.mark.parametrize("is_large", [False, True])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_an_inbox_on_a_phone_is_read_with_a_thumb(site, find_barriers, transactional_db, language, is_large):
    mentor = make_officer(Role.MENTOR, make_committee())
    letter = write_personal(
        key="own", user_id=mentor.pk, purpose=MessagePurpose.GATHERING, reference="G000001", unit_path="/310110/",
        now=clock.now(), body="周六的活动改到了下午两点\n\n集合地点不变。",
    )  # fmt: skip
    page = site(url("inbox"), user=mentor, width=PHONE, language=language, is_large=is_large)
    assert not find_barriers(page)
    line = page.get_by_role("link", name="周六的活动改到了下午两点")
    line.click()
    page.get_by_role("status").filter(has_text="已读" if language != "en" else "Read").wait_for()
    assert not find_barriers(page)
    letter.refresh_from_db()
    assert letter.read_at is not None


def test_the_page_behind_a_link_opens_on_a_phone_for_whoever_knows_the_number(site, find_barriers, transactional_db):
    person = make_person("欧阳明珠", phone="+8613800001234")
    message = write_personal(
        key="link", purpose=MessagePurpose.VISIT, reference="C000001", body="周六九点，请带好材料。",
        unit_path=person.unit_path, person_id=person.pk, now=clock.now(),
    )  # fmt: skip
    address = reverse("message_link", args=[token_of(message)])
    page = site(address, width=PHONE, complaining="422")
    assert not find_barriers(page)
    page.get_by_label("手机号后四位").fill("9999")
    page.keyboard.press("Enter")
    page.get_by_text("请再").or_(page.locator(".errorlist")).first.wait_for()
    assert not find_barriers(page)
    page.get_by_label("手机号后四位").fill("1234")
    page.get_by_role("button", name="打开消息").click()
    page.get_by_text("周六九点，请带好材料。").wait_for()
    assert not find_barriers(page)
    closed = site(reverse("message_link", args=["made.up"]), width=PHONE, status=404)
    assert not find_barriers(closed)


def test_a_digest_goes_out_by_keyboard_and_can_be_taken_back(site, find_barriers, officer):
    group = make_group("控江一群")
    page = site(url("compose"), user=officer, complaining="422")
    page.get_by_role("checkbox").first.focus()
    page.get_by_role("button", name="编写并预览").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="群里看到的样子").wait_for()
    words = page.get_by_role("textbox", name="开头的话")
    make_person("百里守约")
    words.fill("请找百里守约报名")
    page.get_by_role("button", name="保存并重新预览").press("Enter")
    page.get_by_role("alert").get_by_text("百里守约").wait_for()
    assert not find_barriers(page)
    page.get_by_role("textbox", name="开头的话").fill("欢迎来坐坐")
    page.get_by_role("button", name="保存并重新预览").press("Enter")
    page.locator(".out-bubble").get_by_text("欢迎来坐坐").wait_for()
    shown = page.locator(".out-bubble").all_inner_texts()
    page.get_by_role("button", name="通过并发送").press("Enter")
    page.get_by_text("在此之前可以撤回").wait_for()
    assert [message.body for message in Message.objects.filter(group=group)] == shown
    assert not find_barriers(page)
    page.get_by_role("button", name="撤回").press("Enter")
    page.get_by_text("什么都没有发出去").wait_for()
    assert Digest.objects.get().state == "discarded"
    assert not find_barriers(page)


def test_a_key_is_not_in_the_page_after_it_was_saved(site, officer):
    make_committee()
    page = site(url("channel_new", "wecom"), user=officer)
    page.get_by_label("渠道名称").fill("控江机器人")
    page.get_by_label("Webhook 地址").fill("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a-7aoc-4bc4")
    page.get_by_role("button", name="保存").click()
    page.get_by_text("渠道已添加").wait_for()
    assert "693a-7aoc" not in page.content()
    assert page.get_by_label("Webhook 地址").input_value() == ""


def test_a_stranger_without_a_post_has_no_bell(site, transactional_db):
    page = site(reverse("home"), user=make_user(), status=403)
    assert page.get_by_role("link", name="收件箱").count() == 0
