"""From the bytes of a delivery to its rows, and from what became of them to the receipt."""

from json import loads
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.http.request import UnreadablePostError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from sunward.employment.feeds.items import MOST_ITEMS, Delivery, Note, Receipt, RowAnswer
from sunward.employment.feeds.outcome import Answer, Outcome
from sunward.employment.feeds.problems import FeedProblem
from sunward.employment.feeds.reading import where_wrong
from sunward.employment.sheets.vacancies import VACANCIES

_OWN_SENTENCES: dict[str, str | Promise] = {
    "shape_wrong": _("This row has not the shape of the OpenAPI document, so nothing was made of it:"),
    "told_twice": _("Its reference stands in this delivery before. The first one was taken."),
    "kept_by_office": _("The office has changed this vacancy itself; its own words stand."),
    "closed_here": _("The office has closed this vacancy; it stays closed."),
    "snapshot_id_used": _("This snapshot was complete before, so nothing has ended. Give each one an id of its own."),
}


def read_delivery(request: HttpRequest) -> Delivery:
    if request.content_type != "application/json":
        raise FeedProblem("body_not_json")
    try:
        said = loads(request.body.decode())
    except RequestDataTooBig as error:
        raise FeedProblem("body_too_large") from error
    except (ValueError, RecursionError, UnreadablePostError) as error:
        raise FeedProblem("body_unreadable") from error
    return check_delivery(said)


def check_delivery(said: Any) -> Delivery:
    try:
        delivery = Delivery.model_validate(said)
    except ValidationError as error:
        if isinstance(said, dict) and isinstance(said.get("items"), list) and len(said["items"]) > MOST_ITEMS:
            raise FeedProblem("too_many_items") from error
        raise FeedProblem("delivery_invalid", where=where_wrong(error)) from error
    if delivery.mode == "snapshot" and not delivery.is_last and not delivery.snapshot_id:
        raise FeedProblem("delivery_invalid", where="snapshot_id: missing")
    return delivery


def receipt_of(outcome: Outcome) -> Receipt:
    rows = [
        RowAnswer(index=row.index, reference=row.reference, outcome=row.outcome, notes=_notes(row))  # type: ignore[arg-type]
        for row in outcome.rows
    ]
    notes = [Note(code=code, sentence=say_code(code)) for code in outcome.codes]
    return Receipt(rows=rows, notes=notes, **outcome.counts())


def say_code(code: str) -> str:
    return str(_OWN_SENTENCES.get(code) or VACANCIES.sentence(code))


def _notes(row: Answer) -> list[Note]:
    return [
        Note(code=code, sentence=f"{say_code(code)} {row.where}" if row.where else say_code(code)) for code in row.codes
    ]
