"""An inbox that is one's own, the page behind a link, and how a family wishes to be told."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.audit.models import AuditEntry
from sunward.core import clock
from sunward.outreach.actions import set_preference, suspend_messages, write_personal
from sunward.outreach.enums import MessagePurpose
from sunward.outreach.links import token_of
from sunward.outreach.models import Message, Preference, Suspension
from sunward.outreach.rules import WRONG_TRIES
from sunward.people.models import Guardianship, Person
from tests import factories as make
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def worker(client):
    cache.clear()
    user = make.make_officer(Role.WORKER, make.make_committee(), name="方晓晴")
    client.force_login(user)
    return make.actor_of(user)


def url(name, *args):
    return reverse(f"outreach:{name}", args=args)


def text(page):
    return page.content.decode()


def tell(actor, body="请给奶奶回电\n\n她上午来过", **more):
    said = {"purpose": MessagePurpose.DUTY, "reference": "C000001", "unit_path": "/310110/", "now": NOW} | more
    return write_personal(key=f"k{Message.objects.count()}", user_id=actor.user_id, body=body, **said)


# The inbox


def test_the_inbox_shows_ones_own_messages_the_newest_first(client, worker):
    tell(worker, "旧的", now=NOW - timedelta(hours=1))
    tell(worker)
    tell(make.actor_of(make.make_officer()), "别人的")
    page = client.get(url("inbox"))
    assert [row.title for row in page.context["rows"]] == ["请给奶奶回电", "旧的"]
    assert "别人的" not in text(page)


def test_looking_writes_nothing_and_the_page_itself_says_that_it_was_read(client, worker):
    message = tell(worker)
    page = client.get(url("letter", message.uid))
    assert "她上午来过" in text(page)
    assert f'hx-post="{url("letter_read", message.uid)}"' in text(page)
    assert Message.objects.get().read_at is None
    answer = client.post(url("letter_read", message.uid), HTTP_HX_REQUEST="true")
    assert "已读" in text(answer)
    assert Message.objects.get().read_at == NOW
    assert client.post(url("letter_read", message.uid)).status_code == 302


def test_home_counts_what_is_unread_and_all_can_be_marked(client, worker):
    for _time in range(3):
        tell(worker)
    assert "您有 3 条未读消息" in text(client.get(reverse("home")))
    assert "3 条未读" in text(client.get(url("inbox")))
    client.post(url("inbox_read_all"))
    assert "未读消息" not in text(client.get(reverse("home")))


def test_marking_all_leaves_the_messages_of_others_alone(client, worker):
    other = tell(make.actor_of(make.make_officer()))
    client.post(url("inbox_read_all"))
    other.refresh_from_db()
    assert other.read_at is None


def test_an_inbox_takes_the_same_number_of_queries_for_few_and_for_many(client, worker):
    tell(worker)
    client.get(url("inbox"))
    few = count(client, url("inbox"))
    for _time in range(12):
        tell(worker)
    assert count(client, url("inbox")) == few <= 8


# The page behind a link


def linked():
    person = make.make_person("欧阳明珠", phone="+8613800001234")
    return write_personal(
        key="link", purpose=MessagePurpose.VISIT, reference="C000001", body="周六九点，请带好材料。",
        unit_path=person.unit_path, person_id=person.pk, now=NOW,
    )  # fmt: skip


def address(token):
    return reverse("message_link", args=[token])


def test_the_page_asks_for_four_digits_and_shows_the_words_to_nobody_else(client):
    message = linked()
    asked = client.get(address(token_of(message)))
    assert asked.status_code == 200
    assert "周六九点" not in text(asked)
    shown = client.post(address(token_of(message)), {"digits": "1234"})
    assert "周六九点，请带好材料。" in text(shown)
    assert message.number in text(shown)
    for page in (asked, shown):
        assert "欧阳明珠" not in text(page)
        assert page["Cache-Control"].count("no-store") == 1
    message.refresh_from_db()
    assert message.read_at == NOW


@pytest.mark.parametrize("typed", ["", "12", "12345", "abcd", "１２３４x"])
def test_a_slip_of_the_finger_costs_no_try(client, typed):
    message = linked()
    answer = client.post(address(token_of(message)), {"digits": typed})
    assert answer.status_code == 422
    message.refresh_from_db()
    assert message.wrong_tries == 0


@pytest.mark.django_db(transaction=True)
def test_after_five_wrong_tries_the_right_digits_open_nothing(client):
    message = linked()
    for _try in range(WRONG_TRIES):
        wrong = client.post(address(token_of(message)), {"digits": "9999"})
        assert wrong.status_code == 422
        assert "周六九点" not in text(wrong)
    closed = client.post(address(token_of(message)), {"digits": "1234"})
    assert closed.status_code == 404
    assert "周六九点" not in text(closed)


def test_changed_ended_and_made_up_links_get_one_and_the_same_page(client, monkeypatch):
    token = token_of(linked())
    changed, made_up = token[:-1] + ("A" if token[-1] != "A" else "B"), "there.is.none"
    pages = {said(client.get(address(one))) for one in (changed, made_up)}
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=60))
    ended = client.get(address(token))
    assert ended.status_code == 404
    assert pages == {said(ended)}
    assert "请给居委会" in said(ended)


def said(page):
    """The page's own words, without the frame, which repeats the address."""
    return text(page).partition("<main")[2].partition("</main>")[0]


def test_the_page_needs_no_sign_in_and_leads_nowhere_else(client):
    page = text(Client().get(address(token_of(linked()))))
    assert "sun-menu" not in page


# How a family wishes to be told


@pytest.fixture
def carer():
    """A guardian of a child of the committee."""
    case = make.make_child("欧阳明珠")
    guardian = make.make_person("欧阳奶奶", unit=case.unit)
    Guardianship.objects.create(child=case.person, guardian=guardian, from_on=TODAY - timedelta(days=9))
    guardian.case = case
    return guardian


def test_the_childs_file_leads_to_the_wishes_of_child_and_carer(client, worker, carer):
    set_preference(actor=worker, person_id=carer.uid, now=NOW, opted_out_of=["recommendation"])
    page = client.get(reverse("mentoring:child", args=[carer.case.uid]))
    told = page.context["file"].told
    assert [(one.name, one.wishes) for one in told] == [("欧阳明珠", ""), ("欧阳奶奶", "不收：岗位与课程推荐")]
    assert told[1].href == url("person", carer.uid)


def test_a_call_just_made_suspends_reminders_and_the_file_says_so(client, worker, carer):
    back = reverse("mentoring:child", args=[carer.case.uid])
    until = TODAY + timedelta(days=14)
    said = {"reason": "已电话联系奶奶", "until_on": until.isoformat()}
    answer = client.post(f"{url('reminders_suspend', carer.uid)}?back={back}", said, follow=True)
    assert answer.redirect_chain[-1][0] == f"{url('person', carer.uid)}?back={back}"
    assert "已电话联系奶奶" in text(answer)
    assert f'href="{back}"' in text(answer)
    assert f"自动提醒暂停到 {until.isoformat()}" in text(client.get(back))
    suspension = Suspension.objects.get()
    client.post(url("reminders_resume", carer.uid, suspension.pk))
    suspension.refresh_from_db()
    assert suspension.ended_at == NOW


def test_a_day_that_is_over_is_said_beside_the_field(client, worker, carer):
    answer = client.post(url("reminders_suspend", carer.uid), {"reason": "x", "until_on": TODAY.isoformat()})
    assert answer.status_code == 422
    assert "until_on" in answer.context["suspend_form"].errors
    assert not Suspension.objects.exists()


def test_wishes_are_kept_and_an_empty_e_mail_leaves_the_stored_one(client, worker, carer):
    said = {"channel_kind": "email", "email": "nainai@example.cn", "quiet_from": "20:00", "quiet_until": "09:00"}
    client.post(url("wishes", carer.uid), said | {"version": "0"})
    page = client.get(url("person", carer.uid))
    assert "nainai@example.cn" not in text(page)
    assert 'value="20:00' in text(page)
    client.post(url("wishes", carer.uid), said | {"email": "", "ceiling_per_week": "2", "version": "1"})
    preference = Preference.objects.get()
    assert (preference.email, preference.ceiling_per_week) == ("nainai@example.cn", 2)


@pytest.mark.parametrize(
    ("said", "field"),
    [({"channel_kind": "email"}, "email"), ({"quiet_from": "20:00"}, "quiet_until"),
     ({"ceiling_per_week": "-1"}, "ceiling_per_week"), ({"channel_kind": "wecom"}, "channel_kind")],
)  # fmt: skip
def test_half_a_wish_is_said_beside_its_field(client, worker, carer, said, field):
    answer = client.post(url("wishes", carer.uid), said)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Preference.objects.exists()


@pytest.mark.parametrize("asked", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_the_way_back_leads_to_no_other_house(client, worker, carer, asked):
    assert client.get(url("person", carer.uid), {"back": asked}).context["back"] == ""


@pytest.mark.parametrize(
    ("asked", "leads"),
    [("/people/?q=欧阳 a&b#c", "?back=/people/%3Fq%3D%E6%AC%A7%E9%98%B3%20a%26b%23c"), ("/a\r\nSet-Cookie: x", ""),
     ("//elsewhere.example/", ""), ("https://elsewhere.example/", ""), ("/\\elsewhere.example/", "")],
)  # fmt: skip
def test_the_way_back_is_kept_word_for_word_or_not_at_all(client, worker, carer, asked, leads):
    answer = client.post(f"{url('reminders_suspend', carer.uid)}?{urlencode({'back': asked})}", {"reason": "x"})
    assert (answer.status_code, answer["Location"]) == (302, url("person", carer.uid) + leads)


def test_opening_the_page_is_a_look_at_the_person(client, worker, carer):
    client.get(url("person", carer.uid))
    assert AuditEntry.objects.get(code="outreach.wishes_opened").subject_id == carer.pk


def test_somebody_elses_suspension_is_not_ended_on_this_page(client, worker, carer):
    away = make.make_committee("310110019001", name="别处")
    stranger = make.make_known(make.make_person("外街道人", unit=away))
    officer = make.actor_of(make.make_officer())
    there = suspend_messages(
        actor=officer, person_id=stranger.uid, reason="x", from_on=TODAY, on=TODAY, now=NOW, until_on=None
    )
    assert client.post(url("reminders_resume", carer.uid, there.pk)).status_code == 404
    there.refresh_from_db()
    assert there.ended_at is None


def count(client, path):
    with CaptureQueriesContext(connection) as caught:
        assert client.get(path).status_code == 200
    return len(caught)


def test_a_wish_is_not_written_on_a_row_that_was_merged_into_another(client, worker, carer):
    """A page that was open before the merging: the wish would be kept where nobody asks for it."""
    kept = make.make_person("欧阳奶奶", unit=carer.unit)
    Person.objects.filter(pk=carer.pk).update(merged_into=kept)
    answer = client.post(url("wishes", carer.uid), {"opted_out_of": ["recommendation"]})
    assert answer.status_code == 404
    assert not Preference.objects.exists()
