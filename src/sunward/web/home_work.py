"""The kinds of work that wait for those who plan and care, in the order in which people need help.

Each is declared once: what it is called, where all of it is listed, which rows it has, and how one row is told.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.casework.enums import AssessmentState, FollowUpKind, FollowUpState, RiskLevel
from sunward.casework.models import Case, FollowUp, Retention, RiskAssessment
from sunward.casework.queries.retention import late_retentions
from sunward.core.furniture import ToDo, Tone
from sunward.core.refusals import NotThere
from sunward.matching.access import visible_proposals, visible_runs
from sunward.matching.declaration import declarations
from sunward.matching.enums import ProposalState
from sunward.matching.enums import RunState as MatchingState
from sunward.mentoring.access import visible_applications, visible_children, visible_matches
from sunward.mentoring.enums import LIVE_STATES, OPEN_APPLICATION_STATES, MatchFollowUp, MatchState, PauseReason
from sunward.mentoring.models import Match, Mentor, MentorApplication
from sunward.mentoring.queries.mentors import list_expiring
from sunward.mentoring.tutoring.enums import TutoringFollowUp
from sunward.mentoring.vetting import REQUIRED_TO_MATCH, read_standing
from sunward.outreach.access import visible_digests, visible_messages
from sunward.outreach.enums import DigestState
from sunward.outreach.models import Digest, Message
from sunward.people.access import visible_duplicates
from sunward.people.enums import DuplicateState
from sunward.people.models import PossibleDuplicate
from sunward.registers.access import MERGING_ROLES, visible_batches
from sunward.registers.enums import BatchState
from sunward.registers.models import ImportBatch
from sunward.web.home_appointments import list_appointments_today, tell_appointment
from sunward.web.home_blueprint import (
    list_completions,
    list_extensions,
    list_lines_due,
    list_obstacles,
    list_to_acknowledge,
    tell_completion,
    tell_extension,
    tell_line_due,
    tell_obstacle,
    tell_to_acknowledge,
)
from sunward.web.home_emergencies import list_calls, list_children_away, tell_call, tell_child_away
from sunward.web.home_feeds import list_asking_feeds, tell_asking_feed
from sunward.web.home_gatherings import list_waiting_gatherings, tell_gathering
from sunward.web.home_glass import list_unjudged_glass, tell_glass
from sunward.web.home_jobseeker_words import (
    list_stories_to_release,
    list_surveys_to_answer,
    tell_story,
    tell_survey,
)
from sunward.web.home_jobseekers import list_due_steps, list_stalled, tell_stalled, tell_step
from sunward.web.home_plans import list_expiring_resources, list_waiting_wishes, tell_resource
from sunward.web.home_questions import list_due_questions, tell_question
from sunward.web.home_recommendations import (
    list_late_answers,
    list_unseen_applications,
    list_untold_shortlists,
    tell_late_answer,
    tell_shortlist,
    tell_unseen_application,
)
from sunward.web.home_results import (
    list_ending_grades,
    list_stalled_results,
    tell_ending_grade,
    tell_stalled_result,
)
from sunward.web.home_sharing import list_waiting_notes, tell_note
from sunward.web.home_vacancies import (
    list_alike_vacancies,
    list_employers_to_visit,
    list_ending_vacancies,
    list_waiting_vacancies,
    tell_employer_to_visit,
    tell_pair,
    tell_vacancy,
)
from sunward.web.home_visits import list_not_back, list_unread_visits, tell_not_back, tell_unread_visit
from sunward.web.home_worries import list_open_hints, list_other_worries, list_urgent_worries, tell_worry

Text = str | Promise
Rows = Callable[[Actor, date], "QuerySet[Any]"]
Line = Callable[[Any, date], ToDo]

# What is overdue for so long shows to everybody above, whoever was to do it.
CLIMBS_AFTER_DAYS = 7


@dataclass(frozen=True, slots=True)
class Work:
    """A kind of work. `address` is a name and what is asked of it; without `line` only the count is told."""

    key: str
    title: Text
    tone: Tone
    rows: Rows
    line: Line | None
    address: tuple[str, dict[str, str]] | None = None

    @property
    def href(self) -> str:
        """Where all of it is listed: a ledger that can be asked for it, else a page of its own."""
        if self.address is None:
            return reverse("work", args=[self.key])
        name, asked = self.address
        return reverse(name) + (f"?{urlencode(asked)}" if asked else "")


def find_work(key: str) -> Work:
    """A kind of work that has a list of its own."""
    found = next((work for work in KINDS if work.key == key), None)
    if found is None or found.line is None:
        raise NotThere("web.no_such_work", _("There is no such list."))
    return found


# Rows, in the order of need.


def _emergencies(actor: Actor, on: date) -> "QuerySet[Case]":
    """An emergency stands until somebody has assessed the child again."""
    again = RiskAssessment.objects.filter(case=OuterRef("case"), state=AssessmentState.IN_FORCE, pk__gt=OuterRef("pk"))
    standing = RiskAssessment.objects.filter(is_emergency=True, state=AssessmentState.IN_FORCE).exclude(Exists(again))
    found = visible_children(actor).open().filter(pk__in=standing.values("case_id"))
    return found.select_related("person", "unit").order_by("contact_due_on", "pk")


def _silent(level: RiskLevel, actor: Actor, on: date) -> "QuerySet[Case]":
    """Of one level: whose contact was due first has been silent longest."""
    found = visible_children(actor).silent(on=on).filter(risk_level=level)
    return found.select_related("person", "unit").order_by("contact_due_on", "pk")


def _stopped_by_vetting(actor: Actor, on: date) -> "QuerySet[Match]":
    return _matches(actor, Q(state=MatchState.PAUSED, pause_reason=PauseReason.VETTING))


def _trials_over(actor: Actor, on: date) -> "QuerySet[Match]":
    return _matches(actor, Q(state=MatchState.TRIAL, trial_until_on__lt=on))


def _to_begin(actor: Actor, on: date) -> "QuerySet[Match]":
    """Approved, and nobody has arranged that the two meet; who approved may be another than who arranges."""
    return _matches(actor, Q(state=MatchState.PROPOSED))


def _matches(actor: Actor, wanted: Q) -> "QuerySet[Match]":
    found = visible_matches(actor).filter(wanted).select_related("case__person", "mentor__person")
    return found.order_by("-case__risk_level", "pk")


def _expiring(actor: Actor, on: date) -> "QuerySet[Mentor]":
    found = list_expiring(actor, on=on).select_related("person", "unit").prefetch_related("vetting_facts")
    needed = Q(vetting_facts__kind__in=REQUIRED_TO_MATCH, vetting_facts__expires_on__gt=on)
    return found.annotate(ends_on=Min("vetting_facts__expires_on", filter=needed)).order_by("ends_on", "pk")


def _applications(actor: Actor, on: date) -> "QuerySet[MentorApplication]":
    found = visible_applications(actor).filter(state__in=OPEN_APPLICATION_STATES)
    return found.select_related("unit").order_by("applied_at", "pk")


def _proposals(actor: Actor, on: date) -> "QuerySet[Any]":
    """Of the newest finished matching of each kind only: what an older one proposed has been overtaken."""
    done = visible_runs(actor).filter(state=MatchingState.DONE).order_by("-made_at", "-pk")
    newest = Q(pk__in=[])
    for kind in declarations():
        newest |= Q(run__in=done.filter(version__policy__programme=kind).values("pk")[:1])
    return visible_proposals(actor).filter(newest, state=ProposalState.OPEN)


def _lowerings(actor: Actor, on: date) -> "QuerySet[RiskAssessment]":
    """Lowering a risk needs a second person; one's own proposals wait for others."""
    waiting = RiskAssessment.objects.filter(state=AssessmentState.PROPOSED, case__in=visible_children(actor).open())
    others = waiting.exclude(assessed_by_id=actor.user_id)
    return others.select_related("case__person", "case__unit").order_by("assessed_on", "pk")


def _follow_ups(actor: Actor, on: date) -> "QuerySet[FollowUp]":
    """Due by today for a role the actor holds or stands in for; after a week for everybody above as well."""
    mine = Q(role__in=actor.roles) | Q(due_on__lt=on - timedelta(days=CLIMBS_AFTER_DAYS))
    for post in actor.stands_in_for:
        mine |= Q(role=post.role, case__unit_path__startswith=post.unit_path)
    due = FollowUp.objects.filter(state=FollowUpState.DUE, due_on__lte=on, case__in=visible_children(actor).open())
    found = due.filter(mine).exclude(kind__in=(MatchFollowUp.VETTING_EXPIRED, MatchFollowUp.VETTING_EXPIRING))
    return found.select_related("case__person", "case__unit").order_by("due_on", "pk")


def _late_retentions(programme: str, role: Role, actor: Actor, on: date) -> "QuerySet[Retention]":
    """The nightly job has left something lying; whoever answers for all of it in the district hears of it."""
    return late_retentions(actor, programme, on=on) if actor.has(role) else Retention.objects.none()


def _repairs(actor: Actor, on: date) -> "QuerySet[ImportBatch]":
    """Imports that are still open and have rows that need a hand; each batch keeps its own counts."""
    found = visible_batches(actor).filter(state=BatchState.STAGED, counts__rejected__gt=0)
    return found.select_related("unit").order_by("-made_at")


def _undelivered(actor: Actor, on: date) -> "QuerySet[Message]":
    """Did not go out, or nobody knows whether it did: a person decides."""
    return visible_messages(actor).waiting_for_a_person().order_by("pk")


def _digests(actor: Actor, on: date) -> "QuerySet[Digest]":
    return visible_digests(actor).filter(state=DigestState.DRAFT).order_by("pk")


def _duplicates(actor: Actor, on: date) -> "QuerySet[PossibleDuplicate]":
    """Whoever imports settles them: an import takes over what may be known already, and nobody would look for it."""
    found = visible_duplicates(actor).filter(state=DuplicateState.OPEN)
    return found if actor.has(*MERGING_ROLES) else found.none()


def _waiting(actor: Actor, on: date) -> "QuerySet[Case]":
    taken = Match.objects.filter(case=OuterRef("pk"), state__in=LIVE_STATES)
    found = visible_children(actor).open().filter(child__willing_to_pair=True).exclude(Exists(taken))
    return found.select_related("person", "unit").order_by("-risk_level", "opened_on", "pk")


# Lines: how one row is told.


def _child_line(case: Case, *, note: Text = "", word: Text = "", tone: Tone = "calm") -> ToDo:
    return ToDo(
        title=case.person.name,
        href=reverse("mentoring:child", args=[case.uid]),
        note=note or case.unit.short_name,
        word=word,
        tone=tone,
        person=case.person.name,
    )


def _tell_emergency(case: Case, on: date) -> ToDo:
    return _child_line(case, word=_("Emergency"), tone="urgent")


def _tell_silence(case: Case, on: date) -> ToDo:
    days = case.silent_days(on)
    word = ngettext("%(days)d day without contact", "%(days)d days without contact", days) % {"days": days}
    return _child_line(case, word=word, tone="urgent" if case.risk_level == RiskLevel.HIGH else "warn")


def _tell_waiting(case: Case, on: date) -> ToDo:
    return _child_line(case, word=RiskLevel(case.risk_level).label)


def _tell_lowering(assessment: RiskAssessment, on: date) -> ToDo:
    word = _("To: %(level)s") % {"level": RiskLevel(assessment.level).label}
    return _child_line(assessment.case, word=word)


def _tell_match(note: Callable[[Match], Text], match: Match, on: date) -> ToDo:
    child = match.case.person.name
    href = reverse("mentoring:match", args=[match.uid])
    return ToDo(title=f"{child} · {match.mentor.person.name}", href=href, note=note(match), person=child)


def _say_renewal(match: Match) -> Text:
    return _("Have it renewed, then resume the match")


def _say_approved(match: Match) -> Text:
    return _("Approved on %(day)s") % {"day": match.proposed_on}


def _say_trial(match: Match) -> Text:
    return _("Trial until %(day)s") % {"day": match.trial_until_on}


def _tell_mentor(mentor: Mentor, on: date) -> ToDo:
    unit, name = mentor.unit.short_name if mentor.unit else "", mentor.person.name
    end = read_standing(mentor.vetting_facts.all(), on=on).expires_first_on
    days = (end - on).days if end else 0
    return ToDo(
        title=name,
        href=reverse("mentoring:mentor", args=[mentor.uid]),
        note=unit,
        word=ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days} if days else "",
        tone="warn",
        person=name,
    )


def _tell_application(row: MentorApplication, on: date) -> ToDo:
    days = (on - localdate(row.applied_at)).days
    return ToDo(
        title=row.name,
        href=reverse("mentoring:application", args=[row.uid]),
        note=row.unit.short_name,
        word=ngettext("waits %(days)d day", "waits %(days)d days", days) % {"days": days} if days else "",
        person=row.name,
    )


def _tell_follow_up(task: FollowUp, on: date) -> ToDo:
    late = (on - task.due_on).days
    word = ngettext("%(days)d day late", "%(days)d days late", late) % {"days": late} if late else _("Today")
    return _child_line(task.case, note=_task_words(task), word=word, tone="warn")


def _task_words(task: FollowUp) -> Text:
    """The programme's own kinds in the reader's language; else what was written."""
    if task.kind == MatchFollowUp.VISIT_NEED:
        return task.note
    if task.kind in MatchFollowUp.values:
        return MatchFollowUp(task.kind).label
    if task.kind in TutoringFollowUp.values:
        return TutoringFollowUp(task.kind).label
    if task.kind in FollowUpKind.values:
        label = FollowUpKind(task.kind).label
        return f"{label} · {task.note}" if task.note else label
    return task.note or task.kind


def _tell_batch(batch: ImportBatch, on: date) -> ToDo:
    rows = int(batch.counts["rejected"])
    words = ngettext("%(rows)d row to repair", "%(rows)d rows to repair", rows) % {"rows": rows}
    return ToDo(title=batch.unit.name, href=reverse("registers:batch", args=[batch.uid]), note=words)


def _children(**asked: str) -> tuple[str, dict[str, str]]:
    return "mentoring:children", asked


def _silent_kind(level: RiskLevel, title: Text, tone: Tone) -> Work:
    address = _children(silent="yes", risk=str(level.value))
    return Work(f"silent_{level.name.lower()}", title, tone, partial(_silent, level), _tell_silence, address)


KINDS: tuple[Work, ...] = (
    Work("calls", _("Calls for help going on"), "urgent", list_calls, tell_call, ("safeguarding:emergencies", {})),
    Work("urgent_worries", _("Worries: a child in danger now"), "urgent", list_urgent_worries, tell_worry),
    Work("emergencies", _("Emergencies"), "urgent", _emergencies, _tell_emergency),
    Work("not_back", _("Neighbour moms who are not back from a visit"), "urgent", list_not_back, tell_not_back),
    _silent_kind(RiskLevel.HIGH, _("High risk and silent"), "urgent"),
    Work(
        "vetting", _("Matches stopped by vetting that has expired"), "urgent", _stopped_by_vetting,
        partial(_tell_match, _say_renewal), ("mentoring:matches", {"care": "vetting"}),
    ),
    _silent_kind(RiskLevel.MEDIUM, _("Medium risk and silent"), "warn"),
    Work("worries", _("Worries to look into"), "warn", list_other_worries, tell_worry, ("safeguarding:worries", {})),
    Work("hints", _("Two offices, perhaps one child"), "warn", list_open_hints, None, ("safeguarding:hints", {})),
    Work("children_away", _("Children in temporary care"), "warn", list_children_away, tell_child_away),
    Work("follow_ups", _("Follow-ups due"), "warn", _follow_ups, _tell_follow_up),
    Work("questions", _("Questions to the expert team that are due"), "warn", list_due_questions, tell_question),
    Work("visits", _("Visits that nobody has read yet"), "info", list_unread_visits, tell_unread_visit),
    Work(
        "glass", _("Files opened in an emergency: was it right?"), "warn", list_unjudged_glass, tell_glass,
        ("mentoring:glasses", {}),
    ),
    Work("lowerings", _("A lower risk waits for a second person"), "info", _lowerings, _tell_lowering),
    _silent_kind(RiskLevel.LOW, _("Low risk and silent"), "warn"),
    Work(
        "trial_over", _("Trials that are over: decide"), "warn", _trials_over, partial(_tell_match, _say_trial),
        ("mentoring:matches", {"care": "trial_over"}),
    ),
    Work(
        "to_begin", _("Matches that wait for their first meeting"), "info", _to_begin,
        partial(_tell_match, _say_approved),
        ("mentoring:matches", {"state": MatchState.PROPOSED}),
    ),
    Work(
        "expiring", _("Vetting expires within 90 days"), "warn", _expiring, _tell_mentor,
        ("mentoring:mentors", {"vetting": "expiring"}),
    ),
    Work(
        "applications", _("Would like to become a neighbour mom"), "info", _applications, _tell_application,
        ("mentoring:applications", {}),
    ),
    Work(
        "undelivered", _("Messages that did not arrive for certain"), "warn", _undelivered, None,
        ("outreach:messages", {"state": "waiting"}),
    ),
    Work("work_obstacles", _("Obstacles that wait for your answer"), "warn", list_obstacles, tell_obstacle),
    Work("work_due", _("Deadlines and milestones of your lines"), "warn", list_lines_due, tell_line_due),
    Work("work_to_acknowledge", _("Lines of work to acknowledge"), "info", list_to_acknowledge, tell_to_acknowledge),
    Work("work_completions", _("Completions to accept or return"), "info", list_completions, tell_completion),
    Work("work_extensions", _("More time: decide"), "info", list_extensions, tell_extension),
    Work("grades_ending", _("Grades of enterprises that run out"), "warn", list_ending_grades, tell_ending_grade),
    Work(
        "results_stalled", _("Results without a step for half a year"), "warn", list_stalled_results,
        tell_stalled_result,
    ),
    Work(
        "appointments", _("Whom you expect today, and who came"), "info", list_appointments_today, tell_appointment,
        ("employment:appointments", {}),
    ),
    Work("jobseekers_steps", _("Next steps of jobseekers whose day has come"), "warn", list_due_steps, tell_step),
    Work(
        "jobseekers_stalled", _("Jobseekers for whom no step was taken in 30 days"), "warn", list_stalled,
        tell_stalled, ("employment:jobseekers", {"stalled": "yes"}),
    ),
    Work(
        "recommendations_late", _("Answers to recommendations that are late"), "warn", list_late_answers,
        tell_late_answer,
    ),
    Work(
        "applications_unseen", _("Applications that no employer sees any more"), "warn", list_unseen_applications,
        tell_unseen_application,
    ),
    Work(
        "shortlists_untold", _("Shortlists of today that nobody was told of"), "info", list_untold_shortlists,
        tell_shortlist, ("employment:shortlists", {}),
    ),
    Work(
        "vacancies_ending", _("Vacancies that run out within a week: ask the employer"), "warn",
        list_ending_vacancies, tell_vacancy, ("employment:vacancies", {"state": "running_out"}),
    ),
    Work(
        "feeds_asking", _("Data feeds that would end many vacancies: look first"), "urgent", list_asking_feeds,
        tell_asking_feed, ("employment:feeds", {}),
    ),
    Work(
        "vacancies_waiting", _("Vacancies to verify or review"), "info", list_waiting_vacancies, tell_vacancy,
        ("employment:vacancies", {}),
    ),
    Work(
        "vacancies_alike", _("Vacancies that may be one"), "info", list_alike_vacancies, tell_pair,
        ("employment:likenesses", {}),
    ),
    Work(
        "employers_to_visit", _("Employers to visit"), "warn", list_employers_to_visit, tell_employer_to_visit,
        ("employment:visits_next", {}),
    ),
    Work(
        "interests_unanswered", _("Wishes in jobseekers' own words that nobody has answered"), "warn",
        list_surveys_to_answer, tell_survey, ("employment:interests", {}),
    ),
    Work(
        "stories_to_release", _("Stories of success for a second officer: read and release"), "calm",
        list_stories_to_release, tell_story, ("employment:stories_waiting", {}),
    ),
    Work("digests", _("Group digests to approve"), "info", _digests, None, ("outreach:digests", {})),
    Work("proposals", _("Proposed matches to decide"), "info", _proposals, None, ("matching:runs", {})),
    Work("gatherings", _("Gatherings to see to"), "info", list_waiting_gatherings, tell_gathering),
    Work(
        "retention_late", _("Closed files that should be emptied by now: tell the administrator"), "warn",
        partial(_late_retentions, "mentoring", Role.DISTRICT_OFFICER), None, ("mentoring:retention", {}),
    ),
    Work(
        "jobseekers_retention_late",
        _("Closed files of jobseekers that should be emptied by now: tell the administrator"), "warn",
        partial(_late_retentions, "employment", Role.EMPLOYMENT_OFFICER), None, ("employment:retention", {}),
    ),
    Work(
        "resources", _("Resources that run out: ask whether they still stand"), "info", list_expiring_resources,
        tell_resource, ("casework:resources", {"state": "expiring"}),
    ),
    Work("wishes", _("Small wishes to read and show"), "calm", list_waiting_wishes, None, ("mentoring:wishes", {})),
    Work(
        "notes", _("Experience of neighbour moms to read"), "calm", list_waiting_notes, tell_note,
        ("mentoring:waiting_notes", {}),
    ),
    Work("repairs", _("Imports with rows to repair"), "info", _repairs, _tell_batch),
    Work("duplicates", _("Possibly the same person"), "info", _duplicates, None, ("registers:duplicates", {})),
    Work(
        "waiting", _("Children who wait for a neighbour mom"), "calm", _waiting, _tell_waiting,
        _children(mentor="no", willing="yes"),
    ),
)  # fmt: skip
