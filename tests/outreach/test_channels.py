"""What goes over the line, byte for byte, and what each answer means."""

import base64
import hashlib
import hmac
from urllib.parse import quote_plus
from uuid import UUID

import pytest

from sunward.core.refusals import Refusal
from sunward.outreach.actions import add_channel, change_channel, replace_key
from sunward.outreach.actions.receipts import ask_for_receipt, list_awaited
from sunward.outreach.channels.dingtalk import DingTalk
from sunward.outreach.channels.feishu import Feishu
from sunward.outreach.channels.mail import Mail
from sunward.outreach.channels.outlet import Letter, Verdict, Way
from sunward.outreach.channels.sms import TextMessages
from sunward.outreach.channels.wecom import WeCom
from sunward.outreach.enums import ChannelKind, Format, MessageState
from sunward.outreach.models import Channel
from tests.factories import NOW, make_district, make_person, make_subdistrict
from tests.outreach.arrangements import Clock, make_channel, officer, send_everything
from tests.outreach.test_writing import write

pytestmark = pytest.mark.django_db
UID = UUID("12345678-1234-5678-1234-567812345678")
ROBOT = Way("robot-key-0001")


def test_wecom_gets_exactly_this(wecom):
    answer = WeCom().send(Letter(UID, "【控江一群】招聘会\n周六9点"), ROBOT, now=NOW)
    assert answer.verdict == Verdict.SENT
    (call,) = wecom.calls
    assert (call.path, call.query) == ("/cgi-bin/webhook/send", {"key": "robot-key-0001"})
    assert call.raw == '{"msgtype":"text","text":{"content":"【控江一群】招聘会\\n周六9点"}}'.encode()
    assert call.headers["Content-Type"] == "application/json"


def test_wecom_markdown_may_be_twice_as_long(wecom):
    text = "中" * 1365
    assert WeCom().send(Letter(UID, text, Format.MARKDOWN), ROBOT, now=NOW).verdict == Verdict.SENT
    assert WeCom().send(Letter(UID, text, Format.TEXT), ROBOT, now=NOW).code == "40058"
    assert wecom.calls[0].body == {"msgtype": "markdown", "markdown": {"content": text}}


def test_wecom_counts_bytes_as_we_do(wecom):
    longest = "中" * 682 + "ab"
    assert len(longest.encode()) == WeCom().most_bytes(Format.TEXT)
    assert WeCom().send(Letter(UID, longest), ROBOT, now=NOW).verdict == Verdict.SENT
    assert WeCom().send(Letter(UID, longest + "c"), ROBOT, now=NOW).verdict == Verdict.REFUSED


def test_a_file_is_uploaded_first_and_then_sent(wecom):
    assert WeCom().send_file("活动安排.xlsx", b"PK\x03\x04 table", ROBOT).verdict == Verdict.SENT
    upload, message = wecom.calls
    assert upload.path == "/cgi-bin/webhook/upload_media"
    assert upload.query == {"key": "robot-key-0001", "type": "file"}
    assert b"PK\x03\x04 table" in upload.raw
    assert b'name="media"' in upload.raw
    assert message.body == {"msgtype": "file", "file": {"media_id": "3a8asd892asd8asd"}}


def test_a_file_whose_upload_broke_has_been_seen_by_nobody(wecom):
    wecom.next_answers.append("drop")
    assert WeCom().send_file("a.txt", b"12345", ROBOT).verdict == Verdict.LATER
    assert WeCom().send_file("a.txt", b"1234", ROBOT).code == "file_size"


def test_dingtalk_is_signed_as_its_guide_says(other_robot):
    answer = DingTalk().send(Letter(UID, "# 招聘会\n周六", Format.MARKDOWN), Way("ding-token-1", "SECabc"), now=NOW)
    assert answer.verdict == Verdict.SENT
    (call,) = other_robot.calls
    timestamp = str(round(NOW.timestamp() * 1000))
    code = hmac.new(b"SECabc", f"{timestamp}\nSECabc".encode(), digestmod=hashlib.sha256).digest()
    assert call.path == "/robot/send"
    assert call.query["timestamp"] == timestamp
    assert quote_plus(call.query["sign"]) == quote_plus(base64.b64encode(code))
    assert call.body == {"msgtype": "markdown", "markdown": {"title": "招聘会", "text": "# 招聘会\n周六"}}


def test_feishu_is_signed_as_its_guide_says(other_robot):
    answer = Feishu().send(Letter(UID, "招聘会"), Way("hook-token-1", "sekret"), now=NOW)
    assert answer.verdict == Verdict.SENT
    (call,) = other_robot.calls
    timestamp = int(NOW.timestamp())
    code = hmac.new(f"{timestamp}\nsekret".encode(), digestmod=hashlib.sha256).digest()
    assert call.path == "/open-apis/bot/v2/hook/hook-token-1"
    assert call.body == {
        "msg_type": "text", "content": {"text": "招聘会"}, "timestamp": str(timestamp),
        "sign": base64.b64encode(code).decode(),
    }  # fmt: skip


def test_a_text_message_carries_a_reference_and_a_link_and_no_words(gateway):
    make_channel(ChannelKind.SMS, unit=make_district(), address="gateway-token-1", template="T1", per_minute=600)
    message = write(make_person(phone="+8613800001234"), body="您的孩子周六出行")
    send_everything(Clock())
    (call,) = gateway.calls
    body = call.body
    link = body["params"].pop("link")
    assert body == {
        "id": str(message.uid), "to": "+8613800001234", "template": "T1", "params": {"reference": "G000001"},
    }  # fmt: skip
    assert link.startswith("https://sunward.example/m/")
    assert call.headers["Idempotency-Key"] == str(message.uid)
    assert "孩子".encode() not in call.raw
    assert b"\\u5b69" not in call.raw


def test_receipts_are_asked_for_and_what_did_not_arrive_waits_for_a_person(gateway):
    make_channel(ChannelKind.SMS, unit=make_district(), address="gateway-token-1", template="T1", per_minute=600)
    messages = [write(make_person(phone="+8613800001234"), key=f"k{number}") for number in range(3)]
    send_everything(Clock())
    [message.refresh_from_db() for message in messages]
    gateway.states |= {messages[0].receipt: "arrived", messages[1].receipt: "failed"}
    assert list_awaited(now=NOW) == [message.pk for message in messages]
    for message in messages:
        ask_for_receipt(message_id=message.pk, now=NOW)
    [message.refresh_from_db() for message in messages]
    assert messages[0].arrived_at == NOW
    assert (messages[1].state, messages[1].last_error) == (MessageState.DEAD, "absent_subscriber")
    assert list_awaited(now=NOW) == [messages[2].pk]


def test_a_number_that_is_none_is_dead_at_once(gateway):
    make_channel(ChannelKind.SMS, unit=make_district(), address="gateway-token-1", template="T1", per_minute=600)
    message = write(make_person(phone="+8613800000000"))
    send_everything(Clock())
    message.refresh_from_db()
    assert (message.state, message.last_error) == (MessageState.DEAD, "invalid_number")


@pytest.mark.parametrize(
    ("outlet", "pasted", "kept"),
    [
        (WeCom(), "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx-4bc4", "693a91f6-7xxx-4bc4"),
        (WeCom(), " 693a91f6-7xxx-4bc4 ", "693a91f6-7xxx-4bc4"),
        (WeCom(), "http://evil.example/", ""),
        (WeCom(), "short", ""),
        (DingTalk(), "https://oapi.dingtalk.com/robot/send?access_token=0123456789abcdef", "0123456789abcdef"),
        (Feishu(), "https://open.feishu.cn/open-apis/bot/v2/hook/f19a-0000-0000", "f19a-0000-0000"),
        (Feishu(), "https://evil.example/hook/../../x", ""),
        (TextMessages(), "a token", ""),
        (Mail(), "smtps://a:b@mail.example.cn", "smtps://a:b@mail.example.cn"),
        (Mail(), "http://mail.example.cn", ""),
    ],
)
def test_of_what_is_pasted_only_the_key_is_kept(outlet, pasted, kept):
    assert outlet.read_address(pasted) == kept


def test_a_channel_is_set_up_and_its_key_can_be_replaced_but_not_read():
    actor = officer()
    channel = add_channel(
        actor=actor, unit_id=make_subdistrict().pk, kind=ChannelKind.WECOM, name="控江群机器人", now=NOW,
        address="https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=robot-key-0001",
    )  # fmt: skip
    assert Channel.objects.get().address == "robot-key-0001"
    change_channel(actor=actor, channel_id=channel.uid, version=1, name="新名", per_minute=5, now=NOW)
    replace_key(actor=actor, channel_id=channel.uid, version=2, address="robot-key-0002", now=NOW)
    found = Channel.objects.get()
    assert (found.name, found.per_minute, found.address, found.version) == ("新名", 5, "robot-key-0002", 3)
    with pytest.raises(Refusal, match=r"outreach\.channel_changed"):
        replace_key(actor=actor, channel_id=channel.uid, version=1, address="robot-key-0003", now=NOW)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"address": "x"}, "address_not_understood"),
        ({"name": " "}, "name_missing"),
        ({"per_minute": 0}, "rate_impossible"),
        ({"kind": ChannelKind.EMAIL, "address": "smtp://h"}, "sender_missing"),
        ({"kind": ChannelKind.SMS}, "template_missing"),
        ({"kind": ChannelKind.IN_APP}, "kind_needs_no_channel"),
    ],
)
def test_a_channel_that_could_not_work_is_not_set_up(wrong, code):
    said = {"kind": ChannelKind.WECOM, "name": "机器人", "address": "robot-key-0001", "per_minute": 20} | wrong
    with pytest.raises(Refusal, match=rf"outreach\.{code}"):
        add_channel(actor=officer(), unit_id=make_subdistrict().pk, now=NOW, **said)
