"""What stands on the files of some demo jobseekers: calls, services, guidance, next steps, an action plan, an end."""

from datetime import timedelta
from itertools import islice
from typing import Any
from uuid import uuid4

from sunward.accounts.access import read_actor
from sunward.accounts.models import User
from sunward.casework.actions import GoalDetails, draw_up_plan
from sunward.casework.enums import ContactOutcome, ServiceKind
from sunward.casework.models import Case
from sunward.employment.access.jobseekers import PROGRAMME
from sunward.employment.actions import files as acts
from sunward.employment.actions.surveys import record_survey
from sunward.employment.enums import Diagnosis, Intention, Measure, NextStep, Situation, Trait
from sunward.web.demo.moments import Moment

_SAID = (
    (Situation.FLEXIBLE, Intention.WORK, "在送外卖，想找一份上下班固定的。"),
    (Situation.NOT_REGISTERED, Intention.TRAINING, "想学一门技术再找工作，问有没有补贴。"),
    (Situation.REGISTERED, Intention.TRAINEESHIP, "愿意先见习，离家近一些。"),
)
_GUIDANCE = acts.GuidanceDetails(
    (Trait.SKILLED, Trait.DISCOURAGED), (Diagnosis.INTERVIEW, Diagnosis.CV), (Measure.VACANCIES, Measure.NEXT_TALK)
)


def make_jobseeker_files(moment: Moment) -> None:
    """The first have been helped much, the next were called, one was not reached, the others nobody has called yet."""
    found = Case.objects.open().filter(programme=PROGRAMME).order_by("pk")
    cases = list(islice(found, 8, 14))
    for case, (situation, intention, note) in zip(cases, _SAID, strict=False):
        _call(
            case, moment.earlier(12), outcome=ContactOutcome.MADE, situation=situation, intention=intention, note=note
        )
    _help(cases[0], moment)
    _call(cases[3], moment.earlier(2), outcome=ContactOutcome.ATTEMPTED)
    acts.add_step(**_given(cases[3], moment), kind=NextStep.CALL, due_on=moment.on, note="换个时间再打")
    acts.close_jobseeker(**_given(cases[5], moment), version=cases[5].version, reason="at_work")


def _call(case: Case, then: Moment, **said: Any) -> None:
    record_survey(**_given(case, then), key=uuid4(), happened_on=then.on, **said)


def _help(case: Case, moment: Moment) -> None:
    then = moment.earlier(8)
    given = _given(case, then)
    acts.record_service(
        **given, key=uuid4(), kind=ServiceKind.POLICY_BRIEFING, happened_on=then.on, outcome=ContactOutcome.MADE,
        minutes=20, note="讲了灵活就业社保补贴和职业技能提升补贴。",
    )  # fmt: skip
    acts.record_guidance(
        **given, key=uuid4(), happened_on=then.on, minutes=45, guidance=_GUIDANCE,
        next_on=moment.on + timedelta(days=6), note="手艺没有问题，卡在面试。约好下次带上简历，一起练一遍。",
    )  # fmt: skip
    draw_up_plan(
        **given, review_on=moment.on + timedelta(days=80), agreement="本人每周看一次岗位；我们每两周打一次电话。",
        goals=[GoalDetails("写好一份一页纸的简历"), GoalDetails("面试两次", due_on=moment.on + timedelta(days=30))],
    )  # fmt: skip


def _given(case: Case, moment: Moment) -> dict[str, Any]:
    officer = read_actor(User.objects.get(username="employment"), on=moment.on)
    return {"actor": officer, "case_id": case.uid, "on": moment.on, "now": moment.now}
