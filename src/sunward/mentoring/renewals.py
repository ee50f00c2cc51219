"""Vetting that has to be renewed. Whoever sends messages connects to `renewals`; this floor knows no channel."""

from dataclasses import dataclass
from datetime import date

from django.dispatch import Signal


@dataclass(frozen=True, slots=True)
class Renewal:
    """What has to be heard once for each of `vetting.WARN_STEPS`. `key` is the same however often it is told.

    `supervisors` are user keys of whoever answers for her unit on this day. No name: a reference says who.
    """

    key: str
    mentor_id: int
    reference: str
    path: str
    unit_path: str
    person_id: int
    user_id: int | None
    expires_on: date
    days: int
    supervisors: tuple[int, ...]


# Sent with `renewal=Renewal(…)`, `now=datetime`.
renewals = Signal()
