"""What the values of a row mean for a vacancy and for its source."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from sunward.employment.enums import Channel, Education, Shift, VacancyKind, VacancyState
from sunward.employment.vacancies.checks import check_advert
from sunward.registers.intake import Values
from sunward.registers.persons import text

COLUMNS = (
    "title", "kind", "places_min", "places_max", "salary_text", "salary_min", "salary_max", "salary_period",
    "amount_min", "amount_max", "salary_months", "education", "description", "workplace", "subdistrict_code", "shifts",
    "valid_until", "contact_name", "contact_phone", "state", "findings",
)  # fmt: skip
SOURCE_COLUMNS = ("channel", "name", "title", "salary_text")

_EDUCATION = {
    "初中及以下": Education.JUNIOR, "高中": Education.SENIOR, "中专": Education.VOCATIONAL, "大专": Education.COLLEGE,
    "本科": Education.BACHELOR, "硕士": Education.MASTER, "博士": Education.DOCTOR,
}  # fmt: skip
_CHANNELS = (
    (Channel.ONLINE_VISIT, re.compile(r"(?:线上|云|视频)走?访")),
    (Channel.VISIT, re.compile(r"走访|上门|访企")),
    (Channel.EMPLOYER, re.compile(r"企业直报|直报|自主|自行|企业发布|单位申报|企业报送")),
    (Channel.SUBDISTRICT, re.compile(r"街道|社区|居委")),
    (Channel.FAIR, re.compile(r"招聘会|双选会|面试会")),
    (Channel.GROUP, re.compile(r"社群|微信群|群")),
    (Channel.FEED, re.compile(r"接口|数据推送|api", re.IGNORECASE)),
)
_TRAINEESHIP, _PART_TIME = re.compile(r"见习"), re.compile(r"兼职|小时工|非全日制|钟点")
_SHIFTS = (
    (Shift.ROTATING, re.compile(r"轮班|倒班|三班|两班|二班|翻班")),
    (Shift.NIGHT, re.compile(r"夜班|晚班|夜间|常夜")),
    (Shift.WEEKEND, re.compile(r"周末班|仅周末|双休日上班")),
    (Shift.DAY, re.compile(r"日班|白班|早班|常白|朝九|标准工时")),
)


def read(values: Values) -> tuple[Any, ...]:
    """In the order of `COLUMNS`."""
    findings = read_findings(values)
    until = values.get("valid_until")
    return (
        text(values, "title", 120),
        _kind(values),
        values.get("headcount_min"),
        values.get("headcount_max"),
        text(values, "salary_text", 80),
        values.get("salary_min"),
        values.get("salary_max"),
        text(values, "salary_period", 5),
        _amount(values.get("amount_min")),
        _amount(values.get("amount_max")),
        values.get("pay_months") or 12,
        _EDUCATION.get(str(values.get("education") or "")),
        str(values.get("description") or ""),
        text(values, "place", 200),
        text(values, "subdistrict_code", 12),
        [shift.value for shift, words in _SHIFTS if words.search(f"{values.get('shifts') or ''}{values.get('title')}")],
        date.fromisoformat(until) if isinstance(until, str) else None,
        text(values, "contact_name", 40),
        text(values, "phone", 40),
        VacancyState.HELD.value if findings else VacancyState.WAITING.value,
        findings,
    )


def read_source(values: Values) -> tuple[str, ...]:
    """In the order of `SOURCE_COLUMNS`: the channel, and its own words."""
    name = text(values, "channel", 60)
    channel = next((channel for channel, words in _CHANNELS if words.search(name)), Channel.OTHER)
    return channel.value, name, text(values, "title", 120), text(values, "salary_text", 80)


def read_findings(values: Values) -> list[dict[str, Any]]:
    """What has to be looked at: checked again only where the reading of the row found something."""
    if not values.get("findings"):
        return []
    texts = {key: str(values.get(key) or "") for key in ("title", "description", "age", "sex")}
    found = check_advert(**texts)
    return [
        {
            "rule": str(one.rule), "level": str(one.level), "field": field, "words": one.words, "start": one.start,
            "end": one.end,
        }
        for field, findings in found.items()
        for one in findings
    ]  # fmt: skip


def _kind(values: Values) -> str:
    said = f"{values.get('nature') or ''}{values.get('title') or ''}"
    if _TRAINEESHIP.search(said):
        return VacancyKind.TRAINEESHIP.value
    return VacancyKind.PART_TIME.value if _PART_TIME.search(said) else VacancyKind.FULL_TIME.value


def _amount(amount: object) -> Decimal | None:
    return Decimal(str(amount)) if isinstance(amount, int | float) else None
