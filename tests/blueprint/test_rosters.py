"""The minutes and the breakdown of the shared rosters, whose truth is known."""

import json
from pathlib import Path
from typing import Any

import pytest

from sunward.blueprint.reading import agreement
from sunward.blueprint.reading.breakdown import Breakdown, read_breakdown
from sunward.blueprint.reading.minutes import Minutes, read_minutes

ROSTERS = Path(__file__).resolve().parents[3] / "shared" / "rosters"
AIM = 0.98

pytestmark = pytest.mark.skipif(
    not (ROSTERS / "truth.json").exists(), reason="the shared rosters are not beside the repository (../shared/rosters)"
)


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    told = json.loads((ROSTERS / "truth.json").read_text(encoding="utf-8"))
    return {file["kind"]: file for file in told["files"] if file["kind"] in ("minutes", "plan")}


@pytest.fixture(scope="module")
def minutes(truth: dict[str, Any]) -> Minutes:
    return read_minutes(ROSTERS / truth["minutes"]["file"])


@pytest.fixture(scope="module")
def breakdown(truth: dict[str, Any]) -> Breakdown:
    return read_breakdown(ROSTERS / truth["plan"]["file"])


def rows_of(file: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [row for sheet in file["sheets"] for row in sheet["rows"] if row.get("kind", kind) == kind]


def test_who_leads_who_joins_until_when_and_by_what_number_agree_in_98_of_100_lines_of_the_breakdown(truth, breakdown):
    result = agreement.compare(breakdown.lines, rows_of(truth["plan"], ""))
    assert set(result.judged) == set(agreement.JUDGED)
    assert all(count == 35 for count in result.judged.values())
    assert all(result.share(key) >= AIM for key in result.judged), agreement.describe("plan", result)


def test_who_leads_who_joins_and_until_when_agree_in_98_of_100_decisions_of_the_minutes(truth, minutes):
    result = agreement.compare(minutes.lines, rows_of(truth["minutes"], "decision"))
    assert {key: count for key, count in result.judged.items() if count == 14}.keys() >= {"lead_unit", "deadline"}
    assert all(result.share(key) >= AIM for key in result.judged), agreement.describe("minutes", result)


@pytest.mark.parametrize(("kind", "read"), [("minutes", "minutes"), ("plan", "breakdown")])
def test_what_the_truth_leaves_open_is_left_blank_and_marked_and_nothing_else_is(kind, read, truth, request):
    rows = rows_of(truth[kind], "decision")
    result = agreement.compare(request.getfixturevalue(read).lines, rows)
    assert sum(1 for row in rows if row["codes"]) >= 8
    assert (result.filled, result.unmarked, result.faults) == ([], [], [])


def test_the_proposals_of_the_speakers_are_found_with_who_made_them_and_are_no_decisions(truth, minutes):
    expected = [
        (row["row"], row["values"]["unit"], row["values"]["speaker"], row["values"]["text"])
        for row in rows_of(truth["minutes"], "proposal")
    ]
    found = [(said.place, said.speaker.unit, said.speaker.name, said.text) for said in minutes.proposals]
    assert len(expected) == 17
    assert [entry[:3] for entry in found] == [entry[:3] for entry in expected]
    assert [entry[3] for entry in found] == [entry[3] for entry in expected]


def test_the_day_the_questions_and_the_topics_of_the_meeting_are_found(truth, minutes):
    assert minutes.met_on is not None
    assert minutes.met_on.isoformat() == truth["minutes"]["meeting_date"]
    assert minutes.questions == ("使命", "机遇", "状态")
    topics = [row["values"]["topic"] for row in rows_of(truth["minutes"], "decision")]
    assert [line.goal for line in minutes.lines] == topics
    assert minutes.notes == ("tables_unread",)


def test_each_line_of_the_breakdown_stands_under_its_goal_with_its_words_and_its_officer(truth, breakdown):
    expected = [
        (row["row"], *(row["values"][key] for key in ("task", "measure", "target", "officer")))
        for row in rows_of(truth["plan"], "")
    ]
    found = [(line.place, line.goal, line.text, line.target.written, line.officer) for line in breakdown.lines]
    assert found == expected
    assert breakdown.year == 2023
    assert {line.section for line in breakdown.lines} == {
        "稳就业促民生",
        "守护未成年人",
        "推动成果转化",
        "城市更新",
        "城市治理",
        "改进作风",
    }
