"""Categories of the rules: each version by its own words, and what is not known stays unknown."""

from datetime import date

import pytest

from sunward.mentoring.categories import RULES, categorise, categorise_by, rules_on
from sunward.mentoring.enums import GuardianshipState, Hardship
from sunward.mentoring.models import ChildProfile
from sunward.mentoring.queries.categories import category_facts

OLDEST, MIDDLE, NEWEST = RULES


def _codes(rules, **said):
    found = categorise_by(rules, ChildProfile(**said))
    return [one.code for one in found.categories], [one.code for one in found.perhaps]


@pytest.mark.parametrize(
    ("day", "version"),
    [
        (date(2010, 1, 1), "2016"),
        (date(2016, 6, 13), "2016"),
        (date(2021, 12, 31), "2016"),
        (date(2022, 1, 1), "2022"),
        (date(2025, 12, 24), "2022"),
        (date(2025, 12, 25), "2025"),
        (date(2026, 11, 26), "2025"),
    ],
)
def test_the_rules_of_the_day_are_the_latest_that_had_begun(day, version):
    assert rules_on(day).version == version


@pytest.mark.parametrize(
    ("said", "three", "six"),
    [
        ({"hardship": "orphan"}, (["guardianship"], []), (["orphan"], [])),
        ({"hardship": "de_facto_orphan"}, (["guardianship"], []), (["guardianship"], [])),
        ({"hardship": "guardianship"}, (["guardianship"], []), (["guardianship"], [])),
        ({"hardship": "disability"}, (["disability"], []), (["disability"], [])),
        ({"hardship": "poverty"}, (["poverty"], []), (["poverty"], [])),
        ({"hardship": "illness"}, ([], ["poverty"]), ([], ["poverty"])),
        ({"hardship": "migrant"}, ([], ["poverty"]), ([], ["migrant"])),
        ({"hardship": "left_behind"}, ([], ["guardianship"]), (["left_behind"], [])),
        ({"guardianship": "absent"}, (["guardianship"], []), (["guardianship"], [])),
        ({"guardianship": "improper"}, (["guardianship"], []), (["guardianship"], [])),
        ({"guardianship": "unable"}, ([], ["guardianship"]), ([], ["guardianship"])),
        ({"guardianship": "normal"}, ([], []), ([], [])),
        (
            {"hardship": "disability", "guardianship": "absent"},
            (["disability", "guardianship"], []),
            (["guardianship", "disability"], []),
        ),
        ({"hardship": "orphan", "guardianship": "unable"}, (["guardianship"], []), (["orphan"], ["guardianship"])),
    ],
)
def test_what_a_file_says_falls_into_each_versions_own_categories(said, three, six):
    assert _codes(OLDEST, **said) == three
    assert _codes(MIDDLE, **said) == three
    assert _codes(NEWEST, **said) == six


def test_special_support_is_for_orphans_and_those_without_proper_guardianship():
    special = {
        hardship for hardship in Hardship if categorise(ChildProfile(hardship=hardship), on=date(2026, 1, 1)).is_special
    }

    assert special == {Hardship.ORPHAN, Hardship.DE_FACTO_ORPHAN, Hardship.GUARDIANSHIP}
    assert not categorise_by(OLDEST, ChildProfile(hardship=Hardship.ORPHAN)).is_special


@pytest.mark.parametrize("rules", RULES, ids=lambda rules: rules.version)
def test_every_word_of_a_file_is_mapped_or_knowingly_left_open(rules):
    left_open = {Hardship.OTHER, GuardianshipState.NORMAL, GuardianshipState.GRANDPARENTS, GuardianshipState.DELEGATED,
                 GuardianshipState.OTHER}  # fmt: skip
    mapped = {*rules.by_hardship, *rules.by_guardianship, *rules.perhaps}

    assert {*Hardship, *GuardianshipState} - left_open == mapped
    assert {*rules.by_hardship.values(), *rules.perhaps.values()} == {one.code for one in rules.categories}


@pytest.mark.parametrize(
    ("said", "is_known"),
    [
        ({}, False),
        ({"hardship": "other"}, False),
        ({"guardianship": "grandparents"}, False),
        ({"hardship": "migrant"}, True),
    ],
)
def test_a_file_that_says_nothing_of_it_is_unknown_and_not_none(said, is_known):
    assert categorise(ChildProfile(**said), on=date(2026, 1, 1)).is_known is is_known


def test_the_file_tells_the_rules_of_the_day_first_and_the_older_ones_beneath():
    facts = category_facts(ChildProfile(hardship=Hardship.ORPHAN), on=date(2023, 5, 1))

    assert ["2022" in str(fact.label) for fact in facts] == [True, False]
    assert str(facts[0].note).endswith("沪府规〔2022〕4号")
