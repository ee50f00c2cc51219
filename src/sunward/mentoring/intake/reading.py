"""What the values of a row mean here: a register's words to our codes, and its days to days."""

from sunward.casework.enums import RiskLevel
from sunward.mentoring.enums import GuardianshipState, Hardship, NeedKind
from sunward.mentoring.sheets.children import is_in_school
from sunward.people.registering import PersonDetails
from sunward.registers.intake import Place, Values
from sunward.registers.persons import day, person_of, place_of, precision, text, words

__all__ = [
    "GUARDIANSHIP", "HARDSHIP", "NEEDS", "RISK", "day", "guardian_of", "is_studying", "needs", "person_of", "place_of",
    "precision", "text", "words",
]  # fmt: skip

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


def needs(values: Values) -> list[str]:
    """Codes of the needs, each once; what we have no code for is kept as "other"."""
    return list(dict.fromkeys(str(NEEDS.get(word, NeedKind.OTHER)) for word in words(values, "needs")))


def is_studying(values: Values) -> bool | None:
    schooling = values.get("schooling")
    return is_in_school(str(schooling)) if schooling else None


def guardian_of(values: Values, place: Place) -> PersonDetails:
    """The phone of the row is the guardian's."""
    return PersonDetails(
        name=text(values, "guardian_name", 80),
        phone=text(values, "phone", 40),
        unit_id=place.unit_id,
        unit_path=place.path,
    )
