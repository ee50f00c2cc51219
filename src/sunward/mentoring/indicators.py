"""What Neighbour Mom counts, and what each figure means in plain words."""

from collections.abc import Collection, Mapping
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.figures.declared import Opener, Record
from sunward.figures.definition import Card, Conversion, Count, Facts, Indicator, Mean, Moves, Standing, Version, Wait
from sunward.figures.enums import Across, CountingUnit, Protection
from sunward.mentoring.access import PROGRAMME, visible_children, visible_mentors

READERS = (Role.DISTRICT_OFFICER, Role.SUPERVISOR)
BEGAN = date(2019, 1, 1)
BOTH = (Across.MONTHS, Across.UNITS)

_OPENED = Facts(("casework.case_opened", "casework.case_reopened"), (("programme", (PROGRAMME,)),))
_CLOSED = Facts(("casework.case_closed",), (("programme", (PROGRAMME,)),))
_BEGUN = Facts(("mentoring.match_trial",))
_RUNS = Facts(tuple(f"mentoring.match_{state}" for state in ("trial", "active", "paused", "handover")))
_ENDED = Facts(("mentoring.match_closed",))
_VISITS = Facts(("mentoring.visit_made",))
_GIVEN = Facts(("mentoring.visit_made", "mentoring.session_held"))
_OUTING = (("kind", ("mentoring.outing",)),)

_ON_THE_DAY = _("The day on which it happened, not the one on which it was written down.")
_LAST_DAY = _("The last day of the month.")

INDICATORS = (
    Indicator(
        "mentoring.files_open", _("Children with an open file"), PROGRAMME, Protection.SENSITIVE,
        (Version(1, BEGAN, Standing(_OPENED, _CLOSED), Card(
            purpose=_("How many children are looked after."),
            counts=_("A child's file that was opened and not closed by the last day."), dated_by=_LAST_DAY,
        )),), adds_over=(Across.UNITS,), moved_by=Moves(came=Count(_OPENED, CountingUnit.PERSON)),
    ),
    Indicator(
        "mentoring.matches_running", _("Children with a neighbour mom"), PROGRAMME, Protection.SENSITIVE,
        (Version(1, BEGAN, Standing(_RUNS, _ENDED), Card(
            purpose=_("How many children have somebody of their own."),
            counts=_("A match on trial, running, paused or being handed over on the last day."), dated_by=_LAST_DAY,
        )),), adds_over=(Across.UNITS,), moved_by=Moves(came=Count(_BEGUN, CountingUnit.SUBJECT)),
    ),
    Indicator(
        "mentoring.moms_with_child", _("Neighbour moms with a child of their own"), PROGRAMME, Protection.SENSITIVE,
        (Version(1, BEGAN, Standing(Facts(("mentoring.mom_has_child",)), Facts(("mentoring.mom_has_no_child",))), Card(
            purpose=_("How many neighbour moms are there for somebody."),
            counts=_("A neighbour mom with at least one match on trial, running, paused or being handed over; once."),
            dated_by=_LAST_DAY,
        )),), adds_over=(Across.UNITS,),
    ),
    Indicator(
        "mentoring.matches_begun", _("Matches begun"), PROGRAMME, Protection.SENSITIVE,
        (Version(1, BEGAN, Count(_BEGUN, CountingUnit.SUBJECT), Card(
            purpose=_("How many children got to know a neighbour mom."),
            counts=_("A match, on the day it went on trial; once, even if it began again."), dated_by=_ON_THE_DAY,
        )),), adds_over=(Across.UNITS,),
    ),
    Indicator(
        "mentoring.matched_in_60_days", _("Matched within 60 days"), PROGRAMME, Protection.SENSITIVE,
        (Version(1, BEGAN, Conversion(_OPENED, _BEGUN, days=60), Card(
            purpose=_("Whether children wait too long for somebody of their own."),
            counts=_("A child whose file was opened in the month."),
            numerator=_("Those of them who had a match on trial within 60 days, in whichever unit."),
            denominator=_("Children whose file was opened in the month."),
            dated_by=_("The day on which the file was opened. Until 60 days after the month it can still rise."),
        )),),
    ),
    Indicator(
        "mentoring.days_to_match", _("Days from file to match"), PROGRAMME, Protection.SENSITIVE,
        (Version(1, BEGAN, Wait(_OPENED, _BEGUN), Card(
            purpose=_("How long those waited who now have somebody."),
            counts=_("A child whose match went on trial in the month; half waited longer, half less."),
            dated_by=_("The day on which the match went on trial."),
        )),),
    ),
    Indicator(
        "mentoring.visits_made", pgettext_lazy("figure", "Visits made"), PROGRAMME, Protection.SENSITIVE,
        (Version(1, BEGAN, Count(_VISITS), Card(
            purpose=_("How often neighbour moms were with their children."),
            counts=_("A visit that took place. One that was tried in vain is not counted."), dated_by=_ON_THE_DAY,
        )),), adds_over=BOTH,
    ),
    Indicator(
        "mentoring.hours_given", _("Hours given"), PROGRAMME, Protection.PERSONS,
        (Version(1, BEGAN, Count(_GIVEN, CountingUnit.HOURS), Card(
            purpose=_("How much time neighbour moms and students gave to children."),
            counts=_("The hours of visits and online lessons that took place, as they were written down; whole hours."),
            dated_by=_ON_THE_DAY,
        )),),
    ),
    Indicator(
        "mentoring.children_visited", _("Children visited"), PROGRAMME, Protection.SENSITIVE,
        (Version(1, BEGAN, Count(_VISITS, CountingUnit.PERSON), Card(
            purpose=_("How many children somebody was with."),
            counts=_("A child with at least one visit; once, however many there were."), dated_by=_ON_THE_DAY,
        )),),
    ),
    Indicator(
        "mentoring.tutoring_held", _("Online lessons held"), PROGRAMME, Protection.PERSONS,
        (Version(1, BEGAN, Count(Facts(("mentoring.session_held",))), Card(
            purpose=_("How often students taught children online."),
            counts=_("A lesson that took place."), dated_by=_ON_THE_DAY,
        )),), adds_over=BOTH,
    ),
    Indicator(
        "mentoring.outings_held", _("Outings held"), PROGRAMME, Protection.OPEN,
        (Version(1, BEGAN, Count(Facts(("gatherings.gathering_held",), _OUTING)), Card(
            purpose=_("How often children went out together."),
            counts=_("An outing after which its host wrote down that it was held."), dated_by=_("Its last day."),
        )),), adds_over=BOTH,
    ),
    Indicator(
        "mentoring.outing_attendances", _("Attendances at outings"), PROGRAMME, Protection.PERSONS,
        (Version(1, BEGAN, Count(Facts(("gatherings.attended",), _OUTING)), Card(
            purpose=_("How many came along."),
            counts=_("A head at one meeting: who comes three times is counted three times."), dated_by=_ON_THE_DAY,
        )),), adds_over=BOTH,
    ),
    Indicator(
        "mentoring.outing_satisfaction", _("Satisfaction with outings"), PROGRAMME, Protection.PERSONS,
        (Version(1, BEGAN, Mean(Facts(("gatherings.satisfaction",), _OUTING)), Card(
            purpose=_("How those who came liked it, from 1 to 5."),
            counts=_("An answer. Who gave none is not counted."), dated_by=_("The day of the answer."),
        )),),
    ),
    Indicator(
        "mentoring.worries_reported", _("Worries reported"), PROGRAMME, Protection.SENSITIVE,
        (Version(1, BEGAN, Count(Facts(("safeguarding.worry_reported",))), Card(
            purpose=_("How many children at risk were noticed."),
            counts=_("A worry, whoever told of it."), dated_by=_ON_THE_DAY,
        )),), adds_over=BOTH,
    ),
)  # fmt: skip


def open_persons(actor: Actor, ids: Collection[int]) -> Mapping[int, Record]:
    cases = visible_children(actor).filter(person__in=ids).select_related("person")
    return {
        case.person_id: Record(f"{case.person.name} {case.reference}", reverse("mentoring:child", args=[case.uid]))
        for case in cases
    }


def _open_mentors(actor: Actor, ids: Collection[int]) -> Mapping[int, Record]:
    mentors = visible_mentors(actor).filter(pk__in=ids).select_related("person")
    return {row.pk: Record(row.person.name, reverse("mentoring:mentor", args=[row.uid])) for row in mentors}


OPENERS: Mapping[str, Opener] = {"mentor": _open_mentors}
