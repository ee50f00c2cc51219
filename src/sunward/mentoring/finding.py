"""What the search box knows of a neighbour mom: name, reference, pinyin initials, what she does and what she can do.

Of a material that is published, its title and how it begins.
"""

from collections.abc import Iterable, Iterator

from sunward.casework.finding import CHUNK, all_findable_cases, case_kind, name_initials
from sunward.core.search.index import Findable
from sunward.mentoring.models import Material, Mentor

PROGRAMME = "mentoring"
CHILD_KIND = case_kind(PROGRAMME)
MENTOR_KIND = "mentoring.mentor"
MATERIAL_KIND = "mentoring.material"
# The box keeps no more of a text; the library's own list searches all of it.
_BEGINNING = 300


def mentor_text(name: str, reference: str, occupation: str, skills: Iterable[str]) -> str:
    return " ".join(filter(None, (name, reference, name_initials(name), occupation, *map(str, skills))))


def findable_mentor(mentor: Mentor) -> Findable:
    """Reads `mentor.person`: fetch it along."""
    return Findable(
        kind=MENTOR_KIND,
        object_id=mentor.pk,
        unit_path=mentor.unit_path,
        text=mentor_text(mentor.person.name, mentor.reference, mentor.occupation, mentor.skills),
    )


def all_findable_mentors() -> Iterator[Findable]:
    for mentor in Mentor.objects.select_related("person").order_by("pk").iterator(chunk_size=CHUNK):
        yield findable_mentor(mentor)


def all_findable_children() -> Iterator[Findable]:
    return all_findable_cases(PROGRAMME)


def findable_material(material: Material) -> Findable:
    return Findable(
        kind=MATERIAL_KIND,
        object_id=material.pk,
        unit_path=material.unit_path,
        text=f"{material.title} {material.words}"[:_BEGINNING],
    )


def all_findable_materials() -> Iterator[Findable]:
    found = Material.objects.filter(published_at__isnull=False, withdrawn_at=None)
    for material in found.order_by("pk").iterator(chunk_size=CHUNK):
        yield findable_material(material)
