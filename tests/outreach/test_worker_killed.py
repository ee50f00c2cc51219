"""A worker killed between "sent" and "recorded": the group reads it once, and a person is asked."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from sunward.core import clock
from sunward.outreach.actions import confirm_delivered, write_group
from sunward.outreach.enums import ChannelKind, MessageState
from sunward.outreach.models import Delivery, Message
from tests.factories import make_district, make_person
from tests.outreach.arrangements import make_channel, make_group, officer
from tests.outreach.test_sending import tell_long
from tests.outreach.test_writing import write

ROOT = Path(__file__).resolve().parents[2]


def wait_until(holds: Callable[[], bool], *, seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)


@pytest.fixture
def workers(settings):
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        database = connection.settings_dict
        if connection.vendor == "postgresql":
            place = f"{database['HOST']}:{database['PORT'] or 5432}"
            url = f"postgres://{database['USER']}:{database['PASSWORD']}@{place}/{database['NAME']}"
        else:
            url = f"sqlite:///{database['NAME']}"
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "sunward.config.settings.test",
            "SUNWARD_TEST_DATABASE_URL": url,
            "SUNWARD_JOB_LEASE_SECONDS": "2",
            "SUNWARD_JOB_POLL_SECONDS": "0.05",
            "SUNWARD_WECOM_URL": settings.SUNWARD_WECOM_URL,
            "SUNWARD_SMS_URL": settings.SUNWARD_SMS_URL,
            "SUNWARD_PUBLIC_URL": settings.SUNWARD_PUBLIC_URL,
            "PYTHONPATH": str(ROOT),
        }
        command = [sys.executable, "-m", "tests.outreach.serve_outbox"]
        started.append(subprocess.Popen(command, env=environment, cwd=ROOT))
        return started[-1]

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait()


def kill(process: subprocess.Popen[bytes]) -> None:
    os.kill(process.pid, signal.SIGKILL)
    process.wait()


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_between_sent_and_recorded_leaves_one_message_and_a_question(wecom, workers):
    group = make_group()
    parts = tell_long(group)
    wecom.next_answers.append("accept_and_hold")
    victim = workers()
    wait_until(lambda: len(wecom.accepted) == 1)
    # The robot has it, and the worker has not heard so.
    assert Message.objects.get(pk=parts[0].pk).state == MessageState.SENDING
    kill(victim)
    workers()
    wait_until(lambda: Message.objects.filter(pk=parts[0].pk, state=MessageState.UNCERTAIN).exists())

    # Another text goes on, so the new worker is at work; the doubtful one is not among what it sends.
    write_group(key="other", group=group, body="另一条", now=clock.now())
    wait_until(lambda: len(wecom.accepted) == 2)
    assert [text.splitlines()[0] for text in wecom.texts()] == ["（1/3）", "另一条"]
    assert list(Message.objects.waiting_for_a_person()) == [parts[0]]
    assert Message.objects.filter(letter=parts[0].letter, state=MessageState.QUEUED).count() == 2

    # Somebody looks into the group and finds it there: the rest follows, in order, and nothing is read twice.
    confirm_delivered(actor=officer(), message_id=parts[0].uid, now=clock.now())
    write_group(key="last", group=group, body="最后一条", now=clock.now())
    wait_until(lambda: not Message.objects.filter(state__in=["queued", "sending"]).exists())
    firsts = [text.splitlines()[0] for text in wecom.texts()]
    assert firsts == ["（1/3）", "另一条", "（2/3）", "（3/3）", "最后一条"]
    assert len(wecom.calls) == len(wecom.accepted) == 5
    outcomes = Delivery.objects.filter(message=parts[0]).values_list("outcome", "code")
    assert list(outcomes) == [("unknown", "worker_lost")]


@pytest.mark.django_db(transaction=True)
def test_the_gateway_hands_on_once_what_two_workers_gave_it(gateway, wecom, workers):
    make_channel(ChannelKind.SMS, unit=make_district(), address="gateway-token-1", template="T1", per_minute=600)
    person = make_person(phone="+8613800001234")
    gateway.next_answers.append("accept_and_hold")
    now = clock.now()
    message = write(person, now=now, urgent_because="无论早晚都要知道")
    victim = workers()
    wait_until(lambda: len(gateway.calls) == 1)
    kill(victim)
    workers()
    wait_until(lambda: Message.objects.filter(pk=message.pk, attempts=1, state=MessageState.QUEUED).exists())
    # It would come again in half a minute; the test does not wait so long.
    Message.objects.filter(pk=message.pk).update(next_at=now)
    write(person, key="k2", now=clock.now(), urgent_because="同上")
    wait_until(lambda: Message.objects.filter(state=MessageState.SENT).count() == 2)
    assert gateway.seen_ids[str(message.uid)] == 2
    assert len(gateway.accepted) == 2
