"""Whoever changes what a figure counts writes a new version: those below were in use, and figures were told by them."""

from dataclasses import replace
from datetime import date

import pytest

from sunward.figures.declared import indicators
from sunward.figures.definition import Card, Count, Facts, Indicator, Version
from sunward.figures.disclosure.rules import RULES
from sunward.figures.enums import Protection

# What each version counts, and by which rule it is printed. A line is added for a new version and never changed.
IN_USE = {
    "mentoring.files_open": ("fbd92eccb3fc352e sensitive",),
    "mentoring.matches_running": ("54cac94e6abcc09e sensitive",),
    "mentoring.moms_with_child": ("92944718861024b7 sensitive",),
    "mentoring.matches_begun": ("a55b44a1306d8fb7 sensitive",),
    "mentoring.matched_in_60_days": ("b0a596e4b6f26bf7 sensitive",),
    "mentoring.days_to_match": ("8eadc9ff6054e3b6 sensitive",),
    "mentoring.visits_made": ("826944d4bc60d011 sensitive",),
    "mentoring.hours_given": ("6b932c45bbee5077 persons",),
    "mentoring.children_visited": ("7b6cc1de6ef0a970 sensitive",),
    "mentoring.tutoring_held": ("3ed4fec847be05d7 persons",),
    "mentoring.outings_held": ("0697e41eb82c6211 open",),
    "mentoring.outing_attendances": ("6a09ce27b982d5a3 persons",),
    "mentoring.outing_satisfaction": ("cf2b036efa433054 persons",),
    "mentoring.worries_reported": ("6febc6c29e3f959a sensitive",),
    "employment.files_open": ("8e7daabaead557bb sensitive",),
    "employment.helped_into_work": ("e8a92ec87f7021ff sensitive", "e8a92ec87f7021ff persons"),
    "employment.youths_into_work": ("1bf5584d3442b915 sensitive", "1bf5584d3442b915 persons"),
    "employment.people_served": ("4efc1df48c01cf0a persons",),
    "employment.services": ("45eb674df94ac5cf persons",),
    "employment.applied": ("7ca7691476e144d7 persons",),
    "employment.hired_in_90_days": ("fecf9d7439b1b4c0 persons",),
    "employment.days_to_hired": ("d14689981318666d persons",),
    "employment.stayed": ("283dee3f42029b9d persons",),
    "employment.courses_held": ("fa93e0a1ba535ab6 open",),
    "employment.fairs_held": ("bf68e970a0517cdd open",),
    "employment.interview_sessions_held": ("4b723e280e5e818b open",),
    "employment.posts_brought": ("0041e97f11feeea3 open",),
    "employment.roadshow_sessions": ("d5709040f0b24de7 open",),
    "employment.roadshow_units": ("dd42540a7078188a open",),
    "employment.roadshow_attendances": ("3de0598e770e5cfb persons",),
    "employment.course_attendances": ("0d86073c0de641f6 persons",),
    "employment.course_satisfaction": ("b8436a8921ad572e persons",),
    "employment.employers_visited": ("5aab794246ef7d57 open",),
    "employment.vacancies_added": ("c224a5952d742e1f open",),
    "employment.online_visit_vacancies": ("bce0c1fb32cd54b3 open",),
    "employment.online_visit_it_vacancies": ("18885cfc828f7d54 open",),
    "employment.groups_reached": ("e66ba1aecab59245 open",),
    "employment.pushes": ("7c2ce0e6d9ab47c4 open",),
    "blueprint.meetings": ("125e44090519c8b9 open",),
    "blueprint.speakers": ("2b17d675d9058787 open",),
    "blueprint.questions": ("4219c716526b14a0 open",),
    "blueprint.decisions": ("322bb2ad9aeb9dd6 open",),
    "blueprint.work_begun": ("97e9eef2d88ac450 open",),
    "blueprint.proposals_answered": ("2e9afb180313951e open",),
    "blueprint.results_found": ("57cb4d6392e22ae0 open",),
    "blueprint.needs_matched": ("f479978d72d22ce4 open",),
    "blueprint.concepts_proved": ("af4e7a5c3aacd48c open",),
    "blueprint.pilots": ("a64a403620f7b142 open",),
    "blueprint.first_products": ("98e50b04060507a8 open",),
    "blueprint.results_growing": ("04f7c448b2207ed9 open",),
    "blueprint.dead_ends": ("4d19a96219a51016 open",),
}
CARD = Card(purpose="why", counts="one", dated_by="the day")
FIRST = Version(1, date(2022, 1, 1), Count(Facts(("employment.placed",))), CARD)


def test_no_version_that_was_in_use_counts_otherwise_today():
    told = {
        code: tuple(f"{version.fingerprint} {one.protection_of(version.number)}" for version in one.versions)
        for code, one in indicators().items()
    }
    assert told == IN_USE


def test_no_rule_by_which_a_figure_was_printed_rounds_or_hides_otherwise_today():
    """A bulletin is printed anew by the rule of its version: another threshold or base is another protection."""
    in_use = {
        Protection.OPEN: None,
        Protection.PERSONS: (5, False, 1),
        Protection.SENSITIVE: (10, True, 5),
    }
    told = {protection: rule and (rule.threshold, rule.hides_zero, rule.base) for protection, rule in RULES.items()}
    assert told == in_use


def test_another_protection_is_another_version():
    """Without one, what was printed by it would be printed otherwise, and the lines above notice."""
    before = Indicator("a.b", "name", "employment", Protection.SENSITIVE, (FIRST,))
    silently = Indicator("a.b", "name", "employment", Protection.PERSONS, (FIRST,))
    kept = replace(FIRST, protection=Protection.SENSITIVE)
    second = Version(2, date(2023, 1, 1), FIRST.measure, CARD, why="told exactly")
    told = Indicator("a.b", "name", "employment", Protection.PERSONS, (kept, second))
    assert silently.protection_of(1) != before.protection_of(1)
    assert [told.protection_of(number) for number in (1, 2)] == [Protection.SENSITIVE, Protection.PERSONS]


def test_another_filter_or_unit_is_another_version_and_other_words_are_not():
    other = Version(1, date(2022, 1, 1), Count(Facts(("employment.placed",), (("kind", ("job",)),))), CARD)
    reworded = Version(1, date(2022, 1, 1), FIRST.measure, Card(purpose="else", counts="one", dated_by="the day"))
    assert other.fingerprint != FIRST.fingerprint
    assert reworded.fingerprint == FIRST.fingerprint


@pytest.mark.parametrize(
    "second",
    [
        Version(3, date(2023, 1, 1), FIRST.measure, CARD, why="changed"),
        Version(2, date(2021, 1, 1), FIRST.measure, CARD, why="changed"),
        Version(2, date(2023, 1, 1), FIRST.measure, CARD),
    ],
    ids=["a number left out", "before the first", "without a reason"],
)
def test_versions_follow_each_other_and_each_says_why(second):
    with pytest.raises(ValueError, match="version"):
        Indicator("a.b", "name", "employment", Protection.OPEN, (FIRST, second))


def test_each_day_has_the_version_that_was_in_use():
    second = Version(2, date(2023, 1, 1), FIRST.measure, CARD, why="counted otherwise")
    figure = Indicator("a.b", "name", "employment", Protection.OPEN, (FIRST, second))
    days = (date(2021, 5, 1), date(2022, 12, 31), date(2023, 1, 1))
    assert [figure.in_use(on=day).number for day in days] == [1, 1, 2]
