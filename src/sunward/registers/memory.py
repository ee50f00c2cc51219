"""What people corrected, remembered: a heading mapped by hand is understood in the next workbook."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db.models import F

from sunward.registers.models import RememberedHeading
from sunward.registers.sheets.layouts import Corrections
from sunward.registers.sheets.recognition import Remembered


def remembered_headings() -> Remembered:
    found: dict[str, dict[str, str | None]] = defaultdict(dict)
    for kind, heading, field in RememberedHeading.objects.values_list("kind", "heading", "field"):
        found[kind][heading] = field or None
    return found


def remember_heading(*, kind: str, heading: str, field: str | None) -> None:
    """The last word counts; `times` tells how often a heading was mapped by hand."""
    entry, is_new = RememberedHeading.objects.get_or_create(
        kind=kind, heading=heading[:120], defaults={"field": field or ""}
    )
    if not is_new:
        RememberedHeading.objects.filter(pk=entry.pk).update(field=field or "", times=F("times") + 1)


def write_corrections(corrections: Corrections) -> dict[str, Any]:
    """As JSON holds it."""
    return {
        "kind": corrections.kind,
        "header_rows": list(corrections.header_rows) if corrections.header_rows is not None else None,
        "fields": [[number, field] for number, field in sorted(corrections.fields.items())],
        "leave_out": sorted(corrections.leave_out),
        "take_in": sorted(corrections.take_in),
        "subdistrict": corrections.subdistrict,
    }


def read_corrections(stored: Mapping[str, Any]) -> Corrections:
    return Corrections(
        kind=stored["kind"],
        header_rows=tuple(stored["header_rows"]) if stored["header_rows"] is not None else None,
        fields={int(number): field for number, field in stored["fields"]},
        leave_out=frozenset(stored["leave_out"]),
        take_in=frozenset(stored["take_in"]),
        subdistrict=stored["subdistrict"],
    )
