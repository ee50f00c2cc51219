"""What is said under a visit: the staff read it and answer, the mentor answers back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework.actions.services import RECORD_SUBJECT
from sunward.casework.recording import record_case_act
from sunward.core.refusals import Refusal
from sunward.mentoring.access import own_visits, visible_visits, visit_not_there
from sunward.mentoring.enums import READING_STATES
from sunward.mentoring.models import Visit, VisitAnswer
from sunward.mentoring.notices import Notice, NoticeKind, notices
from sunward.mentoring.rules import ANSWER_LENGTH


@transaction.atomic
def mark_read(*, actor: Actor, record_id: UUID, now: datetime) -> Visit:
    """The first of the staff who has read it; whoever reads it later changes nothing."""
    visit = _lock_for_staff(actor, record_id)
    _mark(visit, actor=actor, now=now)
    return visit


@transaction.atomic
def answer_visit(*, actor: Actor, record_id: UUID, key: UUID, words: str, now: datetime) -> VisitAnswer:
    """Whoever answers has read it. The same key twice is one answer; the mentor is told while she can read it."""
    visit = _lock_for_staff(actor, record_id)
    answer, is_new = _write(visit, actor=actor, key=key, words=words, now=now)
    if is_new:
        _mark(visit, actor=actor, now=now)
        if visit.match.state in READING_STATES and visit.record.by_id:
            path = reverse("mentoring:own_child", args=[visit.match.uid])
            _tell(answer, NoticeKind.VISIT_ANSWERED, visit.record.by_id, path=path, now=now)
    return answer


@transaction.atomic
def reply_to_answer(*, actor: Actor, record_id: UUID, key: UUID, words: str, now: datetime) -> VisitAnswer:
    """The mentor answers back under her own visit; whoever of the staff spoke last is told."""
    found = own_visits(actor).filter(record__uid=record_id).select_for_update(of=("self",))
    visit = found.select_related("match__case", "match__mentor", "record").first()
    last = visit.answers.exclude(by_id=actor.user_id).order_by("-pk").first() if visit else None
    if visit is None or last is None:
        raise visit_not_there()
    answer, is_new = _write(visit, actor=actor, key=key, words=words, now=now)
    if is_new:
        path = reverse("mentoring:child_visit", args=[record_id])
        _tell(answer, NoticeKind.MENTOR_REPLIED, last.by_id, path=path, now=now)
    return answer


def _lock_for_staff(actor: Actor, record_id: UUID) -> Visit:
    found = visible_visits(actor).filter(record__uid=record_id).select_for_update(of=("self",))
    visit = found.select_related("match__case", "match__mentor", "record").first()
    if visit is None:
        raise visit_not_there()
    if visit.record.by_id == actor.user_id:
        raise Refusal("mentoring.own_visit_unread", _("This is your own visit; somebody else reads it."))
    return visit


def _mark(visit: Visit, *, actor: Actor, now: datetime) -> None:
    if visit.read_at is not None:
        return
    visit.read_by_id, visit.read_at = actor.user_id, now
    visit.save(update_fields=["read_by", "read_at"])
    record_case_act(
        visit.match.case, actor=actor, code="mentoring.visit_read", on=actor.on, now=now,
        subject=(RECORD_SUBJECT, visit.record_id),
    )  # fmt: skip


def _write(visit: Visit, *, actor: Actor, key: UUID, words: str, now: datetime) -> tuple[VisitAnswer, bool]:
    known = VisitAnswer.objects.filter(uid=key).first()
    if known is not None:
        if (known.visit_id, known.by_id) != (visit.pk, actor.user_id):
            raise visit_not_there()
        return known, False
    if not words.strip():
        raise Refusal("mentoring.answer_empty", _("Write a word or two."))
    if len(words) > ANSWER_LENGTH:
        raise Refusal("mentoring.answer_too_long", _("The answer is too long. Shorten it a little."))
    answer = VisitAnswer.objects.create(
        uid=key, visit=visit, by_id=actor.user_id, words=words.strip(), written_at=now
    )  # fmt: skip
    record_case_act(
        visit.match.case, actor=actor, code="mentoring.visit_answered", on=actor.on, now=now,
        subject=(RECORD_SUBJECT, visit.record_id),
    )  # fmt: skip
    return answer, True


def _tell(answer: VisitAnswer, kind: NoticeKind, user_id: int, *, path: str, now: datetime) -> None:
    match = answer.visit.match
    notice = Notice(
        key=f"visit-answer:{answer.uid}", kind=kind, reference=match.mentor.reference, user_id=user_id,
        unit_path=match.unit_path, path=path,
    )  # fmt: skip
    notices.send(sender=VisitAnswer, notice=notice, now=now)
