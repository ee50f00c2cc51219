"""Numbers that outreach keeps to, each with its reason."""

from datetime import time, timedelta

# Between these hours nobody is written to, unless it is urgent; a person may choose other hours.
QUIET_FROM = time(21, 0)
QUIET_UNTIL = time(8, 0)
# How much one person is told within seven days by all of us together; a person may choose another number.
CEILING = 5
CEILING_WINDOW = timedelta(days=7)
# After a try that failed: when the next one comes. When the list is at its end the message is dead.
BACK_OFF = (
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
)
# Between the approval of a digest and its sending: whoever pressed too early takes it back.
SECOND_THOUGHTS = timedelta(minutes=1)
# A channel whose line broke is left alone for so long, so that one dead server does not hold up the others.
REST = timedelta(seconds=30)
# A call is given up after some ten seconds: whatever is under way for so long is in nobody's hand any more.
LONGEST_CALL = timedelta(minutes=5)
# The page behind a link.
LINK_DAYS = 14
WRONG_TRIES = 5
# How long a gateway is asked what became of a text message.
RECEIPTS_FOR = timedelta(days=3)
