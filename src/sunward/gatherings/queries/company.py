"""With whom each comes: a child with its neighbour mom, and the child that she brings of her own."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from sunward.core.wording import join_words
from sunward.gatherings.models import SignUp


def name_of(row: SignUp) -> str:
    """Reads `person`: fetch it along."""
    return row.person.name if row.person else row.guest_name


def name_company(rows: Iterable[SignUp]) -> Mapping[int, str]:
    """For each sign-up, by its key, the names of the others of its party; only of those who are among `rows`, which
    are the ones that the reader sees."""
    parties: dict[UUID, list[SignUp]] = defaultdict(list)
    for row in rows:
        parties[row.party].append(row)
    return {
        row.pk: join_words(name_of(other) for other in heads if other is not row)
        for heads in parties.values()
        for row in heads
    }
