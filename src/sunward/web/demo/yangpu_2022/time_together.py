"""What neighbour moms wrote down of their visits: about one a month each, by the act that their phones call."""

from datetime import date, timedelta
from uuid import uuid4

from django.db import transaction

from sunward.accounts.access import read_actor
from sunward.accounts.enums import Role
from sunward.accounts.models import Assignment, User
from sunward.casework.enums import ContactOutcome, ServiceKind
from sunward.mentoring.actions.visits import record_visit
from sunward.mentoring.enums import VisitTopic
from sunward.mentoring.models import Match, Mentor
from sunward.mentoring.vetting import read_standing
from sunward.mentoring.visiting import VisitEntry
from sunward.web.demo.yangpu_2022.stage import LAST, Stage, at

EVERY, AT_MOST = timedelta(days=32), 4
_NOTES = (
    "一起读完了一本书，孩子话比上次多。", "辅导了数学作业，分数的应用题还要再练。", "陪孩子去了社区图书馆。",
    "聊了在学校的事，约好下周一起做手工。",
)  # fmt: skip


@transaction.atomic
def make_time_together(stage: Stage) -> None:
    stage.tell("what neighbour moms wrote down of their visits")
    found = Match.objects.select_related("mentor__person").prefetch_related("mentor__vetting_facts").order_by("pk")
    for number, match in enumerate(found, 1):
        user = User.objects.create_user(f"mom{number}", name=match.mentor.person.name)
        stage.usernames.add(user.username)
        met = match.trial_from_on
        assert met is not None
        Assignment.objects.create(
            user=user, role=Role.MENTOR, unit_id=match.mentor.unit_id or 0, from_on=met - timedelta(days=30)
        )
        Mentor.objects.filter(pk=match.mentor_id).update(user=user)
        for day in _days(match, met):
            _visit(stage, user, match, day)


def _days(match: Match, met: date) -> list[date]:
    """While she is vetted; who is on trial still has met the child once or twice."""
    facts = match.mentor.vetting_facts.all()
    days = [met + timedelta(days=2) + number * EVERY for number in range(AT_MOST if match.agreement_signed_on else 1)]
    return [day for day in days if day <= LAST and read_standing(facts, on=day).may_match]


def _visit(stage: Stage, user: User, match: Match, day: date) -> None:
    entry = VisitEntry(
        outcome=ContactOutcome.MADE, kind=ServiceKind.HOME_VISIT, happened_on=day,
        minutes=stage.random.choice((30, 45, 60, 90)), topics=(stage.random.choice(list(VisitTopic)).value,),
        note=stage.random.choice(_NOTES),
    )  # fmt: skip
    record_visit(actor=read_actor(user, on=day), match_id=match.uid, key=uuid4(), entry=entry, on=day, now=at(day, 20))
