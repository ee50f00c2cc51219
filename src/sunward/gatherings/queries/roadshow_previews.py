"""What a proposed plan would change."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sunward.core.furniture import Tone
from sunward.gatherings.models import Roadshow
from sunward.gatherings.queries.roadshow_days import tell_half_day
from sunward.gatherings.queries.roadshows import names_of
from sunward.gatherings.roadshow.changes import compare
from sunward.gatherings.roadshow.documents import read_helps, read_plan, read_shortage
from sunward.gatherings.roadshow.shapes import Placement
from sunward.gatherings.roadshow_plans import asked_of, placement_of
from sunward.gatherings.roadshow_words import tell_help, tell_month, tell_proof, tell_shortage

Text = str | Promise


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What happens to one session. `word` says it, `before` and `after` where it stands."""

    subdistrict: str
    word: Text
    tone: Tone
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Preview:
    kept: int
    lines: tuple[ChangeLine, ...]
    missing: tuple[tuple[str, str, tuple[str, ...], None], ...]
    proofs: tuple[tuple[bool, str], ...]
    helps: tuple[str, ...]


def read_preview(roadshow: Roadshow) -> Preview:
    """What the proposed plan changes against the one that stands."""
    asked = asked_of(roadshow)
    names = names_of(asked)
    slots = roadshow.slots.exclude(day=None).select_related("subdistrict")
    names |= {slot.subdistrict.code: slot.subdistrict.short_name for slot in slots}
    found = read_plan(roadshow.proposed)
    changes = compare([placement_of(slot) for slot in slots], found.placements)
    shortages = [read_shortage(said) for said in roadshow.proposed["shortages"]]
    return Preview(
        kept=sum(change.is_kept for change in changes),
        lines=tuple(_change_line(c.before, c.after, names) for c in changes if not c.is_kept),
        missing=tuple((names[one.subdistrict], tell_month(one.month), tell_shortage(one), None) for one in shortages),
        proofs=tuple((proof.is_proven, tell_proof(proof)) for proof in found.proofs),
        helps=tuple(tell_help(one, names) for one in read_helps(roadshow.proposed)),
    )


def _change_line(before: Placement | None, after: Placement | None, names: dict[str, str]) -> ChangeLine:
    one = after or before
    assert one is not None
    word, tone = _CHANGES[before is not None, after is not None]
    return ChangeLine(names.get(one.subdistrict, one.subdistrict), word, tone, _tell(before), _tell(after))


_CHANGES: dict[tuple[bool, bool], tuple[Text, Tone]] = {
    (True, True): (_("moves"), "warn"),
    (False, True): (_("new"), "good"),
    (True, False): (_("goes"), "urgent"),
}


def _tell(one: Placement | None) -> str:
    if one is None:
        return ""
    return " · ".join((tell_half_day(one.day, one.half), one.occupation, one.speaker, one.venue))
