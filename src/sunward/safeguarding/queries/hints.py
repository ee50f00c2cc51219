"""Hints as the two sides see them: one's own item by its reference, of the other only whom to call."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse

from sunward.accounts.access import Actor
from sunward.accounts.models import Unit
from sunward.casework.models import Case
from sunward.core.furniture import Text, Tone
from sunward.core.wording import join_words
from sunward.safeguarding.access.worries import office_path, sides_of, triaged_paths, visible_hints, who_answers
from sunward.safeguarding.enums import HintState
from sunward.safeguarding.hinting import WORDS
from sunward.safeguarding.models import Hint, Worry
from sunward.safeguarding.queries.worries import path_of_case

TONES: dict[str, Tone] = {HintState.OPEN: "warn", HintState.SAME: "good", HintState.DIFFERENT: "off"}


@dataclass(frozen=True, slots=True)
class OwnSide:
    """What the actor may open: her worry, or her file."""

    reference: str
    path: str


@dataclass(frozen=True, slots=True)
class OtherSide:
    """Whom to talk to. Whether it is a worry or a file over there, and which, stands nowhere."""

    unit_name: str
    colleagues: str
    phone: str


@dataclass(frozen=True, slots=True)
class HintRow:
    uid: UUID
    own: tuple[OwnSide, ...]
    others: tuple[OtherSide, ...]
    reasons: str
    state: Text
    tone: Tone
    is_open: bool
    made_at: datetime


def list_hints(actor: Actor) -> QuerySet[Hint]:
    found = visible_hints(actor).select_related("worry", "other_worry", "other_case")
    return found.order_by("-made_at", "-pk")


def list_hints_of(worry: Worry, actor: Actor) -> QuerySet[Hint]:
    """On the page of a worry: those that speak of it."""
    return list_hints(actor).filter(Q(worry=worry) | Q(other_worry=worry))


def read_hints(hints: Iterable[Hint], *, actor: Actor, on: date) -> tuple[HintRow, ...]:
    """One query for the names of the offices, and one for each office on the other side."""
    rows = list(hints)
    paths = {office_path(side.unit_path) for hint in rows for side in sides_of(hint)}
    offices = {unit.path: unit for unit in Unit.objects.filter(path__in=paths)}
    colleagues: dict[str, str] = {}

    def other_side(path: str) -> OtherSide:
        if path not in colleagues:
            colleagues[path] = join_words(str(user) for user in who_answers(path, on=on))
        office = offices.get(path)
        return OtherSide(office.name if office else "", colleagues[path], office.phone if office else "")

    return tuple(_row(hint, actor=actor, other_side=other_side) for hint in rows)


def _row(hint: Hint, *, actor: Actor, other_side: Callable[[str], OtherSide]) -> HintRow:
    held = triaged_paths(actor)
    own, others = [], []
    for side in sides_of(hint):
        if side.unit_path.startswith(held):
            own.append(_own(side))
        else:
            others.append(other_side(office_path(side.unit_path)))
    return HintRow(
        uid=hint.uid, own=tuple(own), others=tuple(others),
        reasons=join_words(str(WORDS[code]) for code in hint.reasons if code in WORDS),
        state=HintState(hint.state).label, tone=TONES[hint.state], is_open=hint.state == HintState.OPEN,
        made_at=hint.made_at,
    )  # fmt: skip


def _own(side: Worry | Case) -> OwnSide:
    if isinstance(side, Worry):
        return OwnSide(side.reference, reverse("safeguarding:worry", args=[side.uid]))
    return OwnSide(side.reference, path_of_case(side))
