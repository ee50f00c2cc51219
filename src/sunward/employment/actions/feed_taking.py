"""A delivery is taken: every row by itself, all in one transaction; sent twice, the second changes nothing."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from pydantic import ValidationError

from sunward.accounts.auditing import SYSTEM, record_act
from sunward.accounts.enums import UnitKind
from sunward.accounts.models import Unit
from sunward.employment.access.feeds import feed_subject
from sunward.employment.actions.feed_ending import end_items
from sunward.employment.actions.feed_items import Taken, Taker, take_item
from sunward.employment.feeds.items import Delivery, IncomingChange, IncomingVacancy
from sunward.employment.feeds.outcome import Answer, Outcome
from sunward.employment.feeds.reading import where_wrong
from sunward.employment.models import FeedItem, VacancyFeed
from sunward.registers.intake import Place

TAKEN = "employment.feed_taken"
SHAPE_WRONG, TOLD_TWICE, SNAPSHOT_USED = "shape_wrong", "told_twice", "snapshot_id_used"
# A snapshot with a row that nobody can name: what is missing in it may be that row, so nothing ends.
_TORN = "~"


@transaction.atomic
def take_delivery(feed: VacancyFeed, delivery: Delivery, *, on: date, now: datetime) -> Outcome:
    """One delivery of a district at a time: two at once would not see each other's employers."""
    feed = VacancyFeed.objects.select_for_update(of=("self",)).select_related("unit").get(pk=feed.pk)
    Unit.objects.select_for_update(no_key=True).get(pk=feed.unit_id)
    snapshot, is_used = _snapshot_of(feed, delivery)
    taker = Taker(feed, _places(feed), on, now, snapshot.lstrip(_TORN))
    outcome = Outcome()
    if delivery.mode == "snapshot":
        is_torn = _take_snapshot(taker, delivery.items, outcome)
        snapshot = _TORN + taker.snapshot if is_torn and not is_used else snapshot
        if is_used:
            outcome.codes.append(SNAPSHOT_USED)
        elif delivery.is_last and not snapshot.startswith(_TORN):
            _end_missing(taker, outcome)
    else:
        _take_changes(taker, delivery.items, outcome)
    _remember(feed, delivery, snapshot, outcome, now)
    return outcome


def _snapshot_of(feed: VacancyFeed, delivery: Delivery) -> tuple[str, bool]:
    """Under which name items count as told, and whether that whole list was complete before.

    The answer to a last part may be lost and the part sent again: by then it is no whole list any more.
    """
    if delivery.mode != "snapshot":
        return feed.snapshot, False
    name = delivery.snapshot_id or uuid4().hex
    if name == feed.position:
        return name, True
    return (feed.snapshot if feed.snapshot == _TORN + name else name), False


def _take_snapshot(taker: Taker, rows: Sequence[Any], outcome: Outcome) -> bool:
    """Whether a row came whose vacancy nobody can tell."""
    known = _known(taker.feed, rows)
    is_torn = False
    seen: set[str] = set()
    for index, row in enumerate(rows):
        reference = _reference(row)
        try:
            told = IncomingVacancy.model_validate(row)
        except ValidationError as error:
            is_torn |= reference is None
            outcome.rows.append(Answer(index, reference, "refused", [SHAPE_WRONG], where_wrong(error)))
            if reference in known:
                _still_told(known[reference], taker)
            continue
        outcome.rows.append(_answer(taker, index, told, known, seen))
    return is_torn


def _take_changes(taker: Taker, rows: Sequence[Any], outcome: Outcome) -> None:
    known = _known(taker.feed, rows)
    seen: set[str] = set()
    ending: list[tuple[Answer, FeedItem]] = []
    for index, row in enumerate(rows):
        try:
            change = IncomingChange.model_validate(row)
            if change.vacancy is not None and change.vacancy.reference != change.reference:
                outcome.rows.append(Answer(index, change.reference, "refused", [SHAPE_WRONG], "vacancy.reference"))
                continue
        except ValidationError as error:
            outcome.rows.append(Answer(index, _reference(row), "refused", [SHAPE_WRONG], where_wrong(error)))
            continue
        if change.vacancy is not None:
            outcome.rows.append(_answer(taker, index, change.vacancy, known, seen))
            continue
        answer = Answer(index, change.reference, "same")
        outcome.rows.append(answer)
        item = known.get(change.reference)
        if change.reference in seen:
            answer.outcome, answer.codes = "refused", [TOLD_TWICE]
        elif item is not None and item.is_kept:
            answer.outcome = "kept"
        elif item is not None and item.ended_at is None:
            ending.append((answer, item))
        seen.add(change.reference)
    if ending:
        asked = end_items(taker.feed, [item for _answer, item in ending], on=taker.on, now=taker.now)
        outcome.newly_asked += asked or 0
        for answer, _item in ending:
            answer.outcome = "ended" if asked is None else "asked"


def _answer(taker: Taker, index: int, told: IncomingVacancy, known: dict[str, FeedItem], seen: set[str]) -> Answer:
    if told.reference in seen:
        return Answer(index, told.reference, "refused", [TOLD_TWICE])
    seen.add(told.reference)
    taken: Taken = take_item(taker, told, known.get(told.reference))
    return Answer(index, told.reference, taken.outcome, taken.codes)


def _end_missing(taker: Taker, outcome: Outcome) -> None:
    standing = FeedItem.objects.filter(feed=taker.feed, ended_at=None, is_kept=False)
    ending = list(standing.exclude(snapshot=taker.snapshot).order_by("pk"))
    if not ending:
        return
    asked = end_items(taker.feed, ending, on=taker.on, now=taker.now)
    if asked is None:
        outcome.ended = len(ending)
    else:
        outcome.asked, outcome.newly_asked = len(ending), asked


def _remember(feed: VacancyFeed, delivery: Delivery, snapshot: str, outcome: Outcome, now: datetime) -> None:
    """What came of it stands on the feed's page; an entry is left only if something has changed."""
    counts = outcome.counts()
    refused = [
        {"reference": row.reference, "codes": row.codes, "where": row.where}
        for row in outcome.rows
        if row.outcome == "refused"
    ]
    feed.outcome = counts | {"at": now.isoformat(), "mode": delivery.mode, "rows": refused[:20]}
    feed.items += len(outcome.rows)
    fields = ["outcome", "items"]
    if delivery.mode == "snapshot":
        name = snapshot.lstrip(_TORN)
        feed.snapshot = "" if delivery.is_last else snapshot
        if delivery.is_last and not feed.is_fetched:
            feed.position = name
            fields.append("position")
        fields.append("snapshot")
    feed.save(update_fields=fields)
    changed = {
        "brought": counts["new"],
        "changed": counts["changed"],
        "closed": counts["ended"],
        "asked": outcome.newly_asked,
    }
    if any(changed.values()):
        record_act(actor=SYSTEM, code=TAKEN, now=now, subject=feed_subject(feed), unit_path=feed.unit_path, **changed)


def _known(feed: VacancyFeed, rows: Sequence[Any]) -> dict[str, FeedItem]:
    references = {reference for row in rows if (reference := _reference(row))}
    return {item.reference: item for item in FeedItem.objects.filter(feed=feed, reference__in=references)}


def _reference(row: Any) -> str | None:
    """As far as it can be read of a row that has not the right shape otherwise."""
    reference = row.get("reference") if isinstance(row, dict) else None
    if not isinstance(reference, str):
        return None
    try:
        return str(IncomingChange.model_validate({"reference": reference, "vacancy": None}).reference)
    except ValidationError:
        return None


def _still_told(item: FeedItem, taker: Taker) -> None:
    item.snapshot, item.missing_since = taker.snapshot, None
    item.save(update_fields=["snapshot", "missing_since"])


def _places(feed: VacancyFeed) -> dict[str, Place]:
    units = Unit.objects.filter(path__startswith=feed.unit_path, kind=UnitKind.SUBDISTRICT)
    return {code: Place(pk, path) for code, pk, path in units.values_list("code", "pk", "path")}
