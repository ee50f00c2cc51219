"""What safeguarding has to tell becomes messages that say a reference and nothing else of whom they are about."""

import pytest
from django.utils.translation import override

from sunward.outreach.enums import ChannelKind, MessagePurpose, MessageState
from sunward.outreach.models import Message
from sunward.safeguarding.notices import Notice, NoticeKind, notices
from sunward.web.alerting import compose
from tests.factories import NOW, make_district, make_mentor, make_user
from tests.outreach.arrangements import make_channel


def told(kind: NoticeKind = NoticeKind.EMERGENCY, *, user_id: int = 1, is_urgent: bool = True) -> Notice:
    return Notice("k", kind, "E000001", user_id, "/310110/310110012/", "/safeguarding/emergencies/x/", is_urgent)


@pytest.mark.parametrize("kind", NoticeKind)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_kind_of_notice_has_words_in_both_languages(kind, language):
    with override(language):
        body = compose(told(kind))
    assert "E000001" in body
    assert body.isascii() == (language == "en")


@pytest.mark.django_db
def test_an_urgent_notice_is_in_the_inbox_at_once_also_at_night():
    user = make_user()
    night = NOW.replace(hour=18)  # two in the morning in Shanghai
    for _again in range(2):
        notices.send(sender=None, notice=told(user_id=user.pk), now=night)
    message = Message.objects.get()
    assert (message.user_id, message.state, message.purpose) == (user.pk, MessageState.SENT, MessagePurpose.URGENT)
    assert message.path == "/safeguarding/emergencies/x/"


@pytest.mark.django_db
def test_a_volunteer_hears_by_text_message_too_where_a_channel_stands(settings):
    settings.SUNWARD_PUBLIC_URL = "https://sunward.example"
    mentor = make_mentor(user=make_user())
    make_channel(ChannelKind.SMS, unit=make_district(), address="gateway-token-1", template="T1")
    night = NOW.replace(hour=18)
    notices.send(sender=None, notice=told(NoticeKind.STAND_BY, user_id=mentor.user_id), now=night)
    text = Message.objects.get(channel_kind=ChannelKind.SMS)
    assert (text.person_id, text.state, text.not_before) == (mentor.person_id, MessageState.QUEUED, None)


@pytest.mark.django_db
def test_what_can_wait_is_not_called_urgent():
    user = make_user()
    notices.send(sender=None, notice=told(NoticeKind.HINT, user_id=user.pk, is_urgent=False), now=NOW)
    assert Message.objects.get().purpose == MessagePurpose.DUTY


@pytest.mark.django_db
def test_without_a_channel_no_letter_is_left_lying_that_could_not_go_out():
    mentor = make_mentor(user=make_user())
    notices.send(sender=None, notice=told(NoticeKind.STAND_BY, user_id=mentor.user_id), now=NOW)
    assert Message.objects.get().channel_kind == ChannelKind.IN_APP
