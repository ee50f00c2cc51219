"""How far a dry run agrees with a set of rosters whose truth is known, row by row and code by code."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Disagreement:
    file: str
    sheet: str
    row: int
    what: str  # outcome, codes, duplicate_of, the key of a value, or "row" where there is none
    expected: Any
    found: Any


@dataclass(slots=True)
class Agreement:
    """`wrongly_accepted`: rows that the truth rejects and the dry run does not. Codes: expected, found, both."""

    kind: str
    rows: int = 0
    agreeing: int = 0
    wrongly_accepted: int = 0
    expected_codes: Counter[str] = field(default_factory=Counter)
    found_codes: Counter[str] = field(default_factory=Counter)
    shared_codes: Counter[str] = field(default_factory=Counter)
    disagreements: list[Disagreement] = field(default_factory=list)

    @property
    def share(self) -> float:
        return self.agreeing / self.rows if self.rows else 1.0


def compare(report: Mapping[str, Any], truth: Mapping[str, Any], kinds: Iterable[str]) -> dict[str, Agreement]:
    """Compare a report (`report_as_dict`) with a truth, kind by kind. Values absent from the truth are not judged."""
    wanted = set(kinds)
    found_files = {entry["file"]: entry for entry in report["files"]}
    results = {kind: Agreement(kind) for kind in wanted}
    for expected in truth["files"]:
        if expected["kind"] in wanted:
            _compare_file(results[expected["kind"]], expected, found_files.get(expected["file"], {"sheets": []}))
    return results


def _compare_file(result: Agreement, expected: Mapping[str, Any], found: Mapping[str, Any]) -> None:
    sheets = {sheet["sheet"]: {row["row"]: row for row in sheet["rows"]} for sheet in found["sheets"]}
    for sheet in expected["sheets"]:
        rows = sheets.get(sheet["sheet"], {})
        listed = {row["row"] for row in sheet.get("rows", ())}
        for row in sheet.get("rows", ()):
            faults = list(_compare_row(row, rows.get(row["row"]), result))
            _note(result, expected["file"], sheet["sheet"], row["row"], faults)
        for number in sorted(set(rows) - listed):
            _note(result, expected["file"], sheet["sheet"], number, [("row", None, rows[number]["outcome"])])


def _note(result: Agreement, file: str, sheet: str, row: int, faults: list[tuple[str, Any, Any]]) -> None:
    result.rows += 1
    result.agreeing += not faults
    result.disagreements.extend(Disagreement(file, sheet, row, *fault) for fault in faults)


def _compare_row(
    expected: Mapping[str, Any], found: Mapping[str, Any] | None, result: Agreement
) -> list[tuple[str, Any, Any]]:
    codes = set(expected["codes"])
    result.expected_codes.update(codes)
    if found is None:
        return [("row", expected["outcome"], None)]
    told = set(found["codes"])
    result.found_codes.update(told)
    result.shared_codes.update(codes & told)
    faults: list[tuple[str, Any, Any]] = []
    if expected["outcome"] != found["outcome"]:
        faults.append(("outcome", expected["outcome"], found["outcome"]))
        result.wrongly_accepted += expected["outcome"] == "rejected"
    if "row_shifted" in codes:
        return faults if "row_shifted" in told else [*faults, ("codes", sorted(codes), sorted(told))]
    if codes != told:
        faults.append(("codes", sorted(codes), sorted(told)))
    if expected.get("duplicate_of") != found.get("duplicate_of"):
        faults.append(("duplicate_of", expected.get("duplicate_of"), found.get("duplicate_of")))
    values = found["values"]
    faults.extend(
        (key, value, values.get(key)) for key, value in expected["values"].items() if not _same(value, values.get(key))
    )
    return faults


def _same(expected: Any, found: Any) -> bool:
    if isinstance(expected, str) and isinstance(found, str):
        return unicodedata.normalize("NFKC", expected).strip() == unicodedata.normalize("NFKC", found).strip()
    if isinstance(expected, list) and isinstance(found, list):
        return len(expected) == len(found) and all(
            _same(one, other) for one, other in zip(expected, found, strict=True)
        )
    return bool(expected == found)


def describe(results: Mapping[str, Agreement], *, shown: int = 40) -> str:
    """The comparison as a plain table for the terminal."""
    lines: list[str] = []
    for result in results.values():
        lines += [
            f"{result.kind}: {result.agreeing} of {result.rows} rows agree ({result.share:.2%})",
            f"  rejected by the truth and accepted here: {result.wrongly_accepted}",
            f"  {'code':28}{'expected':>9}{'found':>7}{'both':>6}",
        ]
        for code in sorted(result.expected_codes | result.found_codes):
            counts = (result.expected_codes[code], result.found_codes[code], result.shared_codes[code])
            lines.append(f"  {code:28}{counts[0]:>9}{counts[1]:>7}{counts[2]:>6}")
        lines += [
            f"  {fault.sheet or fault.file} row {fault.row}, {fault.what}: "
            f"expected {fault.expected!r}, found {fault.found!r}"
            for fault in result.disagreements[:shown]
        ]
    return "\n".join(lines)
