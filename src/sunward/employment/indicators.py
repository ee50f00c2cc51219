"""What Leye Space counts, and what each figure means in plain words."""

from collections.abc import Collection, Mapping
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.core.furniture import Text
from sunward.employment.access.jobseekers import PROGRAMME, visible_jobseekers
from sunward.employment.access.vacancies import visible_vacancies
from sunward.figures.declared import Opener, Record
from sunward.figures.definition import (
    Card,
    Conversion,
    Count,
    Facts,
    Indicator,
    Mean,
    Measure,
    Share,
    Standing,
    Version,
    Wait,
)
from sunward.figures.enums import Across, CountingUnit, Protection
from sunward.gatherings.access import seen_gatherings

READERS = (Role.EMPLOYMENT_OFFICER,)
BEGAN = date(2022, 1, 1)
BOTH = (Across.MONTHS, Across.UNITS)

_OWN = ("programme", (PROGRAMME,))
_PLACED = Facts(("employment.placed",))
_YOUTHS_PLACED = Facts(("employment.placed",), (("tag_ltu_youth", (True,)),))
_APPLIED, _HIRED = Facts(("employment.step_applied",)), Facts(("employment.step_hired",))
_STAYED, _LEFT = Facts(("employment.step_stayed",)), Facts(("employment.step_left",))
_SERVED = Facts(("casework.contact_made",), (_OWN,))
_ADDED = Facts(("employment.vacancy_added",))
_VACANCIES = Facts((*_ADDED.kinds, "employment.vacancy_registered"))
_COURSE = (("kind", ("employment.course_session",)),)
_ROADSHOW = (*_COURSE, ("of_roadshow", (True,)))
_ROADSHOW_HELD = Facts(("gatherings.gathering_held",), _ROADSHOW)
_PUSH = Facts(("outreach.push",))
_ONLINE = ("channel", ("online_visit",))

_ON_THE_DAY = _("The day on which it happened, not the one on which it was written down.")
_LAST_DAY = _("The last day of the month.")
_FIRST_DAY = _("The first day at work.")
_HELD = _("Its last day.")


def _told_exactly(measure: Measure, card: Card) -> tuple[Version, ...]:
    """Counted as before, and no longer rounded where it is told (docs/adr/0016)."""
    return (
        Version(1, BEGAN, measure, card, protection=Protection.SENSITIVE),
        Version(2, BEGAN, measure, card, why=_(
            "Work that adults found is told exactly, as the district itself tells it; what was told rounded stays so."
        )),
    )  # fmt: skip


def _held(code: str, name: Text, counts: Text, kind: str) -> Indicator:
    """How often a kind of gathering was held: about no person."""
    return Indicator(
        f"employment.{code}", name, PROGRAMME, Protection.OPEN,
        (Version(1, BEGAN, Count(Facts(("gatherings.gathering_held",), (("kind", (f"employment.{kind}",)),))), Card(
            purpose=_("How often people and work were brought together."), counts=counts, dated_by=_HELD,
        )),), adds_over=BOTH,
    )  # fmt: skip


INDICATORS = (
    Indicator(
        "employment.files_open", _("Jobseekers with an open file"), PROGRAMME, Protection.SENSITIVE,
        (Version(1, BEGAN, Standing(
            Facts(("casework.case_opened", "casework.case_reopened"), (_OWN,)),
            Facts(("casework.case_closed",), (_OWN,)),
        ), Card(
            purpose=_("How many people the office looks after."),
            counts=_("A jobseeker's file that was opened and not closed by the last day."), dated_by=_LAST_DAY,
        )),), adds_over=(Across.UNITS,),
    ),
    Indicator(
        "employment.helped_into_work", _("Helped into work"), PROGRAMME, Protection.PERSONS,
        _told_exactly(Count(_PLACED, CountingUnit.PERSON), Card(
            purpose=_("How many people found work or started a business with the office's help."),
            counts=_("A person with at least one beginning at work; once, however many there were."),
            dated_by=_FIRST_DAY,
        )),
    ),
    Indicator(
        "employment.youths_into_work", _("Long-term unemployed youths helped into work"), PROGRAMME,
        Protection.PERSONS,
        _told_exactly(Count(_YOUTHS_PLACED, CountingUnit.PERSON), Card(
            purpose=_("How many of them were young people without work for long."),
            counts=_("A person helped into work who was a long-term unemployed youth when the work began."),
            dated_by=_FIRST_DAY,
        )),
    ),
    Indicator(
        "employment.people_served", _("Jobseekers served"), PROGRAMME, Protection.PERSONS,
        (Version(1, BEGAN, Count(_SERVED, CountingUnit.PERSON), Card(
            purpose=_("How many people the office really spoke with."),
            counts=_("A person with at least one service in which somebody was reached; once."), dated_by=_ON_THE_DAY,
        )),),
    ),
    Indicator(
        "employment.services", _("Services rendered"), PROGRAMME, Protection.PERSONS,
        (Version(1, BEGAN, Count(_SERVED), Card(
            purpose=_("How much was done for jobseekers."),
            counts=_("A service in which somebody was reached. One that was tried in vain is not counted."),
            dated_by=_ON_THE_DAY,
        )),), adds_over=BOTH,
    ),
    Indicator(
        "employment.applied", _("People who applied"), PROGRAMME, Protection.PERSONS,
        (Version(1, BEGAN, Count(_APPLIED, CountingUnit.PERSON), Card(
            purpose=_("How many people a recommendation moved to apply."),
            counts=_("A person with at least one application for a recommended vacancy; once."), dated_by=_ON_THE_DAY,
        )),),
    ),
    Indicator(
        "employment.hired_in_90_days", _("Hired within 90 days of applying"), PROGRAMME, Protection.PERSONS,
        (Version(1, BEGAN, Conversion(_APPLIED, _HIRED, days=90), Card(
            purpose=_("Whether recommendations lead anywhere."),
            counts=_("A person who applied for a recommended vacancy in the month."),
            numerator=_("Those of them who were hired through a recommendation within 90 days."),
            denominator=_("People who applied in the month."),
            dated_by=_("The day of the first application. Until 90 days after the month it can still rise."),
        )),),
    ),
    Indicator(
        "employment.days_to_hired", _("Days from applying to being hired"), PROGRAMME, Protection.PERSONS,
        (Version(1, BEGAN, Wait(_APPLIED, _HIRED), Card(
            purpose=_("How long people wait for an answer that is a yes."),
            counts=_("A person hired in the month; half waited longer, half less."),
            dated_by=_("The day of being hired."),
        )),),
    ),
    Indicator(
        "employment.stayed", _("Still at work after three months"), PROGRAMME, Protection.PERSONS,
        (Version(1, BEGAN, Share(
            Count(_STAYED, CountingUnit.SUBJECT),
            Count(Facts(_STAYED.kinds + _LEFT.kinds), CountingUnit.SUBJECT),
        ), Card(
            purpose=_("Whether the work lasts."),
            counts=_("Work that came of a recommendation, three months on."),
            numerator=_("Those who were still there."),
            denominator=_("Those of whom it is known whether they were still there."),
            dated_by=_("The day on which it was asked."),
        )),),
    ),
    _held("courses_held", _("Course sessions held"), _("A session of a course that was held."), "course_session"),
    _held("fairs_held", _("Job fairs held"), _("A job fair that was held, in a hall or online."), "job_fair"),
    _held(
        "interview_sessions_held", _("Community interview sessions held"),
        _("A session in a community at which employers met people."), "community_interview",
    ),
    Indicator(
        "employment.posts_brought", _("Posts brought by fairs and interview sessions"), PROGRAMME, Protection.OPEN,
        (Version(1, BEGAN, Count(Facts(("employment.vacancy_brought",)), CountingUnit.QUANTITY), Card(
            purpose=_("How much work fairs and interview sessions put before people."),
            counts=_("A post of a vacancy at the booth of an employer who came; at two fairs it is counted twice."),
            dated_by=_HELD,
        )),), adds_over=BOTH,
    ),
    Indicator(
        "employment.roadshow_sessions", _("Roadshow sessions held"), PROGRAMME, Protection.OPEN,
        (Version(1, BEGAN, Count(_ROADSHOW_HELD), Card(
            purpose=_("How often a course came to where people live."),
            counts=_("A session of a course that a roadshow has placed and that was held."), dated_by=_HELD,
        )),), adds_over=BOTH,
    ),
    Indicator(
        "employment.roadshow_units", _("Sub-districts with a roadshow session"), PROGRAMME, Protection.OPEN,
        (Version(1, BEGAN, Count(_ROADSHOW_HELD, CountingUnit.UNIT), Card(
            purpose=_("Whether roadshows reach the whole district."),
            counts=_("A sub-district that was the host of at least one session that was held; once."), dated_by=_HELD,
        )),),
    ),
    Indicator(
        "employment.roadshow_attendances", _("Attendances at roadshow sessions"), PROGRAMME, Protection.PERSONS,
        (Version(1, BEGAN, Count(Facts(("gatherings.attended",), _ROADSHOW)), Card(
            purpose=_("How many the roadshows reached."),
            counts=_("A head at one session, as checked in: who comes three times is counted three times."),
            dated_by=_ON_THE_DAY,
        )),), adds_over=BOTH,
    ),
    Indicator(
        "employment.course_attendances", _("Attendances at course sessions"), PROGRAMME, Protection.PERSONS,
        (Version(1, BEGAN, Count(Facts(("gatherings.attendance_reported",), _COURSE), CountingUnit.QUANTITY), Card(
            purpose=_("How many came to the courses."),
            counts=_("A head at one session, as its host reported: who comes three times is counted three times."),
            dated_by=_HELD,
        )),), adds_over=BOTH,
    ),
    Indicator(
        "employment.course_satisfaction", _("Satisfaction with courses"), PROGRAMME, Protection.PERSONS,
        (Version(1, BEGAN, Mean(Facts(("gatherings.satisfaction",), _COURSE)), Card(
            purpose=_("How those who came liked it, from 1 to 5."),
            counts=_("An answer. Who gave none is not counted."), dated_by=_("The day of the answer."),
        )),),
    ),
    Indicator(
        "employment.employers_visited", _("Visits to employers made"), PROGRAMME, Protection.OPEN,
        (Version(1, BEGAN, Count(Facts(("employment.employer_visited",))), Card(
            purpose=_("How often the office went to look for posts."),
            counts=_("A visit on site or online."), dated_by=_ON_THE_DAY,
        )),), adds_over=BOTH,
    ),
    Indicator(
        "employment.vacancies_added", _("Vacancies brought in"), PROGRAMME, Protection.OPEN,
        (Version(1, BEGAN, Count(_VACANCIES, CountingUnit.SUBJECT), Card(
            purpose=_("How much work there is to offer."),
            counts=_("A vacancy that was new; the same from another channel is not counted again."),
            dated_by=_ON_THE_DAY,
        )),), adds_over=BOTH,
    ),
    Indicator(
        "employment.online_visit_vacancies", _("Vacancies from online visits"), PROGRAMME, Protection.OPEN,
        (Version(1, BEGAN, Count(Facts(_ADDED.kinds, (_ONLINE,)), CountingUnit.SUBJECT), Card(
            purpose=_("Whether talking to employers online brings work."),
            counts=_("A vacancy that an employer told of at an online visit."), dated_by=_ON_THE_DAY,
        )),), adds_over=BOTH,
    ),
    Indicator(
        "employment.online_visit_it_vacancies", _("Information technology vacancies from online visits"), PROGRAMME,
        Protection.OPEN,
        (Version(1, BEGAN, Count(Facts(_ADDED.kinds, (_ONLINE, ("industry", ("digital",)))), CountingUnit.SUBJECT),
            Card(
                purpose=_("Whether young people who seek such work are offered any."),
                counts=_("One of those vacancies whose employer's code of industry is section I of GB/T 4754."),
                dated_by=_ON_THE_DAY,
            ),
        ),), adds_over=BOTH,
    ),
    Indicator(
        "employment.groups_reached", _("Community groups told of work"), PROGRAMME, Protection.OPEN,
        (Version(1, BEGAN, Count(_PUSH, CountingUnit.SUBJECT), Card(
            purpose=_("How many communities hear of vacancies and events."),
            counts=_("A group that has got at least one message; once."), dated_by=_ON_THE_DAY,
        )),), adds_over=(Across.UNITS,),
    ),
    Indicator(
        "employment.pushes", _("Messages to community groups"), PROGRAMME, Protection.OPEN,
        (Version(1, BEGAN, Count(_PUSH), Card(
            purpose=_("How often vacancies and events were told in the groups."),
            counts=_("A message that a group has got; its further parts are not counted."), dated_by=_ON_THE_DAY,
        )),), adds_over=BOTH,
    ),
)  # fmt: skip


def open_persons(actor: Actor, ids: Collection[int]) -> Mapping[int, Record]:
    cases = visible_jobseekers(actor).filter(person__in=ids).select_related("person")
    return {
        case.person_id: Record(f"{case.person.name} {case.reference}", reverse("employment:jobseeker", args=[case.uid]))
        for case in cases
    }


def _open_vacancies(actor: Actor, ids: Collection[int]) -> Mapping[int, Record]:
    vacancies = visible_vacancies(actor).filter(pk__in=ids)
    return {row.pk: Record(row.title, reverse("employment:vacancy", args=[row.uid])) for row in vacancies}


def _open_gatherings(actor: Actor, ids: Collection[int]) -> Mapping[int, Record]:
    """Of every programme: who may read one is decided by its kind."""
    found = seen_gatherings(actor).filter(pk__in=ids)
    return {row.pk: Record(row.title, reverse("gatherings:gathering", args=[row.uid])) for row in found}


OPENERS: Mapping[str, Opener] = {"vacancy": _open_vacancies, "gathering": _open_gatherings}
