"""A person looks at each line of a paper: confirms it with all that was open, leaves it out, or takes that back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.accounts.models import Unit
from sunward.blueprint.access import (
    earlier_decisions,
    get_kept_line,
    get_kept_meeting,
    meeting_subject,
    units_to_charge,
)
from sunward.blueprint.actions.meetings import refuse_approved, refuse_numbers
from sunward.blueprint.enums import LineState
from sunward.blueprint.models import Decision, MeetingQuestion, PaperLine
from sunward.core.refusals import Conflict, Refusal

CONFIRMED, LEFT_OUT, TAKEN_BACK = "blueprint.line_confirmed", "blueprint.line_left_out", "blueprint.line_reopened"


@dataclass(frozen=True, slots=True)
class LineDetails:
    """All of a line as a person confirms it. `expansions`: for every word that stands for several units, which are
    meant, as codes; none is an answer, too. `without` are unknown names that were looked at and are left out."""

    text: str
    goal: str
    lead_code: str
    question_id: int
    joint_codes: Sequence[str] = ()
    expansions: Mapping[str, Sequence[str]] = field(default_factory=dict)
    without: Collection[str] = ()
    due_on: date | None = None
    review_on: date | None = None
    officer_written: str = ""
    section: str = ""
    target_text: str = ""
    target_number: Decimal | None = None
    target_unit: str = ""
    target_comparison: str = ""
    instead_of: UUID | None = None


@transaction.atomic
def add_line(
    *, actor: Actor, meeting_id: UUID, key: UUID, details: LineDetails, is_decision: bool = True, now: datetime
) -> PaperLine:  # fmt: skip
    """What was decided and stands in no paper that was read. `key` is the form's own: sent twice, it is one line."""
    meeting = get_kept_meeting(actor=actor, meeting_id=meeting_id)
    refuse_approved(meeting)
    known = meeting.lines.filter(uid=key).first()
    if known is not None:
        return known
    last = meeting.lines.filter(is_decision=is_decision).aggregate(last=Max("number"))["last"] or 0
    line = PaperLine(uid=key, meeting=meeting, is_decision=is_decision, number=last + 1, place=0, text=details.text)
    line.save(force_insert=True)
    return confirm_line(actor=actor, line_id=line.uid, version=line.version, details=details, now=now)


@transaction.atomic
def confirm_line(*, actor: Actor, line_id: UUID, version: int, details: LineDetails, now: datetime) -> PaperLine:
    line = _line(actor, line_id, version)
    units = _units(line, details)
    _refuse_open(line, details)
    line.instead_of = _earlier(line, details)
    line.question = MeetingQuestion.objects.filter(meeting=line.meeting, pk=details.question_id).first()
    if line.question is None:
        raise Refusal("blueprint.line_question", _("Say which question of the meeting this line answers."))
    line.lead = units[details.lead_code]
    line.joint_codes = [code for code in _joint(details) if code != details.lead_code]
    line.marks, line.unknown, line.open = [], [], []
    for name in (
        "text", "goal", "section", "due_on", "review_on", "officer_written", "target_text", "target_number",
        "target_unit", "target_comparison",
    ):  # fmt: skip
        setattr(line, name, getattr(details, name))
    line.state, line.confirmed_at, line.confirmed_by_id = LineState.CONFIRMED, now, actor.user_id
    return _saved(line, CONFIRMED, actor, now)


@transaction.atomic
def leave_out_line(*, actor: Actor, line_id: UUID, version: int, now: datetime) -> PaperLine:
    """It stays on record and becomes no work."""
    line = _line(actor, line_id, version)
    line.state = LineState.LEFT_OUT
    return _saved(line, LEFT_OUT, actor, now)


@transaction.atomic
def reopen_line(*, actor: Actor, line_id: UUID, version: int, now: datetime) -> PaperLine:
    line = _line(actor, line_id, version)
    line.state, line.confirmed_at, line.confirmed_by_id = LineState.OPEN, None, 0
    return _saved(line, TAKEN_BACK, actor, now)


def _line(actor: Actor, line_id: UUID, version: int) -> PaperLine:
    line = get_kept_line(actor=actor, line_id=line_id)
    refuse_approved(line.meeting)
    if line.version != version:
        raise Conflict("blueprint.line_changed", _("Somebody else has just changed this line. Look at it again."))
    return line


def _earlier(line: PaperLine, details: LineDetails) -> Decision | None:
    """The decision that this one takes the place of."""
    if details.instead_of is None:
        return None
    found = earlier_decisions(line.meeting).filter(uid=details.instead_of).first()
    if found is None or not line.is_decision:
        raise Refusal("blueprint.line_instead", _("Choose an earlier decision of this district."))
    return found


def _joint(details: LineDetails) -> tuple[str, ...]:
    expanded = (code for codes in details.expansions.values() for code in codes)
    return tuple(dict.fromkeys((*details.joint_codes, *expanded)))


def _units(line: PaperLine, details: LineDetails) -> dict[str, Unit]:
    wanted = {code for code in (details.lead_code, *_joint(details)) if code}
    found = {unit.code: unit for unit in units_to_charge(line.meeting).filter(code__in=wanted)}
    if details.lead_code not in found:
        raise Refusal("blueprint.line_lead", _("Choose the one unit that leads."))
    if wanted - set(found):
        raise Refusal("blueprint.line_unit", _("One of the units is none of this district. Choose it again."))
    return found


def _refuse_open(line: PaperLine, details: LineDetails) -> None:
    """Nothing that the paper left open is settled by silence."""
    refuse_numbers(details.text, details.goal, details.section, details.officer_written, details.target_text)
    if not details.text.strip() or not details.goal.strip():
        raise Refusal("blueprint.line_text", _("Say what is done, and under which goal."))
    if {mark["written"] for mark in line.marks} - set(details.expansions):
        raise Refusal("blueprint.line_marks", _("Confirm which units each word for several of them means."))
    if set(line.unknown) - set(details.without):
        raise Refusal("blueprint.line_unknown", _("Choose a unit for each name that is not known, or leave it out."))
    if (details.due_on is None) == (details.review_on is None):
        raise Refusal("blueprint.line_end", _("Set the deadline, or for what has no end the day of its next review."))
    for day in (details.due_on, details.review_on):
        if day is not None and day < line.meeting.met_on:
            raise Refusal("blueprint.line_past", _("This day lies before the meeting."))


def _saved(line: PaperLine, code: str, actor: Actor, now: datetime) -> PaperLine:
    line.version += 1
    line.save()
    record_act(
        actor=actor, code=code, now=now, subject=meeting_subject(line.meeting), unit_path=line.meeting.unit_path,
        work_line=line.number,
    )  # fmt: skip
    return line
