"""What may be set of shortlists, as data with a version: doors, criteria with weights, quotas, caps.

A run keeps the policy it was made by, as `write_policy` gives it, so that its lines can be said again.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from django.utils.translation import gettext as _

from sunward.core.refusals import Refusal

WISH_CRITERIA = ("liking", "near", "pay")
CHANCE_CRITERIA = ("room", "education", "experience")


@dataclass(frozen=True, slots=True)
class Doors:
    """`km_per_minute`: as the crow flies, from door to door. Ages of traineeships: Shanghai, 16 to 35 (2025)."""

    km_per_minute: float = 0.2
    trainee_from: int = 16
    trainee_to: int = 35


@dataclass(frozen=True, slots=True)
class Liking:
    """How much an occupation is wished: by the rank of the wish, times how near it is in the tree of 2022.

    `same_group` is one 小类 (4-02-06), `same_branch` one 中类 (4-02); 0 closes the door. `anything`: of whoever is open
    to anything.
    """

    rank_step: float = 0.1
    rank_least: float = 0.5
    same_group: float = 0.6
    same_branch: float = 0.3
    anything: float = 0.5


@dataclass(frozen=True, slots=True)
class Weights:
    """Wish and chance are weighted means of their criteria, each from 0 to 1; a score is wish × chance.

    What is not known counts `unknown`. Nearness ends at `far_km`; pay counts in full `pay_span` above the floor.
    `waiting`: by how much the scores of whoever has waited longest are lifted.
    """

    liking: float = 3.0
    near: float = 2.0
    pay: float = 1.0
    room: float = 2.0
    education: float = 1.0
    experience: float = 1.0
    unknown: float = 0.5
    far_km: float = 15.0
    pay_span: float = 4000.0
    waiting: float = 0.1


@dataclass(frozen=True, slots=True)
class Quotas:
    """Who is looked at: so many for everybody, a share of them vacancies that were seldom shown.

    For the share of people who have waited longest so many times more are drawn.
    """

    drawn: int = 60
    seldom: float = 0.2
    longest: float = 0.1
    longest_times: float = 2.0


@dataclass(frozen=True, slots=True)
class Caps:
    """How many are told of one place in all, spread over so many weeks; `places_unknown` where nobody said how many."""

    told_per_place: int = 12
    weeks: int = 4
    places_unknown: int = 1


@dataclass(frozen=True, slots=True)
class Policy:
    version: str = "2022-1"
    doors: Doors = field(default_factory=Doors)
    liking: Liking = field(default_factory=Liking)
    weights: Weights = field(default_factory=Weights)
    quotas: Quotas = field(default_factory=Quotas)
    caps: Caps = field(default_factory=Caps)


DEFAULT = Policy()
# Least and most of whatever is not a weight or a share.
_RANGES: Mapping[str, tuple[float, float]] = {
    "km_per_minute": (0.01, 2), "trainee_from": (16, 60), "trainee_to": (16, 60), "far_km": (0.1, 200),
    "pay_span": (1, 100_000), "drawn": (1, 1000), "longest_times": (1, 10), "told_per_place": (1, 1000),
    "weeks": (1, 52), "places_unknown": (1, 100),
}  # fmt: skip
_WEIGHTS = {*WISH_CRITERIA, *CHANCE_CRITERIA}


def write_policy(policy: Policy) -> dict[str, Any]:
    return asdict(policy)


def read_policy(content: Any) -> Policy:
    """The policy of a document; what it leaves out stays as it is by default.

    Raises:
        Refusal: with everything that is wrong, at once.
    """
    faults: list[str] = []
    policy = DEFAULT
    if not isinstance(content, dict):
        raise Refusal("employment.shortlist_policy", _("The policy cannot be read."))
    groups = {each.name for each in fields(Policy)}
    for name, given in content.items():
        if name == "version" and isinstance(given, str):
            policy = replace(policy, version=given)
        elif name not in groups or not isinstance(given, dict):
            faults.append(_("The policy holds a setting that does not exist: %(key)s.") % {"key": name})
        else:
            found = getattr(policy, name)
            known = {each.name for each in fields(found)}
            faults.extend(fault for key, value in given.items() for fault in _find_faults(key, value, known, name))
            if not faults:
                policy = replace(policy, **{name: replace(found, **given)})
    faults.extend(_find_contradictions(policy))
    if faults:
        raise Refusal("employment.shortlist_policy", " ".join(faults))
    return policy


def _find_faults(key: str, value: Any, known: set[str], group: str) -> list[str]:
    named = f"{group}.{key}"
    if key not in known:
        return [_("The policy holds a setting that does not exist: %(key)s.") % {"key": named}]
    least, most = _RANGES.get(key, (0.0, 100.0 if group == "weights" and key in _WEIGHTS else 1.0))
    whole = isinstance(getattr(_default(group), key), int)
    is_number = isinstance(value, int if whole else int | float) and not isinstance(value, bool)
    if not is_number or not least <= value <= most:
        return [
            _("“%(key)s”: %(value)s must be a number from %(least)g to %(most)g.")
            % {"key": named, "value": value, "least": least, "most": most}
        ]
    return []


def _default(group: str) -> Any:
    return getattr(DEFAULT, group)


def _find_contradictions(policy: Policy) -> list[str]:
    found = [
        _("Every weight of “%(names)s” is 0. Give at least one a weight.") % {"names": ", ".join(criteria)}
        for criteria in (WISH_CRITERIA, CHANCE_CRITERIA)
        if not any(getattr(policy.weights, name) for name in criteria)
    ]
    if policy.doors.trainee_from > policy.doors.trainee_to:
        found.append(_("Traineeships begin at an age above the one at which they end."))
    return found
