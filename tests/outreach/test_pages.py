"""The pages of channels, groups, digests and messages: what stands on them, what must not, and what a press does."""

import re
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.core import clock
from sunward.gatherings.models import Gathering
from sunward.outreach.actions import approve_digest, compose_digest, write_personal
from sunward.outreach.enums import ChannelKind, DeliveryOutcome, DigestState, MessagePurpose, MessageState
from sunward.outreach.models import Channel, Delivery, Digest, Group, Message
from sunward.outreach.queries.words import say_error
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.outreach.arrangements import ROBOT_KEY, make_channel, make_group

pytestmark = pytest.mark.django_db
WECOM = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key="


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def officer(client):
    cache.clear()
    user = make.make_officer(name="沈向阳", password="a long password")
    client.force_login(user)
    return make.actor_of(user)


def url(name, *args):
    return reverse(f"outreach:{name}", args=args)


def text(page):
    return page.content.decode()


def say(channel, code, **more):
    Channel.objects.filter(pk=channel.pk).update(last_error=code, **more)


# Channels


def test_a_key_that_was_pasted_is_stored_and_never_shown_again(client, officer):
    unit = make.make_subdistrict()
    said = {"unit": unit.pk, "name": "控江机器人", "address": f"{WECOM}693axxx6-7aoc-4bc4", "per_minute": "20"}
    answer = client.post(url("channel_new", "wecom"), said, follow=True)
    channel = Channel.objects.get()
    assert channel.address == "693axxx6-7aoc-4bc4"
    assert answer.redirect_chain[-1][0] == url("channel", channel.uid)
    for page in (answer, client.get(url("channels")), client.get(url("channel", channel.uid))):
        assert "控江机器人" in text(page)
        assert "693axxx6" not in text(page)


def test_what_no_chat_program_can_have_shown_is_said_beside_the_field(client, officer):
    said = {"unit": make.make_subdistrict().pk, "name": "机器人", "address": "我也不知道", "per_minute": "20"}
    answer = client.post(url("channel_new", "wecom"), said)
    assert answer.status_code == 422
    assert "address" in answer.context["form"].errors
    assert not Channel.objects.exists()


def test_an_empty_key_keeps_the_stored_one_and_a_new_one_replaces_it(client, officer):
    channel = make_channel()
    say(channel, "93000")
    said = {"name": "新名", "per_minute": "15", "version": "1", "address": ""}
    assert client.post(url("channel", channel.uid), said).status_code == 302
    channel.refresh_from_db()
    assert (channel.name, channel.per_minute, channel.address, channel.last_error) == ("新名", 15, ROBOT_KEY, "93000")
    client.post(url("channel", channel.uid), said | {"version": "2", "address": "another-key-0002"})
    channel.refresh_from_db()
    assert (channel.address, channel.last_error) == ("another-key-0002", "")


def test_the_list_says_in_words_how_each_channel_fares(client, officer):
    say(make_channel(), "45009", paused_until=NOW + timedelta(minutes=3))
    say(make_channel(), "93000")
    make_channel()
    rows = client.get(url("channels")).context["channels"]
    assert [str(row.health) for row in rows] == ["暂停中", "有问题", "正常"]
    assert "发送太快，企业微信要求稍等" in rows[0].health_note
    assert "机器人已不在群里" in rows[1].health_note


@pytest.mark.parametrize("code", ["45009", "93000", "no_connection", "http_404", "smtp_535", "12345"])
def test_every_code_becomes_a_sentence(code):
    words = say_error(ChannelKind.WECOM, code)
    assert re.search("[\u4e00-\u9fff]{4}", words)
    assert say_error(ChannelKind.WECOM, "") == ""


def test_a_test_goes_to_the_robots_group_once_a_minute(client, officer):
    channel = make_channel()
    assert client.post(url("channel_test", channel.uid)).status_code == 422
    make_group(channel=channel)
    for _press in range(2):
        answer = client.post(url("channel_test", channel.uid))
    message = Message.objects.get()
    assert answer.url == url("message", message.uid)
    assert message.body.startswith("这是向阳的一条测试消息")


def test_a_channel_that_is_off_sends_no_test_and_can_be_switched_on(client, officer):
    channel = make_group().channel
    client.post(url("channel_switch", channel.uid), {"to": "off", "version": "1"})
    assert client.post(url("channel_test", channel.uid)).status_code == 422
    assert client.post(url("channel_switch", channel.uid), {"to": "on", "version": "1"}).status_code == 409
    client.post(url("channel_switch", channel.uid), {"to": "on", "version": "2"})
    assert Channel.objects.get().is_active


# Groups


def test_a_group_is_written_down_with_a_robot_that_serves_no_other(client, officer):
    taken, free = make_group("一群").channel, make_channel()
    said = {"unit": make.make_subdistrict().pk, "name": "二群", "channel": str(free.uid)}
    page = client.get(url("group_new"))
    offered = [value for value, _label in page.context["form"].fields["channel"].choices]
    assert str(free.uid) in map(str, offered)
    assert str(taken.uid) not in map(str, offered)
    assert client.post(url("group_new"), said).status_code == 302
    assert Group.objects.get(name="二群").channel == free


def test_the_list_says_what_was_sent_last_and_what_comes_next(client, officer):
    group = make_group()
    assert [str(row.next_word) for row in client.get(url("groups")).context["groups"]] == [""]
    draft = compose_digest(actor=officer, group_id=group.uid, on=TODAY, now=NOW)
    row = client.get(url("groups")).context["groups"][0]
    assert (row.last_at, row.next_href) == (None, url("digest", draft.uid))
    Message.objects.create(
        key="k", group=group, channel_kind="wecom", state="sent", sent_at=NOW, next_at=NOW, made_at=NOW, body="x"
    )
    assert client.get(url("groups")).context["groups"][0].last_at == NOW


# Digests


def draft_of(officer, group=None, intro="欢迎来坐坐"):
    group = group or make_group()
    digest = compose_digest(actor=officer, group_id=group.uid, on=TODAY, now=NOW)
    Digest.objects.filter(pk=digest.pk).update(intro=intro)
    return compose_digest(actor=officer, group_id=group.uid, on=TODAY, now=NOW)


def test_all_chosen_groups_get_their_draft_and_a_second_press_makes_no_second(client, officer):
    groups = [make_group(f"{number}群", channel=make_channel()) for number in range(12)]
    said = {"groups": [str(group.uid) for group in groups]}
    for _press in range(2):
        assert client.post(url("compose"), said).url == url("digests")
    assert Digest.objects.count() == 12
    assert len(client.get(url("digests")).context["waiting"]) == 12


def test_a_draft_is_shown_sign_for_sign_with_the_bytes_of_each_part(client, officer):
    digest = draft_of(officer)
    page = client.get(url("digest", digest.uid)).context["digest"]
    assert [bubble.text for bubble in page.row.bubbles] == digest.parts
    assert [bubble.bytes for bubble in page.row.bubbles] == [len(part.encode()) for part in digest.parts]
    assert {bubble.limit for bubble in page.row.bubbles} == {2048}
    assert "欢迎来坐坐" in text(client.get(url("digest", digest.uid)))


def announced(title):
    """A gathering of the whole district that groups may hear of."""
    return Gathering.objects.create(
        programme="employment", kind="employment.job_fair", title=title, host=make.make_district(),
        unit_path=make.make_district().path, state="published", is_public=True, begins_on=TODAY + timedelta(days=3),
        ends_on=TODAY + timedelta(days=3), made_at=NOW, published_at=NOW,
    )  # fmt: skip


def test_each_entry_leads_to_what_it_comes_from_and_can_be_left_out_and_put_back(client, officer):
    fairs = [announced("冬季招聘会"), announced("春季招聘会")]
    digest = draft_of(officer)
    lines = client.get(url("digest", digest.uid)).context["digest"].sections[0].lines
    assert {line.href for line in lines} == {reverse("gatherings:gathering", args=[fair.uid]) for fair in fairs}
    said = {"version": digest.version, "line": [line.key for line in lines if "冬季" in line.text]}
    page = client.post(url("digest_lines", digest.uid), said, follow=True).context["digest"]
    assert "冬季招聘会" not in page.row.bubbles[0].text
    assert "春季招聘会" in page.row.bubbles[0].text
    assert page.left_out == 1
    client.post(url("digest_lines", digest.uid), {"version": page.row.version, "all": "back"})
    assert "冬季招聘会" in Digest.objects.get().parts[0]


@pytest.mark.parametrize("line", ["gathering", "gathering:x", ":"])
def test_an_entry_that_nobody_offered_is_refused(client, officer, line):
    digest = draft_of(officer)
    said = {"version": digest.version, "line": [line]}
    assert client.post(url("digest_lines", digest.uid), said).status_code == 422


def test_a_name_in_the_opening_words_is_refused_with_where_it_stands(client, officer):
    make.make_child("欧阳明珠")
    digest = draft_of(officer)
    said = {"intro": "祝欧阳明珠小朋友生日快乐", "version": digest.version}
    answer = client.post(url("digest_intro", digest.uid), said)
    assert answer.status_code == 422
    assert [(one.words, str(one.where)) for one in answer.context["found"]] == [("欧阳明珠", "在开头的话里")]
    assert "没有保存" in text(answer)
    assert "祝欧阳明珠小朋友生日快乐" in answer.context["form"]["intro"].value()
    digest.refresh_from_db()
    assert digest.intro == "欢迎来坐坐"


def test_somebody_who_became_known_later_is_found_on_the_page_before_anybody_approves(client, officer):
    digest = draft_of(officer, intro="请找百里守约报名")
    assert not client.get(url("digest", digest.uid)).context["found"]
    make.make_person("百里守约")
    assert [one.words for one in client.get(url("digest", digest.uid)).context["found"]] == ["百里守约"]


def test_what_was_looked_at_is_what_goes_out_and_who_said_so_is_shown(client, officer):
    digest = draft_of(officer)
    seen = client.get(url("digest", digest.uid)).context["digest"].row
    said = {"version": seen.version, "fingerprint": seen.fingerprint}
    page = client.post(url("digest_act", digest.uid, "approve"), said, follow=True)
    messages = list(Message.objects.order_by("part"))
    assert [message.body for message in messages] == [bubble.text for bubble in seen.bubbles]
    assert "沈向阳（也是编写人）" in text(page)
    assert page.context["digest"].may_take_back
    assert "09:01:00 发出" in text(page)
    assert {message.next_at for message in messages} == {NOW + timedelta(minutes=1)}
    assert client.get(url("digest_progress", digest.uid)).status_code == 200


def test_what_was_not_looked_at_does_not_go_out(client, officer):
    digest = draft_of(officer)
    said = {"version": digest.version, "fingerprint": "of another text"}
    assert client.post(url("digest_act", digest.uid, "approve"), said).status_code == 409
    assert not Message.objects.exists()


def test_an_approved_digest_is_taken_back_as_long_as_nothing_was_tried(client, officer):
    digest = approved(officer)
    assert client.post(url("digest_act", digest.uid, "cancel")).status_code == 302
    digest.refresh_from_db()
    assert digest.state == DigestState.DISCARDED
    assert set(Message.objects.values_list("state", flat=True)) == {MessageState.DROPPED}
    message = Message.objects.get()
    assert client.post(url("message_act", message.uid, "undo")).status_code == 409


def test_a_chat_takes_nothing_back(client, officer):
    digest = approved(officer)
    Message.objects.update(state=MessageState.SENDING, attempts=1)
    assert client.post(url("digest_act", digest.uid, "cancel")).status_code == 409
    assert Digest.objects.get().state == DigestState.APPROVED


def approved(officer):
    digest = draft_of(officer)
    return approve_digest(
        actor=officer, digest_id=digest.uid, version=digest.version, fingerprint=digest.fingerprint, on=TODAY, now=NOW
    )


def test_of_the_chosen_each_goes_out_for_itself(client, officer):
    good, bad = draft_of(officer), draft_of(officer, make_group("二群", channel=make_channel()))
    chosen = [f"{one.uid}:{one.version}:{one.fingerprint}" for one in (good, bad)]
    Group.objects.filter(pk=bad.group_id).update(is_active=False)
    page = client.post(url("approve_chosen"), {"digest": chosen}, follow=True)
    good.refresh_from_db()
    bad.refresh_from_db()
    assert (good.state, bad.state) == (DigestState.APPROVED, DigestState.DRAFT)
    assert "有 1 份推送一分钟后发出" in text(page)


def test_a_group_without_a_channel_can_be_read_but_not_approved(client, officer):
    group = make_group()
    Group.objects.update(channel=None)
    page = client.get(url("digest", draft_of(officer, group).uid))
    assert "还没有渠道" in text(page)
    assert 'name="fingerprint"' not in text(page)


def test_the_progress_ends_when_every_part_has_gone_or_waits_for_somebody(client, officer):
    digest = approved(officer)
    Message.objects.update(state=MessageState.UNCERTAIN)
    answer = client.get(url("digest_progress", digest.uid))
    assert answer.status_code == 286
    assert answer["HX-Redirect"] == url("digest", digest.uid)


def test_a_digest_of_another_day_says_that_it_is_old(client, officer, monkeypatch):
    digest = draft_of(officer)
    monkeypatch.setattr(clock, "today", lambda: TODAY + timedelta(days=1))
    assert "请先更新" in text(client.get(url("digest", digest.uid)))


# Messages


def personal(officer, **more):
    case = make.make_child("欧阳明珠")
    said = {
        "key": f"k{case.pk}", "purpose": MessagePurpose.VISIT, "reference": case.reference, "body": "请带好材料来",
        "unit_path": case.unit_path, "person_id": case.person_id, "now": NOW,
    }  # fmt: skip
    message = write_personal(**said)
    Message.objects.filter(pk=message.pk).update(**more)
    return Message.objects.get(pk=message.pk)


def group_message(**more):
    message = Message.objects.create(
        key=f"g{Message.objects.count()}", group=make_group(f"群{Message.objects.count()}", channel=make_channel()),
        channel=Channel.objects.latest("pk"), channel_kind="wecom", next_at=NOW, made_at=NOW, body="周六招聘会",
        unit_path=make.make_subdistrict().path,
    )  # fmt: skip
    Message.objects.filter(pk=message.pk).update(**more)
    return Message.objects.get(pk=message.pk)


def test_no_page_shows_what_a_person_is_told_nor_who_it_is(client, officer):
    message = personal(officer, state="dead", last_error="not_arrived")
    assert message.reference.startswith("C")
    for page in (client.get(url("messages")), client.get(url("message", message.uid))):
        assert message.reference in text(page)
        assert "请带好材料来" not in text(page)
        assert "欧阳明珠" not in text(page)


def test_the_workbook_holds_no_words_either(client, officer):
    message = personal(officer)
    client.post(reverse("account_reauthenticate"), {"password": "a long password"})
    answer = client.get(url("messages_export"))
    with ZipFile(BytesIO(b"".join(answer))) as book:
        told = "".join(book.read(part).decode() for part in book.namelist())
    assert message.number in told
    assert message.reference in told
    assert "请带好材料来" not in told
    assert "欧阳明珠" not in told


def test_dead_and_uncertain_ones_stand_first_each_with_what_to_do(client, officer):
    group_message(state="sent")
    dead = group_message(state="dead", last_error="93000")
    uncertain = group_message(state="uncertain", last_error="line_broke")
    waiting = client.get(url("messages")).context["waiting"]
    assert [row.number for row in waiting] == [dead.number, uncertain.number]
    assert "机器人已不在群里" in waiting[0].what_to_do
    assert "请看看群里" in str(waiting[1].what_to_do)
    assert [row.is_uncertain for row in waiting] == [False, True]


@pytest.mark.parametrize(
    ("act", "before", "after"),
    [("arrived", "uncertain", "sent"), ("resend", "uncertain", "queued"), ("resend", "dead", "queued"),
     ("drop", "dead", "dropped"), ("drop", "queued", "dropped")],
)  # fmt: skip
def test_a_press_does_what_it_says(client, officer, act, before, after):
    message = group_message(state=before)
    assert client.post(url("message_act", message.uid, act)).status_code == 302
    assert Message.objects.get().state == after


@pytest.mark.parametrize(
    ("outcome", "code", "back"), [(DeliveryOutcome.UNKNOWN, "line_broke", "uncertain"), (None, "", "dead")]
)
def test_what_was_dropped_comes_back_to_wait_for_somebody_and_goes_out_by_itself_never(
    client, officer, outcome, code, back
):
    message = group_message(state="uncertain" if outcome else "queued")
    if outcome:
        Delivery.objects.create(message=message, attempt_number=1, happened_at=NOW, outcome=outcome, code=code)
    client.post(url("message_act", message.uid, "drop"))
    assert client.get(url("message", message.uid)).context["message"].may_undo
    client.post(url("message_act", message.uid, "undo"))
    assert Message.objects.get().state == back


def test_a_part_whose_successor_has_gone_out_does_not_come_back(client, officer):
    first = group_message(state="dropped", parts=2)
    group_message(state="sent", letter=first.letter, part=2, parts=2)
    assert not client.get(url("message", first.uid)).context["message"].may_undo
    assert client.post(url("message_act", first.uid, "undo")).status_code == 409


@pytest.mark.parametrize(
    ("asked", "found"),
    [({"state": "waiting"}, 2), ({"state": "sent"}, 1), ({"to": "group"}, 3), ({"to": "person"}, 1),
     ({"purpose": "visit"}, 1), ({"kind": "wecom"}, 3), ({"day": "2026-11-25"}, 4), ({"day": "2026-11-24"}, 0),
     ({"day": "no day"}, 4)],
)  # fmt: skip
def test_filters_find_exactly_what_they_say(client, officer, asked, found):
    for state in ("sent", "dead", "uncertain"):
        group_message(state=state)
    personal(officer)
    assert len(client.get(url("messages"), asked).context["page"].rows) == found


def test_a_worker_sees_messages_to_her_own_families_only(client, officer):
    message = personal(officer)
    group_message()
    worker = make.make_officer(Role.WORKER, make.make_committee())
    client.force_login(worker)
    assert [row.number for row in client.get(url("messages")).context["page"].rows] == [message.number]
    client.force_login(make.make_officer(Role.WORKER, make.make_committee("310110019001", name="别处")))
    assert not client.get(url("messages")).context["page"].rows


# How many queries


def test_the_number_of_queries_does_not_grow(client, officer):
    pages = ("channels", "groups", "digests", "messages")
    digest = draft_of(officer)
    personal(officer, state="dead")
    for name in pages:
        client.get(url(name))
    few = [count(client, url(name)) for name in pages] + [count(client, url("digest", digest.uid))]
    for number in range(8):
        draft_of(officer, make_group(f"又{number}", channel=make_channel()))
        personal(officer, state="dead")
        group_message(state="uncertain")
    many = [count(client, url(name)) for name in pages] + [count(client, url("digest", digest.uid))]
    assert many == few
    assert max(few) <= 12


def count(client, address):
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)
