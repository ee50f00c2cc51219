"""Who is known already: the earlier rows of this import, and what is in the database."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sunward.registers.intake import Intake, JoiningIntake, LocalIntake
from sunward.registers.intake import Known as Record
from sunward.registers.sheets.declarations import SheetKind
from sunward.registers.sheets.identities import Key, Known, MemoryNearness, Near, Place

_Compact = tuple[str, str, int, str, str, frozenset[str], str]


class BatchIdentities(MemoryNearness):
    """Answers for a chunk of keys at a time: from memory first, for the rest in a fixed number of queries.

    A record outside `home`, the path of the import's unit, is known without anything that could be compared with it:
    whoever imports may not see it, and a difference told would answer guesses about it.

    Memory holds a hash of each key and one tuple for each row: some 40 MB for 100,000 rows.
    """

    def __init__(self, kinds: Mapping[str, SheetKind], intakes: Mapping[str, Intake], *, home: str) -> None:
        super().__init__()
        self._kinds = kinds
        self._intakes = intakes
        self._home = home
        self._rows: dict[int, _Compact] = {}
        self._sets: dict[frozenset[str], frozenset[str]] = {}  # a handful, each kept once

    def find(self, keys: Sequence[Key]) -> Mapping[Key, Known]:
        found: dict[Key, Known] = {}
        asked: dict[tuple[str, str], list[Key]] = defaultdict(list)
        for key in keys:
            row = self._rows.get(hash(key))
            if row is not None:
                found[key] = _expand(row)
            else:
                asked[key[0], key[1]].append(key)
        for (kind, identity), group in asked.items():
            if kind in self._intakes:
                found |= self._find_records(kind, identity, group)
        return found

    def remember(self, entries: Sequence[tuple[Key, Known]]) -> None:
        made: dict[int, _Compact] = {}
        for key, known in entries:
            row = made.get(id(known))
            if row is None:
                place, has = known.place, self._sets.setdefault(known.has, known.has)
                told = known.name, known.subdistrict, has, known.status
                row = made[id(known)] = (place.file, place.sheet, place.row, *told)
            self._rows.setdefault(hash(key), row)

    def find_near(self, blocks: Sequence[Key]) -> Mapping[Key, Sequence[Near]]:
        """Records before rows: what is there already was there first."""
        found = {block: list(near) for block, near in super().find_near(blocks).items()}
        asked: dict[str, list[str]] = defaultdict(list)
        for kind, block in blocks:
            asked[kind].append(block)
        for kind, group in asked.items():
            intake = self._intakes.get(kind)
            if isinstance(intake, JoiningIntake):
                for block, records in intake.find_near(group).items():
                    there = [Near(one.sketch, self._known(kind, one.known)) for one in records]
                    found[kind, block] = there + found.get((kind, block), [])
        return found

    def _find_records(self, kind: str, identity: str, keys: Sequence[Key]) -> dict[Key, Known]:
        by_values = {key[2:]: key for key in keys}
        intake, values = self._intakes[kind], list(by_values)
        if isinstance(intake, LocalIntake):
            records = intake.find_known_at(identity, values, home=self._home)
        else:
            records = intake.find_known(identity, values)
        return {by_values[values]: self._known(kind, record) for values, record in records.items()}

    def _known(self, kind: str, record: Record) -> Known:
        has = frozenset(entry.name for entry in self._kinds[kind].identities if record.has.issuperset(entry.keys))
        place = Place("", "", 0, record=f"{record.kind}:{record.id}")
        if not record.unit_path.startswith(self._home):
            return Known(place, "", "", has, is_elsewhere=True)
        parts = record.unit_path.split("/")
        return Known(place, record.name, parts[2] if len(parts) > 3 else "", has, status=record.status)


def _expand(row: _Compact) -> Known:
    file, sheet, number, name, subdistrict, has, status = row
    return Known(Place(file, sheet, number), name, subdistrict, has, status=status)
