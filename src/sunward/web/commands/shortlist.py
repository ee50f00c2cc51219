"""Two workbooks in, explained shortlists out. No database, nothing is saved but what was asked for."""

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sunward.web.commands import Command

if TYPE_CHECKING:
    from sunward.employment.shortlists.policy import Policy
    from sunward.employment.shortlists.reports import Told, Whose

_MOST_LINES = 100


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--jobseekers", nargs="+", type=Path, required=True, metavar="FILE", help="workbooks of people without work"
    )
    parser.add_argument("--vacancies", nargs="+", type=Path, required=True, metavar="FILE", help="workbooks of posts")
    parser.add_argument("--k", type=_lines, default=10, metavar="N", help="posts for everybody at most (10)")
    parser.add_argument("--out", type=Path, metavar="XLSX", help="write the lists with their reasons")
    parser.add_argument("--json", type=Path, metavar="OUT", help="write everything, for other programs")
    parser.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="the day on which ages are judged")
    parser.add_argument("--policy", type=Path, metavar="JSON", help="a policy; without it the programme's own")
    parser.add_argument("--lang", choices=["zh-hans", "en"], default="zh-hans", help="language of the reasons")


def always(arguments: Namespace) -> bool:
    return True


def run(arguments: Namespace) -> int:
    from django.utils.translation import override

    paths = (*arguments.jobseekers, *arguments.vacancies, *filter(None, (arguments.policy,)))
    missing = [str(path) for path in paths if not path.is_file()]
    if missing:
        sys.stderr.write(f"No such file: {', '.join(missing)}\n")
        return 2
    with override(arguments.lang):
        return _shortlist(arguments)


def _shortlist(arguments: Namespace) -> int:
    from sunward.core import clock
    from sunward.core.refusals import Refusal
    from sunward.core.workbooks import write_workbook
    from sunward.employment.shortlists.making import make_shortlists
    from sunward.employment.shortlists.reports import Told, as_dict, as_sheets
    from sunward.employment.shortlists.rosters import read_market

    on = arguments.on or clock.today()
    try:
        policy = _read_policy(arguments.policy)
    except Refusal as refusal:
        sys.stderr.write(f"{refusal.sentence}\n")
        return 2
    people = list(_read(arguments.jobseekers, "unemployed", on))
    posts = list(_read(arguments.vacancies, "vacancies", on))
    if not people or not posts:
        return 2
    _progress("coding", 0.0)
    read = read_market([values for _whose, values in people], [values for _whose, values in posts], on=on)
    lists = make_shortlists(read.market, policy=policy, k=arguments.k, progress=_progress)
    told = Told(
        lists, read.market, dict(enumerate(whose for whose, _values in people)),
        dict(enumerate(whose for whose, _values in posts)), read.left_out, on,
    )  # fmt: skip
    if arguments.json:
        arguments.json.write_text(json.dumps(as_dict(told), ensure_ascii=False, indent=1) + "\n", "utf-8")
    if arguments.out:
        arguments.out.write_bytes(write_workbook(as_sheets(told)))
    sys.stdout.writelines(_summarise(told))
    return 0


def _read(paths: Sequence[Path], kind: str, on: date) -> "Iterator[tuple[Whose, Mapping[str, Any]]]":
    """The accepted rows of one kind; what was not accepted is counted, what could not be read is said."""
    from sunward.employment.shortlists.reports import Whose
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
                    values = row.values
                    name = str(values.get("name") or values.get("title") or "")
                    where = f"{file.file}!{sheet.layout.sheet}!{row.row}"
                    yield Whose(name, where, str(values.get("employer") or "")), values
                else:
                    left_out += 1
    sys.stdout.write(f"{kind}: {accepted} rows read, {left_out} left out (rejected or duplicates)\n")
    if not accepted:
        sys.stderr.write(f"No usable sheet of {kind} was found; try `sunward import --dry-run` on the file.\n")


def _read_policy(path: Path | None) -> "Policy":
    """The policy in force; every fault of one that was handed in is said at once."""
    from sunward.employment.shortlists.policy import DEFAULT, read_policy

    if path is None:
        return DEFAULT
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:  # no JSON, or no UTF-8: said as one that cannot be read
        content = None
    return read_policy(content)


def _progress(stage: str, share: float) -> None:
    """On a terminal only: what is written into a file is the answer."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{stage:<12}{round(100 * share):>4} %" + ("\n" if share >= 1 else ""))
        sys.stderr.flush()


def _lines(typed: str) -> int:
    if not typed.isdecimal() or not 1 <= int(typed) <= _MOST_LINES:
        raise ArgumentTypeError(f"{typed} must be a whole number from 1 to {_MOST_LINES}")
    return int(typed)


def _summarise(told: "Told") -> Iterator[str]:
    from sunward.employment.shortlists.reports import figures
    from sunward.employment.shortlists.wording import say_nothing

    found, lists = figures(told), told.lists
    yield (
        f"{found['people']} jobseekers, {found['vacancies']} vacancies, {found['lines']} lines;"
        f" {found['with_nothing']} have none; coverage {found['coverage']:.2f}, Gini {found['gini']:.2f},"
        f" gap {found['gap']:.4f} (rechecked)\n"
    )
    yield (
        f"left out: {told.left_out['not_looking']} do not look for work,"
        f" {told.left_out['held']} posts are held for their wording, {told.left_out['run_out']} have run out\n"
    )
    for key in lists.empty[:10]:
        yield f"  {told.people[key].where}: {say_nothing(lists.prospects[key])}\n"
    if len(lists.empty) > 10:
        yield f"  and {len(lists.empty) - 10} more\n"


COMMAND = Command(
    "shortlist", "tell jobseekers of vacancies without flooding any, and explain every line", run, add_arguments, always
)
