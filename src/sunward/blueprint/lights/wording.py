"""Each reason in words: nobody has to know the colours."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sunward.blueprint.lights.light import Light, Why
from sunward.core.wording import join_sentences

SENTENCES: Mapping[Why, str | Promise] = {
    Why.NOT_BEGUN: _("It begins on %(day)s."),
    Why.TOO_EARLY: _("The first week is not over: nothing can be told yet."),
    Why.UNREPORTED: _("Nothing is known of the time until %(day)s. That is not zero."),
    Why.FEW_POINTS: _("There are %(points)s points; runs show from %(wanted)s on."),
    Why.REACHED: _("Reached: %(reached)s of %(target)s."),
    Why.REACHED_LATE: _("Reached: %(reached)s of %(target)s, caught up after %(day)s."),
    Why.ON_COURSE: _("At %(reached)s, where the line asks for %(wanted)s; at this pace it ends at %(ahead)s."),
    Why.ON_COURSE_AGAIN: _(
        "At %(reached)s, where the line asks for %(wanted)s. The %(value)s of %(day)s were caught up late."
    ),
    Why.BEHIND_BUT_GAINING: _(
        "At %(reached)s, where the line asks for %(wanted)s; at the pace of the last weeks it still reaches %(target)s."
    ),
    Why.SLOWING: _(
        "At %(reached)s it is on the line, but at the pace of the last weeks it ends at %(ahead)s of %(target)s."
    ),
    Why.FALLS_SHORT: _(
        "At %(reached)s, where the line asks for %(wanted)s; at this pace it ends at %(ahead)s of %(target)s."
    ),
    Why.DEADLINE_PASSED: _("The deadline %(day)s has passed and it is not done."),
    Why.WITHIN_LIMIT: _("At %(reached)s, within the limit of %(target)s."),
    Why.NEARS_LIMIT: _("At %(reached)s; at this pace it passes the limit of %(target)s."),
    Why.OVER_LIMIT: _("At %(reached)s, over the limit of %(target)s."),
    Why.SHIFT: _("%(points)s points in a row lie on the wrong side of the line: this is no chance."),
    Why.TREND: _("%(points)s points in a row, each worse than the one before."),
    Why.MOSTLY_BEHIND: _("Most of the last %(points)s points lie on the wrong side of the line."),
    Why.NO_SIGNAL: _("The last %(points)s points swing about the line or lie on its good side."),
    Why.BACK_ON_LINE: _("On the line again: a run on the wrong side was caught up."),
    Why.NO_STEPS: _("No milestone has been reached yet: nothing can be told. Lay out what shows the way."),
    Why.STEP_LATE: _("“%(step)s” was to be there by %(day)s and is not."),
    Why.STEP_REACHED_LATE: _("“%(step)s” of %(day)s was caught up late."),
    Why.WAITS_FOR_OTHER: _("It waits for another line, which is late."),
    Why.DUE_SOON: _("%(days)s days are left and nothing has been handed in."),
    Why.HANDED_IN: _("Handed in; the evidence waits to be accepted."),
    Why.STEPS_REACHED: _("%(reached)s of %(steps)s milestones are reached, none is late."),
    Why.NO_CALENDAR: _("No planned day has come yet: nothing can be told."),
    Why.CALENDAR_KEPT: _("%(held)s took place where %(planned)s were planned by now."),
    Why.CALENDAR_CAUGHT_UP: _(
        "%(held)s took place where %(planned)s were planned; that of %(day)s was caught up late."
    ),
    Why.CALENDAR_WAITS: _("The one planned for %(day)s has not been told of yet."),
    Why.CALENDAR_MISSED: _("%(held)s took place where %(planned)s were planned; that of %(day)s is missing."),
    Why.CLOSED: _("Done on %(done)s and accepted by another party."),
    Why.CLOSED_LATE: _("Done on %(done)s, after the %(day)s that was decided, and accepted by another party."),
    Why.CLOSED_SHORT: _("Closed with %(reached)s of %(target)s: that is what was really done."),
    Why.CLOSED_UNTOLD: _(
        "Done on %(done)s and accepted by another party. How much it was is not told: a month is hidden or still to be"
        " published."
    ),
    Why.NOT_ISSUED: _("The plan is not issued yet: this line has no light."),
    Why.ONLY_MONTHS: _("Of persons whole months are published: single days cannot be held against them."),
    Why.NOT_PUBLISHED: _("No whole month since it is counted has been published yet."),
    Why.MONTH_HIDDEN: _("The number of %(month)s is hidden, to protect persons: nothing can be told of the whole."),
    Why.MONTH_UNPUBLISHED: _("The number of %(month)s has not been published: nothing can be told of the whole."),
}
# What a number about persons is made of, by `counted` of what is told.
MADE_OF: Mapping[str, str | Promise] = {
    "months": _("Counted from what was published of whole months."),
    "months_once": _(
        "It is the sum of what was published of whole months: whoever came in several counts in each of them."
    ),
}


def say(light: Light) -> str:
    """In the language in use."""
    return say_told(light.why, {name: say_value(value) for name, value in light.told})


def say_told(why: Why, told: Mapping[str, str]) -> str:
    said = str(SENTENCES[why]) % told
    return join_sentences([said, MADE_OF[told["counted"]]]) if "counted" in told else said


def say_value(value: str | int | date | Decimal) -> str:
    match value:
        case Decimal():
            return f"{value:.2f}".rstrip("0").rstrip(".")
        case date():
            return value.isoformat()
        case _:
            return str(value)
