"""Whatever is wrong with a policy or its people is said at once, by code."""

from dataclasses import replace

import numpy as np
import pytest

from sunward_match.faults import Fault, InputError
from sunward_match.pairing import (
    Columns,
    CriterionUse,
    Parameter,
    Policy,
    Reach,
    RuleUse,
    Table,
    criterion,
    mentor_rule,
    pair_rule,
    propose,
    review,
)
from tests.sunward_match.neighbours import (
    POLICY,
    TODAY,
    check_valid,
    make_people,
    match,
    nearness,
    skills,
    with_column,
    within_reach,
)

PEOPLE = make_people(12, 10, seed=0)


def grave(policy: Policy, people: tuple[Table, Table] = PEOPLE, **more: object) -> list[str]:
    faults = review(policy, *people, given={"today": TODAY}, **more)
    return [fault.code for fault in faults if not fault.is_warning]


def warned(policy: Policy, people: tuple[Table, Table] = PEOPLE, **more: object) -> list[str]:
    faults = review(policy, *people, given={"today": TODAY}, **more)
    return [fault.code for fault in faults if fault.is_warning]


def test_a_sound_policy_has_no_faults() -> None:
    assert grave(POLICY) == []


def test_every_fault_is_said_at_once() -> None:
    policy = Policy(
        rules=(RuleUse(within_reach, {"max_km": 99}), RuleUse(check_valid, {"colour": 1}), RuleUse(within_reach)),
        criteria=(CriterionUse(skills, -1), CriterionUse(nearness, float("nan"), {"far_km": "x"})),
        reach=Reach(radius_km=0, nearest=0),
        columns=Columns(tier="urgency"),
        stability_bonus=-2,
    )
    children, mentors = PEOPLE
    del (columns := dict(mentors.columns))["skills"]
    faults = review(policy, children, Table.of(mentors.ids, **columns))
    assert [fault.code for fault in faults if not fault.is_warning] == [
        "code_repeated",
        "parameter_out_of_range",
        "parameter_unknown",
        "parameter_missing",
        "weight_out_of_range",
        "parameter_not_a_number",
        "weight_out_of_range",
        "radius_out_of_range",
        "nearest_out_of_range",
        "stability_bonus_out_of_range",
        "column_unknown",
        "column_unknown",
    ]
    with pytest.raises(InputError) as refusal:
        propose(policy, children, Table.of(mentors.ids, **columns))
    assert len(refusal.value.faults) == 12


def test_a_fault_says_what_it_is_about_in_words_and_in_data() -> None:
    (fault,) = [
        fault
        for fault in review(Policy(criteria=(CriterionUse(skills, -1),)), *PEOPLE)
        if fault.code == "weight_out_of_range"
    ]
    assert fault.data == {"criterion": "skills", "weight": -1}
    assert "weight of skills is -1" in fault.sentence


@pytest.mark.parametrize(
    ("side", "column", "values", "code"),
    [
        (0, "tier", np.full(12, 1.5), "tier_not_whole"),
        (0, "tier", np.full(12, "high"), "tier_not_whole"),
        (1, "capacity", np.full(10, np.nan), "capacity_not_whole"),
        (1, "capacity", np.full(10, -1), "capacity_negative"),
    ],
)
def test_numbers_that_cannot_be_are_faults(side: int, column: str, values: object, code: str) -> None:
    people = list(PEOPLE)
    people[side] = with_column(people[side], column, values)
    assert grave(POLICY, tuple(people)) == [code]


def test_whole_numbers_may_come_as_floats() -> None:
    children, mentors = PEOPLE
    as_floats = with_column(mentors, "capacity", mentors["capacity"].astype(float))
    assert match(children, as_floats).partners == match(children, mentors).partners


def test_mentors_without_places_are_a_warning_with_their_number() -> None:
    children, mentors = PEOPLE
    faults = review(POLICY, children, mentors, given={"today": TODAY})
    (fault,) = [fault for fault in faults if fault.code == "capacity_zero"]
    assert fault.data["count"] == int((mentors["capacity"] == 0).sum())


def test_missing_places_are_warnings_with_their_numbers() -> None:
    children, mentors = make_people(300, 300, seed=4)
    faults = {
        (fault.code, fault.data["side"]): fault.data["count"]
        for fault in review(POLICY, children, mentors, given={"today": TODAY})
        if fault.code in {"coordinates_missing", "place_unknown"}
    }
    unknown = np.isnan(children["lon"])
    assert faults["coordinates_missing", "children"] == int(unknown.sum())
    assert faults["place_unknown", "children"] == int((unknown & (children["unit"] == "")).sum())
    assert ("coordinates_missing", "mentors") in faults


def test_tables_without_any_place_columns_are_matched_all_the_same() -> None:
    children, mentors = Table.of([1], tier=[1]), Table.of([2], capacity=[1])
    assert warned(Policy(), (children, mentors)) == [
        "no_weight", "coordinates_missing", "place_unknown", "coordinates_missing", "place_unknown",
    ]  # fmt: skip
    assert match(children, mentors, Policy()).partners == {1: 2}


def test_empty_sides_are_warnings_and_give_an_empty_proposal() -> None:
    nobody = Table.of([], tier=np.empty(0, int), capacity=np.empty(0, int))
    assert {"no_children", "no_mentors"} <= set(warned(Policy(), (nobody, nobody)))
    proposal = match(nobody, nobody, Policy())
    assert (proposal.pairs, proposal.unmatched, proposal.advice) == ((), (), ())
    assert proposal.figures.gap == 0


def test_a_rule_that_permits_nobody_is_named() -> None:
    faults = review(POLICY, *PEOPLE, given={"today": TODAY + 10_000})
    (fault,) = [fault for fault in faults if fault.code == "rule_forbids_everyone"]
    assert fault.data == {"rule": "check_valid", "side": "mentor", "count": 10}
    assert fault.is_warning


def test_a_policy_that_forbids_everyone_says_so_and_explains_each_child() -> None:
    nobody = pair_rule("never", "never at all")(lambda edges, setting: np.zeros(len(edges), bool))
    proposal = match(*PEOPLE, Policy(rules=(RuleUse(nobody),)))
    codes = {fault.code for fault in proposal.warnings}
    assert {"policy_forbids_everyone", "rule_forbids_all_pairs"} <= codes
    assert proposal.pairs == ()
    assert {one.reason.code for one in proposal.unmatched} == {"none_permitted"}


def test_repeated_ids_and_columns_of_another_length_are_refused_when_the_table_is_made() -> None:
    with pytest.raises(InputError) as refusal:
        Table.of(["a", "a"], tier=[1], grid=[[1, 2], [3, 4]])
    assert refusal.value.codes == ("id_repeated", "lengths_differ", "not_a_column")


def test_a_column_that_is_read_undeclared_is_refused_by_name() -> None:
    odd = pair_rule("odd", "an odd rule")(lambda edges, setting: edges.of_child("colour") == "red")
    with pytest.raises(InputError) as refusal:
        match(*PEOPLE, Policy(rules=(RuleUse(odd),)))
    assert refusal.value.codes == ("column_unknown",)
    assert "colour" in str(refusal.value)


@pytest.mark.parametrize("answer", [1.0, "yes", np.zeros(3, bool)])
def test_a_rule_must_answer_yes_or_no_for_every_pair(answer: object) -> None:
    odd = pair_rule("odd", "an odd rule")(lambda edges, setting: answer)
    with pytest.raises(InputError) as refusal:
        match(*PEOPLE, Policy(rules=(RuleUse(odd),)))
    assert refusal.value.codes == ("rule_malformed",)


@pytest.mark.parametrize(
    ("answer", "code"),
    [(lambda n: np.full(n, 1.01), "criterion_out_of_range"), (lambda n: np.full(n, -0.01), "criterion_out_of_range"),
     (lambda n: np.full(n, np.inf), "criterion_out_of_range"), (lambda n: np.zeros(n + 1), "criterion_malformed"),
     (lambda n: np.full(n, "x"), "criterion_malformed")],
)  # fmt: skip
def test_a_criterion_must_answer_between_nought_and_one(answer: object, code: str) -> None:
    odd = criterion("odd", "an odd criterion")(lambda edges, setting: answer(len(edges)))
    with pytest.raises(InputError) as refusal:
        match(*PEOPLE, Policy(criteria=(CriterionUse(odd),)))
    assert refusal.value.codes == (code,)


def test_a_policy_holds_sixty_four_rules_and_no_more() -> None:
    rules = [
        RuleUse(mentor_rule(f"rule_{at}", "always")(lambda mentors, setting: np.ones(len(mentors), bool)))
        for at in range(65)
    ]
    assert grave(Policy(rules=tuple(rules))) == ["too_many_rules"]
    last = mentor_rule("last", "never")(lambda mentors, setting: np.zeros(len(mentors), bool))
    proposal = match(*PEOPLE, Policy(rules=(*rules[:63], RuleUse(last))))
    assert {count.rule for one in proposal.unmatched for count in one.rule_counts} == {"last"}


def test_parameters_are_settled_by_policy_then_run_then_default() -> None:
    values: list[float] = []

    @mentor_rule("spy", "always", Parameter("depth", 3, is_whole=True))
    def spy(mentors: Table, setting: dict[str, float]) -> object:
        values.append(setting["depth"])
        return np.ones(len(mentors), bool)

    for use, given in ((RuleUse(spy, {"depth": 1}), {"depth": 2}), (RuleUse(spy), {"depth": 2}), (RuleUse(spy), {})):
        propose(Policy(rules=(use,)), *PEOPLE, given=given)
    assert sorted(set(values)) == [1, 2, 3]
    assert grave(Policy(rules=(RuleUse(spy, {"depth": 1.5}),))) == ["parameter_not_whole"]


def test_existing_matches_of_strangers_are_a_warning_and_two_for_one_child_a_fault() -> None:
    assert "incumbent_unknown" in warned(POLICY, incumbents=[("C0", "stranger"), ("stranger", "M0")])
    assert grave(POLICY, incumbents=[("C0", "M0"), ("C0", "M1")]) == ["incumbent_repeated"]


def test_faults_are_values() -> None:
    assert Fault("a", "b", {"n": 1}) == Fault("a", "b", {"n": 1})
    assert len({Fault("a", "b", {"n": 1}), Fault("a", "b", {"n": 1})}) == 1
    assert replace(Fault("a", "b"), is_warning=True).is_warning
