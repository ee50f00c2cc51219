"""Which category of the rules a child falls into, by each version of the rules (domain facts A1).

What a file says (`Hardship`, `GuardianshipState`) is stable; the categories of the rules change every few years. So
the file's words are mapped to each version's categories, and nothing is stored twice. Where a version names a
condition that the file does not hold, the answer is "perhaps", never a guess.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext_lazy as _

from sunward.core.furniture import Text
from sunward.mentoring.enums import GuardianshipState, Hardship
from sunward.mentoring.models import ChildProfile


@dataclass(frozen=True, slots=True)
class Category:
    """`is_special`: a special-support child (特殊儿童), who is entitled to basic living support."""

    code: str
    words: Text
    is_special: bool = False


@dataclass(frozen=True, slots=True)
class CategoryRules:
    """One version. The mappings go from the file's codes to category codes; `perhaps` where more has to be known."""

    version: str
    valid_from: date
    source: str
    categories: tuple[Category, ...]
    by_hardship: Mapping[str, str]
    by_guardianship: Mapping[str, str]
    perhaps: Mapping[str, str] = field(default_factory=dict)

    def named(self, codes: Iterable[str]) -> tuple[Category, ...]:
        """In the order of the rules, each once."""
        wanted = set(codes)
        return tuple(category for category in self.categories if category.code in wanted)


@dataclass(frozen=True, slots=True)
class Categorisation:
    """`is_known` is false where the file says nothing that could be mapped: unknown is not "none"."""

    rules: CategoryRules
    categories: tuple[Category, ...]
    perhaps: tuple[Category, ...]
    is_known: bool

    @property
    def is_special(self) -> bool:
        return any(category.is_special for category in self.categories)


_GUARDIANSHIP_WORDS = _("Absent or improper guardianship")
# Of a guardian who is unable it has to be known why: only some reasons make a guardianship absent (domain facts A2).
_GUARDIANSHIP: dict[str, str] = {GuardianshipState.ABSENT: "guardianship", GuardianshipState.IMPROPER: "guardianship"}
_UNABLE: dict[str, str] = {GuardianshipState.UNABLE: "guardianship"}
# The first two name hardship in living, health care or schooling through poverty: an illness, or a family on the move,
# falls under it if the family is poor as well.
_THREE = (
    Category("poverty", _("Hardship through family poverty")),
    Category("disability", _("Hardship through the child's own disability")),
    Category("guardianship", _GUARDIANSHIP_WORDS),
)
_THREE_BY_HARDSHIP: dict[str, str] = {
    Hardship.POVERTY: "poverty", Hardship.DISABILITY: "disability", Hardship.GUARDIANSHIP: "guardianship",
    Hardship.ORPHAN: "guardianship", Hardship.DE_FACTO_ORPHAN: "guardianship",
}  # fmt: skip
_THREE_PERHAPS: dict[str, str] = {
    Hardship.ILLNESS: "poverty", Hardship.MIGRANT: "poverty", Hardship.LEFT_BEHIND: "guardianship", **_UNABLE,
}  # fmt: skip

RULES = (
    CategoryRules(
        version="2016",
        valid_from=date(2016, 6, 13),
        source="国发〔2016〕36号",
        categories=_THREE,
        by_hardship=_THREE_BY_HARDSHIP,
        by_guardianship=_GUARDIANSHIP,
        perhaps=_THREE_PERHAPS,
    ),
    # The same three, the third protected foremost. The year is certain, its day was not found.
    CategoryRules(
        version="2022",
        valid_from=date(2022, 1, 1),
        source="沪府规〔2022〕4号",
        categories=(*_THREE[:2], Category("guardianship", _GUARDIANSHIP_WORDS, is_special=True)),
        by_hardship=_THREE_BY_HARDSHIP,
        by_guardianship=_GUARDIANSHIP,
        perhaps=_THREE_PERHAPS,
    ),
    # From the day on which it was published. It names orphans and children without proper guardianship together as
    # special-support children, the latter being those who received basic living support before.
    CategoryRules(
        version="2025",
        valid_from=date(2025, 12, 25),
        source="沪府规〔2025〕11号",
        categories=(
            Category("orphan", _("Orphan"), is_special=True),
            Category("guardianship", _GUARDIANSHIP_WORDS, is_special=True),
            Category("disability", _("Child with a disability")),
            Category("poverty", _("Family in financial hardship")),
            Category("migrant", _("Migrant child in hardship")),
            Category("left_behind", _("Left-behind child")),
        ),
        by_hardship={
            Hardship.ORPHAN: "orphan", Hardship.DE_FACTO_ORPHAN: "guardianship", Hardship.GUARDIANSHIP: "guardianship",
            Hardship.DISABILITY: "disability", Hardship.POVERTY: "poverty", Hardship.LEFT_BEHIND: "left_behind",
        },
        by_guardianship=_GUARDIANSHIP,
        perhaps={Hardship.ILLNESS: "poverty", Hardship.MIGRANT: "migrant", **_UNABLE},
    ),
)  # fmt: skip
# What says nothing about a category: a child may be poor or disabled under any of these.
_SILENT = {"", Hardship.OTHER, GuardianshipState.OTHER}


def rules_on(on: date) -> CategoryRules:
    """The latest rules valid on the day; before the first, the first."""
    valid = [rules for rules in RULES if rules.valid_from <= on]
    return valid[-1] if valid else RULES[0]


def categorise(profile: ChildProfile, *, on: date) -> Categorisation:
    """By the rules of the day."""
    return categorise_by(rules_on(on), profile)


def categorise_by(rules: CategoryRules, profile: ChildProfile) -> Categorisation:
    """By one version, whatever the day: how somebody would have been counted under it."""
    said = (profile.hardship, profile.guardianship)
    certain = {rules.by_hardship.get(said[0], ""), rules.by_guardianship.get(said[1], "")} - {""}
    possible = {rules.perhaps.get(code, "") for code in said} - {""} - certain
    return Categorisation(
        rules=rules,
        categories=rules.named(certain),
        perhaps=rules.named(possible),
        is_known=bool(certain or possible) or profile.hardship not in _SILENT,
    )
