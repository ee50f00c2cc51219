"""Explained shortlists for 10,000 jobseekers and 5,000 vacancies through the declarative layer: seconds of each step.

    python -m bench.employment_shortlists [--people 10000] [--posts 5000] [--k 10]

The market is made up: wishes and posts by the frequency of occupations among the labelled titles, places by
sub-district, and a third of everything unknown. The proof of the lists is a part of solving. Seconds by the clock, and
those of the processor, on which busy neighbours tell less.
"""

import argparse
import os
import random
import resource
import sys
import time
from itertools import pairwise
from typing import Any

import django

from sunward_match.occupations import Labelled, read_labelled

SKILLS = ("叉车", "英语", "会计", "电工证", "驾驶", "办公软件", "护理", "收银")


class Dice(random.Random):
    def maybe(self, value: Any) -> Any:
        """Known in two of three."""
        return value if self.random() < 2 / 3 else None


def make_seeker(key: int, dice: Dice, labelled: list[Labelled], places: list[str]) -> Any:
    from sunward.employment.enums import Education, Shift
    from sunward.employment.shortlists.market import Seeker

    wishes = (one.code for one in dice.choices(labelled, k=dice.randrange(4)))
    return Seeker(
        key=key, wishes=tuple(dict.fromkeys(wishes)), place=dice.choice(places),
        minutes=dice.maybe(dice.choice((20, 30, 45, 60))), pay_floor=dice.maybe(dice.randrange(3000, 9000, 500)),
        education=dice.maybe(dice.choice(Education.values)), age=dice.randrange(16, 60),
        shifts=frozenset(dice.sample(Shift.values, dice.choice((0, 0, 2)))),
        words=tuple(dice.sample(SKILLS, dice.randrange(3))), waiting_days=dice.randrange(1500),
    )  # fmt: skip


def make_post(key: int, dice: Dice, labelled: list[Labelled], places: list[str]) -> Any:
    from sunward.employment.enums import Education, Shift, VacancyKind
    from sunward.employment.shortlists.market import Post

    one = dice.choice(labelled)
    return Post(
        key=key, occupation=one.code, title=one.title, text="".join(dice.sample(SKILLS, 3)) * 30,
        place=dice.choice(places), pay=dice.maybe(dice.randrange(3000, 12000, 500)),
        education=dice.maybe(dice.choice(Education.values[:5])), places=dice.maybe(1 + int(dice.expovariate(0.4))),
        kind=dice.choices((VacancyKind.FULL_TIME, VacancyKind.TRAINEESHIP), (19, 1))[0],
        shifts=frozenset(dice.sample(Shift.values, dice.choice((0, 0, 1)))), told=dice.randrange(3),
        seen=dice.randrange(20),
    )  # fmt: skip


def make_market(people: int, posts: int) -> Any:
    from sunward.accounts.areas import subdistricts
    from sunward.employment.shortlists.market import Market

    dice, labelled, places = Dice(1), list(read_labelled()), [area.code for area in subdistricts()]
    return Market(
        tuple(make_seeker(key, dice, labelled, places) for key in range(people)),
        tuple(make_post(key, dice, labelled, places) for key in range(posts)),
        2590,
    )


def main() -> int:
    from sunward.employment.shortlists.making import make_shortlists
    from sunward.employment.shortlists.wording import say_chance, say_steps, say_why

    parser = argparse.ArgumentParser(prog="python -m bench.employment_shortlists")
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--posts", type=int, default=5_000)
    parser.add_argument("--k", type=int, default=10)
    asked = parser.parse_args()
    market = make_market(asked.people, asked.posts)
    make_shortlists(make_market(20, 20))  # what is compiled is compiled now
    stages: list[tuple[str, float, float]] = []

    def note(stage: str, _share: float = 0.0) -> None:
        stages.append((stage, time.perf_counter(), time.process_time()))

    lists = make_shortlists(market, k=asked.k, progress=note)
    stages[-1] = ("saying", *stages[-1][1:])
    lines = 0
    for key, own in lists.lines.items():
        say_steps(lists.prospects[key])
        for line in own:
            say_why(line, policy=lists.policy), say_chance(line)
            lines += 1
    note("end")
    for (stage, clock, worked), (_next, until, worked_until) in pairwise(stages):
        print(f"{stage:<10} {until - clock:6.2f} s by the clock, {worked_until - worked:6.2f} s of the processor")
    print(f"{asked.people:,} people, {asked.posts:,} vacancies, {lines:,} lines; {len(lists.empty):,} people with none")
    print(f"coverage {lists.coverage:.3f}, Gini {lists.gini:.3f}, gap {lists.gap:.2%}")
    print(f"memory of this run: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    return 0


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "sunward.config.settings.bare"
    django.setup()
    sys.exit(main())
