"""Files opened in an emergency: what is read through the glass, and the list of all that were."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.enums import CASEWORK_ROLES
from sunward.casework.enums import GlassReason
from sunward.casework.glass_access import reviewable_glass, visible_glass
from sunward.casework.models import BrokenGlass, Case
from sunward.casework.timeline import names_of
from sunward.core.furniture import Fact, Look, Moment, Tone
from sunward.mentoring.queries.child_file import FIRST_MOMENTS, AssessmentRow, ChildFile, MatchRow, read_child_file

Text = str | Promise
SHOWN_AT_MOST = 200


@dataclass(frozen=True, slots=True)
class GlassGuardian:
    """Who cares for the child; the telephone is asked of the office that has the file."""

    name: str
    relation: str


@dataclass(frozen=True, slots=True)
class GlassFile:
    """What helps a child now. No sealed value, no consent, no remark of the file's own office is in it."""

    uid: UUID
    reference: str
    name: str
    unit_name: str
    risk: str
    risk_tone: Tone
    facts: tuple[Fact, ...]
    needs: tuple[str, ...]
    assessments: tuple[AssessmentRow, ...]
    guardians: tuple[GlassGuardian, ...]
    matches: tuple[MatchRow, ...]
    moments: tuple[Moment, ...]
    looks: tuple[Look, ...]
    glass_id: UUID
    until_at: datetime
    reason: Text


@dataclass(frozen=True, slots=True)
class GlassRow:
    """One opened file. `words` and `href` are absent for the auditor; `href` also once it has ended."""

    uid: UUID
    reference: str
    who: str
    is_own: bool
    reason: Text
    words: str
    opened_at: datetime
    closes_at: datetime
    state: Text
    tone: Tone
    verdict: Text
    reviewed_by: str
    href_id: UUID | None
    may_end: bool
    may_review: bool


def read_glass_file(case: Case, glass: BrokenGlass, actor: Actor, *, on: date) -> GlassFile:
    """Of a file that came through the glass."""
    whole: ChildFile = read_child_file(case, actor=actor, on=on)
    return GlassFile(
        uid=case.uid,
        reference=whole.reference,
        name=whole.name,
        unit_name=whole.unit_name,
        risk=whole.risk,
        risk_tone=whole.risk_tone,
        facts=whole.facts,
        needs=whole.needs,
        assessments=whole.assessments[:3],
        guardians=tuple(GlassGuardian(row.name, row.relation) for row in whole.guardians if row.until_on is None),
        matches=tuple(row for row in whole.matches if row.is_live),
        moments=whole.moments[:FIRST_MOMENTS],
        looks=whole.looks,
        glass_id=glass.uid,
        until_at=glass.until_at,
        reason=GlassReason(glass.reason).label,
    )


def list_glass(actor: Actor, *, now: datetime) -> tuple[GlassRow, ...]:
    """The latest first; what waits for the actor's word before all. Three queries."""
    found = visible_glass(actor).select_related("case", "user").order_by("-opened_at", "-pk")[:SHOWN_AT_MOST]
    glasses = list(found)
    reviewable = set(reviewable_glass(actor).filter(pk__in=[one.pk for one in glasses]).values_list("pk", flat=True))
    names = names_of(one.reviewed_by_id for one in glasses)
    rows = [_row(one, actor, names.get(one.reviewed_by_id, ""), one.pk in reviewable, now=now) for one in glasses]
    return tuple(sorted(rows, key=lambda row: not row.may_review))


def _row(glass: BrokenGlass, actor: Actor, reviewer: str, may_review: bool, *, now: datetime) -> GlassRow:
    is_open = glass.ended_at is None and glass.until_at > now
    is_own = glass.user_id == actor.user_id
    is_near = actor.has(*CASEWORK_ROLES)
    state, tone = (_("Still open"), "warn") if is_open else (_("Ended"), "off")
    return GlassRow(
        uid=glass.uid,
        reference=glass.case.reference,
        who=str(glass.user),
        is_own=is_own,
        reason=GlassReason(glass.reason).label,
        words=glass.words if is_near else "",
        opened_at=glass.opened_at,
        closes_at=glass.ended_at or glass.until_at,
        state=state,
        tone=tone,  # type: ignore[arg-type]
        verdict=_say_verdict(glass.is_justified),
        reviewed_by=reviewer,
        href_id=glass.case.uid if is_near and (not is_own or is_open) else None,
        may_end=is_open and is_near and (is_own or may_review),
        may_review=may_review,
    )


def _say_verdict(is_justified: bool | None) -> Text:
    return {True: _("It was right"), False: _("It was not right"), None: _("Not judged yet")}[is_justified]
