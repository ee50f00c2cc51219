"""Ledger tables: sorting by declared columns, a page of rows, and a count that stops counting.

    page = read_ledger(queryset, asked=request.GET, columns=COLUMNS, order="name", shape=to_row)

The page goes to `core/_ledger_head.html` and `core/_pager.html` (docs/how-to/make-a-page.md).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.db import models
from django.db.models import Case, IntegerField, Q, Value, When
from django.http import QueryDict
from django.utils.functional import Promise

Row = TypeVar("Row")

PAGE_SIZES = (20, 50, 100)
# What `size` says in an address where all rows are wanted, to be printed.
WHOLE = "all"
# Counting beyond this costs more than the figure is worth: the pager then says "more than". Nobody turns a hundred
# pages either, and the last of many more would be as slow: whoever looks for the other end sorts the other way.
COUNT_LIMIT = 2_000
# So many rows are sorted faster than each part of an order is looked through for them.
FEW = 500


@dataclass(frozen=True, slots=True)
class Column:
    """`order_by` names the database columns it sorts by; without any it does not sort."""

    key: str
    label: str | Promise
    order_by: tuple[str, ...] = ()
    kind: str = ""  # "number" stands at the right, "acts" holds buttons


@dataclass(frozen=True, slots=True)
class Head:
    """A column's heading on this page. `href` sorts by it; `direction` is the value of `aria-sort`."""

    key: str
    label: str | Promise
    kind: str
    href: str
    direction: str


@dataclass(frozen=True, slots=True)
class PageLink:
    """`number` None is a gap."""

    number: int | None
    href: str = ""
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Pager:
    number: int
    size: int
    total: int
    is_capped: bool
    query: str
    sizes: tuple[PageLink, ...]

    @property
    def last(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def first_row(self) -> int:
        return (self.number - 1) * self.size + 1 if self.total else 0

    @property
    def last_row(self) -> int:
        return min(self.number * self.size, self.total)

    @property
    def whole_href(self) -> str:
        """To all rows at once, where this page has not all: they are printed as one."""
        query = QueryDict(self.query, mutable=True)
        query["size"] = WHOLE
        return f"?{query.urlencode()}" if self.last > 1 else ""

    @property
    def previous_href(self) -> str:
        return self._href(self.number - 1) if self.number > 1 else ""

    @property
    def next_href(self) -> str:
        return self._href(self.number + 1) if self.number < self.last else ""

    @property
    def links(self) -> list[PageLink]:
        """First, last and the neighbours of the current page, with gaps."""
        near = {1, self.last, *range(max(1, self.number - 1), min(self.last, self.number + 1) + 1)}
        links: list[PageLink] = []
        for number in sorted(near):
            if links and (links[-1].number or 0) + 1 != number:
                links.append(PageLink(None))
            links.append(PageLink(number, self._href(number), number == self.number))
        return links

    def _href(self, number: int) -> str:
        return f"?{self.query}{'&' if self.query else ''}page={number}"


@dataclass(frozen=True, slots=True)
class LedgerPage(Generic[Row]):
    """`query` is the page's own query string without the page number: what an export has to be given."""

    rows: list[Row]
    heads: tuple[Head, ...]
    pager: Pager
    query: str

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def read_ledger(
    queryset: "models.QuerySet[Any]",
    *,
    asked: QueryDict,
    columns: Sequence[Column],
    order: str,
    shape: Callable[[Any], Row],
    parts: Mapping[str, Sequence[Q]] | None = None,
) -> LedgerPage[Row]:
    """Three queries: the keys of all, up to the limit; those of the page in their order; its rows.

    `order` is the first order's key, "-" for descending.

    `parts`, by the key of an order: whoever answers the first question stands before whoever answers the second; every
    row answers one. Of many rows each part is read by itself, from an index that holds its order, instead of sorting
    all: it is a query more where a page reaches into the next part.

    Whatever cannot be understood in the query string is ignored: a link that was sent on must open.
    """
    by_key = {column.key: column for column in columns if column.order_by}
    chosen = asked.get("sort", "")
    if chosen.removeprefix("-") not in by_key:
        chosen = order
    # Keys, not their number: where they are few, nothing of what was asked has to be looked for a second time.
    every = list(queryset.order_by().values_list("pk", flat=True)[: COUNT_LIMIT + 1])
    counted = len(every)
    size = _size(asked.get("size", ""))
    total = min(counted, COUNT_LIMIT)
    kept = _kept(asked)
    number = min(_positive(asked.get("page", "")), max(1, -(-total // size)))
    start = (number - 1) * size
    key, is_down = chosen.removeprefix("-"), chosen.startswith("-")
    found = queryset.order_by(*_order(by_key[key], is_down=is_down))
    asked_parts = (parts or {}).get(key, (Q(),))
    if counted > FEW:
        ordered = [found.filter(part) for part in (reversed(asked_parts) if is_down else asked_parts)]
    else:
        ordered = [_sorted_by_part(found.filter(pk__in=every), asked_parts, is_down=is_down)]
    pager = Pager(
        number=number,
        size=size,
        total=total,
        is_capped=counted > COUNT_LIMIT,
        query=_query(kept),
        sizes=tuple(PageLink(s, "?" + _query({**kept, "size": [str(s)]}), s == size) for s in PAGE_SIZES),
    )
    return LedgerPage(
        rows=[shape(item) for item in _fetch(found, ordered, start, size)],
        heads=tuple(_head(column, chosen=chosen, asked=asked) for column in columns),
        pager=pager,
        query=_query(kept),
    )


def page_of(rows: Sequence[Row], *, asked: QueryDict, size: int = PAGE_SIZES[0]) -> tuple[Sequence[Row], Pager]:
    """Of rows that are in memory and in their order; `size` where no other is asked for. All of them if `WHOLE` is."""
    kept = _kept(asked)
    told = asked.get("size", "")
    size = max(1, len(rows)) if told == WHOLE else _size(told, otherwise=size)
    number = min(_positive(asked.get("page", "")), max(1, -(-len(rows) // size)))
    sizes = tuple(PageLink(s, "?" + _query({**kept, "size": [str(s)]}), s == size) for s in PAGE_SIZES)
    start = (number - 1) * size
    return rows[start : start + size], Pager(number, size, len(rows), False, _query(kept), sizes)


def _fetch(
    found: "models.QuerySet[Any]", parts: "Sequence[models.QuerySet[Any]]", start: int, size: int
) -> Iterator[Any]:
    """Keys first, rows after: 20,000 keys sort in milliseconds, 20,000 rows with their joins and long texts do not."""
    keys = _read_keys(parts, start, size)
    rows = {item.pk: item for item in found.order_by().filter(pk__in=keys)} if keys else {}
    # What somebody removed between the two queries is not there any more.
    return (rows[key] for key in keys if key in rows)


def _sorted_by_part(found: "models.QuerySet[Any]", parts: Sequence[Q], *, is_down: bool) -> "models.QuerySet[Any]":
    if len(parts) < 2:
        return found
    places = Case(*(When(part, then=Value(place)) for place, part in enumerate(parts)), output_field=IntegerField())
    ordered: models.QuerySet[Any] = found.alias(part_of_order=places)
    return ordered.order_by("-part_of_order" if is_down else "part_of_order", *found.query.order_by)


def _read_keys(parts: "Sequence[models.QuerySet[Any]]", start: int, size: int) -> list[Any]:
    keys: list[Any] = []
    for number, part in enumerate(parts, start=1):
        before = len(keys)
        keys += part.values_list("pk", flat=True)[start : start + size - before]
        if len(keys) == size or number == len(parts):
            break
        # The next part goes on where this one has ended.
        start = 0 if len(keys) > before or not start else start - part.order_by().values("pk").count()
    return keys


def _order(column: Column, *, is_down: bool) -> list[str]:
    turned = [name.removeprefix("-") if name.startswith("-") else f"-{name}" for name in column.order_by]
    # The key at the end makes the order total, so that no row is on two pages.
    return [*(turned if is_down else column.order_by), "pk"]


def head_of(key: str, label: str | Promise, *, chosen: str, asked: QueryDict, kind: str = "") -> Head:
    """Of a column by which rows can be put in order: pressed again, the other way round, from the first page on."""
    is_chosen = chosen.removeprefix("-") == key
    is_up = is_chosen and not chosen.startswith("-")
    href = "?" + _query({**_kept(asked), "sort": [f"-{key}" if is_up else key]})
    direction = ("ascending" if is_up else "descending") if is_chosen else "none"
    return Head(key, label, kind, href, direction)


def _head(column: Column, *, chosen: str, asked: QueryDict) -> Head:
    if not column.order_by:
        return Head(column.key, column.label, column.kind, "", "")
    return head_of(column.key, column.label, chosen=chosen, asked=asked, kind=column.kind)


def _kept(asked: QueryDict) -> dict[str, list[str]]:
    return {key: values for key, values in asked.lists() if key != "page"}


def _query(kept: Mapping[str, list[str]]) -> str:
    return urlencode([(key, value) for key, values in kept.items() for value in values if value])


def _positive(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def _size(text: str, *, otherwise: int = PAGE_SIZES[0]) -> int:
    return int(text) if text in map(str, PAGE_SIZES) else otherwise
