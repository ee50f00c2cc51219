"""Everything that may say who a text is about, each stretch once, and the text without it."""

from collections.abc import Iterable, Iterator, Sequence

from sunward.people.screening.finding import Finding, FindingKind, Known
from sunward.people.screening.names import find_names
from sunward.people.screening.numbers import find_numbers
from sunward.people.screening.own_numbers import find_own_numbers
from sunward.people.screening.places import find_places
from sunward.people.screening.plain import Plain, make_plain

# Written into Chinese text, in whatever language the page is read.
INSTEAD: dict[FindingKind, str] = {
    FindingKind.NAME: "某某",
    FindingKind.SCHOOL: "某学校",
    FindingKind.ADDRESS: "某处",
    FindingKind.EMPLOYER: "某单位",
    FindingKind.PHONE: "（电话）",
    FindingKind.ID_NUMBER: "（证件号）",
    FindingKind.ACCOUNT: "（账号）",
    FindingKind.BIRTHDAY: "（出生日期）",
}
# Of two stretches that overlap, the earlier kind names the whole.
_ORDER = (
    FindingKind.ACCOUNT,
    FindingKind.ID_NUMBER,
    FindingKind.PHONE,
    FindingKind.BIRTHDAY,
    FindingKind.SCHOOL,
    FindingKind.ADDRESS,
    FindingKind.EMPLOYER,
    FindingKind.NAME,
)


# What somebody puts between the signs of a name.
_BETWEEN = frozenset(" \t.、·-_*/—'")


def screen(text: str, *, known: Iterable[Known] = ()) -> tuple[Finding, ...]:
    """Every stretch in the order of the text, none overlapping another."""
    plain = make_plain(text)
    found = [*_known(plain, known)]
    for search in (find_numbers, find_places, find_names):
        found += [(kind, start, end, INSTEAD[kind], False) for kind, start, end in search(plain.text)]
    own = tuple(find_own_numbers(plain.text))
    return tuple(_tell(text, plain, joined, own) for joined in _join(found))


def blank_out(text: str, findings: Iterable[Finding]) -> str:
    """The text with the neutral word in the place of each finding."""
    for finding in sorted(findings, key=lambda finding: finding.start, reverse=True):
        text = text[: finding.start] + finding.instead + text[finding.end :]
    return text


_Hit = tuple[FindingKind, int, int, str, bool]


def _known(plain: Plain, known: Iterable[Known]) -> Iterator[_Hit]:
    """Also with marks between its signs (陈、小、雨; Chen Xiaoyu for chenxiaoyu), and in capitals or not."""
    text, at = _squeeze(plain.text)
    for thing in known:
        said, _places = _squeeze(make_plain(thing.text).text)
        start = text.find(said) if len(said) > 1 else -1
        while start >= 0:
            first, last = at[start], at[start + len(said) - 1] + 1
            if not said.isascii() or _is_whole(plain.text, first, last):
                yield thing.kind, first, last, thing.instead, True
            start = text.find(said, start + len(said))


def _squeeze(text: str) -> tuple[str, list[int]]:
    kept = [(sign.lower(), place) for place, sign in enumerate(text) if sign not in _BETWEEN and len(sign.lower()) == 1]
    return "".join(sign for sign, _place in kept), [place for _sign, place in kept]


def _is_whole(text: str, start: int, end: int) -> bool:
    """No Latin letter or digit stands right before or behind: `lili` is not in `Lilian`."""
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    return not any(sign.isascii() and sign.isalnum() for sign in around)


def _join(found: Sequence[_Hit]) -> Iterator[_Hit]:
    """Stretches that overlap become one: what is known gives its neutral word, else the first of `_ORDER`."""
    ranked = sorted(found, key=lambda hit: (hit[1], -hit[2]))
    group: list[_Hit] = []
    reach = -1
    for hit in ranked:
        if group and not _touches(hit, group[-1], reach):
            yield _whole(group)
            group = []
        group.append(hit)
        reach = max(hit[2], reach if len(group) > 1 else 0)
    if group:
        yield _whole(group)


def _touches(hit: _Hit, last: _Hit, reach: int) -> bool:
    """Overlapping; or an address that goes on where another ends."""
    return hit[1] < reach or (hit[1] == reach and hit[0] == last[0] == FindingKind.ADDRESS)


def _whole(group: Sequence[_Hit]) -> _Hit:
    start, end = min(hit[1] for hit in group), max(hit[2] for hit in group)
    is_known = any(hit[4] for hit in group)
    exactly = [hit for hit in group if hit[4] and hit[1:3] == (start, end)]
    best = exactly[0] if exactly else min(group, key=lambda hit: (_ORDER.index(hit[0]), hit[1]))
    return best[0], start, end, best[3], is_known


def _tell(text: str, plain: Plain, hit: _Hit, own: Sequence[tuple[int, int]]) -> Finding:
    kind, start, end, instead, is_known = hit
    first, last = plain.span(start, end)
    is_own = any(begins < end and start < ends for begins, ends in own)
    return Finding(kind, first, last, text[first:last], instead, is_known, is_own)
