"""Who has to hear of a question: whoever asked it, the experts in whose fields it waits, the officer when it is late.

Whoever can no longer read a question is told nothing of it. Told again is only who has something newer to hear of.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime

from django.db.models import F, Max, Q
from django.urls import reverse
from django.utils.timezone import localdate

from sunward.accounts.access import Actor, read_actor
from sunward.accounts.deputies import find_deputies, holders
from sunward.accounts.enums import Role
from sunward.accounts.models import Absence, Assignment, User
from sunward.accounts.scopes import below
from sunward.ledger.models import Fact
from sunward.mentoring.access import own_matches
from sunward.mentoring.experts.access import (
    QUESTION_SUBJECT,
    TEAM_ROLES,
    expert_questions,
    overdue,
    own_questions,
    staff_questions,
)
from sunward.mentoring.experts.enums import QuestionState
from sunward.mentoring.experts.life import due_at
from sunward.mentoring.experts.news import QuestionNews, QuestionNewsKind
from sunward.mentoring.models import Expert, Question, QuestionWord
from sunward.outreach.models import Message

# The acts after which a question waits for an expert.
_WAITS_SINCE = tuple(f"mentoring.question_{step}" for step in ("asked", "given_back", "released", "brought_back"))
# To be taken, or asked on since whoever has taken it has answered.
_WAITING = Q(state=QuestionState.ASKED) | Q(state=QuestionState.TAKEN, answered_at__gte=F("taken_at"))


def tell_asker(question: Question, kind: QuestionNewsKind, *, occasion: int, on: date) -> Iterator[QuestionNews]:
    """To whoever asked. An answer that she can no longer read is for the committee: the child is still there.

    `occasion` tells one taking, or one answer, from the next.
    """
    asker = read_actor(question.asked_by, on=on) if question.asked_by.is_active else None
    key = f"question:{question.pk}:{kind}:{occasion}"
    if asker is not None and staff_questions(asker).filter(pk=question.pk).exists():
        yield _tell_staff(question, kind, asker.user_id, key=key)
    elif asker is not None and own_questions(asker).filter(pk=question.pk).exists():
        match = own_matches(asker).filter(case_id=question.case_id).order_by("-pk")[0]
        path = reverse("mentoring:own_question", args=[match.uid, question.uid])
        yield QuestionNews(key, kind, (question.reference,), asker.user_id, question.unit_path, path, is_volunteer=True)
    elif kind == QuestionNewsKind.ANSWERED:
        for user in find_deputies(Role.WORKER, question.unit_path, on=on):
            yield _tell_staff(question, kind, user.pk, key=f"{key}:{user.pk}")


def _tell_staff(question: Question, kind: QuestionNewsKind, user_id: int, *, key: str) -> QuestionNews:
    path = reverse("mentoring:child_question", args=[question.case.uid, question.uid])
    return QuestionNews(key, kind, (question.reference,), user_id, question.unit_path, path)


def list_waiting_news(*, on: date) -> Iterator[QuestionNews]:
    """To each expert once a day at most, if something waits that is newer than what she was last told of.

    One query where nothing waits, else three, and five for each expert who has not been told today.
    """
    if not Question.objects.filter(_WAITING).exists():
        return
    standing = Expert.objects.filter(joined_on__lte=on).filter(Q(left_on=None) | Q(left_on__gt=on))
    # Her colleagues answer meanwhile; when she is back she hears of what still waits.
    there = standing.filter(user__is_active=True).exclude(user__in=Absence.objects.current(on=on).values("user_id"))
    experts = list(there.select_related("user").order_by("pk"))
    told = _last_told(QuestionNewsKind.WAITING, [expert.user_id for expert in experts])
    for expert in experts:
        last = told.get(expert.user_id)
        if last is not None and localdate(last) >= on:
            continue
        found = _find_waiting(read_actor(expert.user, on=on))
        if found and (last is None or _waits_since(found, expert.user_id) > last):
            yield QuestionNews(
                f"question_waiting:{on.isoformat()}:{expert.user_id}", QuestionNewsKind.WAITING,
                tuple(question.reference for question in found), expert.user_id, expert.unit_path, reverse("home"),
            )  # fmt: skip


def _find_waiting(actor: Actor) -> list[Question]:
    """What she may take, and what she has answered and is asked on."""
    return list(expert_questions(actor).filter(_WAITING).order_by("take_by_at", "pk").defer("words"))


def _waits_since(found: Collection[Question], user_id: int) -> datetime:
    """When the newest of these began to wait for her. What she has given back herself is nothing new to her."""
    pks = [question.pk for question in found]
    acts = Fact.objects.filter(subject_kind=QUESTION_SUBJECT, subject_id__in=pks, kind__in=_WAITS_SINCE)
    acted = acts.exclude(actor_id=user_id).aggregate(at=Max("recorded_at"))["at"]
    asked_on = QuestionWord.objects.filter(question__in=pks, is_expert=False, question__taken_by_id=user_id)
    added = asked_on.aggregate(at=Max("written_at"))["at"]
    moments: list[datetime] = [at for at in (acted, added) if at is not None]
    return max([*moments, *(question.asked_at for question in found)])


def list_late_news(*, on: date, now: datetime) -> Iterator[QuestionNews]:
    """To whoever keeps a team, in the morning, if more is late than when she was last told."""
    held = Assignment.objects.current(on=on).filter(role__in=TEAM_ROLES).order_by()
    for path in sorted(set(held.values_list("unit__path", flat=True))):
        late = list(
            Question.objects.filter(below((path,))).filter(overdue(by=now)).order_by("asked_at", "pk").defer("words")
        )
        if late:
            yield from _tell_keepers(path, late, on=on)


def _tell_keepers(path: str, late: list[Question], *, on: date) -> Iterator[QuestionNews]:
    users = _find_keepers(path, on=on)
    told = _last_told(QuestionNewsKind.LATE, [user.pk for user in users], path)
    newest = max(due_at(question) for question in late)
    references = tuple(question.reference for question in late)
    for user in users:
        last = told.get(user.pk)
        if last is None or newest > last:
            yield QuestionNews(
                f"question_late:{on.isoformat()}:{path}:{user.pk}", QuestionNewsKind.LATE, references, user.pk, path,
                reverse("mentoring:expert_team"),
            )  # fmt: skip


def _find_keepers(path: str, *, on: date) -> tuple[User, ...]:
    """Those who are there; if all are away, all of them: it shall not be that nobody was told."""
    return find_deputies(Role.DISTRICT_OFFICER, path, on=on) or holders(Role.DISTRICT_OFFICER, path, on=on)


def _last_told(kind: QuestionNewsKind, user_ids: Iterable[int], path: str = "") -> dict[int, datetime]:
    """By user: when a message of this kind was last written to her. One query."""
    found = Message.objects.filter(user__in=list(user_ids), about=kind.about)
    if path:
        found = found.filter(unit_path=path)
    return dict(found.order_by().values("user_id").annotate(at=Max("made_at")).values_list("user_id", "at"))
