"""From what each jobseeker wishes to a course plan: common wishes become sessions, the others are answered one by one.

Pure: no database and no clock. Answers are handed in by whoever keeps the files; a plan names files and stays with her.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# How many have to wish the same before a session is proposed, unless the survey says otherwise.
COMMON_FROM = 8


@dataclass(frozen=True, slots=True)
class Answer:
    """What one file wishes: topics by their numbers, and the person's own words. Several answers of a file add up."""

    case: int
    topics: frozenset[int] = frozenset()
    words: str = ""


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A topic that enough wish. `sizes`: how many come to each session, the fullest first."""

    topic: int
    cases: tuple[int, ...]
    sizes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SingleWish:
    """A wish to be answered by itself: a topic that few wish, or (`topic` None) the person's own words."""

    case: int
    topic: int | None
    words: str = ""


@dataclass(frozen=True, slots=True)
class CoursePlan:
    lines: tuple[PlanLine, ...]
    singles: tuple[SingleWish, ...]


def merge_wishes(
    answers: Iterable[Answer], *, topics: Sequence[int], places: int, common_from: int = COMMON_FROM
) -> CoursePlan:
    """`topics` in the order of the survey, which settles ties; `places` of one session.

    Topics that the survey does not have are refused: an answer dropped quietly would be a person never answered.
    """
    if places < 1 or common_from < 1:
        raise ValueError("a session has a place at least, and a common wish somebody who wishes it")
    wishing: dict[int, set[int]] = {topic: set() for topic in topics}
    words: set[tuple[int, str]] = set()
    for answer in answers:
        if unknown := answer.topics - wishing.keys():
            raise ValueError(f"topics that the survey does not have: {sorted(unknown)}")
        for topic in answer.topics:
            wishing[topic].add(answer.case)
        if said := answer.words.strip():
            words.add((answer.case, said))
    common = [topic for topic, cases in wishing.items() if len(cases) >= common_from]
    # The sort is stable: who stands first in the survey stands first among equals.
    common.sort(key=lambda topic: -len(wishing[topic]))
    rank = {topic: place for place, topic in enumerate(wishing)}
    singles = [
        SingleWish(case, topic) for topic, cases in wishing.items() if len(cases) < common_from for case in cases
    ]
    singles += [SingleWish(case, None, said) for case, said in words]
    singles.sort(key=lambda wish: (wish.case, len(rank) if wish.topic is None else rank[wish.topic], wish.words))
    return CoursePlan(
        tuple(
            PlanLine(topic, tuple(sorted(wishing[topic])), spread_over_sessions(len(wishing[topic]), places=places))
            for topic in common
        ),
        tuple(singles),
    )


def spread_over_sessions(people: int, *, places: int) -> tuple[int, ...]:
    """As few sessions as hold everybody, as even as can be: no session of one beside a full one."""
    sessions = -(-people // places)
    if not sessions:
        return ()
    fewest, fuller = divmod(people, sessions)
    return (fewest + 1,) * fuller + (fewest,) * (sessions - fuller)
