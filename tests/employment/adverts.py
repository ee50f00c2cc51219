"""Adverts of invented employers, told twice by two channels or told of two posts, each with what is true of it.

Nothing here imports the code under test, and no trade, employer or wording is one of the shared rosters'.
"""

import random
from dataclasses import dataclass, field

KEYS = (
    "seq", "employer", "uscc", "industry", "title", "headcount", "salary", "education", "age", "place", "contact_name",
    "phone", "valid_until", "description", "channel",
)  # fmt: skip


def listed(words: str) -> list[str]:
    return words.split("、")


HEADS = (
    "序号", "企业名称", "社会信用代码", "所属行业", "招聘岗位", "需求人数", "月薪", "学历", "年龄", "上班地点",
    "联系人", "联系电话", "截止日期", "岗位职责", "信息来源",
)  # fmt: skip
_NAMES = listed("鼎晟、凯润、博远、思诚、恒泰兴、嘉禾源、优百、智汇达、安捷、新锐、天合、瑞丰、启明星、德蓝、微光")
_TRADES = listed("餐饮管理、物业服务、机械制造、医疗器械、供应链管理、教育咨询、酒店管理、电子商务、建筑装饰、养老服务")
_FORMS = ("有限公司", "有限责任公司", "股份有限公司")
_ROADS = ("军工路", "翔殷路", "黄兴路", "许昌路", "大连路", "眉州路", "通北路", "佳木斯路", "松花江路", "闸殷路")
_SUBDISTRICTS = ("定海路街道", "大桥街道", "江浦路街道", "五角场街道", "殷行街道", "长海路街道")
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"

# Each post: names that mean the same, and its duties, each in two wordings.
POSTS: tuple[tuple[tuple[str, ...], tuple[tuple[str, str], ...]], ...] = (
    (("数控车工", "CNC操作工", "数控机床操作员"), (
        ("操作数控车床加工轴类零件", "负责轴类零件的数控车床加工"), ("按图纸检验尺寸", "依图纸自检加工尺寸"),
        ("更换刀具并填写记录", "填写记录，更换刀具"), ("保持机床清洁", "机床日常清洁保养"),
    )),
    (("养老护理员", "护工", "老人照护员"), (
        ("协助老人洗漱进食", "帮助老人吃饭洗漱"), ("记录血压体温", "测量并记录体温血压"),
        ("夜间巡视房间", "房间夜间巡视"), ("陪同老人就医", "就医陪同"), ("组织老人做操", "带领老人做操活动"),
    )),
    (("收银员", "收款员", "前台收银"), (
        ("收银结账并核对当日款项", "核对当日款项，负责收银结账"), ("开具发票", "为顾客开具发票"),
        ("整理收银台货架", "收银台货架整理"), ("处理退换货", "退换货处理"),
    )),
    (("叉车工", "叉车司机", "叉车操作员"), (
        ("驾驶叉车装卸托盘货物", "托盘货物的叉车装卸"), ("核对出库单据", "出库单据核对"),
        ("点检叉车电瓶", "叉车电瓶日常点检"), ("保持通道畅通", "库区通道保持畅通"),
    )),
    (("烘焙师", "面包师", "西点师傅"), (
        ("和面发酵整形烘烤", "负责面团发酵、整形与烘烤"), ("研发季节新品", "季节新品研发"),
        ("控制原料损耗", "原料损耗控制"), ("清洗模具烤盘", "烤盘模具清洗"),
    )),
    (("前台接待", "前台文员", "接待员"), (
        ("接听总机并转接来电", "总机来电接听转接"), ("登记访客", "访客登记引导"),
        ("收发快递信件", "快递信件收发"),
        ("预订会议室和差旅", "差旅及会议室预订"), ("采购茶水间用品", "茶水间用品采购"),
    )),
    (("电工", "维修电工", "水电工"), (
        ("巡检配电房并抄表", "配电房巡检抄表"), ("更换灯具开关", "灯具、开关更换"),
        ("排查漏电跳闸", "漏电跳闸故障排查"),
        ("配合消防检测", "消防检测配合"),
    )),
    (("直播运营", "直播助理", "带货主播助理"), (
        ("搭建直播间布景灯光", "直播间灯光布景搭建"), ("撰写带货脚本", "带货脚本撰写"),
        ("统计场次成交数据", "每场成交数据统计"),
        ("回复弹幕提问", "弹幕提问回复"),
    )),
)  # fmt: skip
_EXTRAS = ("五险一金", "做五休二", "包吃住", "带薪年假", "节日福利", "提供班车", "年终奖")
_CHANNELS = ("企业直报", "招聘会", "街道收集", "区公共招聘", "企业走访")
_DECORATIONS = ("{}", "急聘{}", "{}（包吃住）", "高薪诚聘{}", "{}【可住宿】", "{}3名")


@dataclass(slots=True)
class Advert:
    employer: str
    uscc: str
    post: int
    title: str
    low: int
    high: int
    house: str
    prefix: str
    duties: list[int]
    salary: str = ""
    description: str = ""
    place: str = ""
    told: str = ""
    same_as: "Advert | None" = None
    apart_from: "Advert | None" = None
    number: int = 0
    more: list[str] = field(default_factory=list)

    @property
    def cells(self) -> list[object]:
        return [
            self.number, self.told or self.employer, self.uscc, "零售业", self.title, self.number % 5 + 1, self.salary,
            "不限", "", self.place, "张先生", f"139000{self.number % 100000:05d}", "2023-03-31", self.description,
            _CHANNELS[self.number % len(_CHANNELS)],
        ]  # fmt: skip


def credit_code(rng: random.Random) -> str:
    body = "91310110MA" + "".join(rng.choice(_ALPHABET) for _ in range(7))
    total = sum(_ALPHABET.index(sign) * pow(3, place, 31) for place, sign in enumerate(body))
    return body + _ALPHABET[(31 - total % 31) % 31]


def _salary(rng: random.Random, low: int, high: int) -> str:
    return rng.choice(
        (
            f"{low}-{high}元/月", f"{low}—{high}", f"{low / 1000:g}-{high / 1000:g}K",
            f"{low / 1000:g}千-{high / 1000:g}千",
            f"￥{low}~{high}", f"年薪{low * 12 / 10000:g}-{high * 12 / 10000:g}万",
        )
    )  # fmt: skip


def _description(rng: random.Random, advert: Advert, *, wording: int) -> str:
    parts = [POSTS[advert.post][1][number][wording if rng.random() < 0.6 else 0] for number in advert.duties]
    parts += rng.sample(_EXTRAS, 2)
    if wording:
        rng.shuffle(parts)
    style = rng.randrange(3)
    if style == 0:
        return "；".join(f"{number}.{part}" for number, part in enumerate(parts, 1))
    return (
        "\n".join(f"（{number}）{part}" for number, part in enumerate(parts, 1))
        if style == 1
        else "，".join(parts) + "。"
    )


def make_advert(rng: random.Random, *, employer: str = "", uscc: str = "") -> Advert:
    post = rng.randrange(len(POSTS))
    low = rng.randrange(40, 90) * 100
    advert = Advert(
        employer or f"上海{rng.choice(_NAMES)}{rng.choice(_NAMES)}{rng.choice(_TRADES)}{rng.choice(_FORMS)}",
        uscc or credit_code(rng),
        post,
        POSTS[post][0][0],
        low,
        low + rng.randrange(10, 40) * 100,
        f"{rng.choice(_ROADS)}{rng.randrange(8000, 9999)}弄{rng.randrange(1, 99)}号",
        rng.choice(("杨浦区", f"杨浦区{rng.choice(_SUBDISTRICTS)}")),
        list(range(len(POSTS[post][1]))),
    )
    return _tell(rng, advert, wording=0)


def _tell(rng: random.Random, advert: Advert, *, wording: int) -> Advert:
    advert.salary = _salary(rng, advert.low, advert.high)
    advert.description = _description(rng, advert, wording=wording)
    room = rng.choice(
        ("", f"{rng.randrange(1, 20)}楼", f"{rng.randrange(101, 999)}室", f"A座{rng.randrange(101, 999)}")
    )
    advert.place = advert.prefix + advert.house + room
    return advert


def _like(original: Advert, rng: random.Random) -> Advert:
    return Advert(
        original.employer, original.uscc, original.post, original.title, original.low, original.high, original.house,
        rng.choice(("", "上海市杨浦区", "杨浦区", original.prefix)), list(original.duties),
    )  # fmt: skip


def tell_again(rng: random.Random, original: Advert) -> Advert:
    """The same post as another channel writes it."""
    again = _like(original, rng)
    bare = original.employer.removeprefix("上海")
    for form in sorted(_FORMS, key=len, reverse=True):
        bare = bare.removesuffix(form)
    again.told = rng.choice((f"{bare}（上海）有限公司", f"{bare}有限公司", f"上海{bare}", original.employer, bare))
    again.uscc = rng.choice((original.uscc, original.uscc, original.uscc.lower(), ""))
    names = POSTS[original.post][0]
    again.title = rng.choice(_DECORATIONS).format(rng.choice((*names, f"{names[0]}/{names[1]}")))
    if len(again.duties) > 3 and rng.random() < 0.5:
        again.duties.remove(rng.choice(again.duties))
    if rng.random() < 0.15:
        again.high += 500
    again.same_as = original
    return _tell(rng, again, wording=1)


def tell_of_another(rng: random.Random, original: Advert) -> Advert:
    """A post that looks like one that is there and is not."""
    other = _like(original, rng)
    which = rng.randrange(5)
    if which == 0:  # the same title in another branch, at other pay
        other.house = f"{rng.choice(_ROADS)}{rng.randrange(6000, 7999)}弄{rng.randrange(1, 99)}号"
        other.low, other.high = original.low + 500, original.high + 1000
    elif which == 1:  # the same title and pay in another branch
        other.house = f"{rng.choice(_ROADS)}{rng.randrange(6000, 7999)}弄{rng.randrange(1, 99)}号"
    elif which == 2:  # another post in the same house
        other.post = (original.post + 1) % len(POSTS)
        other.title, other.duties = POSTS[other.post][0][0], list(range(len(POSTS[other.post][1])))
    elif which == 3:  # the same work a grade higher
        other.title = rng.choice(("{}主管", "高级{}", "{}（夜班）", "{}组长")).format(original.title)
        other.low, other.high = original.low + 800, original.high + 800
    else:  # the same wording of another employer next door
        other.employer = (
            f"上海{rng.choice(_NAMES)}{rng.choice(_NAMES)}{rng.choice(_NAMES)}{rng.choice(_TRADES)}有限公司"
        )
        other.uscc = credit_code(rng)
    other.apart_from = original
    return _tell(rng, other, wording=rng.randrange(2))


def make_adverts(seed: int, *, posts: int) -> list[Advert]:
    """In an order in which every original stands before what is told of it."""
    rng = random.Random(seed)
    adverts: list[Advert] = []
    for _number in range(posts):
        first = make_advert(rng)
        adverts.append(first)
        if rng.random() < 0.25:
            adverts.append(tell_again(rng, first))
        if rng.random() < 0.25:
            adverts.append(tell_of_another(rng, first))
    for number, advert in enumerate(adverts, 1):
        advert.number = number
    return adverts
