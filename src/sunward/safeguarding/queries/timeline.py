"""What safeguarding adds to a file's line of time: that there was a worry, a report. Never who reported."""

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from sunward.casework.models import Case
from sunward.core.furniture import Moment
from sunward.safeguarding.enums import Authority, WorryState
from sunward.safeguarding.models import MandatoryReport, Worry
from sunward.safeguarding.queries.emergencies import emergency_moments
from sunward.safeguarding.queries.worries import say_signs


def safeguarding_moments(case: Case) -> list[Moment]:
    """For casework people. Four queries."""
    worries = Worry.objects.filter(case=case, state=WorryState.FILED).order_by("pk")
    reports = MandatoryReport.objects.filter(case=case).order_by("pk")
    return [*map(_of_worry, worries), *map(_of_report, reports), *emergency_moments(case)]


def _of_worry(worry: Worry) -> Moment:
    title = _("Worry %(reference)s") % {"reference": worry.reference}
    return Moment(worry.seen_on, title, note=say_signs(worry), icon="message-circle", tone="warn")


def _of_report(report: MandatoryReport) -> Moment:
    title = _("Mandatory report %(reference)s") % {"reference": report.reference}
    told = Authority(report.authority).label
    return Moment(localdate(report.reported_at), title, note=told, icon="report", tone="urgent")
