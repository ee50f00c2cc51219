"""What cannot be at the same time: one place, one steward, one person who is signed up twice."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from sunward.gatherings.enums import GatheringState, Mode
from sunward.gatherings.models import Gathering, SignUp, SignUpQuerySet, Steward

Text = str | Promise
# What is cancelled, over, or only a pattern takes nobody's time.
STANDING = (GatheringState.DRAFT, GatheringState.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why a gathering cannot be at the same time as `other`. Persons are counted, never named."""

    other_id: int
    other_title: str
    why: Text

    @property
    def sentence(self) -> str:
        return gettext("with “%(title)s”: %(why)s") % {"title": self.other_title, "why": self.why}


@dataclass(frozen=True, slots=True)
class _Stretch:
    begins_at: datetime
    ends_at: datetime
    gathering: Gathering


def find_own_conflicts(gatherings: Iterable[Gathering], mine: SignUpQuerySet) -> dict[int, tuple[Conflict, ...]]:
    """For somebody without a desk: only where she herself, or whom she brings, cannot be at both. One query."""
    pairs = list(_overlapping(gatherings))
    if not pairs:
        return {}
    persons = _persons_of({one.pk for pair in pairs for one in pair}, mine)
    found: dict[int, list[Conflict]] = defaultdict(list)
    for first, second in pairs:
        if persons.get(first.pk, set()) & persons.get(second.pk, set()):
            found[first.pk].append(Conflict(second.pk, second.title, _("you are signed up for both")))
            found[second.pk].append(Conflict(first.pk, first.title, _("you are signed up for both")))
    return {key: tuple(conflicts) for key, conflicts in found.items()}


def find_conflicts(
    gatherings: Iterable[Gathering], *, persons_of: Collection[int] = ()
) -> dict[int, tuple[Conflict, ...]]:
    """By gathering. Reads `sessions`: prefetch them. Two queries at most, and none where nothing overlaps.

    Persons are compared for the gatherings in `persons_of` only: those whose sign-ups the reader may see.
    """
    pairs = list(_overlapping(gatherings))
    if not pairs:
        return {}
    stewards = _stewards_of({one.pk for pair in pairs for one in pair})
    persons = _persons_of({one.pk for pair in pairs for one in pair if one.pk in persons_of}, SignUp.objects.placed())
    found: dict[int, list[Conflict]] = defaultdict(list)
    for first, second in pairs:
        for why in _reasons(first, second, stewards, persons):
            found[first.pk].append(Conflict(second.pk, second.title, why))
            found[second.pk].append(Conflict(first.pk, first.title, why))
    return {key: tuple(conflicts) for key, conflicts in found.items()}


def _overlapping(gatherings: Iterable[Gathering]) -> Iterator[tuple[Gathering, Gathering]]:
    """Each pair once. A session that begins when another ends does not overlap it."""
    stretches = sorted(
        (
            _Stretch(session.begins_at, session.ends_at, gathering)
            for gathering in gatherings
            if gathering.state in STANDING
            for session in gathering.sessions.all()
        ),
        key=lambda one: (one.begins_at, one.gathering.pk),
    )
    seen, running = set(), list[_Stretch]()
    for stretch in stretches:
        running = [one for one in running if one.ends_at > stretch.begins_at]
        for one in running:
            pair = (one.gathering, stretch.gathering)
            key = frozenset((pair[0].pk, pair[1].pk))
            if len(key) == 2 and key not in seen:
                seen.add(key)
                yield pair
        running.append(stretch)


def _stewards_of(keys: set[int]) -> dict[int, dict[int, str]]:
    """The users with a duty, by gathering."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    rows = Steward.objects.filter(gathering__in=keys).exclude(user=None).select_related("user")
    for steward in rows.order_by("pk"):
        assert steward.user_id is not None  # just excluded
        found[steward.gathering_id][steward.user_id] = str(steward.user)
    return found


def _persons_of(keys: set[int], among: SignUpQuerySet) -> dict[int, set[int]]:
    if len(keys) < 2:
        return {}
    found: dict[int, set[int]] = defaultdict(set)
    rows = among.filter(gathering__in=keys).exclude(person=None)
    for gathering_id, person_id in rows.values_list("gathering_id", "person_id"):
        assert person_id is not None  # just excluded
        found[gathering_id].add(person_id)
    return found


def _reasons(
    first: Gathering, second: Gathering, stewards: dict[int, dict[int, str]], persons: dict[int, set[int]]
) -> Iterator[Text]:
    if _place_of(first) and _place_of(first) == _place_of(second):
        yield _("the same place")
    mine, theirs = stewards.get(first.pk, {}), stewards.get(second.pk, {})
    for user_id in sorted(mine.keys() & theirs.keys()):
        yield _("%(name)s has a duty at both") % {"name": mine[user_id]}
    both = len(persons.get(first.pk, set()) & persons.get(second.pk, set()))
    if both:
        yield ngettext_lazy(
            "%(count)d person is signed up for both", "%(count)d people are signed up for both", both
        ) % {"count": both}


def _place_of(gathering: Gathering) -> str:
    """Spaces and the width of letters make no other place; what is online only is nowhere."""
    return "" if gathering.mode == Mode.ONLINE else "".join(gathering.place.split()).casefold()
