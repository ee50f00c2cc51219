"""Writing on a jobseeker's file on a desk and on a phone: each form as it comes, as it is refused, what it leaves."""

from datetime import timedelta
from uuid import uuid4

import pytest

from sunward.accounts.enums import Role
from sunward.casework.actions import GoalDetails, draw_up_plan, settle_goal
from sunward.casework.enums import GoalState
from sunward.core import clock
from sunward.employment.actions import files as acts
from sunward.employment.enums import Diagnosis, Intention, Measure, NextStep, Situation, Trait
from sunward.employment.models import Jobseeker, JobWish
from tests import factories as make
from tests.browser.conftest import DESKTOP, PHONE

DAY = timedelta(days=1)
LONG = "阿卜杜热西提·买买提依明·阿不力克木"
FORMS = (
    "survey/",
    "services/new/",
    "guidance/new/",
    "steps/new/",
    "edit/",
    "wishes/",
    "plan/",
    "plan/goals/new/",
    "close/",
)


@pytest.fixture
def officer(transactional_db):
    user = make.make_user("employment", name="周启明")
    make.give_post(user, Role.EMPLOYMENT_OFFICER, make.make_subdistrict("310110012"))
    return user


@pytest.fixture
def full(officer):
    """A file on which everything has been written once, with words as long as they come."""
    today, now = clock.today(), clock.now()
    case = make.make_jobseeker(
        LONG, unit=make.make_committee("310110012001", subdistrict=make.make_subdistrict("310110012"))
    )
    Jobseeker.objects.create(case=case, situation=Situation.NOT_REGISTERED, intention=Intention.WORK)
    for rank, words in enumerate(["物业维修电工", "社区工作者（夜班除外，离家近一些的都可以）", "文员"], start=1):
        JobWish.objects.create(case=case, rank=rank, words=words)
    given = {"actor": make.actor_of(officer, on=today), "case_id": case.uid, "on": today, "now": now}
    talk = acts.record_guidance(
        **given, key=uuid4(), happened_on=today - 3 * DAY, minutes=50, next_on=today + 7 * DAY,
        note="谈了过去两份工作为什么没做下去。最怕的是面试，上一次等了三个星期没有消息。\n建议先去参加一次专场面试会看一看。",
        guidance=acts.GuidanceDetails(
            (Trait.SKILLED, Trait.DISCOURAGED), (Diagnosis.INTERVIEW, Diagnosis.CV),
            (Measure.VACANCIES, Measure.NEXT_TALK, Measure.GATHERING),
        ),
    )  # fmt: skip
    acts.withdraw_record(**given, record_id=talk.uid, reason="记到了别人名下")
    acts.record_guidance(
        **given, key=uuid4(), happened_on=today - DAY, minutes=40, next_on=today + 7 * DAY, note="谈了想做什么",
        guidance=acts.GuidanceDetails((Trait.SKILLED,), (Diagnosis.INTERVIEW,), (Measure.NEXT_TALK,)),
    )  # fmt: skip
    acts.add_step(
        **given, kind=NextStep.POLICY, due_on=today, note="问清楚灵活就业社保补贴要带哪些材料，什么时候可以去办"
    )
    plan = draw_up_plan(
        **given, review_on=today + 90 * DAY, agreement="本人每周看一次岗位；我们每两周打一次电话。",
        goals=[GoalDetails("写好一份简历"), GoalDetails("在物业行业面试两次，一次由我们陪同", due_on=today + 30 * DAY)],
    )  # fmt: skip
    done = plan.goals.order_by("pk").first()
    settle_goal(**given, goal_id=done.uid, version=1, state=GoalState.REACHED, result="写好了，一页纸")
    return case


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_every_form_on_a_jobseekers_file_is_fit_for_everybody(site, find_barriers, officer, full, width, language):
    here = f"/employment/jobseekers/{full.uid}/"

    found = {}
    for path in ("", *FORMS):
        found[path] = find_barriers(site(here + path, user=officer, width=width, language=language))

    assert not {path: barriers for path, barriers in found.items() if barriers}


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_a_survey_call_is_written_down_after_it_was_refused_once(site, find_barriers, officer, full, width):
    page = site(f"/employment/jobseekers/{full.uid}/survey/", user=officer, width=width, complaining="422")
    page.get_by_role("button", name="保存").click()
    page.get_by_text("请选择对方的答复").first.wait_for()
    assert not find_barriers(page)

    page.get_by_label("目前状况（本人答复）").select_option("flexible")
    page.get_by_label("就业意向（本人答复）").select_option("training")
    page.get_by_role("button", name="保存").click()

    page.get_by_text("已记录").first.wait_for()
    assert page.locator(".jobseeker-answers strong").all_inner_texts() == ["灵活就业", "参加培训"]
    assert not find_barriers(page)
