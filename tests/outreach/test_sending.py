"""Out of the outbox: within the limits, in order, again after a failure, and never on a guess."""

from datetime import timedelta

import pytest

from sunward.core.jobs.models import WorkerLease
from sunward.core.refusals import Conflict
from sunward.ledger.models import Fact
from sunward.outreach.actions import confirm_delivered, drop_message, resend_message, write_group
from sunward.outreach.actions.sending import Claimed, Wait, channels_with_work, claim_next, reap_lost, record_answer
from sunward.outreach.channels.outlet import Answer, Verdict
from sunward.outreach.enums import ChannelKind, MessagePurpose, MessageState
from sunward.outreach.models import Channel, Delivery, Message
from sunward.outreach.rules import BACK_OFF
from tests.factories import NOW, make_committee, make_district, make_person
from tests.outreach.arrangements import (
    WORKER,
    Clock,
    make_channel,
    make_group,
    officer,
    send_everything,
    send_one,
)
from tests.outreach.test_writing import write

pytestmark = pytest.mark.django_db
GROUPS = 12


def tell(group, *texts):
    return [write_group(key=f"{group.pk}:{text}", group=group, body=text, now=NOW)[0] for text in texts]


def tell_long(group, key="long", lines=60):
    """A text of three parts."""
    body = "\n".join(f"{number}. 控江路街道社区文化活动中心招聘会，欢迎参加。" for number in range(lines))
    return write_group(key=key, group=group, body=body, now=NOW)


def calls_in_any_minute(times):
    return max((sum(1 for other in times if at <= other < at + 60) for at in times), default=0)


def outcomes(message):
    return list(Delivery.objects.filter(message=message).order_by("pk").values_list("outcome", "code"))


def test_twelve_groups_get_everything_in_order_and_no_robot_more_than_twenty_a_minute(wecom):
    """600 messages by a clock that the test moves; the server keeps the limit by the same clock and would say 45009."""
    clock = Clock()
    wecom.clock = clock.seconds
    wecom.keys = {f"robot-key-{number:04d}" for number in range(GROUPS)}
    groups = [
        make_group(f"{n}群", channel=make_channel(address=f"robot-key-{n:04d}", per_minute=50)) for n in range(GROUPS)
    ]
    for number in range(50):
        for group in groups:
            tell(group, f"第{number}条")
    minutes = 0
    while Message.objects.queued().exists():
        send_everything(clock, cost=0.2)
        clock.pass_(seconds=7)
        minutes += 1
        assert minutes < 100
    assert Message.objects.filter(state=MessageState.SENT).count() == len(wecom.calls) == 600
    for number in range(GROUPS):
        key = f"robot-key-{number:04d}"
        assert wecom.texts_of(key) == [f"第{at}条" for at in range(50)]
        assert calls_in_any_minute([c.at for c in wecom.calls if c.query["key"] == key]) == 20


def test_a_channel_of_the_unit_may_be_slower_than_its_kind(wecom):
    clock, group = Clock(), make_group(channel=make_channel(per_minute=3))
    tell(group, *"一二三四五")
    assert send_everything(clock) == 3
    clock.pass_(seconds=60)
    assert send_everything(clock) == 0
    clock.pass_(microseconds=1)
    assert send_everything(clock) == 2


def test_feishu_is_called_no_more_than_five_times_a_second(other_robot):
    clock = Clock()
    group = make_group(channel=make_channel(ChannelKind.FEISHU, address="hook-token-1", per_minute=100))
    tell(group, *(f"第{number}条" for number in range(12)))
    assert send_everything(clock) == 5
    clock.pass_(seconds=1, microseconds=1)
    assert send_everything(clock) == 5


def test_a_call_counts_from_its_answer_since_it_may_arrive_late(wecom):
    """Handed over at 0 s, arrived at 30 s: what the channel counts from 30 s on, we may not count from 0 s."""
    clock, group = Clock(), make_group(channel=make_channel(per_minute=1))
    tell(group, "一", "二")
    send_one(group.channel_id, clock, cost=30)
    clock.pass_(seconds=31)
    assert not send_one(group.channel_id, clock)
    clock.pass_(seconds=30)
    assert send_one(group.channel_id, clock)


def test_two_workers_together_keep_one_limit(wecom):
    clock, group = Clock(), make_group(channel=make_channel(per_minute=2))
    tell(group, "一", "二", "三")
    first = claim_next(channel_id=group.channel_id, worker="a", now=clock())
    assert isinstance(first, Claimed)
    # The same group: the second message waits for the first, whoever holds it.
    assert isinstance(claim_next(channel_id=group.channel_id, worker="b", now=clock()), Wait)
    record_answer(first, first.send(now=clock()), now=clock())
    second = claim_next(channel_id=group.channel_id, worker="b", now=clock())
    record_answer(second, second.send(now=clock()), now=clock())
    assert isinstance(claim_next(channel_id=group.channel_id, worker="a", now=clock()), Wait)


def test_45009_pauses_the_channel_for_a_minute_and_nothing_is_lost(wecom):
    clock, group = Clock(), make_group()
    wecom.next_answers.extend(["", "45009"])
    _first, second, _third = tell(group, "一", "二", "三")
    assert send_everything(clock) == 2
    second.refresh_from_db()
    assert (second.state, second.failures, second.last_error) == (MessageState.QUEUED, 0, "45009")
    assert Channel.objects.get().paused_until == NOW + timedelta(minutes=1)
    clock.pass_(seconds=59)
    assert send_everything(clock) == 0
    clock.pass_(seconds=1)
    assert send_everything(clock) == 2
    assert wecom.texts() == ["一", "二", "三"]
    assert outcomes(second) == [("limited", "45009"), ("sent", "")]


def test_dingtalk_is_left_alone_for_ten_minutes(other_robot):
    clock = Clock()
    group = make_group(channel=make_channel(ChannelKind.DINGTALK, address="ding-token-1", secret="SEC1"))
    other_robot.next_answers.append("130101")
    tell(group, "一")
    send_everything(clock)
    assert Channel.objects.get().paused_until == NOW + timedelta(minutes=10)


def test_an_unknown_key_is_dead_at_once_and_holds_the_other_parts(wecom):
    clock, group = Clock(), make_group(channel=make_channel(address="robot-key-9999"))
    parts = tell_long(group)
    assert len(parts) == 3
    assert send_everything(clock) == 1
    parts[0].refresh_from_db()
    assert (parts[0].state, parts[0].last_error) == (MessageState.DEAD, "93000")
    assert send_everything(Clock(NOW + timedelta(days=1))) == 0
    assert list(Message.objects.waiting_for_a_person()) == [parts[0]]


def test_a_dead_part_that_is_sent_again_lets_the_others_follow_in_order(wecom):
    clock, group = Clock(), make_group(channel=make_channel(address="robot-key-9999"))
    parts = tell_long(group)
    send_everything(clock)
    wecom.keys.add("robot-key-9999")
    resend_message(actor=officer(), message_id=parts[0].uid, now=clock.pass_(hours=1))
    assert send_everything(clock) == 3
    assert [text[:6] for text in wecom.texts()] == ["（1/3）\n", "（2/3）\n", "（3/3）\n"]


def test_a_dead_part_that_is_dropped_lets_the_others_go(wecom):
    clock, group = Clock(), make_group(channel=make_channel(address="robot-key-9999"))
    parts = tell_long(group)
    send_everything(clock)
    wecom.keys.add("robot-key-9999")
    drop_message(actor=officer(), message_id=parts[0].uid, now=clock.pass_(hours=1))
    assert send_everything(clock) == 2


def test_a_dead_text_does_not_hold_another_text(wecom):
    clock, group = Clock(), make_group()
    wecom.next_answers.append("40058")
    tell(group, "坏", "好")
    assert send_everything(clock) == 2
    assert wecom.texts() == ["好"]


@pytest.mark.parametrize("trick", ["http_503", "-1"])
def test_what_did_not_go_out_is_tried_again_with_growing_pauses_and_then_dead(wecom, trick):
    clock, group = Clock(), make_group()
    wecom.next_answers.extend([trick] * 6)
    (message,) = tell(group, "一")
    pauses = []
    for _ in range(6):
        assert send_everything(clock) == 1
        message.refresh_from_db()
        pauses.append(message.next_at - clock())
        clock.now = max(message.next_at, clock())
    assert tuple(pauses[:5]) == BACK_OFF
    assert (message.state, message.attempts) == (MessageState.DEAD, 6)
    assert [outcome for outcome, _code in outcomes(message)] == ["failed"] * 5 + ["failed"]
    assert not wecom.accepted


def test_what_is_tried_again_keeps_its_place_in_the_line(wecom):
    clock, group = Clock(), make_group()
    wecom.next_answers.append("http_503")
    tell(group, "一", "二")
    assert send_everything(clock) == 1
    clock.pass_(seconds=30)
    assert send_everything(clock) == 2
    assert wecom.texts() == ["一", "二"]


def test_a_server_that_is_gone_is_tried_later(settings):
    settings.SUNWARD_WECOM_URL = "http://127.0.0.1:9"
    clock, group = Clock(), make_group()
    (message,) = tell(group, "一")
    assert send_everything(clock) == 1
    message.refresh_from_db()
    assert (message.state, message.last_error) == (MessageState.QUEUED, "no_connection")
    assert Channel.objects.get().paused_until == NOW + timedelta(seconds=30)


@pytest.mark.parametrize("trick", ["drop", "accept_and_drop", "http_500", "http_502", "garbage"])
def test_where_nobody_knows_nothing_is_sent_again_by_itself(wecom, trick):
    clock, group = Clock(), make_group()
    wecom.next_answers.append(trick)
    (message,) = tell(group, "一")
    assert send_everything(clock) == 1
    message.refresh_from_db()
    if trick == "garbage":
        # Status 200 with something that is no answer of a robot.
        assert message.last_error == "http_200"
    assert message.state == MessageState.UNCERTAIN
    assert send_everything(Clock(NOW + timedelta(days=1))) == 0
    assert len(wecom.calls) == 1


def test_no_answer_in_time_is_not_known_either(wecom, monkeypatch):
    import httpx

    from sunward.outreach.channels import web

    monkeypatch.setattr(web, "TIMEOUT", httpx.Timeout(0.2))
    wecom.slow_seconds = 0.8
    wecom.next_answers.append("slow")
    (message,) = tell(make_group(), "一")
    send_everything(Clock())
    message.refresh_from_db()
    assert (message.state, message.last_error) == (MessageState.UNCERTAIN, "no_answer")


def test_a_redirect_is_never_followed(wecom):
    wecom.next_answers.append("redirect")
    (message,) = tell(make_group(), "一")
    send_everything(Clock())
    message.refresh_from_db()
    assert (message.state, message.last_error, len(wecom.calls)) == (MessageState.DEAD, "http_302", 1)


def test_a_person_who_finds_it_in_the_group_says_so_and_the_push_is_counted(wecom):
    wecom.next_answers.append("accept_and_drop")
    (message,) = tell(make_group(), "一")
    send_everything(Clock())
    assert not Fact.objects.filter(kind="outreach.push").exists()
    confirm_delivered(actor=officer(), message_id=message.uid, now=NOW + timedelta(hours=1))
    message.refresh_from_db()
    assert message.state == MessageState.SENT
    assert Fact.objects.get(kind="outreach.push").attributes["bytes"] == len("一".encode())
    with pytest.raises(Conflict):
        confirm_delivered(actor=officer(), message_id=message.uid, now=NOW + timedelta(hours=1))


def test_a_person_who_does_not_find_it_sends_it_again(wecom):
    clock = Clock()
    wecom.next_answers.append("drop")
    (message,) = tell(make_group(), "一")
    send_everything(clock)
    resend_message(actor=officer(), message_id=message.uid, now=clock.pass_(hours=1))
    assert send_everything(clock) == 1
    assert wecom.texts() == ["一"]


def test_a_message_in_the_hands_of_a_worker_that_is_gone_is_uncertain(wecom):
    group = make_group()
    first, _second = tell(group, "一", "二")
    claim_next(channel_id=group.channel_id, worker="gone", now=NOW)
    WorkerLease.objects.create(worker="gone", host="h", process_id=1, started_at=NOW, beat_at=NOW)
    assert reap_lost(now=NOW + timedelta(seconds=60)) == 0
    assert reap_lost(now=NOW + timedelta(seconds=61)) == 1
    first.refresh_from_db()
    assert (first.state, first.last_error) == (MessageState.UNCERTAIN, "worker_lost")
    # Another text goes on; the limit still counts the call that may have been.
    assert send_everything(Clock(NOW + timedelta(seconds=61))) == 1


def test_a_worker_that_could_not_write_the_answer_down_holds_nothing_for_ever(wecom):
    """The database was gone just then; the worker lives, and begins its next round."""
    group = make_group()
    (message,) = tell(group, "一")
    WorkerLease.objects.create(worker=WORKER, host="h", process_id=1, started_at=NOW, beat_at=NOW)
    claim_next(channel_id=group.channel_id, worker=WORKER, now=NOW)
    assert reap_lost(now=NOW, worker="another") == 0
    assert reap_lost(now=NOW, worker=WORKER) == 1
    message.refresh_from_db()
    assert message.state == MessageState.UNCERTAIN


def test_a_call_that_takes_longer_than_any_call_is_in_nobodys_hand(wecom):
    group = make_group()
    tell(group, "一")
    claim_next(channel_id=group.channel_id, worker=WORKER, now=NOW)
    later = NOW + timedelta(minutes=5)
    WorkerLease.objects.create(worker=WORKER, host="h", process_id=1, started_at=NOW, beat_at=later)
    assert reap_lost(now=later - timedelta(seconds=1), worker="another") == 0
    assert reap_lost(now=later, worker="another") == 1


def test_an_answer_that_comes_late_still_counts_if_the_message_is_there(wecom):
    group = make_group()
    (message,) = tell(group, "一")
    claimed = claim_next(channel_id=group.channel_id, worker="slow", now=NOW)
    reap_lost(now=NOW + timedelta(minutes=2))
    record_answer(claimed, Answer(Verdict.SENT), now=NOW + timedelta(minutes=3))
    message.refresh_from_db()
    assert message.state == MessageState.SENT


def test_an_answer_to_an_earlier_call_changes_nothing_about_a_later_one(wecom):
    group = make_group()
    (message,) = tell(group, "一")
    old = claim_next(channel_id=group.channel_id, worker="slow", now=NOW)
    reap_lost(now=NOW + timedelta(minutes=2))
    resend_message(actor=officer(), message_id=message.uid, now=NOW + timedelta(minutes=2))
    claim_next(channel_id=group.channel_id, worker=WORKER, now=NOW + timedelta(minutes=3))
    record_answer(old, Answer(Verdict.REFUSED, "93000"), now=NOW + timedelta(minutes=4))
    message.refresh_from_db()
    assert (message.state, message.attempts) == (MessageState.SENDING, 2)


def test_the_gateway_gets_a_doubtful_message_again_and_hands_it_on_once(gateway):
    make_channel(ChannelKind.SMS, unit=make_district(), address="gateway-token-1", template="T1", per_minute=600)
    clock = Clock()
    gateway.next_answers.append("accept_and_drop")
    message = write(make_person(phone="+8613800001234"))
    assert send_everything(clock) == 1
    message.refresh_from_db()
    assert message.state == MessageState.QUEUED
    clock.pass_(seconds=30)
    assert send_everything(clock) == 1
    message.refresh_from_db()
    assert message.state == MessageState.SENT
    assert (len(gateway.calls), len(gateway.accepted)) == (2, 1)


def test_what_is_urgent_goes_before_what_has_waited_longer(gateway):
    make_channel(ChannelKind.SMS, unit=make_district(), address="gateway-token-1", template="T1", per_minute=600)
    for number in range(3):
        write(make_person(phone="+8613800001234"), key=f"k{number}", reference=f"G{number}")
    write(
        make_person(phone="+8613800001234"), key="u", reference="U", purpose=MessagePurpose.URGENT,
        urgent_because="台风",
    )  # fmt: skip
    send_everything(Clock())
    assert [call.body["params"]["reference"] for call in gateway.accepted] == ["U", "G0", "G1", "G2"]


def test_a_channel_that_is_switched_off_keeps_its_messages(wecom):
    group = make_group()
    tell(group, "一")
    Channel.objects.update(is_active=False)
    assert channels_with_work(now=NOW) == []
    Channel.objects.update(is_active=True)
    assert send_everything(Clock()) == 1


def test_somebody_elsewhere_cannot_settle_a_message(wecom):
    from sunward.accounts.enums import Role
    from sunward.core.refusals import NotThere

    wecom.next_answers.append("drop")
    (message,) = tell(make_group(), "一")
    send_everything(Clock())
    stranger = officer(Role.SUPERVISOR, make_committee("310110019001").parent)
    for act in (resend_message, drop_message, confirm_delivered):
        with pytest.raises(NotThere):
            act(actor=stranger, message_id=message.uid, now=NOW)
