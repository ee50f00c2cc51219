"""The shapes of what goes over a feed, out and in; `employment.feeds.openapi` makes its document of them."""

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

EDUCATIONS = ("", "junior", "senior", "vocational", "college", "bachelor", "master", "doctor")
MOST_ITEMS = 200
# Signs that a database cannot hold or that nobody sees.
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


def _clean(text: str) -> str:
    return _UNSEEN.sub("", text).strip()


def _not_blank(text: str) -> str:
    if not text:
        raise ValueError("blank")
    return text


Text40 = Annotated[str, Field(max_length=40), AfterValidator(_clean)]
Text80 = Annotated[str, Field(max_length=80), AfterValidator(_clean)]
Text120 = Annotated[str, Field(max_length=120), AfterValidator(_clean)]
Text200 = Annotated[str, Field(max_length=200), AfterValidator(_clean)]
Name = Annotated[str, Field(min_length=1, max_length=120), AfterValidator(_clean), AfterValidator(_not_blank)]
Reference = Annotated[str, Field(min_length=1, max_length=80), AfterValidator(_clean), AfterValidator(_not_blank)]
Places = Annotated[int, Field(ge=0, le=1_000_000)]
Kind = Literal["full_time", "part_time", "traineeship"]
Schooling = Literal["", "junior", "senior", "vocational", "college", "bachelor", "master", "doctor"]
Shifts = Literal["day", "night", "rotating", "weekend"]
Cursor = Annotated[str, Field(min_length=1, max_length=200)]


class ToldVacancy(BaseModel):
    """An open vacancy that somebody has verified. Salaries are yuan a month before tax."""

    model_config = ConfigDict(extra="forbid")

    reference: Annotated[str, Field(max_length=36, description="Stays the same as long as the vacancy does.")]
    title: Annotated[str, Field(max_length=200)]
    employer: Annotated[str, Field(max_length=120)]
    uscc: Annotated[str, Field(max_length=18, description="Unified social credit code (GB 32100), if known.")]
    industry: Annotated[str, Field(max_length=5, description="GB/T 4754, if known.")]
    kind: Kind
    occupation: Annotated[str, Field(max_length=10, description="Occupation code of 2022, if known.")]
    places_min: int | None
    places_max: int | None
    salary_text: Annotated[str, Field(max_length=200, description="The pay in the employer's words.")]
    salary_min: int | None
    salary_max: int | None
    salary_period: Literal["", "hour", "day", "week", "month", "year"]
    salary_months: int
    education: Schooling
    description: str
    workplace: Annotated[str, Field(max_length=400)]
    shifts: list[Shifts]
    valid_until: Annotated[date | None, Field(description="The employer's last day, if one was named.")]


class Snapshot(BaseModel):
    """A page of all open vacancies. `next` asks for the following page; `changes` for what changed since the first."""

    model_config = ConfigDict(extra="forbid")

    items: list[ToldVacancy]
    next: Cursor | None
    changes: Cursor


class Change(BaseModel):
    """`vacancy` as it stands now, or null: it is not offered any more."""

    model_config = ConfigDict(extra="forbid")

    reference: Annotated[str, Field(max_length=36)]
    vacancy: ToldVacancy | None


class Changes(BaseModel):
    """Changes in their order. Ask again with `next`: at once while there `is_more`, later otherwise."""

    model_config = ConfigDict(extra="forbid")

    items: list[Change]
    next: Cursor
    is_more: bool


class IncomingVacancy(BaseModel):
    """A vacancy as another system tells it. Fields that are not known are not read."""

    model_config = ConfigDict(extra="ignore", strict=True)

    reference: Annotated[Reference, Field(description="Your own number of the vacancy; stays the same.")]
    title: Name
    employer: Name
    uscc: Text40 = ""
    industry: Text80 = ""
    kind: Kind = "full_time"
    places_min: Places | None = None
    places_max: Places | None = None
    salary_text: Annotated[Text80, Field(description="In words: 8千-1.2万·13薪, 25元/小时, 面议.")] = ""
    education: Schooling = ""
    description: Annotated[str, Field(max_length=100_000), AfterValidator(_clean)] = ""
    workplace: Text200 = ""
    subdistrict: Text40 = ""
    shifts: Annotated[list[Shifts], Field(max_length=4)] = []
    valid_until: Annotated[str | None, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")] = None
    contact_name: Text40 = ""
    contact_phone: Text40 = ""


class IncomingChange(BaseModel):
    """`vacancy` as it stands now, or null: it is not offered any more."""

    model_config = ConfigDict(extra="ignore", strict=True)

    reference: Reference
    vacancy: IncomingVacancy | None


class Delivery(BaseModel):
    """`snapshot`: everything that is offered, in parts under one `snapshot_id`, the last of which says so.
    `changes`: what is new, changed or ended.

    Each row is judged by itself; one that is refused keeps no other out.
    """

    model_config = ConfigDict(extra="ignore", strict=True)

    mode: Literal["snapshot", "changes"]
    snapshot_id: Annotated[str, Field(max_length=40, pattern=r"^[A-Za-z0-9_.:-]*$")] = ""
    is_last: bool = True
    # Each is an `IncomingVacancy` (snapshot) or an `IncomingChange`, and is judged by itself.
    items: Annotated[
        list[Any],
        Field(max_length=MOST_ITEMS, description="IncomingVacancy (snapshot) or IncomingChange (changes), each."),
    ]


class Note(BaseModel):
    code: str
    sentence: str


class RowAnswer(BaseModel):
    """What became of one item, by its place in the list."""

    index: int
    reference: str | None
    outcome: Literal["new", "changed", "same", "ended", "asked", "kept", "refused"]
    notes: list[Note]


class Receipt(BaseModel):
    """`asked`: so much would end that a person is asked first; until then all of it stays. `rows` in their order."""

    told: int
    new: int
    changed: int
    same: int
    ended: int
    asked: int
    kept: int
    refused: int
    rows: list[RowAnswer]
    notes: list[Note]


class Problem(BaseModel):
    """RFC 9457. `code` is stable; `detail` says what to do."""

    type: str
    title: str
    status: int
    code: str
    detail: str
