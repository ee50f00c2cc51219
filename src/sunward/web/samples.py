"""Invented content for the style page. No person in it exists."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sunward.core.furniture import Fact, Look, Moment, Progress, Step, Tab, ToDo, Tone
from sunward.core.tables import Column, Head, LedgerPage, PageLink, Pager

TONES: tuple[tuple[Tone, Promise], ...] = (
    ("calm", _("Waiting")),
    ("good", _("Valid")),
    ("info", _("Trial")),
    ("warn", _("Ends in 12 days")),
    ("urgent", _("High risk")),
    ("off", _("Closed")),
)

FACTS = (
    Fact(_("Name"), _("Chen Xiaohe"), _("pseudonym: Wheat 17")),
    Fact(_("Identity number"), "310110********0019"),
    Fact(_("Age"), 9, _("turns 14 on 2031-03-02")),
    Fact(_("School"), None),
    Fact(
        _("Neighbourhood committee"), _("The committee of the third village on Changbai Road, northern part"), href="#"
    ),
    Fact(_("Legal basis"), _("Consent of the guardian"), _("signed 2026-03-01")),
)

TABS = (
    Tab(_("Overview"), "?tab=overview", is_current=True),
    Tab(_("Needs"), "?tab=needs", count=3),
    Tab(_("Visits"), "?tab=visits", count=128),
    Tab(_("Who has looked"), "?tab=looks"),
)

STEPS = (
    Step(_("Upload"), "done"),
    Step(_("Check the layout"), "done"),
    Step(_("Repair"), "current"),
    Step(_("Take over"), "ahead"),
)

TODOS = (
    ToDo(
        _("Call back: no contact for 19 days"),
        "#",
        _("Chen Xiaohe · Yinhang Sub-district"),
        _("High risk"),
        "urgent",
        "陈",
    ),
    ToDo(_("Renew the background check"), "#", _("Wang Lihua, neighbour mom"), _("Ends in 12 days"), "warn", "王"),
    ToDo(_("Decide on 6 proposals"), "#", _("Run of 2026-11-24"), _("Waiting"), "calm"),
)

PROGRESSES = (
    Progress(
        "/style/",
        _("Taking over the workbook"),
        is_over=True,
        has_failed=True,
        done=400,
        total=1000,
        note=_("The disk is full. Nothing was taken over; free some space and start again."),
    ),
    Progress(
        "/style/",
        _("Taking over the workbook"),
        is_over=True,
        done=1000,
        total=1000,
        note=_("1,000 rows taken over, 3 left out."),
        next_href="#",
        next_label=_("See the result"),
    ),
)


def moments(today: date) -> tuple[Moment, ...]:
    return (
        Moment(
            today,
            _("Visit at home, 45 minutes"),
            _("Wang Lihua"),
            _("Read two chapters together. She asked whether her mother comes home for the new year; I will find out."),
            "home-heart",
            "good",
        ),
        Moment(
            today - timedelta(days=4), _("Visit attempted, nobody at home"), _("Wang Lihua"), icon="clock", tone="warn"
        ),
        Moment(
            today - timedelta(days=30),
            _("Risk level raised to high"),
            _("Zhou Min, child-welfare worker"),
            _("Guardian in hospital."),
            "alert-triangle",
            "urgent",
        ),
        Moment(today - timedelta(days=90), _("File opened"), _("Zhou Min, child-welfare worker"), icon="folder-open"),
    )


def looks(today: date) -> tuple[Look, ...]:
    at = datetime.combine(today, time(2, 30), tzinfo=UTC)
    return (
        Look(at, _("Zhou Min"), _("Child-welfare worker"), _("follow-up")),
        Look(at - timedelta(days=2), _("Li Na"), _("Auditor"), _("yearly audit")),
    )


@dataclass(frozen=True, slots=True)
class SampleRow:
    name: str | Promise
    unit: str | Promise
    age: int
    word: str | Promise
    tone: Tone


class SampleFilters(forms.Form):
    name = forms.CharField(label=_("Name"), required=False)
    risk = forms.ChoiceField(label=_("Risk level"), choices=[("", _("All")), ("high", _("High"))], required=False)
    since = forms.DateField(label=_("Opened since"), widget=forms.DateInput, required=False)


_COLUMNS = (
    Column("name", _("Name"), ("name",)),
    Column("unit", _("Unit"), ("unit",)),
    Column("age", _("Age"), ("age",), "number"),
    Column("risk", _("Risk level")),
    Column("acts", _("Actions"), kind="acts"),
)
_ROWS = (
    SampleRow(_("Chen Xiaohe"), _("Yinhang Sub-district"), 9, _("High risk"), "urgent"),
    SampleRow(
        _("Ouyang Mingzhu-Alimjan of the long name"),
        _("The committee of the third village on Changbai Road, northern part"),
        13,
        _("Ends in 12 days"),
        "warn",
    ),
    SampleRow(_("Wu Yue"), _("Wujiaochang Sub-district"), 4, _("Valid"), "good"),
)


def ledger(asked: QueryDict) -> LedgerPage[SampleRow]:
    """As `core.tables.read_ledger` would make it, without a database."""
    sort = asked.get("sort", "name")
    heads = tuple(
        Head(
            c.key,
            c.label,
            c.kind,
            f"?sort={'-' if sort == c.key else ''}{c.key}" if c.order_by else "",
            _direction(c, sort),
        )
        for c in _COLUMNS
    )
    sizes = tuple(PageLink(size, f"?size={size}", size == 20) for size in (20, 50, 100))
    pager = Pager(number=7, size=20, total=2413, is_capped=False, query="", sizes=sizes)
    return LedgerPage(rows=list(_ROWS), heads=heads, pager=pager, query="")


def _direction(column: Column, sort: str) -> str:
    if not column.order_by:
        return ""
    if sort.removeprefix("-") != column.key:
        return "none"
    return "descending" if sort.startswith("-") else "ascending"
