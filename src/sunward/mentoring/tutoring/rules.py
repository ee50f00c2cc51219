"""The hard rules of tutoring online. What holds of every volunteer is Neighbour Mom's own rule, in other words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sunward.matching.declaration import HardRule
from sunward.matching.terms import Edges, Flags, Parameter, Setting, pair_rule
from sunward.mentoring.pairing import rules as common


@pair_rule("subject", "The student can teach what is asked for", Parameter("also_unknown", 1, 0, 1, is_whole=True),
           child_columns=("subjects",), mentor_columns=("subjects",))  # fmt: skip
def subject(edges: Edges, setting: Setting) -> Flags:
    wanted = edges.of_child("subjects")
    allowed: Flags = (wanted & edges.of_mentor("subjects")) != 0
    allowed |= (wanted == 0) & (setting["also_unknown"] == 1)
    return allowed


@pair_rule("stage", "The student takes children of this school stage", child_columns=("stage",),
           mentor_columns=("stages",))  # fmt: skip
def stage(edges: Edges, setting: Setting) -> Flags:
    """Who has named no stage takes every child; a child whose stage nobody noted must not get lost."""
    child, named = edges.of_child("stage"), edges.of_mentor("stages")
    allowed: Flags = (child == 0) | (named == 0) | ((child & named) != 0)
    return allowed


@pair_rule("common_time", "They have an hour in common", Parameter("also_unknown", 1, 0, 1, is_whole=True),
           child_columns=("slots",), mentor_columns=("slots",))  # fmt: skip
def common_time(edges: Edges, setting: Setting) -> Flags:
    """Where nobody has noted when the child is free, the hour is still to be agreed; a student has named hers."""
    free, offered = edges.of_child("slots"), edges.of_mentor("slots")
    allowed: Flags = (free & offered) != 0
    allowed |= (free == 0) & (offered != 0) & (setting["also_unknown"] == 1)
    return allowed


def renewed(count: int) -> str:
    return ngettext(
        "%(count)d student would qualify once the background check is done or renewed.",
        "%(count)d students would qualify once their background checks are done or renewed.",
        count,
    ) % {"count": count}


def trained(count: int) -> str:
    return ngettext(
        "%(count)d student would qualify once trained.", "%(count)d students would qualify once trained.", count
    ) % {"count": count}


def back_again(count: int) -> str:
    return ngettext(
        "%(count)d student who is resting would qualify if she took children again.",
        "%(count)d students who are resting would qualify if they took children again.",
        count,
    ) % {"count": count}


def other_subject(count: int) -> str:
    return ngettext(
        "%(count)d student would qualify for another subject.",
        "%(count)d students would qualify for another subject.",
        count,
    ) % {"count": count}


def other_time(count: int) -> str:
    return ngettext(
        "%(count)d student would qualify at another hour: ask the family.",
        "%(count)d students would qualify at another hour: ask the family.",
        count,
    ) % {"count": count}


def reconsidered(count: int) -> str:
    return ngettext(
        "%(count)d student who was rejected for this child would qualify if the rejection were taken back.",
        "%(count)d students who were rejected for this child would qualify if the rejections were taken back.",
        count,
    ) % {"count": count}


RULES = (
    HardRule(
        common.legal_basis,
        holds=_("The family has not refused, and no consent was withdrawn"),
        broken=_("The consent to matching or to tutoring was withdrawn or is over"),
        parameter_words={"also_unrecorded": _("also children for whom none was recorded yet")},
        is_law=True,
    ),
    HardRule(
        common.background_check,
        holds=_("The student's background check is valid"),
        broken=_("The student's background check is not valid"),
        remedy=renewed,
        parameter_words={"days_ahead": _("and stays so for this many days more")},
        is_law=True,
    ),
    HardRule(
        common.training,
        holds=_("The student has been trained"),
        broken=_("The student has not been trained"),
        remedy=trained,
        is_law=True,
    ),
    HardRule(
        common.active,
        holds=_("The student takes children at present"),
        broken=_("The student takes no children at present"),
        remedy=back_again,
        is_law=True,
    ),
    HardRule(
        common.not_family,
        holds=_("The student is not of the child's own family"),
        broken=_("The student belongs to the child's own family, or has the same phone"),
        is_law=True,
    ),
    HardRule(
        subject,
        holds=_("The student can teach a subject that is asked for"),
        broken=_("The student teaches none of the subjects asked for"),
        remedy=other_subject,
        parameter_words={"also_unknown": _("also children whose subjects nobody has noted yet")},
    ),
    HardRule(
        stage,
        holds=_("The student takes children of this school stage"),
        broken=_("The student takes only children of other school stages"),
    ),
    HardRule(
        common_time,
        holds=_("They have a weekly hour in common"),
        broken=_("They have no weekly hour in common"),
        remedy=other_time,
        parameter_words={"also_unknown": _("also children whose free hours nobody has noted yet")},
    ),
    HardRule(
        common.no_failed_match,
        holds=_("It has not gone wrong between them before"),
        broken=_("The student tutored this child before, and it did not go well"),
    ),
    HardRule(
        common.not_rejected,
        holds=_("Nobody has rejected this pair within the last year"),
        broken=_("This pair was rejected within the last year"),
        remedy=reconsidered,
    ),
)
