"""Two at the same moment: one worry, one report, one that has it."""

from uuid import uuid4

import pytest

from sunward.accounts.enums import Role
from sunward.ledger.models import Fact
from sunward.safeguarding.actions import triage
from sunward.safeguarding.actions.reports import About, ReportDetails, write_report
from sunward.safeguarding.enums import WorryStepKind
from sunward.safeguarding.models import MandatoryReport, Worry, WorryStep
from tests.factories import NOW, TODAY, actor_of, make_child, make_committee, make_officer, make_subdistrict
from tests.pressing import at_once
from tests.safeguarding.arrangements import supervisor_of, worry_of

# SQLite lets one writer in at a time: there is nothing to show.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


def test_a_worry_and_a_report_sent_four_times_at_once_are_one_each() -> None:
    here = make_committee()
    worker, case, key = actor_of(make_officer(Role.WORKER, here)), make_child(unit=here), uuid4()
    told = ReportDetails(kinds=("abuse",), authority="police", found_at=NOW)
    at_once(*[lambda: worry_of(worker, here, "闻小远", key=key)] * 4)
    at_once(
        *[lambda: write_report(actor=worker, report_id=key, about=About.of_case(case), details=told, on=TODAY, now=NOW)]
        * 4
    )
    assert Worry.objects.count() == MandatoryReport.objects.count() == 1
    assert Fact.objects.filter(kind="safeguarding.worry_reported").count() == 1
    assert Fact.objects.filter(kind="safeguarding.report_made").count() == 1


def test_passed_on_and_settled_at_once_it_is_one_of_the_two() -> None:
    here, there = make_committee(), make_subdistrict("310110019")
    supervisor, officer = supervisor_of("310110012"), actor_of(make_officer())
    worry = worry_of(officer, here)
    at_once(
        lambda: triage.pass_on(actor=supervisor, worry_id=worry.uid, unit_id=there.pk, words="", on=TODAY, now=NOW),
        lambda: triage.settle(actor=officer, worry_id=worry.uid, outcome="奶奶在家", on=TODAY, now=NOW),
        lambda: triage.take_up(actor=officer, worry_id=worry.uid, on=TODAY, now=NOW),
        lambda: triage.take_up(actor=officer, worry_id=worry.uid, on=TODAY, now=NOW),
    )
    kinds = list(WorryStep.objects.filter(worry=worry).order_by("pk").values_list("kind", flat=True))
    assert kinds.count(WorryStepKind.NO_ACTION) <= 1
    assert kinds.count(WorryStepKind.TAKEN) <= 2
    worry.refresh_from_db()
    last = [kind for kind in kinds if kind != WorryStepKind.REPORTED][-1]
    states = {"taken": "looking", "no_action": "no_action", "passed_on": "passed_on"}
    assert worry.state == states[last]
    assert worry.version == len(kinds)
