"""Schools with their classes, and addresses."""

from bench.planted import words
from bench.planted.digits import chinese, full_width, read_aloud
from bench.planted.family import Family, Kind, mark
from bench.planted.hand import Hand


def _stem(hand: Hand) -> str:
    return hand.pick(words.SCHOOL_STEMS)


def _school(hand: Hand) -> str:
    return mark(_stem(hand) + hand.pick(("小学", "中学", "小学", "初级中学", "高级中学", "学校")))


def _school_whole(hand: Hand) -> str:
    return mark(
        hand.pick(("上海市", "杨浦区", "上海市杨浦区", "上海"))
        + _stem(hand)
        + hand.pick(("小学", "中学", "第一小学", "第二中学", "实验小学", "实验学校"))
    )


def _kindergarten(hand: Hand) -> str:
    return mark(hand.pick(words.PRE_STEMS) + "幼儿园")


def _class(hand: Hand) -> str:
    year, number = hand.pick("一二三四五六七八九"), hand.number(1, 8)
    ways = (f"{year}（{number}）班", f"{year}({number})班", f"{year}年级（{number}）班", f"{year}年级{number}班")
    return mark(hand.pick((*ways, f"{year}年级{chinese(str(number))}班", f"初{hand.pick('一二三')}（{number}）班")))


def _school_class(hand: Hand) -> str:
    return mark(_stem(hand) + "小学") + _class(hand)


def _affiliated(hand: Hand) -> str:
    place = hand.pick(("云大", "江师大", "望理工", "海师大", "申理工", "东政"))
    return mark(place + hand.pick(("附小", "附中", "附幼", "二附中", "实验", "附校", "附属小学", "附属学校")))


def _short(hand: Hand) -> str:
    first = _stem(hand)[0]
    number = hand.pick("一二三四")
    ways = (
        f"{_stem(hand)}{number}小",
        f"{first}{number}小学",
        f"{_stem(hand)}实小",
        f"{_stem(hand)}{number}中",
        f"{first}实验",
    )
    return hand.pick(("在", "读", "进了", "上的是", "转到")) + mark(
        hand.pick((*ways, f"{_stem(hand)}外小", f"{first}{number}幼", f"{_stem(hand)}民办"))
    )


def _pre_short(hand: Hand) -> str:
    return mark(hand.pick(words.PRE_STEMS) + hand.pick(("幼", "托儿所", "早教中心", "托班", "双语幼儿园", "幼稚园")))


def _numbered(hand: Hand) -> str:
    number = hand.number(2, 68)
    said = chinese(str(number)) if number < 10 else read_aloud(number)
    return mark(
        hand.pick((f"第{said}中学", f"{said}中", f"第{said}小学", f"杨浦{said}中", f"第{said}幼儿园", f"市{said}初级"))
    )


def _branch(hand: Hand) -> str:
    name = _stem(hand) + hand.pick(("小学", "中学"))
    return mark(name + hand.pick(("东校区", "分校", "（北校）", "西部", "国和校区", "本部")))


def _road_school(hand: Hand) -> str:
    return mark(hand.pick(words.ROADS) + hand.pick(("小学", "第一小学", "幼儿园", "二小", "第三小学", "中学")))


def _other_school(hand: Hand) -> str:
    ends = (
        "职业技术学校",
        "职校",
        "辅读学校",
        "国际学校",
        "中专",
        "启智学校",
        "九年一贯制学校",
        "外国语学校",
        "艺校",
        "体校",
    )
    return mark(_stem(hand) + hand.pick(ends))


def _after_school(hand: Hand) -> str:
    return mark(_stem(hand) + hand.pick(("晚托班", "教育", "琴行", "画室", "托管班", "培训", "舞蹈学校", "跆拳道馆")))


def _class_odd(hand: Hand) -> str:
    year, number = hand.number(1, 6), hand.number(1, 9)
    said = read_aloud(year)
    ways = (
        f"{said}{number}班",
        f"{year}.{number}班",
        f"{said}({chinese(str(number))})班",
        f"{year}0{number}班",
        f"{full_width(str(year))}（{full_width(str(number))}）班",
        f"{hand.number(2019, 2024)}级{number}班",
        f"{hand.pick(('小', '中', '大'))}{hand.pick('一二三四')}班",
        f"{year}年{number}班",
        f"{said}【{number}】班",
        f"高{said[:1]}{number}班" if year < 4 else f"初{'一二三'[year % 3]}{number}班",
    )
    return mark(hand.pick(ways))


def _village(hand: Hand) -> str:
    return hand.pick(words.VILLAGES) + read_aloud(hand.number(1, 9)) + "村"


def _lane(hand: Hand) -> str:
    return f"{hand.pick(words.ROADS)}{hand.number(2, 1990)}弄{hand.number(1, 90)}号"


def _room(hand: Hand) -> str:
    return f"{hand.number(1, 18)}0{hand.number(1, 8)}"


def _lane_room(hand: Hand) -> str:
    return mark(f"{_lane(hand)}{_room(hand)}室")


def _lane_only(hand: Hand) -> str:
    return mark(hand.pick((_lane(hand), f"{hand.pick(words.ROADS)}{hand.number(2, 1990)}弄")))


def _road_number(hand: Hand) -> str:
    return mark(f"{hand.pick(words.ROADS)}{hand.number(2, 1990)}号{hand.pick(('', '', _room(hand) + '室', '2楼'))}")


def _village_room(hand: Hand) -> str:
    return mark(f"{_village(hand)}{hand.number(1, 150)}号{_room(hand)}室")


def _labelled(hand: Hand) -> str:
    return hand.pick(("住址：", "家庭地址:", "地址 ", "现住址：")) + mark(
        hand.pick(("上海市杨浦区", "杨浦区", "上海杨浦", "")) + f"{_lane(hand)}{_room(hand)}室"
    )


def _dashed(hand: Hand) -> str:
    road, lane, house = hand.pick(words.ROADS), hand.number(2, 1990), hand.number(1, 90)
    ways = (
        f"{road}{lane}弄{house}-{_room(hand)}",
        f"{road}{lane}-{house}-{_room(hand)}",
        f"{road} {lane}弄 {house}号 {_room(hand)}",
    )
    return mark(
        hand.pick(
            (
                *ways,
                f"{road}{lane}/{house}/{_room(hand)}",
                f"{road}{lane}弄{house}#{_room(hand)}",
                f"{road}{lane}弄{house}号{_room(hand)}",
            )
        )
    )


def _roadless(hand: Hand) -> str:
    lane, house = hand.number(20, 1990), hand.number(1, 90)
    ways = (
        f"{lane}弄{house}号{_room(hand)}",
        f"{lane}弄{house}号{_room(hand)}室",
        f"{house}号楼{_room(hand)}",
        f"{house}号{_room(hand)}室",
    )
    return mark(
        hand.pick(
            (
                *ways,
                f"{house}栋{_room(hand)}",
                f"{house}号门{_room(hand)}",
                f"{house}幢{_room(hand)}室",
                f"{house}号{hand.number(1, 6)}楼",
            )
        )
    )


def _village_odd(hand: Hand) -> str:
    village, house = _village(hand), hand.number(1, 150)
    ways = (
        f"{village[0]}{village[2]}村{house}号",
        f"{village}{house}号里",
        f"{village}{house}-{_room(hand)}",
        village,
        f"{hand.pick(words.VILLAGES)}新村{house}号",
        f"{village.replace('村', ' 村')} {house} 号",
        f"{hand.pick(words.VILLAGES)}{hand.number(1, 9)}村{house}号",
        f"{village[:2]}{read_aloud(hand.number(11, 19))}村{house}",
    )
    return mark(hand.pick(ways))


def _address_chinese(hand: Hand) -> str:
    road, lane, house = hand.pick(words.ROADS), hand.number(20, 1990), hand.number(1, 90)
    rooms = chinese(_room(hand))
    ways = (
        f"{road}{read_aloud(lane)}弄{read_aloud(house)}号",
        f"{road}{read_aloud(lane)}弄{read_aloud(house)}号{rooms}室",
        f"{road}{chinese(str(lane))}弄{house}号{rooms}",
        f"{_village(hand)}{read_aloud(house)}号{rooms}室",
    )
    return mark(hand.pick(ways))


def _address_full(hand: Hand) -> str:
    return mark(
        full_width(hand.pick((_lane(hand), f"{_lane(hand)}{_room(hand)}室", f"{_village(hand)}{hand.number(1, 99)}号")))
    )


def _estate(hand: Hand) -> str:
    estate = hand.pick(words.ESTATES)
    ways = (f"{estate}{hand.number(1, 40)}号楼{_room(hand)}", estate, f"{estate}{hand.number(1, 40)}号{_room(hand)}")
    return mark(
        hand.pick(
            (
                *ways,
                f"{estate}{hand.pick(('二期', '一期'))}",
                f"{estate}{hand.number(1, 9)}栋",
                f"{estate}{hand.number(1, 40)}幢{_room(hand)}室",
            )
        )
    )


def _landmark(hand: Hand) -> str:
    spot = hand.pick(words.LANDMARKS)
    road = hand.pick(words.ROADS)
    ways = (
        f"住在{mark(road + spot)}对面",
        f"住{mark(road + spot)}楼上",
        f"家就在{mark(road + spot)}隔壁",
        f"家在{mark(road + spot)}后面那栋",
    )
    return hand.pick(ways)


def _crossing(hand: Hand) -> str:
    first, second = hand.rng.sample(words.ROADS[hand.held :: 2], 2)
    ways = (
        f"{first}{second}",
        f"{first}、{second}",
        f"{first}靠近{second}",
        f"{first}/{second}",
        f"{first}近{second}",
        f"{first}和{second}",
    )
    return mark(hand.pick(ways)) + hand.pick(("路口", "口", "那里", "转角"))


def _road_alone(hand: Hand) -> str:
    return (
        hand.pick(("住", "住在", "搬到", "租在")) + mark(hand.pick(words.ROADS)) + hand.pick(("上", "那边", "", "附近"))
    )


def _room_alone(hand: Hand) -> str:
    return hand.pick(("门牌", "门牌号", "住", "他家是", "家里房号", "住的是")) + mark(
        _room(hand) + hand.pick(("室", "室", "", "室"))
    )


def _car(hand: Hand) -> str:
    letters = hand.rng.choice("ABCDEF") + hand.pick(("·", "", " ", "-"))
    return hand.pick(("车牌", "车牌号", "开一辆车牌", "车牌是")) + mark(
        hand.pick(("沪", "沪", "苏", "皖")) + letters + hand.pick((f"D00{hand.digits(3)}", f"00{hand.digits(3)}"))
    )


def _hometown(hand: Hand) -> str:
    town = hand.pick(words.TOWN_STEMS)
    ways = (f"{town}镇", f"{town}村", f"{town}镇{hand.pick(words.TOWN_STEMS)}村", f"{town}乡{hand.number(2, 12)}组")
    return hand.pick(("老家", "户籍", "老家在", "户口在")) + mark(
        hand.pick(words.HOMETOWNS) + hand.pick(("市", "")) + hand.pick(ways)
    )


def _committee(hand: Hand) -> str:
    return mark(_village(hand) + hand.pick(("居委", "居委会", "第二居委", "社区")))


_HOME = (
    *("现在住{}", "家在{}", "搬到{}了", "明天上门，{}", "租的房子在{}", "送东西送到{}，别走错", "{} 电梯坏了要爬楼"),
    *("从{}接出来一起走的", "上次去{}敲门没人", "和奶奶住{}一间小屋", "{}离菜场近"),
)

PLAIN = (
    Family(Kind.SCHOOL, "school", False, _school),
    Family(Kind.SCHOOL, "school, whole name", False, _school_whole),
    Family(Kind.SCHOOL, "kindergarten", False, _kindergarten),
    Family(Kind.SCHOOL, "class", False, _class),
    Family(Kind.SCHOOL, "school and class", False, _school_class),
    Family(Kind.ADDRESS, "lane and room", False, _lane_room, _HOME),
    Family(Kind.ADDRESS, "lane", False, _lane_only, _HOME),
    Family(Kind.ADDRESS, "road and number", False, _road_number, _HOME),
    Family(Kind.ADDRESS, "village and room", False, _village_room, _HOME),
    Family(Kind.ADDRESS, "after a label", False, _labelled, ("{}", "{}，三楼", "登记的{}", "{} 核对过了")),
)
UNUSUAL = (
    Family(Kind.SCHOOL, "affiliated, short", True, _affiliated),
    Family(
        Kind.SCHOOL, "shortened", True, _short, ("孩子{}", "今年{}，还算适应", "弟弟{}，接送要半小时", "听说{}，离家近")
    ),
    Family(Kind.SCHOOL, "kindergarten, odd", True, _pre_short),
    Family(Kind.SCHOOL, "numbered", True, _numbered),
    Family(Kind.SCHOOL, "with a branch", True, _branch),
    Family(Kind.SCHOOL, "named by a road", True, _road_school),
    Family(Kind.SCHOOL, "other schools", True, _other_school),
    Family(Kind.SCHOOL, "after-school places", True, _after_school),
    Family(
        Kind.SCHOOL, "class, odd", True, _class_odd, ("在{}", "他是{}的", "{}班主任来过电话", "分到{}了", "{}家长会")
    ),
    Family(Kind.ADDRESS, "dashes", True, _dashed, _HOME),
    Family(Kind.ADDRESS, "without road", True, _roadless, _HOME),
    Family(Kind.ADDRESS, "village, odd", True, _village_odd, _HOME),
    Family(Kind.ADDRESS, "Chinese numbers", True, _address_chinese, _HOME),
    Family(Kind.ADDRESS, "full width", True, _address_full, _HOME),
    Family(Kind.ADDRESS, "estate", True, _estate, _HOME),
    Family(Kind.ADDRESS, "landmark", True, _landmark, ("{}", "{}，好找", "他们{}", "一家四口{}")),
    Family(Kind.ADDRESS, "crossing", True, _crossing, ("在{}碰头", "家在{}", "就住{}", "{}的老房子里")),
    Family(Kind.ADDRESS, "road alone", True, _road_alone, ("他们{}", "现在{}", "去年{}，房租涨了", "外婆也{}")),
    Family(Kind.ADDRESS, "room alone", True, _room_alone, ("{}", "{}，没电梯", "{} 敲门轻一点", "{}，楼道堆满东西")),
    Family(Kind.ADDRESS, "car plate", True, _car, ("{}", "爸爸{}", "接送的{}", "{}，停在楼下")),
    Family(Kind.ADDRESS, "home village", True, _hometown, ("{}", "{}，过年回去", "一家人{}", "{}，还有太太在")),
    Family(
        Kind.ADDRESS,
        "neighbourhood committee",
        True,
        _committee,
        ("{}打来的", "去{}开证明", "归{}管", "{}也知道这件事"),
    ),
)
