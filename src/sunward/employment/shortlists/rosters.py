"""Jobseekers and vacancies as rows of workbooks, for shortlists without a database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sunward.employment.enums import Intention, Situation, VacancyState
from sunward.employment.intake import profiles, vacancy_values
from sunward.employment.occupations import best_guesses
from sunward.employment.shortlists.market import Market, Post, Seeker
from sunward.employment.vacancies.minimum_wage import minimum_wage
from sunward.registers.persons import day

Values = Mapping[str, Any]
# A guess is good enough for a list that a person reads, long before it is for a code that stays.
GUESSED = 0.3
LONGEST_TEXT = 1000  # of a description in which words are looked for
# Whoever says so wishes for no post at present.
_NOT_LOOKING = (Intention.NONE, Intention.STUDY, Intention.START_UP)
_AT_WORK = (Situation.EMPLOYED, Situation.ELSEWHERE, Situation.STUDYING)


@dataclass(frozen=True, slots=True)
class RosterMarket:
    """The keys of the market count the rows from 0. `left_out`: how many for which reason, by its code."""

    market: Market
    left_out: Mapping[str, int]


def read_market(people: Sequence[Values], vacancies: Sequence[Values], *, on: date) -> RosterMarket:
    """Whoever looks for work, and posts that are neither held for their wording nor run out."""
    profile = [dict(zip(profiles.COLUMNS, profiles.read(row), strict=True)) for row in people]
    offers = [dict(zip(vacancy_values.COLUMNS, vacancy_values.read(row), strict=True)) for row in vacancies]
    looking = [at for at, own in enumerate(profile) if is_looking(own)]
    held = {at for at, own in enumerate(offers) if own["state"] == VacancyState.HELD}
    over = {at for at, own in enumerate(offers) if own["valid_until"] is not None and own["valid_until"] < on} - held
    offered = [at for at in range(len(offers)) if at not in held and at not in over]
    wishes = [profiles.read_wishes(row) for row in people]
    known = guess_codes(
        [*(words for at in looking for words in wishes[at]), *(str(offers[at]["title"]) for at in offered)]
    )
    return RosterMarket(
        Market(
            tuple(_seeker(at, people[at], profile[at], wishes[at], known, on) for at in looking),
            tuple(_post(at, offers[at], known) for at in offered),
            minimum_wage(on, is_confirmed=True) or 0,
        ),
        {"not_looking": len(people) - len(looking), "held": len(held), "run_out": len(over)},
    )


def is_looking(profile: Mapping[str, Any]) -> bool:
    """By what was said last. Whoever said nothing is taken to look for work: that is why they are on the list."""
    intention = profile["surveyed_intention"] or profile["intention"]
    situation = profile["surveyed_situation"] or profile["situation"]
    return intention not in _NOT_LOOKING and situation not in _AT_WORK


def guess_codes(words: Iterable[str]) -> dict[str, str]:
    """The likeliest occupation of each; empty where not even a guess would be honest."""
    found = best_guesses(words)
    return {one: guess.code if guess and guess.probability >= GUESSED else "" for one, guess in found.items()}


def age_on(born: date | None, on: date) -> int | None:
    if born is None:
        return None
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _seeker(
    key: int, row: Values, profile: Mapping[str, Any], wishes: Sequence[str], known: Mapping[str, str], on: date
) -> Seeker:
    since = profile["unemployed_since"] or profile["registered_on"]
    codes = [known[words] for words in wishes]
    return Seeker(
        key=key,
        wishes=tuple(dict.fromkeys(code for code in codes if code)),
        place=str(row.get("neighbourhood_code") or row.get("subdistrict_code") or ""),
        pay_floor=profile["salary_min"],
        education=profile["education"],
        age=age_on(day(row.get("birth_date")), on),
        words=tuple(dict.fromkeys(word for word in profile["skills"] if len(word) > 1)),
        waiting_days=max(0, (on - since).days) if since else 0,
        is_unread=any(not code for code in codes),
    )


def _post(key: int, offer: Mapping[str, Any], known: Mapping[str, str]) -> Post:
    title = str(offer["title"])
    return Post(
        key=key,
        occupation=known[title],
        title=title,
        text=str(offer["description"])[:LONGEST_TEXT],
        place=str(offer["subdistrict_code"]),
        pay=offer["salary_max"] or offer["salary_min"],
        education=offer["education"],
        shifts=frozenset(offer["shifts"]),
        kind=str(offer["kind"]),
        places=offer["places_max"] or offer["places_min"],
    )
