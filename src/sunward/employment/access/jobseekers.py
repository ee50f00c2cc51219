"""Who may see a jobseeker's file: the employment officers of its unit and of the units above it, and nobody else."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_look
from sunward.casework.access import case_subject, get_case_for_change, visible_files
from sunward.casework.models import Case, CaseQuerySet
from sunward.core.refusals import NotThere
from sunward.employment.enums import JobseekerCloseReason
from sunward.employment.rules import FILE_ROLES

PROGRAMME = "employment"
# Whoever works with children keeps none of these files.
JOBSEEKER_ROLES = FILE_ROLES


def visible_jobseekers(actor: Actor) -> CaseQuerySet:
    """Open and closed files of this programme only: a post in employment opens no child's file.

    A file that became part of another is read there: its old office knows no more of the person than anybody else.
    """
    return kept_files(actor).exclude(close_reason=JobseekerCloseReason.JOINED)


def seen_within(path: str) -> CaseQuerySet:
    """The files that whoever keeps those of this one unit sees: for figures that are counted for many readers."""
    return Case.objects.within((path,)).filter(programme=PROGRAMME).exclude(close_reason=JobseekerCloseReason.JOINED)


def kept_files(actor: Actor) -> CaseQuerySet:
    """Those that became part of another among them: for parting, which needs whoever keeps all of them."""
    return visible_files(actor, PROGRAMME)


def find_jobseeker(*, actor: Actor, case_id: UUID) -> Case:
    """For an answer that writes its own look."""
    found = visible_jobseekers(actor).select_related("person", "unit", "jobseeker__surveyed_by").filter(uid=case_id)
    case = found.first()
    if case is None:
        raise NotThere("employment.jobseeker_not_there", _("There is no such file, or it is not yours to see."))
    return case


def get_jobseeker(*, actor: Actor, case_id: UUID, purpose: str, now: datetime) -> Case:
    """A jobseeker's file; writes who looked."""
    case = find_jobseeker(actor=actor, case_id=case_id)
    record_look(
        actor=actor, code="employment.jobseeker_opened", now=now, subject=case_subject(case),
        unit_path=case.unit_path, purpose=purpose,
    )  # fmt: skip
    return case


def get_jobseeker_for_change(*, actor: Actor, case_id: UUID) -> Case:
    """The file, locked, inside the act's transaction. The lock holds the profile and the wishes as well.

    Whoever also keeps children's files does nothing to one of them by an address of this programme.
    """
    return get_case_for_change(actor=actor, case_id=case_id, programme=PROGRAMME)
