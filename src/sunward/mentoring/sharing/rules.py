"""The limits of a note of experience."""

TITLE_LENGTH = 80
NOTE_LENGTH = 3000
REASON_LENGTH = 200
# So long she may change her mind after having taken a note back.
SECOND_THOUGHTS_MINUTES = 30
