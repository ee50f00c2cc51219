"""What stands above puts its own things in order before two rows become one person."""

from django.dispatch import Signal

# Sent with `person_ids`, `actor` and `now`, inside the act, while the rows of the two persons are still free: whatever
# has a lock of its own takes it first. The audit record is locked last, so a receiver that has something to write there
# returns it as a function without arguments, called at the end of the act.
merging = Signal()

# Programmes that can take a merging back, as their apps declare.
_taken_back_by: set[str] = set()


def take_back_for(programme: str) -> None:
    """Say that a merging of two persons of this programme can be taken back."""
    _taken_back_by.add(programme)


def can_be_taken_back(programme: str) -> bool:
    return programme in _taken_back_by
