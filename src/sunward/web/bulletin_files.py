"""A bulletin as files for whoever asks at a terminal: each figure with its version, pins and how many records it opens.

Never a person. What is withheld stands there without its number, what is rounded without what it was, unless somebody
asks for the house's own copy. That, and each draft, leaves an entry in the record of acts: no draft is weighed against
the next, so that two of neighbouring days tell of the days between. A draft stays in the house.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from sunward.accounts.auditing import SYSTEM, record_act
from sunward.core.refusals import Refusal
from sunward.figures.bulletins.word import write_word
from sunward.figures.declared import indicators
from sunward.figures.queries.district_bulletin import (
    DistrictBulletin,
    ToldFigure,
    compose_district_bulletin,
    end_of_day,
    find_district,
    read_published_bulletin,
)

PRINTED, DRAFTED = "figures.bulletin_printed_in_house", "figures.bulletin_draft_printed"


@dataclass(frozen=True, slots=True)
class Wanted:
    """`known`: a day, "now", or empty for the end of the last day."""

    on: date | None = None
    known: str = ""
    district: str = ""
    language: str = "zh-hans"
    published: UUID | None = None
    in_house: bool = False


@dataclass(frozen=True, slots=True)
class PrintedBulletin:
    summary: str
    is_same: bool


def print_bulletin(
    wanted: Wanted, *, json: Path | None, docx: Path | None, today: date, now: datetime
) -> PrintedBulletin:
    bulletin = read_bulletin(wanted, today=today, now=now)
    if json is not None:
        json.write_text(as_json(bulletin, in_house=wanted.in_house), encoding="utf-8")
    if docx is not None:
        docx.write_bytes(write_word(bulletin.document, at=bulletin.pins.known_until))
    if wanted.in_house or bulletin.published_on is None:
        withheld = sum(one.reason is not None for one in bulletin.figures)
        record_act(
            actor=SYSTEM, code=PRINTED if wanted.in_house else DRAFTED, now=now, until=f"{bulletin.pins.until}",
            unit_path=bulletin.pins.units[bulletin.pins.unit].path, withheld=withheld,
        )  # fmt: skip
    return PrintedBulletin(_summary(bulletin, wanted.in_house), bulletin.is_same)


def read_bulletin(wanted: Wanted, *, today: date, now: datetime) -> DistrictBulletin:
    if wanted.published is not None:
        return read_published_bulletin(wanted.published)
    on = wanted.on or today
    return compose_district_bulletin(
        find_district(wanted.district), on=on, known_until=_known_until(wanted.known, on, now=now), today=today,
        language=wanted.language,
    )  # fmt: skip


def _known_until(known: str, on: date, *, now: datetime) -> datetime:
    if known == "now":
        return now
    try:
        return end_of_day(date.fromisoformat(known) if known else on, now=now)
    except ValueError:
        raise Refusal("figures.known_unclear", _("Say “now”, or a day as 2022-10-31.")) from None


def as_json(bulletin: DistrictBulletin, *, in_house: bool) -> str:
    pins = bulletin.pins
    said = {
        "state": "published" if bulletin.published_on else "draft",
        "published_on": _day(bulletin.published_on),
        "in_house": in_house,
        "title": bulletin.document.title,
        "issued_by": {"code": pins.unit, "name": bulletin.document.issued_by},
        "language": bulletin.document.language,
        "pins": {
            "happened_until": f"{pins.until}",
            "known_until": pins.known_until.isoformat(),
            # Units are those of the facts' own days.
            "tree_on": None,
        },
        "digest": bulletin.digest,
        "made_again_is_the_same": bulletin.is_same,
        "figures": [figure_as_json(one, bulletin, in_house=in_house) for one in bulletin.figures],
        "published_with_the_same_last_day": [
            {"number": f"{one.uid}", "title": one.title, "published_on": f"{one.published_on}"}
            for one in bulletin.others
        ],
    }
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def figure_as_json(one: ToldFigure, bulletin: DistrictBulletin, *, in_house: bool) -> dict[str, Any]:
    is_shown = in_house or (one.reason is None and one.rounded_to == 1)
    version = indicators()[one.place.code].version(one.version)
    return {
        "code": one.place.code,
        "version": one.version,
        "fingerprint": version.fingerprint,
        "name": one.name,
        "words": list(one.words),
        "unit": {"code": one.place.unit, "name": one.unit},
        "from": f"{one.place.span.first}",
        "until": f"{one.place.span.last}",
        "known_until": bulletin.pins.known_until.isoformat(),
        "printed": one.printed,
        "rounded_to": one.rounded_to,
        "value": _number(one.value) if is_shown else None,
        "records": one.records if is_shown else None,
        "records_add_up_to": _number(one.adds_up_to) if is_shown else None,
        "is_withheld": one.reason is not None,
        "reason": _reason(one, in_house),
    }


def _reason(one: ToldFigure, in_house: bool) -> str | None:
    """A reader learns that a number is protected, and not whether it is small or hides a small one."""
    if one.reason is None:
        return None
    return one.reason.value if in_house else "protected"


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value % 1 == 0 else float(value)


def _day(day: date | None) -> str | None:
    return f"{day}" if day else None


def _summary(bulletin: DistrictBulletin, in_house: bool) -> str:
    """A line for each figure of the issuing unit's whole span; the tables stand in the files."""
    state = f"published {bulletin.published_on}" if bulletin.published_on else "DRAFT, published by nobody"
    lines = [f"{bulletin.document.issued_by} {bulletin.document.title} ({state})"]
    lines.append(f"happened until {bulletin.pins.until}, known until {bulletin.pins.known_until.isoformat()}")
    for one in bulletin.figures:
        if one.place.unit == bulletin.pins.unit:
            said = figure_as_json(one, bulletin, in_house=in_house)
            records = "" if said["records"] is None else f"{said['records']:>8} records"
            lines.append(
                f"{one.printed:>10}{records:>17}  {one.place.code} {one.place.span.first}..{one.place.span.last}"
            )
    return "\n".join(lines)
