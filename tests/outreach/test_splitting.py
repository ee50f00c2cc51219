"""Texts in parts: counted in bytes, numbered, cut between lines and never inside a character."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from sunward.outreach.splitting import size, split_text

NUMBER = re.compile(r"（(\d+)/(\d+)）\n")
SIGNS = some.characters(exclude_categories=["Cs"], exclude_characters="\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
LINES = some.lists(some.text(SIGNS | some.sampled_from("控江路招聘会👩‍👧🏽é\n "), max_size=60), max_size=30)


def bodies(parts: list[str]) -> list[str]:
    return [NUMBER.sub("", part, count=1) for part in parts] if len(parts) > 1 else parts


def test_a_text_that_fits_stays_as_it_is():
    assert split_text("中" * 682, most_bytes=2048) == ["中" * 682]


def test_one_byte_too_many_makes_two_numbered_parts():
    parts = split_text("中" * 682 + "abc", most_bytes=2048)
    assert [NUMBER.match(part)[0] for part in parts] == ["（1/2）\n", "（2/2）\n"]
    assert "".join(bodies(parts)) == "中" * 682 + "abc"


def test_lines_stay_whole_where_they_can():
    lines = [f"{number}. 控江路街道社区文化活动中心招聘会" for number in range(200)]
    parts = split_text("\n".join(lines), most_bytes=2048)
    assert "\n".join(bodies(parts)).split("\n") == lines


def test_a_family_of_joined_signs_is_not_torn_apart():
    parts = split_text("👩‍👧‍👦" * 100, most_bytes=200)
    assert all(set(body) <= set("👩‍👧‍👦") and body.count("👩") == body.count("👦") for body in bodies(parts))


@settings(max_examples=150, deadline=None)
@given(lines=LINES, most=some.integers(min_value=64, max_value=600))
def test_parts_fit_are_numbered_and_say_the_same(lines, most):
    text = "\n".join(lines)
    parts = split_text(text, most_bytes=most)
    assert all(size(part) <= most for part in parts)
    if len(parts) > 1:
        numbers = [NUMBER.match(part).groups() for part in parts]
        assert numbers == [(str(at), str(len(parts))) for at in range(1, len(parts) + 1)]
    # Nothing is lost but line breaks and blank lines at the seams.
    assert re.sub(r"\s", "", "".join(bodies(parts))) == re.sub(r"\s", "", text)


@settings(max_examples=80, deadline=None)
@given(lines=some.lists(some.text("控江路街道ab1", min_size=1, max_size=18), min_size=1, max_size=60))
def test_no_line_that_fits_a_part_is_cut(lines):
    parts = split_text("\n".join(lines), most_bytes=96)
    assert [line for body in bodies(parts) for line in body.split("\n")] == lines


def test_a_part_too_small_for_words_is_refused():
    with pytest.raises(ValueError, match="room"):
        split_text("中" * 40, most_bytes=20)
