"""Opening one sealed value of a jobseeker: for a purpose that was asked, and never without a trace."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_look
from sunward.casework.access import case_subject
from sunward.core.refusals import NotThere
from sunward.employment.access.jobseekers import find_jobseeker

LABELS: dict[str, Promise] = {
    "id_number": _("Document number"),
    "phone": _("Telephone"),
    "address": _("Address"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """An opened value with its label and whose it is."""

    owner: str
    label: str
    value: str


def show_of_jobseeker(*, actor: Actor, case_id: UUID, what: str, purpose: str, now: datetime) -> Shown:
    case = find_jobseeker(actor=actor, case_id=case_id)
    value: str = getattr(case.person, what) if what in LABELS else ""
    if not value:
        raise NotThere("employment.value_not_there", _("There is no such entry, or the file is not yours to see."))
    record_look(
        actor=actor, code=f"employment.{what}_shown", now=now, subject=case_subject(case), unit_path=case.unit_path,
        purpose=purpose,
    )  # fmt: skip
    return Shown(case.person.name, str(LABELS[what]), value.removeprefix("+86") if what == "phone" else value)
