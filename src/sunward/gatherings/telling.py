"""Whom to tell what: for a child its guardian, whoever comes along; nobody is told the same thing twice."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localdate

from sunward.gatherings.ages import is_child
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
    """Person to the sign-up whose code is told: each grown-up, and for each child a guardian, whoever comes along.

    Where one of its guardians comes along, no other is told. A child that has nobody is left out: the list shows it.
    """
    adults: dict[UUID, dict[int, SignUp]] = {}
    children: dict[int, SignUp] = {}
    for row in rows:
        if row.person_id and is_child(row, gathering):
            children[row.person_id] = row
        elif row.person_id:
            adults.setdefault(row.party, {})[row.person_id] = row
    told = {person_id: row for heads in adults.values() for person_id, row in heads.items()}
    for child_id, guardians in _guardians(children, on=on).items():
        child = children[child_id]
        if adults.get(child.party, {}).keys().isdisjoint(guardians):
            told.setdefault(guardians[0], child)
    return told


def _guardians(children: Iterable[int], *, on: date) -> Mapping[int, Sequence[int]]:
    """The guardians of each child, first the one who answers first; one query, and none without a child."""
    wanted, found = set(children), defaultdict[int, list[int]](list)
    if wanted:
        current = Guardianship.objects.current(on=on).filter(child_id__in=wanted).order_by("-is_primary", "pk")
        for child_id, guardian_id in current.values_list("child_id", "guardian_id"):
            found[child_id].append(guardian_id)
    return found
