"""A meeting on one page: what it asked, who proposed what, what was read of its papers, and what was decided."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from sunward.accounts.access import Actor
from sunward.blueprint.access import kept_paths
from sunward.blueprint.enums import Answer, LineState
from sunward.blueprint.models import Decision, DeliveryPlan, Meeting, MeetingProposal, PaperLine, WorkItem
from sunward.blueprint.queries.line_page import TONES
from sunward.blueprint.queries.stocktake import Agenda, read_frozen
from sunward.blueprint.reading.wording import SENTENCES
from sunward.core.furniture import Fact, Step, Text, Tone

ANSWER_TONES: dict[str, Tone] = {
    Answer.ACCEPTED: "good", Answer.MERGED: "info", Answer.PARKED: "calm", Answer.DECLINED: "off",
}  # fmt: skip
_PAPERS: dict[str, Text] = {
    "minutes": pgettext_lazy("paper", "Minutes"),
    "breakdown": gettext_lazy("Breakdown of work"),
}


@dataclass(frozen=True, slots=True)
class LineRow:
    """`open`: what the paper leaves to a person, once each."""

    number: int
    uid: UUID
    goal: str
    text: str
    lead: str
    ends_on: date | None
    word: Text
    tone: Tone
    is_open: bool
    open: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class WorkLink:
    number: int
    href: str
    lead: str
    ends_on: date | None
    changes: tuple["Otherwise", ...]


@dataclass(frozen=True, slots=True)
class Otherwise:
    """Another decision, of another meeting, and what it changed."""

    title: str
    href: str
    day: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class DecisionRow:
    number: int
    topic: str
    text: str
    work: tuple[WorkLink, ...]
    instead_of: Otherwise | None
    otherwise: tuple[Otherwise, ...]


@dataclass(frozen=True, slots=True)
class ProposalRow:
    number: int
    uid: UUID
    text: str
    word: Text
    tone: Tone
    is_answered: bool
    is_late: bool
    reason: str
    merged_into: int | None
    answered_on: date | None


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """`unit` is empty where nobody knows the unit that the paper names (`written`)."""

    number: int
    name: str
    unit: str
    written: str
    proposals: tuple[ProposalRow, ...]


@dataclass(frozen=True, slots=True)
class PaperRow:
    kind: Text
    name: str
    notes: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class MeetingPage:
    uid: UUID
    version: int
    title: str
    is_approved: bool
    is_kept: bool
    facts: tuple[Fact, ...]
    steps: tuple[Step, ...]
    questions: tuple[str, ...]
    papers: tuple[PaperRow, ...]
    lines: tuple[tuple[Text, tuple[LineRow, ...]], ...]
    left_out: tuple[LineRow, ...]
    decisions: tuple[DecisionRow, ...]
    speakers: tuple[SpeakerRow, ...]
    proposals: int
    unanswered: int
    open_lines: int
    confirmed: int
    next_open: UUID | None
    plan_href: str
    may_approve: bool
    agenda: Agenda | None
    agenda_href: str
    may_discard: bool
    has_breakdown: bool


def read_meeting(actor: Actor, meeting: Meeting, *, on: date) -> MeetingPage:
    """A dozen queries, however much was said."""
    is_kept = meeting.unit_path in kept_paths(actor)
    questions = tuple(one.text for one in meeting.questions.order_by("number"))
    lines = list(meeting.lines.select_related("lead").order_by("-is_decision", "number")) if is_kept else []
    speakers = _speakers(meeting, on=on)
    proposals = [proposal for speaker in speakers for proposal in speaker.proposals]
    open_lines = [line for line in lines if line.state == LineState.OPEN]
    confirmed = [line for line in lines if line.state == LineState.CONFIRMED]
    plan = DeliveryPlan.objects.filter(meeting=meeting).values_list("uid", flat=True).first()
    shown = [] if meeting.is_approved else lines
    return MeetingPage(
        uid=meeting.uid, version=meeting.version, title=meeting.title, is_approved=meeting.is_approved,
        is_kept=is_kept, facts=_facts(meeting), steps=_steps(meeting, lines, open_lines), questions=questions,
        papers=_papers(meeting, questions, lines, speakers) if is_kept and not meeting.is_approved else (),
        lines=_groups(shown), left_out=tuple(_line(line) for line in lines if line.state == LineState.LEFT_OUT),
        decisions=_decisions(meeting) if meeting.is_approved else (), speakers=speakers, proposals=len(proposals),
        unanswered=sum(not one.is_answered for one in proposals), open_lines=len(open_lines),
        confirmed=len(confirmed), next_open=open_lines[0].uid if open_lines else None,
        plan_href=reverse("blueprint:plan", args=[plan]) if plan else "",
        may_approve=not open_lines and (
            any(line.is_decision for line in confirmed) or (meeting.looks_at_id is not None and not confirmed)
        ),
        agenda=read_frozen(meeting) if meeting.looks_at_id else None,
        agenda_href=reverse("blueprint:plan_stocktake", args=[meeting.looks_at.uid]) if meeting.looks_at else "",
        may_discard=not any(one.is_answered for one in proposals),
        has_breakdown=any(not line.is_decision for line in lines),
    )  # fmt: skip


def _facts(meeting: Meeting) -> tuple[Fact, ...]:
    facts = [
        Fact(_("Day"), meeting.met_on), Fact(_("Place"), meeting.venue), Fact(_("Chair"), meeting.chair),
        Fact(_("Who attended"), meeting.attended), Fact(_("Every proposal is answered by"), meeting.answers_due_on),
    ]  # fmt: skip
    return (*facts, *([Fact(_("Approved on"), meeting.approved_on)] if meeting.is_approved else []))


def _steps(meeting: Meeting, lines: Sequence[PaperLine], open_lines: Sequence[PaperLine]) -> tuple[Step, ...]:
    names = (_("Written down"), _("Every line looked at"), _("Approved, and a plan"))
    done = 3 if meeting.is_approved else 2 if lines and not open_lines else 1
    return tuple(
        Step(name, "done" if number < done else "current" if number == done else "ahead")
        for number, name in enumerate(names)
    )


def _groups(lines: Sequence[PaperLine]) -> tuple[tuple[Text, tuple[LineRow, ...]], ...]:
    groups = (
        (pgettext("meeting", "Decisions"), tuple(_line(line) for line in lines if line.is_decision)),
        (_("Lines of the breakdown"), tuple(_line(line) for line in lines if not line.is_decision)),
    )
    return tuple(group for group in groups if group[1])


def _line(line: PaperLine) -> LineRow:
    return LineRow(
        number=line.number, uid=line.uid, goal=line.goal, text=line.text, lead=line.lead.name if line.lead else "",
        ends_on=line.due_on or line.review_on, word=line.get_state_display(), tone=TONES[line.state],
        is_open=line.state == LineState.OPEN, open=tuple(dict.fromkeys(SENTENCES[code] for _field, code in line.open)),
    )  # fmt: skip


def _speakers(meeting: Meeting, *, on: date) -> tuple[SpeakerRow, ...]:
    said: dict[int, list[ProposalRow]] = defaultdict(list)
    for row in meeting.proposals.select_related("merged_into").order_by("number"):
        said[row.speaker_id].append(read_proposal(row, meeting, on=on))
    return tuple(
        SpeakerRow(one.number, one.name, one.unit.name if one.unit else "", one.unit_written, tuple(said[one.pk]))
        for one in meeting.speakers.select_related("unit").order_by("number")
    )


def read_proposal(row: MeetingProposal, meeting: Meeting, *, on: date) -> ProposalRow:
    is_late = not row.answer and meeting.answers_due_on < on
    word = row.get_answer_display() if row.answer else _("Answer is overdue") if is_late else _("Waits for an answer")
    return ProposalRow(
        number=row.number, uid=row.uid, text=row.text, word=word,
        tone=ANSWER_TONES[row.answer] if row.answer else "urgent" if is_late else "warn",
        is_answered=bool(row.answer), is_late=is_late, reason=row.reason,
        merged_into=row.merged_into.number if row.merged_into else None, answered_on=row.answered_on,
    )  # fmt: skip


def _papers(
    meeting: Meeting, questions: Sequence[str], lines: Sequence[PaperLine], speakers: Sequence[SpeakerRow]
) -> tuple[PaperRow, ...]:
    """What a person has settled since is not told any more."""
    settled = {
        "no_questions": bool(questions),
        "no_decisions": any(line.is_decision for line in lines),
        "no_speeches": bool(speakers),
        "speaker_unknown": all(speaker.unit for speaker in speakers),
    }
    return tuple(
        PaperRow(
            _PAPERS[paper["kind"]],
            paper["name"],
            tuple(SENTENCES[code] for code in paper["notes"] if not settled.get(code)),
        )
        for paper in meeting.papers or ()
    )


def _decisions(meeting: Meeting) -> tuple[DecisionRow, ...]:
    rows = list(meeting.decisions.select_related("instead_of__meeting").order_by("number"))
    later = Decision.objects.filter(instead_of__in=rows).select_related("meeting").order_by("decided_on", "pk")
    replaced: dict[int | None, list[Otherwise]] = defaultdict(list)
    for one in later:
        replaced[one.instead_of_id].append(_otherwise(one))
    items = WorkItem.objects.filter(decision__in=rows).select_related("lead").order_by("number")
    work: dict[int | None, list[WorkLink]] = defaultdict(list)
    for item in items.prefetch_related("lead_changes__decision__meeting", "lead_changes__to_unit"):
        work[item.decision_id].append(_work(item, item.lead_changes.all()))
    return tuple(
        DecisionRow(
            number=row.number, topic=row.topic, text=row.text, work=tuple(work[row.pk]),
            instead_of=_otherwise(row.instead_of) if row.instead_of else None, otherwise=tuple(replaced[row.pk]),
        )
        for row in rows
    )  # fmt: skip


def _work(item: WorkItem, changes: Iterable[Any]) -> WorkLink:
    told = tuple(
        _otherwise(change.decision, note=_("%(unit)s leads from then on") % {"unit": change.to_unit.name})
        for change in changes
    )
    href = reverse("blueprint:work", args=[item.uid])
    return WorkLink(item.number, href, item.lead.name, item.due_on or item.review_on, told)


def _otherwise(decision: Decision, note: str = "") -> Otherwise:
    href = reverse("blueprint:meeting", args=[decision.meeting.uid]) + f"#decision-{decision.number}"
    title = f"{decision.meeting.title} {decision.number}. {decision.topic}".strip()
    return Otherwise(title, href, decision.decided_on, note)
