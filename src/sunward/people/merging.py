"""What stands above puts its own things in order before two rows become one person."""

from django.dispatch import Signal

# Sent with `person_ids`, `actor` and `now`, inside the act, while the rows of the two persons are still free: whatever
# has a lock of its own takes it first. The audit record is locked last, so a receiver that has something to write there
# returns it as a function without arguments, called at the end of the act.
merging = Signal()
