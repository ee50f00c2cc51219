import pytest
from django.db.models import Q
from django.http import QueryDict

from sunward.accounts.models import Unit
from sunward.core import tables
from sunward.core.tables import Column, Pager, page_of, read_ledger
from tests.factories import make_district

COLUMNS = (
    Column("code", "Code", ("code",)),
    Column("name", "Name", ("-name", "code")),
    Column("acts", "Actions", kind="acts"),
)


@pytest.fixture
def units(db):
    district = make_district()
    Unit.objects.bulk_create(
        Unit(code=f"9{n:03d}", name=f"U{n % 7}", short_name="U", kind="committee", parent=district, path=f"/9/{n:03d}/")
        for n in range(45)
    )
    return Unit.objects.filter(path__startswith="/9/")


def read(queryset, query: str = ""):
    return read_ledger(queryset, asked=QueryDict(query), columns=COLUMNS, order="code", shape=lambda unit: unit.code)


def test_the_pages_together_hold_every_row_once(units):
    for sort in ("code", "-code", "name", "-name"):
        rows = [code for number in (1, 2, 3) for code in read(units, f"sort={sort}&page={number}")]
        assert sorted(rows) == sorted(units.values_list("code", flat=True))


def test_a_column_sorts_up_then_down(units):
    assert read(units, "sort=code").rows == sorted(units.values_list("code", flat=True))[:20]
    assert read(units, "sort=-code").rows == sorted(units.values_list("code", flat=True), reverse=True)[:20]
    head = read(units, "sort=code").heads[0]
    assert (head.direction, head.href) == ("ascending", "?sort=-code")
    assert read(units, "sort=-code").heads[0].direction == "descending"
    assert read(units, "sort=code").heads[1].direction == "none"


def test_turning_a_column_turns_each_of_its_database_columns(units):
    by_name = read(units, "sort=name&size=50").rows
    assert read(units, "sort=-name&size=50").rows == by_name[::-1]


@pytest.mark.parametrize("nonsense", ["sort=password", "sort=acts", "page=x", "page=-3", "page=0", "page=²", "size=7"])
def test_what_cannot_be_understood_is_ignored(units, nonsense):
    page = read(units, nonsense)
    assert page.rows == read(units).rows
    assert page.pager.number == 1
    assert page.pager.size == 20


def test_a_page_beyond_the_end_is_the_last(units):
    page = read(units, "page=999")
    assert page.pager.number == 3
    assert len(page) == 5


def test_an_empty_list_has_one_empty_page(units):
    page = read(units.none())
    assert (page.pager.total, page.pager.last, page.pager.first_row, page.pager.last_row) == (0, 1, 0, 0)
    assert page.rows == []


def test_filters_stay_in_every_link_and_go_to_the_export_without_the_page(units):
    page = read(units, "name=U3&kind=a&kind=b&page=2&sort=-code")
    assert page.query == "name=U3&kind=a&kind=b&sort=-code"
    assert page.heads[0].href == "?name=U3&kind=a&kind=b&sort=code"
    assert page.pager.previous_href == "?name=U3&kind=a&kind=b&sort=-code&page=1"


def test_counting_stops_at_the_limit_and_says_so(units, monkeypatch):
    monkeypatch.setattr(tables, "COUNT_LIMIT", 30)
    pager = read(units).pager
    assert (pager.total, pager.is_capped) == (30, True)


def test_a_ledger_costs_three_queries(units, django_assert_num_queries):
    with django_assert_num_queries(3):
        read(units, "page=2&sort=-name")


def test_only_keys_are_sorted_and_only_the_pages_rows_are_read(units, django_assert_num_queries):
    with django_assert_num_queries(3) as captured:
        read(units.select_related("parent"), "page=2&sort=name")
    count, keys, rows = (query["sql"] for query in captured.captured_queries)
    assert "short_name" not in count
    assert "short_name" not in keys
    assert "JOIN" not in keys
    assert "ORDER BY" not in rows


PARTS = {"code": (Q(name="U3"), Q(name__in=["U1", "U5"]), ~Q(name__in=["U1", "U3", "U5"]))}
PLACES = {"U3": 0, "U1": 1, "U5": 1}


@pytest.mark.parametrize("few", [0, 500], ids=["each part from its index", "sorted at once"])
@pytest.mark.parametrize("size", [20, 50])
@pytest.mark.parametrize("sort", ["code", "-code"])
def test_each_part_stands_before_the_next_and_the_pages_hold_every_row_once(units, monkeypatch, few, size, sort):
    monkeypatch.setattr(tables, "FEW", few)
    pages = [
        read_ledger(
            units, asked=QueryDict(f"sort={sort}&size={size}&page={number}"), columns=COLUMNS, order="code",
            shape=lambda unit: unit.code, parts=PARTS,
        )
        for number in range(1, -(-45 // size) + 1)
    ]  # fmt: skip
    by_definition = sorted(units, key=lambda unit: (PLACES.get(unit.name, 2), unit.code), reverse=sort == "-code")
    assert [code for page in pages for code in page] == [unit.code for unit in by_definition]


def test_parts_belong_to_the_order_they_are_named_for(units):
    asked = {"columns": COLUMNS, "order": "code", "shape": lambda unit: unit.code}
    with_parts = read_ledger(units, asked=QueryDict("sort=name"), parts=PARTS, **asked)
    assert with_parts.rows == read_ledger(units, asked=QueryDict("sort=name"), **asked).rows


@pytest.mark.parametrize(("page", "queries"), [(1, 3), (3, 7)])
def test_a_query_more_is_asked_only_where_a_page_reaches_beyond_a_part(
    units, monkeypatch, django_assert_num_queries, page, queries
):
    """The first page lies within the first part; for the last one has to be known where the two before it end."""
    monkeypatch.setattr(tables, "FEW", 0)
    parts = {"code": (Q(code__lt="9025"), Q(code__gte="9025", code__lt="9030"), Q(code__gte="9030"))}
    with django_assert_num_queries(queries):
        read_ledger(
            units, asked=QueryDict(f"page={page}"), columns=COLUMNS, order="code", shape=lambda unit: unit.code,
            parts=parts,
        )  # fmt: skip


def test_the_pager_shows_the_ends_and_the_neighbours():
    pager = Pager(number=7, size=20, total=2413, is_capped=False, query="a=1", sizes=())
    assert [link.number for link in pager.links] == [1, None, 6, 7, 8, None, 121]
    assert [link.is_current for link in pager.links].count(True) == 1
    assert pager.next_href == "?a=1&page=8"
    assert (pager.first_row, pager.last_row) == (121, 140)


def test_rows_in_memory_are_cut_into_pages_that_hold_each_once_and_whole_where_all_are_asked_for():
    every = list(range(230))
    pages = [page_of(every, asked=QueryDict(f"of=me&page={number}"), size=100) for number in (1, 2, 3, 9)]
    assert [row for rows, _pager in pages[:3] for row in rows] == every
    assert pages[3] == pages[2]
    first = pages[0][1]
    assert (first.total, first.last, first.next_href) == (230, 3, "?of=me&page=2")
    assert first.whole_href == "?of=me&size=all"
    whole, pager = page_of(every, asked=QueryDict("of=me&size=all&page=2"), size=100)
    assert (list(whole), pager.last, pager.whole_href) == (every, 1, "")
    assert page_of([], asked=QueryDict("size=all"))[1].last == 1
    assert len(page_of(every, asked=QueryDict("size=7"), size=100)[0]) == 100
