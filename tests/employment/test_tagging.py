"""The nightly job: who comes into a group by its rule and who leaves it, once, whatever happens meanwhile."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sunward.audit.models import AuditEntry
from sunward.casework.enums import CaseState
from sunward.casework.models import Case
from sunward.core.jobs.models import JobRun, RunState
from sunward.core.jobs.queue import enqueue
from sunward.employment import jobs
from sunward.employment.actions import tagging
from sunward.employment.actions.tagging import judge_files
from sunward.employment.enums import ClientTagKind, Situation, TagEnd
from sunward.employment.models import ClientTag, Jobseeker
from sunward.employment.tagging.rules import RULES
from sunward.ledger.models import Fact
from sunward.people.models import Person
from tests import factories as make

pytestmark = pytest.mark.django_db
ON, NOW, DAY = make.TODAY, make.NOW, timedelta(days=1)
LONG_AGO = ON - 400 * DAY


def seeker(name="求职", *, born=date(1998, 5, 6), situation=Situation.REGISTERED, since=LONG_AGO, **profile):
    case = make.make_jobseeker(name, unit=make.make_committee(), birth=born)
    # The factory moves a day of birth whose numbers are all taken.
    Person.objects.filter(pk=case.person_id).update(birth_date=born)
    Jobseeker.objects.create(case=case, situation=situation, registered_on=since, unemployed_since=since, **profile)
    return case


def judge(*cases, on=ON, rules=RULES):
    return judge_files([case.pk for case in cases], on=on, now=NOW, rules=rules)


def tags(case, **only):
    return sorted(ClientTag.objects.filter(case=case, **only).values_list("kind", flat=True))


def standing(case):
    return tags(case, until_on=None)


def change(case, **profile):
    Jobseeker.objects.filter(case=case).update(**profile)


def test_whoever_a_rule_catches_is_in_its_group_from_that_day_on_with_the_rules_name():
    case = seeker()
    assert judge(case) == (2, 0)
    youth = ClientTag.objects.get(case=case, kind="ltu_youth")
    assert (youth.from_on, youth.until_on, youth.rule, youth.set_by_id) == (ON, None, "ltu_youth.2022", 0)
    assert standing(case) == ["ltu_youth", "registered"]


def test_each_group_entered_and_left_is_a_fact_and_a_block_is_one_act():
    case, other = seeker(), seeker("另")
    judge(case, other)
    change(case, surveyed_situation=Situation.EMPLOYED)
    judge(case, other, on=ON + DAY)
    told = Fact.objects.filter(subject_id=case.pk).order_by("pk").values_list("kind", "happened_on", "attributes")
    assert [(kind, on) for kind, on, _said in told] == [
        ("employment.tag_set_by_rule", ON), ("employment.tag_set_by_rule", ON),
        ("employment.tag_ended_by_rule", ON + DAY), ("employment.tag_ended_by_rule", ON + DAY),
    ]  # fmt: skip
    assert {"kind": "ltu_youth", "rule": "ltu_youth.2022", "reason": "at_work"} in [said for *_rest, said in told]
    acts = AuditEntry.objects.filter(code="employment.tags_judged").order_by("pk")
    assert [act.detail for act in acts] == [{"set": 4, "ended": 0}, {"set": 0, "ended": 2}]


def test_people_leave_by_rule_for_work_for_age_and_otherwise():
    works, ages, studies = seeker("工"), seeker("龄", born=date(1990, 11, 28)), seeker("学")
    judge(works, ages, studies)
    later = date(2026, 11, 28)
    assert Person.objects.get(cases=ages).age_on(later) == 36
    change(works, surveyed_situation=Situation.FLEXIBLE)
    change(studies, situation=Situation.STUDYING)
    judge(works, ages, studies, on=later)
    ended = ClientTag.objects.filter(kind="ltu_youth").order_by("case").values_list("end_reason", "until_on")
    assert list(ended) == [(TagEnd.AT_WORK, later), (TagEnd.AGE, later), (TagEnd.RULE, later)]
    assert standing(ages) == ["registered"]


def test_whoever_comes_back_is_in_the_group_anew_and_what_has_ended_stays():
    case = seeker()
    judge(case)
    change(case, situation=Situation.EMPLOYED)
    judge(case, on=ON + DAY)
    change(case, situation=Situation.REGISTERED)
    judge(case, on=ON + 2 * DAY)
    rows = ClientTag.objects.filter(case=case, kind="ltu_youth").order_by("pk").values_list("from_on", "until_on")
    assert list(rows) == [(ON, ON + DAY), (ON + 2 * DAY, None)]


def test_judged_again_nothing_is_written():
    case = seeker()
    judge(case)
    before = (ClientTag.objects.count(), Fact.objects.count(), AuditEntry.objects.count())
    assert judge(case) == (0, 0)
    assert (ClientTag.objects.count(), Fact.objects.count(), AuditEntry.objects.count()) == before


def test_what_is_not_known_any_more_ends_nothing():
    case = seeker()
    judge(case)
    Person.objects.filter(cases=case).update(birth_date=None)
    change(case, situation="", registered_on=None)
    assert judge(case, on=ON + DAY) == (0, 0)
    assert standing(case) == ["ltu_youth", "registered"]


def test_what_a_person_has_set_is_neither_doubled_nor_ended():
    case = seeker(situation=Situation.EMPLOYED)
    ClientTag.objects.create(case=case, kind=ClientTagKind.LTU_YOUTH, from_on=ON - DAY, set_by_id=7)
    assert judge(case) == (0, 0)
    change(case, situation=Situation.REGISTERED)
    judge(case)
    assert tags(case) == ["ltu_youth", "registered"]
    assert ClientTag.objects.get(case=case, kind="ltu_youth").rule == ""


def test_a_group_that_a_person_called_a_mistake_is_not_set_by_the_rule_again():
    case = seeker()
    judge(case)
    ClientTag.objects.filter(case=case, kind="ltu_youth").update(until_on=ON, end_reason=TagEnd.MISTAKE)
    assert judge(case, on=ON + DAY) == (0, 0)


def test_a_closed_file_leaves_the_groups_of_the_rules_and_keeps_those_of_a_person():
    case = seeker()
    ClientTag.objects.create(case=case, kind=ClientTagKind.VETERAN, from_on=ON, set_by_id=7)
    judge(case)
    Case.objects.filter(pk=case.pk).update(state=CaseState.CLOSED, closed_on=ON)
    assert judge(case, on=ON + DAY) == (0, 2)
    assert standing(case) == ["veteran"]


@pytest.mark.parametrize(
    ("closed", "ended"), [("at_work", TagEnd.AT_WORK), ("moved", TagEnd.MOVED), ("mistake", TagEnd.RULE)]
)
def test_the_groups_of_a_closed_file_end_for_the_reason_for_which_it_was_closed(closed, ended):
    case = seeker()
    judge(case)
    Case.objects.filter(pk=case.pk).update(state=CaseState.CLOSED, closed_on=ON, close_reason=closed)
    judge(case, on=ON + DAY)
    assert set(ClientTag.objects.values_list("end_reason", flat=True)) == {ended}


def test_a_group_whose_rule_is_withdrawn_is_left():
    case = seeker()
    judge(case)
    assert judge(case, on=ON + DAY, rules=[rule for rule in RULES if rule.kind != "ltu_youth"]) == (0, 1)


def test_a_stated_ground_is_what_makes_somebody_hard_to_place():
    case = seeker()
    ClientTag.objects.create(case=case, kind=ClientTagKind.ZERO_EMPLOYMENT, from_on=ON, set_by_id=7)
    judge(case)
    assert standing(case) == ["hard_to_place", "ltu_youth", "registered", "zero_employment"]


def test_a_childs_file_is_never_judged():
    child = make.make_child("陈童")
    assert judge(child) == (0, 0)
    assert not ClientTag.objects.exists()


def test_a_block_of_thirty_asks_as_many_questions_as_one_of_two():
    def count(*cases):
        with CaptureQueriesContext(connection) as caught:
            judge(*cases)
        return len(caught)

    few = count(seeker(), seeker())
    assert count(*(seeker() for _ in range(30))) <= few + 1  # one more statement of facts than two rows fill


@pytest.fixture
def night(monkeypatch, run_jobs):
    """The job as the worker runs it, two files a block."""
    monkeypatch.setattr(jobs, "BLOCK", 2)

    def run(on=ON):
        monkeypatch.setattr(jobs, "clock", type("Clock", (), {"today": lambda: on, "now": lambda: NOW}))
        enqueue(jobs.judge_who_needs_help)
        run_jobs()
        return JobRun.objects.latest("pk")

    return run


def test_the_job_judges_every_file_and_shows_how_far_it_is(night):
    cases = [seeker() for _ in range(5)]
    run = night()
    assert (run.state, run.done, run.total) == (RunState.DONE, 5, 5)
    assert all(standing(case) == ["ltu_youth", "registered"] for case in cases)
    assert jobs.judge_who_needs_help.cron


def test_a_job_that_is_killed_half_way_keeps_whole_blocks_and_is_made_up_for(night, monkeypatch):
    cases = [seeker() for _ in range(5)]
    blocks = []

    def dying(block, **more):
        blocks.append(block)
        done = tagging.judge_files(block, **more)
        if len(blocks) == 2:
            raise MemoryError  # after its writes, before the step is kept
        return done

    with monkeypatch.context() as patched:
        patched.setattr(jobs, "judge_files", dying)
        with pytest.raises(MemoryError):
            night()
    assert set(ClientTag.objects.values_list("case", flat=True)) == {case.pk for case in cases[:2]}
    assert night().state == RunState.DONE
    assert ClientTag.objects.count() == Fact.objects.filter(kind="employment.tag_set_by_rule").count() == 10
    assert all(standing(case) == ["ltu_youth", "registered"] for case in cases)
