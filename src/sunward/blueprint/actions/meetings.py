"""A meeting is written down from its minutes, and a breakdown of work is laid beside it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.accounts.models import Unit
from sunward.blueprint.access import get_kept_meeting, kept_units, meeting_subject, units_to_charge
from sunward.blueprint.enums import LineState, MeetingState
from sunward.blueprint.models import DeliveryPlan, Meeting, MeetingProposal, MeetingQuestion, PaperLine, Speaker
from sunward.blueprint.reading.breakdown import Breakdown
from sunward.blueprint.reading.lines import WorkLine
from sunward.blueprint.reading.minutes import Minutes
from sunward.blueprint.reading.numbers import has_address, has_numbers, without_numbers
from sunward.core.refusals import Conflict, Refusal

PLACED = "blueprint.speaker_placed"
CHANGED, DISCARDED = "blueprint.meeting_changed", "blueprint.meeting_discarded"
BEGUN, BROKEN_DOWN, QUESTIONED = "blueprint.meeting_begun", "blueprint.breakdown_taken", "blueprint.questions_set"
MINUTES, BREAKDOWN = "minutes", "breakdown"


@dataclass(frozen=True, slots=True)
class MeetingDetails:
    title: str
    met_on: date
    answers_due_on: date
    venue: str = ""
    chair: str = ""
    attended: str = ""


@dataclass(frozen=True, slots=True)
class PaperTold:
    """A file that was read; `digest` is its SHA-256 in hex."""

    name: str = ""
    digest: str = ""


@transaction.atomic
def begin_meeting(
    *,
    actor: Actor,
    key: UUID,
    unit_code: str,
    details: MeetingDetails,
    minutes: Minutes | None,
    now: datetime,
    paper: PaperTold = PaperTold(),
    questions: Sequence[str] = (),
    looks_at: UUID | None = None,
) -> Meeting:
    """`key` is the form's own, or follows from the file: sent twice, it is one meeting. Nothing is work before it is
    approved. `questions` are for a meeting that is written down without minutes. `looks_at`: the plan of which it is
    a stocktake; its lines answer the questions of the plan where it asked none of its own."""
    unit = kept_units(actor).filter(code=unit_code).first()
    if unit is None:
        raise Refusal("blueprint.meeting_unit", _("Choose a district whose meetings you keep."))
    _refuse_details(details)
    refuse_numbers(*questions)
    plan = None if looks_at is None else _plan_to_look_at(unit, looks_at, details)
    known = Meeting.objects.filter(uid=key, unit=unit).first()
    if known is not None:
        return known
    meeting = Meeting(
        uid=key, unit=unit, unit_path=unit.path, made_by_id=actor.user_id, made_at=now, looks_at=plan, **asdict(details)
    )  # fmt: skip
    try:
        with transaction.atomic():
            meeting.save(force_insert=True)
    except IntegrityError as clash:
        raise Conflict("blueprint.meeting_there", _("This meeting has just been written down. Look at it.")) from clash
    read = (without_numbers(text) for text in minutes.questions) if minutes else ()
    asked = dict.fromkeys((*read, *questions))
    if plan is not None and not asked:
        asked = dict.fromkeys(plan.meeting.questions.order_by("number").values_list("text", flat=True))
    _put_questions(meeting, asked)
    if minutes is not None:
        _take_minutes(meeting, minutes, paper)
    record_act(
        actor=actor, code=BEGUN, now=now, subject=meeting_subject(meeting), unit_path=meeting.unit_path,
        proposals=len(minutes.proposals) if minutes else 0, work_lines=len(minutes.lines) if minutes else 0,
    )  # fmt: skip
    return meeting


@transaction.atomic
def change_meeting(
    *, actor: Actor, meeting_id: UUID, version: int, details: MeetingDetails, now: datetime
) -> Meeting:  # fmt: skip
    """Its name, day and place, until it is approved."""
    meeting = get_kept_meeting(actor=actor, meeting_id=meeting_id)
    refuse_approved(meeting)
    refuse_old(meeting, version)
    _refuse_details(details)
    if meeting.looks_at is not None:
        refuse_day_of_stocktake(meeting.looks_at, details.met_on)
    confirmed = meeting.lines.filter(state=LineState.CONFIRMED)
    if confirmed.filter(Q(due_on__lt=details.met_on) | Q(review_on__lt=details.met_on)).exists():
        raise Refusal(
            "blueprint.meeting_too_late", _("A line that is confirmed would end before the meeting. Take it up first.")
        )
    for name, value in asdict(details).items():
        setattr(meeting, name, value)
    meeting.version += 1
    meeting.save()
    record_act(
        actor=actor, code=CHANGED, now=now, subject=meeting_subject(meeting), unit_path=meeting.unit_path
    )  # fmt: skip
    return meeting


@transaction.atomic
def discard_meeting(*, actor: Actor, meeting_id: UUID, version: int, now: datetime) -> None:
    """One that was begun by mistake. An answer is somebody's word: a meeting with one stays."""
    meeting = get_kept_meeting(actor=actor, meeting_id=meeting_id)
    refuse_approved(meeting)
    refuse_old(meeting, version)
    if meeting.proposals.exclude(answer="").exists():
        raise Refusal("blueprint.meeting_answered", _("Proposals of this meeting have been answered: it stays."))
    record_act(
        actor=actor, code=DISCARDED, now=now, subject=meeting_subject(meeting), unit_path=meeting.unit_path,
        work_lines=meeting.lines.count(),
    )  # fmt: skip
    meeting.lines.all().delete()
    meeting.proposals.all().delete()
    meeting.delete()


def _plan_to_look_at(unit: Unit, plan_id: UUID, details: MeetingDetails) -> DeliveryPlan:
    """A plan of the same district that did not come of a stocktake itself: what did is looked at with it."""
    rows = DeliveryPlan.objects.select_related("meeting").filter(unit=unit, meeting__looks_at=None)
    plan = rows.filter(uid=plan_id).first()
    if plan is None:
        raise Refusal("blueprint.plan_to_look_at", _("Choose a plan of this district."))
    refuse_day_of_stocktake(plan, details.met_on)
    return plan


def refuse_day_of_stocktake(plan: DeliveryPlan, met_on: date) -> None:
    """The agenda that is kept is the one of its day: before the plan was made there is none, and a day before the last
    stocktake would put another meeting's in its place."""
    if met_on < localdate(plan.made_at):
        raise Refusal("blueprint.stocktake_too_early", _("A stocktake is not held before its plan was made."))
    held = Meeting.objects.filter(looks_at=plan, state=MeetingState.APPROVED, met_on__gt=met_on)
    last = held.order_by("met_on").values_list("met_on", flat=True).last()
    if last is not None:
        raise Refusal(
            "blueprint.stocktake_too_early",
            _("The last stocktake of this plan was on %(day)s: another one is not held before it.")
            % {"day": last.isoformat()},
        )


def _refuse_details(details: MeetingDetails) -> None:
    refuse_numbers(details.title, details.venue, details.chair, details.attended)
    if details.answers_due_on < details.met_on:
        raise Refusal("blueprint.answers_too_early", _("Proposals cannot be answered before the meeting."))


def refuse_numbers(*texts: str) -> None:
    """Many read what stands here: no telephone, no document number."""
    found = [text for text in texts if has_numbers(text)]
    if any(has_address(text) for text in found):
        raise Refusal(
            "blueprint.numbers",
            _(
                "Leave telephone and document numbers out: many people read this. The number in a link looks like one:"
                " write the title of the page and whose it is instead."
            ),
        )
    if found:
        raise Refusal(
            "blueprint.numbers", _("Leave telephone and document numbers out: many people read this.")
        )  # fmt: skip


def _take_minutes(meeting: Meeting, minutes: Minutes, paper: PaperTold) -> None:
    units = _units_by_name(meeting, (speaker.unit for speaker in minutes.speakers))
    speakers = [
        Speaker(
            meeting=meeting, number=number, unit=units.get(said.unit), name=without_numbers(said.name)[:60],
            unit_path=units[said.unit].path if said.unit in units else "",
            unit_written=without_numbers(said.written)[:60],
        )
        for number, said in enumerate(minutes.speakers, 1)
    ]  # fmt: skip
    Speaker.objects.bulk_create(speakers)
    rows = dict(zip(minutes.speakers, Speaker.objects.filter(meeting=meeting).order_by("number"), strict=True))
    MeetingProposal.objects.bulk_create(
        MeetingProposal(
            meeting=meeting, speaker=rows[said.speaker], number=number, text=without_numbers(said.text)[:400]
        )
        for number, said in enumerate(minutes.proposals, 1)
    )
    _put_lines(meeting, minutes.lines, is_decision=True)
    _note_paper(meeting, MINUTES, paper, minutes.notes, (*(said.text for said in minutes.proposals), *_texts(minutes)))


def _texts(paper: Minutes | Breakdown) -> Iterable[str]:
    asked = paper.questions if isinstance(paper, Minutes) else ()
    return (*asked, *(text for line in paper.lines for text in _said(line)))


def _said(line: WorkLine) -> Iterable[str]:
    return (line.section, line.goal, line.text, line.officer, line.target.written, *line.charge.unknown)


def _note_paper(
    meeting: Meeting, kind: str, paper: PaperTold, notes: Sequence[str], texts: Iterable[str]
) -> None:  # fmt: skip
    """What is to be looked at in the whole, until the same kind of paper is taken again."""
    left = ["numbers_left_out"] if any(has_numbers(text) for text in texts) else []
    told = {"kind": kind, "name": paper.name[:120], "digest": paper.digest, "notes": [*notes, *left]}
    meeting.papers = [*(one for one in meeting.papers or () if one["kind"] != kind), told]
    meeting.save(update_fields=["papers"])


@transaction.atomic
def set_questions(*, actor: Actor, meeting_id: UUID, version: int, questions: Sequence[str], now: datetime) -> Meeting:
    """The questions anew. A line that answers one which is gone has to be confirmed again."""
    meeting = get_kept_meeting(actor=actor, meeting_id=meeting_id)
    refuse_approved(meeting)
    refuse_old(meeting, version)
    wanted = list(dict.fromkeys(text for said in questions if (text := said.strip())))
    if not wanted:
        raise Refusal("blueprint.no_question", _("Write down at least one question of the meeting."))
    kept = {question.text: question for question in meeting.questions.all()}
    gone = [question for text, question in kept.items() if text not in wanted]
    refuse_numbers(*wanted)
    answering = meeting.lines.filter(question__in=gone)
    answering.filter(state=LineState.CONFIRMED).update(state=LineState.OPEN)
    answering.update(question=None)
    MeetingQuestion.objects.filter(pk__in=[question.pk for question in gone]).delete()
    for number, question in enumerate(meeting.questions.order_by("number"), 1001):
        MeetingQuestion.objects.filter(pk=question.pk).update(number=number)
    for number, text in enumerate(wanted, 1):
        MeetingQuestion.objects.update_or_create(meeting=meeting, text=text, defaults={"number": number})
    touch(meeting)
    record_act(
        actor=actor, code=QUESTIONED, now=now, subject=meeting_subject(meeting), unit_path=meeting.unit_path,
        questions=len(wanted),
    )  # fmt: skip
    return meeting


def _put_questions(meeting: Meeting, questions: Iterable[str]) -> None:
    MeetingQuestion.objects.bulk_create(
        MeetingQuestion(meeting=meeting, number=number, text=text[:120]) for number, text in enumerate(questions, 1)
    )


@transaction.atomic
def place_speaker(
    *, actor: Actor, meeting_id: UUID, version: int, number: int, unit_code: str, now: datetime
) -> Speaker:  # fmt: skip
    """Of which unit a speaker is whom the minutes name otherwise: its people then read what became of the proposals."""
    meeting = get_kept_meeting(actor=actor, meeting_id=meeting_id)
    refuse_old(meeting, version)
    speaker = meeting.speakers.filter(number=number).first()
    unit = units_to_charge(meeting).filter(code=unit_code).first()
    if speaker is None or unit is None:
        raise Refusal("blueprint.speaker_unit", _("Choose a unit of this district for one of the speakers."))
    speaker.unit, speaker.unit_path = unit, unit.path
    speaker.save(update_fields=["unit", "unit_path"])
    touch(meeting)
    record_act(
        actor=actor, code=PLACED, now=now, subject=meeting_subject(meeting), unit_path=meeting.unit_path, speaker=number
    )
    return speaker


@transaction.atomic
def take_breakdown(
    *, actor: Actor, meeting_id: UUID, breakdown: Breakdown, now: datetime, paper: PaperTold = PaperTold()
) -> int:
    """The lines of a workbook, beside those of the minutes. The same file again changes nothing. Another one takes the
    place of the first, unless somebody has looked at a line of that already: nothing that a person did is lost."""
    meeting = get_kept_meeting(actor=actor, meeting_id=meeting_id)
    refuse_approved(meeting)
    there = meeting.lines.filter(is_decision=False)
    if paper.digest and paper.digest in (one["digest"] for one in meeting.papers or ()):
        return there.count()
    if there.exclude(state=LineState.OPEN).exists():
        raise Refusal(
            "blueprint.breakdown_looked_at",
            _("Lines of the breakdown that is here have been looked at. Change those, or take them back first."),
        )
    there.delete()
    _put_lines(meeting, breakdown.lines, is_decision=False)
    _note_paper(meeting, BREAKDOWN, paper, breakdown.notes, _texts(breakdown))
    touch(meeting)
    record_act(
        actor=actor, code=BROKEN_DOWN, now=now, subject=meeting_subject(meeting), unit_path=meeting.unit_path,
        work_lines=len(breakdown.lines),
    )  # fmt: skip
    return len(breakdown.lines)


def _put_lines(meeting: Meeting, lines: Sequence[WorkLine], *, is_decision: bool) -> None:
    """Numbers of a paper may repeat or be missing: ours count the lines."""
    named = {name for line in lines for name in (line.charge.lead, *line.charge.joint, *_expanded(line))}
    units = _units_by_name(meeting, named)
    PaperLine.objects.bulk_create(
        PaperLine(meeting=meeting, is_decision=is_decision, number=number, **_columns(line, units))
        for number, line in enumerate(lines, 1)
    )


def _expanded(line: WorkLine) -> Iterable[str]:
    return (name for mark in line.charge.marks for name in mark.expands_to)


def _columns(line: WorkLine, units: Mapping[str, Unit]) -> dict[str, Any]:
    """What the paper is sure of. A unit that the paper's words name and the house has not is left to a person, too."""
    lead = units.get(line.charge.lead)
    strange = [name for name in (line.charge.lead, *line.charge.joint) if name and name not in units]
    left = [[entry.field, entry.code] for entry in line.unsure]
    left += [["lead", "lead_unknown"]] if line.charge.lead and lead is None else []
    left += [["joint", "unit_unknown"]] if strange and ["joint", "unit_unknown"] not in left else []
    number = line.target.number
    return {
        "place": line.place, "section": without_numbers(line.section)[:120],
        "goal": without_numbers(line.goal)[:200], "text": without_numbers(line.text), "lead": lead,
        "joint_codes": [units[name].code for name in line.charge.joint if name in units],
        "marks": [_mark(mark.written, mark.expands_to, units) for mark in line.charge.marks],
        "unknown": [without_numbers(name) for name in (*line.charge.unknown, *strange)], "open": left,
        "officer_written": without_numbers(line.officer)[:60],
        "due_on": line.due_on, "due_written": without_numbers(line.deadline.written)[:120],
        "target_text": without_numbers(line.target.written)[:200],
        "target_number": None if number is None else Decimal(str(number)), "target_unit": line.target.unit,
        "target_comparison": line.target.comparison,
    }  # fmt: skip


def _mark(written: str, expands_to: Sequence[str], units: Mapping[str, Unit]) -> dict[str, Any]:
    return {"written": written, "codes": [units[name].code for name in expands_to if name in units]}


def _units_by_name(meeting: Meeting, names: Iterable[str]) -> dict[str, Unit]:
    return {unit.name: unit for unit in units_to_charge(meeting).filter(name__in={name for name in names if name})}


def refuse_approved(meeting: Meeting) -> None:
    if meeting.state == MeetingState.APPROVED:
        raise Refusal(
            "blueprint.meeting_approved",
            _("This meeting is approved: what was decided stays. What is decided otherwise is decided at another one."),
        )


def refuse_old(row: Meeting, version: int) -> None:
    if row.version != version:
        raise Conflict("blueprint.meeting_changed", _("Somebody else has just changed this meeting. Look at it again."))


def touch(meeting: Meeting) -> None:
    meeting.version += 1
    meeting.save(update_fields=["version"])
