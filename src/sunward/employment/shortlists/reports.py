"""Shortlists told to whoever has no database: as plain values for JSON, and as sheets of a workbook."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from sunward.core.wording import join_sentences
from sunward.core.workbooks import Cell, Sheet
from sunward.employment.occupations import name_of
from sunward.employment.shortlists.making import Line, Shortlists
from sunward.employment.shortlists.market import Market
from sunward.employment.shortlists.policy import write_policy
from sunward.employment.shortlists.wording import say_chance, say_nothing, say_steps, say_why


@dataclass(frozen=True, slots=True)
class Whose:
    """What a report calls a row: the name of the person or the title of the post, and where the row stands."""

    name: str
    where: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that a report needs; both sides by the keys of the market."""

    lists: Shortlists
    market: Market
    people: Mapping[int, Whose]
    posts: Mapping[int, Whose]
    left_out: Mapping[str, int]
    on: date

    def why(self, line: Line) -> tuple[str, ...]:
        return say_why(line, policy=self.lists.policy)


def as_dict(told: Told) -> dict[str, Any]:
    lists = told.lists
    return {
        "as_of": told.on.isoformat(),
        "policy": write_policy(lists.policy),
        "figures": figures(told),
        "left_out": dict(told.left_out),
        "people": [
            {
                **_whose(told.people[key]),
                "lines": [_line(told, line) for line in lines],
                "nothing": "" if lines else say_nothing(lists.prospects[key]),
                "doors": [asdict(door) for door in lists.prospects[key].doors],
                "open": lists.prospects[key].open,
                "steps": [asdict(step) for step in lists.prospects[key].steps],
                "more_doors": list(say_steps(lists.prospects[key])),
            }
            for key, lines in lists.lines.items()
        ],
        "vacancies": [
            {**_whose(told.posts[post.key]), "occupation": post.occupation, "told": lists.exposure[post.key],
             "cap": lists.cap[post.key]}
            for post in told.market.posts
        ],
    }  # fmt: skip


def figures(told: Told) -> dict[str, float | int]:
    lists = told.lists
    return {
        "people": len(lists.lines),
        "vacancies": len(lists.exposure),
        "lines": sum(map(len, lists.lines.values())),
        "with_nothing": len(lists.empty),
        "coverage": round(lists.coverage, 4),
        "gini": round(lists.gini, 4),
        "gap": round(lists.gap, 6),
    }


def as_sheets(told: Told) -> Sequence[Sheet]:
    day = f"{told.on:%Y-%m-%d}"
    titles = _("Shortlists"), _("Without any"), _("Vacancies")
    person, post = _("Jobseeker"), _("post")
    found = figures(told)
    note = _("%(lines)d lines for %(people)d people; %(coverage)d %% of the vacancies are told to somebody.") % {
        "lines": found["lines"], "people": found["people"], "coverage": round(100 * told.lists.coverage),
    }  # fmt: skip
    return (
        Sheet(
            titles[0], f"{titles[0]} {day}",
            [person, _("File, sheet and row"), _("No."), post, _("employer"), _("occupation"), _("Why"), _("Chance"),
             _("What would open more")],
            _line_rows(told), note,
        ),
        Sheet(titles[1], f"{titles[1]} {day}", [person, _("File, sheet and row"), _("Why nothing"),
              _("What would open more")], _empty_rows(told)),
        Sheet(titles[2], f"{titles[2]} {day}", [post, _("employer"), _("File, sheet and row"), _("occupation"),
              _("Told of it"), _("At most")], _post_rows(told)),
    )  # fmt: skip


def _line_rows(told: Told) -> Iterator[Sequence[Cell]]:
    occupations = {post.key: post.occupation for post in told.market.posts}
    for key, lines in told.lists.lines.items():
        more = join_sentences(say_steps(told.lists.prospects[key]))
        for line in lines:
            whose, post = told.people[key], told.posts[line.post]
            yield (
                whose.name, whose.where, line.place, post.name, post.note, name_of(occupations[line.post]),
                join_sentences(told.why(line)), say_chance(line), more if line.place == 1 else "",
            )  # fmt: skip


def _empty_rows(told: Told) -> Iterator[Sequence[Cell]]:
    for key in told.lists.empty:
        whose, prospects = told.people[key], told.lists.prospects[key]
        yield whose.name, whose.where, say_nothing(prospects), join_sentences(say_steps(prospects))


def _post_rows(told: Told) -> Iterator[Sequence[Cell]]:
    for post in told.market.posts:
        whose = told.posts[post.key]
        yield (
            whose.name, whose.note, whose.where, name_of(post.occupation), told.lists.exposure[post.key],
            told.lists.cap[post.key],
        )  # fmt: skip


def _line(told: Told, line: Line) -> dict[str, Any]:
    return {
        **asdict(line),
        "post": _whose(told.posts[line.post]),
        "why": list(told.why(line)),
        "says": say_chance(line),
    }


def _whose(one: Whose) -> dict[str, str]:
    return {"name": one.name, "where": one.where, "note": one.note}
