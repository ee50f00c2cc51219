"""Starting an import: files are stored, their order kept, and the same file again changes nothing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor, Post
from sunward.accounts.auditing import record_act
from sunward.core.jobs.queue import enqueue
from sunward.core.refusals import Conflict, Refusal
from sunward.registers import jobs
from sunward.registers.access import batch_subject, importing_post, not_yours, visible_batches
from sunward.registers.actions.staging import room_needed
from sunward.registers.enums import BatchState
from sunward.registers.models import ImportBatch, ImportFile
from sunward.registers.sheets.recognition import find_kind
from sunward.registers.sheets.registry import kinds_imported_by, sheet_kinds
from sunward.registers.storing import Stored, discard, path_of, store
from sunward.registers.workbook.reading import open_workbook
from sunward.registers.workbook.refusals import NotYours, WorkbookRefused

SAME_FILE = "registers.same_file"
_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was dropped: what it is called, and its content piece by piece."""

    name: str
    chunks: Iterable[bytes]

    @classmethod
    def of_file(cls, path: Path) -> "Upload":
        return cls(path.name, _read(path))


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


class SameFile(Conflict):
    """Every file of a drop was taken in before. `batch` is where."""

    def __init__(self, batch: ImportBatch) -> None:
        super().__init__(
            SAME_FILE, _("This very file was imported before. Nothing has been changed; here is that import.")
        )
        self.batch = batch


@dataclass(frozen=True, slots=True)
class _Received:
    """A file of a drop: stored, with the kinds of list in it, or why it was not.

    `before` is the import that has it already.
    """

    name: str
    stored: Stored | None = None
    kinds: frozenset[str] = frozenset()
    refusal: Refusal | None = None
    before: ImportBatch | None = None


def start_batch(
    *, actor: Actor, uploads: Sequence[Upload], judged_on: date, now: datetime, is_background: bool = True
) -> ImportBatch:
    """Store the files in the order given and have them read. Ages and expiries are judged on `judged_on`.

    A file that is refused or known already is kept in the list with its reason, and the others are read. If none is
    left: `SameFile`, or the refusal of the first. A file that holds only lists of another post's work is not kept.
    """
    importing_post(actor)
    if not uploads:
        raise Refusal("registers.no_file", _("No file was chosen. Choose one or several workbooks."))
    received: list[_Received] = []
    try:
        with room_needed():
            for upload in uploads:
                received.append(_receive(upload, actor=actor, among=received))
            received, post = _leave_out_foreign(received, actor)
            _refuse_empty_drop(received)
            return _write(received, actor=actor, post=post, judged_on=judged_on, now=now, is_background=is_background)
    except BaseException:
        for file in received:
            discard(file.stored.name if file.stored else "")
        raise


def _receive(upload: Upload, *, actor: Actor, among: Sequence[_Received]) -> _Received:
    name = _base_name(upload.name)
    try:
        stored = store(called=name, chunks=upload.chunks, limit=settings.SUNWARD_UPLOAD_LIMIT)
    except WorkbookRefused as refusal:
        return _Received(name, refusal=refusal)
    kinds = kinds_in(path_of(stored.name), name=name)
    before = find_same_file(actor, stored.digest)
    twice = any(other.stored and other.stored.digest == stored.digest for other in among)
    if before is None and not twice:
        return _Received(_unique(name, among), stored=stored, kinds=kinds)
    discard(stored.name)
    return _Received(name, before=before, refusal=SameFile(before) if before else _twice_in_one_drop())


def kinds_in(path: Path, *, name: str) -> frozenset[str]:
    """What lists a file holds, by their first rows; nothing if it cannot be read, which its reading will say."""
    try:
        with open_workbook(path, name=name, limit=settings.SUNWARD_UPLOAD_LIMIT) as book:
            found = (find_kind(sheet, sheet_kinds().values()) for sheet in book.sheets())
            return frozenset(kind for kind in found if kind)
    except WorkbookRefused:
        return frozenset()


def _leave_out_foreign(received: Sequence[_Received], actor: Actor) -> tuple[list[_Received], Post]:
    """Under which post the drop is imported, and the drop without the files that are another post's work."""
    stored = [file for file in received if file.stored]
    every = frozenset[str]().union(*(file.kinds for file in stored))
    try:
        post = importing_post(actor, every)
    except NotYours as refusal:
        return [_refuse(file, refusal) if file.kinds else file for file in received], importing_post(actor)
    own = kinds_imported_by(post.role).keys()
    foreign = [file for file in stored if file.kinds and not file.kinds & own]
    return [_refuse(file, not_yours(file.kinds)) if file in foreign else file for file in received], post


def _refuse(file: _Received, refusal: Refusal) -> _Received:
    """What was written of it is taken away at once."""
    discard(file.stored.name if file.stored else "")
    return _Received(file.name, refusal=refusal)


def _base_name(name: str) -> str:
    return name.replace("\\", "/").rpartition("/")[2].strip()[-180:] or "?"


def _unique(name: str, among: Sequence[_Received]) -> str:
    """Two files of one name from two folders: rows are told apart by the file's name."""
    taken = {other.name for other in among}
    found, number = name, 2
    while found in taken:
        stem, dot, suffix = name.rpartition(".")
        found = f"{stem or suffix} ({number}){dot if stem else ''}{suffix if stem else ''}"
        number += 1
    return found


def _twice_in_one_drop() -> Refusal:
    return Refusal("registers.twice_in_one_drop", _("This file stands twice among those you dropped; it is read once."))


def find_same_file(actor: Actor, digest: str) -> ImportBatch | None:
    """An import among those the actor may see that has this very file and was neither undone nor in vain."""
    return (
        visible_batches(actor)
        .exclude(state__in=(BatchState.UNDONE, BatchState.FAILED))
        .filter(files__digest=digest, files__failure="")
        .order_by("made_at")
        .first()
    )


def _refuse_empty_drop(received: Sequence[_Received]) -> None:
    if any(file.stored for file in received):
        return
    same = next((file.before for file in received if file.before), None)
    if same is not None:
        raise SameFile(same)
    refusal = received[0].refusal
    assert refusal is not None
    raise refusal


@transaction.atomic
def _write(
    received: Sequence[_Received], *, actor: Actor, post: Post, judged_on: date, now: datetime, is_background: bool
) -> ImportBatch:
    batch = ImportBatch.objects.create(
        unit_id=post.unit_id, unit_path=post.unit_path, made_as=post.role, judged_on=judged_on,
        made_by_id=actor.user_id or None, made_at=now,
    )  # fmt: skip
    ImportFile.objects.bulk_create(
        [
            ImportFile(
                batch=batch, position=position, name=file.name,
                digest=file.stored.digest if file.stored else "", size=file.stored.size if file.stored else 0,
                stored_as=file.stored.name if file.stored else "", failure=file.refusal.code if file.refusal else "",
            )
            for position, file in enumerate(received, 1)
        ]
    )  # fmt: skip
    if is_background:
        batch.job = enqueue(jobs.stage.about(jobs.subject(batch.pk)), batch_id=batch.pk)
        batch.save(update_fields=["job"])
    record_act(
        actor=actor, code="registers.batch_started", now=now, subject=batch_subject(batch), unit_path=batch.unit_path,
        files=len(received),
    )  # fmt: skip
    return batch
