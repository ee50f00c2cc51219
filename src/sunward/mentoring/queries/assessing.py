"""Assessments in words: what the ticks come to, and what was ticked before."""

from dataclasses import dataclass
from datetime import date

from sunward.casework.enums import AssessmentState
from sunward.casework.models import Case, RiskAssessment
from sunward.casework.risk_tables import Ticks, words_of
from sunward.core.furniture import Text, Tone
from sunward.mentoring.queries.children import RISK_TONES
from sunward.mentoring.risk_tables import TABLES


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """`score` is shown beside the points from which the levels begin."""

    level: Text
    tone: Tone
    score: int
    medium_from: int
    high_from: int
    is_emergency: bool


@dataclass(frozen=True, slots=True)
class LastTicked:
    on: date
    signs: tuple[Text, ...]


def describe_judgement(ticks: Ticks) -> JudgedRow:
    judged = ticks.judgement
    return JudgedRow(
        level=judged.level.label,
        tone=RISK_TONES[judged.level],
        score=judged.score,
        medium_from=ticks.table.medium_from,
        high_from=ticks.table.high_from,
        is_emergency=judged.is_emergency,
    )


def signs_of(assessment: RiskAssessment) -> tuple[Text, ...]:
    """What was ticked, emergencies first, in the words of the table it was ticked in."""
    return words_of(TABLES, version=assessment.table, codes=(*assessment.triggers, *assessment.indicators))


def last_ticked(case: Case) -> LastTicked | None:
    """What was ticked when the table was last used. One query."""
    held = case.assessments.exclude(table="").filter(state=AssessmentState.IN_FORCE)
    latest = held.order_by("-assessed_on", "-pk").first()
    return LastTicked(latest.assessed_on, signs_of(latest)) if latest else None
