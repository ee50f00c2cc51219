"""Requests and plans as JSON, and back."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sunward.gatherings.enums import HalfDay
from sunward.gatherings.roadshow.days import DayRule
from sunward.gatherings.roadshow.openings import Obstacle
from sunward.gatherings.roadshow.reasons import Change, Count, Help, Lack, Shortage
from sunward.gatherings.roadshow.shapes import Placement, Plan, Proof, Request, Speaker, Stage, Times, Venue

Document = dict[str, Any]


def write_request(request: Request) -> Document:
    """What a person asked for; what is fixed, was before, or is busy is read anew each time."""
    return {
        "subdistricts": list(request.subdistricts),
        "months": list(request.months),
        "sessions": request.sessions,
        "quota": dict(request.quota),
        "occupations": list(request.occupations),
        "on_in": {month: list(names) for month, names in request.on_in.items()},
        "one_a_month": request.one_a_month,
        "two_a_day": request.two_a_day,
        "day_rule": str(request.day_rule),
        "speakers": [
            {
                "name": one.name,
                "teaches": sorted(one.teaches),
                "free": write_times(one.free),
                "per_month": one.per_month,
            }
            for one in request.speakers
        ],
        "venues": [
            {"name": one.name, "subdistrict": one.subdistrict, "free": write_times(one.free)} for one in request.venues
        ],
    }


def read_request(said: Mapping[str, Any]) -> Request:
    return Request(
        subdistricts=tuple(said["subdistricts"]),
        months=tuple(said["months"]),
        sessions=said["sessions"],
        quota=dict(said["quota"]),
        occupations=tuple(said["occupations"]),
        on_in={month: tuple(names) for month, names in said["on_in"].items()},
        one_a_month=said["one_a_month"],
        two_a_day=said["two_a_day"],
        day_rule=DayRule(said["day_rule"]),
        speakers=tuple(
            Speaker(one["name"], frozenset(one["teaches"]), read_times(one["free"]), one["per_month"])
            for one in said["speakers"]
        ),
        venues=tuple(Venue(one["name"], one["subdistrict"], read_times(one["free"])) for one in said["venues"]),
    )


def write_times(times: Times) -> Document:
    return {
        "weekly": [f"{weekday}{half.value}" for weekday, half in sorted(times.weekly)],
        "not_on": [day.isoformat() for day in sorted(times.not_on)],
        "also_on": [day.isoformat() for day in sorted(times.also_on)],
    }


def read_times(said: Mapping[str, Any]) -> Times:
    return Times(
        frozenset((int(text[0]), HalfDay(text[1:])) for text in said["weekly"]),
        frozenset(map(date.fromisoformat, said["not_on"])),
        frozenset(map(date.fromisoformat, said["also_on"])),
    )


def write_plan(plan: Plan, shortages: Sequence[Shortage], helps: Sequence[Help]) -> Document:
    return {
        "placements": [write_placement(one) for one in plan.placements],
        "proofs": [
            {"stage": str(one.stage), "value": one.value, "bound": one.bound, "seconds": round(one.seconds, 2)}
            for one in plan.proofs
        ],
        "shortages": [write_shortage(one) for one in shortages],
        "helps": [{"change": str(one.change), "more": one.more, "about": one.about} for one in helps],
    }


def read_plan(said: Mapping[str, Any]) -> Plan:
    return Plan(
        tuple(read_placement(one) for one in said["placements"]),
        tuple(Proof(Stage(one["stage"]), one["value"], one["bound"], one["seconds"]) for one in said["proofs"]),
    )


def read_helps(said: Mapping[str, Any]) -> tuple[Help, ...]:
    return tuple(Help(Change(one["change"]), one["more"], one["about"]) for one in said.get("helps", ()))


def write_placement(one: Placement) -> Document:
    return {
        "subdistrict": one.subdistrict,
        "day": one.day.isoformat(),
        "half": one.half.value,
        "venue": one.venue,
        "speaker": one.speaker,
        "occupation": one.occupation,
    }


def read_placement(said: Mapping[str, Any]) -> Placement:
    return Placement(
        said["subdistrict"],
        date.fromisoformat(said["day"]),
        HalfDay(said["half"]),
        said["venue"],
        said["speaker"],
        said["occupation"],
    )


def write_shortage(one: Shortage) -> Document:
    return {
        "subdistrict": one.subdistrict,
        "month": one.month,
        "counts": [[str(count.obstacle), count.half_days, count.about] for count in one.counts],
        "lacks": [[lack.occupation, lack.venue_halves, list(lack.speakers)] for lack in one.lacks],
    }


def read_shortage(said: Mapping[str, Any]) -> Shortage:
    return Shortage(
        said["subdistrict"],
        said["month"],
        tuple(Count(Obstacle(code), number, about) for code, number, about in said["counts"]),
        tuple(Lack(occupation, halves, tuple(names)) for occupation, halves, names in said["lacks"]),
    )
