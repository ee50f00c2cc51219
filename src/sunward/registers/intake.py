"""What a programme brings so that its rows become records: one `Intake` for each kind of sheet.

Nothing here knows a programme: see `registers.programmes`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol, runtime_checkable

from sunward.accounts.access import Actor

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """A unit as far as records need it."""

    unit_id: int
    path: str


@dataclass(frozen=True, slots=True)
class Taking:
    """Under which batch, by whom and for which day rows are taken over; `places` are the units by code."""

    actor: Actor
    batch_id: int
    home: Place
    on: date
    now: datetime
    places: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Known:
    """A record that was there before a row spoke of it, with what a row is compared with.

    `has` names the values it holds (``id_number``, ``phone``): where both have a number, the number tells. `status` is
    what `SheetKind.compared` of a row is held against.
    """

    kind: str
    id: int
    name: str
    unit_path: str
    has: frozenset[str]
    status: str = ""


class Taken(NamedTuple):
    """What became of a row. Not `is_new`: the record was there before and was left as it is.

    `persons` are those whom the row made known. `refused`: the code why nothing became of it.
    """

    kind: str
    id: int
    is_new: bool = True
    persons: tuple[int, ...] = ()
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A record that an undo has to leave, and the code why."""

    id: int
    because: str


class Intake(Protocol):
    """How rows of one kind become records, and how that is taken back. Every method is one chunk in one transaction."""

    kind: str
    record_kind: str

    def place(self, values: Values, *, home: Place, places: Mapping[str, Place]) -> Place:
        """Under which unit the row's record would come."""
        ...

    def find_known(self, identity: str, keys: Sequence[tuple[str, ...]]) -> dict[tuple[str, ...], Known]:
        """Records that have one of these values of a declared identity; a fixed number of queries."""
        ...

    def take(self, rows: Sequence[Values], *, taking: Taking) -> list[Taken]:
        """Make the records, with their facts and search entries; one answer for each row, in order."""
        ...

    def take_back(self, records: Mapping[int, Sequence[int]], *, now: datetime) -> list[Kept]:
        """Remove the records (number to the persons it made known) to which nothing else has happened since."""
        ...


@runtime_checkable
class LocalIntake(Intake, Protocol):
    """For records of which each district has its own: what another one has is another record, and not looked for."""

    def find_known_at(
        self, identity: str, keys: Sequence[tuple[str, ...]], *, home: str
    ) -> dict[tuple[str, ...], Known]:
        """As `find_known`, within a path."""
        ...


class NearRecord(NamedTuple):
    """A record that a row may be like: what of it is compared, and which it is."""

    sketch: Any
    known: Known


@runtime_checkable
class JoiningIntake(Intake, Protocol):
    """For a kind with a likeness: a row that a person called the same joins the record that is there.

    What it adds is a record of its own kind, `joined_kind` (a further source), so that an undo can take it back alone.
    """

    joined_kind: str

    def find_near(self, blocks: Sequence[str]) -> Mapping[str, Sequence[NearRecord]]:
        """The records that stand in one of these blocks, the oldest first; a fixed number of queries."""
        ...

    def join(self, rows: Sequence[tuple[int, Values]], *, taking: Taking) -> list[Taken]:
        """Add each row to the record of that number; one answer for each row, in order."""
        ...

    def take_back_joined(self, ids: Sequence[int], *, now: datetime) -> list[Kept]:
        """Remove what rows have added, unless it has been changed since."""
        ...
