"""Who could come in an emergency: vetted neighbour moms near the child, narrowed softly.

What is not soft stands first and cannot be loosened: vetted today, taking children, nothing that has to be looked into
about her, and nothing that went wrong between her and this child.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from math import asin, cos, inf, radians, sin, sqrt
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework.models import Case
from sunward.core.furniture import Text
from sunward.mentoring.access import visible_mentors
from sunward.mentoring.enums import READING_STATES, MatchState, MentorKind, MentorState, NeedKind, PauseReason
from sunward.mentoring.models import ChildProfile, Match, Mentor, VettingFact
from sunward.mentoring.pairing.abilities import ages_of, mask_of, skills_mask, speech_of, times_mask
from sunward.mentoring.pairing.reading import FAILED_ENDS, part_of, unit_point
from sunward.mentoring.vetting import read_standing
from sunward.people.enums import Sex
from sunward.safeguarding.declaration import Chip, StandBy, StandByList

_EARTH_KM = 6371.0
# Own children so many years older or younger than the child.
_PEER_YEARS = 3
_EVENING = 17


@dataclass(frozen=True, slots=True)
class _Volunteer:
    pk: int
    uid: UUID
    person_id: int
    user_id: int | None
    name: str
    unit_name: str
    subdistrict: str
    committee: str
    km: float | None
    is_woman: bool
    knows_care: bool
    times: int
    speech: frozenset[str]
    child_ages: tuple[int, ...]
    is_own: bool


@dataclass(frozen=True, slots=True)
class _Question:
    """What the soft filters hold a volunteer against."""

    subdistrict: str
    committee: str
    age: int | None
    speech: frozenset[str]
    now: datetime


_Test = Callable[[_Volunteer, _Question], bool]


def _is_free(one: _Volunteer, asked: _Question) -> bool:
    """By the times she has named: workday evenings, Saturdays, Sundays."""
    here = localtime(asked.now)
    bit = {5: 1, 6: 2}.get(here.weekday(), 0 if here.hour >= _EVENING else -1)
    return bit >= 0 and bool(one.times >> bit & 1)


FILTERS: Mapping[str, tuple[Text, _Test]] = {
    "near_1": (_("Within 1 km"), lambda one, asked: one.km is not None and one.km <= 1),
    "near_3": (_("Within 3 km"), lambda one, asked: one.km is not None and one.km <= 3),
    "committee": (_("Same committee"), lambda one, asked: one.committee == asked.committee != ""),
    "subdistrict": (_("Same sub-district"), lambda one, asked: one.subdistrict == asked.subdistrict != ""),
    "woman": (_("A woman"), lambda one, asked: one.is_woman),
    "care": (_("Knows first aid or nursing"), lambda one, asked: one.knows_care),
    "free": (_("Free at this hour"), _is_free),
    "speech": (_("Speaks the child's language"), lambda one, asked: bool(one.speech & asked.speech)),
    "peer": (
        _("Own child of a similar age"),
        lambda one, asked: (
            asked.age is not None and any(abs(age - asked.age) <= _PEER_YEARS for age in one.child_ages)
        ),
    ),
}  # fmt: skip


def read_stand_by(actor: Actor, case: Case, chosen: frozenset[str], now: datetime) -> StandByList:
    """Each chip says how many would remain with it beside what is chosen. A fixed number of queries."""
    on, asked = localdate(now), _ask(case, now)
    everybody = _read_volunteers(case, on)
    chosen = chosen & FILTERS.keys()
    left = [one for one in everybody if all(FILTERS[key][1](one, asked) for key in chosen)]
    chips = tuple(
        Chip(key, label, sum(test(one, asked) for one in left), key in chosen) for key, (label, test) in FILTERS.items()
    )
    nearest = sorted(left, key=lambda one: _nearness(one, asked))
    seen = _seen(actor, [one.pk for one in nearest])
    people = tuple(_show(one, asked, is_seen=one.pk in seen) for one in nearest)
    return StandByList(len(everybody), len(left), people, chips)


def _nearness(one: _Volunteer, asked: _Question) -> tuple[bool, float, bool, bool, int]:
    """The child's own first. Without a place on the map, the same committee is nearer than the same sub-district."""
    distance = inf if one.km is None else one.km
    is_of_committee = bool(asked.committee) and one.committee == asked.committee
    is_of_subdistrict = bool(asked.subdistrict) and one.subdistrict == asked.subdistrict
    return (not one.is_own, distance, not is_of_committee, not is_of_subdistrict, one.pk)


def find_stand_by(actor: Actor, case: Case, uid: UUID, now: datetime) -> StandBy | None:
    """She, if she is on the list now, whatever the soft filters say."""
    found = next((one for one in _read_volunteers(case, localdate(now)) if one.uid == uid), None)
    return _show(found, _ask(case, now), is_seen=bool(_seen(actor, [found.pk]))) if found else None


def stands_by(case: Case, *, on: date) -> QuerySet[Mentor]:
    """Neighbour moms of the child's district whom nothing speaks against but perhaps their vetting."""
    district = "/".join(case.unit_path.split("/")[:2]) + "/"
    of_her = Match.objects.filter(mentor=OuterRef("pk"))
    concern = of_her.filter(state=MatchState.PAUSED, pause_reason=PauseReason.CONCERN)
    # Of this child, whichever file it was in: opened anew, a file has forgotten nothing.
    failed = of_her.filter(case__person=case.person_id, state=MatchState.CLOSED, end_reason__in=FAILED_ENDS)
    found = Mentor.objects.filter(unit_path__startswith=district, state=MentorState.ACTIVE)
    return found.exclude(kind=MentorKind.STUDENT).exclude(Q(Exists(concern)) | Q(Exists(failed)))


def _read_volunteers(case: Case, on: date) -> list[_Volunteer]:
    """All who are vetted today. Four queries, however many there are."""
    mentors = stands_by(case, on=on)
    facts: dict[int, list[VettingFact]] = defaultdict(list)
    for fact in VettingFact.objects.filter(mentor__in=mentors.values("pk")):
        facts[fact.mentor_id].append(fact)
    vetted = {pk for pk, held in facts.items() if _is_vetted(held, on)}
    own = set(case.matches.filter(state__in=READING_STATES).values_list("mentor_id", flat=True))
    place = _place(case.person.lon, case.person.lat, case.unit.lon, case.unit.lat, case.unit.kind)
    rows = mentors.order_by("pk").values_list(
        "pk", "uid", "person_id", "user_id", "user__is_active", "person__name", "unit__short_name", "unit_path",
        "person__lon", "person__lat", "unit__lon", "unit__lat", "unit__kind", "person__sex", "skills", "slots",
        "languages", "own_children",
    )  # fmt: skip
    return [
        _Volunteer(
            pk=pk, uid=uid, person_id=person, user_id=user if is_active else None, name=name,
            unit_name=unit_name or "", subdistrict=part_of(path, 1), committee=part_of(path, 2),
            km=_km(place, _place(lon, lat, unit_lon, unit_lat, kind)), is_woman=sex == Sex.FEMALE,
            knows_care=bool(skills_mask(skills or ()) & mask_of((NeedKind.HEALTH,))), times=times_mask(slots or ()),
            speech=speech_of(languages or ()), child_ages=ages_of(own_children or ()), is_own=pk in own,
        )
        for (
            pk, uid, person, user, is_active, name, unit_name, path, lon, lat, unit_lon, unit_lat, kind, sex, skills,
            slots, languages, own_children,
        ) in rows
        if pk in vetted
    ]  # fmt: skip


def _is_vetted(facts: list[VettingFact], on: date) -> bool:
    return read_standing(facts, on=on).may_match


def _ask(case: Case, now: datetime) -> _Question:
    profile = ChildProfile.objects.filter(case=case).first()
    return _Question(
        subdistrict=part_of(case.unit_path, 1), committee=part_of(case.unit_path, 2),
        age=case.person.age_on(localdate(now)), speech=speech_of(profile.languages if profile else ()), now=now,
    )  # fmt: skip


def _seen(actor: Actor, keys: list[int]) -> set[int]:
    """Of these, whose own file the actor may see."""
    return set(visible_mentors(actor).filter(pk__in=keys).values_list("pk", flat=True))


def _show(one: _Volunteer, asked: _Question, *, is_seen: bool) -> StandBy:
    marks = [FILTERS[key][0] for key in ("care", "free", "peer") if FILTERS[key][1](one, asked)]
    if one.is_own:
        marks.insert(0, _("The child's own neighbour mom"))
    distance = "" if one.km is None else gettext("%(km).1f km") % {"km": one.km}
    name = one.name if is_seen else f"M{one.pk:06d}"
    path = reverse("mentoring:mentor", args=[one.uid]) if is_seen else ""
    return StandBy(one.uid, one.person_id, one.user_id, name, one.unit_name, distance, tuple(marks), path)


def _place(
    lon: float | None, lat: float | None, unit_lon: float | None, unit_lat: float | None, kind: str | None
) -> tuple[float, float] | None:
    lon = lon if lon is not None else unit_point(unit_lon, kind)
    lat = lat if lat is not None else unit_point(unit_lat, kind)
    return (lon, lat) if lon is not None and lat is not None else None


def _km(one: tuple[float, float] | None, other: tuple[float, float] | None) -> float | None:
    """As the crow flies, by the haversine formula."""
    if one is None or other is None:
        return None
    (lon, lat), (lon2, lat2) = one, other
    half = sin(radians(lat2 - lat) / 2) ** 2
    half += cos(radians(lat)) * cos(radians(lat2)) * sin(radians(lon2 - lon) / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(half))
