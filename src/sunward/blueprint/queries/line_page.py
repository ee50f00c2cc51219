"""A line of a paper as the page of its confirmation shows it, and what can be chosen there."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from sunward.accounts.enums import UnitKind
from sunward.blueprint.access import earlier_decisions, units_to_charge
from sunward.blueprint.enums import LineState
from sunward.blueprint.models import Meeting, PaperLine
from sunward.blueprint.reading.wording import SENTENCES
from sunward.core.furniture import Text, Tone

Choice = tuple[str, Any]
TONES: dict[str, Tone] = {LineState.OPEN: "warn", LineState.CONFIRMED: "good", LineState.LEFT_OUT: "off"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A word for several units; `codes` are those that it may stand for, none if only a person can say."""

    written: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LineShown:
    """`open` by field: the sentences about what the paper leaves open. `values` fill the form."""

    uid: UUID | None
    version: int
    number: int
    is_decision: bool
    met_on: date
    state: str
    word: Text
    tone: Tone
    text: str
    due_written: str
    target_written: str
    marks: tuple[Mark, ...]
    unknown: tuple[str, ...]
    open: Mapping[str, tuple[Text, ...]]
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LineChoices:
    """`grouped` are the units by kind, for a list to choose one from."""

    units: tuple[Choice, ...]
    grouped: tuple[Choice, ...]
    questions: tuple[Choice, ...]
    decisions: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands among those of its meeting."""

    position: int
    total: int
    left: int
    previous: UUID | None
    next: UUID | None
    next_open: UUID | None


def read_line(line: PaperLine) -> LineShown:
    told: dict[str, list[Text]] = defaultdict(list)
    for field, code in line.open:
        told[field].append(SENTENCES[code])
    values = {
        "goal": line.goal, "section": line.section, "text": line.text, "question": line.question_id,
        "lead": line.lead.code if line.lead else "", "joint": line.joint_codes, "due_on": line.due_on,
        "review_on": line.review_on, "target_text": line.target_text, "target_number": _plain(line.target_number),
        "target_unit": line.target_unit, "target_comparison": line.target_comparison,
        "officer_written": line.officer_written, "instead_of": line.instead_of.uid if line.instead_of else "",
    }  # fmt: skip
    return LineShown(
        uid=line.uid, version=line.version, number=line.number, is_decision=line.is_decision,
        met_on=line.meeting.met_on, state=line.state, word=line.get_state_display(), tone=TONES[line.state],
        text=line.text, due_written=line.due_written, target_written=line.target_text,
        marks=tuple(Mark(mark["written"], tuple(mark["codes"])) for mark in line.marks), unknown=tuple(line.unknown),
        open={field: tuple(dict.fromkeys(sentences)) for field, sentences in told.items()}, values=values,
    )  # fmt: skip


def _plain(number: Decimal | None) -> str:
    """12 rather than 12.00."""
    return "" if number is None else f"{number:f}".rstrip("0").rstrip(".") if number % 1 else f"{number:.0f}"


def empty_line(meeting: Meeting, *, is_decision: bool = True) -> LineShown:
    """One that stands in no paper."""
    values = dict.fromkeys(
        ("goal", "section", "text", "question", "lead", "target_text", "target_unit", "officer_written"), ""
    )
    return LineShown(
        None, 0, 0, is_decision, meeting.met_on, LineState.OPEN, "", "warn", "", "", "", (), (), {},
        {**values, "joint": []},
    )  # fmt: skip


def list_choices(meeting: Meeting) -> LineChoices:
    units = list(units_to_charge(meeting).order_by("code"))
    groups = [
        (word, [(unit.code, unit.name) for unit in units if unit.kind == kind])
        for word, kind in ((_("Offices"), UnitKind.DEPARTMENT), (_("Sub-districts"), UnitKind.SUBDISTRICT))
    ]
    earlier = earlier_decisions(meeting).select_related("meeting").order_by("-decided_on", "meeting", "number")
    return LineChoices(
        units=tuple((unit.code, unit.name) for unit in units),
        grouped=tuple((word, choices) for word, choices in groups if choices),
        questions=tuple((str(one.pk), f"{one.number}. {one.text}") for one in meeting.questions.order_by("number")),
        decisions=tuple(
            (str(one.uid), f"{one.decided_on} {one.meeting.title} {one.number}. {one.topic or one.text[:40]}")
            for one in earlier
        ),
    )


def read_place(line: PaperLine) -> Place:
    """`next_open` is the next one to be looked at, after this one and then from the beginning."""
    rows: Sequence[tuple[UUID, str]] = list(
        line.meeting.lines.order_by("-is_decision", "number").values_list("uid", "state")
    )
    at = [uid for uid, _state in rows].index(line.uid)
    ahead = [uid for uid, state in (*rows[at + 1 :], *rows[:at]) if state == LineState.OPEN]
    return Place(
        position=at + 1, total=len(rows), left=sum(state == LineState.OPEN for _uid, state in rows),
        previous=rows[at - 1][0] if at else None, next=rows[at + 1][0] if at + 1 < len(rows) else None,
        next_open=ahead[0] if ahead else None,
    )  # fmt: skip
