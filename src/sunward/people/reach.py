"""Which persons somebody's work makes known to her. A person may be of two programmes; neither learns of the other.

What makes a person known stands floors above; whoever knows it takes the place of `_rule` (`casework.persons`). Until
then nobody is known to anybody.
"""

from typing import Protocol

from django.db.models import Q

from sunward.accounts.access import Actor


class Rule(Protocol):
    """Rows whose person the actor's programmes know; `column` leads to the person, ``""`` for persons themselves.

    `anywhere`: not only in her own units, but wherever those programmes work.
    """

    def __call__(self, actor: Actor, column: str, *, anywhere: bool) -> Q: ...


def _nobody(actor: Actor, column: str, *, anywhere: bool) -> Q:
    return Q(pk__in=[])


class WholeRule(Protocol):
    """Rows of whose person no open file lies with an office that is not the actor's."""

    def __call__(self, actor: Actor, column: str) -> Q: ...


def _nobody_whole(actor: Actor, column: str) -> Q:
    return Q(pk__in=[])


_rule: list[Rule] = [_nobody]
_whole: list[WholeRule] = [_nobody_whole]


def set_rule(rule: Rule, whole: WholeRule) -> None:
    _rule[:], _whole[:] = [rule], [whole]


def known_to(actor: Actor, column: str = "", *, anywhere: bool = False) -> Q:
    """For `filter`: a `column` ends in two underscores, as in ``person__``."""
    return _rule[0](actor, column, anywhere=anywhere)


def wholly_kept(actor: Actor, column: str = "") -> Q:
    """For what touches all files of a person at once; `column` as above."""
    return _whole[0](actor, column)
