"""The pages of bulletins: written, read, published and corrected in a browser's way; how many queries that takes."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.accounts.preferences import set_language
from sunward.core import clock
from sunward.figures.actions.bulletins import begin_erratum
from sunward.figures.bulletins.word import write_word
from sunward.figures.models import Bulletin, PublishedBulletin
from sunward.figures.queries.bulletin_making import make_again
from sunward.ledger.actions import correct_fact
from tests.factories import NOW, TODAY, make_district, make_officer, make_subdistrict
from tests.figures.bulletin_builders import (
    FAIRS,
    SERVICES,
    UNTIL,
    make_bulletin,
    make_published,
    make_streets,
    officer,
    publish,
    served,
)

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


def signed_in(role=Role.EMPLOYMENT_OFFICER, unit=None, language="zh-hans"):
    user = make_officer(role, unit)
    set_language(user_id=user.pk, language=language)
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def typed(body, **changed):
    said = {
        "issuer": f"employment:{make_district().pk}", "name": "乐业空间简报", "issue": "10", "issue_total": "22",
        "title": "十月工作情况", "until_on": f"{UNTIL}", "body": body, "report_to": "", "send_to": "",
        "language": "zh-hans", "key": f"{uuid4()}",
    }  # fmt: skip
    return said | changed


def page(client, bulletin):
    answer = client.get(reverse("figures:bulletin", args=[bulletin.uid]))
    assert answer.status_code == 200
    return answer.content.decode()


def document_of(told):
    return told[told.index("<article") : told.index("</article>")]


def test_a_bulletin_is_written_by_one_and_published_by_another():
    served(make_streets()["310110012"], 40)
    writer, second = signed_in(), signed_in()
    assert writer.post(reverse("figures:bulletin_new"), typed(f"共服务[[{SERVICES}]]人次。")).status_code == 302
    bulletin = Bulletin.objects.get()
    address = reverse("figures:bulletin_publish", args=[bulletin.uid])
    assert address not in page(writer, bulletin)
    assert writer.post(address, {"version": "1"}).status_code == 403
    assert address in page(second, bulletin)
    assert second.post(address, {"version": "1"}).status_code == 302
    assert "共服务<b>40</b>人次。" in page(signed_in(Role.LEADER), bulletin)


def test_what_is_wrong_is_told_with_its_place_and_nothing_typed_is_lost():
    client = signed_in()
    answer = client.post(reverse("figures:bulletin_new"), typed("第一段写了很久。\n共[[employment.nothing]]。"))
    told = answer.content.decode()
    assert answer.status_code == 422
    assert "第2行" in told
    assert "第一段写了很久。" in told


def test_a_name_is_asked_about_and_may_be_replaced_or_kept():
    client = signed_in()
    said = typed("居民张小红找到了工作。")
    answer = client.post(reverse("figures:bulletin_new"), said)
    assert answer.status_code == 422
    assert "change:张小红" in answer.content.decode()
    answer = client.post(reverse("figures:bulletin_new"), said | {"mark-1": "change:张小红"})
    assert answer.status_code == 302
    assert "张小红" not in Bulletin.objects.get().body


def test_page_and_word_file_stay_the_same_whatever_is_recorded_later():
    facts = served(make_streets()["310110012"], 40)
    published = make_published(f"# 服务\n共服务[[{SERVICES}]]人次。\n[[{SERVICES}|by unit]]")
    client = signed_in()
    word = reverse("figures:bulletin_word", args=[published.bulletin.uid])
    before, file = document_of(page(client, published.bulletin)), client.get(word).content
    later = NOW + timedelta(days=2)
    served(make_subdistrict(), 3, now=later, first=900)
    correct_fact(old=facts[0], new=None, now=later)
    assert document_of(page(client, published.bulletin)) == before
    assert client.get(word).content == file
    assert write_word(make_again(PublishedBulletin.objects.get()), at=published.known_until) == file


def test_the_word_file_has_the_conventional_layout_by_names_of_fonts():
    served(make_streets()["310110012"], 40)
    published = make_published(f"# 服务\n共[[{SERVICES}]]人次。\n[[{SERVICES}|year|by month]]")
    file = signed_in().get(reverse("figures:bulletin_word", args=[published.bulletin.uid])).content
    words = ZipFile(BytesIO(file)).read("word/document.xml").decode()
    for expected in (
        'w:eastAsia="方正小标宋简体"', 'w:eastAsia="仿宋_GB2312"', 'w:eastAsia="黑体"', 'w:eastAsia="楷体_GB2312"',
        "第10期（总第22期）", "报：区委办公室", "送：各街道", "一、服务", "<w:tbl>", "C81010",
    ):  # fmt: skip
        assert expected in words


def test_a_withheld_number_stands_nowhere_for_readers_nor_does_its_reason():
    streets = make_streets()
    for number, street in zip((3, 31, 42), streets.values(), strict=True):
        served(street, number, first=100 * number)
    published = make_published(f"[[{SERVICES}|by unit]]")
    told = page(signed_in(Role.LEADER), published.bulletin)
    assert "不公开" in told
    assert "为什么有的数字不公布" not in told
    assert ">3<" not in told
    assert "为什么有的数字不公布" in page(signed_in(), published.bulletin)


def test_an_erratum_is_announced_on_the_document_it_corrects_once_it_is_published():
    facts = served(make_streets()["310110012"], 40)
    published = make_published(f"共服务[[{SERVICES}]]人次。")
    correct_fact(old=facts[0], new=None, now=NOW)
    writer, leader = signed_in(), signed_in(Role.LEADER)
    address = reverse("figures:bulletin_erratum", args=[published.bulletin.uid])
    assert writer.post(address, {"reason": " ", "key": f"{uuid4()}"}).status_code == 422
    assert writer.post(address, {"reason": "重复登记。", "key": f"{uuid4()}"}).status_code == 302
    erratum = Bulletin.objects.get(corrects__isnull=False)
    assert erratum.title not in page(leader, published.bulletin)
    publish(officer(), erratum, now=NOW + timedelta(minutes=1))
    assert erratum.title in page(leader, published.bulletin)
    told = document_of(page(leader, erratum))
    assert "重复登记。" in told
    assert ">40<" in told
    assert ">39<" in told


def test_two_who_change_one_draft_choose_between_both_texts():
    bulletin = make_bulletin(officer(), "第一稿。")
    client = signed_in()
    said = typed("我的稿。") | {"version": "1", "initial-body": "第一稿。"}
    assert client.post(reverse("figures:bulletin_edit", args=[bulletin.uid]), said).status_code == 302
    other = signed_in().post(
        reverse("figures:bulletin_edit", args=[bulletin.uid]), said | {"body": "别人的稿。"}
    )  # fmt: skip
    assert other.status_code == 409
    assert "我的稿。" in other.content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_form_names_every_figure_of_the_programme(language):
    client = signed_in(language=language)
    told = client.get(reverse("figures:bulletin_new")).content.decode()
    assert SERVICES in told
    assert "mentoring." not in told


def test_pages_take_as_many_queries_for_many_bulletins_and_figures_as_for_one():
    client = signed_in()
    published = make_published(f"共[[{FAIRS}]]场。")
    page(client, published.bulletin)  # what only a first page asks, it asks here
    asked = []
    for body in (f"共[[{FAIRS}]]场。", "\n".join(f"共[[{FAIRS}|2026-{month:02}]]场。" for month in range(1, 11))):
        for _each in range(1 if not asked else 6):
            published = make_published(body)
        for address in (reverse("figures:bulletins"), reverse("figures:bulletin", args=[published.bulletin.uid])):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            asked.append(len(queries))
    assert asked[:2] == asked[2:]
    assert max(asked) < 40


def test_an_erratum_begun_twice_with_one_key_is_one():
    published, key = make_published("正文。"), uuid4()
    first, again = (
        begin_erratum(actor=officer(), bulletin_id=published.bulletin.uid, key=key, reason="错字。", now=NOW)
        for _each in range(2)
    )
    assert first.pk == again.pk
