"""How far the minutes and the breakdown of the shared rosters are read as their truth says, field by field.

    python -m bench.blueprint

Needs the rosters beside the repository (../shared/rosters) and no database. Ends with 1 if fewer than 98 of 100 lead
units, joint units, deadlines or numbers agree, or if anything that the truth leaves open was filled or not marked.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

ROSTERS = Path(__file__).resolve().parents[2] / "shared" / "rosters"
LACKING = 77
AIM = 0.98


def main() -> int:
    if not (ROSTERS / "truth.json").exists():
        print(f"the rosters are not at {ROSTERS}")
        return LACKING
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sunward.config.settings.development")
    import django

    django.setup()
    return compare()


def compare() -> int:
    from sunward.blueprint.reading import agreement
    from sunward.blueprint.reading.breakdown import read_breakdown
    from sunward.blueprint.reading.minutes import read_minutes

    truth = json.loads((ROSTERS / "truth.json").read_text(encoding="utf-8"))
    results = []
    for kind, read in (("minutes", read_minutes), ("plan", read_breakdown)):
        name, rows = _told(truth, kind)
        result = agreement.compare(read(ROSTERS / name).lines, rows)
        print(agreement.describe(name, result))
        results.append(result)
    low = any(result.share(key) < AIM for result in results for key in result.judged)
    return int(low or any(result.filled or result.unmarked for result in results))


def _told(truth: dict[str, Any], kind: str) -> tuple[str, list[dict[str, Any]]]:
    file = next(file for file in truth["files"] if file["kind"] == kind)
    rows = [row for sheet in file["sheets"] for row in sheet["rows"] if row.get("kind", "decision") == "decision"]
    return file["file"], rows


if __name__ == "__main__":
    sys.exit(main())
