"""What jobseekers agreed to, as the office reads it: whether it holds on the day, since when, and why not."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sunward.casework.models import Case
from sunward.people.enums import JOBSEEKER_PURPOSES, LegalBasis, Purpose
from sunward.people.models import ConsentRecord


@dataclass(frozen=True, slots=True)
class Agreement:
    """`given_on` is that of the paper that holds, or of the last one; `sentence` says it all."""

    purpose: Purpose
    is_given: bool
    given_on: date | None
    expires_on: date | None
    note: str
    sentence: str


def read_agreements(people: Collection[int], purpose: Purpose, *, on: date) -> dict[int, Agreement]:
    """One query, for all of these people."""
    papers: dict[int, list[ConsentRecord]] = {person: [] for person in people}
    found = ConsentRecord.objects.filter(person__in=people, purpose=purpose, legal_basis=LegalBasis.CONSENT)
    for paper in found.order_by("given_on", "pk"):
        papers[paper.person_id].append(paper)
    return {person: _agreement(held, purpose, on) for person, held in papers.items()}


def read_agreement(case: Case, *, on: date) -> Agreement:
    """To the telling of the person's story. One query."""
    return read_agreements([case.person_id], Purpose.STORY, on=on)[case.person_id]


def list_agreements(person: int, *, on: date) -> tuple[Agreement, ...]:
    """For everything a jobseeker may be asked for; one query each."""
    return tuple(read_agreements([person], purpose, on=on)[person] for purpose in JOBSEEKER_PURPOSES)


def _agreement(papers: list[ConsentRecord], purpose: Purpose, on: date) -> Agreement:
    valid = [one for one in papers if one.given_on <= on and one.withdrawn_on is None and not _is_over(one, on)]
    held = valid or papers
    last = held[-1] if held else None
    return Agreement(
        purpose=purpose,
        is_given=bool(valid),
        given_on=last.given_on if last else None,
        expires_on=last.expires_on if last else None,
        note=last.note if last else "",
        sentence=_say(last, on),
    )


def _say(paper: ConsentRecord | None, on: date) -> str:
    if paper is None:
        return _("The person has not been asked yet, or has not agreed.")
    if paper.withdrawn_on is not None:
        return _("The person withdrew the consent on %(day)s.") % {"day": _day(paper.withdrawn_on)}
    if paper.expires_on is not None and _is_over(paper, on):
        return _("The consent ran out on %(day)s.") % {"day": _day(paper.expires_on)}
    if paper.expires_on is not None:
        return _("Agreed on %(day)s, until %(end)s.") % {"day": _day(paper.given_on), "end": _day(paper.expires_on)}
    return _("Agreed on %(day)s, until it is withdrawn.") % {"day": _day(paper.given_on)}


def _is_over(paper: ConsentRecord, on: date) -> bool:
    """`expires_on` is the first day on which it holds no more."""
    return paper.expires_on is not None and paper.expires_on <= on


def _day(day: date) -> str:
    return date_format(day, "Y-m-d")
