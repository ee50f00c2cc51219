"""Where one more volunteer would help most, in sentences."""

from dataclasses import dataclass

from django.utils.translation import gettext

from sunward.accounts.access import Actor
from sunward.matching.access import visible_advice
from sunward.matching.declaration import declaration_of
from sunward.matching.models import Advice, Run


@dataclass(frozen=True, slots=True)
class AdviceLine:
    place: str
    skill: str
    sentence: str
    serves_more: bool
    fit_gain: float


def list_advice(actor: Actor, run: Run) -> tuple[AdviceLine, ...]:
    """Most helpful first. One query."""
    declaration = declaration_of(run.version.policy.programme)
    skills = {code: str(label) for code, label in declaration.skills.items()}
    tiers = {tier: str(label) for tier, label in declaration.tiers.items()}
    return tuple(
        AdviceLine(
            place=one.place,
            skill=skills.get(one.skill, ""),
            sentence=_say(one, str(declaration.right_name), skills.get(one.skill, ""), tiers.get(one.tier or 0, "")),
            serves_more=one.served_gain > 0,
            fit_gain=one.fit_gain,
        )
        for one in visible_advice(actor).filter(run=run)
    )


def _say(one: Advice, who: str, skill: str, tier: str) -> str:
    said = {"who": who, "place": one.place, "skill": skill, "tier": tier, "points": f"{one.fit_gain:.1f}"}
    if one.served_gain and skill:
        text = gettext("One more “%(who)s” in %(place)s who brings “%(skill)s” would serve one more child (%(tier)s).")
    elif one.served_gain:
        text = gettext("One more “%(who)s” in %(place)s would serve one more child (%(tier)s).")
    elif skill:
        text = gettext(
            "One more “%(who)s” in %(place)s who brings “%(skill)s” would improve the matches by %(points)s points."
        )
    else:
        text = gettext("One more “%(who)s” in %(place)s would improve the matches by %(points)s points.")
    return text % said
