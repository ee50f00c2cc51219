"""What makes a good pair, each as a score between 0 and 1 with words for it."""

from collections.abc import Callable

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sunward.matching.declaration import SoftCriterion
from sunward.matching.terms import Edges, Floats, Parameter, Setting, criterion, overlap, ramp
from sunward.mentoring.pairing.rules import numbered

SAME_UNIT = 0.6  # of the best, where it is only known that both live in one sub-district
# Halfway, for everyone alike, where nobody has noted what the child needs; no share of needs met is exactly this.
NEEDS_UNKNOWN = 0.5001


@criterion("nearness", "She lives near", Parameter("far_km", 3, 0.2, 30, unit="km"),
           child_columns=("unit", "place"), mentor_columns=("unit", "place"))  # fmt: skip
def nearness(edges: Edges, setting: Setting) -> Floats:
    place, unit = edges.of_child("place"), edges.of_child("unit")
    same_unit = (unit == edges.of_mentor("unit")) & (unit != "")
    distance = edges.distance_km
    score = ramp(distance, ideal=0, useless=setting["far_km"])
    score = np.where(np.isnan(distance), SAME_UNIT * same_unit, score)
    same_place = (place != 0) & (place == edges.of_mentor("place"))
    return np.where(same_place, np.maximum(score, 1.0 * np.isnan(distance)), score)


@criterion("needs", "Her skills meet the child's needs", child_columns=("needs",), mentor_columns=("skills", "work"))
def needs(edges: Edges, setting: Setting) -> Floats:
    wanted = edges.of_child("needs")
    return np.where(wanted == 0, NEEDS_UNKNOWN, overlap(wanted, edges.of_mentor("skills") | edges.of_mentor("work")))


@criterion("occupation", "Her work knows about the child's needs", child_columns=("needs",), mentor_columns=("work",))
def occupation(edges: Edges, setting: Setting) -> Floats:
    return np.where((edges.of_child("needs") & edges.of_mentor("work")) != 0, 1.0, 0.0)


@criterion("language", "They speak the same language", child_columns=("speech",), mentor_columns=("speech",))
def language(edges: Edges, setting: Setting) -> Floats:
    """Every language of the child counts; where none was noted, Mandarin is taken for granted."""
    spoken = edges.of_child("speech")
    share = overlap(spoken, edges.of_mentor("speech"))
    return np.where((spoken == 0) | (share == 1), 1.0, np.where(share > 0, 0.4 + 0.6 * share, 0.0))


@criterion("times", "She is free outside school hours", Parameter("enough", 2, 1, 4, is_whole=True),
           mentor_columns=("times",))  # fmt: skip
def times(edges: Edges, setting: Setting) -> Floats:
    """Workday evenings, Saturdays, Sundays, school holidays: how many of them, up to what is enough."""
    free = np.bitwise_count(edges.of_mentor("times")).astype(np.float64)
    score: Floats = np.minimum(free / setting["enough"], 1.0)
    return score


@criterion("peers", "Her own child is about the same age", Parameter("years", 4, 1, 10, unit="years"),
           child_columns=("age",), mentor_columns=("child_age_0",))  # fmt: skip
def peers(edges: Edges, setting: Setting) -> Floats:
    """Company for the child. The columns hold age + 1, so that 0 means no child."""
    best = np.full(len(edges), np.inf)
    age = edges.of_child("age")
    for name in numbered(edges.mentors, "child_age"):
        own = edges.of_mentor(name)
        gap = np.where((own == 0) | np.isnan(age), np.inf, np.abs(own - 1 - age))
        best = np.minimum(best, gap)
    return ramp(best, ideal=1, useless=1 + setting["years"])


@criterion("room", "She has room", mentor_columns=("capacity", "taken"))
def room(edges: Edges, setting: Setting) -> Floats:
    """The fewer children she has already, the more time for this one."""
    places, taken = edges.of_mentor("capacity"), edges.of_mentor("taken")
    score: Floats = np.divide(places, places + taken, out=np.zeros(len(edges)), where=(places + taken) > 0)
    return score


@criterion("experience", "She has been with us for long", Parameter("months", 24, 1, 120, is_whole=True),
           mentor_columns=("months",))  # fmt: skip
def experience(edges: Edges, setting: Setting) -> Floats:
    score: Floats = np.minimum(edges.of_mentor("months") / setting["months"], 1.0)
    return score


def say_needs(score: float) -> Promise:
    """Tells “half of it” from “nobody knows”."""
    if abs(score - NEEDS_UNKNOWN) < 0.00005:
        return _("Nobody has noted yet what the child needs.")
    return _say_needs(score)


def say(*, full: Promise, partly: Promise, hardly: Promise) -> Callable[[float], Promise]:
    """One of three sentences for a score."""
    return lambda score: full if score >= 0.8 else partly if score >= 0.3 else hardly


_say_needs = say(
    full=_("She can help with all or nearly all that the child needs."),
    partly=_("She can help with part of what the child needs."),
    hardly=_("She can hardly help with what the child needs most."),
)

CRITERIA = (
    SoftCriterion(
        nearness,
        _("She lives near"),
        say(full=_("She lives close by."), partly=_("She lives in the same sub-district, or not far away."),
            hardly=_("She lives rather far away, or it is not known where.")),
        {"far_km": _("counts for nothing from this many km on")},
    ),
    SoftCriterion(
        needs,
        _("Her skills meet the child's needs"),
        say_needs,
    ),
    SoftCriterion(
        language,
        _("They speak the same language or dialect"),
        say(full=_("She speaks the language of the child's home."), partly=_("They have one language in common."),
            hardly=_("It is not known that they share a language.")),
    ),
    SoftCriterion(
        peers,
        _("Her own child is about the same age"),
        say(full=_("Her own child is about the same age: company to play with."),
            partly=_("Her own child is a few years apart."), hardly=_("She has no child of a similar age.")),
        {"years": _("counts for nothing from this many years apart on")},
    ),
    SoftCriterion(
        times,
        _("She is free outside school hours"),
        say(full=_("She is free on evenings, weekends or in the holidays."), partly=_("She is free now and then."),
            hardly=_("It is not known when she is free.")),
        {"enough": _("kinds of free time that are enough, of 4")},
    ),
    SoftCriterion(
        occupation,
        _("Her work knows about the child's needs"),
        say(full=_("Her work has to do with what the child needs."), partly=_("Her work touches what the child needs."),
            hardly=_("Her work has nothing to do with what the child needs.")),
    ),
    SoftCriterion(
        room,
        _("She has room"),
        say(full=_("She looks after no other child yet."), partly=_("She looks after another child already."),
            hardly=_("She already looks after several children.")),
    ),
    SoftCriterion(
        experience,
        _("She has been with us for long"),
        say(full=_("She has been a neighbour mom for long."), partly=_("She has been a neighbour mom for some time."),
            hardly=_("She is new.")),
        {"months": _("months that count as long")},
    ),
)  # fmt: skip
