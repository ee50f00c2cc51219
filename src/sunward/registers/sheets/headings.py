"""What a heading means: declared ways to write it first, likeness last."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import fuzz, process

from sunward.registers.sheets.declarations import NEVER_COLLECTED, Field, SheetKind, listed

LIKENESS = 84.0
_LIKENESS_LONGEST = 12
_HEADING_LONGEST = 40
_MOST_REMEMBERED = 5000
_BEHIND = 1000

_NOISE = re.compile(r"[\s\u200b-\u200f\ufeff*★☆:：,，。、.;；\"'“”_\-—~]+")
_BRACKETS = re.compile(r"[(\[【〔<《][^()\[\]【】〔〕<>《》]*[)\]】〕>》]")
_BRACKET_SIGNS = re.compile(r"[()\[\]【】〔〕<>《》]")
_NUMBERING = re.compile(r"^(?:\d{1,2}|[一二三四五六七八九十]{1,2}|[①-⑳])(?=[、.．)）]\s*\D)[、.．)）]")
_PREFIX = re.compile(
    r"^(?:请问|请选择|请填写|请输入|填写|必填|选填)?(?:[您你](?:本人|所在的?|所学的?|的)?)?|(?:必填|选填|单选|多选|下拉选择)$"
)
# Whose matter a heading is; likeness never crosses from one person to another.
_PERSONS = re.compile(
    r"监护|家长|父|母|配偶|爱人|紧急|子女|孩子|儿童|填表|审核|联系人|介绍人|推荐人|辅导员|导师|负责人|户主|照料人|抚养人"
)
# Where somebody is registered stands behind where she lives, if a sheet has both.
_REGISTERED = re.compile(r"户籍|户口|原籍")
# The day on which a thing ends or is due again is not the day on which it was done.
_ENDS = re.compile(r"有效(?:期|日|至|时)|到期|失效|过期|下次|下一次")


@dataclass(frozen=True, slots=True)
class Meaning:
    """`field` is None for what must not be collected. `rank`: the lower, the surer; then `order`: declared first."""

    field: Field | None
    rank: int
    order: int = 0
    is_guess: bool = False


@lru_cache(maxsize=4096)
def fold_heading(text: str) -> str:
    """A heading without numbering, white space, stars and marks; brackets kept."""
    written = unicodedata.normalize("NFKC", text).strip()
    return _PREFIX.sub("", _NOISE.sub("", _NUMBERING.sub("", written))).casefold()


@lru_cache(maxsize=4096)
def _spellings(text: str) -> tuple[str, ...]:
    folded = fold_heading(text)
    return tuple(
        dict.fromkeys(spelling for spelling in (folded, _PREFIX.sub("", _BRACKETS.sub("", folded))) if spelling)
    )


class HeadingIndex:
    """All that the headings of one kind may mean."""

    def __init__(self, kind: SheetKind, remembered: dict[str, str | None] | None = None) -> None:
        self.kind = kind
        self._exact: dict[str, Field] = {}
        self._order: dict[str, int] = {}
        self._grouped: list[tuple[Field, frozenset[str]]] = []
        for entry in kind.fields:
            for order, heading in enumerate(entry.headings):
                self._exact.setdefault(fold_heading(heading), entry)
                self._order.setdefault(fold_heading(heading), order)
            if entry.groups:
                self._grouped.append((entry, frozenset(fold_heading(heading) for heading in entry.bare_headings)))
        self._never = {fold_heading(heading) for heading in (*NEVER_COLLECTED, *kind.never_collected)}
        self._remembered = {fold_heading(heading): key for heading, key in (remembered or {}).items()}
        self._patterns = [(re.compile(entry.like), entry) for entry in kind.fields if entry.like]
        self._likeable = [heading for heading in self._exact if len(heading) >= 3]
        self._found: dict[tuple[str, ...], Meaning | None] = {}

    def meaning(self, parts: Sequence[str]) -> Meaning | None:
        """What a column headed by `parts` (groups first, its own name last) means; None if nothing known."""
        key = tuple(parts)
        if key not in self._found:
            if len(self._found) > _MOST_REMEMBERED:
                self._found.clear()
            found = self._find(key) if key else None
            if found and any(_REGISTERED.search(part) for part in key):
                found = replace(found, order=found.order + _BEHIND)
            self._found[key] = found
        return self._found[key]

    def knows(self, heading: str) -> bool:
        """Whether a heading is written in a declared way."""
        return fold_heading(heading) in self._exact

    def _find(self, parts: tuple[str, ...]) -> Meaning | None:
        leaves, groups = _spellings(parts[-1]), [fold_heading(part) for part in parts[:-1]]
        if not leaves:
            return None
        return (
            self._from_memory(parts)
            or (Meaning(None, 0) if any(leaf in self._never for leaf in leaves) else None)
            or (self._exactly(_spellings("".join(parts)), 1) if groups else None)
            or self._below_group(leaves, groups)
            or self._by_itself(leaves, groups)
        )

    def _below_group(self, leaves: Sequence[str], groups: Sequence[str]) -> Meaning | None:
        for entry, below in self._grouped:
            if any(leaf in below for leaf in leaves) and any(
                word in group for word in entry.groups for group in groups
            ):
                return Meaning(entry, 2)
        return None

    def _by_itself(self, leaves: Sequence[str], groups: Sequence[str]) -> Meaning | None:
        if _ENDS.search(leaves[0]):
            return self._exactly(leaves[:1], 3)
        found = self._exactly(self._with_bracket(leaves), 3) or self._by_pattern(leaves) or self._alike(leaves)
        if found and found.field and found.field.key in self.kind.own_fields and not found.field.groups:
            is_of_another = any(word in group for word in self.kind.others_groups for group in groups)
            return None if is_of_another else found
        return found

    def _with_bracket(self, leaves: Sequence[str]) -> Sequence[str]:
        """从业查询(日期) speaks of a date: where the bracket tells what is meant, it is read along first."""
        inner = "".join(_BRACKETS.findall(leaves[0]))
        if not any(word in inner for word in _TELLING):
            return leaves
        joined = _BRACKET_SIGNS.sub("", leaves[0])
        pattern = self._by_pattern([joined])
        if joined in self._exact or pattern is None or pattern.field is None:
            return (joined, *leaves)
        return (fold_heading(pattern.field.headings[0]), *leaves)

    def _by_pattern(self, leaves: Sequence[str]) -> Meaning | None:
        for leaf in leaves:
            if len(leaf) > _HEADING_LONGEST:
                continue  # a sentence, on which patterns would take long
            for pattern, entry in self._patterns:
                if pattern.fullmatch(leaf):
                    return Meaning(entry, 4, is_guess=True)
        return None

    def _from_memory(self, parts: tuple[str, ...]) -> Meaning | None:
        for heading in (fold_heading("/".join(parts)), fold_heading(parts[-1])):
            if heading in self._remembered:
                entry = self.kind.fields_by_key.get(self._remembered[heading] or "")
                return Meaning(entry, 0)
        return None

    def _exactly(self, spellings: Sequence[str], rank: int) -> Meaning | None:
        for spelling in spellings:
            if spelling in self._exact:
                return Meaning(self._exact[spelling], rank, self._order[spelling])
        return None

    def _alike(self, spellings: Sequence[str]) -> Meaning | None:
        for spelling in spellings:
            if not 3 <= len(spelling) <= _LIKENESS_LONGEST:
                continue
            persons = set(_PERSONS.findall(spelling))
            alike = process.extract(spelling, self._likeable, scorer=fuzz.ratio, score_cutoff=LIKENESS, limit=3)
            for heading, _likeness, _place in alike:
                if set(_PERSONS.findall(heading)) == persons and not _contradicts(spelling, heading):
                    return Meaning(self._exact[heading], 5, is_guess=True)
        return None


def _contradicts(one: str, other: str) -> bool:
    """Whether two headings differ in the word that carries the meaning (查询日期, 查询结果)."""
    return any((word in one) != (word in other) for word in _TELLING)


_TELLING = listed(
    "日期、时间、结果、人数、编号、号码、电话、手机、姓名、性别、年龄、地址、住址、街道、居委、类型、等级、关系、备注、原因、情况、"
    "学校、专业、年级、科目、单位、职业、户籍、是否、已"
)
