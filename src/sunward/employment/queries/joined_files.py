"""Which files became one because two jobseekers were one person: for parting them again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sunward.accounts.access import Actor
from sunward.accounts.models import User
from sunward.accounts.scopes import below
from sunward.casework.access import CASE_SUBJECT
from sunward.casework.models import Case
from sunward.employment.access.jobseekers import JOBSEEKER_ROLES, kept_files
from sunward.ledger.models import Fact
from sunward.ledger.queries import standing_facts

JOINED = "employment.files_joined"
MOST = 100


@dataclass(frozen=True, slots=True)
class JoinedFiles:
    """`others` are the references of the files that hang on this one's person since."""

    uid: str
    name: str
    reference: str
    unit_name: str
    others: tuple[str, ...]
    on: date
    who: str
    may_part: bool


def list_joined(actor: Actor) -> tuple[JoinedFiles, ...]:
    """The newest first, of those of which the actor keeps every file. Three queries."""
    facts = standing_facts().filter(kind=JOINED, subject_kind=CASE_SUBJECT)
    found = list(facts.filter(below(actor.paths(*JOBSEEKER_ROLES))).order_by("-pk")[:MOST])
    wanted = {pk for fact in found for pk in _files(fact)}
    # Of files that were emptied since nobody knows whose they were: there is nothing to part.
    there = kept_files(actor).filter(pk__in=wanted).exclude(retention__anonymised_on__isnull=False)
    kept = {case.pk: case for case in there.select_related("person", "unit")}
    names = {user.pk: str(user) for user in User.objects.filter(pk__in={fact.actor_id for fact in found})}
    shown = [fact for fact in found if kept.keys() >= set(_files(fact))]
    # What was joined last is parted first.
    latest = {fact.subject_id: fact.pk for fact in reversed(shown)}
    return tuple(_show(fact, kept, names, may_part=latest[fact.subject_id] == fact.pk) for fact in shown)


def latest_joining(case: Case) -> Fact | None:
    found = standing_facts().filter(kind=JOINED, subject_kind=CASE_SUBJECT, subject_id=case.pk)
    return found.order_by("-pk").first()


def _show(fact: Fact, kept: Mapping[int, Case], names: Mapping[int, str], *, may_part: bool) -> JoinedFiles:
    stays = kept[fact.subject_id]
    return JoinedFiles(
        uid=str(stays.uid),
        name=stays.person.name,
        reference=stays.reference,
        unit_name=stays.unit.name,
        others=tuple(f"{kept[pk].reference} · {kept[pk].unit.name}" for pk in _files(fact)[1:] if pk != stays.pk),
        on=fact.happened_on,
        who=names.get(fact.actor_id, ""),
        may_part=may_part,
    )


def _files(fact: Fact) -> list[int]:
    others: list[int] = fact.attributes["files"]
    return [fact.subject_id, *others]
