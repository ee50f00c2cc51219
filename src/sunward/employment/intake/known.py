"""Which gatherings a row may speak of that are there already: of the same kind, name, day and place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q
from django.utils.timezone import localdate, localtime

from sunward.accounts.enums import UnitKind
from sunward.employment.intake.reading import KINDS
from sunward.employment.sheets.events import CANCELLED, PLANNED, apart_of, identity_of
from sunward.gatherings.access import GATHERING_SUBJECT
from sunward.gatherings.enums import GatheringState
from sunward.gatherings.models import Gathering, Session
from sunward.registers.intake import Known

_ROW_KINDS = {code: kind for kind, code in KINDS.items()}

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """A gathering under one of the identities by which a row may speak of it."""

    identity: str
    apart: str | None
    known: Known


def find_gatherings(keys: Sequence[Key]) -> dict[Key, Known]:
    """By ``(identity,)`` or ``(identity, apart)``; three queries. The one that was there first counts."""
    told = list(_tell({key[0] for key in keys}))
    alone: dict[Key, Known] = {}
    for one in told:
        alone.setdefault((one.identity,), one.known)
        if one.apart:
            alone.setdefault((one.identity, one.apart), one.known)
    return {key: alone[key] for key in keys if key in alone}


def _tell(identities: set[str]) -> Iterator[_Told]:
    for gathering in _candidates(identities):
        starts = _starts(gathering)
        apart = apart_of(starts, gathering.fields.get("speaker"))
        has = frozenset({"identity", "apart"} if apart else {"identity"})
        status = CANCELLED if gathering.state == GatheringState.CANCELLED else PLANNED
        known = Known(GATHERING_SUBJECT, gathering.pk, gathering.title, gathering.unit_path, has, status)
        for where in _places(gathering):
            yield _Told(_identity(gathering, where), apart, known)


def _candidates(identities: set[str]) -> Sequence[Gathering]:
    """Of the kinds and days that are asked for; those without a day are few, and all are looked at."""
    parts = [identity.split("|") for identity in identities]
    kinds = {KINDS[part[0]] for part in parts if part[0] in KINDS}
    days = {part[2] for part in parts if _is_day(part[2])}
    return list(
        Gathering.objects.filter(Q(begins_on__in=days) | Q(begins_on=None), kind__in=kinds)
        .exclude(state=GatheringState.TEMPLATE)
        .select_related("host")
        .prefetch_related(Prefetch("sessions", queryset=Session.objects.order_by("begins_at")))
        .order_by("pk")
    )


def _is_day(written: str) -> bool:
    try:
        return bool(date.fromisoformat(written))
    except ValueError:
        return False


def _starts(gathering: Gathering) -> list[str]:
    """When the sessions of its first day begin."""
    sessions = list(gathering.sessions.all())
    first = localdate(sessions[0].begins_at) if sessions else None
    return [f"{localtime(one.begins_at):%H:%M}" for one in sessions if localdate(one.begins_at) == first]


def _places(gathering: Gathering) -> Sequence[str]:
    """By what a row may name where it is; without a place or an organiser by the sub-district, or by nothing."""
    named = gathering.place or str(gathering.fields.get("organiser") or "")
    if named:
        return (named,)
    return (gathering.host.code, "") if gathering.host.kind == UnitKind.SUBDISTRICT else ("",)


def _identity(gathering: Gathering, where: str) -> str:
    when = gathering.begins_on.isoformat() if gathering.begins_on else gathering.when_note or gathering.month
    return identity_of(
        kind=_ROW_KINDS[gathering.kind], title=gathering.title, when=when, where=where,
        about=str(gathering.fields.get("occupation") or ""),
    )  # fmt: skip
