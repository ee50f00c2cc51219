"""The offices of a district that take part, and how papers write their names. Codes are ours. No database."""

from dataclasses import dataclass
from functools import lru_cache

from sunward.accounts.areas import DISTRICT_CODE, fold


@dataclass(frozen=True, slots=True)
class Office:
    """`letters` follow the district's code in the code of the unit."""

    letters: str
    name: str
    other_names: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        return f"{DISTRICT_CODE}{self.letters}"


OFFICES = (
    Office("WF", "区妇联", ("区妇女联合会", "妇联", "妇女联合会")),
    Office("CA", "区民政局", ("民政局",)),
    Office(
        "HR",
        "区人社局",
        ("区人力资源社会保障局", "区人力资源和社会保障局", "区人保局", "人社局", "人力资源社会保障局",
         "人力资源和社会保障局"),
    ),
    Office("ED", "区教育局", ("区教育行政部门", "教育局")),
)  # fmt: skip

# Offices that meetings charge with work. No list of ours names one as a host, so `find_office_in` leaves them out.
OTHER_OFFICES = (
    Office("PCO", "区委办", ("区委办公室",)),
    Office("GO", "区府办", ("区政府办", "区政府办公室", "区人民政府办公室")),
    Office("PO", "区委组织部", ("组织部",)),
    Office("PP", "区委宣传部", ("宣传部",)),
    Office("PL", "区委政法委", ("区政法委", "政法委")),
    Office("YL", "团区委", ("区团委", "共青团区委", "共青团杨浦区委")),
    Office("TU", "区总工会", ("总工会",)),
    Office("DF", "区残联", ("区残疾人联合会", "残联")),
    Office("PR", "区检察院", ("区人民检察院", "检察院")),
    Office("CT", "区法院", ("区人民法院", "法院")),
    Office("PS", "区公安分局", ("公安杨浦分局", "杨浦公安分局", "公安分局")),
    Office("JU", "区司法局", ("司法局",)),
    Office("HC", "区卫健委", ("区卫生健康委", "区卫生健康委员会", "卫健委")),
    Office("DR", "区发改委", ("区发展改革委", "区发展和改革委", "区发展和改革委员会", "发改委")),
    Office("CM", "区商务委", ("区商务委员会", "商务委")),
    Office("ST", "区科委", ("区科学技术委员会", "区科技委", "科委")),
    Office("FI", "区财政局", ("财政局",)),
    Office("VA", "区退役军人局", ("区退役军人事务局", "退役军人局")),
    Office("SA", "区国资委", ("区国有资产监督管理委员会", "国资委")),
    Office("MR", "区市场监管局", ("区市场局", "区市场监督管理局", "市场监管局")),
    Office("CL", "区文旅局", ("区文化旅游局", "区文化和旅游局", "文旅局")),
    Office("CO", "区建管委", ("区建设管理委", "区建设和管理委员会", "建管委")),
    Office("HO", "区房管局", ("区住房保障房屋管理局", "区住房保障和房屋管理局", "房管局")),
    Office("GR", "区绿化市容局", ("区绿化和市容管理局", "绿化市容局")),
    Office("UE", "区城管执法局", ("区城市管理行政执法局", "城管执法局")),
    Office("PN", "区规划资源局", ("区规划和自然资源局", "规划资源局")),
    Office("EM", "区应急局", ("区应急管理局", "应急局")),
    Office("UO", "区城运中心", ("区城市运行中心", "区城市运行管理中心", "城运中心")),
    Office("IV", "区投促办", ("区投资促进办公室", "投促办")),
    Office("RF", "区滨江办", ("滨江办",)),
    Office("MC", "区融媒体中心", ("融媒体中心",)),
)  # fmt: skip


@lru_cache(maxsize=512)
def find_office_in(text: str) -> Office | None:
    """The office that is named first."""
    written = fold(text)
    found = [
        (written.index(name), office)
        for office in OFFICES
        for name in (office.name, *office.other_names)
        if name in written
    ]
    return min(found, key=lambda pair: pair[0])[1] if found else None
