"""What somebody does and means to do, in the words of surveys, brought to our codes."""

import re
from functools import lru_cache
from typing import TypeVar

from sunward.employment.enums import Intention, Situation
from sunward.registers.normalise.text import clean_text

Code = TypeVar("Code")

# What posts are called: 培训师 is no wish for training.
_POST_ENDS = ("员", "师", "工", "者", "手", "经理", "助理", "岗")
# In this order: the first that is found decides. Who is no longer or not yet something is not that.
_SITUATIONS = (
    (Situation.NOT_REGISTERED, re.compile(r"未登记|没有?登记|未办理?失业登记|未进行失业登记")),
    (Situation.REGISTERED, re.compile(r"登记失业|失业登记|已登记|领取?失业(?:保险)?金|领失业")),
    (Situation.FLEXIBLE, re.compile(r"灵活就业|灵活从业|自由职业|打零工|零工|临时工|钟点|兼职|自营")),
    (Situation.ELSEWHERE, re.compile(r"(?:外地|异地|外省市?|外区|外市|境外|国外|他处)(?:就业|工作|务工|上班|打工)")),
    (Situation.TRAINING, re.compile(r"培训|学技能")),
    (Situation.STUDYING, re.compile(r"求学|在读|就读|在校|上学|读书|升学|考研|学生|复读|留学|服兵役")),
    (Situation.HOUSEHOLD, re.compile(r"家务|家庭主妇|全职(?:妈妈|太太|主妇)|照[料顾看]|带孩子|带小孩|育儿")),
    (Situation.NOT_REGISTERED, re.compile(r"无业|待业|失业|未就业|没有?工作|无工作|不在业|闲散|在家")),
    (Situation.EMPLOYED, re.compile(r"就业|在职|在岗|上班|有工作|已工作|单位工作|创业|个体|经商|开店")),
)  # fmt: skip
_INTENTIONS = (
    (
        Intention.NONE,
        re.compile(
            r"暂无|暂不|无(?:就业|求职|工作)?(?:意愿|意向|打算|要求|需求)|没有?(?:意愿|意向|打算)"
            r"|不(?:想|愿|打算|考虑|需要)|无需"
        ),
    ),
    (Intention.TRAINEESHIP, re.compile(r"见习|实习")),
    (Intention.START_UP, re.compile(r"创业|开店|自己干|个体|经商")),
    (Intention.TRAINING, re.compile(r"培训|学技能|考证")),
    (Intention.STUDY, re.compile(r"求学|升学|考研|读书|深造|留学|学业|继续学习|上学")),
    (Intention.WORK, re.compile(r"找工作|求职|就业|工作|上班|应聘|岗位|择业|务工")),
)  # fmt: skip


@lru_cache(maxsize=1024)
def read_situation(text: str) -> Situation | None:
    """What she does; OTHER for words we have no code for (协保), None for nothing."""
    return _read(text, _SITUATIONS, Situation.OTHER)


@lru_cache(maxsize=1024)
def read_intention(text: str) -> Intention | None:
    return _read(text, _INTENTIONS, Intention.OTHER)


def is_intention(text: str) -> bool:
    """Whether words that might name a post say what somebody means to do instead."""
    return read_intention(text) not in (None, Intention.OTHER) and not text.endswith(_POST_ENDS)


def _read(text: str, words: tuple[tuple[Code, re.Pattern[str]], ...], other: Code) -> Code | None:
    written = "".join(clean_text(text).split())
    if not written:
        return None
    return next((code for code, shape in words if shape.search(written)), other)
