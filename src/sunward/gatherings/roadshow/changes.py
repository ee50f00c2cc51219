"""What changes from one timetable to another, session by session."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sunward.gatherings.roadshow.shapes import Placement


@dataclass(frozen=True, slots=True)
class SessionChange:
    """`before` None: new. `after` None: it has no place any more. Both the same: it stays."""

    before: Placement | None
    after: Placement | None

    @property
    def is_kept(self) -> bool:
        return self.before == self.after


_LIKENESS: tuple[Callable[[Placement], object], ...] = (
    lambda one: one,
    lambda one: (one.subdistrict, one.day),
    lambda one: (one.subdistrict, one.month),
    lambda one: one.subdistrict,
    lambda one: (),
)


def compare(before: Sequence[Placement], after: Sequence[Placement]) -> tuple[SessionChange, ...]:
    """Each session once, in the order of the new days: first those that stay, then what looks most alike."""
    left, new = list(before), list(after)
    pairs: list[SessionChange] = []
    for alike in _LIKENESS:
        for one in tuple(new):
            old = next((old for old in left if alike(old) == alike(one)), None)
            if old is not None:
                left.remove(old)
                new.remove(one)
                pairs.append(SessionChange(old, one))
    pairs += [SessionChange(None, one) for one in new] + [SessionChange(old, None) for old in left]
    return tuple(sorted(pairs, key=_order))


def _order(change: SessionChange) -> tuple[object, ...]:
    one = change.after or change.before
    assert one is not None
    return one.day, one.half, one.subdistrict, one.venue
