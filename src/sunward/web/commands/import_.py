"""Workbooks in. A dry run reads and judges without a database; an import does what the workbench's pages do."""

import json
import os
import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sunward.web.commands import Command

if TYPE_CHECKING:
    from sunward.accounts.access import Actor
    from sunward.registers.models import ImportBatch


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="in this order: a supplement after its workbook"
    )
    parser.add_argument(
        "--on", type=date.fromisoformat, metavar="DATE", help="the day on which ages and expiries are judged"
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would become of each row; needs no database")
    parser.add_argument("--json", type=Path, metavar="OUT", help="write every row with its outcome")
    parser.add_argument("--truth", type=Path, metavar="TRUTH", help="dry run: measure the agreement with a known truth")
    parser.add_argument(
        "--as",
        dest="username",
        metavar="USER",
        help="import: in whose name; else that of the post in charge of these lists",
    )


def is_bare(arguments: Namespace) -> bool:
    return bool(arguments.dry_run)


def run(arguments: Namespace) -> int:
    from sunward.core import clock

    missing = [str(path) for path in arguments.files if not path.is_file()]
    if missing:
        sys.stderr.write(f"No such file: {', '.join(missing)}\n")
        return 2
    arguments.on = arguments.on or clock.today()
    return _dry_run(arguments) if arguments.dry_run else _import(arguments)


def _dry_run(arguments: Namespace) -> int:
    from sunward.registers.sheets import agreement
    from sunward.registers.sheets.inspection import inspect_files, report_as_dict
    from sunward.registers.sheets.registry import sheet_kinds
    from sunward.registers.sheets.reporting import write_report

    kinds = sheet_kinds()
    with arguments.json.open("w", encoding="utf-8") if arguments.json else Path(os.devnull).open("w") as target:
        report = write_report(arguments.files, on=arguments.on, kinds=list(kinds.values()), target=target)
    sys.stdout.writelines(_describe(report))
    if arguments.truth:
        told = inspect_files(arguments.files, on=arguments.on, kinds=list(kinds.values()))
        report = report_as_dict(told, list(kinds.values()))
        truth = json.loads(arguments.truth.read_text(encoding="utf-8"))
        judged = {kind.file_kind for kind in kinds.values()}
        sys.stdout.write(agreement.describe(agreement.compare(report, truth, judged)) + "\n")
    return 1 if any("refusal" in file for file in report["files"]) else 0


def _describe(report: dict[str, Any]) -> Iterator[str]:
    for file in report["files"]:
        yield f"{file['file']}: {file['kind'] or '—'}\n"
        if "refusal" in file:
            yield f"  {file['refusal']['sentence']} ({file['refusal']['code']})\n"
        for sheet in file["sheets"]:
            said = ", ".join(f"{outcome} {count}" for outcome, count in Counter(sheet["outcomes"]).most_common())
            yield f"  {sheet['sheet']}: {sheet['kind'] or '—'}; {said}\n"
        for code, count in file["codes"].items():
            yield f"    {count:6} {code}\n"


def _import(arguments: Namespace) -> int:
    """What the pages do, here and now: read, take over what is ready, say what is left for a person.

    The same files again change nothing; an import of them that was cut off is gone on with.
    """
    from sunward.core import clock
    from sunward.core.refusals import Refusal
    from sunward.registers.actions import SameFile, Upload, carry_through, start_batch
    from sunward.registers.conducting import TerminalConductor

    actor, now = _actor(arguments.username, arguments.files), clock.now()
    if actor is None:
        return 2
    uploads = [Upload.of_file(path) for path in arguments.files]
    try:
        batch = start_batch(actor=actor, uploads=uploads, judged_on=arguments.on, now=now, is_background=False)
    except SameFile as same:
        sys.stderr.write(f"{same.sentence}\n")
        batch = same.batch
    try:
        conductor = TerminalConductor(_show_progress)
        carry_through(actor=actor, batch=batch, conductor=conductor, on=clock.today(), now=now)
    except Refusal as refusal:
        sys.stderr.write(f"{refusal.sentence}\n")
    _write_report(batch, arguments.json)
    return 1 if _say(batch) else 0


def _actor(username: str | None, files: Sequence[Path]) -> "Actor | None":
    """In whose name: the one named, else whoever holds the post for these lists highest up."""
    from sunward.accounts.access import read_actor
    from sunward.accounts.models import Assignment, User
    from sunward.core import clock

    today = clock.today()
    if username:
        user = User.objects.filter(username=username).first()
    else:
        held = Assignment.objects.current(on=today).filter(role=_role_for(files), user__is_active=True)
        post = held.select_related("user").order_by("unit__path", "pk").first()
        user = post.user if post else None
    if user is None:
        sys.stderr.write("Nobody holds the post for this. Say --as USER, or run `sunward add-user` first.\n")
        return None
    return read_actor(user, on=today)


def _role_for(files: Sequence[Path]) -> str:
    """The first role that imports the lists in the files; where nobody knows them, the district officer's."""
    from sunward.accounts.enums import Role
    from sunward.registers.actions import kinds_in
    from sunward.registers.sheets.registry import sheet_kinds

    found = frozenset[str]().union(*(kinds_in(path, name=path.name) for path in files))
    roles = (role for key, kind in sheet_kinds().items() if key in found for role in kind.roles)
    return next(roles, Role.DISTRICT_OFFICER)


def _write_report(batch: "ImportBatch", target: Path | None) -> None:
    if target is None:
        return
    from sunward.registers.queries.report import read_report
    from sunward.registers.sheets.inspection import write_json
    from sunward.registers.sheets.registry import sheet_kinds

    write_json(read_report(batch), list(sheet_kinds().values()), target)


def _say(batch: "ImportBatch") -> bool:
    """What became of it, in a line for each file and one for the whole; True if a file could not be read."""
    from sunward.registers.wording import file_sentence

    failures = [(file.name, file_sentence(file.failure)) for file in batch.files.all() if file.failure]
    sys.stdout.writelines(f"{name}: {sentence}\n" for name, sentence in failures)
    counts = batch.counts
    shown = ("rows", "accepted", "accepted_with_warning", "rejected", "duplicate_of", "committed")
    sys.stdout.write(f"{', '.join(f'{name} {counts.get(name, 0)}' for name in shown)}\n")
    return bool(failures)


def _show_progress(done: int, total: int | None) -> None:
    with suppress(OSError):
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{done}{f' / {total}' if total else ''}  ")
            if total is not None and done >= total:
                sys.stderr.write("\r")


COMMAND = Command(
    "import", "take workbooks in; --dry-run only says what would become of them", run, add_arguments, is_bare
)
