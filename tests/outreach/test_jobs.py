"""The worker's jobs: asked for by whoever writes, back in time where a channel has to wait, several at once."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from sunward.core import clock
from sunward.core.jobs.models import JobRun, RunState
from sunward.core.jobs.worker import drain
from sunward.outreach.actions import confirm_delivered, write_group
from sunward.outreach.enums import ChannelKind, MessageState
from sunward.outreach.jobs import collect_receipts, send_due, send_round
from sunward.outreach.models import Message
from tests.factories import make_district, make_person
from tests.outreach.arrangements import make_channel, make_group, officer
from tests.outreach.test_writing import write

pytestmark = pytest.mark.django_db
SENDING = send_due.module_path


def tell(group, count, *, key="k"):
    for number in range(count):
        write_group(key=f"{key}{number}:{group.pk}", group=group, body=f"第{number}条", now=clock.now())


def test_whoever_writes_asks_for_one_job_and_it_sends_everything(wecom):
    tell(make_group(), 3)
    assert JobRun.objects.filter(name=SENDING, state=RunState.WAITING).count() == 1
    assert drain() == 1
    assert wecom.texts() == ["第0条", "第1条", "第2条"]


def test_where_the_channel_has_to_wait_the_job_comes_back_in_time(wecom):
    before = clock.now()
    tell(make_group(), 25)
    drain()
    assert len(wecom.accepted) == 20
    waiting = JobRun.objects.get(name=SENDING, state=RunState.WAITING)
    run_after = DBTaskResult.objects.get(pk=waiting.task_id).run_after
    assert timedelta(seconds=59) < run_after - before < timedelta(seconds=75)


def test_with_nothing_to_do_no_job_comes_back(wecom):
    tell(make_group(), 1)
    drain()
    assert not JobRun.objects.filter(name=SENDING, state=RunState.WAITING).exists()


def test_a_decision_lets_the_rest_follow_without_waiting_for_the_schedule(wecom):
    wecom.next_answers.append("accept_and_drop")
    group = make_group()
    body = "\n".join(f"{number}. 控江路街道社区文化活动中心招聘会，欢迎参加。" for number in range(60))
    parts = write_group(key="long", group=group, body=body, now=clock.now())
    drain()
    assert Message.objects.get(pk=parts[0].pk).state == MessageState.UNCERTAIN
    confirm_delivered(actor=officer(), message_id=parts[0].uid, now=clock.now())
    # The line broke, so the channel rests for half a minute; nobody waits for that here.
    group.channel.paused_until = None
    group.channel.save()
    drain()
    assert [text[:5] for text in wecom.texts()] == ["（1/3）", "（2/3）", "（3/3）"]


def test_receipts_are_collected_by_a_job_of_their_own(gateway):
    from sunward.core.jobs.queue import enqueue

    make_channel(ChannelKind.SMS, unit=make_district(), address="gateway-token-1", template="T1", per_minute=600)
    message = write(make_person(phone="+8613800001234"), now=clock.now(), urgent_because="测试")
    drain()
    message.refresh_from_db()
    gateway.states[message.receipt] = "arrived"
    enqueue(collect_receipts)
    drain()
    message.refresh_from_db()
    assert message.arrived_at is not None


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_four_workers_at_once_keep_order_and_limit_and_send_nothing_twice(wecom):
    """Real threads, real time: the webhook itself counts twenty a minute and would answer 45009."""
    wecom.keys = {f"robot-key-{number:04d}" for number in range(3)}
    groups = [make_group(f"{n}群", channel=make_channel(address=f"robot-key-{n:04d}")) for n in range(3)]
    for group in groups:
        tell(group, 30)
    until = clock.now() + timedelta(seconds=30)
    errors = []

    def work(number):
        try:
            for _ in range(40):
                send_round(worker=f"w{number}", until=until)
                if len(wecom.accepted) >= 60:
                    break
                time.sleep(0.02)
        except BaseException as error:  # noqa: BLE001 - shown by the test
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert not errors
    for number in range(3):
        assert wecom.texts_of(f"robot-key-{number:04d}") == [f"第{at}条" for at in range(20)]
    assert len(wecom.calls) == 60
    assert set(Message.objects.values_list("state", "attempts")) == {("sent", 1), ("queued", 0)}
