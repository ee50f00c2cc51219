"""The limits of a note of experience."""

TITLE_LENGTH = 80
NOTE_LENGTH = 3000
REASON_LENGTH = 200
