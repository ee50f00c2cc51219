"""What the system administrator does: accounts, posts, deputies. Every act is in the record, none touches a file."""

import secrets
from datetime import date, datetime

from axes.utils import reset as reset_attempts
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor, administered_posts, administered_units, administered_users, unit_not_there
from sunward.accounts.auditing import record_act
from sunward.accounts.enums import SOLITARY_ROLES, UNITS_OF_ROLE, LockReason, Role, UnitKind
from sunward.accounts.models import Assignment, AssignmentQuerySet, Unit, User
from sunward.audit.chain import Subject
from sunward.core.refusals import Conflict, NotAllowed, NotThere, Refusal

USER_SUBJECT = "user"
UNIT_SUBJECT = "unit"
# Without look-alikes: it is read out and typed from paper. 31 signs, so 16 of them are 79 bits.
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
_LENGTH = 16
LONGEST_DEPUTY_DAYS = 183


@transaction.atomic
def add_user(*, actor: Actor, username: str, name: str, now: datetime) -> tuple[User, str]:
    """Make an account without any post. The password returned is shown once and kept nowhere."""
    _refuse_others(actor)
    user, password = make_user(username=username, name=name)
    _record(actor, "accounts.user_added", user, now=now)
    return user, password


def make_user(*, username: str, name: str) -> tuple[User, str]:
    """The account and its one-time password; the caller has guarded and writes the act."""
    username = username.strip()
    try:
        UnicodeUsernameValidator()(username)
    except ValidationError as error:
        raise Refusal("accounts.username_unusable", _("A user name has letters, digits and @ . + - _ only.")) from error
    if User.objects.filter(username__iexact=username).exists():
        raise _username_taken()
    password = new_one_time_password()
    user = User(username=username, name=name.strip(), has_one_time_password=True)
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:
        raise _username_taken() from error
    return user, password


@transaction.atomic
def give_new_password(*, actor: Actor, username: str, now: datetime) -> str:
    """For somebody who has forgotten it: a one-time password, shown once; the old one opens nothing any more."""
    _refuse_others(actor)
    user = _lock(actor, username)
    _refuse_self(actor, user)
    password = new_one_time_password()
    user.set_password(password)
    user.has_one_time_password = True
    user.save(update_fields=["password", "has_one_time_password"])
    _record(actor, "accounts.password_given", user, now=now)
    return password


@transaction.atomic
def lock_out(*, actor: Actor, username: str, reason: LockReason, now: datetime) -> User:
    """Close an account at once: whoever is signed in with it is out with the next click."""
    _refuse_others(actor)
    user = _lock(actor, username)
    _refuse_self(actor, user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    _record(actor, "accounts.user_locked_out", user, now=now, reason=str(reason))
    return user


@transaction.atomic
def let_in(*, actor: Actor, username: str, now: datetime) -> User:
    """Open the account again, and forget failed attempts to sign in."""
    _refuse_others(actor)
    user = _lock(actor, username)
    user.is_active = True
    user.save(update_fields=["is_active"])
    reset_attempts(username=user.username)
    _record(actor, "accounts.user_let_in", user, now=now)
    return user


@transaction.atomic
def give_post(
    *,
    actor: Actor,
    username: str,
    role: Role,
    unit_id: int,
    from_on: date,
    now: datetime,
    until_on: date | None = None,
) -> Assignment:
    """Give a post from a day on. Nobody gives one to himself, and some go with no other."""
    _refuse_others(actor)
    user = _lock(actor, username)
    _refuse_self(actor, user)
    if not administered_units(actor).filter(pk=unit_id).exists():
        raise unit_not_there()
    post = write_post(user=user, role=role, unit_id=unit_id, from_on=from_on, until_on=until_on)
    _record(actor, "accounts.post_given", user, now=now, unit=post.unit, role=str(role), assignment=post.pk)
    return post


def write_post(
    *, user: User, role: Role, unit_id: int, from_on: date, until_on: date | None = None,
    deputy_for: User | None = None,
    reason: str = "",
) -> Assignment:  # fmt: skip
    """The row, checked against the unit and the user's other posts; the caller has guarded and writes the act."""
    unit = Unit.objects.filter(pk=unit_id).first()
    if unit is None:
        raise unit_not_there()
    if UnitKind(unit.kind) not in UNITS_OF_ROLE[role]:
        raise Refusal("accounts.unit_of_another_kind", _("This role belongs to another kind of unit."))
    if until_on is not None and until_on <= from_on:
        raise Refusal("accounts.ends_before_it_begins", _("The last day must come after the first."))
    others = _overlapping(user, from_on, until_on)
    if others.filter(role=role, unit=unit).exists():
        raise Conflict("accounts.post_held", _("The user holds this post already in these days."))
    if role in SOLITARY_ROLES and others.exclude(role=role).exists():
        raise Refusal("accounts.post_alone", _("Who administers or audits holds no other post. End the others first."))
    if others.filter(role__in=SOLITARY_ROLES).exclude(role=role).exists():
        raise Refusal("accounts.post_alone", _("Who administers or audits holds no other post. End the others first."))
    return Assignment.objects.create(
        user=user, role=role, unit=unit, from_on=from_on, until_on=until_on, deputy_for=deputy_for, reason=reason
    )


@transaction.atomic
def end_post(*, actor: Actor, assignment_id: int, until_on: date, on: date, now: datetime) -> Assignment:
    """End a post: `until_on` is the first day without it. A post that has not begun is taken back."""
    _refuse_others(actor)
    post = (
        administered_posts(actor)
        .select_for_update(of=("self",))
        .select_related("user", "unit")
        .filter(pk=assignment_id)
        .first()
    )
    if post is None or (post.until_on is not None and post.until_on <= on):
        raise NotThere("accounts.post_not_there", _("This post has ended already."))
    _refuse_self(actor, post.user)
    if until_on < on:
        raise Refusal("accounts.day_passed", _("The day has passed already. Choose today or a later day."))
    if until_on <= post.from_on:
        post.delete()
    else:
        post.until_on = until_on
        post.save(update_fields=["until_on"])
    _record(
        actor, "accounts.post_ended", post.user, now=now, unit=post.unit, role=post.role, assignment=assignment_id,
        until=until_on.isoformat(),
    )  # fmt: skip
    return post


@transaction.atomic
def appoint_deputy(
    *,
    actor: Actor,
    assignment_id: int,
    deputy: str,
    from_on: date,
    until_on: date,
    reason: str,
    on: date,
    now: datetime,
) -> Assignment:
    """Let somebody stand in for a post: the same role and unit, with a reason, and always with an end."""
    _refuse_others(actor)
    post = administered_posts(actor).current(on=on).select_related("user", "unit").filter(pk=assignment_id).first()
    if post is None:
        raise NotThere("accounts.post_not_there", _("This post has ended already."))
    user = _lock(actor, deputy)
    _refuse_self(actor, user)
    if user.pk == post.user_id:
        raise Refusal("accounts.own_deputy", _("Nobody stands in for himself."))
    if not reason.strip():
        raise _reason_missing()
    if (until_on - from_on).days > LONGEST_DEPUTY_DAYS:
        raise Refusal("accounts.deputy_too_long", _("A deputy stands in for half a year at most."))
    made = write_post(
        user=user, role=Role(post.role), unit_id=post.unit_id, from_on=from_on, until_on=until_on, deputy_for=post.user,
        reason=reason.strip()[:200],
    )  # fmt: skip
    _record(
        actor, "accounts.deputy_appointed", user, now=now, unit=post.unit, role=post.role, stands_in_for=post.user_id,
        assignment=made.pk,
    )  # fmt: skip
    return made


def new_one_time_password() -> str:
    """79 bits, in four groups: ``abcd-efgh-jkmn-pqrs``."""
    signs = "".join(secrets.choice(_SIGNS) for _sign in range(_LENGTH))
    return "-".join(signs[at : at + 4] for at in range(0, _LENGTH, 4))


def _overlapping(user: User, from_on: date, until_on: date | None) -> AssignmentQuerySet:
    held = user.assignments.filter(Q(until_on=None) | Q(until_on__gt=from_on))
    return held if until_on is None else held.filter(from_on__lt=until_on)


def _lock(actor: Actor, username: str) -> User:
    user = administered_users(actor).select_for_update(of=("self",)).filter(username=username).first()
    if user is None:
        raise NotThere("accounts.user_not_there", _("There is no such user."))
    return user


def _refuse_others(actor: Actor) -> None:
    if not actor.has(Role.ADMINISTRATOR):
        raise NotAllowed("accounts.administrators_only", _("Only the system administrator may do this."))


def _refuse_self(actor: Actor, user: User) -> None:
    if actor.user_id == user.pk:
        raise NotAllowed("accounts.not_oneself", _("Another administrator has to do this: nobody does it to himself."))


def _username_taken() -> Conflict:
    return Conflict("accounts.username_taken", _("There is a user with this name already."))


def _reason_missing() -> Refusal:
    return Refusal("accounts.reason_missing", _("Write down why."))


@transaction.atomic
def write_unit_phone(*, actor: Actor, code: str, phone: str, now: datetime) -> Unit:
    """The number under which the office is called; empty takes it away."""
    unit = Unit.objects.select_for_update().filter(pk__in=administered_units(actor).values("pk"), code=code).first()
    if unit is None:
        raise unit_not_there()
    if unit.phone != phone.strip():
        unit.phone = phone.strip()
        unit.save(update_fields=["phone"])
        record_act(
            actor=actor, code="accounts.unit_phone_written", now=now, subject=Subject(UNIT_SUBJECT, unit.pk),
            unit_path=unit.path,
        )  # fmt: skip
    return unit


def _record(actor: Actor, code: str, user: User, *, now: datetime, unit: Unit | None = None, **detail: object) -> None:
    record_act(
        actor=actor, code=code, now=now, subject=Subject(USER_SUBJECT, user.pk), unit_path=unit.path if unit else "",
        **detail,
    )  # fmt: skip
