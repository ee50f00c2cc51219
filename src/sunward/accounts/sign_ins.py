"""What becomes of somebody's sign-in when the post it was made for ends or comes back.

The caller has guarded and writes the act.
"""

from datetime import date

from django.db.models import Q

from sunward.accounts.actions import write_post
from sunward.accounts.enums import Role
from sunward.accounts.models import User


def close_sign_in(*, user_id: int, role: Role, on: date) -> bool:
    """End the user's posts of this role today; without any other post the account is locked. True if it was locked.

    A post that began today has never counted and is taken away.
    """
    user = User.objects.select_for_update(of=("self",)).get(pk=user_id)
    held = user.assignments.filter(Q(until_on=None) | Q(until_on__gt=on))
    held.filter(role=role, from_on__gte=on).delete()
    held.filter(role=role).update(until_on=on)
    if not user.is_active or held.exclude(role=role).exists():
        return False
    user.is_active = False
    user.save(update_fields=["is_active"])
    return True


def open_sign_in(*, user_id: int, role: Role, unit_id: int, on: date, is_to_unlock: bool) -> None:
    """Give the post again from today. Unlocked is only what was locked for this post: nobody else's lock is undone."""
    user = User.objects.select_for_update(of=("self",)).get(pk=user_id)
    if is_to_unlock and not user.is_active:
        user.is_active = True
        user.save(update_fields=["is_active"])
    held = user.assignments.filter(Q(until_on=None) | Q(until_on__gt=on), role=role, unit_id=unit_id)
    if not held.exists():
        write_post(user=user, role=role, unit_id=unit_id, from_on=on)
