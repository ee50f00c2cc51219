"""On a whole district of invented children: of the hints, how many are right; of the children known twice, how many
are found.

The names are drawn as names are: some very common, many of two characters. The bounds are what the rule promises.
"""

from dataclasses import dataclass
from random import Random

from sunward.safeguarding.hinting import Sketch, compare

SURNAMES = (
    "王",
    "李",
    "张",
    "刘",
    "陈",
    "杨",
    "黄",
    "赵",
    "周",
    "吴",
    "徐",
    "孙",
    "朱",
    "马",
    "胡",
    "林",
    "郭",
    "何",
    "高",
    "罗",
)
GIVEN = tuple("子涵宇轩梓萱浩然欣怡诗琪雨桐佳一诺思远可心明杰文博小雨天乐嘉豪静雅俊熙梦瑶")
FILES, KNOWN_TWICE, NEW = 3000, 150, 850


@dataclass(frozen=True)
class Child:
    name: str
    age: int
    phone: str


def draw(random: Random, number: int) -> Child:
    surname = SURNAMES[min(int(random.expovariate(0.25)), len(SURNAMES) - 1)]
    given = "".join(random.choices(GIVEN, k=1 if random.random() < 0.15 else 2))
    return Child(surname + given, random.randint(1, 17), f"p{number}")


def tell(random: Random, child: Child) -> Sketch:
    """What somebody on duty knows: a name mostly, an age give or take one, a telephone seldom."""
    name = child.name if random.random() < 0.85 else ""
    age = child.age + random.choice((-1, 0, 0, 0, 1)) if random.random() < 0.85 else None
    phones = frozenset({child.phone}) if random.random() < 0.3 else frozenset()
    return Sketch(name, age, phones)


def test_most_hints_are_right_and_most_children_known_twice_are_found():
    random = Random(20261126)
    files = [draw(random, number) for number in range(FILES)]
    known = [(tell(random, child), number) for number, child in enumerate(files[:KNOWN_TWICE])]
    strangers = [(tell(random, draw(random, FILES + number)), -1) for number in range(NEW)]
    sketches = [Sketch(child.name, child.age, frozenset({child.phone})) for child in files]
    by_name: dict[str, list[int]] = {}
    for number, sketch in enumerate(sketches):
        by_name.setdefault(sketch.name, []).append(number)
    right, hints, found = 0, 0, set()
    for told, truth in [*known, *strangers]:
        near = set(by_name.get(told.name, [])) | {int(phone[1:]) for phone in told.phones if int(phone[1:]) < FILES}
        hits = [number for number in near if compare(told, sketches[number]).is_enough]
        hints += len(hits)
        if truth in hits:
            right += 1
            found.add(truth)
    precision, recall = right / hints, len(found) / KNOWN_TWICE
    assert precision >= 0.8, f"{right} of {hints} hints are right"
    assert recall >= 0.7, f"{len(found)} of {KNOWN_TWICE} are found"
