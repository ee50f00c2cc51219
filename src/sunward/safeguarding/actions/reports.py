"""A report that the law asks for (Law on the Protection of Minors, art. 11): written at once, by anybody on duty.

It waits for nobody and has no state. Nothing of it is edited; the receipt may come later, once.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework.models import Case
from sunward.core.refusals import Conflict, Refusal
from sunward.safeguarding.access.reports import get_report_for_change, report_subject
from sunward.safeguarding.models import Emergency, MandatoryReport, Worry
from sunward.safeguarding.reporting import record_safeguarding_act


@dataclass(frozen=True, slots=True)
class About:
    """What the report is about: a file, a worry, an emergency, or a child nobody knows yet.

    The caller has passed the gate to whatever stands here.
    """

    unit_id: int
    unit_path: str
    case: Case | None = None
    worry: Worry | None = None
    emergency: Emergency | None = None

    @classmethod
    def of_case(cls, case: Case, *, emergency: Emergency | None = None) -> "About":
        return cls(case.unit_id, case.unit_path, case=case, emergency=emergency)

    @classmethod
    def of_worry(cls, worry: Worry) -> "About":
        return cls(worry.unit_id, worry.unit_path, case=worry.case, worry=worry)

    @classmethod
    def of_unit(cls, actor: Actor) -> "About":
        """Nobody knows the child: the report stands under the unit of whoever makes it."""
        if actor.unit_id is None:
            raise Refusal("safeguarding.no_unit", _("You hold no post today. Call 110; the report can follow."))
        return cls(actor.unit_id, actor.unit_path)


@dataclass(frozen=True, slots=True)
class ReportDetails:
    """Codes of `ReportKind`, an `Authority`, when it was found, and what is known of who took it."""

    kinds: tuple[str, ...]
    authority: str
    found_at: datetime
    to_whom: str = ""
    receipt: str = ""
    words: str = ""


@transaction.atomic
def write_report(
    *, actor: Actor, report_id: UUID, about: About, details: ReportDetails, on: date, now: datetime
) -> MandatoryReport:
    """Write that an authority was told, now. `report_id` is made by the form: sent twice, it is one report."""
    if not details.kinds:
        raise Refusal("safeguarding.kind_missing", _("Say what it is about; the last line is for anything else."))
    if details.found_at > now:
        raise Refusal("safeguarding.found_later", _("It was found in the future. Check day and time."))
    known = MandatoryReport.objects.filter(uid=report_id).first()
    if known is None:
        try:
            with transaction.atomic():
                report = _write(actor, report_id, about, details, now=now)
        except IntegrityError:
            # The same form, sent twice at one moment: the other was faster.
            known = MandatoryReport.objects.filter(uid=report_id).first()
            if known is None:
                raise
    if known is not None:
        if known.by_id != actor.user_id:
            raise Refusal(
                "safeguarding.form_too_old", _("This page was open too long. Load it again, then repeat the step.")
            )
        return known
    _record(report, actor=actor, code="safeguarding.report_made", on=on, now=now)
    return report


def _write(actor: Actor, report_id: UUID, about: About, details: ReportDetails, *, now: datetime) -> MandatoryReport:
    return MandatoryReport.objects.create(
        uid=report_id, unit_id=about.unit_id, unit_path=about.unit_path, case=about.case, worry=about.worry,
        emergency=about.emergency, kinds=list(details.kinds), authority=details.authority, to_whom=details.to_whom,
        found_at=details.found_at, reported_at=now, by_id=actor.user_id, receipt=details.receipt.strip(),
        receipt_at=now if details.receipt.strip() else None, words=details.words.strip(),
    )  # fmt: skip


@transaction.atomic
def add_receipt(*, actor: Actor, report_id: UUID, receipt: str, on: date, now: datetime) -> MandatoryReport:
    """The number under which the authority took it, once it is known. Once only: nothing of a report is changed."""
    report = get_report_for_change(actor=actor, report_id=report_id)
    if not receipt.strip():
        raise Refusal("safeguarding.receipt_missing", _("Write the number of the receipt."))
    if report.receipt == receipt.strip():
        return report
    if report.receipt:
        raise Conflict("safeguarding.receipt_there", _("The receipt has been written down already."))
    report.receipt, report.receipt_at = receipt.strip(), now
    report.save(update_fields=["receipt", "receipt_at"])
    _record(report, actor=actor, code="safeguarding.receipt_added", on=on, now=now)
    return report


def _record(report: MandatoryReport, *, actor: Actor, code: str, on: date, now: datetime) -> None:
    record_safeguarding_act(
        subject=report_subject(report), unit_id=report.unit_id, unit_path=report.unit_path, actor=actor, code=code,
        on=on, now=now, is_secret=True, person_id=report.case.person_id if report.case else None,
        authority=report.authority,
    )  # fmt: skip
