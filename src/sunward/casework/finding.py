"""What the search box knows of a file: the name, the reference and the pinyin initials of the name."""

from collections.abc import Iterator

from sunward.casework.models import Case
from sunward.core.search.index import Findable
from sunward.people.names import initials as name_initials

__all__ = ["all_findable_cases", "case_kind", "case_text", "findable_case", "name_initials"]

CHUNK = 1000


def case_kind(programme: str) -> str:
    """Each programme's files are a kind of their own, for each has its own page."""
    return f"{programme}.case"


def case_text(name: str, reference: str) -> str:
    return f"{name} {reference} {name_initials(name)}"


def findable_case(case: Case) -> Findable:
    """Reads `case.person`: fetch it along."""
    return Findable(
        kind=case_kind(case.programme),
        object_id=case.pk,
        unit_path=case.unit_path,
        text=case_text(case.person.name, case.reference),
    )


def all_findable_cases(programme: str) -> Iterator[Findable]:
    for case in (
        Case.objects.filter(programme=programme).select_related("person").order_by("pk").iterator(chunk_size=CHUNK)
    ):
        yield findable_case(case)
