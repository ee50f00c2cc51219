"""What the values of a row mean here: a register's words to our codes, and its days to days."""

from collections.abc import Mapping
from datetime import date

from sunward.casework.enums import RiskLevel
from sunward.mentoring.enums import GuardianshipState, Hardship, NeedKind
from sunward.mentoring.sheets.children import is_in_school
from sunward.people.enums import Precision
from sunward.people.registering import PersonDetails
from sunward.registers.intake import Place, Values
from sunward.registers.normalise.text import split_list

GUARDIANSHIP = {
    "正常监护": GuardianshipState.NORMAL,
    "无力监护": GuardianshipState.UNABLE,
    "监护缺失": GuardianshipState.ABSENT,
    "监护不当": GuardianshipState.IMPROPER,
    "隔代照料": GuardianshipState.GRANDPARENTS,
    "委托照护": GuardianshipState.DELEGATED,
}
HARDSHIP = {
    "孤儿": Hardship.ORPHAN,
    "事实无人抚养": Hardship.DE_FACTO_ORPHAN,
    "监护缺失或监护不当": Hardship.GUARDIANSHIP,
    "自身残疾": Hardship.DISABILITY,
    "重病": Hardship.ILLNESS,
    "家庭经济困难": Hardship.POVERTY,
    "流动儿童": Hardship.MIGRANT,
    "留守儿童": Hardship.LEFT_BEHIND,
}
NEEDS = {
    "亲情陪伴": NeedKind.COMPANIONSHIP,
    "学业辅导": NeedKind.TUTORING,
    "心理疏导": NeedKind.COUNSELLING,
    "生活照料": NeedKind.DAILY_CARE,
    "医疗康复": NeedKind.HEALTH,
    "经济救助": NeedKind.FINANCIAL_AID,
    "家庭教育": NeedKind.FAMILY_EDUCATION,
    "家庭教育指导": NeedKind.FAMILY_EDUCATION,
    "兴趣培养": NeedKind.INTERESTS,
    "生涯规划": NeedKind.CAREER_PLANNING,
    "法律援助": NeedKind.LEGAL_AID,
    "安全教育": NeedKind.SAFETY_EDUCATION,
}
RISK = {"高": RiskLevel.HIGH, "中": RiskLevel.MEDIUM, "低": RiskLevel.LOW}


def text(values: Values, key: str, most: int) -> str:
    return str(values.get(key) or "")[:most]


def words(values: Values, key: str) -> list[str]:
    """A list as it stands; a text is taken apart at its commas."""
    found = values.get(key)
    if not found:
        return []
    return list(split_list(found)) if isinstance(found, str) else [str(word) for word in found]


def needs(values: Values) -> list[str]:
    """Codes of the needs, each once; what we have no code for is kept as "other"."""
    return list(dict.fromkeys(str(NEEDS.get(word, NeedKind.OTHER)) for word in words(values, "needs")))


def is_studying(values: Values) -> bool | None:
    schooling = values.get("schooling")
    return is_in_school(str(schooling)) if schooling else None


def day(written: object) -> date | None:
    """A day; the first of the month where only the month is known."""
    if not isinstance(written, str) or not written:
        return None
    return date.fromisoformat(
        written if len(written) == 10 else f"{written}-01"[:10] if len(written) == 7 else f"{written}-01-01"
    )


def precision(written: object) -> str:
    length = len(written) if isinstance(written, str) else 10
    return {4: Precision.YEAR, 7: Precision.MONTH}.get(length, Precision.DAY)


def place_of(values: Values, *, home: Place, places: Mapping[str, Place]) -> Place:
    """The committee where it is known, else the sub-district, else the unit that brought the row."""
    for key in ("neighbourhood_code", "subdistrict_code"):
        if found := places.get(str(values.get(key) or "")):
            return found
    return home


def guardian_of(values: Values, place: Place) -> PersonDetails:
    """The phone of the row is the guardian's."""
    return PersonDetails(
        name=text(values, "guardian_name", 80),
        phone=text(values, "phone", 40),
        unit_id=place.unit_id,
        unit_path=place.path,
    )


def person_of(values: Values, place: Place) -> PersonDetails:
    born = values.get("birth_date")
    return PersonDetails(
        name=text(values, "name", 80),
        sex=text(values, "sex", 1),
        birth_date=day(born),
        birth_precision=precision(born),
        id_kind=text(values, "id_type", 24),
        id_number=text(values, "id_number", 40),
        phone=text(values, "phone", 40),
        address=text(values, "address", 200),
        unit_id=place.unit_id,
        unit_path=place.path,
    )
