"""What gatherings tell becomes messages, exactly if the act is kept."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.utils.translation import override

from sunward.gatherings.actions import cancel_gathering
from sunward.gatherings.admission import Head
from sunward.gatherings.news import News, NewsKind, news
from sunward.outreach.enums import ChannelKind, MessageState
from sunward.outreach.models import Message
from sunward.web.announcing import compose
from tests.factories import NOW, TODAY, make_mentor, make_user
from tests.gatherings.builders import TRAINING, bring, planner, published, willing_child


def told(kind: NewsKind, **said: object) -> News:
    begins_at = datetime(2026, 12, 5, 1, 0, tzinfo=UTC)
    fields = {
        "key": "k", "kind": kind, "gathering_id": 1, "reference": "G000001", "title": "秋游", "place": "共青森林公园",
        "begins_at": begins_at, "person_id": 1, "unit_path": "/310110/", "code": "204816",
    }  # fmt: skip
    return News(**{**fields, **said})


@pytest.mark.parametrize("kind", NewsKind)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_kind_of_news_has_words_in_both_languages(kind, language):
    with override(language):
        body = compose(told(kind))
    assert "秋游" in body
    assert body.isascii() is False
    assert ("We" in body or "you" in body or "time" in body or "free" in body or "look" in body) == (language == "en")


def test_a_message_says_the_districts_own_hour_and_the_code_at_the_door():
    with override("zh-hans"):
        body = compose(told(NewsKind.REMINDER))
    assert "2026-12-05 09:00" in body
    assert "204816" in body
    assert "共青森林公园" in body


@pytest.mark.parametrize("kind", [NewsKind.CANCELLED, NewsKind.ASKED_FOR_FEEDBACK])
def test_whoever_need_not_come_is_told_neither_way_nor_code(kind):
    body = compose(told(kind))
    assert "204816" not in body
    assert "共青森林公园" not in body


def test_whoever_is_asked_for_feedback_gets_the_address_of_the_page(settings):
    settings.SUNWARD_PUBLIC_URL = "https://sunward.example"
    body = compose(told(NewsKind.ASKED_FOR_FEEDBACK, feedback_token="t0ken"))
    assert "https://sunward.example/feedback/t0ken/" in body


@pytest.mark.django_db
def test_a_place_given_is_a_message_to_the_guardian_who_has_no_phone_on_file():
    case = willing_child()
    bring(published(), Head(case.person_id))
    message = Message.objects.get()
    assert message.person_id == case.person.guardianships.get().guardian_id
    assert (message.about, message.state) == ("gathering", MessageState.HELD)


@pytest.mark.django_db
def test_a_volunteer_who_signs_in_reads_it_in_sunward():
    user = make_user("mentor")
    mentor = make_mentor(user=user)
    bring(published(TRAINING), Head(mentor.person_id))
    message = Message.objects.get()
    assert (message.user_id, message.channel_kind, message.state) == (user.pk, ChannelKind.IN_APP, MessageState.SENT)


@pytest.mark.django_db
def test_the_same_news_told_again_is_one_message():
    case = willing_child()
    guardian = case.person.guardianships.get().guardian_id
    for _again in range(2):
        news.send(sender=object(), news=told(NewsKind.REMINDER, person_id=guardian), now=NOW)
    assert Message.objects.count() == 1


@pytest.mark.django_db
def test_an_act_that_is_taken_back_has_told_nobody():
    gathering, case = published(), willing_child()
    with pytest.raises(RuntimeError), transaction.atomic():
        bring(gathering, Head(case.person_id))
        raise RuntimeError
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_whoever_had_a_place_hears_that_the_gathering_is_cancelled():
    gathering, case = published(), willing_child()
    bring(gathering, Head(case.person_id))
    gathering.refresh_from_db()
    cancel_gathering(
        actor=planner(gathering.kind), gathering_id=gathering.uid, version=gathering.version, reason="台风", on=TODAY,
        now=NOW,
    )  # fmt: skip
    assert [message.key.split(":")[2] for message in Message.objects.order_by("pk")] == ["placed", "cancelled"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "hours", "is_urgent"),
    [
        (NewsKind.CANCELLED, 30, True), (NewsKind.CHANGED, 1, True), (NewsKind.CANCELLED, 49, False),
        (NewsKind.REMINDER, 1, False), (NewsKind.CANCELLED, -1, False),
    ],
)  # fmt: skip
def test_nobody_comes_in_vain_because_of_quiet_hours_or_a_full_week(kind, hours, is_urgent):
    person = make_mentor().person
    begins_at = NOW + timedelta(hours=hours)
    news.send(sender=None, news=told(kind, person_id=person.pk, begins_at=begins_at), now=NOW)
    assert bool(Message.objects.get().urgent_because) == is_urgent
