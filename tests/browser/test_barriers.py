"""What makes a page unfit is judged when everything has faded in, and judging waits for no frame."""

import pytest

pytestmark = pytest.mark.browser
HALTED = """<!doctype html><html lang="en"><head><title>Halted</title><style>
    @keyframes rise { from { opacity: 0.1 } to { opacity: 1 } }
    p { animation: rise 1s both paused }
</style></head><body><main><h1>Halted</h1><p>Everybody can read this once it has faded in.</p></main></body></html>"""


def test_a_page_whose_fading_has_come_to_a_halt_is_judged_as_it_ends(open_page, find_barriers):
    page = open_page()
    page.set_content(HALTED)

    assert not find_barriers(page)


def test_a_page_that_ends_too_pale_is_not_fit(open_page, find_barriers):
    page = open_page()
    page.set_content(HALTED.replace("to { opacity: 1 }", "to { opacity: 0.1 }"))

    assert any("color-contrast" in barrier for barrier in find_barriers(page))
