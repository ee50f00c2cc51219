"""A mentor without network: her words stay on the phone, arrive once, and leave it when she signs out."""

import re

import pytest
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.casework.models import ServiceRecord
from tests.browser.conftest import PHONE
from tests.factories import give_post, make_child, make_committee, make_match, make_mentor, make_user

pytestmark = pytest.mark.browser
CHILD = "买买提·吐尔逊"
# All that the browser keeps, as text: databases with their rows, caches with their pages.
KEPT = """async () => {
    const found = [];
    for (const { name } of await indexedDB.databases()) {
        const db = await new Promise((done) => (indexedDB.open(name).onsuccess = (e) => done(e.target.result)));
        for (const place of db.objectStoreNames) {
            const asked = db.transaction(place).objectStore(place).getAll();
            const rows = await new Promise((done) => (asked.onsuccess = () => done(asked.result)));
            const plain = (_key, value) =>
                value instanceof ArrayBuffer ? new TextDecoder().decode(value) : value;
            found.push(`${name}.${place}: ${JSON.stringify(rows, plain)}`);
        }
        db.close();
    }
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
            const kept = await cache.match(request);
            found.push(`${request.url}: ${await kept.text()}`);
        }
    }
    return found;
}"""
IS_INSTALLED = "() => navigator.serviceWorker.ready.then(() => Boolean(navigator.serviceWorker.controller))"
NOTHING_WAITS = "() => document.getElementById('outbox') && !document.querySelector('[data-outbox-list] li')"


@pytest.fixture
def mom(transactional_db):
    user = make_user(name="欧阳明珠")
    give_post(user, Role.MENTOR, make_committee())
    return user


@pytest.fixture
def match(mom):
    return make_match(make_child(CHILD), make_mentor(user=mom))


@pytest.fixture
def phone(site, mom):
    """Her home, opened once with network, so that the phone knows what it needs."""

    def open_phone(language="zh-hans"):
        page = site(reverse("home"), user=mom, language=language, width=PHONE, complaining="Failed to load resource")
        page.wait_for_function(IS_INSTALLED)
        page.wait_for_function("() => caches.match('/offline/language')")
        return page

    return open_phone


def tap(page, words):
    page.get_by_text(words, exact=True).click()


def write_without_network(page, words):
    page.get_by_role("heading", name="现在没有网络").wait_for()
    tap(page, "见到了孩子")
    page.locator("#id_note").fill(words)
    tap(page, "存在这部手机上")
    page.get_by_text("已存在这部手机上，等待网络").wait_for()


def test_saved_without_network_it_survives_a_reload_and_arrives_exactly_once(phone, match):
    page = phone()
    page.context.set_offline(True)
    page.goto(page.url.rstrip("/") + reverse("mentoring:visit", args=[match.uid]))
    assert page.locator("[data-child-initial]").inner_text() == "买＊"
    write_without_network(page, "一起包了饺子")
    page.reload()
    page.get_by_text("已存在这部手机上，等待网络").wait_for()
    kept = "\n".join(page.evaluate(KEPT))
    assert "吐尔逊" not in kept
    assert "饺子" not in kept
    assert ServiceRecord.objects.count() == 0
    page.context.set_offline(False)
    page.wait_for_function(NOTHING_WAITS)
    page.goto(page.url)
    page.wait_for_function(NOTHING_WAITS)
    record = ServiceRecord.objects.get()
    assert (record.note, record.outcome) == ("一起包了饺子", "made")


def test_the_open_form_that_finds_no_network_keeps_its_words_and_a_lost_answer_doubles_nothing(phone, match):
    page = phone()
    page.goto(page.url.rstrip("/") + reverse("mentoring:visit", args=[match.uid]))
    answers = []

    def lose(route):
        """The server writes the visit; the answer gets lost on the way back."""
        answers.append(route.fetch().status)
        route.abort()

    page.context.route("**/visit/upload/", lose)
    tap(page, "见到了孩子")
    page.locator("label[for=id_mood_2]").click()
    page.get_by_role("button", name=re.compile("保存")).click()
    page.get_by_role("heading", name="已存在这部手机上，等待网络").wait_for()
    assert answers == [200]
    assert ServiceRecord.objects.count() == 1
    page.context.unroute("**/visit/upload/", lose)
    page.goto(page.url)
    page.wait_for_function(NOTHING_WAITS)
    assert ServiceRecord.objects.count() == 1
    assert ServiceRecord.objects.get().visit.mood == "quiet"


def test_signing_out_asks_first_and_then_leaves_nothing_on_the_phone(phone, match):
    page = phone()
    home = page.url
    page.context.set_offline(True)
    page.reload()
    write_without_network(page, "还没发出的话")
    page.context.route("**/my/offline/", lambda route: route.abort())
    page.context.set_offline(False)
    page.goto(home)
    page.get_by_text("已存在这部手机上，等待网络").wait_for()
    page.locator(".sun-bar details summary").last.click()
    page.get_by_role("button", name="退出").last.click()
    page.get_by_role("heading", name="还有内容没有发出").wait_for()
    tap(page, "先发出，再退出")
    page.get_by_text("没能发出").wait_for()
    page.context.unroute("**/my/offline/")
    tap(page, "先发出，再退出")
    page.wait_for_url("**/login/**")
    assert ServiceRecord.objects.get().note == "还没发出的话"
    assert page.evaluate(KEPT) == []
    page.reload()
    assert page.evaluate("() => navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0


def test_what_one_mentor_left_unsent_is_neither_sent_nor_seen_by_another(phone, site, match, live_server):
    page = phone()
    page.context.set_offline(True)
    page.reload()
    write_without_network(page, "只给自己看")
    other = make_user(name="另一位")
    give_post(other, Role.MENTOR, make_committee())
    page.context.clear_cookies()
    page.context.set_offline(False)
    page.goto(live_server.url)
    page.wait_for_url("**/login/**")
    page.context.set_offline(True)
    page.reload()
    page.get_by_text("这部手机上有 1 条已加密").wait_for()
    assert not page.get_by_text("买＊").count()
    page.context.set_offline(False)
    from tests.browser.conftest import _session

    page.context.add_cookies([_session(live_server, other)])
    page.goto(live_server.url)
    page.wait_for_function("() => self.sunwardOutbox")
    page.evaluate("() => self.sunwardOutbox.flush()")
    assert ServiceRecord.objects.count() == 0
    assert "只给自己看" not in page.content()
    assert page.evaluate("() => self.sunwardStore.count()") == 1


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_without_network_is_fit_for_everybody(site, find_barriers, language):
    page = site(reverse("offline_shell", args=[language]), width=PHONE)
    page.evaluate("() => document.querySelectorAll('[hidden]').forEach((part) => part.removeAttribute('hidden'))")
    assert not find_barriers(page)
