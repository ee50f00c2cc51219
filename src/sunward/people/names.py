"""How a Chinese name sounds: for sorting, for the search box, and to find the same name written otherwise.

pypinyin reads characters as in running text; as surnames many sound otherwise (曾 Zeng, not ceng).
"""

from functools import lru_cache

_SURNAMES = dict(
    pair.split(":")
    for pair in [
        "曾:zeng1",
        "解:xie4",
        "单:shan4",
        "仇:qiu2",
        "区:ou1",
        "查:zha1",
        "朴:piao2",
        "翟:zhai2",
        "乐:yue4",
        "盖:ge3",
        "任:ren2",
        "华:hua4",
        "纪:ji3",
        "宁:ning4",
        "燕:yan1",
        "缪:miao4",
        "繁:po2",
        "黑:he4",
        "洗:xian3",
        "冼:xian3",
        "那:na1",
        "折:she2",
        "种:chong2",
        "员:yun4",
        "覃:qin2",
        "应:ying1",
        "召:shao4",
        "於:yu1",
        "句:gou1",
        "谌:chen2",
        "葛:ge3",
        "盛:sheng4",
        "祭:zhai4",
        "秘:bi4",
        "薄:bo2",
        "车:che1",
        "晁:chao2",
        "重:chong2",
        "卜:bu3",
        "柏:bai3",
        "都:du1",
        "哈:ha3",
        "宓:mi4",
        "尉:wei4",
        "郇:xun2",
        "逄:pang2",
        "阚:kan4",
        "隗:kui2",
        "郗:chi1",
        "洗:xian3",
        "过:guo1",
        "行:xing2",
        "降:jiang4",
        "令:ling2",
        "相:xiang4",
        "乜:nie4",
        "仉:zhang3",
        "佴:nai4",
        "莘:shen1",
        "钭:tou3",
        "眭:sui1",
        "沈:shen3",
        "石:shi2",
        "俞:yu2",
        "尹:yin3",
        "曲:qu1",
    ]
)
_COMPOUND = dict(
    pair.split(":")
    for pair in [
        "尉迟:yu4",
        "万俟:mo4",
        "长孙:zhang3",
        "澹台:tan2",
        "令狐:ling2",
        "鲜于:xian1",
        "欧阳:ou1",
        "司马:si1",
        "上官:shang4",
        "诸葛:zhu1",
        "夏侯:xia4",
        "皇甫:huang2",
        "公孙:gong1",
        "慕容:mu4",
        "司徒:si1",
        "宇文:yu3",
        "轩辕:xuan1",
        "东方:dong1",
        "端木:duan1",
        "呼延:hu1",
        "单于:chan2",
    ]
)
_SECOND = {"尉迟": "chi2", "万俟": "qi2", "单于": "yu2", "澹台": "tai2", "长孙": "sun1"}


@lru_cache(maxsize=20_000)
def _sound(character: str) -> str:
    """One character as it sounds by itself, the tone as a digit behind it; letters stay as they are."""
    # Its words take half a second to read: whoever neither stores nor looks for a name does without.
    from pypinyin import Style, lazy_pinyin

    return lazy_pinyin(character, style=Style.TONE3)[0]


@lru_cache(maxsize=8192)  # who is imported is sorted by it and found by it
def _syllables(name: str) -> tuple[str, ...]:
    sounds = [_sound(character) for character in name if not character.isspace()]
    if len(name) > 2 and name[:2] in _COMPOUND:
        sounds[0] = _COMPOUND[name[:2]]
        sounds[1] = _SECOND.get(name[:2], sounds[1])
    elif name[:1] in _SURNAMES:
        sounds[0] = _SURNAMES[name[0]]
    return tuple(sounds)


def name_key(name: str) -> str:
    """What names are sorted by: ``zhang1 san1``. Latin names are their own key, in small letters."""
    if name.isascii():
        return name.casefold()[:160]
    return " ".join(_syllables(name))[:160]


def toneless(key: str) -> str:
    """A name's key without tones, so that homophones meet."""
    return "".join(character for character in key if not character.isdigit())


def initials(name: str) -> str:
    """What people type to find a Chinese name quickly: 张小雨 → zxy. Latin names are typed as they are."""
    return "" if name.isascii() else "".join(syllable[0] for syllable in _syllables(name))
