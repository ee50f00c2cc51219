"""Numbers that safeguarding keeps to, each with its reason."""

from datetime import timedelta

# Whoever tapped "over" by mistake takes it back; later a new call is quicker than looking for the old one.
UNDO_WITHIN = timedelta(minutes=10)
# After a child is back it is followed up for three months to a year (city standard for child protection stations).
AFTER_CARE_MONTHS = (1, 3, 6, 12)
AFTER_CARE_AT_LEAST = 3
AFTER_CARE_AT_MOST = 12
