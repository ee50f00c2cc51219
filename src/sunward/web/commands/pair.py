"""Two workbooks in, explained matches out. No database, nothing is saved but what was asked for."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sunward.web.commands import Command

if TYPE_CHECKING:
    from sunward.matching.declaration import Declaration
    from sunward.mentoring.pairing.rosters import RosterRow


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--children", nargs="+", type=Path, required=True, metavar="FILE", help="workbooks of children")
    parser.add_argument(
        "--mentors", nargs="+", type=Path, required=True, metavar="FILE", help="workbooks of neighbour moms"
    )
    parser.add_argument("--out", type=Path, metavar="XLSX", help="write the proposals with their reasons")
    parser.add_argument("--json", type=Path, metavar="OUT", help="write everything, for other programs")
    parser.add_argument(
        "--on", type=date.fromisoformat, metavar="DATE", help="the day on which ages and expiries are judged"
    )
    parser.add_argument("--policy", type=Path, metavar="JSON", help="a policy; without it the programme's own")
    parser.add_argument("--lang", choices=["zh-hans", "en"], default="zh-hans", help="language of the reasons")


def always(arguments: Namespace) -> bool:
    return True


def run(arguments: Namespace) -> int:
    from django.utils.translation import override

    missing = [str(path) for path in (*arguments.children, *arguments.mentors) if not path.is_file()]
    if missing:
        sys.stderr.write(f"No such file: {', '.join(missing)}\n")
        return 2
    with override(arguments.lang):
        return _pair(arguments)


def _pair(arguments: Namespace) -> int:
    from sunward.accounts.areas import committees, subdistricts
    from sunward.core import clock
    from sunward.core.workbooks import write_workbook
    from sunward.matching.declaration import declarations
    from sunward.matching.reports import Told, as_dict, as_sheets
    from sunward.matching.solving import solve
    from sunward.mentoring.pairing.rosters import describe_rosters, read_rosters
    from sunward_match.faults import InputError

    on = arguments.on or clock.today()
    declaration = declarations()["mentoring"]
    children = list(_read(arguments.children, "children", on))
    mentors = list(_read(arguments.mentors, "mothers", on))
    if not children or not mentors:
        return 2
    names = {area.code: area.name for area in (*subdistricts(), *committees())}
    try:
        content = _read_policy(arguments.policy, declaration)
        outcome = solve(content, read_rosters(children, mentors, on=on), declaration)
    except InputError as error:
        sys.stderr.writelines(_say(error, declaration))
        return 2
    outcome.verify()
    people = describe_rosters(children, mentors, unit_names=names, on=on)
    told = Told(outcome, people, declaration, content, names, on)
    if arguments.json:
        places = {"left": _places(children), "right": _places(mentors)}
        arguments.json.write_text(json.dumps(as_dict(told, places), ensure_ascii=False, indent=1) + "\n", "utf-8")
    if arguments.out:
        arguments.out.write_bytes(write_workbook(as_sheets(told)))
    sys.stdout.writelines(_summarise(told))
    return 0


def _read(paths: Sequence[Path], kind: str, on: date) -> "Iterator[RosterRow]":
    """The accepted rows of one kind; what was not accepted is counted, what could not be read is said."""
    from sunward.mentoring.pairing.rosters import RosterRow
    from sunward.registers.enums import Outcome
    from sunward.registers.sheets.inspection import inspect_files
    from sunward.registers.sheets.registry import sheet_kinds

    accepted = left_out = 0
    for file in inspect_files(paths, on=on, kinds=list(sheet_kinds().values())).files:
        if file.refusal:
            sys.stderr.write(f"{file.file}: {file.refusal.sentence}\n")
        for sheet in (sheet for sheet in file.sheets if sheet.layout.kind == kind):
            for row in sheet.rows:
                if row.outcome in (Outcome.ACCEPTED, Outcome.WARNED):
                    accepted += 1
                    yield RosterRow(file.file, sheet.layout.sheet, row.row, row.values)
                else:
                    left_out += 1
    sys.stdout.write(f"{kind}: {accepted} rows read, {left_out} left out (rejected or duplicates)\n")
    if not accepted:
        sys.stderr.write(f"No usable sheet of {kind} was found; try `sunward import --dry-run` on the file.\n")


def _read_policy(path: Path | None, declaration: "Declaration") -> dict[str, Any]:
    """The policy in force; every fault of one that was handed in is reported at once."""
    from sunward.matching.solving import find_faults
    from sunward_match.faults import InputError
    from sunward_match.pairing import write_policy

    if path is None:
        return write_policy(declaration.default_policy)
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    faults = [fault for fault in find_faults(content, declaration) if not fault.is_warning]
    if faults:
        raise InputError(faults)
    return content


def _say(error: Any, declaration: "Declaration") -> Iterator[str]:
    from sunward.matching.words import say_finding

    for fault in error.faults:
        yield f"{say_finding(fault.code, dict(fault.data), declaration)} ({fault.code})\n"


def _places(rows: "Sequence[RosterRow]") -> Mapping[int, Mapping[str, Any]]:
    return {number: {"file": r.file, "sheet": r.sheet, "row": r.row} for number, r in enumerate(rows, start=1)}


def _summarise(told: Any) -> Iterator[str]:
    figures = told.outcome.proposal.figures
    yield (
        f"{figures.matched} of {figures.sought} children matched, {figures.places} places, mean fit"
        f" {figures.mean_fit:.1f}, gap {figures.gap} (rechecked)\n"
    )
    for tier in figures.by_tier:
        yield f"  {told.declaration.tiers.get(tier.tier, tier.tier)}: {tier.served} / {tier.children}\n"
    for finding in told.findings():
        yield f"  {finding}\n"


COMMAND = Command(
    "pair", "match two workbooks, children and neighbour moms, and explain every match", run, add_arguments, always
)
