"""Mandatory reports as pages show them: to whoever made one, and to whoever answers for the unit."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.core.furniture import Fact
from sunward.core.tables import Column
from sunward.core.wording import join_parts, join_words
from sunward.safeguarding.access.reports import answers_for_report, visible_reports
from sunward.safeguarding.enums import Authority, ReportKind
from sunward.safeguarding.models import MandatoryReport

COLUMNS = (
    Column("reference", _("Number")),
    Column("kinds", _("About")),
    Column("authority", _("Told")),
    Column("unit", _("Sub-district or committee")),
    Column("reported_at", _("Reported"), ("reported_at",)),
    Column("receipt", _("Receipt")),
    Column("by", _("Who reported it")),
)


@dataclass(frozen=True, slots=True)
class ReportRow:
    """`by` is absent unless the actor answers for the unit or made it herself; `unit_name` where it would tell whoever
    was worried to which office the worry has gone."""

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
    facts: tuple[Fact, ...]
    words: str


def list_reports(actor: Actor) -> QuerySet[MandatoryReport]:
    return visible_reports(actor).select_related("unit", "by", "case").order_by("-pk")


def to_report_row(report: MandatoryReport, *, actor: Actor) -> ReportRow:
    is_own, is_answered = report.by_id == actor.user_id, answers_for_report(actor, report)
    return ReportRow(
        uid=report.uid,
        reference=report.reference,
        kinds=join_parts(_kinds(report)),
        authority=str(Authority(report.authority).label),
        unit_name=report.unit.short_name if is_answered or report.worry_id is None else "",
        found_at=report.found_at,
        reported_at=report.reported_at,
        receipt=report.receipt,
        by=str(report.by) if is_own or is_answered else "",
        is_own=is_own,
    )


def read_report(report: MandatoryReport, *, actor: Actor) -> ReportPage:
    """`report` comes from the gate, with what it is about, which is said by reference only. Whoever was worried does
    not learn from her report of which file her worry has become a part."""
    row = to_report_row(report, actor=actor)
    is_of_file = report.worry is None or answers_for_report(actor, report)
    linked = (report.case if is_of_file else None, report.worry, report.emergency)
    facts = (
        Fact(_("About"), join_words(one.reference for one in linked if one is not None)),
        Fact(_("Found"), _moment(report.found_at)),
        Fact(_("Reported"), _moment(report.reported_at)),
        Fact(_("Told"), row.authority, note=report.to_whom),
        Fact(_("Receipt"), report.receipt, note=_moment(report.receipt_at) if report.receipt_at else ""),
        Fact(_("Who reported it"), row.by),
    )
    return ReportPage(row, _kinds(report), facts, report.words)


def _moment(at: datetime) -> str:
    return f"{localtime(at):%Y-%m-%d %H:%M}"


def _kinds(report: MandatoryReport) -> tuple[str, ...]:
    return tuple(str(ReportKind(code).label) for code in report.kinds if code in ReportKind)
