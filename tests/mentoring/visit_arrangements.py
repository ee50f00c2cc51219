"""What the world of the personas needs of visits: an answer, ways out, and a visit of a match that is closed."""

from datetime import timedelta
from typing import Any

from sunward.casework.enums import ContactOutcome, ServiceKind
from sunward.casework.models import ServiceRecord
from sunward.mentoring.models import Match, SafeReturn, Visit, VisitAnswer
from tests.factories import NOW, TODAY


def visits_of(world: Any) -> dict[str, Any]:
    visit = Visit.objects.get(record__uid=world.more["record"])
    VisitAnswer.objects.create(visit=visit, by=world.users["worker"], words="辛苦了", written_at=NOW)
    closed = Match.objects.get(mentor__user=world.users["mentor_closed"])
    record = ServiceRecord.objects.create(
        case=closed.case, kind=ServiceKind.HOME_VISIT, happened_on=TODAY, minutes=30, outcome=ContactOutcome.MADE,
        by=world.users["mentor_closed"], recorded_at=NOW, unit_path=closed.unit_path,
    )  # fmt: skip
    of_closed = Visit.objects.create(match=closed, record=record)
    VisitAnswer.objects.create(visit=of_closed, by=world.users["worker"], words="谢谢", written_at=NOW)
    return {
        "closed_record": record.uid,
        "way": _way(world, "mentor").uid,
        "paused_way": _way(world, "mentor_paused").uid,
    }


def _way(world: Any, mentor: str) -> SafeReturn:
    match = Match.objects.get(mentor__user=world.users[mentor])
    return SafeReturn.objects.create(
        match=match, by=world.users[mentor], set_out_at=NOW, expected_back_at=NOW + timedelta(minutes=90)
    )
