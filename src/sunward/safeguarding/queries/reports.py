"""Mandatory reports as pages show them: to whoever made one, and to whoever answers for the unit."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from sunward.accounts.access import Actor
from sunward.core.wording import join_words
from sunward.safeguarding.access.reports import visible_reports
from sunward.safeguarding.access.worries import triaged_paths
from sunward.safeguarding.enums import Authority, ReportKind
from sunward.safeguarding.models import MandatoryReport


@dataclass(frozen=True, slots=True)
class ReportRow:
    """`by` is absent unless the actor answers for the unit or made it herself."""

    uid: UUID
    reference: str
    kinds: str
    authority: str
    unit_name: str
    found_at: datetime
    reported_at: datetime
    receipt: str
    by: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class ReportPage:
    row: ReportRow
    kinds: tuple[str, ...]
    to_whom: str
    receipt_at: datetime | None
    words: str
    about: tuple[str, ...]
    minutes: int


def list_reports(actor: Actor) -> QuerySet[MandatoryReport]:
    return visible_reports(actor).select_related("unit", "by").order_by("-pk")


def to_report_row(report: MandatoryReport, *, actor: Actor) -> ReportRow:
    is_own = report.by_id == actor.user_id
    return ReportRow(
        uid=report.uid,
        reference=report.reference,
        kinds=join_words(_kinds(report)),
        authority=str(Authority(report.authority).label),
        unit_name=report.unit.short_name,
        found_at=report.found_at,
        reported_at=report.reported_at,
        receipt=report.receipt,
        by=str(report.by) if is_own or report.unit_path.startswith(triaged_paths(actor) or ("\0",)) else "",
        is_own=is_own,
    )


def read_report(report: MandatoryReport, *, actor: Actor) -> ReportPage:
    """`report` comes from the gate, with unit, by, case and worry. What it is about is said by reference only."""
    linked = (report.case, report.worry, report.emergency)
    return ReportPage(
        row=to_report_row(report, actor=actor),
        kinds=_kinds(report),
        to_whom=report.to_whom,
        receipt_at=report.receipt_at,
        words=report.words,
        about=tuple(one.reference for one in linked if one is not None),
        minutes=int((report.reported_at - report.found_at).total_seconds() // 60),
    )


def _kinds(report: MandatoryReport) -> tuple[str, ...]:
    return tuple(str(ReportKind(code).label) for code in report.kinds if code in ReportKind)
