"""What our own templates make of Django's widgets."""

from html import unescape
from html.parser import HTMLParser

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

Attrs = list[tuple[str, str | None]]


class Options(HTMLParser):
    """The options of a select with their groups, as a browser reads them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.group, self.read = "", []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Attrs) -> None:
        if tag == "optgroup":
            self.group = dict(attrs)["label"] or ""
        if tag == "option":
            self.read.append([self.group, sorted((name, value or "") for name, value in attrs), ""])

    def handle_endtag(self, tag: str) -> None:
        if tag == "optgroup":
            self.group = ""

    def handle_data(self, data: str) -> None:
        if self.read:
            self.read[-1][2] += unescape(data).strip()


class Marked(forms.Select):
    """Some options can be marked and shut, as a widget may say."""

    def create_option(self, *given, **named):
        option = super().create_option(*given, **named)
        return option | {"attrs": {**option["attrs"], "disabled": option["value"] == "2", "data-word": '"<é'}}


CHOICES = [("", "—"), ("x&", '<b>"y"</b>'), (3, "三"), ("区", [("1", "eins"), ("2", "zwei")])]


@pytest.mark.parametrize("widget", [forms.Select, forms.SelectMultiple, Marked])
@pytest.mark.parametrize("value", ["", "x&", 3, ["1", "x&"], None])
def test_a_select_has_the_options_that_django_itself_would_write(widget, value):
    ours = widget(choices=CHOICES).render("name", value)
    theirs = widget(choices=CHOICES).render("name", value, renderer=DjangoTemplates())
    assert Options(ours).read == Options(theirs).read
    assert len(Options(ours).read) == 5
    assert "<b>" not in ours


def chosen(choices: list[tuple[str, str]], value: str = "", *, required: bool = True, widget=forms.Select) -> list[str]:
    made = widget(choices=choices)
    made.is_required = required
    return [
        dict(attrs)["value"]
        for _group, attrs, _word in Options(made.render("name", value)).read
        if dict(attrs).get("selected") is not None
    ]


def test_a_question_that_must_be_answered_and_has_one_answer_comes_answered():
    none, one, other = ("", "—"), ("1", "eins"), ("2", "zwei")
    assert chosen([none, one]) == ["1"]
    assert chosen([none, one, other]) == [""]
    assert chosen([none, one, other], "2") == ["2"]
    assert chosen([none, one], required=False) == [""], "no answer is an answer"
    assert chosen([none, other], widget=Marked) == [""], "what cannot be chosen is not chosen for anybody"
