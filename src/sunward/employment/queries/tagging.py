"""What the rules are asked about: the facts of many files at once, read in a few queries for a block."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sunward.casework.enums import CaseState
from sunward.casework.models import Case
from sunward.employment.access.jobseekers import PROGRAMME
from sunward.employment.enums import TagEnd
from sunward.employment.models import ClientTag
from sunward.employment.tagging.facts import ProfileFacts, span_of

_COLUMNS = (
    "pk", "person_id", "unit_id", "unit_path", "state", "close_reason", "person__birth_date",
    "person__birth_precision", "jobseeker__situation", "jobseeker__surveyed_situation", "jobseeker__registered_on",
    "jobseeker__registered_precision", "jobseeker__unemployed_since", "jobseeker__education",
    "jobseeker__is_disabled", "jobseeker__graduated_on",
)  # fmt: skip


class OpenTag(NamedTuple):
    """`rule` is empty where a person has set it."""

    id: int
    kind: str
    rule: str


@dataclass(slots=True)
class ToJudge:
    """A file with what the rules ask, the groups it is in, and those a person said it does not belong to."""

    case_id: int
    person_id: int
    unit_id: int
    unit_path: str
    is_open: bool
    close_reason: str
    facts: ProfileFacts
    tags: dict[str, OpenTag] = field(default_factory=dict)
    mistaken: frozenset[str] = frozenset()


def next_block(*, after: int, size: int) -> list[int]:
    """The keys of the next files of this programme, open or closed."""
    found = Case.objects.filter(programme=PROGRAMME, pk__gt=after).order_by("pk")
    return list(found.values_list("pk", flat=True)[:size])


def count_files() -> int:
    return Case.objects.filter(programme=PROGRAMME).count()


def lock_files(case_ids: Sequence[int]) -> list[int]:
    """Those that are still there, in the order of their keys: an act on one of them waits, or has come before."""
    found = Case.objects.filter(programme=PROGRAMME, pk__in=case_ids).order_by("pk")
    return list(found.select_for_update().values_list("pk", flat=True))


def read_block(case_ids: Sequence[int]) -> list[ToJudge]:
    """Two queries, however many files."""
    tags: dict[int, dict[str, OpenTag]] = defaultdict(dict)
    mistaken: dict[int, set[str]] = defaultdict(set)
    told = ("case_id", "pk", "kind", "rule", "until_on", "end_reason")
    for case_id, pk, kind, rule, until_on, reason in ClientTag.objects.filter(case__in=case_ids).values_list(*told):
        if until_on is None:
            tags[case_id][kind] = OpenTag(pk, kind, rule)
        elif rule and reason == TagEnd.MISTAKE:
            mistaken[case_id].add(kind)
    rows = Case.objects.filter(pk__in=case_ids).order_by("pk").values_list(*_COLUMNS)
    return [
        ToJudge(
            case_id=row[0], person_id=row[1], unit_id=row[2], unit_path=row[3], is_open=row[4] == CaseState.OPEN,
            close_reason=row[5], facts=_facts(row[6:], tags.get(row[0], {})),
            tags=tags.get(row[0], {}), mistaken=frozenset(mistaken.get(row[0], ())),
        )
        for row in rows
    ]  # fmt: skip


def _facts(row: Sequence[object], tags: dict[str, OpenTag]) -> ProfileFacts:
    born, born_precision, situation, surveyed, registered, registered_precision, since, education = row[:8]
    disabled, graduated = row[8:]
    return ProfileFacts(
        birth=span_of(born, str(born_precision)),  # type: ignore[arg-type]
        situation=str(surveyed or situation or ""),
        registered=span_of(registered, str(registered_precision)),  # type: ignore[arg-type]
        unemployed_since=span_of(since),  # type: ignore[arg-type]
        graduated=span_of(graduated),  # type: ignore[arg-type]
        education=education,  # type: ignore[arg-type]
        is_disabled=disabled,  # type: ignore[arg-type]
        stated=frozenset(tag.kind for tag in tags.values() if not tag.rule),
    )
