"""Between the planner and the rows: what it is asked, with all that is planned already, and what is kept of it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from typing import Any

from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from sunward.accounts.models import Unit
from sunward.core.refusals import Refusal
from sunward.gatherings.ages import CHILD_AUDIENCES
from sunward.gatherings.enums import GatheringState, HalfDay, RoadshowState
from sunward.gatherings.models import Gathering, Roadshow, RoadshowSlot
from sunward.gatherings.roadshow.changes import compare
from sunward.gatherings.roadshow.days import days_of
from sunward.gatherings.roadshow.documents import (
    Document,
    read_plan,
    read_request,
    read_shortage,
    write_plan,
    write_shortage,
)
from sunward.gatherings.roadshow.planning import plan
from sunward.gatherings.roadshow.reasons import find_helps, find_shortages
from sunward.gatherings.roadshow.shapes import Busy, Placement, Request, Stage, Whose
from sunward.gatherings.roadshow.verification import ImpossibleRequest, verify

NOON = time(12, 0)
STAGES = {
    Stage.PLACED: _("Finding places for as many sessions as possible."),
    Stage.KEPT: _("Keeping what stands already."),
    Stage.EVEN: _("Spreading them over the sub-districts and months."),
    Stage.WEEKS: _("Spreading them over the weeks."),
    Stage.PEOPLE: _("Spreading them over the speakers and occupations."),
}
Report = Callable[..., None]  # as `core.jobs.run.Run.report`


def asked_of(roadshow: Roadshow) -> Request:
    """What a person asked for, without what is planned already."""
    return read_request(roadshow.request["asked"])


def full_request(roadshow: Roadshow, *, on: date) -> Request:
    """The same with everything that binds the planner today: other gatherings, fixed sessions, those that stand."""
    asked = asked_of(roadshow)
    # One that lies wholly in the past is planned as if its first day were still to come.
    not_before = on if days_of(asked.months[-1])[-1] >= on else None
    slots = list(roadshow.slots.select_related("subdistrict"))
    placed = [(slot, placement_of(slot)) for slot in slots if slot.day and _is_asked(slot, asked)]
    fixed = tuple(one for slot, one in placed if slot.is_fixed or (not_before and one.day < not_before))
    before = tuple(one for _slot, one in placed if one not in fixed)
    own = [slot.gathering_id for slot in slots if slot.gathering_id]
    return replace(
        asked, not_before=not_before, busy=tuple(find_busy(roadshow, asked, own)), fixed=fixed, before=before
    )


def _is_asked(slot: RoadshowSlot, asked: Request) -> bool:
    return slot.month in asked.months and slot.subdistrict.code in asked.subdistricts


def work_out(request: Request, report: Report) -> Document:
    """Plan, check the plan from its definition, and say why what is missing is missing. Writes nothing.

    Raises:
        Refusal: if two fixed sessions clash.
    """

    def tell(stage: Stage, number: int, count: int) -> None:
        report(done=100 * number // (count + 1), total=100, code=f"gatherings.roadshow_{stage}", sentence=STAGES[stage])

    try:
        found = plan(request, report=tell)
    except ImpossibleRequest:
        raise Refusal(
            "gatherings.fixed_sessions_clash",
            _("Two fixed sessions need the same venue or the same speaker at once. Release one of them."),
        ) from None
    verify(request, found.placements)
    report(done=90, total=100, code="gatherings.roadshow_reasons", sentence=_("Finding out what would help."))
    helps = find_helps(request, len(found.placements))
    return write_plan(found, find_shortages(request, found.placements), helps)


def keep_answer(*, roadshow_pk: int, version: int, document: Document) -> None:
    """The first plan becomes the slots at once; a later one waits for somebody to accept it.

    An answer to an older question is dropped: somebody has changed the roadshow meanwhile.
    """
    roadshow = Roadshow.objects.select_for_update(of=("self",)).get(pk=roadshow_pk)
    if roadshow.version != version or roadshow.state != RoadshowState.DRAFT:
        return
    if roadshow.slots.exists():
        roadshow.proposed = document
    else:
        keep_plan(roadshow, document)
    roadshow.save(update_fields=["proposed", "outcome"])


def placement_of(slot: RoadshowSlot) -> Placement:
    """Reads `subdistrict`: fetch it along."""
    assert slot.day is not None
    return Placement(slot.subdistrict.code, slot.day, HalfDay(slot.half_day), slot.venue, slot.speaker, slot.occupation)


def find_busy(roadshow: Roadshow, asked: Request, own: Sequence[int]) -> Iterator[Busy]:
    """What is published and needs a sub-district, a venue or a speaker of the request; of its own kind drafts too.

    Where children come, whoever plans a roadshow may not know it: that a venue is taken is all that is said.
    """
    paths = dict(Unit.objects.filter(code__in=asked.subdistricts).values_list("path", "code"))
    venues, speakers = {one.name for one in asked.venues}, {one.name for one in asked.speakers}
    needing = Q(unit_path__in=paths) | Q(place__in=venues) | Q(fields__speaker__in=speakers)
    drafts = Q(state=GatheringState.DRAFT, programme=roadshow.programme, unit_path__startswith=roadshow.unit_path)
    found = Gathering.objects.filter(needing, Q(state=GatheringState.PUBLISHED) | drafts)
    found = found.between(asked.days[0], asked.days[-1]).exclude(pk__in=own).order_by("begins_on", "pk")
    for gathering in found.prefetch_related("sessions"):
        has_children = gathering.audience in CHILD_AUDIENCES
        speaker = str(gathering.fields.get("speaker", ""))
        keys = (
            (Whose.SUBDISTRICT, "" if has_children else paths.get(gathering.unit_path, ""), gathering.title),
            (Whose.VENUE, gathering.place if gathering.place in venues else "", ""),
            (Whose.SPEAKER, speaker if speaker in speakers and not has_children else "", ""),
        )
        for day, half in _half_days(gathering):
            yield from (Busy(whose, key, day, half, note) for whose, key, note in keys if key)


def _half_days(gathering: Gathering) -> Iterator[tuple[date, HalfDay | None]]:
    """Of its sessions; one whose times are not known takes whole days."""
    sessions = list(gathering.sessions.all())
    for session in sessions:
        begins, ends = localtime(session.begins_at), localtime(session.ends_at)
        if begins.date() != ends.date():
            yield from ((day, None) for day in _days(begins.date(), ends.date()))
            continue
        if begins.time() < NOON:
            yield begins.date(), HalfDay.MORNING
        if ends.time() > NOON:
            yield begins.date(), HalfDay.AFTERNOON
    if not sessions and gathering.begins_on and gathering.ends_on:
        yield from ((day, None) for day in _days(gathering.begins_on, gathering.ends_on))


def _days(first: date, last: date) -> Iterator[date]:
    return (date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1))


def keep_plan(roadshow: Roadshow, document: Mapping[str, Any]) -> None:
    """Let the slots be those of the plan. A session that stays or moves keeps its key and whether it was fixed."""
    old = {placement_of(slot): slot for slot in roadshow.slots.select_related("subdistrict") if slot.day}
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=asked_of(roadshow).subdistricts)}
    rows = []
    for change in compare(list(old), read_plan(document).placements):
        if change.after is not None:
            row = RoadshowSlot(roadshow=roadshow)
            if change.before is not None:
                row.uid, row.is_fixed = old[change.before].uid, old[change.before].is_fixed
            place(row, change.after, units)
            rows.append(row)
    for said in document["shortages"]:
        shortage = read_shortage(said)
        rows.append(
            RoadshowSlot(
                roadshow=roadshow, subdistrict=units[shortage.subdistrict], month=shortage.month,
                reasons=[write_shortage(shortage)],
            )
        )  # fmt: skip
    for number, row in enumerate(rows, start=1):
        row.number = number
    roadshow.slots.all().delete()
    RoadshowSlot.objects.bulk_create(rows)
    roadshow.outcome = {key: document[key] for key in ("proofs", "helps")}


def place(slot: RoadshowSlot, one: Placement, units: Mapping[str, Unit]) -> None:
    slot.subdistrict, slot.month, slot.day = units[one.subdistrict], one.month, one.day
    slot.half_day, slot.venue, slot.speaker, slot.occupation = one.half.value, one.venue, one.speaker, one.occupation
