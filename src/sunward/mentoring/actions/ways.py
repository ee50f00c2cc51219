"""A mentor sets out to a home and says when she is back; if she does not, somebody is told, rung by rung."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import SYSTEM, record_act
from sunward.accounts.deputies import find_deputies
from sunward.accounts.enums import Role
from sunward.accounts.models import User
from sunward.casework.access import case_subject
from sunward.casework.recording import record_case_act
from sunward.core.refusals import Refusal
from sunward.mentoring.access import get_own_match_for_writing, visible_ways, way_not_there
from sunward.mentoring.models import SafeReturn
from sunward.mentoring.notices import Notice, NoticeKind, notices
from sunward.mentoring.rules import ANSWER_LENGTH, WAY_MINUTES
from sunward.mentoring.ways import rung_due


@transaction.atomic
def set_out(*, actor: Actor, match_id: UUID, minutes: int, now: datetime) -> SafeReturn:
    """One way at a time for each child: a second tap gives the way that is open."""
    match = get_own_match_for_writing(actor=actor, match_id=match_id)
    if minutes not in WAY_MINUTES:
        raise Refusal("mentoring.way_too_long", _("Choose one of the times offered."))
    found = SafeReturn.objects.filter(match=match, by_id=actor.user_id, back_at=None, closed_at=None).first()
    if found is not None:
        return found
    way = SafeReturn.objects.create(
        match=match, by_id=actor.user_id, set_out_at=now, expected_back_at=now + timedelta(minutes=minutes)
    )
    _record(way, "mentoring.set_out", actor=actor, now=now)
    return way


@transaction.atomic
def come_back(*, actor: Actor, way_id: UUID, now: datetime) -> SafeReturn:
    """Her own way, whatever has become of the match meanwhile. Said twice is said once."""
    way = _lock(SafeReturn.objects.filter(uid=way_id, by_id=actor.user_id))
    if way.back_at is None and way.closed_at is None:
        way.back_at = now
        way.save(update_fields=["back_at"])
        _record(way, "mentoring.came_back", actor=actor, now=now)
        _calm(way, on=actor.on, now=now)
    return way


def come_back_from(*, actor: Actor, match_id: UUID, now: datetime) -> None:
    """Whoever has written the visit down and is back has come back from it."""
    ways = SafeReturn.objects.filter(by_id=actor.user_id, match__uid=match_id, back_at=None, closed_at=None)
    for way_id in ways.values_list("uid", flat=True):
        come_back(actor=actor, way_id=way_id, now=now)


@transaction.atomic
def close_way(*, actor: Actor, way_id: UUID, words: str, now: datetime) -> SafeReturn:
    """Somebody of the staff knows that she is well, and says from where."""
    way = _lock(visible_ways(actor).filter(uid=way_id))
    if way.back_at is not None or way.closed_at is not None:
        return way
    if not words.strip():
        raise Refusal("mentoring.way_words_missing", _("Write down how you know that she is well."))
    way.closed_at, way.closed_by_id, way.words = now, actor.user_id, words.strip()[:ANSWER_LENGTH]
    way.save(update_fields=["closed_at", "closed_by_id", "words"])
    record_case_act(
        way.match.case, actor=actor, code="mentoring.way_closed", on=actor.on, now=now,
        subject=("safe_return", way.pk),
    )  # fmt: skip
    _calm(way, on=actor.on, now=now, but=actor.user_id)
    return way


@transaction.atomic
def climb(*, way_pk: int, on: date, now: datetime) -> int:
    """Tell every rung that is due and has not been told; returns how many were. Once, whoever else is at it."""
    way = _lock(SafeReturn.objects.filter(pk=way_pk))
    due = rung_due(way.expected_back_at, now=now)
    if way.back_at is not None or way.closed_at is not None or way.rung >= due:
        return 0
    told_before, ladder = way.rung, _ladder(way, on=on)
    way.rung, way.alerted_at = due, way.alerted_at or now
    way.save(update_fields=["rung", "alerted_at"])
    for rung in range(told_before + 1, due + 1):
        for user in ladder[rung - 1]:
            _tell(way, NoticeKind.NOT_BACK, user, rung=rung, now=now, is_urgent=True)
    record_case_act(
        way.match.case, actor=SYSTEM, code="mentoring.not_back", on=on, now=now, subject=("safe_return", way.pk),
        attributes={"rung": due},
    )  # fmt: skip
    return due - told_before


def _lock(found: "QuerySet[SafeReturn]") -> SafeReturn:
    way = found.select_for_update(of=("self",)).select_related("match__case", "match__mentor").first()
    if way is None:
        raise way_not_there()
    return way


def _ladder(way: SafeReturn, *, on: date) -> tuple[tuple[User, ...], ...]:
    """The committee's worker or whoever stands in for her; then, these not having answered, whoever is above."""
    path = way.match.unit_path
    first = find_deputies(Role.WORKER, path, on=on, but={way.by_id})
    return first, find_deputies(Role.WORKER, path, on=on, but={way.by_id, *(user.pk for user in first)})


def _calm(way: SafeReturn, *, on: date, now: datetime, but: int = 0) -> None:
    """Whoever was told that she is not back hears that she is."""
    for rung, users in enumerate(_ladder(way, on=on)[: way.rung] if way.rung else (), start=1):
        for user in users:
            if user.pk != but:
                _tell(way, NoticeKind.BACK_AFTER_ALL, user, rung=rung, now=now)


def _tell(way: SafeReturn, kind: NoticeKind, user: User, *, rung: int, now: datetime, is_urgent: bool = False) -> None:
    notice = Notice(
        key=f"way:{way.uid}:{kind}:{rung}:{user.pk}", kind=kind, reference=way.match.mentor.reference,
        user_id=user.pk, unit_path=way.match.unit_path, path=reverse("mentoring:way", args=[way.uid]),
        is_urgent=is_urgent,
    )  # fmt: skip
    notices.send(sender=SafeReturn, notice=notice, now=now)


def _record(way: SafeReturn, code: str, *, actor: Actor, now: datetime) -> None:
    record_act(
        actor=actor, code=code, now=now, subject=case_subject(way.match.case), unit_path=way.match.unit_path,
        match=way.match_id, way=way.pk,
    )  # fmt: skip
