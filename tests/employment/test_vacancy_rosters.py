"""How far a dry run of the vacancy roster agrees with its truth, row by row and code by code."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sunward.employment.sheets import PLANS, VACANCIES
from sunward.registers.sheets.agreement import Agreement, compare, describe
from sunward.registers.sheets.inspection import inspect_files, report_as_dict

ROSTERS = Path(__file__).resolve().parents[3] / "shared" / "rosters"
KINDS = (*PLANS, VACANCIES)
ON = date(2022, 11, 30)

pytestmark = pytest.mark.skipif(
    not (ROSTERS / "truth.json").exists(), reason="the shared rosters are not beside the repository (../shared/rosters)"
)


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    told: dict[str, Any] = json.loads((ROSTERS / "truth.json").read_text(encoding="utf-8"))
    return told


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    return report_as_dict(inspect_files([ROSTERS / "岗位信息.xlsx"], on=ON, kinds=KINDS), KINDS)


@pytest.fixture(scope="module")
def agreement(truth: dict[str, Any], found: dict[str, Any]) -> Agreement:
    return compare(found, truth, ("vacancies",))["vacancies"]


@pytest.fixture(scope="module")
def expected_rows(truth: dict[str, Any]) -> list[dict[str, Any]]:
    file = next(file for file in truth["files"] if file["kind"] == "vacancies")
    return [row for sheet in file["sheets"] for row in sheet["rows"]]


def test_at_least_99_of_100_rows_agree_in_outcome_codes_and_values(agreement: Agreement) -> None:
    assert agreement.rows == 1200
    assert agreement.share >= 0.99, describe({"vacancies": agreement})


def test_no_row_that_the_truth_rejects_is_accepted_and_every_code_is_given_as_often(agreement: Agreement) -> None:
    assert agreement.wrongly_accepted == 0
    assert agreement.found_codes == agreement.expected_codes == agreement.shared_codes


def test_the_same_post_from_another_channel_is_found_and_nothing_else_is_taken_for_it(
    found: dict[str, Any], expected_rows: list[dict[str, Any]]
) -> None:
    rows = {row["row"]: row for sheet in found["files"][0]["sheets"] for row in sheet["rows"]}
    wanted = {row["row"]: row["duplicate_of"]["row"] for row in expected_rows if "duplicate_of" in row}
    told = {number: row["duplicate_of"]["row"] for number, row in rows.items() if row["duplicate_of"]}
    right = sum(wanted.get(number) == original for number, original in told.items())
    assert len(wanted) == 96
    assert right / len(told) >= 0.97
    assert right / len(wanted) >= 0.95


def test_posts_that_only_look_alike_stay_apart(found: dict[str, Any], expected_rows: list[dict[str, Any]]) -> None:
    rows = {row["row"]: row for sheet in found["files"][0]["sheets"] for row in sheet["rows"]}
    lookalikes = [row for row in expected_rows if "must_not_merge_with" in row]
    assert len(lookalikes) >= 40
    for row in lookalikes:
        others = {other["row"] for other in row["must_not_merge_with"]}
        told = rows[row["row"]]["duplicate_of"]
        assert told is None or told["row"] not in others, row["row"]


def test_what_the_truth_wants_a_person_to_look_at_has_findings_and_nothing_else_has(
    found: dict[str, Any], expected_rows: list[dict[str, Any]]
) -> None:
    rows = {row["row"]: row for sheet in found["files"][0]["sheets"] for row in sheet["rows"]}
    held = {row["row"] for row in expected_rows if row.get("hold")}
    assert len(held) == 64
    assert {number for number, row in rows.items() if row["values"].get("findings")} == held


def test_the_same_file_a_second_time_brings_nothing_new() -> None:
    path = ROSTERS / "岗位信息.xlsx"
    report = inspect_files([path, path], on=ON, kinds=KINDS)
    assert {row.outcome.value for row in report.files[1].rows} == {"duplicate_of", "rejected"}


def test_a_plan_of_job_fairs_is_no_list_of_vacancies() -> None:
    report = inspect_files([ROSTERS / "招聘会与小课式安排.xlsx"], on=ON, kinds=KINDS)
    assert {sheet.layout.kind for sheet in report.files[0].sheets} <= {None, *(kind.key for kind in PLANS)}
