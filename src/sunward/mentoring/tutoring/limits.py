"""Limits of tutoring online: lengths, limits, and when the door to a session is open."""

from datetime import timedelta

MINUTES_AT_FIRST = 60
MINUTES_LEAST, MINUTES_MOST = 20, 180
TERM_DAYS = 120
TERM_DAYS_AT_MOST = 200
SESSIONS_AT_MOST = 60
# The link is shown from so long before the beginning until the end, and at no other time.
DOOR_OPENS = timedelta(minutes=15)
REMINDED_BEFORE = timedelta(hours=24)
# A session is written down within so many days; afterwards the committee does it in the child's file.
REPORT_DAYS = 14
MISSED_IN_A_ROW = 2

BEGIN_DAYS = 5
MISSED_DAYS = 3
TALK_DAYS = 3
VETTING_DAYS = 7
FAMILY_LINK_DAYS = 200
FAMILY_LINK_TRIES = 5
HELPFUL_LENGTH = 600
NOTE_LENGTH = 1000
NEXT_LENGTH = 300
LINK_LENGTH = 300
