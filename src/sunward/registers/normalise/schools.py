"""Universities and colleges of Shanghai under their short and former names. Public knowledge; extend freely."""

import re
from functools import lru_cache

from sunward.registers.normalise.text import squeeze

_OTHER_NAMES: dict[str, tuple[str, ...]] = {
    "复旦大学": ("复旦", "复旦大"),
    "同济大学": ("同济", "同济大"),
    "上海财经大学": ("上财", "上海财大", "财大", "上海财经", "上海财经学院"),
    "上海理工大学": ("上理工", "上理", "上海理工", "华东工业大学", "上海机械学院", "上海机械高等专科学校"),
    "上海海洋大学": ("上海海大", "上海海洋", "海洋大学", "上海水产大学", "上海水产学院", "上海水大"),
    "上海电力大学": ("上电", "上海电力", "上海电力学院", "电力大学", "电力学院"),
    "上海体育大学": ("上体", "上海体育学院", "上海体院", "体院", "上体院", "上海体大"),
    "上海开放大学": ("上开大", "上海开大", "上海电视大学", "上海电大", "电视大学", "开放大学"),
    "上海出版印刷高等专科学校": (
        "上海版专",
        "版专",
        "上海出版印刷高专",
        "出版印刷高等专科学校",
        "上海版专学校",
        "上海印刷学校",
    ),
    "上海城建职业学院": (
        "上海城建",
        "城建职业学院",
        "上海城建职院",
        "上海城市管理职业技术学院",
        "上海建峰职业技术学院",
    ),
    "上海交通大学": ("上海交大", "交大", "上交", "上交大"),
    "华东师范大学": ("华师大", "华东师大", "华东师范"),
    "上海外国语大学": ("上外", "上海外国语学院"),
    "上海大学": ("上大",),
    "华东理工大学": ("华理", "华东化工学院", "华理工"),
    "东华大学": ("东华", "中国纺织大学", "华东纺织工学院"),
    "上海师范大学": ("上师大", "上海师大", "上海师范学院"),
    "华东政法大学": ("华政", "华东政法", "华东政法学院"),
    "上海海事大学": ("上海海事", "海事大学", "上海海运学院"),
    "上海中医药大学": ("上中医", "上海中医", "上海中医学院"),
    "海军军医大学": ("第二军医大学", "二军大", "海军医大"),
    "上海对外经贸大学": ("上经贸大", "上海外贸学院", "上海对外贸易学院", "上外贸"),
    "上海工程技术大学": ("上工程", "工程大", "上海工程大"),
    "上海应用技术大学": ("上应大", "上海应用技术学院", "上应"),
    "上海立信会计金融学院": ("上海立信", "立信", "上海立信会计学院", "上海金融学院"),
    "上海政法学院": ("上政", "上海政法"),
    "上海音乐学院": ("上音",),
    "上海戏剧学院": ("上戏",),
    "上海第二工业大学": ("二工大", "上海二工大"),
    "上海电机学院": ("上电机", "上海电机"),
    "上海科技大学": ("上科大",),
    "上海健康医学院": ("上健医", "上海健康医"),
    "上海商学院": ("上商", "上商院"),
    "上海纽约大学": ("上纽", "上海纽约"),
}
_CANONICAL = {alias: name for name, aliases in _OTHER_NAMES.items() for alias in (name, *aliases)}
_CAMPUS = re.compile(
    r"[(\[【].*?[)\]】]$|[\-—]?(?:杨浦|邯郸|四平路?|江湾|军工路|武东路?|国定路?|嘉定|张江|枫林|临港|沪西|奉贤|浦东|彰武|国和路)?校区$"
)


@lru_cache(maxsize=2048)
def read_school(text: str) -> str | None:
    """The present full name where the school is known, else the name as written."""
    written = squeeze(text)
    if not written:
        return None
    bare = "".join(written.split())
    return _CANONICAL.get(bare) or _CANONICAL.get(_CAMPUS.sub("", bare)) or written


def is_school(text: str) -> bool:
    """Whether a text names a university or college."""
    bare = "".join(squeeze(text).split())
    return bare in _CANONICAL or bare.endswith(("大学", "学院", "专科学校", "高专", "职业学校"))
