"""Children and neighbour moms as rows of workbooks, for matching without a database."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from sunward.casework.enums import RiskLevel
from sunward.matching.declaration import Described, People, Snapshot
from sunward.mentoring.enums import NeedKind, VettingKind, VettingResult
from sunward.mentoring.intake import reading
from sunward.mentoring.pairing.abilities import ages_of, mask_of, skills_mask, speech_of, times_mask, work_mask
from sunward.mentoring.pairing.people import say_age
from sunward.mentoring.pairing.reading import age_on, months_since
from sunward.mentoring.pairing.tables import ALWAYS, ChildFacts, MentorFacts, tabulate
from sunward.mentoring.vetting import default_expiry

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One accepted row and where it stands."""

    file: str
    sheet: str
    row: int
    values: Values


def read_rosters(children: Sequence[RosterRow], mentors: Sequence[RosterRow], *, on: date) -> Snapshot:
    """Both sides; ids count the rows from 1. Children come by risk, then in the order of the workbook."""
    left = [_child(number, row.values, on) for number, row in enumerate(children, start=1)]
    right = [_mentor(number, row.values, on) for number, row in enumerate(mentors, start=1)]
    return Snapshot(*tabulate(sorted(left, key=lambda child: -child.risk), right), (), {"on": float(on.toordinal())})


def describe_rosters(
    children: Sequence[RosterRow], mentors: Sequence[RosterRow], *, unit_names: Mapping[str, str], on: date
) -> People:
    return People(
        {number: _described(number, row, "C", unit_names, on) for number, row in enumerate(children, start=1)},
        {number: _described(number, row, "M", unit_names, on) for number, row in enumerate(mentors, start=1)},
    )


def _child(number: int, values: Values, on: date) -> ChildFacts:
    return ChildFacts(
        id=number,
        risk=int(reading.RISK.get(str(values.get("risk")), RiskLevel.LOW)),
        path=str(values.get("subdistrict_code") or ""),
        unit=str(values.get("subdistrict_code") or ""),
        place=str(values.get("neighbourhood_code") or ""),
        age=age_on(reading.day(values.get("birth_date")), on),
        needs=mask_of(reading.needs(values)),
        speech=speech_of(reading.words(values, "language")),
        willing=values.get("willing_to_pair"),
        phones=tuple(filter(None, (_index(values.get("phone")),))),
    )


def _mentor(number: int, values: Values, on: date) -> MentorFacts:
    capacity = values.get("capacity")
    return MentorFacts(
        id=number,
        unit=str(values.get("subdistrict_code") or ""),
        place=str(values.get("neighbourhood_code") or ""),
        age=age_on(reading.day(values.get("birth_date")), on),
        capacity=1 if capacity is None else int(capacity),
        check_days=_check_days(values, on),
        training_days=ALWAYS if _is_past(reading.day(values.get("trained_on")), on) else 0,
        skills=skills_mask(reading.words(values, "skills")),
        work=work_mask(str(values.get("occupation") or "")),
        times=times_mask(reading.words(values, "times")),
        speech=speech_of(reading.words(values, "language")),
        child_ages=ages_of(reading.words(values, "children_ages")),
        phone=_index(values.get("phone")),
        months=months_since(reading.day(values.get("joined_on")), on),
    )


def _check_days(values: Values, on: date) -> int:
    """For how many days more her background check holds; without a day of the check, not at all."""
    checked = reading.day(values.get("vetted_on"))
    if checked is None or checked > on or values.get("vetting_result") != VettingResult.CLEAR:
        return 0
    expires = default_expiry(VettingKind.BACKGROUND_CHECK, checked)
    return max(0, (expires - on).days) if expires else ALWAYS


def _is_past(day: date | None, on: date) -> bool:
    return day is not None and day <= on


def _index(phone: object) -> str:
    """Stands in for the blind index where there are no keys: equal phones meet, within this run only."""
    return hashlib.sha256(str(phone).encode()).hexdigest() if phone else ""


def _described(number: int, row: RosterRow, letter: str, unit_names: Mapping[str, str], on: date) -> Described:
    values = row.values
    place = str(values.get("neighbourhood_code") or values.get("subdistrict_code") or "")
    needs = [str(NeedKind(kind).label) for kind in reading.needs(values)] if letter == "C" else []
    return Described(
        id=number,
        name=str(values.get("name") or ""),
        reference=f"{row.sheet}!{row.row}",
        unit_code=place,
        unit_name=unit_names.get(place, str(values.get("subdistrict") or "")),
        note=say_age(age_on(reading.day(values.get("birth_date")), on))
        if letter == "C"
        else str(values.get("occupation") or ""),
        details=((_("Needs"), _(", ").join(needs)),) if needs else (),
    )
