"""What is known of one person and may not stand in a text that leaves the file."""

from collections.abc import Iterator

from sunward.people.models import Person
from sunward.people.screening.finding import FindingKind, Known
from sunward.people.screening.words import FAMILY_NAMES_OF_TWO

# Written into Chinese text, in whatever language the page is read.
_HOME, _NUMBER = "家", "（号码）"
_SHORTEST_HOME = 4
_TITLES = ("老师", "阿姨", "女士", "先生", "妈妈", "爸爸", "奶奶", "爷爷", "外婆", "外公", "阿婆", "大姐", "同学", "家")


def list_known_of(person: Person, instead: str) -> Iterator[Known]:
    """One person's names, home and numbers; `instead` is the neutral word for a name."""
    for name in name_forms(person.name):
        yield Known(FindingKind.NAME, name, instead)
    if len(person.address.strip()) >= _SHORTEST_HOME:
        yield Known(FindingKind.ADDRESS, person.address.strip(), _HOME)
    for kind, number in ((FindingKind.PHONE, person.phone), (FindingKind.ID_NUMBER, person.id_number)):
        if number:
            yield Known(kind, number, _NUMBER)


def name_forms(name: str) -> Iterator[str]:
    """陈小雨: 陈小雨, 小雨, 雨雨, 阿雨, 老陈, 陈某, 陈阿姨, chenxiaoyu. One sign alone is an everyday word."""
    from pypinyin import lazy_pinyin  # read when a name is first sounded, not at every start

    yield name
    if name.isascii() or len(name) < 2:
        return
    family = name[:2] if name[:2] in FAMILY_NAMES_OF_TWO else name[0]
    given, last = name[len(family) :], name[-1]
    if len(given) > 1:
        yield given
    if len(name) > 2 and given != name[-2:]:
        yield name[-2:]
    yield from (last + last, f"小{last}", f"阿{last}")
    if "·" not in name:
        yield from (f"小{family}", f"老{family}", f"{family}某", *(f"{family}{title}" for title in _TITLES))
        sounds = lazy_pinyin(name)
        yield from ("".join(sounds), "".join(sounds[len(family) :] + sounds[: len(family)]))
