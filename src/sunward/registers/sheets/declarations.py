"""How a programme declares a kind of sheet. Adding a kind is one `SheetKind`; nothing here knows a programme."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeAlias

from django.utils.functional import Promise

from sunward.accounts.enums import Role
from sunward.people.resident_id import DocumentNumber
from sunward.registers.normalise.dates import PartialDate
from sunward.registers.sheets.codes import GENERAL_CODES, Code, Severity
from sunward.registers.workbook.cells import Cell

Value: TypeAlias = str | int | float | bool | list[str] | None


class Draft:
    """A row being read: its cells by field, the values so far, the codes so far."""

    __slots__ = ("born", "cells", "codes", "document", "is_1904", "is_typed", "on", "subdistrict", "values")

    def __init__(
        self,
        cells: Mapping[str, Cell],
        *,
        on: date,
        subdistrict: str = "",
        is_typed: bool = True,
        is_1904: bool = False,
    ) -> None:
        self.cells = cells
        self.on = on
        self.subdistrict = subdistrict  # code of the sub-district the sheet or a section row tells
        self.is_typed = is_typed
        self.is_1904 = is_1904
        self.values: dict[str, Value] = {}
        self.codes: list[str] = []
        self.document: DocumentNumber | None = None
        self.born: PartialDate | None = None

    def flag(self, code: str) -> None:
        if code not in self.codes:
            self.codes.append(code)


def listed(words: str) -> tuple[str, ...]:
    """The words of a list written with 、 between them."""
    return tuple(words.split("、"))


Reader: TypeAlias = Callable[[Cell, Draft], Value]
Rule: TypeAlias = Callable[[Draft], None]
Shape: TypeAlias = Callable[[str], bool]


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """One thing a sheet may tell.

    `headings`: ways to write the heading; of two columns, the one that is declared first wins. `like`: a pattern of
    other ways (white space and marks are gone, small letters); what it finds is a guess, to be looked at.
    `groups`: words one of which must stand in the group above the heading, for what belongs to another person (监护人
    above 电话); `bare_headings` are then the headings below such a group.
    `read` turns a cell that is not blank into a value, and may flag codes; None: known and not imported.
    `shape` recognises the field's text, to find rows that have moved sideways.
    """

    key: str
    label: str | Promise
    headings: tuple[str, ...]
    read: Reader | None = None
    like: str = ""
    blank: Value = None
    groups: tuple[str, ...] = ()
    bare_headings: tuple[str, ...] = ()
    is_signature: bool = False
    is_required: bool = False
    is_combined: bool = False  # one column for what others hold apart; never asked for in an empty table
    fills_down: bool = False  # an empty cell may mean "as above"
    shape: Shape | None = None
    tells: Callable[[str], str | None] | None = (
        None  # from the name of sheet or file, or a title, where no column has it
    )


@dataclass(frozen=True, slots=True)
class Identity:
    """What makes two rows the same: values that must all be there. `unless`: not if both rows have that value."""

    name: str
    keys: tuple[str, ...]
    unless: str = ""


Values: TypeAlias = Mapping[str, Value]


@dataclass(frozen=True, slots=True, eq=False)
class Likeness:
    """How rows are found that may be the same although no identity says so (`sheets/nearness.py`).

    `blocks`: what two rows must have in common to be compared at all, so narrow that few rows share one. `sketch`: what
    of a row is compared, small, for it stays in memory. `compare`: 0 for two records, else how like they are.
    """

    blocks: Callable[[Values], Sequence[str]]
    sketch: Callable[[Values], Any]
    compare: Callable[[Any, Any], float]


# Never read from any sheet: nothing in our work needs it (Personal Information Protection Law, art. 6).
NEVER_COLLECTED = listed(
    "婚育状况、婚姻状况、婚否、婚姻、婚育、生育状况、生育情况、生育计划、政治面貌、党员、是否党员、宗教信仰、宗教、"
    "信仰、征信、征信情况、犯罪记录、前科、违法犯罪情况、血型、星座、属相、生肖、银行卡号、银行账号、银行卡、社保卡号、"
    "人脸照片、指纹"
)


@dataclass(frozen=True, eq=False, repr=False)  # one declaration is one object; labels are lazy and cannot be hashed
class SheetKind:
    """A kind of sheet. `titles`: words of a title, sheet or file name that speak for it.

    `roles` import it, and nobody else sees what was imported. `family` names the kind of file where one file holds
    sheets of several kinds.
    A sheet is of this kind if its headings give every required field and at least `signatures_needed` of those
    marked `is_signature` (one fewer, if a title speaks for it). Rules run in order on every row.
    """

    key: str
    label: str | Promise
    titles: tuple[str, ...]
    fields: tuple[Field, ...]
    rules: tuple[Rule, ...] = ()
    identities: tuple[Identity, ...] = ()
    codes: tuple[Code, ...] = ()
    never_collected: tuple[str, ...] = ()
    # Groups whose columns speak of somebody else: the row's own person (`own_fields`) is not looked for below them.
    others_groups: tuple[str, ...] = ()
    own_fields: tuple[str, ...] = ("name", "sex", "id_number", "birth_date", "age", "phone", "address")
    signatures_needed: int = 2
    any_of: tuple[str, ...] = ()  # fields one of which must be there: a log of visits names children and is no register
    lengths: tuple[str, ...] = field(default=())  # text fields whose length the report tells
    roles: tuple[Role, ...] = ()
    family: str = ""
    is_of_districts: bool = False  # imported by a post in a district alone, not by one in a unit of it
    is_about_persons: bool = True
    compared: str = ""  # of what is there already and no person: the value in which a row may differ (`status_differs`)
    likeness: Likeness | None = None
    named_by: str = "name"  # the value a row is called by on the pages
    told_by: tuple[str, ...] = ()  # the values that tell rows of one name apart there, instead of the place
    ledger: str = ""  # name of the address where what was taken over is listed

    @cached_property
    def fields_by_key(self) -> dict[str, Field]:
        return {entry.key: entry for entry in self.fields}

    @cached_property
    def readers(self) -> tuple[tuple[str, Reader, Value], ...]:
        """Key, reader and blank value of every field that is imported."""
        return tuple((entry.key, entry.read, entry.blank) for entry in self.fields if entry.read)

    @cached_property
    def severities(self) -> dict[str, Severity]:
        return {code.code: code.severity for code in (*GENERAL_CODES, *self.codes)}

    @property
    def file_kind(self) -> str:
        """What a file of such sheets is called."""
        return self.family or self.key

    def sentence(self, code: str) -> str | Promise:
        """The kind's own words for a code go before the general ones."""
        return next((entry.sentence for entry in (*self.codes, *GENERAL_CODES) if entry.code == code), code)
