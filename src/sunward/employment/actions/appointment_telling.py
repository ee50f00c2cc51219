"""Who hears that an appointment was moved or cancelled: the person and the adviser, whichever of them did not do it.

Once for each change, in the act's transaction. A message says when and where, and nothing else of anybody: neither what
it is about nor who comes.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from sunward.accounts.access import Actor
from sunward.accounts.queries import language_of
from sunward.casework.models import Case
from sunward.employment.actions.jobseeker_links import link_for_message
from sunward.employment.models import Appointment, AppointmentSlot
from sunward.employment.own_pass import token_of
from sunward.outreach.actions import drop_unsent, write_personal
from sunward.outreach.enums import MessagePurpose

ABOUT = "employment.appointment"
_MOVED, _CANCELLED, _RESTORED = "moved", "cancelled", "restored"


def tell_moved(
    row: Appointment, before: AppointmentSlot, *, case: Case, actor: Actor, on: date, now: datetime
) -> None:  # fmt: skip
    if row.slot.starts_at <= now and before.starts_at <= now:
        return

    def compose(opening: str) -> str:
        return "\n".join([opening, "", *say_when_and_where(row.slot), _("Before: %(when)s") % {"when": _when(before)}])

    if not _is_own(actor):
        body = _for_person(lambda: compose(_("Your appointment has been moved.")), row.slot)
        _tell_person(row, _MOVED, body, case=case, actor=actor, on=on, now=now)
    for adviser in _advisers(actor, row.slot, before):
        with override(language_of(user_id=adviser)):
            own = _("A jobseeker has moved an appointment with you.")
            body = compose(own if _is_own(actor) else _("An appointment with you has been moved."))
        _tell_adviser(row, _MOVED, body, adviser, case=case, actor=actor, now=now)


def tell_cancelled(row: Appointment, *, case: Case, actor: Actor, on: date, now: datetime) -> None:
    if row.slot.starts_at <= now:
        return
    if not _is_own(actor):
        body = _for_person(lambda: _say_cancelled(row.slot), row.slot)
        _tell_person(row, _CANCELLED, body, case=case, actor=actor, on=on, now=now)
    _tell_advisers_cancelled(row, case=case, actor=actor, now=now)


def tell_closed(row: Appointment, *, is_told: bool, case: Case, actor: Actor, now: datetime) -> None:
    """Cancelled because the file is closed: there is no own page any more that the message could lead to."""
    if is_told:
        with override(settings.LANGUAGE_CODE):
            lines = [_say_cancelled(row.slot)]
            if row.slot.point.phone:
                lines += ["", _("Do you still need us? Call %(phone)s.") % {"phone": row.slot.point.phone}]
        _write_to_person(row, _CANCELLED, "\n".join(lines), case=case, actor=actor, now=now)
    _tell_advisers_cancelled(row, case=case, actor=actor, now=now)


def tell_restored(
    row: Appointment, *, cancelled_as: int, case: Case, actor: Actor, on: date, now: datetime
) -> None:  # fmt: skip
    """To whom nothing has gone out yet of its being cancelled, nothing has to be said."""
    if not _is_own(actor) and not drop_unsent(key=_key(row, _CANCELLED, "person", version=cancelled_as)):
        body = _for_person(
            lambda: "\n".join([_("Your appointment stands after all."), "", *say_when_and_where(row.slot)]), row.slot
        )
        _tell_person(row, _RESTORED, body, case=case, actor=actor, on=on, now=now)
    for adviser in _advisers(actor, row.slot):
        if drop_unsent(key=_key(row, _CANCELLED, str(adviser), version=cancelled_as)):
            continue
        with override(language_of(user_id=adviser)):
            body = "\n".join([_("An appointment with you stands after all."), "", *say_when_and_where(row.slot)])
        _tell_adviser(row, _RESTORED, body, adviser, case=case, actor=actor, now=now)


def say_when_and_where(slot: AppointmentSlot) -> list[str]:
    return [
        _("When: %(when)s") % {"when": _when(slot)},
        _("Where: %(place)s") % {"place": f"{slot.point.name}, {slot.point.address}"},
    ]


def _for_person(compose: Callable[[], str], slot: AppointmentSlot) -> str:
    with override(settings.LANGUAGE_CODE):
        lines = [compose(), "", _("Would another time suit you better? Choose one on your page, or ask us.")]
        if slot.point.phone:
            lines[-1] = _("Would another time suit you better? Choose one on your page, or call %(phone)s.") % {
                "phone": slot.point.phone
            }
        return "\n".join(lines)


def _say_cancelled(slot: AppointmentSlot) -> str:
    return "\n".join([_("Your appointment is cancelled."), "", *say_when_and_where(slot)])


def _tell_person(
    row: Appointment, kind: str, body: str, *, case: Case, actor: Actor, on: date, now: datetime
) -> None:  # fmt: skip
    link = link_for_message(case, actor=actor, on=on, now=now)
    path = reverse("own_page", args=[token_of(link)]) if link is not None else ""
    _write_to_person(row, kind, body, case=case, actor=actor, now=now, path=path)


def _write_to_person(
    row: Appointment, kind: str, body: str, *, case: Case, actor: Actor, now: datetime, path: str = ""
) -> None:  # fmt: skip
    write_personal(
        key=_key(row, kind, "person"), purpose=MessagePurpose.VISIT, reference=case.reference, body=body,
        unit_path=case.unit_path, now=now, person_id=case.person_id, about=ABOUT, about_id=row.pk, actor=actor,
        path=path,
    )  # fmt: skip


def _tell_advisers_cancelled(row: Appointment, *, case: Case, actor: Actor, now: datetime) -> None:
    for adviser in _advisers(actor, row.slot):
        with override(language_of(user_id=adviser)):
            own = _("A jobseeker has cancelled an appointment with you; the time is free again.")
            opening = own if _is_own(actor) else _("An appointment with you has been cancelled.")
            body = "\n".join([opening, "", *say_when_and_where(row.slot)])
        _tell_adviser(row, _CANCELLED, body, adviser, case=case, actor=actor, now=now)


def _tell_adviser(
    row: Appointment, kind: str, body: str, adviser: int, *, case: Case, actor: Actor, now: datetime
) -> None:  # fmt: skip
    """Leads to the day in the list, where whoever keeps the file sees who it is."""
    day = date_format(localtime(row.slot.starts_at), "Y-m-d")
    write_personal(
        key=_key(row, kind, str(adviser)), purpose=MessagePurpose.DUTY, reference=case.reference, body=body,
        unit_path=case.unit_path, now=now, user_id=adviser, about=ABOUT, about_id=row.pk, actor=actor,
        path=f"{reverse('employment:appointments')}?day={day}",
    )  # fmt: skip


def _advisers(actor: Actor, *slots: AppointmentSlot) -> Iterable[int]:
    """Each once, but for whoever does it."""
    return sorted({slot.adviser_id for slot in slots} - {actor.user_id})


def _is_own(actor: Actor) -> bool:
    """The person acts without an account."""
    return actor.user_id == 0


def _key(row: Appointment, kind: str, who: str, *, version: int | None = None) -> str:
    """The version says which change it was."""
    return f"{ABOUT}:{row.pk}:{version or row.version}:{kind}:{who}"


def _when(slot: AppointmentSlot) -> str:
    return date_format(localtime(slot.starts_at), "Y-m-d l H:i")
