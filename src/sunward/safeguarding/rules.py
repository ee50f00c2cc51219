"""Numbers that safeguarding keeps to, each with its reason."""

from datetime import timedelta

# Whoever tapped "over" by mistake takes it back; later a new call is quicker than looking for the old one.
UNDO_WITHIN = timedelta(minutes=10)
# After a child is back it is followed up for three months to a year (city standard for child protection stations).
AFTER_CARE_MONTHS = (1, 3, 6, 12)
AFTER_CARE_AT_LEAST = 3
AFTER_CARE_AT_MOST = 12

# A child in danger now: so long has whoever was told to take the worry up, then the next hear of it: whoever is reached
# in her place, then the district; after that all of them again. Who reports is told to ring 110 first, so this is the
# office's clock and not an emergency's.
WORRY_WAITS = (timedelta(minutes=15), timedelta(minutes=15), timedelta(minutes=15))
WORRY_AGAIN = timedelta(hours=1)

WORDS_AT_MOST = 2000
CHILD_AGE_AT_MOST = 17
# How far back somebody may have seen what she reports.
SEEN_DAYS_AT_MOST = 60
# An older worry is no sign any more that two offices look after one child at the same time.
HINT_DAYS = 180
LINK_DAYS, LINK_DAYS_AT_MOST = 180, 365
# So many from one link in so short a time are no school but a program.
MOST_AT_ONCE, AT_ONCE = 20, timedelta(minutes=10)
