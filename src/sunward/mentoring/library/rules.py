"""The limits of a material, and how much of it counts."""

TITLE_LENGTH = 80
WORDS_LENGTH = 8000
# Whoever reads for longer than two hours reads something else too.
MINUTES_AT_MOST = 120
