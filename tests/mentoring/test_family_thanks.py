"""What passes between a family and its neighbour mom: the day agreed on, and thanks."""

from datetime import date, timedelta
from typing import Any

import pytest

from sunward.accounts.enums import Role
from sunward.casework.enums import ContactOutcome, ServiceKind
from sunward.casework.models import ServiceRecord
from sunward.mentoring.enums import FamilyWordKind, MatchState
from sunward.mentoring.models import FamilyWord, Match, Visit
from sunward.mentoring.queries.family_page import read_family_page
from sunward.mentoring.queries.standing import Thanks, read_own_standing
from tests.factories import NOW, TODAY, actor_of, give_post, make_committee, make_match, make_mentor, make_user
from tests.mentoring.families import Family, make_family

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WHEN: dict[str, Any] = {"on": TODAY, "now": NOW}


@pytest.fixture
def family() -> Family:
    return make_family()


def with_visit(family: Family, *, next_on: date | None = None) -> Match:
    user = make_user()
    give_post(user, Role.MENTOR, make_committee())
    match = make_match(family.case, make_mentor("欧阳丽华", user=user))
    record = ServiceRecord.objects.create(
        case=family.case, kind=ServiceKind.HOME_VISIT, happened_on=TODAY - 3 * DAY, outcome=ContactOutcome.MADE,
        minutes=60, by=user, recorded_at=NOW, unit_path=family.case.unit_path,
    )  # fmt: skip
    Visit.objects.create(match=match, record=record, next_on=next_on)
    return match


def test_a_day_agreed_on_stays_when_nobody_was_at_home_afterwards(family: Family) -> None:
    match = with_visit(family, next_on=TODAY + 2 * DAY)
    record = ServiceRecord.objects.create(
        case=family.case, kind=ServiceKind.HOME_VISIT, happened_on=TODAY - DAY, outcome=ContactOutcome.ATTEMPTED,
        minutes=0, by=match.mentor.user, recorded_at=NOW, unit_path=family.case.unit_path,
    )  # fmt: skip
    visit = Visit.objects.create(match=match, record=record)
    assert read_family_page(family.link, **WHEN).visitors[0].next_on == TODAY + 2 * DAY
    Visit.objects.filter(pk=visit.pk).update(next_on=TODAY + 3 * DAY)
    assert read_family_page(family.link, **WHEN).visitors[0].next_on == TODAY + 3 * DAY


def test_thanks_reach_the_neighbour_mom_whom_they_were_for_and_nothing_else_does(family: Family) -> None:
    match = with_visit(family)
    Match.objects.filter(pk=match.pk).update(trial_from_on=TODAY - 5 * DAY)
    said = {"case": family.case, "guardian": family.link.guardian}
    for kind, days, words in (
        (FamilyWordKind.THANKS, 1, "孩子爱笑了，谢谢您"),
        (FamilyWordKind.THANKS, 40, "谢谢上一位妈妈"),
        (FamilyWordKind.QUESTION, 1, "补助什么时候到"),
        (FamilyWordKind.OBJECTION, 1, "不同意"),
    ):
        FamilyWord.objects.create(kind=kind, words=words, said_at=NOW - days * DAY, **said)
    thanks = read_own_standing(actor_of(match.mentor.user), on=TODAY).thanks
    assert thanks == (Thanks(TODAY - DAY, "孩子爱笑了，谢谢您"),)
    assert family.link.guardian.name not in str(thanks)
    Match.objects.filter(pk=match.pk).update(state=MatchState.CLOSED, ended_on=TODAY)
    assert read_own_standing(actor_of(match.mentor.user), on=TODAY).thanks == ()
