"""The answers of a survey as the merging reads them: of files that are open in its unit today."""

from collections import defaultdict
from collections.abc import Iterable

from sunward.casework.models import CaseQuerySet
from sunward.employment.access.interests import asked_files
from sunward.employment.interests.merging import Answer, CoursePlan, merge_wishes
from sunward.employment.models import InterestAnswer, InterestSurvey, InterestTopic, InterestWish


def read_plan(survey: InterestSurvey, wishes: Iterable[InterestWish] = ()) -> CoursePlan:
    """Lines name topics and files by their keys. Two queries. Without `wishes` the own words stay closed."""
    topics = list(InterestTopic.objects.filter(survey=survey).values_list("pk", flat=True))
    answers = list_answers(survey, asked_files(survey))
    answers += [Answer(wish.case_id, words=wish.words) for wish in wishes]
    return merge_wishes(answers, topics=topics, places=survey.places, common_from=survey.common_from)


def list_answers(survey: InterestSurvey, files: CaseQuerySet) -> list[Answer]:
    """One of each file. One query."""
    said: dict[int, set[int]] = defaultdict(set)
    found = InterestAnswer.objects.filter(topic__survey=survey, case__in=files)
    for case, topic in found.values_list("case", "topic"):
        said[case].add(topic)
    return [Answer(case, frozenset(topics)) for case, topics in said.items()]
