"""The kinds of work that wait for casework people, each as a query whose rows stand in the order of need."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sunward.accounts.access import Actor
from sunward.casework.enums import AssessmentState, FollowUpKind, FollowUpState, RiskLevel
from sunward.casework.models import Case, FollowUp, RiskAssessment
from sunward.core.furniture import ToDo, Tone
from sunward.core.refusals import NotThere
from sunward.matching.access import visible_proposals, visible_runs
from sunward.matching.enums import ProposalState
from sunward.matching.enums import RunState as MatchingState
from sunward.mentoring.access import visible_children, visible_matches
from sunward.mentoring.enums import LIVE_STATES, MatchFollowUp, MatchState, PauseReason
from sunward.mentoring.models import Match, Mentor
from sunward.mentoring.queries.mentors import list_expiring
from sunward.registers.access import visible_batches
from sunward.registers.enums import BatchState
from sunward.registers.models import ImportBatch

Text = str | Promise

# What is overdue for so long shows to everybody above, whoever was to do it.
CLIMBS_AFTER_DAYS = 7


@dataclass(frozen=True, slots=True)
class Work:
    """A kind of work: its rows in the order of need, and how one is told. Without `line` only the count is told."""

    key: str
    title: Text
    tone: Tone
    href: str
    rows: "QuerySet[Any]"
    line: Callable[[Any], ToDo] | None


def _link(name: str, **asked: str) -> str:
    return reverse(name) + (f"?{urlencode(asked)}" if asked else "")


def _own_page(key: str) -> str:
    """What no ledger lists has a page here."""
    return reverse("work", args=[key])


def _register_page(name: str, *keys: Any) -> str:
    try:
        return reverse(f"registers:{name}", args=keys)
    except NoReverseMatch:
        return ""


def _child_line(case: Case, *, note: Text = "", word: Text = "", tone: Tone = "calm") -> ToDo:
    return ToDo(
        title=case.person.name,
        href=reverse("mentoring:child", args=[case.uid]),
        note=note or case.unit.short_name,
        word=word,
        tone=tone,
        person=case.person.name,
    )


def _emergencies(actor: Actor, on: date) -> Work:
    """An emergency stands until somebody has assessed the child again."""
    again = RiskAssessment.objects.filter(case=OuterRef("case"), state=AssessmentState.IN_FORCE, pk__gt=OuterRef("pk"))
    standing = RiskAssessment.objects.filter(is_emergency=True, state=AssessmentState.IN_FORCE).exclude(Exists(again))
    found = visible_children(actor).open().filter(pk__in=standing.values("case_id"))
    return Work(
        rows=found.select_related("person", "unit").order_by("contact_due_on", "pk"),
        key="emergencies",
        title=_("Emergencies"),
        tone="urgent",
        href=_own_page("emergencies"),
        line=lambda case: _child_line(case, word=_("Emergency"), tone="urgent"),
    )


def _silent(actor: Actor, on: date, *, level: RiskLevel, title: Text, tone: Tone) -> Work:
    found = visible_children(actor).silent(on=on).filter(risk_level=level)
    return Work(
        # Of one level: whose contact was due first has been silent longest.
        rows=found.select_related("person", "unit").order_by("contact_due_on", "pk"),
        key=f"silent_{level.name.lower()}",
        title=title,
        tone=tone,
        href=_link("mentoring:children", silent="yes", risk=str(level.value)),
        line=lambda case: _child_line(case, word=_days(case.silent_days(on)), tone=tone),
    )


def _days(days: int) -> str:
    return ngettext("%(days)d day without contact", "%(days)d days without contact", days) % {"days": days}


def _silent_high(actor: Actor, on: date) -> Work:
    return _silent(actor, on, level=RiskLevel.HIGH, title=_("High risk and silent"), tone="urgent")


def _silent_medium(actor: Actor, on: date) -> Work:
    return _silent(actor, on, level=RiskLevel.MEDIUM, title=_("Medium risk and silent"), tone="warn")


def _silent_low(actor: Actor, on: date) -> Work:
    return _silent(actor, on, level=RiskLevel.LOW, title=_("Low risk and silent"), tone="warn")


def _match_group(actor: Actor, wanted: Q, *, key: str, title: Text, tone: Tone, note: Callable[[Match], Text]) -> Work:
    found = visible_matches(actor).filter(wanted).select_related("case__person", "mentor__person")
    return Work(
        rows=found.order_by("-case__risk_level", "pk"),
        key=key,
        title=title,
        tone=tone,
        href=_link("mentoring:matches", care=key),
        line=lambda match: ToDo(
            title=f"{match.case.person.name} · {match.mentor.person.name}",
            href=reverse("mentoring:match", args=[match.uid]),
            note=note(match),
            person=match.case.person.name,
        ),
    )


def _stopped_by_vetting(actor: Actor, on: date) -> Work:
    return _match_group(
        actor, Q(state=MatchState.PAUSED, pause_reason=PauseReason.VETTING), key="vetting",
        title=_("Matches stopped by vetting that has expired"), tone="urgent",
        note=lambda match: _("Have it renewed, then resume the match"),
    )  # fmt: skip


def _trials_over(actor: Actor, on: date) -> Work:
    return _match_group(
        actor, Q(state=MatchState.TRIAL, trial_until_on__lt=on), key="trial_over",
        title=_("Trials that are over: decide"), tone="warn",
        note=lambda match: _("Trial until %(day)s") % {"day": match.trial_until_on},
    )  # fmt: skip


def _expiring(actor: Actor, on: date) -> Work:
    def line(mentor: Mentor) -> ToDo:
        unit = mentor.unit.short_name if mentor.unit else ""
        href = reverse("mentoring:mentor", args=[mentor.uid])
        return ToDo(title=mentor.person.name, href=href, note=unit, person=mentor.person.name)

    return Work(
        rows=list_expiring(actor, on=on).select_related("person", "unit").order_by("pk"),
        key="expiring",
        title=_("Vetting expires within 30 days"),
        tone="warn",
        href=_link("mentoring:mentors", vetting="expiring"),
        line=line,
    )


def _proposals(actor: Actor, on: date) -> Work | None:
    """Of the newest finished matching only: what an older one proposed has been overtaken."""
    newest = visible_runs(actor).filter(state=MatchingState.DONE).order_by("-made_at", "-pk").first()
    if newest is None:
        return None
    return Work(
        rows=visible_proposals(actor).filter(run=newest, state=ProposalState.OPEN),
        key="proposals",
        title=_("Proposed matches to decide"),
        tone="info",
        href=reverse("matching:run", args=[newest.uid]),
        line=None,
    )


def _lowerings(actor: Actor, on: date) -> Work:
    """Lowering a risk needs a second person; one's own proposals wait for others."""
    waiting = RiskAssessment.objects.filter(state=AssessmentState.PROPOSED, case__in=visible_children(actor).open())
    found = waiting.exclude(assessed_by_id=actor.user_id).select_related("case__person", "case__unit")
    return Work(
        rows=found.order_by("assessed_on", "pk"),
        key="lowerings",
        title=_("A lower risk waits for a second person"),
        tone="info",
        href=_own_page("lowerings"),
        line=lambda assessment: _child_line(assessment.case, word=_level_word(assessment)),
    )


def _level_word(assessment: RiskAssessment) -> Text:
    return _("To: %(level)s") % {"level": RiskLevel(assessment.level).label}


def _follow_ups(actor: Actor, on: date) -> Work:
    """Due by today for a role the actor holds; after a week for everybody above as well."""
    mine = Q(role__in=actor.roles) | Q(due_on__lt=on - timedelta(days=CLIMBS_AFTER_DAYS))
    due = FollowUp.objects.filter(state=FollowUpState.DUE, due_on__lte=on, case__in=visible_children(actor).open())
    found = due.filter(mine).exclude(kind__in=(MatchFollowUp.VETTING_EXPIRED, MatchFollowUp.VETTING_EXPIRING))
    return Work(
        rows=found.select_related("case__person", "case__unit").order_by("due_on", "pk"),
        key="follow_ups",
        title=_("Follow-ups due"),
        tone="warn",
        href=_own_page("follow_ups"),
        line=lambda task: _child_line(task.case, note=_task_words(task), word=_due_word(task.due_on, on), tone="warn"),
    )


def _task_words(task: FollowUp) -> Text:
    """The programme's own kinds in the reader's language; else what was written."""
    for kinds in (MatchFollowUp, FollowUpKind):
        if task.kind in kinds.values:
            label = kinds(task.kind).label
            return f"{label} · {task.note}" if task.note and kinds is FollowUpKind else label
    return task.note or task.kind


def _due_word(due_on: date, on: date) -> Text:
    late = (on - due_on).days
    if late == 0:
        return _("Today")
    return ngettext("%(days)d day late", "%(days)d days late", late) % {"days": late}


def _repairs(actor: Actor, on: date) -> Work:
    """Imports that are still open and have rows that need a hand; each batch keeps its own counts."""

    def line(batch: ImportBatch) -> ToDo:
        rows = int(batch.counts["rejected"])
        words = ngettext("%(rows)d row to repair", "%(rows)d rows to repair", rows) % {"rows": rows}
        return ToDo(title=batch.unit.name, href=_register_page("batch", batch.uid), note=words)

    open_batches = visible_batches(actor).filter(state=BatchState.STAGED, counts__rejected__gt=0)
    return Work(
        rows=open_batches.select_related("unit").order_by("-made_at"),
        key="repairs",
        title=_("Imports with rows to repair"),
        tone="info",
        href=_own_page("repairs"),
        line=line,
    )


def _waiting(actor: Actor, on: date) -> Work:
    taken = Match.objects.filter(case=OuterRef("pk"), state__in=LIVE_STATES)
    found = visible_children(actor).open().filter(child__willing_to_pair=True).exclude(Exists(taken))
    return Work(
        rows=found.select_related("person", "unit").order_by("-risk_level", "opened_on", "pk"),
        key="waiting",
        title=_("Children who wait for a neighbour mom"),
        tone="calm",
        href=_link("mentoring:children", mentor="no", willing="yes"),
        line=lambda case: _child_line(case, word=RiskLevel(case.risk_level).label),
    )


READERS: dict[str, Callable[[Actor, date], Work | None]] = {
    "emergencies": _emergencies,
    "silent_high": _silent_high,
    "vetting": _stopped_by_vetting,
    "silent_medium": _silent_medium,
    "follow_ups": _follow_ups,
    "lowerings": _lowerings,
    "silent_low": _silent_low,
    "trial_over": _trials_over,
    "expiring": _expiring,
    "proposals": _proposals,
    "repairs": _repairs,
    "waiting": _waiting,
}


def read_work(actor: Actor, key: str, *, on: date) -> Work:
    """One kind of work whole, for a page of its own."""
    work = READERS[key](actor, on) if key in READERS else None
    if work is None or work.line is None:
        raise NotThere("web.no_such_work", _("There is no such list."))
    return work
