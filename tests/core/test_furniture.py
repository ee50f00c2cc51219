import json
import re
from pathlib import Path

import pytest
from django.forms import CharField, ChoiceField, DateField, DateInput, FileField, Form, MultipleChoiceField, RadioSelect
from django.template import Context, Template

from sunward import core
from sunward.core.drawings import drawing, icon_names
from sunward.core.furniture import Fact, Progress
from sunward.core.wording import say_phone

CORE = Path(core.__file__).parent


def render(text: str, **context: object) -> str:
    return Template("{% load furniture %}" + text).render(Context(context))


def test_an_icon_is_decoration_unless_it_has_a_label():
    assert 'aria-hidden="true"' in render('{% icon "sun" %}')
    assert 'aria-label="Close &amp; go"' in render('{% icon "x" label %}', label="Close & go")


def test_an_icon_that_is_not_drawn_is_found_at_once():
    with pytest.raises(KeyError):
        render('{% icon "no-such-icon" %}')


def test_every_icon_and_drawing_renders():
    for name in icon_names():
        assert "<path" in render(f'{{% icon "{name}" %}}')
    for path in (CORE / "art").glob("*.svg"):
        box, content = drawing(path.stem)
        assert re.fullmatch(r"0 0 \d+ \d+", box)
        assert "style=" not in content
        assert "<script" not in content


def test_every_icon_the_templates_name_is_drawn():
    named = {
        name
        for path in CORE.parent.rglob("templates/**/*.html")
        for name in re.findall(r'{% icon "([^"]+)"', path.read_text())
    }
    assert named
    assert named <= set(json.loads((CORE / "icons.json").read_text()))


def test_a_pill_escapes_its_word_and_every_tone_has_its_own_shape():
    assert "&lt;b&gt;" in render("{% pill word 'warn' %}", word="<b>")
    shapes = [
        re.search(r"<svg.*?</svg>", render(f"{{% pill 'x' '{tone}' %}}")).group()
        for tone in ("calm", "good", "info", "warn", "urgent", "off")
    ]
    assert len(set(shapes)) == 6


def test_a_missing_value_is_a_dash_and_zero_is_a_value():
    assert render("{{ none|or_dash }} {{ empty|or_dash }} {{ zero|or_dash }}", none=None, empty="", zero=0) == "— — 0"


def test_a_fact_without_a_value_is_shown_as_a_dash():
    page = render('{% include "core/_facts.html" %}', facts=[Fact("School", None)])
    assert re.search(r"<dd>\s*—", page)


def test_an_avatar_shows_the_first_sign_and_nothing_of_the_rest():
    assert re.sub(r"<[^>]+>", "", render("{% avatar name %}", name="欧阳明珠")) == "欧"


def test_progress_is_never_complete_before_it_is_over():
    assert Progress("/p/", "x", done=10, total=10).percent == 99
    assert Progress("/p/", "x", done=10, total=10, is_over=True).percent == 100
    assert Progress("/p/", "x", done=4, total=10, is_over=True, has_failed=True).percent == 40
    assert Progress("/p/", "x").percent is None


def test_progress_asks_again_until_it_is_over():
    asking = render('{% include "core/_progress.html" %}', progress=Progress("/p/", "x", done=1, total=2))
    assert 'hx-get="/p/"' in asking
    assert 'hx-trigger="every 2s"' in asking
    over = render('{% include "core/_progress.html" %}', progress=Progress("/p/", "x", is_over=True))
    assert "hx-get" not in over


class VisitForm(Form):
    name = CharField(help_text="As on the card.")
    met_on = DateField(widget=DateInput(attrs={"class": "wide"}))
    how = ChoiceField(choices=[("a", "A"), ("b", "B")], widget=RadioSelect)
    topics = MultipleChoiceField(choices=[("a", "A")], required=False)
    file = FileField(required=False)


def test_a_form_ties_help_and_errors_to_their_field():
    page = str(VisitForm({}, {}))
    field = re.search(r'<input type="text"[^>]*>', page).group()
    assert 'aria-invalid="true"' in field
    described = re.search(r'aria-describedby="([^"]+)"', field).group(1).split()
    assert len(described) == 2
    for identifier in described:
        assert f'id="{identifier}"' in page


def test_every_field_has_one_label_and_one_class_attribute():
    page = str(VisitForm())
    for control in re.findall(r"<(?:input|select|textarea)[^>]*>", page):
        assert control.count("class=") == 1
        identifier = re.search(r'id="([^"]+)"', control).group(1)
        assert page.count(f'for="{identifier}"') == 1
    assert 'type="date"' in page
    assert 'class="form-control wide"' in page


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("+8613600781506", "136 0078 1506"), ("+862165432100", "021-65432100"), ("+8657112345678", "0571-12345678"),
        ("+14155550100", "+14155550100"), ("", ""),
    ],
)  # fmt: skip
def test_a_telephone_number_is_written_as_one_reads_it_aloud(number, words):
    assert say_phone(number) == words
