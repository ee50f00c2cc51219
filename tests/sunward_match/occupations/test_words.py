"""A title becomes runs of characters, whatever it is written with."""

import time

import pytest

from sunward_match.occupations.words import read_description, read_title


def test_a_short_title_becomes_its_characters_pairs_and_triples_with_its_ends() -> None:
    assert read_title("铣工") == {"铣": 2, "工": 2, "^铣": 1, "铣工": 1, "工$": 1, "^铣工": 1, "铣工$": 1}


def test_a_latin_word_stays_whole_and_keeps_its_signs() -> None:
    assert read_title("Java / C++ / C# / .NET") == {"=java": 1, "=c++": 1, "=c#": 1, "=net": 1}


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("ＪＡＶＡ工程师", "java工程师"),
        ("铣工（上海）", "铣工(上海)"),
        ("铣工 😀 5000-8000元", "铣工 元"),
        ("  铣工\n", "铣工"),
    ],
)
def test_width_case_signs_and_digits_make_no_difference(written: str, same: str) -> None:
    assert read_title(written) == read_title(same)


def test_what_stands_in_brackets_or_before_the_hiring_counts_less() -> None:
    assert read_title("铣工（上海）")["上海"] == pytest.approx(0.5)
    assert read_title("铣工（上海")["上海"] == pytest.approx(0.5), "a bracket nobody closed"
    assert read_title("鸿润模具招聘铣工")["鸿润"] == pytest.approx(0.3)
    assert "招聘" not in read_title("鸿润模具招聘铣工")
    assert read_title("招聘专员")["招聘"] == 1, "the work itself may be hiring"


def test_a_run_that_is_repeated_does_not_count_in_full() -> None:
    assert 1 < read_title("工 工")["工$"] < 2


@pytest.mark.parametrize("text", ["", " ", "😀🎉", "12345", "!!!((([[["])
def test_what_says_nothing_has_no_words(text: str) -> None:
    assert not read_title(text)
    assert not read_description(text)


def test_only_the_beginning_of_an_endless_text_is_read() -> None:
    began = time.process_time()
    assert read_title("铣" * 200 + "焊" * 60_000) == read_title("铣" * 200)
    assert read_description("铣" * 2000 + "焊" * 60_000) == read_description("铣" * 2000)
    read_title("(招聘" * 20_000)
    assert time.process_time() - began < 0.5
