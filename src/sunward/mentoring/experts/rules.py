"""The clocks and limits of the expert team."""

TAKE_HOURS = 48
ANSWER_HOURS = 5 * 24
QUESTION_LENGTH = 2000
TURNS_AT_MOST = 40
