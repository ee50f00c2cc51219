"""What the phone asks of the server without a page: the worker, the empty page, her list, and where words arrive."""

import json
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.accounts.models import User
from sunward.casework.models import ServiceRecord
from sunward.core import clock
from sunward.mentoring.actions.ways import set_out
from sunward.mentoring.enums import MatchState
from sunward.mentoring.models import Match, SafeReturn
from sunward.mentoring.offline import compose_worker
from tests.factories import (
    NOW,
    TODAY,
    actor_of,
    give_post,
    make_child,
    make_committee,
    make_match,
    make_mentor,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fixed_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def mom() -> User:
    user = make_user(name="王芳")
    give_post(user, Role.MENTOR, make_committee())
    return user


@pytest.fixture
def match(mom: User) -> Match:
    return make_match(make_child("陈小雨"), make_mentor(user=mom))


def phone_of(user: User, **more: Any) -> Client:
    client = Client(**more)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def said(**more: Any) -> dict[str, Any]:
    given = {"key": str(uuid4()), "outcome": "made", "kind": "home_visit", "day": "other", "minutes": "45"}
    return given | {"other_day": TODAY.isoformat(), "note": "包饺子"} | more


def upload(client: Client, match: Match, sent: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    answer = client.post(reverse("mentoring:visit_upload", args=[match.uid]), sent)
    return answer.status_code, json.loads(answer.content)


# The worker and the page without network.


def test_the_worker_is_asked_for_each_time_and_governs_the_whole_site() -> None:
    answer = Client().get("/sw.js")
    assert answer["Service-Worker-Allowed"] == "/"
    assert answer["Cache-Control"] == "no-cache"
    assert answer["Content-Type"].startswith("text/javascript")


def test_the_worker_keeps_every_file_that_its_page_needs_and_its_version_is_made_of_them() -> None:
    names = dict(re.findall(r"const (\w+) = (.*);", compose_worker()))
    files = json.loads(names["FILES"])
    shells = json.loads(names["SHELLS"])
    assert set(shells) == {"zh-Hans", "en"}
    for address in shells.values():
        page = Client().get(address).content.decode()
        assert set(re.findall(rf'(?:src|href)="({settings.STATIC_URL}[^"]+)"', page)) <= set(files)
    compose_worker.cache_clear()
    assert json.loads(dict(re.findall(r"const (\w+) = (.*);", compose_worker()))["VERSION"]) == json.loads(
        names["VERSION"]
    )


def test_the_page_without_network_is_the_same_for_everybody_to_the_letter(mom: User, match: Match) -> None:
    other = make_user(name="李四")
    give_post(other, Role.MENTOR, make_committee())
    address = reverse("offline_shell", args=["zh-hans"])
    pages = {client.get(address).content for client in (Client(), phone_of(mom), phone_of(other))}
    assert len(pages) == 1
    text = pages.pop().decode()
    assert "csrf" not in text
    assert not [name for name in ("陈小雨", "王芳", TODAY.isoformat()) if name in text]
    assert Client().get(reverse("offline_shell", args=["fr"])).status_code == 404


# Her list.


def test_the_list_holds_one_character_of_a_name_and_nothing_else_of_a_child(mom: User, match: Match) -> None:
    set_out(actor=actor_of(mom), match_id=match.uid, minutes=90, now=NOW)
    answer = phone_of(mom).get(reverse("mentoring:offline_desk"))
    desk = json.loads(answer.content)
    assert [(child["match"], child["initial"]) for child in desk["children"]] == [(str(match.uid), "陈＊")]
    assert [way["initial"] for way in desk["ways"]] == ["陈＊"]
    assert desk["user"] == str(mom.pk)
    assert "no-store" in answer["Cache-Control"]
    assert not [word for word in ("小雨", match.case.reference, match.case.unit.name) if word in str(desk)]


@pytest.mark.parametrize("state", [MatchState.PROPOSED, MatchState.PAUSED])
def test_a_match_that_does_not_let_her_read_is_not_on_the_list(mom: User, match: Match, state: MatchState) -> None:
    Match.objects.filter(pk=match.pk).update(state=state)
    assert json.loads(phone_of(mom).get(reverse("mentoring:offline_desk")).content)["children"] == []


def test_the_list_costs_few_queries_however_many_children(mom: User, match: Match) -> None:
    phone = phone_of(mom)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            phone.get(reverse("mentoring:offline_desk"))
        return len(queries)

    count()  # the first look reads what is kept from then on
    before = count()
    for _number in range(3):
        make_match(make_child(), match.mentor)
    assert count() == before <= 8


# What arrives.


def test_the_same_upload_twice_is_one_visit_and_both_are_told_so(mom: User, match: Match) -> None:
    phone, sent = phone_of(mom), said()
    for _attempt in range(2):
        assert upload(phone, match, sent) == (200, {"next": reverse("mentoring:own_child", args=[match.uid])})
    assert ServiceRecord.objects.get().note == "包饺子"


def test_other_words_under_a_known_key_come_back_with_the_sentence(mom: User, match: Match) -> None:
    phone, sent = phone_of(mom), said()
    upload(phone, match, sent)
    status, answer = upload(phone, match, sent | {"note": "别的话"})
    assert (status, answer["code"]) == (409, "mentoring.visit_already_saved")
    assert "另一个窗口" in answer["sentence"]


@pytest.mark.parametrize("more", [{"outcome": ""}, {"minutes": ""}, {"other_day": "2031-01-01"}, {"mood": "seven"}])
def test_what_cannot_be_comes_back_with_a_sentence_and_leaves_nothing(
    mom: User, match: Match, more: dict[str, str]
) -> None:
    status, answer = upload(phone_of(mom), match, said(**more))
    assert status == 422
    assert answer["sentence"]
    assert not ServiceRecord.objects.exists()


def test_words_for_a_match_that_ended_meanwhile_are_refused_with_a_sentence(mom: User, match: Match) -> None:
    Match.objects.filter(pk=match.pk).update(state=MatchState.PAUSED)
    status, answer = upload(phone_of(mom), match, said())
    assert (status, answer["code"]) == (404, "mentoring.match_not_there")


def test_an_upload_needs_the_token_and_a_session(mom: User, match: Match) -> None:
    address = reverse("mentoring:visit_upload", args=[match.uid])
    assert phone_of(mom, enforce_csrf_checks=True).post(address, said()).status_code == 403
    assert Client().post(address, said()).status_code == 302
    strict = phone_of(mom, enforce_csrf_checks=True)
    token = json.loads(strict.get(reverse("mentoring:offline_desk")).content)["csrf"]
    assert strict.post(address, said(), headers={"X-CSRFToken": token}).status_code == 200


def test_a_visit_written_down_may_say_that_she_is_back_as_well(mom: User, match: Match) -> None:
    set_out(actor=actor_of(mom), match_id=match.uid, minutes=90, now=NOW)
    upload(phone_of(mom), match, said(is_back="on"))
    assert SafeReturn.objects.get().back_at == NOW


def test_a_tap_from_the_outbox_is_answered_as_a_script_is(mom: User, match: Match) -> None:
    way = set_out(actor=actor_of(mom), match_id=match.uid, minutes=90, now=NOW)
    phone, address = phone_of(mom), reverse("mentoring:way_back", args=[way.uid])
    for _attempt in range(2):
        assert phone.post(address, headers={"X-Outbox": "yes"}).status_code == 200
    assert SafeReturn.objects.get().back_at == NOW
    gone = phone.post(reverse("mentoring:way_back", args=[uuid4()]), headers={"X-Outbox": "yes"})
    assert (gone.status_code, json.loads(gone.content)["code"]) == (404, "mentoring.way_not_there")


def test_her_home_has_one_large_button_until_she_is_back(mom: User, match: Match) -> None:
    phone = phone_of(mom)
    page = phone.post(reverse("mentoring:way_out", args=[match.uid]), {"minutes": "120"}, follow=True)
    assert "路上小心" in page.content.decode()
    way = SafeReturn.objects.get()
    assert way.expected_back_at == NOW + timedelta(minutes=120)
    address = reverse("mentoring:way_back", args=[way.uid])
    assert address in phone.get(reverse("home")).content.decode()
    phone.post(address)
    assert address not in phone.get(reverse("home")).content.decode()


def test_her_home_is_one_tap_away_from_the_call_for_help(mom: User, match: Match) -> None:
    assert reverse("mentoring:own_call", args=[match.uid]) in phone_of(mom).get(reverse("home")).content.decode()
