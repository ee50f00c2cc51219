"""The agreement of the three, the families' page and files opened in an emergency."""

from tests.access_matrix.mentoring import HERE, match
from tests.access_matrix.rows import Row

ROWS = [
    Row("mentoring:match_paper", keys=match, **HERE),
]
