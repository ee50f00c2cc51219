"""A key opens a group to whoever holds it: it stands nowhere but sealed in its own column."""

import io
import logging

import httpx
import pytest
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection

from sunward.core.jobs.worker import drain
from sunward.outreach.actions import add_channel, add_group, write_group
from sunward.outreach.channels.outlet import Way
from sunward.outreach.channels.outlets import way_of
from sunward.outreach.enums import ChannelKind
from sunward.outreach.models import Channel, Message
from tests.factories import NOW, make_subdistrict
from tests.outreach.arrangements import Clock, make_channel, make_group, officer, send_everything

pytestmark = pytest.mark.django_db
KEY, SECRET = "very-secret-key-0001", "SECvery-secret-sign"


@pytest.fixture
def log():
    """Everything anybody writes at any level, by any logger, with tracebacks and their words."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield written
    root.removeHandler(handler)
    root.setLevel(before)


def dump():
    """Every value of every table."""
    no_style()
    rows = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            rows += [str(row) for row in cursor.fetchall()]
    assert any("wecom" in row for row in rows)
    return "\n".join(rows)


TRICKS = [
    "", "45009", "93000", "40058", "-1", "http_500", "http_503", "http_404", "drop", "accept_and_drop", "garbage",
    "redirect",
]  # fmt: skip


@pytest.mark.parametrize("trick", TRICKS)
def test_whatever_a_robot_answers_its_key_is_written_nowhere(wecom, log, trick):
    wecom.keys = {KEY}
    actor = officer()
    channel = add_channel(
        actor=actor, unit_id=make_subdistrict().pk, kind=ChannelKind.WECOM, name="机器人", now=NOW, secret=SECRET,
        address=f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}",
    )  # fmt: skip
    group = add_group(actor=actor, unit_id=make_subdistrict().pk, name="控江一群", channel_id=channel.uid, now=NOW)
    write_group(key="g", group=group, body="招聘会", now=NOW)
    wecom.next_answers.append(trick)
    drain()
    assert wecom.calls[0].query["key"] == KEY
    for place in (log.getvalue(), dump()):
        assert KEY not in place
        assert SECRET not in place


def test_an_address_that_cannot_be_called_raises_nothing_and_says_nothing(settings, log):
    settings.SUNWARD_WECOM_URL = "https://no such host"
    group = make_group(channel=make_channel(address=KEY))
    write_group(key="g", group=group, body="招聘会", now=NOW)
    send_everything(Clock())
    assert Message.objects.get().last_error in {"unusable_address", "no_connection"}
    assert KEY not in log.getvalue() + dump()


def test_an_error_that_escapes_the_library_would_carry_the_key_so_none_escapes(monkeypatch, wecom):
    """Each kind of error that the library has, raised with its request in it."""

    def subclasses(kind):
        return {kind} | {deeper for sub in kind.__subclasses__() for deeper in subclasses(sub)}

    kinds = sorted(subclasses(httpx.HTTPError) - {httpx.HTTPStatusError}, key=lambda kind: kind.__name__)
    assert len(kinds) > 15
    for kind in kinds:
        group = make_group(kind.__name__, channel=make_channel(address=KEY))

        def fail(*args, _kind=kind, **more):
            error = _kind(f"failed: {more.get('params')}")
            error.request = httpx.Request("POST", f"https://h/?key={KEY}")
            raise error

        monkeypatch.setattr(httpx.Client, "stream", fail)
        write_group(key=kind.__name__, group=group, body="招聘会", now=NOW)
        send_everything(Clock())
    assert Message.objects.filter(state="queued", attempts=0).count() == 0
    assert KEY not in dump()


def test_a_way_shows_no_key_when_it_is_printed():
    channel = make_channel(address=KEY, secret=SECRET)
    assert KEY not in repr(way_of(channel)) + str(way_of(channel)) + repr(channel) + str(Channel.objects.values().get())
    assert repr(Way(KEY)) == "Way(…)"
