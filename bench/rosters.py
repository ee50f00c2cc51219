"""How far dry runs of the shared rosters agree with their truth: rows by outcome and by code, found as expected.

    python -m bench.rosters [KIND …]

Needs the rosters beside the repository (../shared/rosters) and no database. Ends with 1 if a row that the truth rejects
is accepted, or if fewer than 99 of 100 rows of a kind agree in outcome, codes and values.
"""

import argparse
import json
import os
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

ROSTERS = Path(__file__).resolve().parents[2] / "shared" / "rosters"
LACKING = 77
AIM = 0.99


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help="all that a programme declares if none is named")
    given = parser.parse_args()
    if not (ROSTERS / "truth.json").exists():
        print(f"the rosters are not at {ROSTERS}")
        return LACKING
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sunward.config.settings.development")
    import django

    django.setup()
    return compare(given.kinds)


def compare(wanted: list[str]) -> int:
    from sunward.registers.sheets import agreement
    from sunward.registers.sheets.inspection import inspect_files, report_as_dict
    from sunward.registers.sheets.registry import sheet_kinds

    truth = json.loads((ROSTERS / "truth.json").read_text(encoding="utf-8"))
    kinds = list(sheet_kinds().values())
    declared = {kind.file_kind for kind in kinds}
    chosen = [name for name in dict.fromkeys(file["kind"] for file in truth["files"]) if name in (wanted or declared)]
    paths = [ROSTERS / file["file"] for file in truth["files"] if file["kind"] in chosen]
    report = inspect_files(paths, on=date.fromisoformat(truth["as_of"]), kinds=kinds)
    told = report_as_dict(report, kinds)
    results = agreement.compare(told, truth, chosen)
    for kind in chosen:
        print(agreement.describe({kind: results[kind]}))
        expected, found = (_outcomes(which, kind) for which in (truth, told))
        for outcome in sorted(expected | found):
            print(f"  {outcome:28}{expected[outcome]:>9}{found[outcome]:>7}")
    return int(any(result.wrongly_accepted or result.share < AIM for result in results.values()))


def _outcomes(report: dict[str, Any], kind: str) -> Counter[str]:
    return sum((Counter(file["outcomes"]) for file in report["files"] if file["kind"] == kind), Counter[str]())


if __name__ == "__main__":
    sys.exit(main())
