"""The shell in a browser: nobody is kept out, and the keyboard reaches everything."""

import re
from urllib.parse import unquote_plus

import pytest
from django.urls import reverse

from sunward.accounts.enums import Role
from tests.browser.conftest import DESKTOP, PHONE
from tests.factories import make_officer

pytestmark = pytest.mark.browser

SIZES = pytest.mark.parametrize("width", [DESKTOP, PHONE])
LANGUAGES = pytest.mark.parametrize("language", ["zh-hans", "en"])


@pytest.fixture
def administrator(transactional_db):
    return make_officer(Role.ADMINISTRATOR, name="欧阳明珠·阿力木江", password="a-sunny-day-in-may")


@SIZES
@LANGUAGES
def test_every_part_on_the_style_page_is_fit_for_everybody(site, find_barriers, administrator, language, width):
    page = site(reverse("style"), user=administrator, language=language, width=width)
    assert not find_barriers(page)
    page.click("[data-opens=sample-dialog]")
    assert not find_barriers(page)


@SIZES
@LANGUAGES
def test_the_sign_in_pages_are_fit_for_everybody(site, find_barriers, administrator, language, width):
    page = site(reverse("account_login"), language=language, width=width)
    assert not find_barriers(page)
    page.fill("#id_login", administrator.username)
    page.fill("#id_password", "wrong")
    page.press("#id_password", "Enter")
    page.wait_for_selector("[role=alert]")
    assert not find_barriers(page)
    for name in ("mfa_index", "account_change_password", "mfa_list_webauthn", "account_logout"):
        page = site(reverse(name), user=administrator, language=language, width=width)
        assert not find_barriers(page), name


@SIZES
@LANGUAGES
def test_error_pages_and_the_first_page_are_fit_for_everybody(site, find_barriers, administrator, language, width):
    assert not find_barriers(site("/nowhere/", language=language, width=width, status=404))
    assert not find_barriers(site("/nowhere/", user=administrator, language=language, width=width, status=404))
    assert not find_barriers(site(reverse("home"), user=administrator, language=language, width=width))


@SIZES
def test_large_type_enlarges_the_words_and_breaks_nothing(site, find_barriers, administrator, width):
    def size_of(page):
        return page.evaluate("parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)")

    normal = size_of(site(reverse("style"), user=administrator, width=width))
    page = site(reverse("style"), user=administrator, width=width, is_large=True)
    assert size_of(page) >= 1.2 * normal
    assert not find_barriers(page)


def test_the_first_tab_offers_to_skip_the_menu(site, administrator):
    page = site(reverse("home"), user=administrator)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_everything_that_can_be_clicked_can_be_reached_and_seen_by_keyboard(site, administrator):
    page = site(reverse("mfa_index"), user=administrator)
    wanted = page.evaluate("[...document.querySelectorAll('main a, main button, .sun-menu a')].length")
    reached = set()
    for _press in range(60):
        page.keyboard.press("Tab")
        spot = page.evaluate(
            "(() => { const e = document.activeElement; const s = getComputedStyle(e);"
            "return e.closest('main, .sun-menu') && e.matches('a, .btn') ? [e.outerHTML, s.outlineStyle] : null })()"
        )
        if spot:
            reached.add(spot[0])
            assert spot[1] == "solid"
    assert len(reached) == wanted


def test_on_a_phone_the_menu_opens_and_escape_closes_it_where_one_was(site, administrator):
    page = site(reverse("home"), user=administrator, width=PHONE)
    opener = page.locator(".sun-bottom [data-menu-open]")
    opener.focus()
    page.keyboard.press("Enter")
    page.locator("#menu a").nth(1).wait_for()
    assert opener.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    page.locator("#menu a").nth(1).wait_for(state="hidden")
    assert page.evaluate("document.activeElement.matches('.sun-bottom [data-menu-open]')")


def test_every_target_on_a_phone_is_large_enough_for_a_thumb(site, administrator):
    page = site(reverse("style"), user=administrator, width=PHONE)
    small = page.evaluate(
        "[...document.querySelectorAll('.btn, .form-control, .form-select, [class*=sun-][class*=-link], .sun-tool,"
        " .sun-ledger thead a, .sun-pager a, summary')]"
        ".map((e) => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()])"
        ".filter(([, box]) => box.height > 0 && box.height < 44).map(([html]) => html)"
    )
    assert not small


def test_a_folded_menu_stays_folded_on_the_next_page(site, administrator):
    page = site(reverse("home"), user=administrator)
    page.click("[data-menu-fold]")
    page.goto(page.url)
    assert "is-narrow" in page.get_attribute("body", "class")
    assert page.get_attribute("[data-menu-fold]", "aria-expanded") == "false"


def test_the_account_sheet_closes_by_escape_and_by_a_click_elsewhere(site, administrator):
    page = site(reverse("home"), user=administrator)
    sheet = page.locator(".sun-drop-sheet")
    page.click(".sun-drop summary")
    sheet.wait_for()
    page.keyboard.press("Escape")
    sheet.wait_for(state="hidden")
    page.click(".sun-drop summary")
    page.mouse.click(700, 600)
    sheet.wait_for(state="hidden")


def test_nothing_is_sent_before_the_question_is_answered(site, administrator):
    page = site(reverse("style"), user=administrator)
    sent = []
    page.on("request", lambda request: sent.append(request.method) if request.method == "POST" else None)
    page.fill("#id_sample-name", "x")
    page.select_option("#id_sample-risk", "high")
    page.check("#id_sample-way_0")
    page.check("#id_sample-is_agreed")
    page.click("form[data-confirm] [type=submit]")
    page.locator("#ask").wait_for()
    page.click("#ask [data-closes]")
    assert sent == []
    page.click("form[data-confirm] [type=submit]")
    with page.expect_request(lambda request: request.method == "POST"):
        page.click("[data-ask-yes]")


def test_the_head_of_a_ledger_stays_and_sorting_swaps_the_ledger_alone(site, administrator):
    page = site(reverse("style"), user=administrator)
    page.evaluate("document.querySelector('h1').dataset.isSame = 'yes'")
    page.click(".sun-ledger thead a >> nth=1")
    page.wait_for_url("**sort=unit")
    assert page.get_attribute("h1", "data-is-same") == "yes"
    assert page.get_attribute(".sun-ledger thead th >> nth=1", "aria-sort") == "ascending"


def test_a_printed_page_shows_the_rows_and_no_tools(site, administrator):
    page = site(reverse("style"), user=administrator)
    page.emulate_media(media="print")
    for hidden in (".sun-menu", ".sun-bar", ".sun-bottom", ".sun-filters", ".sun-ledger-tools .btn"):
        assert not page.locator(hidden).first.is_visible(), hidden
    page.locator(".sun-ledger tbody tr").first.wait_for()
    # A list longer than a sheet must not leave the first one empty.
    card = page.locator(".card", has=page.locator(".sun-ledger")).first
    assert card.evaluate("(card) => getComputedStyle(card).breakInside") == "auto"


@pytest.mark.urls("tests.web.raising")
def test_a_refusal_under_htmx_rises_as_a_toast_and_waits_to_be_closed(site, administrator):
    page = site(reverse("home"), user=administrator, complaining="status of 409")
    page.evaluate("htmx.ajax('GET', '/raise/conflict/', {target: 'main', swap: 'innerHTML'})")
    toast = page.wait_for_selector(".sun-toast-urgent")
    assert "Zhou Min changed this a minute ago." in toast.inner_text()
    page.locator("h1").wait_for()
    page.click("[data-toast-close]")
    page.locator(".sun-toast").wait_for(state="detached")


def test_the_words_of_the_look_are_in_one_language(site, administrator):
    page = site(reverse("style"), user=administrator, language="en")
    words = page.inner_text("main").replace("陈", "").replace("王", "")
    assert not re.findall(r"[\u4e00-\u9fff]+", words)


COLOURS = """
    ['body', 'main a', 'h1', '.card', '.card-header', '.btn', '.btn-primary', '.btn-danger', '.form-control',
     '.form-select', '.form-check-input', '.sun-ledger thead th', '.sun-help', '.errorlist', '.sun-menu-link']
    .map((selector) => {
        const style = getComputedStyle(document.querySelector(selector))
        return [selector, style.color, style.backgroundColor, style.borderTopColor, style.boxShadow]
    })
"""


def test_an_old_chromium_that_knows_no_modern_colours_sees_the_same(site, find_barriers, administrator):
    """Tabler's sheet is served with its modern colour functions broken, as an office machine would read it."""
    today = site(reverse("style"), user=administrator).evaluate(COLOURS)
    page = site(reverse("home"), user=administrator)
    page.route(
        "**/tabler.min.css",
        lambda route: route.fulfill(
            body=re.sub(r"\b(light-dark|oklch|color-mix)\(", "unknown(", route.fetch().text()), content_type="text/css"
        ),
    )
    page.goto(page.url + reverse("style").lstrip("/"))
    assert page.evaluate(COLOURS) == today
    assert not find_barriers(page)


DRAFT_FORM = """
    () => {
        const form = document.querySelector('form[data-confirm]')
        form.removeAttribute('data-confirm')
        form.setAttribute('data-draft', '')
        form.noValidate = true
        form.setAttribute('hx-post', '/draft/')
        form.setAttribute('hx-trigger', 'input delay:50ms')
        form.setAttribute('hx-swap', 'none')
        htmx.process(form)
    }
"""


def test_a_draft_says_whether_it_was_saved_and_carries_the_token(site, administrator):
    page = site(reverse("style"), user=administrator, complaining="503")
    answers = [204, 503]
    seen = []

    def answer(route):
        seen.append(route.request)
        route.fulfill(status=answers[len(seen) - 1])

    page.route("**/draft/", answer)
    page.evaluate(DRAFT_FORM)
    state = page.locator("form[data-draft] [data-draft-state]")
    page.fill("#id_sample-note", "她今天笑了")
    page.wait_for_selector("text=草稿已保存")
    assert "她今天笑了" in unquote_plus(seen[0].post_data)
    assert seen[0].headers["x-csrftoken"]
    page.fill("#id_sample-note", "她今天笑了，还画了画")
    page.wait_for_selector("text=草稿没有保存成功")
    assert "请不要关闭页面" in state.inner_text()
    page.wait_for_selector(".sun-toast-urgent")


PROGRESS = """
    () => {
        const place = document.createElement('div')
        place.innerHTML = '<div id="job" hx-get="/job/" hx-trigger="every 100ms" hx-target="this"></div>'
        place.firstChild.setAttribute('hx-swap', 'outerHTML')
        document.querySelector('main').append(place)
        htmx.process(place)
    }
"""


def test_asking_for_progress_ends_when_the_answer_says_so(site, administrator):
    page = site(reverse("style"), user=administrator)
    asked = []

    def answer(route):
        asked.append(route.request.url)
        poll = 'hx-get="/job/" hx-trigger="every 100ms" hx-target="this" hx-swap="outerHTML"'
        over = len(asked) == 3
        route.fulfill(
            status=286 if over else 200,
            content_type="text/html",
            body='<div id="job">over</div>' if over else f'<div id="job" {poll}>{len(asked)}</div>',
        )

    page.route("**/job/", answer)
    page.evaluate(PROGRESS)
    page.wait_for_selector("#job:has-text('over')")
    page.wait_for_timeout(400)
    assert len(asked) == 3


def test_the_slash_key_goes_to_the_search_but_not_while_one_types(site, transactional_db):
    page = site(reverse("account_change_password"), user=make_officer(password="a-sunny-day-in-may"))
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.matches('[data-search]')")
    page.click("#id_oldpassword")
    page.keyboard.type("1/2")
    assert page.input_value("#id_oldpassword") == "1/2"
