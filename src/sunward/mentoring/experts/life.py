"""What can be read from a question itself: when it is due, and whether it can be brought back."""

from datetime import datetime, timedelta

from sunward.mentoring.experts.enums import QuestionState
from sunward.mentoring.experts.rules import SECOND_THOUGHTS_MINUTES
from sunward.mentoring.models import Question


def due_at(question: Question) -> datetime:
    """When the clock of what it waits for runs out: to be taken, or to be answered."""
    if question.state == QuestionState.TAKEN and question.answer_by_at is not None:
        return question.answer_by_at
    return question.take_by_at


def back_until(question: Question) -> datetime | None:
    """Until when whoever took it back can change her mind; None where nothing was taken back."""
    if question.state != QuestionState.WITHDRAWN or question.settled_at is None:
        return None
    return question.settled_at + timedelta(minutes=SECOND_THOUGHTS_MINUTES)


def may_bring_back(question: Question, *, now: datetime) -> bool:
    until = back_until(question)
    return until is not None and now < until
