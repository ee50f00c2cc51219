"""What the search box knows of a file: the name, the reference and the pinyin initials of the name."""

from collections.abc import Iterator

from pypinyin import Style, lazy_pinyin

from sunward.casework.models import Case
from sunward.core.search.index import Findable

CHUNK = 1000


def case_kind(programme: str) -> str:
    """Each programme's files are a kind of their own, for each has its own page."""
    return f"{programme}.case"


def name_initials(name: str) -> str:
    """张小雨 → zxy."""
    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).replace(" ", "")


def findable_case(case: Case) -> Findable:
    """Reads `case.person`: fetch it along."""
    name = case.person.name
    return Findable(
        kind=case_kind(case.programme),
        object_id=case.pk,
        unit_path=case.unit_path,
        text=f"{name} {case.reference} {name_initials(name)}",
    )


def all_findable_cases() -> Iterator[Findable]:
    for case in Case.objects.select_related("person").order_by("pk").iterator(chunk_size=CHUNK):
        yield findable_case(case)
