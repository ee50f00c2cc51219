"""The hard rules of Neighbour Mom. A pair that breaks one does not exist; it is not merely a bad pair."""

import numpy as np
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sunward.matching.declaration import HardRule
from sunward.matching.terms import (
    Column,
    Edges,
    Flags,
    Parameter,
    Setting,
    Table,
    child_rule,
    mentor_rule,
    pair_rule,
)
from sunward.mentoring.pairing.tables import UNKNOWN, YES


@child_rule("willing", "The child wishes a neighbour mom", Parameter("also_not_asked", 1, 0, 1, is_whole=True),
            columns=("willing",))  # fmt: skip
def willing(children: Table, setting: Setting) -> Flags:
    wish = children["willing"]
    allowed: Flags = (wish == YES) | ((wish == UNKNOWN) & (setting["also_not_asked"] == 1))
    return allowed


@child_rule(
    "legal_basis",
    "There is a legal basis for matching",
    Parameter("also_unrecorded", 1, 0, 1, is_whole=True),
    columns=("has_basis",),
)
def legal_basis(children: Table, setting: Setting) -> Flags:
    """Personal Information Protection Law, art. 13 and 15: a consent that was withdrawn ends it."""
    basis = children["has_basis"]
    allowed: Flags = (basis == YES) | ((basis == UNKNOWN) & (setting["also_unrecorded"] == 1))
    return allowed


@child_rule("child_age", "The child is within the ages served", Parameter("from_years", 0, 0, 25, is_whole=True),
            Parameter("to_years", 20, 0, 25, is_whole=True), columns=("age",))  # fmt: skip
def child_age(children: Table, setting: Setting) -> Flags:
    """A child whose age nobody knows must not get lost."""
    age = children["age"]
    allowed: Flags = np.isnan(age) | ((age >= setting["from_years"]) & (age <= setting["to_years"]))
    return allowed


@mentor_rule("background_check", "Her background check is valid",
             Parameter("days_ahead", 0, 0, 365, unit="days", is_whole=True), columns=("check_days",))  # fmt: skip
def background_check(mentors: Table, setting: Setting) -> Flags:
    """Minors Protection Law, art. 62: checked before, and again every year."""
    allowed: Flags = mentors["check_days"] > setting["days_ahead"]
    return allowed


@mentor_rule("training", "She has been trained", columns=("training_days",))
def training(mentors: Table, setting: Setting) -> Flags:
    allowed: Flags = mentors["training_days"] > 0
    return allowed


@mentor_rule("active", "She is taking children at present", columns=("is_active",))
def active(mentors: Table, setting: Setting) -> Flags:
    allowed: Flags = mentors["is_active"] == 1
    return allowed


@mentor_rule("mentor_age", "She is old enough", Parameter("from_years", 22, 18, 60, unit="years", is_whole=True),
             columns=("age",))  # fmt: skip
def mentor_age(mentors: Table, setting: Setting) -> Flags:
    allowed: Flags = np.isnan(mentors["age"]) | (mentors["age"] >= setting["from_years"])
    return allowed


@pair_rule("neighbourhood", "They live in the same sub-district",
           Parameter("across_km", 0, 0, 20, unit="km"), child_columns=("unit",), mentor_columns=("unit",))  # fmt: skip
def neighbourhood(edges: Edges, setting: Setting) -> Flags:
    unit = edges.of_child("unit")
    same: Flags = (unit == edges.of_mentor("unit")) & (unit != "")
    if setting["across_km"] > 0:
        # Where a place is not known the distance is not a number, and no such number is within anything.
        same |= edges.distance_km <= setting["across_km"]
    return same


@pair_rule("distance", "They do not live too far apart", Parameter("most_km", 3, 0.1, 50, unit="km"))
def distance(edges: Edges, setting: Setting) -> Flags:
    """Only where both places are known."""
    allowed: Flags = ~(edges.distance_km > setting["most_km"])
    return allowed


@pair_rule("not_family", "She is not of the child's own family", child_columns=("kin_0", "home_0", "phone_0"),
           mentor_columns=("person", "home_0", "phone"))  # fmt: skip
def not_family(edges: Edges, setting: Setting) -> Flags:
    """Neither who cares for the child, nor the same household, nor the same phone."""
    family = holds(edges, "kin", edges.of_mentor("person")) | holds(edges, "phone", edges.of_mentor("phone"))
    for name in numbered(edges.mentors, "home"):
        family |= holds(edges, "home", edges.of_mentor(name))
    return ~family


@pair_rule("no_failed_match", "It has not gone wrong between them before", child_columns=("past_0",),
           mentor_columns=("mentor",))  # fmt: skip
def no_failed_match(edges: Edges, setting: Setting) -> Flags:
    return ~holds(edges, "past", edges.of_mentor("mentor"))


@pair_rule("kept_apart", "She was not stopped for this child's safety", child_columns=("apart_0",),
           mentor_columns=("mentor",))  # fmt: skip
def kept_apart(edges: Edges, setting: Setting) -> Flags:
    return ~holds(edges, "apart", edges.of_mentor("mentor"))


@pair_rule("not_rejected", "Nobody has rejected this pair of late", child_columns=("declined_0",),
           mentor_columns=("mentor",))  # fmt: skip
def not_rejected(edges: Edges, setting: Setting) -> Flags:
    return ~holds(edges, "declined", edges.of_mentor("mentor"))


@pair_rule("shared_language", "They share a language", child_columns=("speech",), mentor_columns=("speech",))
def shared_language(edges: Edges, setting: Setting) -> Flags:
    spoken = edges.of_child("speech")
    allowed: Flags = (spoken == 0) | ((spoken & edges.of_mentor("speech")) != 0)
    return allowed


@pair_rule("age_gap", "She is old enough to be a mother to the child",
           Parameter("least_years", 16, 0, 40, unit="years", is_whole=True),
           child_columns=("age",), mentor_columns=("age",))  # fmt: skip
def age_gap(edges: Edges, setting: Setting) -> Flags:
    allowed: Flags = ~(edges.of_mentor("age") - edges.of_child("age") < setting["least_years"])
    return allowed


def numbered(people: Table, name: str) -> list[str]:
    """The numbered columns of one name."""
    return [column for column in people.columns if column.rpartition("_")[0] == name]


def holds(edges: Edges, name: str, wanted: Column) -> Flags:
    """Where one of the child's numbered values is the wanted one; 0 is none."""
    found: Flags = np.zeros(len(edges), bool)
    for column in numbered(edges.children, name):
        found |= (edges.of_child(column) == wanted) & (wanted != 0)
    return found


def renewed(count: int) -> str:
    return ngettext(
        "%(count)d neighbour mom would qualify once her background check is done or renewed.",
        "%(count)d neighbour moms would qualify once their background checks are done or renewed.",
        count,
    ) % {"count": count}


def trained(count: int) -> str:
    return ngettext(
        "%(count)d neighbour mom would qualify once she has been trained.",
        "%(count)d neighbour moms would qualify once they have been trained.",
        count,
    ) % {"count": count}


def back_again(count: int) -> str:
    return ngettext(
        "%(count)d neighbour mom who is resting would qualify if she took children again.",
        "%(count)d neighbour moms who are resting would qualify if they took children again.",
        count,
    ) % {"count": count}


def from_elsewhere(count: int) -> str:
    return ngettext(
        "%(count)d neighbour mom of another sub-district would qualify if the policy allowed it.",
        "%(count)d neighbour moms of other sub-districts would qualify if the policy allowed it.",
        count,
    ) % {"count": count}


def farther(count: int) -> str:
    return ngettext(
        "%(count)d neighbour mom farther away would qualify if the policy allowed a longer way.",
        "%(count)d neighbour moms farther away would qualify if the policy allowed a longer way.",
        count,
    ) % {"count": count}


def reconsidered(count: int) -> str:
    return ngettext(
        "%(count)d neighbour mom who was rejected for this child would qualify if the rejection were taken back.",
        "%(count)d neighbour moms who were rejected for this child would qualify if the rejections were taken back.",
        count,
    ) % {"count": count}


RULES = (
    HardRule(
        willing,
        holds=_("The child and the family wish a neighbour mom"),
        broken=_("The child or the family does not wish a neighbour mom"),
        parameter_words={"also_not_asked": _("also children whom nobody has asked yet")},
        is_law=True,
    ),
    HardRule(
        legal_basis,
        holds=_("There is a legal basis for matching the child"),
        broken=_("The consent to matching was withdrawn or is over, or none is on file"),
        parameter_words={"also_unrecorded": _("also children for whom none was ever recorded")},
        is_law=True,
    ),
    HardRule(
        background_check,
        holds=_("Her background check is valid"),
        broken=_("Her background check is not valid"),
        remedy=renewed,
        parameter_words={"days_ahead": _("and stays so for this many days more")},
        is_law=True,
    ),
    HardRule(
        training, holds=_("She has been trained"), broken=_("She has not been trained"), remedy=trained, is_law=True
    ),
    HardRule(
        active,
        holds=_("She is taking children at present"),
        broken=_("She is not taking children at present"),
        remedy=back_again,
        is_law=True,
    ),
    HardRule(
        not_family,
        holds=_("She is not of the child's own family"),
        broken=_("She belongs to the child's own family, or has the same phone"),
        is_law=True,
    ),
    HardRule(
        kept_apart,
        holds=_("She was not stopped for this child's safety"),
        broken=_("Their match was ended for the child's safety: the two are kept apart for good"),
        is_law=True,
    ),
    HardRule(
        neighbourhood,
        holds=_("Both live in the same sub-district"),
        broken=_("They live in different sub-districts"),
        remedy=from_elsewhere,
        parameter_words={"across_km": _("or no farther apart than this, in km (0: never across)")},
    ),
    HardRule(
        no_failed_match,
        holds=_("It has not gone wrong between them before"),
        broken=_("They were matched before, and it did not go well"),
    ),
    HardRule(
        not_rejected,
        holds=_("Nobody has rejected this pair within the last year"),
        broken=_("This pair was rejected within the last year"),
        remedy=reconsidered,
    ),
    HardRule(
        child_age,
        holds=_("The child is of an age that is served"),
        broken=_("The child is not of an age that is served"),
        parameter_words={"from_years": _("from, in years"), "to_years": _("to, in years")},
    ),
    HardRule(
        distance,
        holds=_("They live near each other"),
        broken=_("They live too far apart"),
        remedy=farther,
        parameter_words={"most_km": _("at most this far, in km; applies only where both places are known")},
    ),
    HardRule(
        shared_language,
        holds=_("They share a language or dialect"),
        broken=_("They share no language or dialect"),
    ),
    HardRule(
        mentor_age,
        holds=_("She is old enough"),
        broken=_("She is too young"),
        parameter_words={"from_years": _("at least this many years old")},
    ),
    HardRule(
        age_gap,
        holds=_("She is old enough to be a mother to the child"),
        broken=_("She is hardly older than the child"),
        parameter_words={"least_years": _("at least this many years older")},
    ),
)
