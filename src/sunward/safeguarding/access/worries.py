"""Who may see a worry: who answers for its unit today. Whoever reported it sees that it is looked after, no more."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_look
from sunward.accounts.deputies import find_deputies
from sunward.accounts.enums import Role
from sunward.accounts.models import Unit, User
from sunward.accounts.scopes import below
from sunward.audit.chain import Subject
from sunward.casework.access import case_not_there, case_subject
from sunward.casework.models import Case, CaseQuerySet
from sunward.core.refusals import NotThere
from sunward.safeguarding.access.files import guarded_cases
from sunward.safeguarding.models import Hint, ReportingLink, Worry, WorryQuerySet
from sunward.safeguarding.roles import TRIAGING

WORRY_SUBJECT = "worry"
HINT_SUBJECT = "hint"
LINK_SUBJECT = "reporting_link"


def triaged_paths(actor: Actor) -> tuple[str, ...]:
    """The units whose worries the actor looks into. A worker's own committee is not among them."""
    return actor.paths(*TRIAGING)


def visible_worries(actor: Actor) -> WorryQuerySet:
    return Worry.objects.within(triaged_paths(actor))


def own_worries(actor: Actor) -> WorryQuerySet:
    """What the actor reported herself: of these she sees the state and nothing else."""
    return Worry.objects.filter(reporter_id=actor.user_id)


def passed_worries(actor: Actor) -> WorryQuerySet:
    """What the actor passed on and nobody has taken up there yet: she may take it back, without seeing it."""
    mine = Worry.objects.filter(passed_by_id=actor.user_id).filter(below(triaged_paths(actor), "passed_from__path"))
    return mine.waiting()


def worry_not_there() -> NotThere:
    return NotThere("safeguarding.worry_not_there", _("There is no such worry, or it is not yours to see."))


def worry_subject(worry: Worry) -> Subject:
    return Subject(WORRY_SUBJECT, worry.pk)


def get_worry(*, actor: Actor, worry_id: UUID, purpose: str, now: datetime) -> Worry:
    """A worry for whoever looks into it; writes who looked, at the child's file too if it belongs to one."""
    found = visible_worries(actor).select_related("unit", "case__person", "case__unit", "reporter", "link")
    worry = found.filter(uid=worry_id).first()
    if worry is None:
        raise worry_not_there()
    record_look(
        actor=actor, code="safeguarding.worry_opened", now=now, subject=worry_subject(worry),
        unit_path=worry.unit_path, purpose=purpose,
    )  # fmt: skip
    if worry.case is not None:
        # A guardian may read who has looked at the file, and must not learn there that somebody was worried.
        record_look(
            actor=actor, code="safeguarding.file_named", now=now, subject=case_subject(worry.case),
            unit_path=worry.case.unit_path, purpose="open",
        )  # fmt: skip
    return worry


def get_own_worry(*, actor: Actor, worry_id: UUID) -> Worry:
    worry = own_worries(actor).filter(uid=worry_id).first()
    if worry is None:
        raise worry_not_there()
    return worry


def get_worry_for_change(*, actor: Actor, worry_id: UUID) -> Worry:
    """The worry, locked, inside the act's transaction."""
    worry = visible_worries(actor).select_for_update(of=("self",)).filter(uid=worry_id).first()
    if worry is None:
        raise worry_not_there()
    return worry


def tieable_cases(actor: Actor) -> CaseQuerySet:
    """Open files of the units whose worries the actor looks into: to one of these a worry may be tied."""
    return guarded_cases(actor).within(triaged_paths(actor)).open()


def get_tieable_case(*, actor: Actor, case_id: UUID) -> Case:
    case = tieable_cases(actor).select_for_update(of=("self",)).filter(uid=case_id).first()
    if case is None:
        raise case_not_there()
    return case


def visible_hints(actor: Actor) -> QuerySet[Hint]:
    """Hints of which the actor answers for at least one side, by the units of today."""
    paths = triaged_paths(actor)
    if not paths:
        return Hint.objects.none()
    sides = ("worry__unit_path", "other_worry__unit_path", "other_case__unit_path")
    found = Q()
    for side in sides:
        found |= below(paths, side)
    return Hint.objects.filter(found)


def get_hint_for_change(*, actor: Actor, hint_id: UUID) -> Hint:
    hint = visible_hints(actor).select_for_update(of=("self",)).filter(uid=hint_id).first()
    if hint is None:
        raise NotThere("safeguarding.hint_not_there", _("There is no such hint, or it is not yours to settle."))
    return hint


def sides_of(hint: Hint) -> tuple[Worry | Case, Worry | Case]:
    """Fetch the three along."""
    other: Worry | Case | None = hint.other_worry or hint.other_case
    assert other is not None  # hint_is_about_one_other
    return hint.worry, other


def office_path(unit_path: str) -> str:
    """The sub-district that answers for a unit; the district itself where nobody knows more."""
    return "".join(f"{part}/" for part in unit_path.split("/")[:3]) if unit_path.count("/") > 2 else unit_path


def who_answers(unit_path: str, *, on: date) -> tuple[User, ...]:
    """Who is reached for a worry of this unit on the day: the supervisor, else whoever stands in."""
    return find_deputies(office_role(unit_path), office_path(unit_path), on=on)


def office_role(unit_path: str) -> Role:
    """The post that looks into the worries of a unit."""
    return Role.SUPERVISOR if office_path(unit_path).count("/") > 2 else Role.DISTRICT_OFFICER


def visible_links(actor: Actor) -> QuerySet[ReportingLink]:
    return ReportingLink.objects.filter(below(triaged_paths(actor)))


def linkable_units(actor: Actor) -> QuerySet[Unit]:
    """For which units the actor may make a link."""
    return Unit.objects.within(triaged_paths(actor))
