"""Who may see a mandatory report: whoever made it, and who answers for the unit. Nobody else learns who reported."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_look
from sunward.accounts.scopes import below
from sunward.audit.chain import Subject
from sunward.casework.access import case_not_there, case_subject
from sunward.casework.models import Case
from sunward.core.refusals import NotThere
from sunward.safeguarding.access.files import guarded_cases
from sunward.safeguarding.access.worries import own_worries, visible_worries, worry_not_there
from sunward.safeguarding.models import MandatoryReport, Worry
from sunward.safeguarding.roles import TRIAGING

REPORT_SUBJECT = "report"


def visible_reports(actor: Actor) -> QuerySet[MandatoryReport]:
    """Those about a file follow it, wherever it moves; the others stay with the unit under which they were made."""
    paths = actor.paths(*TRIAGING)
    answered = below(paths, "case__unit_path") | Q(below(paths), case=None)
    return MandatoryReport.objects.filter(Q(by_id=actor.user_id) | answered)


def answers_for_report(actor: Actor, report: MandatoryReport) -> bool:
    """Whether she sees it for its unit, or only because she made it. Fetch its case along."""
    path = report.case.unit_path if report.case is not None else report.unit_path
    return any(path.startswith(held) for held in actor.paths(*TRIAGING))


def get_report(*, actor: Actor, report_id: UUID, now: datetime) -> MandatoryReport:
    """A report with its words; writes who looked, unless it is one's own."""
    found = visible_reports(actor).select_related("unit", "by", "case", "worry", "emergency")
    report = found.filter(uid=report_id).first()
    if report is None:
        raise report_not_there()
    if report.by_id != actor.user_id:
        record_look(
            actor=actor, code="safeguarding.report_opened", now=now, subject=report_subject(report),
            unit_path=report.unit_path, purpose="report",
        )  # fmt: skip
    return report


def get_reportable_case(*, actor: Actor, case_id: UUID, now: datetime) -> Case:
    """The file from which somebody reports; a look at it like any other, that does not say what for."""
    case = guarded_cases(actor).filter(uid=case_id).first()
    if case is None:
        raise case_not_there()
    record_look(
        actor=actor, code="safeguarding.file_named", now=now, subject=case_subject(case), unit_path=case.unit_path,
        purpose="open",
    )  # fmt: skip
    return case


def get_reportable_worry(*, actor: Actor, worry_id: UUID) -> Worry:
    """Whoever was worried may report by law as well, and so may whoever looks into it."""
    found = visible_worries(actor) | own_worries(actor)
    worry = found.select_related("case").filter(uid=worry_id).first()
    if worry is None:
        raise worry_not_there()
    return worry


def get_report_for_change(*, actor: Actor, report_id: UUID) -> MandatoryReport:
    report = visible_reports(actor).select_for_update(of=("self",)).filter(uid=report_id).first()
    if report is None:
        raise report_not_there()
    return report


def report_not_there() -> NotThere:
    return NotThere("safeguarding.report_not_there", _("There is no such report, or it is not yours to see."))


def report_subject(report: MandatoryReport) -> Subject:
    return Subject(REPORT_SUBJECT, report.pk)
