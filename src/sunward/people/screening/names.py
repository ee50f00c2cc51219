"""Names that nobody knows beforehand: by the signs they are made of and the words around them.

A family name and one or two signs that names are made of are a name where the words before or after are those that
stand beside a person. What an everyday word (周末, 高兴) begins is none.
"""

import re
from collections.abc import Iterator
from itertools import chain

from sunward.people.screening.finding import FindingKind
from sunward.people.screening.plain import HAN
from sunward.people.screening.words import (
    DOUBLED,
    EVERYDAY,
    EVERYDAY_LENGTHS,
    FAMILY_NAMES,
    FAMILY_NAMES_OF_TWO,
    GIVEN,
    NOT_DOUBLED,
    NOT_LATIN,
    NOT_LITTLE,
    PERHAPS_LITTLE,
)

Hit = tuple[FindingKind, int, int]

_TITLES = (
    "老师|同学|阿姨|叔叔|奶奶|爷爷|妈妈|爸爸|外婆|外公|阿婆|阿公|伯伯|婶婶|姐姐|哥哥|妹妹|弟弟|姐|哥|姨|婆婆|医生|护士|大夫|先生|女士|小姐|小朋友|主任|书记|校长|园长|警官|律师|"
    "社工|师傅|教练|教授|班主任|站长|科长|所长|队长|经理|老板|志愿者|妈|爸|家长|辅导员|督导|干事|护工|保姆|大姐|大哥|大爷|大妈|大娘"
)
# Beside a person: strong on the one side is enough, weak on both.
_STRONG_BEFORE = re.compile(
    r"(?:名叫|叫做|叫|名字是|名字|姓名|名为|大名|本名|真名|孩子|学生|同学|女儿|儿子|外孙女|外孙|孙女|孙子|妹妹|弟弟|姐姐|哥哥|母亲|父亲|妈妈|爸爸|奶奶|爷爷|外婆|外公|"
    r"姑姑|姑妈|舅舅|舅妈|阿姨|叔叔|伯父|邻居|志愿者|居民|朋友|班主任|老师|男孩|女孩|男生|女生|儿童|案主|受助人|监护人|生母|生父|继父|继母|养父|养母|堂姐|表哥|表姐|表弟|表妹|堂弟|同桌|本人|当事人|"
    r"联系人|家长|社工|医生|律师|教练|对象|患儿)(?:是|叫|为|:|,|“|\"|\(|、|和|·|\s)*$"
)
_WEAK_BEFORE = re.compile(
    r"(?:^|[\s,。、;:!?“”\"'()《》…\-]|[和跟与给对找问带陪被让把帮是为请见接送约教夸骂打告诉联系陪同看望得知据由向叫及同了着过说称问劝请于读看听])$"
)
_STRONG_AFTER = re.compile(
    rf"^(?:{_TITLES}|的(?:妈妈|爸爸|母亲|父亲|奶奶|爷爷|外婆|外公|家|家里|家长|班主任|老师|监护人|同学|成绩|情况|病|学校|生日|手机|电话|父母|弟弟|妹妹|哥哥|姐姐)|"
    r"\(|,?(?:男|女)[,。)]|,?今年|,?\d{1,2}岁|,?[一二三四五六七八九十]{1,3}岁|(?:小朋友)|说|告诉|表示|回答|哭|笑|问|觉得|喜欢|就读|出生|住在|家里|家住|自述|从小|患有|曾被|跟着|搬)"
)
_WEAK_AFTER = re.compile(
    r"^(?:$|[\s,。、;:!?“”\"'()《》…\-]|[的在住读因家是去来已很不也都把被和与跟给对从到有没又还就才想要能会一两这那])"
)
# What only somebody does.
_ACTS = re.compile("[在不很也是说从没有今已就上读住和跟去来]")
_KIN = re.compile("(?:母亲|父亲|妈妈|爸爸|奶奶|爷爷|外婆|外公|姑姑|姑妈|舅舅|舅妈|阿姨|叔叔|生母|生父|继父|继母)$")
_TITLED = re.compile(rf"(?P<name>[{HAN}]{{1,2}})(?=(?:{_TITLES})(?![{HAN}]?[节会室]))")
_LITTLE = re.compile(rf"[小阿][{HAN}](?![{HAN}]?(?:朋友))|老[{HAN}](?=[,。、;:!?\s]|说|家|的|和|跟|也|是|在)")
_DOUBLED = re.compile(rf"([{HAN}])\1")
_DOTTED = re.compile(rf"[{HAN}]{{1,8}}(?:·[{HAN}]{{1,8}})+")
_LEADS_UP = re.compile("[是叫为和跟与给对找问带陪见到的了]")
_LATIN = re.compile(r"(?<![A-Za-z0-9@._/-])[A-Z][a-z]{1,11}(?:[ '-][A-Z][a-z]{1,11}){0,2}(?![A-Za-z0-9@._-])")
_PINYIN = re.compile(r"(?<![A-Za-z0-9@._/-])[A-Z]{2,8} [A-Z]{2,12}(?![A-Za-z0-9@._-])")
_ANONYMOUS = re.compile(r"某|××|XX|xx|\*\*")


def find_names(text: str) -> Iterator[Hit]:
    return chain(_by_family_name(text), _by_title(text), _pet_names(text), _foreign(text))


def _by_family_name(text: str) -> Iterator[Hit]:
    place = 0
    while place < len(text) - 1:
        length = _name_at(text, place)
        if length:
            yield FindingKind.NAME, place, place + length
        place += max(length, 1)


def _name_at(text: str, place: int) -> int:
    """How many signs of a name stand here; 0 for none. Three before two: 王小明 rather than 王小."""
    family = 2 if text[place : place + 2] in FAMILY_NAMES_OF_TWO else int(text[place] in FAMILY_NAMES)
    if not family or _is_everyday(text, place):
        return 0
    for given in (2, 1):
        end = place + family + given
        signs = text[place + family : end]
        if len(signs) == given and all(sign in GIVEN for sign in signs) and _beside_a_person(text, place, end, given):
            return family + given
    return 0


def _beside_a_person(text: str, start: int, end: int, given: int) -> bool:
    """Strong words on one side; or weak ones on both, for a name of three signs."""
    before, after = text[max(0, start - 8) : start], text[end : end + 6]
    if given == 1 and _is_everyday(text, end - 1):
        return False
    if _KIN.search(before):
        return True
    if _STRONG_BEFORE.search(before):
        return given == 2 or bool(_WEAK_AFTER.match(after) or _STRONG_AFTER.match(after))
    if _STRONG_AFTER.match(after):
        return bool(_WEAK_BEFORE.search(before)) or given == 2
    return bool(_WEAK_BEFORE.search(before) and _WEAK_AFTER.match(after)) and given == 2


def _is_everyday(text: str, place: int) -> bool:
    return any(text[place : place + length] in EVERYDAY for length in EVERYDAY_LENGTHS)


def _by_title(text: str) -> Iterator[Hit]:
    """陈老师, 欧阳阿姨, 小雨妈妈: a family name, or a given one, before what somebody is called."""
    for match in _TITLED.finditer(text):
        said, end = match["name"], match.end()
        if said in FAMILY_NAMES_OF_TWO:
            yield FindingKind.NAME, match.start(), end
        elif said[-1] in FAMILY_NAMES and not _is_everyday(text, end - 1) and _may_precede(text, end - 1):
            yield FindingKind.NAME, end - 1, end


def _may_precede(text: str, place: int) -> bool:
    before = text[max(0, place - 8) : place]
    return bool(_WEAK_BEFORE.search(before) or _STRONG_BEFORE.search(before))


def _pet_names(text: str) -> Iterator[Hit]:
    """小明, 阿芳, 老王, 婷婷."""
    for match in _LITTLE.finditer(text):
        if _is_little(text, *match.span()):
            yield FindingKind.NAME, *match.span()
    for match in _DOUBLED.finditer(text):
        is_name = match[1] in DOUBLED and match[0] not in NOT_DOUBLED
        if is_name and (_may_precede(text, match.start()) or _stands_alone(text, *match.span())):
            yield FindingKind.NAME, *match.span()


def _is_little(text: str, start: int, end: int) -> bool:
    said, sign, after = text[start:end], text[end - 1], text[end : end + 6]
    if any(text[start : start + length] in NOT_LITTLE for length in (2, 3)):
        return False
    if said in PERHAPS_LITTLE:
        return bool(_STRONG_AFTER.match(after) or _STRONG_BEFORE.search(text[max(0, start - 8) : start])) or (
            _may_precede(text, start) and bool(_ACTS.match(after))
        )
    is_of_names = sign in FAMILY_NAMES or (sign in GIVEN and said[0] != "老")
    return is_of_names and _may_precede(text, start) and (said[0] == "阿" or _stands_alone(text, start, end))


def _stands_alone(text: str, start: int, end: int) -> bool:
    after = text[end : end + 6]
    return bool(_WEAK_AFTER.match(after) or _STRONG_AFTER.match(after)) and _may_precede(text, start)


def _foreign(text: str) -> Iterator[Hit]:
    for match in _DOTTED.finditer(text):
        first = match[0].partition("·")[0]
        led = max((lead.end() for lead in _LEADS_UP.finditer(first[:-1])), default=0)
        yield FindingKind.NAME, match.start() + led, match.end()
    yield from ((FindingKind.NAME, *match.span()) for match in _PINYIN.finditer(text))
    for match in _LATIN.finditer(text):
        if match[0] not in NOT_LATIN and not _ANONYMOUS.search(match[0]):
            yield FindingKind.NAME, *match.span()
