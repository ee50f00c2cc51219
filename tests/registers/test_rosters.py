"""How far a dry run agrees with the shared rosters, whose truth is known."""

import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from sunward.employment.sheets import SHEETS as EMPLOYMENT
from sunward.mentoring.sheets import SHEETS
from sunward.registers.sheets.agreement import Agreement, compare, describe
from sunward.registers.sheets.declarations import SheetKind
from sunward.registers.sheets.inspection import inspect_files, report_as_dict
from sunward.registers.sheets.reporting import write_report

ROSTERS = Path(__file__).resolve().parents[3] / "shared" / "rosters"
KINDS = (*SHEETS, *EMPLOYMENT)
PLANS = tuple(kind for kind in EMPLOYMENT if kind.family == "events")
OURS = ("children", "mothers", "students", "events", "unemployed")

pytestmark = pytest.mark.skipif(
    not (ROSTERS / "truth.json").exists(), reason="the shared rosters are not beside the repository (../shared/rosters)"
)


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    told: dict[str, Any] = json.loads((ROSTERS / "truth.json").read_text(encoding="utf-8"))
    return told


@pytest.fixture(scope="module")
def found(truth: dict[str, Any]) -> dict[str, Any]:
    paths = [ROSTERS / file["file"] for file in truth["files"]]
    return report_as_dict(inspect_files(paths, on=date.fromisoformat(truth["as_of"]), kinds=KINDS), KINDS)


@pytest.fixture(scope="module")
def agreements(truth: dict[str, Any], found: dict[str, Any]) -> dict[str, Agreement]:
    return compare(found, truth, OURS)


@pytest.mark.parametrize("kind", OURS)
def test_at_least_99_of_100_rows_agree_in_outcome_codes_and_values(kind: str, agreements: dict[str, Agreement]) -> None:
    result = agreements[kind]
    assert result.rows > 60
    assert result.share >= 0.99, describe({kind: result})


@pytest.mark.parametrize("kind", OURS)
def test_no_row_that_the_truth_rejects_is_accepted(kind: str, agreements: dict[str, Agreement]) -> None:
    assert agreements[kind].expected_codes
    assert agreements[kind].wrongly_accepted == 0


def test_the_header_is_found_where_it_stands_in_every_sheet(truth: dict[str, Any], found: dict[str, Any]) -> None:
    expected = {
        (file["file"], sheet["sheet"]): sheet["header_rows"]
        for file in truth["files"]
        for sheet in file["sheets"]
        if sheet.get("header_rows")
    }
    told = {(file["file"], sheet["sheet"]): sheet["header_rows"] for file in found["files"] for sheet in file["sheets"]}
    assert len(expected) >= 20
    assert {place: told.get(place) for place in expected} == expected


def test_rows_that_are_no_records_are_told_apart_with_their_use(truth: dict[str, Any], found: dict[str, Any]) -> None:
    told = {(file["file"], sheet["sheet"]): sheet["skipped"] for file in found["files"] for sheet in file["sheets"]}
    for file in truth["files"]:
        if file["kind"] in OURS:
            for sheet in file["sheets"]:
                assert told[file["file"], sheet["sheet"]] == sheet["skipped"], sheet["sheet"]


def test_hidden_columns_are_reported(truth: dict[str, Any], found: dict[str, Any]) -> None:
    told = {
        (file["file"], sheet["sheet"]): sheet["hidden_columns"] for file in found["files"] for sheet in file["sheets"]
    }
    for file in truth["files"]:
        for sheet in file["sheets"]:
            if sheet.get("hidden_columns") and not file["file"].endswith(".xls"):
                assert told[file["file"], sheet["sheet"]] == sheet["hidden_columns"]


@pytest.mark.parametrize(("kinds", "own"), [(SHEETS, OURS[:3]), (PLANS, ("events",))], ids=["persons", "events"])
def test_sheets_of_other_kinds_are_not_mistaken_for_ours(
    kinds: tuple[SheetKind, ...], own: tuple[str, ...], truth: dict[str, Any]
) -> None:
    others = [ROSTERS / file["file"] for file in truth["files"] if file["kind"] not in own]
    report = inspect_files(others, on=date(2022, 11, 30), kinds=kinds)
    assert len(report.files) == len(truth["files"]) - len(own)
    for file in report.files:
        assert not any(sheet.layout.kind for sheet in file.sheets), file.file
        assert file.refusal is not None
        assert file.refusal.code in ("registers.no_known_sheet", "registers.not_a_workbook")


def test_the_same_files_a_second_time_bring_nothing_new(truth: dict[str, Any]) -> None:
    ours = [ROSTERS / file["file"] for file in truth["files"] if file["kind"] in OURS]
    report = inspect_files([*ours, *ours], on=date(2022, 11, 30), kinds=KINDS)
    for file in report.files[len(ours) :]:
        assert file.rows
        assert {row.outcome.value for row in file.rows} <= {"duplicate_of", "rejected"}


def test_every_row_of_the_plan_of_events_agrees_and_each_sheet_names_its_record(
    truth: dict[str, Any], found: dict[str, Any], agreements: dict[str, Agreement]
) -> None:
    result = agreements["events"]
    assert (result.rows, result.agreeing) == (129, 129), describe({"events": result})
    expected, told = (next(file for file in which["files"] if file["kind"] == "events") for which in (truth, found))
    records = [(sheet["sheet"], sheet["record"]) for sheet in expected["sheets"]]
    assert [(sheet["sheet"], sheet["record"]) for sheet in told["sheets"]] == records
    assert told["outcomes"] == expected["outcomes"]
    assert told["codes"] == expected["codes"]


def test_every_row_of_the_survey_of_people_without_work_agrees_and_so_do_all_counts(
    truth: dict[str, Any], found: dict[str, Any], agreements: dict[str, Agreement]
) -> None:
    result = agreements["unemployed"]
    assert (result.rows, result.agreeing) == (4844, 4844), describe({"unemployed": result})
    for what in ("outcomes", "codes"):
        expected, told = (
            [file[what] for file in which["files"] if file["kind"] == "unemployed"] for which in (truth, found)
        )
        assert told == expected


def test_the_comparison_sees_a_wrong_outcome_a_wrong_code_and_a_wrong_value(
    truth: dict[str, Any], found: dict[str, Any]
) -> None:
    spoiled = json.loads(json.dumps(found))
    rows = next(file for file in spoiled["files"] if file["kind"] == "children")["sheets"][0]["rows"]
    accepted = [row for row in rows if row["outcome"] == "accepted"]
    rejected = next(row for row in rows if row["outcome"] == "rejected")
    accepted[0]["outcome"] = "rejected"
    accepted[1]["codes"] = ["id_missing"]
    accepted[2]["values"]["name"] = "别人"
    rejected["outcome"] = "accepted"
    rows.remove(accepted[3])
    result = compare(spoiled, truth, ["children"])["children"]
    assert result.rows - result.agreeing == 5
    assert result.wrongly_accepted == 1


def test_the_report_written_row_by_row_is_the_report(truth: dict[str, Any], found: dict[str, Any]) -> None:
    names = [file["file"] for file in truth["files"] if file["kind"] not in ("unemployed", "vacancies")]
    target = StringIO()
    paths = [ROSTERS / name for name in names]
    summary = write_report(paths, on=date.fromisoformat(truth["as_of"]), kinds=KINDS, target=target)
    assert json.loads(target.getvalue())["files"] == [file for file in found["files"] if file["file"] in names]
    assert [file["file"] for file in summary["files"]] == names
    assert sum(file["outcomes"].get("rejected", 0) for file in summary["files"]) == 18
