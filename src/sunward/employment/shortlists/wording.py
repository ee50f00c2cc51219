"""Why somebody is told of a post, what the chance is, and what would open more doors: in the reader's language."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from sunward.core.furniture import Text
from sunward.core.wording import join_words
from sunward.employment.enums import Education
from sunward.employment.shortlists.making import Line
from sunward.employment.shortlists.policy import Policy
from sunward.employment.shortlists.prospects import Prospects, Step

_STEPS_SAID = 2
_CHANCES: tuple[tuple[float, Text], ...] = (
    (0.7, gettext_lazy("Good chance")), (0.5, gettext_lazy("Fair chance")), (0.0, gettext_lazy("Small chance")),
)  # fmt: skip
_NEARNESS: dict[int, Text] = {
    2: gettext_lazy("Of the same group of occupations as wish %(rank)d."),
    1: gettext_lazy("Of the same branch as wish %(rank)d, another occupation."),
}
_STEPS: dict[str, Text] = {
    "minutes": ngettext_lazy(
        "%(amount)d more minutes on the way would open %(count)d post more.",
        "%(amount)d more minutes on the way would open %(count)d posts more.",
        "count",
    ),
    "education": ngettext_lazy(
        "With “%(level)s” there would be %(count)d post more.",
        "With “%(level)s” there would be %(count)d posts more.",
        "count",
    ),
    "shifts": ngettext_lazy(
        "Whoever takes any shift has %(count)d post more.", "Whoever takes any shift has %(count)d posts more.", "count"
    ),
    "occupation": ngettext_lazy(
        "Another kind of work would open %(count)d post.", "Another kind of work would open %(count)d posts.", "count"
    ),
    "pay": ngettext_lazy(
        "%(amount)d yuan less a month would open %(count)d post more.",
        "%(amount)d yuan less a month would open %(count)d posts more.",
        "count",
    ),
}
_DOORS: dict[str, Text] = {
    "occupation": ngettext_lazy(
        "%(count)d is another kind of work than wished", "%(count)d are another kind of work than wished", "count"
    ),
    "distance": ngettext_lazy("%(count)d is too far away", "%(count)d are too far away", "count"),
    "pay": ngettext_lazy("%(count)d pays less than asked for", "%(count)d pay less than asked for", "count"),
    "education": ngettext_lazy("%(count)d asks for more schooling", "%(count)d ask for more schooling", "count"),
    "shifts": ngettext_lazy(
        "%(count)d has shifts that are not wished", "%(count)d have shifts that are not wished", "count"
    ),
    "kind": ngettext_lazy(
        "%(count)d is a traineeship, which is for another age",
        "%(count)d are traineeships, which are for another age",
        "count",
    ),
}


def say_why(line: Line, *, policy: Policy) -> tuple[str, ...]:
    """Most telling first: the wish, the way, the pay, what speaks for the person."""
    return (_say_wish(line), _say_way(line, policy), _say_pay(line), *_say_person(line))


def say_chance(line: Line) -> str:
    """How likely it seems, for how many places, and how many others are told."""
    head = next(words for least, words in _CHANCES if line.chance >= least)
    others = line.others + line.told
    told = (
        ngettext("%(count)d other is told of it", "%(count)d others are told of it", others) % {"count": others}
        if others
        else _("nobody else is told of it so far")
    )
    places = (
        _("how many places there are is not known")
        if line.places is None
        else ngettext("%(count)d place", "%(count)d places", line.places) % {"count": line.places}
    )
    return _("%(chance)s: %(places)s, %(told)s.") % {"chance": head, "places": places, "told": told}


def say_steps(prospects: Prospects) -> tuple[str, ...]:
    """The steps that would open most."""
    return tuple(say_step(step) for step in prospects.steps[:_STEPS_SAID])


def say_step(step: Step) -> str:
    level = next((str(one.label) for one in Education if one.level == step.amount), "")
    return str(_STEPS[step.code] % {"count": step.opens, "amount": step.amount, "level": level})


def say_nothing(prospects: Prospects) -> str:
    """Why somebody is told of nothing: which rule closes how many; a post may stand behind several doors."""
    if prospects.is_too_young:
        return _("Younger than sixteen: nobody may be employed at that age.")
    if not prospects.posts:
        return _("There is no open vacancy to tell anybody of.")
    if prospects.open and prospects.known:
        return ngettext(
            "%(count)d post would fit, but it was recommended before, or as many are told of it as is fair.",
            "%(count)d posts would fit, but they were recommended before, or as many are told of each as is fair.",
            prospects.open,
        ) % {"count": prospects.open}
    if prospects.open:
        return ngettext(
            "%(count)d post would fit, but as many are told of it as is fair for its places. Look again next week.",
            "%(count)d posts would fit, but as many are told of each as is fair for its places. Look again next week.",
            prospects.open,
        ) % {"count": prospects.open}
    closed = sorted((door for door in prospects.doors if door.closed), key=lambda door: -door.closed)
    reasons = join_words(str(_DOORS[door.rule] % {"count": door.closed}) for door in closed)
    return ngettext(
        "The one open post does not fit: %(reasons)s.",
        "Of %(count)d open posts none fits: %(reasons)s.",
        prospects.posts,
    ) % {"count": prospects.posts, "reasons": reasons}


def _say_wish(line: Line) -> str:
    if line.is_unread:
        return _("Which occupation is wished is not understood; ask.")
    if line.nearness == 0:
        return _("Open to any kind of work.")
    if line.nearness == 3:
        return _("The first wish.") if line.wish_rank == 0 else _("Wish %(rank)d.") % {"rank": line.wish_rank + 1}
    return str(_NEARNESS[line.nearness]) % {"rank": line.wish_rank + 1}


def _say_way(line: Line, policy: Policy) -> str:
    if line.km is None:
        return _("How far it is is not known; ask.")
    if not line.km:
        return _("In the same sub-district.")
    minutes = max(5, round(line.km / policy.doors.km_per_minute / 5) * 5)
    return _("About %(km).1f km, some %(minutes)d minutes.") % {"km": line.km, "minutes": minutes}


def _say_pay(line: Line) -> str:
    if line.above_pay is None:
        return _("The pay a month is not said; ask.")
    if not line.has_floor:
        return _("Pays up to %(yuan)d yuan a month more than the minimum wage.") % {"yuan": max(0, line.above_pay)}
    if not line.above_pay:
        return _("Pays at best what is asked for.")
    return _("Pays up to %(yuan)d yuan a month more than asked for.") % {"yuan": line.above_pay}


def _say_person(line: Line) -> Iterator[str]:
    if line.words:
        yield _("What fits: %(words)s.") % {"words": join_words(line.words)}
    if line.beyond is not None:
        yield _("More schooling than is asked for.") if line.beyond else _("Just the schooling that is asked for.")
