"""What was learned on the fifth of November: one beginning at work had not been one, and three had been missed."""

from datetime import date

from sunward.casework.models import Case
from sunward.employment.access.jobseekers import PROGRAMME
from sunward.employment.actions.placements import NewWork, record_placement, withdraw_placement
from sunward.employment.enums import PlacementBasis, PlacementKind
from sunward.employment.models import Placement
from sunward.web.demo.yangpu_2022.stage import Stage, at

DAY = date(2022, 11, 5)
WITHDRAWN, MISSED = 1, 3


def make_corrections(stage: Stage) -> None:
    """By the acts, on that day."""
    stage.tell(f"corrections of {DAY}")
    officer = stage.actor("employment", DAY)
    wrong = Placement.objects.filter(withdrawn_at=None, started_on__year=2022).select_related("case")
    for row in wrong.order_by("-started_on", "-pk")[:WITHDRAWN]:
        withdraw_placement(
            actor=officer, case_id=row.case.uid, placement_id=row.uid, version=row.version, on=DAY, now=at(DAY, 10)
        )
    seeking = Case.objects.open().filter(programme=PROGRAMME, placements=None).order_by("pk")
    for case in seeking[:MISSED]:
        work = NewWork(
            PlacementKind.CONTRACT, PlacementBasis.INSURANCE, date(2022, 10, 10), "上海示例和睦物业有限公司", "客服"
        )
        record_placement(actor=officer, case_id=case.uid, work=work, on=DAY, now=at(DAY, 11))
