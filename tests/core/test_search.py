"""The search index: two-character words are words, each database in its own way."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sunward.core.search.entries import SearchEntry
from sunward.core.search.index import Findable, add, bigrams, find, forget, index

pytestmark = pytest.mark.django_db


def _index(*texts, path="/310110/"):
    index([Findable("thing", number, path, text) for number, text in enumerate(texts, start=1)])


def _found(words):
    return sorted(entry.object_id for entry in find(words))


def test_a_two_character_word_inside_a_longer_one_is_found():
    _index("欧阳明珠 C000012 oymz", "欧阳春 C000013 oyc")

    assert _found("明珠") == [1]
    assert _found("欧阳") == [1, 2]
    assert _found("欧阳 oyc") == [2]
    assert _found("C000012") == _found("c000012") == [1]


def test_the_pieces_of_a_word_in_another_order_are_not_the_word():
    """明珠明 holds both bigrams of 珠明珠, yet not the word itself: the recheck against the text decides."""
    _index("明珠明")

    assert _found("珠明珠") == []


def test_a_single_character_is_found_too():
    _index("王二", "李四")

    assert _found("王") == [1]


def test_full_width_signs_and_capitals_are_the_same_as_plain_ones():
    _index("Ａbc１２ 王")

    assert _found("ABC12") == _found("ａｂｃ１２") == [1]


@pytest.mark.parametrize("words", ["", "  ", "%", "_", "--", "\"' OR 1=1", "' AND *", "(NEAR", "明珠*"])
def test_signs_of_any_query_language_are_only_signs(words):
    _index("王二", "李四")

    assert _found(words) == []


def test_written_again_an_entry_is_what_it_is_now():
    _index("王二")
    _index("王三")

    assert _found("王二") == []
    assert _found("王三") == [1]
    assert SearchEntry.objects.count() == 1


def test_forgotten_is_not_found():
    _index("王二", "王三")

    forget("thing", [1])

    assert _found("王") == [2]
    assert _found("王二") == []


def test_the_bulk_way_writes_the_same_entries():
    things = [Findable("thing", 1, "/310110/", "Ａ欧阳明珠"), Findable("thing", 2, "/310110/", "李四")]
    index(things)
    one_by_one = list(SearchEntry.objects.order_by("object_id").values("object_id", "text", "grams"))
    SearchEntry.objects.all().delete()

    add(things)

    assert list(SearchEntry.objects.order_by("object_id").values("object_id", "text", "grams")) == one_by_one


def test_it_may_stand_inside_another_query():
    _index("王二", "李四")

    assert SearchEntry.objects.filter(object_id__in=find("王二").values("object_id")).get().object_id == 1


words = st.text(alphabet="王李张明珠ab 1", min_size=1, max_size=6)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(words, min_size=1, max_size=6), asked=words)
def test_found_is_exactly_what_holds_every_word(texts, asked):
    SearchEntry.objects.all().delete()
    _index(*texts)

    expected = [
        number for number, text in enumerate(texts, start=1) if asked.split() and all(w in text for w in asked.split())
    ]

    assert _found(asked) == expected
    assert bool(bigrams(asked)) == bool(asked.split())
