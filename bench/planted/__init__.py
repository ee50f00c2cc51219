"""Notes as neighbour moms and committee workers type them, with planted names, schools, numbers and places.

Written without having read the rules that are examined with it. Everything is made up by chance: mobile numbers have
00 as their fourth and fifth digits, identity numbers have order codes 900–999, schools do not exist.

Every list of words, ways of writing, sentences and traps is dealt into two halves. Whoever mends the rules looks at
the open half only; the held half says what the mending is worth.
"""

from bench.planted.families import FAMILIES
from bench.planted.notes import Note, Planted, make_notes

__all__ = ["FAMILIES", "Note", "Planted", "make_notes"]
