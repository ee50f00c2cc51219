"""Meetings for the matrix of access, with what a sub-district proposed and has to do in them."""

from dataclasses import replace
from uuid import UUID, uuid5

from sunward.accounts.access import Actor
from sunward.accounts.models import Unit
from sunward.blueprint.actions.approving import approve_meeting
from sunward.blueprint.models import Meeting
from sunward.blueprint.reading.deadlines import Deadline
from sunward.blueprint.reading.lines import Charge, WorkLine
from sunward.blueprint.reading.minutes import Minutes, ProposalRead, SpeakerRead
from sunward.blueprint.reading.targets import Target
from tests.blueprint.meetings import DETAILS, MET, begin, confirm_all
from tests.factories import NOW, TODAY, make_unit

_KEYS = UUID("5f0b9f0a-6d1c-4f53-9a51-1f4e6a3a6d13")
STREET, OFFICE = "控江路街道", "区人社局"


def draft(keeper: Actor) -> Meeting:
    return _begin(keeper, "draft")


def approved(keeper: Actor) -> Meeting:
    meeting = _begin(keeper, "approved")
    if not meeting.is_approved:
        confirm_all(keeper, meeting)
        approve_meeting(actor=keeper, meeting_id=meeting.uid, version=meeting.version, on=TODAY, now=NOW)
        meeting.refresh_from_db()
    return meeting


def stocktake(keeper: Actor) -> Meeting:
    """Of the approved meeting's plan, which the sub-district joins; it decided nothing new."""
    key = uuid5(_KEYS, "stocktake")
    details = replace(DETAILS, met_on=TODAY, answers_due_on=TODAY)
    meeting = begin(keeper, None, key=key, looks_at=approved(keeper).plan.uid, details=details)
    if not meeting.is_approved:
        approve_meeting(actor=keeper, meeting_id=meeting.uid, version=meeting.version, on=TODAY, now=NOW)
        meeting.refresh_from_db()
    return meeting


def _begin(keeper: Actor, name: str) -> Meeting:
    """The same one however often it is asked for."""
    district = Unit.objects.get(code="310110")
    if not Unit.objects.filter(code="310110HR").exists():
        make_unit("310110HR", parent=district, kind="department", name=OFFICE)
    speaker = SpeakerRead(1, STREET, "许涛", STREET)
    line = WorkLine(
        3, "建成12个站点", Charge(OFFICE, (STREET,)), Deadline(MET.replace(month=12), written="年底前"),
        Target("12个", 12.0, "个"), goal="站点",
    )  # fmt: skip
    minutes = Minutes(
        "学习讨论会", MET, "", "", "", ("使命",), (speaker,), (ProposalRead(2, speaker, "减少重复报表"),),
        (line, replace(line, goal="岗位")), True,
    )  # fmt: skip
    return begin(keeper, minutes, key=uuid5(_KEYS, name))
