"""How far somebody went to school, in the many words of offices, brought to the words of the rosters."""

import re
from functools import lru_cache

from sunward.registers.normalise.text import clean_text

JUNIOR, SENIOR, VOCATIONAL, COLLEGE, BACHELOR, MASTER, DOCTOR = (
    "初中及以下", "高中", "中专", "大专", "本科", "硕士", "博士",
)  # fmt: skip
# In this order: the first that is found decides. 大学专科 is no 大学, 职业高中 no 高中, 硕士研究生 no doctor's degree.
_WORDS = (
    (DOCTOR, re.compile(r"博士|phd", re.IGNORECASE)),
    (MASTER, re.compile(r"硕士|研究生|mba", re.IGNORECASE)),
    (BACHELOR, re.compile(r"本科|学士|专升本")),
    (COLLEGE, re.compile(r"大专|专科|高职|高专|大学专")),
    (BACHELOR, re.compile(r"大学")),
    (VOCATIONAL, re.compile(r"中专|中等专业|中职|中等职业|职高|职业高中|职校|职业学校|技校|技工|中技")),
    (SENIOR, re.compile(r"高中|高级中学|普高")),
    (JUNIOR, re.compile(r"初中|初级中学|小学|文盲|不识字|未上过?学|没上过?学|无学历")),
)
_ASIDE = re.compile(r"[(\[].*?[)\]]")
# Who left before the end has what came before, and nobody says which.
_UNFINISHED = re.compile(r"肄业|未毕业|没毕业|辍学")


@lru_cache(maxsize=1024)
def read_education(text: str) -> str | None:
    """``read_education("大学专科（成教）")`` is 大专; None where nothing certain is said."""
    written = "".join(clean_text(text).split())
    if _UNFINISHED.search(written):
        return None
    for part in (_ASIDE.sub("", written), written):
        for level, words in _WORDS:
            if words.search(part):
                return level
    return None
