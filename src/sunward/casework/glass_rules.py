"""How long a file that was opened in an emergency stays open, and how often somebody may try."""

from datetime import timedelta

GLASS_LASTS = timedelta(hours=12)
# So many at once, and so many references that lead nowhere within the time: nobody leafs through files like this.
GLASS_AT_ONCE = 3
# Shut and opened again one after the other, three at once would be no limit.
GLASS_A_DAY, GLASS_DAY = 6, timedelta(days=1)
GLASS_TRIES = 5
GLASS_TRIES_WITHIN = timedelta(hours=1)
GLASS_WORDS_AT_LEAST = 6
