"""Who may import, and whose batches are whose: each kind of list has its roles, and each post covers its unit.

A batch is seen by whoever could have begun it, in the same unit or above: an employment officer never sees a batch of
children, and whoever works with children sees none of job fairs.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor, Post
from sunward.accounts.auditing import record_look, record_looks
from sunward.accounts.enums import Role
from sunward.audit.chain import Subject
from sunward.casework.access import case_subject, visible_cases
from sunward.core.refusals import NotAllowed, NotThere
from sunward.core.wording import join_words
from sunward.people.access import SETTLING_ROLES
from sunward.people.queries import Pair, list_duplicates
from sunward.registers.models import ImportBatch, ImportSheet, StagedRow
from sunward.registers.sheets.declarations import SheetKind
from sunward.registers.sheets.registry import kinds_imported_by, sheet_kinds
from sunward.registers.workbook.refusals import NotYours

IMPORTING_ROLES = (Role.DISTRICT_OFFICER, Role.SUPERVISOR, Role.EMPLOYMENT_OFFICER, Role.PLAN_OFFICER)
# Whoever imports persons settles who of them is one.
MERGING_ROLES = SETTLING_ROLES
BATCH_SUBJECT = "import_batch"
PERSON_SUBJECT = "person"


def visible_batches(actor: Actor) -> QuerySet[ImportBatch]:
    seen = Q(pk__in=[])
    for post in actor.posts:
        if own := set(kinds_imported_by(post.role)):
            equals = [role for role in IMPORTING_ROLES if own.issuperset(kinds_imported_by(role))]
            seen |= Q(made_as__in=equals, unit_path__startswith=post.unit_path)
    return ImportBatch.objects.filter(seen)


def importable_kinds(actor: Actor) -> tuple[SheetKind, ...]:
    """The kinds of list that the actor may import under one of her posts."""
    found = [_kinds_at(post) for post in actor.posts]
    return tuple(kind for key, kind in sheet_kinds().items() if any(key in kinds for kinds in found))


def _kinds_at(post: Post) -> dict[str, SheetKind]:
    is_of_district = len(post.unit_path.strip("/").split("/")) == 1
    found = kinds_imported_by(post.role)
    return {key: kind for key, kind in found.items() if is_of_district or not kind.is_of_districts}


def kinds_of(batch: ImportBatch) -> dict[str, SheetKind]:
    """The kinds of list that may be in the batch."""
    return kinds_imported_by(Role(batch.made_as))


def importing_post(actor: Actor, found: Collection[str] = ()) -> Post:
    """The post under which the actor imports: the widest one, among those for the kinds that were found in the files.

    Refused if none of her posts is for any of them.
    """
    posts = sorted((post for post in actor.posts if _kinds_at(post)), key=lambda post: len(post.unit_path))
    if not posts:
        raise NotAllowed("registers.not_yours_to_import", _("Importing belongs to other posts than yours."))
    fitting = [post for post in posts if not found or _kinds_at(post).keys() & set(found)]
    if not fitting:
        raise not_yours(found)
    return fitting[0]


def not_yours(found: Collection[str]) -> NotYours:
    """Says which lists were found, and whose they are."""
    kinds = [kind for key, kind in sheet_kinds().items() if key in found]
    roles = dict.fromkeys(role.label for kind in kinds for role in kind.roles)
    sentence = _("“%(lists)s” is imported by: %(roles)s. That is not your post, so nothing was kept.")
    return NotYours(sentence % {"lists": join_words(kind.label for kind in kinds), "roles": join_words(roles)})


def batch_subject(batch: ImportBatch) -> Subject:
    return Subject(BATCH_SUBJECT, batch.pk)


def _not_there() -> NotThere:
    return NotThere("registers.batch_not_there", _("There is no such import, or it is not yours to see."))


def get_batch(*, actor: Actor, batch_id: UUID, now: datetime | None = None) -> ImportBatch:
    """The batch. With `now` its rows are about to be shown, and the look is written down."""
    batch = visible_batches(actor).select_related("unit", "job", "made_by", "committed_by").filter(uid=batch_id).first()
    if batch is None:
        raise _not_there()
    if now is not None:
        record_look(
            actor=actor, code="registers.batch_opened", now=now, subject=batch_subject(batch),
            unit_path=batch.unit_path,
        )  # fmt: skip
    return batch


def get_batch_for_change(*, actor: Actor, batch_id: UUID) -> ImportBatch:
    """The batch, locked, inside the act's transaction."""
    batch = visible_batches(actor).select_for_update(of=("self",)).filter(uid=batch_id).first()
    if batch is None:
        raise _not_there()
    return batch


def _row_not_there() -> NotThere:
    return NotThere("registers.row_not_there", _("There is no such row in this import."))


def get_row(*, batch: ImportBatch, row_id: UUID) -> StagedRow:
    """A row of a batch that came through its gate."""
    row = (
        StagedRow.objects.select_related("sheet__file", "duplicate_row__sheet").filter(batch=batch, uid=row_id).first()
    )
    if row is None:
        raise _row_not_there()
    return row


def get_row_for_change(*, batch: ImportBatch, row_id: UUID) -> StagedRow:
    """A row of a batch that is locked already."""
    row = (
        StagedRow.objects.select_for_update(of=("self",))
        .select_related("sheet__file")
        .filter(batch=batch, uid=row_id)
        .first()
    )
    if row is None:
        raise _row_not_there()
    return row


def get_sheet(*, batch: ImportBatch, sheet_id: int) -> ImportSheet:
    """A sheet of a batch that came through its gate. Of one that belongs to another post's work nothing is shown."""
    sheet = ImportSheet.objects.select_related("file__batch").filter(file__batch=batch, pk=sheet_id).first()
    if sheet is None or is_foreign(sheet.kind, batch):
        raise NotThere("registers.sheet_not_there", _("There is no such sheet in this import."))
    return sheet


def is_foreign(kind: str, batch: ImportBatch) -> bool:
    """Whether a sheet is of a kind that another post imports."""
    return kind in sheet_kinds() and kind not in kinds_of(batch)


def get_duplicates(*, actor: Actor, now: datetime) -> tuple[Pair, ...]:
    """The pairs that may be one; a look at everybody shown: at the file of whoever has one, else at the person."""
    pairs = list_duplicates(actor)
    shown = {half.person_id: half.unit_path for pair in pairs for half in (pair.first, pair.second)}
    files = list(visible_cases(actor).filter(person__in=shown))
    without = shown.keys() - {case.person_id for case in files}
    at = [(case_subject(case), case.unit_path) for case in files]
    at += [(Subject(PERSON_SUBJECT, person), shown[person]) for person in sorted(without)]
    record_looks(actor=actor, code="registers.duplicate_opened", now=now, at=at, purpose="duplicates")
    return pairs
