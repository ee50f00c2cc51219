"""Whether a text looks like a cell of an advert: quick tests that find rows whose cells have moved sideways."""

import re

from sunward.employment.vacancies.industries import read_industry
from sunward.registers.normalise.shapes import is_phone

_FIRM = re.compile(
    r"(?:公司|商行|合作社|工厂|厂|门店|超市|酒店|医院|门诊部|学校|幼儿园|事务所|工作室|服务部|中心|集团)$"
)
_CREDIT_CODE = re.compile(r"[0-9A-Z]{18}|\d\.\d+E\+\d+", re.IGNORECASE)
_HEADCOUNT = re.compile(r"\d{1,3}(?:\.0)?|(?:\d{1,3}-)?\d{1,3}[人名位]|[一二两三四五六七八九十]{1,2}[名人位]|若干|数名")
_SALARY = re.compile(r"\d.*[-~—–～].*\d.*|.*\d.*(?:元|[kK千万]).*|面议|面谈")
_SCHOOLING = re.compile(r"(?:学历)?不限|(?:初中|高中|中专|大专|本科|硕士|博士|研究生)(?:及以[上下]|以上)?")

__all__ = ["is_credit_code", "is_firm", "is_headcount", "is_industry", "is_phone", "is_salary", "is_schooling"]


def is_firm(text: str) -> bool:
    return bool(_FIRM.search(text))


def is_credit_code(text: str) -> bool:
    return bool(_CREDIT_CODE.fullmatch(text))


def is_industry(text: str) -> bool:
    return read_industry(text) is not None


def is_headcount(text: str) -> bool:
    return bool(_HEADCOUNT.fullmatch(text))


def is_salary(text: str) -> bool:
    return len(text) < 30 and "\n" not in text and bool(_SALARY.fullmatch(text))


def is_schooling(text: str) -> bool:
    return bool(_SCHOOLING.fullmatch(text))
