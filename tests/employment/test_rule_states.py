"""What the database counts is what `Rule.judge` says of each file, whatever is known of it and how exactly."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sunward.casework.models import Case
from sunward.employment.enums import ClientTagKind, Education, Situation, TagEnd
from sunward.employment.models import ClientTag, Jobseeker
from sunward.employment.queries.rule_states import HOLDS, HOLDS_NOT, UNKNOWN, missing_of, with_states
from sunward.employment.queries.tagging import read_block
from sunward.employment.tagging.answers import Verdict
from sunward.employment.tagging.conditions import (
    Aged,
    Basis,
    GraduatedWithin,
    InSituation,
    Schooled,
    StatedGround,
    WithoutWorkFor,
)
from sunward.employment.tagging.rules import RULES, Rule
from sunward.people.enums import Precision
from sunward.people.models import Person
from tests import factories as make

ON = make.TODAY
NUMBERS = {Verdict.NOT: HOLDS_NOT, Verdict.CAUGHT: HOLDS, Verdict.UNKNOWN: UNKNOWN}
# Every condition in every form, also those that no rule in force uses.
ALL = (
    *RULES,
    *(
        Rule(ClientTagKind.LTU_YOUTH, f"t{number}", None, (condition,), "")
        for number, condition in enumerate(
            [
                Aged(16, 35), Aged(0, 3), InSituation(), InSituation((Situation.TRAINING,)),
                *(WithoutWorkFor(6, basis, is_over) for basis in Basis for is_over in (True, False)),
                Schooled(Education.SENIOR), GraduatedWithin(24),
                StatedGround((ClientTagKind.VETERAN,)), StatedGround((ClientTagKind.VETERAN,), is_disability=False),
            ]
        )
    ),
)  # fmt: skip


def near(*months_ago: int) -> st.SearchStrategy[date]:
    """Days around those on which an answer changes, and both ends of the months around them."""
    found = []
    for months in months_ago:
        index = ON.year * 12 + ON.month - 1 - months
        year, month = divmod(index, 12)
        for shift in (-1, 0, 1):
            first = date(year + (month + shift) // 12, (month + shift) % 12 + 1, 1)
            found += [first, date.fromordinal(first.toordinal() - 1)]
        found += [date.fromordinal(date(year, month + 1, min(ON.day, 28)).toordinal() + step) for step in range(-2, 3)]
    return st.sampled_from(found)


maybe = st.none
rows = st.fixed_dictionaries(
    {
        "birth": st.one_of(maybe(), near(16 * 12, 35 * 12, 36 * 12, 36)),
        "birth_precision": st.sampled_from(Precision.values),
        "situation": st.sampled_from(["", *Situation.values]),
        "surveyed_situation": st.sampled_from(["", "", *Situation.values]),
        "registered_on": st.one_of(maybe(), near(6, 12)),
        "registered_precision": st.sampled_from(Precision.values),
        "unemployed_since": st.one_of(maybe(), near(6, 12)),
        "graduated_on": st.one_of(maybe(), near(23, 24, 25)),
        "education": st.sampled_from([None, *Education.values]),
        "is_disabled": st.sampled_from([None, False, True]),
        "stated": st.sampled_from(["", "", ClientTagKind.ZERO_EMPLOYMENT, ClientTagKind.VETERAN]),
        "by_rule": st.sampled_from(["", "veteran.x"]),
        "is_over": st.booleans(),
    }
)


@pytest.mark.django_db
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(told=st.lists(rows, min_size=5, max_size=12))
def test_the_database_says_of_each_file_what_the_rule_says(told):
    unit = make.make_committee()
    Case.objects.filter(programme="employment").delete()
    for row in told:
        write(row, unit)
    bare = Case.objects.create(  # a file without a profile
        programme="employment", person=make.make_person("无", unit=unit), unit=unit, unit_path=unit.path, opened_on=ON
    )
    files = read_block(list(Case.objects.filter(programme="employment").values_list("pk", flat=True)))
    assert {file.case_id for file in files} >= {bare.pk}
    for rule in ALL:
        counted = with_states(Case.objects.filter(programme="employment"), rule, on=ON)
        states = {row["pk"]: row for row in counted.values("pk", "verdict", *missing_of(rule))}
        for file in files:
            judged = rule.judge(file.facts, on=ON)
            said = states[file.case_id]
            assert said["verdict"] == NUMBERS[judged.verdict], (rule, file.facts)
            if judged.verdict is Verdict.UNKNOWN:
                open_ = {word for name, word in missing_of(rule).items() if said[name] == UNKNOWN}
                assert open_ == set(judged.missing)


def write(row: dict, unit) -> None:
    person = make.make_person("某", unit=unit)
    Person.objects.filter(pk=person.pk).update(birth_date=row["birth"], birth_precision=row["birth_precision"])
    case = Case.objects.create(programme="employment", person=person, unit=unit, unit_path=unit.path, opened_on=ON)
    columns = (
        "situation", "surveyed_situation", "registered_on", "registered_precision", "unemployed_since", "graduated_on",
        "education", "is_disabled",
    )  # fmt: skip
    Jobseeker.objects.create(case=case, **{column: row[column] for column in columns})
    if row["stated"]:
        ended = {"until_on": ON, "end_reason": TagEnd.MISTAKE} if row["is_over"] else {}
        ClientTag.objects.create(case=case, kind=row["stated"], from_on=ON, rule=row["by_rule"], **ended)
