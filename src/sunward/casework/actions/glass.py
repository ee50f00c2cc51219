"""Opening a file that is not one's own, in an emergency: with a reason, a notice and an end; to read and no more."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.accounts.deputies import find_deputies
from sunward.accounts.enums import CASEWORK_ROLES, Role
from sunward.accounts.models import User
from sunward.accounts.scopes import below
from sunward.audit.models import AuditEntry
from sunward.casework.access import visible_cases
from sunward.casework.enums import GlassReason
from sunward.casework.glass_access import glass_not_there, reviewable_glass
from sunward.casework.glass_news import GlassNews, glass_broken
from sunward.casework.glass_rules import (
    GLASS_A_DAY,
    GLASS_AT_ONCE,
    GLASS_DAY,
    GLASS_LASTS,
    GLASS_TRIES,
    GLASS_TRIES_WITHIN,
    GLASS_WORDS_AT_LEAST,
)
from sunward.casework.models import BrokenGlass, Case
from sunward.casework.recording import record_case_act
from sunward.core.refusals import NotAllowed, NotThere, Refusal

GLASS_SUBJECT = "broken_glass"
_MISSED = "casework.glass_missed"
_REFERENCE = re.compile(r"C?0*(\d{1,9})", re.IGNORECASE)


def break_glass(
    *, actor: Actor, programme: str, reference: str, reason: GlassReason, words: str, on: date, now: datetime
) -> BrokenGlass:
    """Read a file by its number for some hours. Whatever is wrong with the number, the answer is the same, and the try
    is counted also when it is refused."""
    if not actor.has(*CASEWORK_ROLES):
        raise NotAllowed("casework.glass_not_yours", _("Only whoever works with children's files can do this."))
    if len(words.strip()) < GLASS_WORDS_AT_LEAST:
        raise Refusal("casework.glass_unexplained", _("Say in a sentence what has happened; it is read by others."))
    glass = _try(actor, programme, reference, reason, words.strip(), on=on, now=now)
    if glass is None:
        raise NotThere("casework.glass_nowhere", _("No file is found under this number. Check it, or call the office."))
    return glass


@transaction.atomic
def _try(
    actor: Actor, programme: str, reference: str, reason: GlassReason, words: str, *, on: date, now: datetime
) -> BrokenGlass | None:
    # One at a time of each user, so that no two count past each other.
    User.objects.select_for_update(of=("self",)).get(pk=actor.user_id)
    _refuse_too_many(actor, now=now)
    case = _find(actor, programme, reference)
    if case is None:
        record_act(actor=actor, code=_MISSED, now=now)
        return None
    if visible_cases(actor).filter(pk=case.pk).exists():
        raise Refusal("casework.file_is_yours", _("This file is yours. Look for it in your list."))
    own = BrokenGlass.objects.open(now=now).filter(user=actor.user_id)
    standing = own.filter(case=case).first()
    if standing is not None:
        return standing
    if own.count() >= GLASS_AT_ONCE:
        raise Refusal("casework.glass_enough", _("You have other files open like this. End one of them first."))
    if BrokenGlass.objects.filter(user=actor.user_id, opened_at__gt=now - GLASS_DAY).count() >= GLASS_A_DAY:
        raise Refusal(
            "casework.glass_enough_today",
            _("You have opened many files like this since yesterday. Call the office that has this one."),
        )
    return _break(actor, case, reason, words, on=on, now=now)


def _break(actor: Actor, case: Case, reason: GlassReason, words: str, *, on: date, now: datetime) -> BrokenGlass:
    glass = BrokenGlass.objects.create(
        case=case, user_id=actor.user_id, reason=reason, words=words, opened_at=now, until_at=now + GLASS_LASTS,
        unit_path=case.unit_path,
    )  # fmt: skip
    for user in _responsible(case, on=on):
        if user.pk != actor.user_id:
            news = GlassNews(f"glass:{glass.uid}:{user.pk}", case.reference, user.pk, case.unit_path, glass.pk)
            glass_broken.send(sender=BrokenGlass, news=news, now=now)
    record_case_act(
        case, actor=actor, code="casework.glass_broken", on=on, now=now, subject=(GLASS_SUBJECT, glass.pk),
        attributes={"reason": str(reason)},
    )  # fmt: skip
    return glass


@transaction.atomic
def end_glass(*, actor: Actor, glass_id: UUID, on: date, now: datetime) -> BrokenGlass:
    """Before its time: by herself, or by whoever supervises the file."""
    found = BrokenGlass.objects.open(now=now).filter(uid=glass_id)
    own = found.filter(user=actor.user_id) if actor.has(*CASEWORK_ROLES) else found.none()
    glass = _lock(own | found.filter(pk__in=reviewable_glass(actor).values("pk")))
    _end(glass, actor=actor, on=on, now=now)
    return glass


@transaction.atomic
def review_glass(*, actor: Actor, glass_id: UUID, is_justified: bool, on: date, now: datetime) -> BrokenGlass:
    """Said once. What was not right ends with the saying."""
    glass = _lock(reviewable_glass(actor).filter(uid=glass_id))
    if not is_justified and glass.ended_at is None and glass.until_at > now:
        _end(glass, actor=actor, on=on, now=now)
    glass.is_justified, glass.reviewed_at, glass.reviewed_by_id = is_justified, now, actor.user_id
    glass.save(update_fields=["is_justified", "reviewed_at", "reviewed_by_id"])
    code = "casework.glass_justified" if is_justified else "casework.glass_not_justified"
    _record(glass, code, actor=actor, on=on, now=now)
    return glass


def _end(glass: BrokenGlass, *, actor: Actor, on: date, now: datetime) -> None:
    glass.ended_at = now
    glass.save(update_fields=["ended_at"])
    _record(glass, "casework.glass_ended", actor=actor, on=on, now=now)


def _record(glass: BrokenGlass, code: str, *, actor: Actor, on: date, now: datetime) -> None:
    record_case_act(glass.case, actor=actor, code=code, on=on, now=now, subject=(GLASS_SUBJECT, glass.pk))


def _lock(found: "QuerySet[BrokenGlass]") -> BrokenGlass:
    ids = list(found.values_list("pk", flat=True)[:1])
    locked = BrokenGlass.objects.select_for_update(of=("self",)).select_related("case").filter(pk__in=ids).first()
    # Read again under the lock: two may review, or end it, at the same moment.
    if locked is None or not found.filter(pk=locked.pk).exists():
        raise glass_not_there()
    return locked


def _find(actor: Actor, programme: str, reference: str) -> Case | None:
    """Within the district in which the actor works; another district's office is called."""
    typed = _REFERENCE.fullmatch(reference.strip())
    if typed is None:
        return None
    districts = tuple({f"/{path.split('/')[1]}/" for path in actor.casework_paths()})
    found = Case.objects.open().filter(below(districts), programme=programme, pk=int(typed[1]))
    return found.select_related("person").first()


def _refuse_too_many(actor: Actor, *, now: datetime) -> None:
    since = now - GLASS_TRIES_WITHIN
    missed = AuditEntry.objects.filter(actor_id=actor.user_id, code=_MISSED, at__gt=since).count()
    if missed >= GLASS_TRIES:
        raise Refusal(
            "casework.glass_tired",
            _("Too many numbers that lead nowhere. Call the district office, or try in an hour."),
        )


def _responsible(case: Case, *, on: date) -> Iterator[User]:
    """The worker and the supervisor, or whoever is reached for them, each once."""
    subdistrict = "/".join(case.unit_path.split("/")[:3]) + "/"
    posts = ((Role.WORKER, case.unit_path), (Role.SUPERVISOR, subdistrict))
    yield from {user.pk: user for role, path in posts for user in find_deputies(role, path, on=on)}.values()
