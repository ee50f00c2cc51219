"""The interval around what people said holds what they would all have said, and the indices name figures there are."""

import random
from decimal import Decimal

import pytest

from sunward.figures.declared import indicators, indices
from sunward.figures.definition import Mean
from sunward.figures.indices import IndexKind
from sunward.figures.published.saying import how_sure, response


def test_an_interval_by_hand():
    """Thirty answers with the mean of 4.2 are four fifths of the way from 1 to 5: 0.627 to 0.905 of it."""
    found = how_sure(Decimal("4.2"), 30)
    assert (found.lowest, found.highest) == (Decimal("3.5"), Decimal("4.7"))


@pytest.mark.parametrize("chances", [(1, 1, 1, 1, 6), (0, 0, 0, 1, 9), (5, 0, 0, 0, 5), (1, 2, 4, 2, 1)])
def test_of_a_hundred_samples_at_least_ninety_hold_what_all_would_have_said(chances):
    """The true share is 95 and more; with a thousand samples chance alone does not bring it below 92."""
    dice, all_said = random.Random(7), sum(grade * n for grade, n in enumerate(chances, 1)) / sum(chances)
    held = 0
    for _sample in range(1000):
        said = dice.choices(range(1, 6), chances, k=20)
        sure = how_sure(Decimal(sum(said)) / 20, 20)
        held += float(sure.lowest) <= all_said <= float(sure.highest)
    assert held >= 920


def test_fewer_answers_are_less_sure_and_none_say_nothing():
    wide, narrow = how_sure(Decimal(4), 5), how_sure(Decimal(4), 500)
    assert wide.lowest < narrow.lowest < narrow.highest < wide.highest
    assert how_sure(Decimal(5), 12).highest == 5
    assert how_sure(Decimal(4), 0) is None


def test_answers_of_other_months_give_no_rate():
    assert response(12, 48) == Decimal("25.0")
    assert response(12, 11) is None
    assert response(0, 0) is None


def test_every_programme_answers_for_all_three_with_figures_it_declares():
    for programme, declared in indices().items():
        assert [index.kind for index in declared] == list(IndexKind)
        for index in declared:
            for part in index.parts:
                assert indicators()[part.code].programme == programme
                assert (index.kind == IndexKind.SATISFACTION) == bool(part.asked)
                if part.asked:
                    assert isinstance(indicators()[part.code].newest.measure, Mean)
                    assert indicators()[part.asked].programme == programme


def test_a_page_holds_about_seven_figures():
    for declared in indices().values():
        assert sum(len(index.parts) for index in declared) <= 8
