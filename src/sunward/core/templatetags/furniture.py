"""`{% load furniture %}`: icons, drawings, pills, avatars, and the dash that stands for a missing value."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from sunward.core.drawings import drawing, icon_paths
from sunward.core.furniture import Tone
from sunward.core.wording import join_sentences, say_phone, say_value

register = template.Library()

_FILLED = 'fill="currentColor"'
_HOLLOW = 'fill="none" stroke="currentColor" stroke-width="1.75"'
# One shape for each tone, so that a printed or colour-blind reader sees the difference.
_SHAPES: dict[str, str] = {
    "calm": f'<circle cx="6" cy="6" r="4.5" {_HOLLOW}/>',
    "good": f'<circle cx="6" cy="6" r="6" {_FILLED}/><path d="M3.2 6.2l2 2 3.6-4" fill="none" stroke="#fff" '
    'stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"/>',
    "info": f'<rect x="1" y="1" width="10" height="10" rx="2" {_FILLED}/>',
    "warn": f'<path d="M6 .8L11.6 11H.4z" {_FILLED}/>',
    "urgent": f'<path d="M3.6 .3h4.8l3.3 3.3v4.8l-3.3 3.3H3.6L.3 8.4V3.6z" {_FILLED}/>'
    '<path d="M6 3v3.6M6 8.9v.1" stroke="#fff" stroke-width="1.6" stroke-linecap="round"/>',
    "off": '<path d="M1.5 6h9" stroke="currentColor" stroke-width="2" stroke-linecap="round"/>',
}


@register.simple_tag
def options(choices: Iterable[Mapping[str, Any]], only: str = "") -> SafeString:
    """The options of a select, as the widget names them; `only` is chosen already. A template for each took half the
    time of a page with 300."""
    if only:
        choices = [{**one, "attrs": {**one["attrs"], "selected": str(one["value"]) == only}} for one in choices]
    return format_html_join(
        "", '\n  <option value="{}"{}>{}</option>',
        ((str(one["value"]), _write_attrs(one["attrs"]) if one["attrs"] else "", one["label"]) for one in choices),
    )  # fmt: skip


@register.filter
def only_answer(widget: Mapping[str, Any]) -> str:
    """The one answer that a required question has, if it has one and nothing else was chosen: it is no question."""
    if not widget["required"] or widget["attrs"].get("multiple"):
        return ""
    choices = [one for _name, group, _place in widget["optgroups"] for one in group]
    answers = [one for one in choices if str(one["value"])]
    if len(answers) != 1 or answers[0]["selected"] or answers[0]["attrs"].get("disabled"):
        return ""
    return str(answers[0]["value"])


def _write_attrs(attrs: Mapping[str, Any]) -> SafeString:
    told = ((name, value) for name, value in attrs.items() if value is not False and name != "class")
    return format_html_join(
        "",
        "{}",
        (
            (format_html(" {}", name) if value is True else format_html(' {}="{}"', name, value),)
            for name, value in told
        ),
    )


@register.simple_tag
def icon(name: str, label: Any = "") -> SafeString:
    """`{% icon "sun" %}` is decoration; with a label it is read out."""
    return _draw(name, format_html('role="img" aria-label="{}"', label)) if label else _decorate(name)


@cache
def _decorate(name: str) -> SafeString:
    """Kept, because a page has two or three dozen of them."""
    return _draw(name, mark_safe('aria-hidden="true"'))


def _draw(name: str, heard: SafeString) -> SafeString:
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" '
        'stroke-linecap="round" stroke-linejoin="round" focusable="false" {}>{}</svg>',
        heard,
        mark_safe(icon_paths(name)),
    )


@register.simple_tag
def art(name: str, label: Any = "") -> SafeString:
    """`{% art "sprout" %}`: seed, sprout, bud, bloom, pair, bowed."""
    box, content = drawing(name)
    heard = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html('<svg viewBox="{}" focusable="false" {}>{}</svg>', box, heard, mark_safe(content))


@register.simple_tag
def pill(word: Any, tone: Tone = "calm") -> SafeString:
    """`{% pill "已到期" "urgent" %}`: the word says it, the shape repeats it, the colour helps."""
    return format_html(
        '<span class="sun-pill sun-pill-{}"><svg viewBox="0 0 12 12" aria-hidden="true" focusable="false">{}</svg>'
        "{}</span>",
        tone,
        mark_safe(_SHAPES[tone]),
        word,
    )


@register.simple_tag
def avatar(name: Any, size: str = "") -> SafeString:
    """The first sign of a name in a circle. There are no photos of persons in Sunward."""
    text = str(name).strip()
    initial = text[:1].upper() or "·"
    return format_html(
        '<span class="sun-avatar sun-avatar-{}{}" aria-hidden="true">{}</span>',
        sum(map(ord, text)) % 4,
        f" sun-avatar-{size}" if size else "",
        initial,
    )


@register.filter
def or_dash(value: Any) -> Any:
    """A missing value is "—"; zero is a value."""
    return "—" if value is None or value == "" else value


@register.filter
def tone_icon(tone: str) -> str:
    """The icon of a message or toast of this tone."""
    return {"good": "circle-check", "warn": "alert-triangle", "urgent": "alert-circle"}.get(tone, "info-circle")


@register.filter
def message_tone(level_tag: str) -> str:
    """Django's message level as a tone."""
    return {"success": "good", "warning": "warn", "error": "urgent"}.get(level_tag, "info")


@register.filter
def phone(number: Any) -> str:
    """`{{ contact.phone|phone }}`: a telephone number as one reads it aloud."""
    return say_phone(str(number))


@register.filter
def then(sentence: Any, following: Any) -> str:
    """`{{ first|then:second }}`: two sentences, with a space between them where the language has one."""
    return join_sentences(filter(None, (sentence, following)))


@register.filter
def told(word: Any, value: Any) -> str:
    """`{{ word|told:value }}`: the word, a colon, the value."""
    return say_value(word, value)
