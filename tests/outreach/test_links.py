"""The page behind a message's link: for whoever has the telephone it was sent to, for a while, and five tries."""

from datetime import timedelta

import pytest

from sunward.core.refusals import NotThere, Refusal
from sunward.outreach.actions import mark_read, open_link
from sunward.outreach.enums import ChannelKind, MessagePurpose
from sunward.outreach.links import link_of, read_token, token_of
from sunward.outreach.models import Message
from sunward.outreach.rules import LINK_DAYS
from tests.factories import NOW, actor_of, make_district, make_person, make_user
from tests.outreach.arrangements import Clock, make_channel, send_everything
from tests.outreach.test_writing import write

pytestmark = pytest.mark.django_db


@pytest.fixture
def message(gateway):
    make_channel(ChannelKind.SMS, unit=make_district(), address="gateway-token-1", template="T1", per_minute=600)
    made = write(make_person(phone="+8613800001234"), body="周六九点，大门口见。")
    send_everything(Clock())
    made.refresh_from_db()
    return made


def closed(token, last4="1234", now=NOW):
    with pytest.raises(NotThere, match=r"outreach\.link_not_there") as refused:
        open_link(token=token, last4=last4, now=now)
    return str(refused.value)


def test_the_last_four_digits_open_it_and_the_first_reading_is_kept(message):
    opened = open_link(token=token_of(message), last4=" 1234 ", now=NOW)
    assert (opened.body, opened.reference) == ("周六九点，大门口见。", "G000001")
    open_link(token=token_of(message), last4="1234", now=NOW + timedelta(hours=1))
    message.refresh_from_db()
    assert (message.read_at, message.wrong_tries) == (NOW, 0)


def test_the_digits_are_those_of_the_number_it_was_sent_to(message):
    """Whoever has the old telephone has the old message; a new number does not open it."""
    person = message.person
    person.phone = "+8613900009999"
    person.save()
    with pytest.raises(Refusal, match=r"outreach\.digits_wrong"):
        open_link(token=token_of(message), last4="9999", now=NOW)
    assert open_link(token=token_of(message), last4="1234", now=NOW)


def test_after_five_wrong_tries_it_is_closed_even_for_the_right_digits(message):
    token = token_of(message)
    for _ in range(5):
        with pytest.raises(Refusal, match=r"outreach\.digits_wrong"):
            open_link(token=token, last4="0000", now=NOW)
    closed(token)
    message.refresh_from_db()
    assert (message.wrong_tries, message.read_at) == (5, None)


def test_closed_ended_changed_and_made_up_get_the_same_answer(message):
    token = token_of(message)
    other = write(make_person(), key="k2")
    signature = token_of(other).rpartition(".")[2]
    answers = {
        closed(token, now=NOW + timedelta(days=LINK_DAYS)),
        closed(token[:-1] + ("A" if token[-1] != "A" else "B")),
        closed(token.rpartition(".")[0] + "." + signature),
        closed("nothing"),
        closed(""),
        closed("中文.签名"),
    }
    Message.objects.filter(pk=message.pk).update(wrong_tries=5)
    answers.add(closed(token))
    assert len(answers) == 1


def test_a_link_whose_end_was_put_off_by_hand_still_ends_when_it_says(message):
    """The end stands in the signed token and in the row: the earlier one counts."""
    token = token_of(message)
    Message.objects.filter(pk=message.pk).update(expires_at=NOW + timedelta(days=1))
    closed(token, now=NOW + timedelta(days=2))


def test_the_link_says_nothing_about_whom_it_is_for(message):
    link = link_of(message)
    assert link == f"https://sunward.example/m/{token_of(message)}/"
    assert read_token(token_of(message), now=NOW) == message.uid
    assert "1234" not in link or str(message.pk) not in link
    assert len(link) < 120


def test_a_group_message_has_no_page():
    from tests.outreach.arrangements import make_group
    from tests.outreach.test_sending import tell

    (message,) = tell(make_group(), "招聘会")
    assert link_of(message) == ""


def test_nobody_reads_the_inbox_of_somebody_else():
    user, other = make_user(), make_user()
    message = write(user_id=user.pk, purpose=MessagePurpose.DUTY)
    with pytest.raises(NotThere):
        mark_read(actor=actor_of(other), message_id=message.uid, now=NOW)
    mark_read(actor=actor_of(user), message_id=message.uid, now=NOW)
    mark_read(actor=actor_of(user), message_id=message.uid, now=NOW + timedelta(days=1))
    message.refresh_from_db()
    assert message.read_at == NOW


def test_the_link_leads_to_the_page(message):
    from django.urls import reverse

    assert link_of(message) == "https://sunward.example" + reverse("message_link", args=[token_of(message)])
