"""Two rows that may be one person: found by blocking, judged by points that an officer can read.

A person decides; points only say where to look. Measured on synthetic duplicates, plain points find as many as the
statistical packages, and unlike them say why.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, takewhile

from django.db.models import QuerySet
from rapidfuzz.distance import OSA

from sunward.people.models import Person, PossibleDuplicate
from sunward.people.names import toneless

# What each sign is worth. 60 points and more are shown: no single sign reaches that.
POINTS = {
    "same_name": 40,
    "same_sound": 30,
    "similar_name": 20,
    "same_birth_date": 30,
    "birth_date_mistyped": 15,
    "same_phone": 35,
    "number_mistyped": 50,
    "same_subdistrict": 5,
    "sex_differs": -30,
    "birth_date_differs": -25,
    "numbers_differ": -60,
}
THRESHOLD = 60
_BLOCK_LIMIT = 200  # a block larger than this says nothing: everybody born on 1 January 1970
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Sketch:
    """What the comparison needs of a person. `number` is opened only for pairs that are near anyhow."""

    id: int
    name: str
    key: str
    sex: str
    birth_date: date | None
    phone_index: str
    id_index: str | None
    unit_path: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two are: the points and what they are made of."""

    points: int
    reasons: tuple[tuple[str, int], ...]


def compare(one: Sketch, other: Sketch, *, numbers: tuple[str, str] = ("", "")) -> Likeness:
    """Judge two persons; `numbers` are their document numbers where both have one and were opened."""
    signs = list(_signs(one, other, numbers))
    reasons = tuple((sign, POINTS[sign]) for sign in signs)
    return Likeness(sum(points for _sign, points in reasons), reasons)


def _signs(one: Sketch, other: Sketch, numbers: tuple[str, str]) -> Iterator[str]:
    likeness = _name_sign(one, other)
    if likeness:
        yield likeness
    if one.birth_date and other.birth_date:
        if one.birth_date == other.birth_date:
            yield "same_birth_date"
        elif OSA.distance(f"{one.birth_date:%Y%m%d}", f"{other.birth_date:%Y%m%d}", score_cutoff=1) <= 1:
            yield "birth_date_mistyped"
        else:
            yield "birth_date_differs"
    if one.phone_index and one.phone_index == other.phone_index:
        yield "same_phone"
    if one.sex and other.sex and one.sex != other.sex:
        yield "sex_differs"
    if one.id_index and other.id_index:
        # Twins have numbers that differ in the last digits, too: without a like name that is no slip of the pen.
        near = bool(likeness) and all(numbers) and OSA.distance(*numbers, score_cutoff=2) <= 2
        yield "number_mistyped" if near else "numbers_differ"
    if _subdistrict(one.unit_path) and _subdistrict(one.unit_path) == _subdistrict(other.unit_path):
        yield "same_subdistrict"


def _name_sign(one: Sketch, other: Sketch) -> str:
    if one.name == other.name:
        return "same_name"
    if one.key and toneless(one.key) == toneless(other.key):
        return "same_sound"
    return "similar_name" if _is_near(one.name, other.name) else ""


def _is_near(one: str, other: str) -> bool:
    """One character else, or two changed places, in a name of at least three; of two characters only the second."""
    if min(len(one), len(other)) < 3:
        return False
    return OSA.distance(one, other, score_cutoff=1) <= 1


def _subdistrict(path: str) -> str:
    return "/".join(path.split("/")[:3]) if path.count("/") > 2 else ""


def find_duplicates(ids: Sequence[int]) -> int:
    """Look for whoever may be the same as one of these persons, and write the pairs down. Returns how many are new."""
    written = 0
    for start in range(0, len(ids), _CHUNK):
        some = Person.objects.filter(pk__in=ids[start : start + _CHUNK], merged_into=None)
        # Never across programmes: that two rows are one person is for neither of the two to know.
        for programme in some.order_by().values_list("programme", flat=True).distinct():
            among = Person.objects.filter(merged_into=None, programme=programme)
            written += _write(_pairs(some.filter(programme=programme), among))
    return written


def _pairs(some: "QuerySet[Person]", among: "QuerySet[Person]") -> Iterator[tuple[Sketch, Sketch, Likeness]]:
    fresh = {sketch.id: sketch for sketch in _sketch(some)}
    near: list[tuple[Sketch, Sketch]] = []
    for one, other in _candidates(fresh, among):
        # With numbers that differ the pair needs every other sign; only then are the numbers opened.
        apart = 110 if one.id_index and other.id_index else 0
        if compare(one, other).points + apart >= THRESHOLD:
            near.append((one, other))
    numbers = _open_numbers({sketch.id for pair in near for sketch in pair if all(half.id_index for half in pair)})
    for one, other in near:
        likeness = compare(one, other, numbers=(numbers.get(one.id, ""), numbers.get(other.id, "")))
        if likeness.points >= THRESHOLD:
            yield one, other, likeness


def _candidates(fresh: dict[int, Sketch], among: "QuerySet[Person]") -> Iterator[tuple[Sketch, Sketch]]:
    """Pairs that share a block (phone, name, or day of birth) and of which at least one is fresh; each once."""
    blocks: dict[tuple[str, object], dict[int, Sketch]] = defaultdict(dict)
    everybody = dict(fresh)
    for column in ("phone_index", "name", "birth_date"):
        values = {getattr(sketch, column) for sketch in fresh.values()} - {None, ""}
        for sketch in _sketch(among.filter(**{f"{column}__in": values})):
            everybody[sketch.id] = sketch
        for sketch in everybody.values():
            if getattr(sketch, column) in values:
                blocks[column, getattr(sketch, column)][sketch.id] = sketch
    seen: set[tuple[int, int]] = set()
    for block in blocks.values():
        if len(block) > _BLOCK_LIMIT:
            continue
        for first, second in combinations(sorted(block), 2):
            if (first in fresh or second in fresh) and (first, second) not in seen:
                seen.add((first, second))
                yield block[first], block[second]


def _sketch(persons: "QuerySet[Person]") -> Iterator[Sketch]:
    columns = ("id", "name", "name_key", "sex", "birth_date", "phone_index", "id_index", "unit_path")
    for row in persons.values_list(*columns):
        yield Sketch(*row)


def _open_numbers(ids: set[int]) -> dict[int, str]:
    return {person.pk: person.id_number for person in Person.objects.filter(pk__in=ids).only("id", "uid", "id_number")}


def _write(pairs: Iterable[tuple[Sketch, Sketch, Likeness]]) -> int:
    """Pairs already known, settled or not, are left alone."""
    rows = [
        PossibleDuplicate(
            first_id=one.id, second_id=other.id, points=likeness.points, reasons=list(likeness.reasons),
            unit_path=_shared_path(one.unit_path, other.unit_path),
        )
        for one, other, likeness in pairs
    ]  # fmt: skip
    before = PossibleDuplicate.objects.count()
    PossibleDuplicate.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return PossibleDuplicate.objects.count() - before


def _shared_path(one: str, other: str) -> str:
    """The unit that covers both: only who is responsible for both persons decides."""
    if not one or not other:
        return one or other
    parts = takewhile(lambda pair: pair[0] == pair[1], zip(one.split("/")[:-1], other.split("/")[:-1], strict=False))
    return "".join(f"{part}/" for part, _same in parts)
