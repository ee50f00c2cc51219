"""A table takes columns as they come: with gaps, with days, as text."""

from datetime import date

import numpy as np
import pytest

from sunward_match.faults import InputError
from sunward_match.pairing import Table


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["Daqiao", None], ["Daqiao", ""]),
        ([121.5, None], [121.5, np.nan]),
        ([3, None], [3.0, np.nan]),
        ([None, None], [np.nan, np.nan]),
        ([date(2026, 11, 25), date(1, 1, 1)], [739_945, 1]),
        ([date(1, 1, 2), None], [2.0, np.nan]),
        ([True, False], [True, False]),
        (["310110", 7], ["310110", "7"]),
    ],
)
def test_gaps_and_days_become_what_rules_can_count_with(given: list[object], expected: list[object]) -> None:
    column = Table.of(["a", "b"], one=np.array(given, object))["one"]
    np.testing.assert_array_equal(column, np.array(expected))
    assert column.dtype.kind == np.array(expected).dtype.kind


def test_a_day_is_its_proleptic_ordinal() -> None:
    assert Table.of(["a"], day=[date(2026, 11, 25)])["day"][0] == date(2026, 11, 25).toordinal()


def test_rows_can_be_taken_in_another_order() -> None:
    table = Table.of(["a", "b", "c"], one=[1, 2, 3]).take(np.array([2, 0]))
    assert table.ids == ("c", "a")
    assert table["one"].tolist() == [3, 1]


def test_a_column_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(InputError) as refusal:
        Table.of(["a"], one=[1], two=[2])["three"]
    assert "three; the table has: one, two" in str(refusal.value)
