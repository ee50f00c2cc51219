"""Which texts are about the same matter, by the pairs of characters that they share: good enough to remind. Pure."""

import re
from collections.abc import Collection, Iterable, Mapping

_WORD = re.compile(r"[a-z0-9]{2,}|[㐀-鿿]+")
# In nearly every text about research: they make nothing alike.
_EVERYWHERE = frozenset({
    "研究", "技术", "系统", "方法", "基于", "应用", "开发", "装置", "一种", "及其", "关键", "设备", "产品", "材料",
    "平台", "高性", "性能", "能力", "项目", "成果", "团队", "企业", "the", "and", "for", "with", "of", "to", "system",
    "method", "based",
})  # fmt: skip
ENOUGH, AT_LEAST = 0.2, 3


def pairs_of(text: str) -> frozenset[str]:
    """Words of Latin letters, and pairs of neighbouring Chinese characters."""
    found = set()
    for word in _WORD.findall(text.lower()):
        if word[0] < "㐀":
            found.add(word)
        else:
            found |= {word[place : place + 2] for place in range(len(word) - 1)}
    return frozenset(found - _EVERYWHERE)


def likeness(one: Collection[str], other: Collection[str]) -> float:
    """How much of the shorter text is in the longer, 0 to 1. Fewer than three shared pairs are chance: 0."""
    shared = len(set(one) & set(other))
    return shared / min(len(one), len(other)) if shared >= AT_LEAST else 0.0


def find_like(text: str, others: Mapping[int, str], *, at_most: int = 3) -> list[int]:
    """Keys of the texts that are most like this one, the likest first; those that hardly are, are not among them."""
    own = pairs_of(text)
    weighed = ((likeness(own, pairs_of(other)), key) for key, other in others.items())
    return [key for weight, key in _best(weighed) if weight >= ENOUGH][:at_most]


def _best(weighed: Iterable[tuple[float, int]]) -> list[tuple[float, int]]:
    return sorted(weighed, key=lambda pair: (-pair[0], pair[1]))
