"""The yearly report on access (Regulations on Protecting Minors Online, art. 36 and 37): who looked, how often, when.

Everything is counted from the record of acts and looks, and from files opened in need; nobody is named in it but staff.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay, TruncDate, TruncMonth
from django.utils.formats import date_format
from django.utils.timezone import get_default_timezone, make_aware
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role, UnitKind
from sunward.accounts.models import Assignment, Unit
from sunward.accounts.scopes import below
from sunward.audit.enums import AuditKind
from sunward.audit.models import AuditEntry
from sunward.casework.enums import GlassReason
from sunward.casework.models import BrokenGlass
from sunward.core.furniture import Text
from sunward.mentoring.queries.child_file import purpose_word
from sunward.web.audit_pages.queries import write_reference
from sunward.web.audit_pages.words import word_of

# Outside these hours, and on Saturdays and Sundays, nobody has to look at a file; somebody on duty may have to.
WORK_BEGINS, WORK_ENDS, LAST_WORKDAY = 7, 20, 5
MOST = 20
_PERSONS = ("case", "mentor")


@dataclass(frozen=True, slots=True)
class Line:
    name: Text
    count: int
    share: int


@dataclass(frozen=True, slots=True)
class Part:
    """One way to count. `note` says what is counted, where the title does not."""

    key: str
    title: Text
    lines: tuple[Line, ...]
    note: Text = ""

    @property
    def total(self) -> int:
        return sum(line.count for line in self.lines)


@dataclass(frozen=True, slots=True)
class YearReport:
    year: int
    looks: int
    acts: int
    outside: int
    parts: tuple[Part, ...]


def read_year(actor: Actor, year: int) -> YearReport:
    """Some twelve queries, whatever the year holds; none of them reads an entry."""
    entries = _entries(actor, year)
    looks = entries.filter(kind=AuditKind.LOOK, subject_kind__in=_PERSONS)
    outside = _outside(looks)
    return YearReport(
        year=year,
        looks=looks.count(),
        acts=entries.filter(kind=AuditKind.ACT).count(),
        outside=outside.count(),
        parts=tuple(_parts(actor, entries, looks, outside, year)),
    )


def list_years(actor: Actor, *, on: date) -> list[int]:
    """From the first entry on, this year first."""
    first = _mine(actor).order_by("number").values_list("at", flat=True).first()
    begin = first.astimezone(get_default_timezone()).year if first else on.year
    return list(range(on.year, begin - 1, -1))


def table_rows(report: YearReport) -> Iterator[tuple[str, str, int]]:
    """The report as lines of a table: what is counted by, of what, how many."""
    yield str(_("Together")), str(_("Looks at files")), report.looks
    yield str(_("Together")), str(_("Acts")), report.acts
    yield str(_("Together")), str(_("Looks outside working hours")), report.outside
    for part in report.parts:
        for line in part.lines:
            yield str(part.title), str(line.name), line.count


def _parts(
    actor: Actor, entries: QuerySet[AuditEntry], looks: QuerySet[AuditEntry], outside: QuerySet[AuditEntry], year: int
) -> Iterator[Part]:
    yield _part("months", _("Looks by month"), _by_month(looks), is_sorted=False)
    yield _part("roles", _("Looks by role"), _by_role(looks), note=_("The post held on the day of the look."))
    yield _part("units", _("Looks by sub-district"), _by_unit(actor, looks))
    yield _part("purposes", _("Looks by purpose"), _by_purpose(looks))
    yield _part(
        "outside", _("Outside working hours, by whom"), _counted(outside, "actor_name"),
        note=_("Before 7, after 20, and on Saturdays and Sundays."),
    )  # fmt: skip
    yield _part("references", _("Files looked at most"), _by_reference(looks))
    yield _part("exports", _("Handed out as a list or a copy"), _by_export(entries))
    yield _part("glass", _("Opened in need"), _by_glass(actor, year))


def _part(key: str, title: Text, counts: "Counter[str]", *, note: Text = "", is_sorted: bool = True) -> Part:
    pairs: Iterable[tuple[str, int]] = counts.most_common(MOST) if is_sorted else counts.items()
    most = max(counts.values(), default=0)
    return Part(key, title, tuple(Line(name, count, round(100 * count / most)) for name, count in pairs), note)


def _mine(actor: Actor) -> QuerySet[AuditEntry]:
    """What happened in the auditor's district."""
    return AuditEntry.objects.filter(below(actor.paths(Role.AUDITOR)))


def _entries(actor: Actor, year: int) -> QuerySet[AuditEntry]:
    return _mine(actor).filter(_within(year, "at")).order_by()


def _within(year: int, column: str) -> Q:
    return Q(**{f"{column}__gte": _begin(year), f"{column}__lt": _begin(year + 1)})


def _begin(year: int) -> datetime:
    return make_aware(datetime.combine(date(year, 1, 1), time.min), get_default_timezone())


def _outside(looks: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
    zone = _zone()
    found = looks.annotate(hour=ExtractHour("at", tzinfo=zone), weekday=ExtractIsoWeekDay("at", tzinfo=zone))
    return found.filter(Q(hour__lt=WORK_BEGINS) | Q(hour__gte=WORK_ENDS) | Q(weekday__gt=LAST_WORKDAY))


def _by_month(looks: QuerySet[AuditEntry]) -> "Counter[str]":
    found = looks.annotate(month=TruncMonth("at", tzinfo=_zone())).values_list("month").annotate(count=Count("pk"))
    return Counter({date_format(month, "Y-m"): count for month, count in sorted(found)})


def _by_role(looks: QuerySet[AuditEntry]) -> "Counter[str]":
    """Somebody may have changed posts within the year: what counts is the day."""
    found = looks.annotate(day=TruncDate("at", tzinfo=_zone())).values_list("actor_id", "day").annotate(n=Count("pk"))
    rows = list(found)
    held: dict[int, list[Assignment]] = {}
    for post in Assignment.objects.filter(user__in={actor_id for actor_id, _day, _n in rows}).order_by("from_on", "pk"):
        held.setdefault(post.user_id, []).append(post)
    counts: Counter[str] = Counter()
    for actor_id, day, count in rows:
        counts[_role_on(held.get(actor_id, []), day)] += count
    return counts


def _role_on(posts: list[Assignment], day: date) -> str:
    on_day = [post for post in posts if post.from_on <= day and (post.until_on is None or post.until_on > day)]
    return str(Role(on_day[0].role).label) if on_day else str(_("No post on the day"))


def _by_unit(actor: Actor, looks: QuerySet[AuditEntry]) -> "Counter[str]":
    """By the unit of what was looked at. One query for the counts and one for the names."""
    names = dict(
        Unit.objects.within(actor.paths(Role.AUDITOR)).filter(kind=UnitKind.SUBDISTRICT).values_list("path", "name")
    )
    counts: Counter[str] = Counter()
    for path, count in looks.values_list("unit_path").annotate(count=Count("pk")):
        street = "/".join(path.split("/")[:3]) + "/"
        counts[names.get(street, str(_("The whole district")))] += count
    return counts


def _by_purpose(looks: QuerySet[AuditEntry]) -> "Counter[str]":
    counts: Counter[str] = Counter()
    for purpose, count in looks.values_list(F("detail__purpose")).annotate(count=Count("pk")):
        counts[str(purpose_word(purpose)) if purpose else str(_("Not said"))] += count
    return counts


def _by_reference(looks: QuerySet[AuditEntry]) -> "Counter[str]":
    """By number and never by name."""
    found = looks.values_list("subject_kind", "subject_id").annotate(count=Count("pk")).order_by("-count")[:MOST]
    return Counter({write_reference(kind, number): count for kind, number, count in found})


def _by_export(entries: QuerySet[AuditEntry]) -> "Counter[str]":
    handed = entries.filter(kind=AuditKind.ACT)
    handed = handed.filter(Q(code__endswith="_exported") | Q(code="mentoring.own_data_given"))
    return Counter({word_of(code): count for code, count in handed.values_list("code").annotate(count=Count("pk"))})


def _by_glass(actor: Actor, year: int) -> "Counter[str]":
    found = BrokenGlass.objects.filter(below(actor.paths(Role.AUDITOR))).filter(_within(year, "opened_at"))
    verdicts = {None: _("not reviewed yet"), True: _("was right"), False: _("was not right")}
    counts: Counter[str] = Counter()
    for reason, verdict, count in found.order_by().values_list("reason", "is_justified").annotate(count=Count("pk")):
        counts[f"{GlassReason(reason).label} · {verdicts[verdict]}"] += count
    return counts


def _counted(rows: QuerySet[AuditEntry], column: str) -> "Counter[str]":
    found = rows.values_list(column).annotate(count=Count("pk"))
    return Counter({str(name) or str(_("The system")): count for name, count in found})


def _zone() -> ZoneInfo:
    zone = get_default_timezone()
    assert isinstance(zone, ZoneInfo)
    return zone
