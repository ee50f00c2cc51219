"""The replay of a stream of pupils and offers: its laws, on a small stream, for every way of matching."""

import numpy as np
import pytest

from bench.tutoring import DAYS, Pair, find_faults, make_stream, never_wait, replay

STREAM = make_stream(1, pupils=60, offers=70, days=120)


WAYS = {
    "every 10 days": lambda: replay(STREAM, every=10, days=120),
    "daily": lambda: replay(STREAM, every=1, days=120),
    "never wait": lambda: never_wait(STREAM),
}


@pytest.mark.parametrize("name", WAYS)
def test_nobody_is_paired_twice_or_before_both_are_there_or_with_nothing_in_common(name):
    pairs = WAYS[name]()
    assert len(pairs) > 20
    assert find_faults(STREAM, pairs) == []


def test_each_fault_is_found():
    first, *_ = never_wait(STREAM)
    assert find_faults(STREAM, [first, first]) == ["somebody was paired twice"] * 2
    early = Pair(-1.0, first.pupil, first.offer)
    assert set(find_faults(STREAM, [early])) == {"a pair was made before both were there, or after one had left"}


def test_the_same_seed_makes_the_same_stream_within_the_days():
    again, other = make_stream(1, pupils=60, offers=70, days=120), make_stream(2, pupils=60, offers=70, days=120)
    assert np.array_equal(again.pupils.comes, STREAM.pupils.comes)
    assert not np.array_equal(other.pupils.comes, STREAM.pupils.comes)
    assert ((STREAM.offers.comes >= 0) & (STREAM.offers.comes <= DAYS)).all()
    assert (STREAM.offers.leaves > STREAM.offers.comes).all()
