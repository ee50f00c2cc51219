"""Schools and homes by the way they are called."""

import re
from collections.abc import Iterator

from sunward.people.screening.finding import FindingKind
from sunward.people.screening.plain import HAN

Hit = tuple[FindingKind, int, int]

_NUMBER = r"[0-9〇零一二三四五六七八九十百]+"
# What may stand before a proper name without being part of it; the rightmost that is found cuts.
_BEFORE = re.compile(
    "在读|就读于|就读|毕业于|转学到|转学去|转到|转入|考入|考上|考进|考到|升入|升到|进入|分到|住在|住进|搬到|搬去|搬进|搬回|来到|回到|"
    "位于|来自|经过|路过|送到|送去|送进|接到|户口|地址|学校|居住|租在|租住|家住|名叫|叫做|现在|目前|已经|原来|以前|今年|去年|明年|"
    "住|附近|旁边|隔壁|对面|一所|这所|那所|某所|几所|一家|这家|那家|妈妈|爸爸|奶奶|爷爷|外婆|外公|孩子|同学|老师|姐姐|哥哥|弟弟|妹妹|"
    "另外|听说|刚刚|每天|每周|天天|平时|周末|放学|上学|下课|然后|因为|所以|但是|如果|虽然|不过|只是|还是|或者|以及|并且|"
    "[在去到读上是从的和进离了我他她你它们这那所家位让把被给跟与对过着于及或也都就还又才只想要会能不没有往由自向]"
)
_GENERIC_SCHOOL = re.compile(
    r"(?:公办|民办|对口|普通|重点|寄宿|寄宿制|乡下|老家|农村|当地|私立|公立|特殊教育|特殊|职业|打工子弟|某|某某|本地|外地|同一|同|新|老|"
    r"好|别|其他|另外|一个|两个|哪个|哪|每个|全|整个|各|区里|市里|镇上|村里|街道|社区|附近|家长|少年|业余|老年|网络|线上|暑期|周末|"
    r"国际|双语|名牌|理想|心仪|初级|高级|完全|九年一贯制|一贯制|实验|第|什么|小|大|中|男|女|区|市|该|原|本|外|几|一|几个|许多)?"
)
_SCHOOL = re.compile(
    rf"[{HAN}A-Za-z0-9（）()]{{1,14}}?(?:小学|中学|初级中学|高级中学|初中|高中|学校|幼儿园|幼稚园|托儿所|附中|附小|附幼|职校|技校|中专|大学(?!生)|学院|书院|学堂)"
    r"(?:[（(]?[东西南北总分][部校]?[）)]?(?:校区|部|分校)?|分校|[一二三四五六七八九东西南北]部)?"
)
_SHORT_SCHOOL = re.compile(
    rf"[{HAN}]{{1,4}}(?:[一二三四五六七八九十]|实验|(?<!另)外|附|师大|交大|复旦|同济|财大|民办)(?:小|中|幼|附中|附小|初|高)(?![时午间心学国央秋期年生孩区组声事说雨路巧])"
)
_NUMBERED_SCHOOL = re.compile(
    r"(?:第[一二三四五六七八九十百]+|[0-9]+)(?:小学|中学|初中|高中|小|中)(?![时午间])|[一二三四五六七八九十]中(?![午间心学国午])"
)
_CLASS = re.compile(
    r"(?:[一二三四五六七八九1-9]年级|[初高][一二三123]|预初|[大中小]班|[六七八九][年]?)\s?[（(]?\s?[0-9一二三四五六七八九十]{1,3}\s?[）)]?\s?班"
    r"|[一二三四五六七八九]\s?[（(]\s?[0-9一二三四五六七八九十]{1,2}\s?[）)]\s?班"
)
# 一7班, 2(5)班, 五【3】班, 3.2班, 503班, 2019级5班, 中二班
_CLASS_SHORT = re.compile(
    r"(?<![0-9.])(?:[初高]?[一二三四五六七八九1-9]年?(?:[(（\[【.·]\s?)?(?:[0-9]{1,2}|(?<=[(（\[【年])[一二三四五六七八九十])\s?[)）\]】]?班"
    r"|(?:20)?[0-9]{2}级[(（]?[0-9一二三四五六七八九十]{1,2}[)）]?班|[1-9]0[1-9]班|[大中小托][一二三四五六1-6]班)(?![车次])"
)
_AFTER_SCHOOL = re.compile(
    rf"[{HAN}]{{2,7}}?(?:晚托班?|托管班?|午托班?|琴行|画室|画院|(?<![行工作技生未已])培训(?:中心|学校|机构|班)|早教(?:中心|班)?|托育(?:园|中心)?|托班|辅导班|补习班|武馆|道馆|舞蹈(?:学校|中心|班)|棋院|少儿英语|幼(?=[,。、;!?\s发要有的在里门老]|$))"
)
_GENERIC_AFTER_SCHOOL = re.compile(
    r"(?:社区|学校|校内|暑期|寒假|公益|免费|小区|居委|街道|参加|报名|报了?|上了?|入职|职业|技能|专业|志愿者|家长|教师|业务|安全|消防|接受|心理|课外|课后|放学|周末|英语|数学|语文|作文|书法|美术|钢琴|老|妇|儿|"
    r"一个|一家|这个|那个|这家|那家|某|某个|老师|孩子|去|的)"
)
_HOUSE = re.compile(
    rf"{_NUMBER}\s*弄(?:\s*{_NUMBER}\s*(?:支弄|号))?(?:\s*{_NUMBER}\s*(?:号|楼|层|室))*(?:[0-9]{{3,4}}室?)?"
    rf"|(?<![月0-9]){_NUMBER}\s*(?:号楼|号院|幢|栋|单元|号)\s*(?:[0-9A-Za-z一二三四五六七八九十-]+\s*(?:单元|楼|层|室|号))+(?:[0-9]{{3,4}})?"
    rf"|{_NUMBER}\s*(?:号楼|幢|栋|单元)(?:\s*[0-9]{{2,4}})?"
    r"|(?<![0-9])[0-9]{2,4}\s*室"
    r"|(?<![0-9码-])[0-9]{1,3}[-—][0-9]{1,2}[-—][0-9]{3,4}(?![0-9-])"
)
_ROAD = re.compile(
    rf"[{HAN}]{{1,7}}?(?:大道|公路|[东西南北中]?路|[东西南北]街|街(?=\s*{_NUMBER}\s*[弄号])|巷|胡同|弄堂)(?:\s*{_NUMBER}\s*(?:弄|号|支弄))?(?![过人灯由面费途程线子])"
)
_NO_ROAD = re.compile(
    r".*(?:马路|一路|成长路|求学路|人生路|打工路|返乡路|来路|上班路|下班路|半路|走路|问路|迷路|认路|带路|道路|铁路|公路|高速公路|网路|后路|退路|生路|出路|思路|线路|电路|套路|一条路|这条路|那条路|回家路|上学路|放学路|"
    r"逛街|上街|大街|小街|过街|步行街|沿街|一条街|小巷)$"
)
_ESTATE = re.compile(
    rf"[{HAN}]{{2,8}}?(?:[一二三四五六七八九十]村|新村|小区|公寓|花园|家园|花苑|佳苑|雅苑|名苑|名邸|名都|华庭|豪庭|大厦|公馆|新苑|嘉园|丽苑|大楼|广场|里弄|宿舍|新城|景苑|山庄)"
    rf"(?:\s*{_NUMBER}\s*(?:村|期|区|街坊))?"
)
# 紫藤里5栋, 锦绣小区6号302: a name and a house of it.
_ESTATE_HOUSE = re.compile(
    rf"[{HAN}]{{2,6}}?(?:苑|里|湾|园|庭|邸|城|阁|轩|府|居|家|坊|都|院|厦|区|公寓|公馆|座|村)\s*{_NUMBER}\s*(?:号楼|号|栋|幢|座|#|单元)(?:\s*[0-9]{{1,4}})?室?"
    rf"|[{HAN}]{{2,5}}\s?[0-9]{{0,2}}村\s*{_NUMBER}\s*(?:号|-|#)?\s*[0-9]{{0,4}}"
)
# Where a family comes from: 老家安徽六安市柳林镇张庄村.
_HOMETOWN = re.compile(
    rf"(?:老家|户籍|户口|籍贯|原籍|祖籍)(?:地|所在地)?(?:是|就|在|:|\s){{0,3}}([{HAN}]{{1,16}}(?:省|市|县|区|镇|乡|村|屯|寨|旗|州|[0-9一二三四五六七八九十]+[组队]))"
    rf"|((?:北京|天津|河北|山西|内蒙古|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|重庆|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆)"
    rf"[{HAN}]{{1,12}}(?:县|镇|乡|村|屯|寨|旗)(?:[0-9一二三四五六七八九十]+[组队])?)"
)
_SIDES = "(?:斜?对面|隔壁|楼上|楼下|后面|旁边|边上|背后|前面)"
# 住在水果店对面; without 住 only behind a road (望澜路邮政储蓄对面).
_OPPOSITE = re.compile(
    rf"(?:住|家|租)(?:就|住)?(?:在|到)?([{HAN}0-9A-Za-z]{{2,12}}?)(?={_SIDES})|([{HAN}]{{1,4}}[路街][{HAN}]{{2,8}}?)(?={_SIDES})"
)
_NO_LANDMARK = re.compile(
    r".*(?:我们?|他们?|她们?|你们?|咱们?|自己|人家|外婆|奶奶|爷爷|外公|妈妈|爸爸|阿姨|老师|同学|邻居|马路|学校|小区|医院|公园|就|也|房间|厨房|阳台|教室|家|里|在|的)"
)
_ROOM_ALONE = re.compile(r"(?:门牌号?|房号|房间号|室号|住|家是|住的是)(?:是|在|:|\s)*([0-9]{3,4})(?=室|[,。、;!?\s]|$)")
_NO_ESTATE = re.compile(
    r"(?:[这那同本各全整某老新旧]个?|一个|两个|我们|他们|她们|附近|隔壁|街心|后|前|小|大|学校|社区|商业|购物|人民|心理|温馨|美好|美丽|教工|学生|职工|单位|老式|高档|安置|动迁|封闭|办公|教学|门诊|住院|医院)?"
    r"(?:小区|公寓|花园|家园|大厦|大楼|广场|宿舍|新城|新村|山庄)"
)


def find_places(text: str) -> Iterator[Hit]:
    yield from _schools(text)
    for pattern in (_HOMETOWN, _OPPOSITE, _ROOM_ALONE):
        for match in pattern.finditer(text):
            group = match.lastindex or 0
            if pattern is not _OPPOSITE or not _NO_LANDMARK.fullmatch(match[group]):
                yield FindingKind.ADDRESS, *match.span(group)
    for match in _ESTATE_HOUSE.finditer(text):
        yield FindingKind.ADDRESS, _cut(text, *match.span()), match.end()
    yield from ((FindingKind.ADDRESS, *match.span()) for match in _HOUSE.finditer(text))
    yield from _named(text, _ROAD, _NO_ROAD)
    yield from _named(text, _ESTATE, _NO_ESTATE)


def _schools(text: str) -> Iterator[Hit]:
    for match in _SCHOOL.finditer(text):
        start = _cut(text, match.start(), match.end())
        said = text[start : match.end()]
        ending = re.search(
            r"(?:小学|中学|初级中学|高级中学|初中|高中|学校|幼儿园|幼稚园|托儿所|附中|附小|附幼|职校|技校|中专|大学|学院|书院|学堂).*$",
            said,
        )
        if ending and ending.start() > 1 and not _GENERIC_SCHOOL.fullmatch(said[: ending.start()]):
            yield FindingKind.SCHOOL, start, match.end()
    for match in _AFTER_SCHOOL.finditer(text):
        start = _cut(text, *match.span())
        if match.end() - start > 2 and not _GENERIC_AFTER_SCHOOL.match(text[start : match.end()]):
            yield FindingKind.SCHOOL, start, match.end()
    for pattern in (_SHORT_SCHOOL, _NUMBERED_SCHOOL, _CLASS, _CLASS_SHORT):
        for match in pattern.finditer(text):
            start = _cut(text, match.start(), match.end()) if pattern is _SHORT_SCHOOL else match.start()
            if match.end() - start > 1:
                yield FindingKind.SCHOOL, start, match.end()


def _named(text: str, pattern: re.Pattern[str], generic: re.Pattern[str]) -> Iterator[Hit]:
    for match in pattern.finditer(text):
        start = _cut(text, match.start(), match.end())
        said = text[start : match.end()]
        if len(said) > 2 and not generic.fullmatch(said):
            yield FindingKind.ADDRESS, start, match.end()


def _cut(text: str, start: int, end: int) -> int:
    """Where the proper name begins: behind the last word that only leads up to it. At least two signs stay."""
    last = start
    for match in _BEFORE.finditer(text, start, end - 2):
        last = match.end()
    return last
