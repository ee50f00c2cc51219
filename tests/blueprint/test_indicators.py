"""What an approved meeting leaves for figures: once, on its own day, and nothing before it is approved."""

from datetime import date

import pytest

from sunward.accounts.enums import Role
from sunward.blueprint.actions.approving import approve_meeting
from sunward.blueprint.indicators import INDICATORS, open_persons
from sunward.figures.counting.figure import Figure
from sunward.figures.declared import openers
from sunward.figures.pins import Span
from sunward.ledger.models import Fact
from tests.blueprint.meetings import MET, STREETS, begin, confirm_all, make_keeper, make_units, minutes_of
from tests.factories import NOW, TODAY, actor_of, make_officer

pytestmark = pytest.mark.django_db
ON_THE_DAY = Span(MET, MET)


@pytest.fixture
def keeper():
    make_units()
    return make_keeper()


def counted(code, *, span=ON_THE_DAY, path="/310110/"):
    measure = next(one for one in INDICATORS if one.code == f"blueprint.{code}").newest.measure
    figure = Figure(measure, span, path)
    assert figure.number().value == figure.records().count()
    return figure.records().count()


def test_an_approved_meeting_counts_its_speakers_questions_and_decisions_on_its_own_day(keeper, tmp_path):
    meeting = begin(keeper, minutes_of(tmp_path))
    confirm_all(keeper, meeting)
    assert not Fact.objects.filter(kind__startswith="blueprint.").exists()
    approve_meeting(actor=keeper, meeting_id=meeting.uid, version=meeting.version, on=TODAY, now=NOW)
    told = {code: counted(code) for code in ("meetings", "speakers", "questions", "decisions", "work_begun")}
    assert told == {
        "meetings": 1, "speakers": 3, "questions": meeting.questions.count(), "decisions": 3, "work_begun": 0,
    }  # fmt: skip
    assert counted("work_begun", span=Span(TODAY, TODAY)) == 3


def test_a_line_of_work_counts_for_the_unit_that_leads_it_and_a_speaker_for_the_district(keeper, tmp_path):
    meeting = begin(keeper, minutes_of(tmp_path))
    confirm_all(keeper, meeting)
    approve_meeting(actor=keeper, meeting_id=meeting.uid, version=meeting.version, on=TODAY, now=NOW)
    street = f"/310110/{next(iter(STREETS))}/"
    assert counted("speakers", path=street) == 0
    assert counted("work_begun", span=Span(date(2026, 1, 1), TODAY), path="/310110/310110HR/") == 1


def test_a_line_of_work_is_opened_by_its_own_gate_and_no_person_stands_behind_a_number(keeper, tmp_path):
    meeting = begin(keeper, minutes_of(tmp_path))
    confirm_all(keeper, meeting)
    plan = approve_meeting(actor=keeper, meeting_id=meeting.uid, version=meeting.version, on=TODAY, now=NOW)
    keys = [item.pk for item in plan.items.all()]
    assert set(openers()["work_item"](keeper, keys)) == set(keys)
    assert openers()["work_item"](actor_of(make_officer(Role.EMPLOYMENT_OFFICER)), keys) == {}
    assert open_persons(keeper, [1, 2]) == {}
