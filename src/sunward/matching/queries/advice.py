"""Where one more volunteer would help most, in sentences."""

from dataclasses import dataclass

from django.utils.translation import gettext

from sunward.accounts.access import Actor
from sunward.matching.access import visible_advice
from sunward.matching.declaration import Declaration, declaration_of
from sunward.matching.models import Run


@dataclass(frozen=True, slots=True)
class AdviceLine:
    sentence: str
    serves_more: bool


def list_advice(actor: Actor, run: Run) -> tuple[AdviceLine, ...]:
    """Most helpful first. One query."""
    declaration = declaration_of(run.version.policy.programme)
    return tuple(
        AdviceLine(
            sentence=say_advice(
                declaration,
                place=one.place,
                skill=one.skill,
                tier=one.tier,
                serves_more=one.served_gain > 0,
                fit_gain=one.fit_gain,
            ),
            serves_more=one.served_gain > 0,
        )
        for one in visible_advice(actor).filter(run=run)
    )


def say_advice(
    declaration: Declaration, *, place: str, skill: str, tier: int | None, serves_more: bool, fit_gain: float
) -> str:
    said = {
        "who": declaration.right_name,
        "place": place,
        "skill": declaration.skills.get(skill, ""),
        "tier": declaration.tiers.get(tier or 0, ""),
        "points": f"{fit_gain:.1f}",
    }
    if serves_more and skill:
        text = gettext("One more “%(who)s” in %(place)s who brings “%(skill)s” would serve one more child (%(tier)s).")
    elif serves_more:
        text = gettext("One more “%(who)s” in %(place)s would serve one more child (%(tier)s).")
    elif skill:
        text = gettext(
            "One more “%(who)s” in %(place)s who brings “%(skill)s” would improve the matches by %(points)s points."
        )
    else:
        text = gettext("One more “%(who)s” in %(place)s would improve the matches by %(points)s points.")
    return text % said
