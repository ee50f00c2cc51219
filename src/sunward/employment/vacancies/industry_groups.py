"""The groups by which fairs are held, each as sections of the national classification (GB/T 4754-2017).

A fair for manufacturing is what employers and jobseekers call it; which employers belong there is read from the letter
of their code.
"""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import pgettext_lazy

from sunward.employment.vacancies.industries import read_industry


class IndustryGroup(models.TextChoices):
    MANUFACTURING = "manufacturing", pgettext_lazy("industry group", "Manufacturing")
    CONSTRUCTION = "construction", pgettext_lazy("industry group", "Construction")
    TRADE = "trade", pgettext_lazy("industry group", "Wholesale and retail")
    LOGISTICS = "logistics", pgettext_lazy("industry group", "Logistics")
    CATERING = "catering", pgettext_lazy("industry group", "Hotels and catering")
    DIGITAL = "digital", pgettext_lazy("industry group", "Information technology")
    FINANCE = "finance", pgettext_lazy("industry group", "Finance and property")
    BUSINESS = "business", pgettext_lazy("industry group", "Services to business, research")
    SERVICES = "services", pgettext_lazy("industry group", "Services to residents")
    CARE = "care", pgettext_lazy("industry group", "Education, health and care")
    CULTURE = "culture", pgettext_lazy("industry group", "Culture, sports and leisure")
    PUBLIC = "public", pgettext_lazy("industry group", "Public administration")
    PRIMARY = "primary", pgettext_lazy("industry group", "Agriculture, mining, energy and water")


# Every section stands in one group and in one alone.
SECTIONS: Mapping[IndustryGroup, str] = {
    IndustryGroup.MANUFACTURING: "C", IndustryGroup.CONSTRUCTION: "E", IndustryGroup.TRADE: "F",
    IndustryGroup.LOGISTICS: "G", IndustryGroup.CATERING: "H", IndustryGroup.DIGITAL: "I", IndustryGroup.FINANCE: "JK",
    IndustryGroup.BUSINESS: "LM", IndustryGroup.SERVICES: "O", IndustryGroup.CARE: "PQ", IndustryGroup.CULTURE: "R",
    IndustryGroup.PUBLIC: "ST", IndustryGroup.PRIMARY: "ABDN",
}  # fmt: skip
# What plans of fairs call a group that no section is called.
_WORDS: tuple[tuple[str, IndustryGroup], ...] = (
    ("物流", IndustryGroup.LOGISTICS), ("快递", IndustryGroup.LOGISTICS), ("制造", IndustryGroup.MANUFACTURING),
    ("零售", IndustryGroup.TRADE), ("商贸", IndustryGroup.TRADE), ("餐饮", IndustryGroup.CATERING),
    ("酒店", IndustryGroup.CATERING), ("互联网", IndustryGroup.DIGITAL), ("信息技术", IndustryGroup.DIGITAL),
    ("金融", IndustryGroup.FINANCE), ("养老", IndustryGroup.CARE), ("护理", IndustryGroup.CARE),
    ("教育", IndustryGroup.CARE), ("家政", IndustryGroup.SERVICES), ("服务业", IndustryGroup.SERVICES),
    ("建筑", IndustryGroup.CONSTRUCTION), ("文化", IndustryGroup.CULTURE),
)  # fmt: skip


def group_of(industry: str) -> IndustryGroup | None:
    """Of a GB/T 4754 code, by its letter."""
    return next((group for group, letters in SECTIONS.items() if industry[:1] and industry[0] in letters), None)


def read_group(written: str) -> IndustryGroup | None:
    """Of an industry in words or as a code; None where the words name several groups, or none."""
    code = read_industry(written) if written.strip() else None
    if code is not None:
        return group_of(code)
    named = {group for word, group in _WORDS if word in written}
    return named.pop() if len(named) == 1 else None
