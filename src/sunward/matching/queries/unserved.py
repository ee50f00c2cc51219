"""Those without anybody: why, with the rules counted, and what would change it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.core.furniture import Tone
from sunward.core.tables import Column, LedgerPage, read_ledger
from sunward.matching.declaration import Declaration, Described, People
from sunward.matching.models import Unserved
from sunward.matching.queries.proposals import tier_tone
from sunward.matching.words import name_unserved, say_change, say_count, say_unserved

Text = str | Promise
MOST_CHANGES = 3


@dataclass(frozen=True, slots=True)
class RuleLine:
    """What one rule does: `removed` of those with a place, for `sole` of them it is the only obstacle."""

    words: str
    removed: int
    sole: int


@dataclass(frozen=True, slots=True)
class UnservedRow:
    left: Described | None
    tier_word: Text
    tier_tone: Tone
    code: str
    word: str
    sentence: str
    rules: tuple[RuleLine, ...]
    changes: tuple[str, ...]


def columns(declaration: Declaration) -> tuple[Column, ...]:
    return (
        Column("left", declaration.left_name),
        Column("tier", _("Risk"), ("-tier", "pk")),
        Column("code", _("Why nobody"), ("code", "-tier")),
        Column("changes", _("What would change it")),
    )


def read_unserved(
    actor: Actor, found: QuerySet[Unserved], *, asked: QueryDict, declaration: Declaration, on: date
) -> LedgerPage[UnservedRow]:
    page = read_ledger(found, asked=asked, columns=columns(declaration), order="tier", shape=_same)
    people = declaration.describe(actor, {one.left_id for one in page.rows}, (), on)
    rows = [to_row(one, people, declaration) for one in page.rows]
    return LedgerPage(rows=rows, heads=page.heads, pager=page.pager, query=page.query)


def to_row(one: Unserved, people: People, declaration: Declaration) -> UnservedRow:
    reasons = one.reasons
    changes = [
        say_change(change, declaration=declaration) for change in sorted(reasons.get("changes", []), key=_effort)
    ]
    return UnservedRow(
        left=people.left.get(one.left_id),
        tier_word=declaration.tiers.get(one.tier, ""),
        tier_tone=tier_tone(one.tier, declaration),
        code=one.code,
        word=name_unserved(one.code),
        sentence=say_unserved(one.code, reasons, declaration=declaration),
        rules=tuple(
            RuleLine(say_count(count, declaration=declaration), count["removed"], count["sole"])
            for count in sorted(reasons.get("counts", []), key=lambda count: -count["removed"])
        ),
        changes=tuple([change for change in changes if change][:MOST_CHANGES]),
    )


def _effort(change: dict[str, Any]) -> int:
    """What the sub-district can do itself comes first, what needs another policy last."""
    if change.get("nearby"):
        return 0
    return 1 if change["code"] == "more_places" else 2


def _same(one: Unserved) -> Unserved:
    return one
