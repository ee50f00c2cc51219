"""What makes a good pair for tutoring, each as a score between 0 and 1 with words for it."""

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sunward.matching.declaration import SoftCriterion
from sunward.matching.terms import Edges, Floats, Parameter, Setting, criterion, overlap
from sunward.mentoring.pairing.criteria import room, say
from sunward.mentoring.pairing.rules import holds

# Halfway, for everyone alike, where nobody has noted what or when; no share or count of hours is exactly this.
UNKNOWN = 0.5001
# These scores are all or nothing.
_NOT_USED = _("Partly.")


@criterion("continuity", "The student tutored this child before", child_columns=("had_0",),
           mentor_columns=("mentor",))  # fmt: skip
def continuity(edges: Edges, setting: Setting) -> Floats:
    return np.where(holds(edges, "had", edges.of_mentor("mentor")), 1.0, 0.0)


@criterion("subjects", "The student teaches what is asked for", child_columns=("subjects",),
           mentor_columns=("subjects",))  # fmt: skip
def subjects(edges: Edges, setting: Setting) -> Floats:
    wanted = edges.of_child("subjects")
    return np.where(wanted == 0, UNKNOWN, overlap(wanted, edges.of_mentor("subjects")))


@criterion("hours", "They have several hours in common", Parameter("enough", 3, 1, 10, is_whole=True),
           child_columns=("slots",), mentor_columns=("slots",))  # fmt: skip
def hours(edges: Edges, setting: Setting) -> Floats:
    """With several, one that falls away does not end the tutoring."""
    free = edges.of_child("slots")
    common = np.bitwise_count(free & edges.of_mentor("slots")).astype(np.float64)
    return np.where(free == 0, UNKNOWN, np.minimum(common / setting["enough"], 1.0))


@criterion("major", "The student studies the subject", child_columns=("subjects",), mentor_columns=("major",))
def major(edges: Edges, setting: Setting) -> Floats:
    return np.where((edges.of_child("subjects") & edges.of_mentor("major")) != 0, 1.0, 0.0)


@criterion("own_stage", "The student has named this school stage", child_columns=("stage",),
           mentor_columns=("stages",))  # fmt: skip
def own_stage(edges: Edges, setting: Setting) -> Floats:
    return np.where((edges.of_child("stage") & edges.of_mentor("stages")) != 0, 1.0, 0.0)


def say_subjects(score: float) -> Promise:
    if abs(score - UNKNOWN) < 0.00005:
        return _("Nobody has noted yet which subjects the child needs.")
    return _say_subjects(score)


def say_hours(score: float) -> Promise:
    if abs(score - UNKNOWN) < 0.00005:
        return _("Nobody has noted yet when the child is free: agree on an hour with the family.")
    return _say_hours(score)


_say_subjects = say(
    full=_("The student teaches all that is asked for."),
    partly=_("The student teaches part of what is asked for."),
    hardly=_("The student teaches little of what is asked for."),
)
_say_hours = say(
    full=_("They have several weekly hours in common."),
    partly=_("They have a weekly hour in common."),
    hardly=_("They have no weekly hour in common."),
)

CRITERIA = (
    SoftCriterion(
        continuity,
        _("The student knows the child already"),
        say(full=_("The student tutored this child before, and it went well."), partly=_NOT_USED,
            hardly=_("They do not know each other yet.")),
    ),
    SoftCriterion(subjects, _("The student teaches what is asked for"), say_subjects),
    SoftCriterion(
        hours,
        _("They have several weekly hours in common"),
        say_hours,
        {"enough": _("hours in common that are enough")},
    ),
    SoftCriterion(
        major,
        _("The student studies the subject, or to become a teacher"),
        say(full=_("It is what the student studies, or she wants to become a teacher."), partly=_NOT_USED,
            hardly=_("It is not what the student studies.")),
    ),
    SoftCriterion(
        own_stage,
        _("The student has named this school stage"),
        say(full=_("The student has named this school stage."), partly=_NOT_USED,
            hardly=_("The student has named no school stage.")),
    ),
    SoftCriterion(
        room,
        _("The student has time"),
        say(full=_("The student tutors no other child yet."), partly=_("The student tutors another child already."),
            hardly=_("The student already tutors several children.")),
    ),
)  # fmt: skip
