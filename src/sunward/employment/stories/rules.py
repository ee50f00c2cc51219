"""The limits of a story of success."""

TITLE_LENGTH, PSEUDONYM_LENGTH, LINE_LENGTH, STORY_LENGTH, REASON_LENGTH = 60, 12, 300, 3000, 200
# So many people of a sub-district must share age band and groups before a released story says which one it was.
PLACE_FROM = 10
# Of what somebody types into the field for words.
SEARCH_LENGTH = 60
