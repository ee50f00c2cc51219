"""How adverts are read and found again, salaries and forbidden wordings of real and made-up ones: against the truth.

    python -m bench.vacancies

Needs `../shared` beside the repository: the vacancy roster with its truth, and salaries of real channels. The rules of
the check and the rule of likeness were written with the roster in view: its figures say that nothing is broken. Adverts
told twice in other words are made by `tests/employment/adverts.py`, with trades and employers that no roster has.
"""

import csv
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bench.screening import set_up

SHARED = Path(__file__).resolve().parents[2] / "shared"
ROSTER, TRUTH = SHARED / "rosters" / "岗位信息.xlsx", SHARED / "rosters" / "truth.json"
TEXTS = (SHARED / "data" / "salary_texts_mit.csv", SHARED / "data" / "vacancies_sample.csv")
LACKING = 77


def read_roster() -> tuple[list[dict[str, object]], list[dict[str, str]]]:
    """What is known of each row, and its cells by what they hold."""
    from python_calamine import CalamineWorkbook

    truth = json.loads(TRUTH.read_text(encoding="utf-8"))
    sheet = next(file for file in truth["files"] if file["file"] == ROSTER.name)["sheets"][0]
    cells = CalamineWorkbook.from_path(ROSTER).get_sheet_by_name(sheet["sheet"]).to_python()
    told = [row for row in sheet["rows"] if row["outcome"] != "rejected"]
    keys = {column["key"]: column["col"] - 1 for column in sheet["columns"] if column["key"]}
    return told, [{key: str(cells[row["row"] - 1][place]) for key, place in keys.items()} for row in told]


def report_salaries(told: list[dict[str, object]], cells: list[dict[str, str]]) -> None:
    from sunward.employment.vacancies.salaries import read_salary

    rows = [
        (row, read_salary(cell["salary"]))
        for row, cell in zip(told, cells, strict=True)
        if str(row["outcome"]).startswith("accepted")
    ]
    right = sum(
        (read.month_min, read.month_max) == (row["values"].get("salary_min"), row["values"].get("salary_max"))  # type: ignore[attr-defined]
        for row, read in rows
    )
    print(f"salaries of the roster read as its truth says: {right:,} of {len(rows):,}")
    for path in TEXTS:
        with path.open(encoding="utf-8") as file:
            stated = [text for row in csv.DictReader(file) if (text := row["salary_text"].strip())]
        began = time.perf_counter()
        doubts = Counter(str(flag) for text in stated for flag in read_salary(text).flags)
        took = (time.perf_counter() - began) / len(stated) * 1e6
        print(f"{path.name}: {len(stated) - doubts.total():,} of {len(stated):,} without a doubt, {took:.0f} µs each")


def report_checks(told: list[dict[str, object]], cells: list[dict[str, str]]) -> None:
    from sunward.employment.vacancies.checks import CheckRule, check_advert

    judged, right, wrong = {str(rule) for rule in CheckRule}, Counter[str](), Counter[str]()
    exact = 0
    began = time.perf_counter()
    for row, cell in zip(told, cells, strict=True):
        found = check_advert(cell["title"], cell["desc"], age=cell["age"])
        codes = {str(one.rule) for findings in found.values() for one in findings}
        wanted = judged & set(row["codes"])  # type: ignore[call-overload]
        exact += codes == wanted
        right.update(codes & wanted)
        wrong.update({f"{code} in vain" for code in codes - wanted} | {f"{code} missed" for code in wanted - codes})
    took = (time.perf_counter() - began) / len(told) * 1e6
    print(f"adverts of the roster judged exactly as its truth says: {exact:,} of {len(told):,}, {took:.0f} µs each")
    for code, times in [*sorted(right.items()), *sorted(wrong.items())]:
        print(f"  {times:>3} × {code}")


def report_rows() -> None:
    """The dry run of the roster, by row and by code, and the posts that are there twice."""
    from sunward.employment.sheets import SHEETS
    from sunward.registers.sheets.agreement import compare
    from sunward.registers.sheets.inspection import inspect_files, report_as_dict

    truth = json.loads(TRUTH.read_text(encoding="utf-8"))
    on = date.fromisoformat(truth["as_of"])
    report = report_as_dict(inspect_files([ROSTER], on=on, kinds=SHEETS), SHEETS)
    result = compare(report, truth, ["vacancies"])["vacancies"]
    print(f"rows of the roster with exactly the outcome, codes and values of its truth: {result.agreeing:,}", end=" ")
    print(f"of {result.rows:,}; rejected there and accepted here: {result.wrongly_accepted}")
    file = next(file for file in truth["files"] if file["file"] == ROSTER.name)
    wanted = {row["row"]: row["duplicate_of"]["row"] for row in file["sheets"][0]["rows"] if "duplicate_of" in row}
    rows = (row for sheet in report["files"][0]["sheets"] for row in sheet["rows"])
    told = {row["row"]: row["duplicate_of"]["row"] for row in rows if row["duplicate_of"]}
    print_likeness("roster", wanted, told)


def report_unseen(seeds: range, posts: int) -> None:
    """Adverts of employers and trades that the rule of likeness was not written with."""
    from sunward.employment.sheets import VACANCIES
    from sunward.registers.sheets.identities import MemoryIdentities
    from sunward.registers.sheets.staging import read_draft, settle
    from tests.employment.adverts import KEYS, make_adverts

    wanted: dict[tuple[int, int], int] = {}
    told: dict[tuple[int, int], int] = {}
    for seed in seeds:
        adverts = make_adverts(seed, posts=posts)
        drafts = [
            (one.number, read_draft(dict(zip(KEYS, one.cells, strict=True)), VACANCIES, on=date(2022, 11, 30)))  # type: ignore[arg-type]
            for one in adverts
        ]
        settled = settle(drafts, VACANCIES, MemoryIdentities(), file="", sheet="")
        told |= {(seed, row.row): row.duplicate_of.row for row in settled if row.duplicate_of}
        wanted |= {(seed, one.number): one.same_as.number for one in adverts if one.same_as}
    print_likeness("made-up adverts", wanted, told)


def print_likeness(which: str, wanted: Mapping[Any, int], told: Mapping[Any, int]) -> None:
    right = sum(wanted.get(row) == original for row, original in told.items())
    print(f"posts told twice, {which}: {right:,} of {len(wanted):,} found (recall {right / len(wanted):.3f}),", end=" ")
    print(f"{len(told) - right} wrongly (precision {right / len(told):.3f})")


def main() -> int:
    if not TRUTH.exists() or not all(path.exists() for path in TEXTS):
        print("SKIPPED: ../shared with its rosters and data is not beside the repository.")
        return LACKING
    with tempfile.TemporaryDirectory() as folder:
        set_up(folder)
        told, cells = read_roster()
        report_salaries(told, cells)
        report_checks(told, cells)
        report_rows()
        report_unseen(range(500, 510), posts=400)
    return 0


if __name__ == "__main__":
    sys.exit(main())
