"""The planner's codes in words for people."""

from collections.abc import Mapping, Sequence

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sunward.core import wording
from sunward.gatherings.roadshow.days import DayRule, days_of
from sunward.gatherings.roadshow.openings import Obstacle
from sunward.gatherings.roadshow.reasons import Change, Count, Help, Lack, Shortage
from sunward.gatherings.roadshow.shapes import Proof, Stage

Text = str | Promise
# A gap beyond this is the lack of a bound, not a figure to tell people.
SAYS_SOMETHING = 0.5

DAY_RULES = (
    (DayRule.WORKDAYS.value, _("On workdays, Monday to Friday")),
    (DayRule.WITH_MAKE_UP.value, _("Also on weekends that are worked for a holiday")),
    (DayRule.WITH_WEEKENDS.value, _("Also on any weekend, never on a public holiday")),
)

OBSTACLES: Mapping[Obstacle, Text] = {
    Obstacle.PAST: _("The day is over"),
    Obstacle.HOLIDAY: _("Public holiday"),
    Obstacle.WEEKEND: _("Weekend"),
    Obstacle.MAKE_UP: _("Weekend that is worked for a holiday; this plan does without them"),
    Obstacle.BUSY: _("The sub-district has something planned"),
    Obstacle.VENUE_NOT_FREE: _("No venue is open"),
    Obstacle.VENUE_BUSY: _("The venue is taken by another gathering"),
    Obstacle.NOBODY_TEACHES: _("Nobody teaches what is on in this month"),
    Obstacle.SPEAKER_NOT_FREE: _("No speaker is free"),
    Obstacle.SPEAKER_BUSY: _("The speaker is at another gathering"),
    Obstacle.SAME_DAY: _("The sub-district has a session on this day already"),
    Obstacle.VENUE_TAKEN: _("Another session of this roadshow is in the venue"),
    Obstacle.SPEAKER_ELSEWHERE: _("The speaker gives another session of this roadshow then"),
    Obstacle.SPEAKER_FULL: _("The speaker has as many sessions in this month as agreed"),
    Obstacle.OTHER_OCCUPATION: _("The month has another occupation here"),
}


def tell_month(month: str) -> str:
    return date_format(days_of(month)[0], "YEAR_MONTH_FORMAT")


def tell_obstacle(obstacle: Obstacle, about: str = "") -> str:
    words = str(OBSTACLES[obstacle])
    return wording.say_value(words, about) if about else words


def tell_count(count: Count) -> str:
    return ngettext("%(why)s: %(count)d half day.", "%(why)s: %(count)d half days.", count.half_days) % {
        "why": tell_obstacle(count.obstacle, count.about),
        "count": count.half_days,
    }


def tell_lack(lack: Lack, month: str) -> str:
    said = {"occupation": lack.occupation, "month": tell_month(month), "names": "、".join(lack.speakers)}
    if not lack.speakers:
        return gettext("Nobody teaches “%(occupation)s”.") % said
    if not lack.venue_halves:
        return gettext("In %(month)s no venue is open on any day that is allowed.") % said
    return gettext("In %(month)s nobody who teaches “%(occupation)s” (%(names)s) is free while a venue is open.") % said


def tell_shortage(shortage: Shortage) -> tuple[str, ...]:
    """What is missing altogether first, then the counts."""
    lacks = dict.fromkeys(tell_lack(lack, shortage.month) for lack in shortage.lacks)
    return (*lacks, *(tell_count(count) for count in shortage.counts))


_HELPS: Mapping[Change, Text] = {
    Change.MAKE_UP: _("Allow weekends that are worked for a holiday"),
    Change.WEEKENDS: _("Allow weekends"),
    Change.TWO_A_DAY: _("Allow two sessions in one sub-district on one day"),
    Change.MORE_OCCUPATIONS: _("Allow several occupations in one month"),
    Change.EVERY_OCCUPATION: _("Allow every occupation in every month"),
    Change.SPEAKER_OFTENER: _("%(about)s speaks as often as needed"),
    Change.SPEAKER_FREER: _("%(about)s is free on every day"),
    Change.NEW_SPEAKER: _("One more speaker who teaches everything and is always free"),
    Change.VENUE_FREER: _("%(about)s has one more venue that is always open"),
    Change.MOVE_PLANNED: _("Move the other gatherings away"),
    Change.LET_FIXED_GO: _("Release the fixed sessions"),
}


def tell_help(found: Help, names: Mapping[str, str]) -> str:
    what = str(_HELPS[found.change]) % {"about": names.get(found.about, found.about)}
    return ngettext("%(what)s: %(count)d more session.", "%(what)s: %(count)d more sessions.", found.more) % {
        "what": what,
        "count": found.more,
    }


_PROVEN: Mapping[Stage, Text] = {
    Stage.PLACED: _("Proven: no timetable places more sessions."),
    Stage.KEPT: _("Proven: no timetable changes fewer of the sessions that stood."),
    Stage.EVEN: _("Proven: none is more even between sub-districts and months."),
    Stage.WEEKS: _("Proven: none is spread better over the weeks and days."),
    Stage.PEOPLE: _("Proven: on these days, none is spread better over speakers and occupations."),
}
_PARTS: Mapping[Stage, Text] = {
    Stage.PLACED: pgettext_lazy("roadshow", "number of sessions"),
    Stage.KEPT: pgettext_lazy("roadshow", "sessions that stay"),
    Stage.EVEN: pgettext_lazy("roadshow", "sub-districts and months"),
    Stage.WEEKS: pgettext_lazy("roadshow", "weeks and days"),
    Stage.PEOPLE: pgettext_lazy("roadshow", "speakers and occupations"),
}


def tell_proof(proof: Proof) -> str:
    if proof.is_proven:
        return str(_PROVEN[proof.stage])
    said = {"part": _PARTS[proof.stage], "percent": max(1, round(100 * proof.gap))}
    if proof.gap > SAYS_SOMETHING:
        return gettext("Not proven in the time there was: %(part)s might be better. Plan again for another try.") % said
    return gettext("Not proven in the time there was: %(part)s might be up to %(percent)d %% better.") % said


def tell_range(numbers: Sequence[int]) -> str:
    low, high = min(numbers, default=0), max(numbers, default=0)
    return str(low) if low == high else f"{low}–{high}"
