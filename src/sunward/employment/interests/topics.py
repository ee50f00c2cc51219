"""What a survey may ask about: the parts of the small courses, the series, and the office's own words."""

from collections.abc import Iterable
from dataclasses import dataclass

from sunward.core.furniture import Text
from sunward.employment.course_series import CoursePart, CourseSeries

MOST_OWN, LONGEST_OWN = 12, 40


@dataclass(frozen=True, slots=True)
class Topic:
    """As `InterestTopic` keeps it: a part of a series, a series, or words of another course."""

    series: CourseSeries
    part: str = ""
    words: str = ""


# In this order; a code is what a form posts.
DECLARED: dict[str, Topic] = {
    **{f"small-{part}": Topic(CourseSeries.SMALL, part) for part in CoursePart.values},
    "calm": Topic(CourseSeries.CALM),
}


def declared_choices() -> list[tuple[str, Text]]:
    return [(code, say_topic(topic)) for code, topic in DECLARED.items()]


def say_topic(topic: Topic) -> Text:
    return topic.words or (CoursePart(topic.part).label if topic.part else topic.series.label)


def code_of(topic: Topic) -> str:
    """Empty for the office's own words."""
    return next((code for code, declared in DECLARED.items() if declared == topic), "")


def read_own(typed: str) -> list[Topic]:
    """One in a line; the same line twice is one."""
    lines = (" ".join(line.split()) for line in typed.splitlines())
    return [Topic(CourseSeries.OTHER, words=words) for words in dict.fromkeys(filter(None, lines))]


def read_topics(codes: Iterable[str], typed: str) -> tuple[Topic, ...]:
    """Those ticked in the declared order, then the own words as they were written."""
    ticked = set(codes)
    return (*(topic for code, topic in DECLARED.items() if code in ticked), *read_own(typed))
