"""Who may see a mandatory report: whoever made it, and who answers for the unit. Nobody else learns who reported."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.scopes import below
from sunward.audit.chain import Subject
from sunward.core.refusals import NotThere
from sunward.safeguarding.models import MandatoryReport
from sunward.safeguarding.roles import TRIAGING

REPORT_SUBJECT = "report"


def visible_reports(actor: Actor) -> QuerySet[MandatoryReport]:
    return MandatoryReport.objects.filter(Q(by_id=actor.user_id) | below(actor.paths(*TRIAGING)))


def get_report(*, actor: Actor, report_id: UUID) -> MandatoryReport:
    report = visible_reports(actor).select_related("unit", "by", "case", "worry").filter(uid=report_id).first()
    if report is None:
        raise report_not_there()
    return report


def get_report_for_change(*, actor: Actor, report_id: UUID) -> MandatoryReport:
    report = visible_reports(actor).select_for_update(of=("self",)).filter(uid=report_id).first()
    if report is None:
        raise report_not_there()
    return report


def report_not_there() -> NotThere:
    return NotThere("safeguarding.report_not_there", _("There is no such report, or it is not yours to see."))


def report_subject(report: MandatoryReport) -> Subject:
    return Subject(REPORT_SUBJECT, report.pk)
