"""An own child of about the same age as company: checked by its definition, and switched off in a policy."""

from random import Random
from typing import Any

import pytest
from django.utils.translation import override

from sunward.matching.declaration import Snapshot, declaration_of
from sunward.matching.solving import rate_everybody
from sunward.mentoring.pairing.abilities import ages_of
from sunward.mentoring.pairing.criteria import CRITERIA
from sunward.mentoring.pairing.tables import ChildFacts, MentorFacts, tabulate
from sunward_match.pairing import write_policy

DECLARATION = declaration_of("mentoring")
READY = {"unit": "310110012", "check_days": 90, "training_days": 90}
PEERS = next(soft for soft in CRITERIA if soft.code == "peers")


def _content(*, weight: float | None = None, years: float | None = None) -> dict[str, Any]:
    said = write_policy(DECLARATION.default_policy)
    said["rules"] = []
    for criterion in said["criteria"]:
        if criterion["code"] == "peers":
            criterion["weight"] = criterion["weight"] if weight is None else weight
            if years is not None:
                criterion["parameters"] = {"years": years}
    return said


def _rated(age: int | None, *own: tuple[int, ...], **policy: float) -> dict[int, Any]:
    child = ChildFacts(1, unit="310110012", age=age)
    mentors = [MentorFacts(number, **READY, child_ages=ages) for number, ages in enumerate(own, start=2)]
    snapshot = Snapshot(*tabulate([child], mentors))
    return {one.right: one for one in rate_everybody(_content(**policy), snapshot, DECLARATION, left=1)}


def _score(rated: Any) -> float:
    return next(part.score for part in rated.contributions if part.criterion == "peers")


def _by_definition(age: int | None, own: tuple[int, ...], years: int) -> float:
    """One year apart is as good as the same age; from there it falls in a straight line to nothing."""
    if age is None or not own:
        return 0.0
    gap = min(abs(one - age) for one in own)
    return 1.0 if gap <= 1 else max(0.0, 1 - (gap - 1) / years)


@pytest.mark.parametrize("years", [1, 4, 10])
def test_the_score_is_what_the_definition_says(years):
    random = Random(years)
    for age in (None, *range(18)):
        own = [tuple(random.sample(range(25), random.randint(0, 4))) for _mentor in range(12)]
        rated = _rated(age, *own, years=years)
        for number, ages in enumerate(own, start=2):
            assert _score(rated[number]) == pytest.approx(_by_definition(age, ages, years), abs=1e-4), (age, ages)


def test_all_else_alike_the_one_with_a_child_of_that_age_fits_better():
    rated = _rated(8, (7,), (20,))

    assert rated[2].fit > rated[3].fit


def test_a_policy_that_gives_it_no_weight_no_longer_asks_for_it():
    rated = _rated(8, (7,), (20,), weight=0)

    assert rated[2].fit == rated[3].fit
    assert all(part.points == 0 for one in rated.values() for part in one.contributions if part.criterion == "peers")


def test_it_is_weighed_in_the_first_policy_and_has_words_for_why_and_why_not():
    assert next(use.weight for use in DECLARATION.default_policy.criteria if use.criterion.code == "peers") > 0
    with override("zh-hans"):
        words = [str(PEERS.explain(score)) for score in (1.0, 0.5, 0.0)]
    assert len(set(words)) == 3
    assert all("孩子" in sentence for sentence in words)


def test_ages_are_read_as_people_write_them():
    assert ages_of(["8岁", "12", "儿子 3", "已成年", "无", "30"]) == (3, 8, 12)
