"""Workbooks in. A dry run reads and judges without a database; an import does what the workbench's pages do."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from sunward.web.commands import Command

_CHUNK = 1024 * 1024


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="in this order: a supplement after its workbook"
    )
    parser.add_argument(
        "--on", type=date.fromisoformat, metavar="DATE", help="the day on which ages and expiries are judged"
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would become of each row; needs no database")
    parser.add_argument("--json", type=Path, metavar="OUT", help="dry run: write every row with its outcome")
    parser.add_argument("--truth", type=Path, metavar="TRUTH", help="dry run: measure the agreement with a known truth")
    parser.add_argument("--as", dest="username", metavar="USER", help="import: whose act this is")


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

    kinds = sheet_kinds()
    report = report_as_dict(
        inspect_files(arguments.files, on=arguments.on, kinds=list(kinds.values())), list(kinds.values())
    )
    sys.stdout.writelines(_describe(report))
    if arguments.json:
        arguments.json.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if arguments.truth:
        truth = json.loads(arguments.truth.read_text(encoding="utf-8"))
        sys.stdout.write(agreement.describe(agreement.compare(report, truth, kinds)) + "\n")
    return 1 if any("refusal" in file for file in report["files"]) else 0


def _describe(report: dict[str, Any]) -> Iterator[str]:
    for file in report["files"]:
        yield f"{file['file']}: {file['kind'] or '—'}\n"
        if "refusal" in file:
            yield f"  {file['refusal']['sentence']} ({file['refusal']['code']})\n"
        for sheet in file["sheets"]:
            outcomes = Counter(row["outcome"] for row in sheet["rows"])
            said = ", ".join(f"{outcome} {count}" for outcome, count in outcomes.most_common())
            yield f"  {sheet['sheet']}: {sheet['kind'] or '—'}; {said}\n"
        for code, count in file["codes"].items():
            yield f"    {count:6} {code}\n"


def _import(arguments: Namespace) -> int:
    """What the pages do, here and now: read, take over what is ready, say what is left for a person."""
    from sunward.accounts.access import read_actor
    from sunward.accounts.models import User
    from sunward.core import clock
    from sunward.registers.actions.committing import commit_batch, request_commit
    from sunward.registers.actions.staging import stage_batch
    from sunward.registers.actions.uploading import Upload, start_batch
    from sunward.registers.conducting import TerminalConductor

    user = User.objects.filter(username=arguments.username or "").first()
    if user is None:
        sys.stderr.write("Say --as USER, somebody who may import; or --dry-run.\n")
        return 2
    actor = read_actor(user, on=clock.today())
    uploads = [Upload(path.name, _chunks(path)) for path in arguments.files]
    batch = start_batch(actor=actor, uploads=uploads, judged_on=arguments.on, now=clock.now(), is_background=False)
    conductor = TerminalConductor(_show_progress)
    stage_batch(batch_id=batch.pk, conductor=conductor, now=clock.now())
    request_commit(actor=actor, batch_id=batch.uid, now=clock.now(), is_background=False)
    commit_batch(batch_id=batch.pk, conductor=conductor, on=clock.today(), now=clock.now())
    batch.refresh_from_db()
    sys.stdout.write(f"\n{json.dumps(batch.counts, ensure_ascii=False)}\n")
    return 0


def _chunks(path: Path) -> Iterable[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _show_progress(done: int, total: int | None) -> None:
    with suppress(OSError):
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{done}{f' / {total}' if total else ''}  ")


COMMAND = Command("import", "read workbooks: --dry-run to see, --as USER to take them in", run, add_arguments, is_bare)
