"""The series of courses of Leye Space and the parts of the small courses (小课式), and how a plan's words name them."""

from django.db import models
from django.utils.translation import pgettext_lazy


class CourseSeries(models.TextChoices):
    SMALL = "small", pgettext_lazy("course", "Small courses")
    CALM = "calm", pgettext_lazy("course", "Against anxiety about work")
    OTHER = "other", pgettext_lazy("course", "Another course")


class CoursePart(models.TextChoices):
    """The four parts of the small courses, in their order."""

    ANALYSIS = "analysis", pgettext_lazy("course", "What the job is")
    POTENTIAL = "potential", pgettext_lazy("course", "What one is good at")
    OFFERS = "offers", pgettext_lazy("course", "Which jobs there are")
    FIT = "fit", pgettext_lazy("course", "Who fits which job")


_PARTS = (
    (CoursePart.ANALYSIS, ("岗位分析", "岗位解析", "职业分析", "职业解析")),
    (CoursePart.POTENTIAL, ("潜能", "潜力", "优势探索")),
    (CoursePart.OFFERS, ("岗位推荐", "职位推荐", "岗位推介")),
    (CoursePart.FIT, ("人岗匹配", "岗位匹配", "人职匹配")),
)
_CALM = ("焦虑", "减压", "心理调适")


def read_part(written: str) -> CoursePart | None:
    """The part that the words name; None where they name none, or several."""
    named = [part for part, words in _PARTS if any(word in written for word in words)]
    return named[0] if len(named) == 1 else None


def read_series(written: str) -> CourseSeries | None:
    """Which series; None where the words do not say: an officer does."""
    if any(word in written for word in _CALM):
        return CourseSeries.CALM
    if "小课" in written or any(word in written for _part, words in _PARTS for word in words):
        return CourseSeries.SMALL
    return None
