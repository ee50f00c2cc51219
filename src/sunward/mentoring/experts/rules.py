"""The clocks and limits of the expert team."""

TAKE_HOURS = 48
ANSWER_HOURS = 5 * 24
# How long a question that was taken back can be brought back.
SECOND_THOUGHTS_MINUTES = 30
QUESTION_LENGTH = 2000
TURNS_AT_MOST = 40
