"""Whom to tell what: for a child the adult of its party or its guardian; nobody is told the same thing twice."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localdate

from sunward.gatherings.ages import is_child
from sunward.gatherings.enums import Part
from sunward.gatherings.models import Gathering, SignUp
from sunward.gatherings.news import News, NewsKind, news
from sunward.gatherings.tokens import feedback_token
from sunward.people.models import Guardianship


def tell(
    gathering: Gathering,
    sign_ups: Iterable[SignUp],
    kind: NewsKind,
    *,
    now: datetime,
    serial: int = 0,
    begins_at: datetime | None = None,
) -> int:
    """Send the news to whoever answers for these sign-ups, within the act's transaction; returns to how many.

    Reads `person`: fetch it along. `serial` tells apart what may be told several times, as a change is.
    """
    rows = list(sign_ups)
    if begins_at is None:
        begins_at = _next_begin(gathering, now=now)
    told = whom_to_tell(gathering, rows, on=localdate(now))
    for person_id, row in told.items():
        news.send(sender=Gathering, news=_news(gathering, row, person_id, kind, serial, begins_at), now=now)
    return len(told)


def _next_begin(gathering: Gathering, *, now: datetime) -> datetime | None:
    """Of the session that is on or comes next; of the first where all are over."""
    times = list(gathering.sessions.order_by("begins_at").values_list("begins_at", "ends_at"))
    return next((begins for begins, ends in times if ends > now), times[0][0] if times else None)


def _news(
    gathering: Gathering, row: SignUp, person_id: int, kind: NewsKind, serial: int, begins_at: datetime | None
) -> News:
    return News(
        key=f"gathering:{gathering.pk}:{kind}:{row.party}:{person_id}:{serial}",
        kind=kind,
        gathering_id=gathering.pk,
        reference=gathering.reference,
        title=gathering.title,
        place=gathering.place or gathering.online_link,
        begins_at=begins_at,
        person_id=person_id,
        unit_path=row.home_path or gathering.unit_path,
        code=row.code,
        feedback_token=feedback_token(row.uid) if kind == NewsKind.ASKED_FOR_FEEDBACK else "",
    )


def whom_to_tell(gathering: Gathering, rows: Iterable[SignUp], *, on: date) -> Mapping[int, SignUp]:
    """Person to the sign-up whose code is told. A party whose children have nobody is left out: the list shows it."""
    parties: dict[UUID, list[SignUp]] = {}
    for row in rows:
        parties.setdefault(row.party, []).append(row)
    told: dict[int, SignUp] = {}
    orphans: dict[int, SignUp] = {}
    for heads in parties.values():
        adults = [row for row in heads if row.person_id and not is_child(row, gathering)]
        answering = [row for row in adults if row.part == Part.ADULT] or adults
        for row in adults:
            told.setdefault(row.person_id or 0, row)
        if not answering:
            orphans |= {row.person_id: row for row in heads if row.person_id}
    for child_id, guardian_id in _guardians(orphans, on=on).items():
        told.setdefault(guardian_id, orphans[child_id])
    return told


def _guardians(children: Iterable[int], *, on: date) -> dict[int, int]:
    """The guardian of each child, the one who answers first; one query, and none without a child."""
    wanted = set(children)
    if not wanted:
        return {}
    found = Guardianship.objects.current(on=on).filter(child_id__in=wanted).order_by("is_primary", "-pk")
    return dict(found.values_list("child_id", "guardian_id"))
