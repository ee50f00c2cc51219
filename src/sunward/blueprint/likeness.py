"""Which texts are about the same matter, by the pairs of characters that they share: good enough to remind. Pure.

Chinese is written without spaces, so that pairs of neighbouring characters serve where other languages take words.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping

# Letters with what stands in them (CO2, 3D), or Chinese characters; numbers alone say little about what a matter is.
_WORD = re.compile(r"[a-z0-9]*[a-z][a-z0-9]*|[㐀-鿿]+")
# In nearly every line of work and every text about research: they make nothing alike.
_EVERYWHERE = frozenset({
    "推进", "推动", "加强", "开展", "完成", "完善", "建设", "建立", "落实", "实施", "提升", "工作", "研究",
    "技术", "系统", "方法", "基于", "应用", "开发", "装置", "一种", "及其", "关键", "设备", "产品", "材料",
    "平台", "高性", "性能", "能力", "项目", "成果", "团队", "企业", "the", "and", "for", "with", "of", "to",
    "system", "method", "based",
})  # fmt: skip
ENOUGH, AT_LEAST = 0.2, 3


def pairs_of(text: str) -> frozenset[str]:
    """Words of Latin letters, and pairs of neighbouring Chinese characters."""
    found = set()
    for word in _WORD.findall(unicodedata.normalize("NFKC", text).lower()):
        if word[0] < "㐀":
            found |= {word} if len(word) > 1 else set()
        else:
            found |= {word[place : place + 2] for place in range(len(word) - 1)}
    return frozenset(found - _EVERYWHERE)


def likeness(one: Collection[str], other: Collection[str]) -> float:
    """How much of the shorter text is in the longer, 0 to 1. Fewer than three shared pairs are chance: 0."""
    shared = len(set(one) & set(other))
    return shared / min(len(one), len(other)) if shared >= AT_LEAST else 0.0


def find_like(text: str, others: Mapping[int, str], *, at_most: int = 3) -> list[int]:
    """Keys of the texts that are most like this one, the likest first, then in the order given; those that hardly are,
    are not among them."""
    own = pairs_of(text)
    weighed = [(likeness(own, pairs_of(other)), key) for key, other in others.items()]
    enough = sorted((one for one in weighed if one[0] >= ENOUGH), key=lambda one: -one[0])
    return [key for _weight, key in enough[:at_most]]
