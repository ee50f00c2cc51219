"""E-mail to a real SMTP server."""

import email
from email import policy

import pytest

from sunward.outreach.actions import set_preference
from sunward.outreach.enums import ChannelKind, MessageState
from tests.factories import NOW, make_district, make_known, make_person
from tests.outreach.arrangements import Clock, make_channel, officer, send_everything
from tests.outreach.test_writing import write

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(mail_server):
    """A message to somebody who prefers e-mail, not sent yet."""
    url, _mailbox = mail_server
    make_channel(
        ChannelKind.EMAIL, unit=make_district(), address=url, sender="sunward@district.example", per_minute=600
    )
    person = make_known(make_person(phone="+8613800001234"))
    set_preference(actor=officer(), person_id=person.uid, now=NOW, channel_kind="email", email="reader@example.cn")
    return write(person, body="您的孩子周六出行")


def state_after_sending(message, clock=None):
    send_everything(clock or Clock())
    message.refresh_from_db()
    return message.state, message.last_error


def test_a_mail_carries_a_reference_and_a_link_and_the_uid_as_its_name(letter, mail_server):
    _url, mailbox = mail_server
    assert state_after_sending(letter) == (MessageState.SENT, "")
    (envelope,) = mailbox.mails
    assert (envelope.mail_from, envelope.rcpt_tos) == ("sunward@district.example", ["reader@example.cn"])
    mail = email.message_from_bytes(envelope.original_content, policy=policy.default)
    assert mail["Message-ID"] == f"<{letter.uid}@district.example>"
    assert mail["Subject"] == "G000001"
    text = mail.get_content()
    assert "https://sunward.example/m/" in text
    assert "孩子" not in text


def test_a_mailbox_that_is_not_there_is_dead_at_once(letter, mail_server):
    mail_server[1].trick = "refuse"
    assert state_after_sending(letter) == (MessageState.DEAD, "smtp_550")


def test_a_server_that_wants_to_be_asked_later_is_asked_later(letter, mail_server):
    mail_server[1].trick = "later"
    clock = Clock()
    assert state_after_sending(letter, clock) == (MessageState.QUEUED, "smtp_451")
    mail_server[1].trick = ""
    clock.pass_(seconds=30)
    assert state_after_sending(letter, clock)[0] == MessageState.SENT


def test_a_line_that_breaks_after_the_text_leaves_it_uncertain(letter, mail_server):
    mail_server[1].trick = "drop"
    assert state_after_sending(letter) == (MessageState.UNCERTAIN, "line_broke")
    assert len(mail_server[1].mails) == 1


def test_an_account_is_not_told_without_encryption(mail_server):
    from uuid import uuid4

    from sunward.outreach.channels.mail import Mail
    from sunward.outreach.channels.outlet import Letter, Verdict, Way

    url = mail_server[0].replace("smtp://", "smtp://account:password@")
    answer = Mail().send(Letter(uuid4(), "x", to="reader@example.cn"), Way(url, sender="a@b.cn"), now=NOW)
    assert (answer.verdict, answer.code) == (Verdict.LATER, "no_connection")
