"""300 notes with planted names, schools, numbers and places: how much screening finds, and what it finds in vain.

    python -m bench.screening [--seed 1] [--notes 300] [--missed]

Half of the ways of writing are unusual; they were chosen by somebody who had not read the rules. A planted thing is
found when findings cover half of the characters that identify it. A finding that touches nothing planted is a false
alarm. Words, sentences and ways of writing come in two halves: "open" is the half that rules may be mended by, "held"
the half that nobody looks at while mending (`--missed` lists from the open half only).
"""

import argparse
import os
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from bench.planted import Note, Planted, make_notes

LONG = 2000
MEASURED = 20


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of some notes: each planted thing with its text and whether it was found, and what was found in vain."""

    planted: tuple[tuple[Planted, str, bool], ...]
    vain: tuple[tuple[str, str], ...]
    notes: int
    characters: int

    def count(self, kind: str, *, family: str | None = None, unusual: bool | None = None) -> tuple[int, int]:
        """How many were found, of how many."""
        hits = [
            found
            for one, _text, found in self.planted
            if one.kind == kind and family in (None, one.family) and unusual in (None, one.unusual)
        ]
        return sum(hits), len(hits)

    def recall(self, kind: str) -> float:
        found, all_of_it = self.count(kind)
        return found / all_of_it


def known_of(note: Note) -> list[Any]:
    """Child, guardian and mentor, as the pages of the expert team hand them to screening."""
    from sunward.people.screening import FindingKind, Known
    from sunward.people.screening.known import name_forms

    people = ((note.child, "孩子"), (note.guardian, "家人"), (note.mentor, "志愿者"))
    return [Known(FindingKind.NAME, form, instead) for name, instead in people for form in name_forms(name)]


def examine(notes: Sequence[Note], *, with_known: bool) -> Outcome:
    from sunward.people.screening import screen

    planted, vain = [], []
    for note in notes:
        findings = screen(note.text, known=known_of(note) if with_known else ())
        covered = {at for finding in findings for at in range(finding.start, finding.end)}
        for one in note.planted:
            places = one.places(note.text)
            planted.append((one, note.text[one.start : one.end], 2 * len(places & covered) >= len(places)))
        for finding in findings:
            if not any(one.start < finding.end and finding.start < one.end for one in note.planted):
                around = note.text[max(0, finding.start - 6) : finding.end + 6]
                vain.append((f"{finding.kind}: {finding.text}", around))
    return Outcome(tuple(planted), tuple(vain), len(notes), sum(len(note.text) for note in notes))


def milliseconds(notes: Sequence[Note]) -> float:
    """One long note, of many short ones, screened with what its file knows."""
    from sunward.people.screening import screen

    text, known = "。".join(note.text for note in notes)[:LONG], known_of(notes[0])
    spent = []
    for _ in range(MEASURED):
        started = time.perf_counter()
        screen(text, known=known)
        spent.append(time.perf_counter() - started)
    return median(spent) * 1000


def _say(hits: tuple[int, int]) -> str:
    return f"{hits[0] / hits[1]:6.2f} ({hits[0]:3} of {hits[1]:3})" if hits[1] else " " * 19


def report(half: str, outcome: Outcome, *, with_families: bool) -> None:
    print(f"\n{half}: {outcome.notes} notes, {outcome.characters:,} characters, {len(outcome.planted)} planted")
    print(f"{'':28}{'all':>19}  {'plain':>18}  {'unusual':>19}")
    for kind in dict.fromkeys(one.kind for one, _text, _found in outcome.planted):
        columns = [outcome.count(kind, unusual=unusual) for unusual in (None, False, True)]
        print(f"  {kind:26}{'  '.join(_say(column) for column in columns)}")
        families = {one.family: one.unusual for one, _text, _found in outcome.planted if one.kind == kind}
        for family in sorted(families, key=lambda name: (families[name], name)) if with_families else ():
            print(f"    {family + (' *' if families[family] else ''):24}{_say(outcome.count(kind, family=family))}")
    alarms = len(outcome.vain)
    print(f"  false alarms: {alarms / outcome.notes:.2f} a note", end="")
    print(f", {1000 * alarms / outcome.characters:.2f} in 1,000 characters")


def list_missed(outcome: Outcome) -> None:
    for one, text, found in sorted(outcome.planted, key=lambda row: (row[0].kind, row[0].family)):
        if not found:
            print(f"   missed  {one.kind}, {one.family}: {text}")
    for (finding, around), times in Counter(outcome.vain).most_common():
        print(f"   in vain {times} × {finding} in …{around!r}…")


def set_up(folder: str) -> None:
    os.environ |= {"SUNWARD_HOME": folder, "DJANGO_SETTINGS_MODULE": "sunward.config.settings.test"}
    import django

    django.setup()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.screening")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--notes", type=int, default=300)
    parser.add_argument("--missed", action="store_true", help="list what is missed in the open half")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        set_up(folder)
        for half, held in (("open", False), ("held", True)):
            notes = make_notes(asked.seed, held=held, count=asked.notes)
            report(f"{half}, nobody known", examine(notes, with_known=False), with_families=not held)
            outcome = examine(notes, with_known=True)
            report(f"{half}, the file's people known", outcome, with_families=False)
            if asked.missed and not held:
                list_missed(outcome)
        print(f"\na note of {LONG:,} characters: {milliseconds(notes):.1f} ms")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
