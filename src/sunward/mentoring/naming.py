"""Whether words give a child away before others read them: by the search that questions to the expert team go through.

What is known around the file is found wherever it stands, and numbers, homes and schools by their shape. The name of a
cat or of a friend nobody knows: a person reads the words as well before they are shown.
"""

from collections.abc import Collection
from datetime import date

from sunward.casework.models import Case
from sunward.mentoring.experts.known import list_known
from sunward.people.screening import FindingKind, screen


def telling_parts(case: Case, words: str, *, on: date, allowing: Collection[str] = ()) -> tuple[str, ...]:
    """The parts of the words that tell who it is, each once, in the order found. Four queries.

    What is in `allowing` the reader knows already.
    """
    known = [one for one in list_known(case, on=on) if one.text not in allowing]
    found = screen(words, known=known)
    return tuple(dict.fromkeys(one.text for one in found if one.is_known or one.kind != FindingKind.NAME))


def said_at_home(name: str) -> frozenset[str]:
    """What a child is called without its surname: it says who it is only to those who know."""
    name = name.replace(" ", "").replace("·", "")
    if len(name) < 2:
        return frozenset()
    return frozenset({name[-1] * 2, f"小{name[-1]}"} | ({name[-2:]} if len(name) > 2 else set()))
