"""The ledger of children: whoever needs help first stands first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Case as Choose
from django.db.models import Exists, IntegerField, OuterRef, Prefetch, TextChoices, Value, When
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework.enums import CaseState, RiskLevel
from sunward.casework.models import SILENCE_DAYS, Case, CaseQuerySet, Need
from sunward.core.furniture import Tone
from sunward.core.search.index import find
from sunward.core.tables import Column
from sunward.core.wording import join_words
from sunward.core.workbooks import Cell
from sunward.mentoring.access import visible_children
from sunward.mentoring.enums import GuardianshipState, NeedKind
from sunward.mentoring.finding import CHILD_KIND
from sunward.mentoring.models import Match

COLUMNS = (
    Column("name", _("Child"), ("person__name_key",)),
    Column("urgency", _("Contact"), ("-is_silent", "-risk_level", "contact_due_on")),
    Column("risk", _("Risk"), ("-risk_level", "contact_due_on")),
    Column("age", _("Age"), ("-person__birth_date",), "number"),
    Column("unit", _("Committee"), ("unit_path",)),
    Column("guardianship", _("Guardianship")),
    Column("needs", _("Needs")),
    Column("mentor", _("Neighbour mom")),
)
DEFAULT_ORDER = "urgency"
RISK_TONES: dict[int, Tone] = {RiskLevel.HIGH: "urgent", RiskLevel.MEDIUM: "warn", RiskLevel.LOW: "calm"}


@dataclass(frozen=True, slots=True)
class ChildRow:
    """One line of the ledger. `contact_word` and `contact_tone` say how pressing the next contact is."""

    id: int
    unit_path: str
    uid: str
    reference: str
    name: str
    sex: str
    age: int | None
    unit_name: str
    risk: str
    risk_tone: Tone
    guardianship: str
    needs: tuple[str, ...]
    mentor_name: str
    is_open: bool
    is_silent: bool
    silent_days: int
    last_contact_on: date | None
    due_on: date

    @property
    def needs_text(self) -> str:
        return join_words(self.needs)

    @property
    def contact_word(self) -> str:
        if not self.is_open:
            return gettext("Closed")
        if self.is_silent:
            return ngettext("%(days)s day without contact", "%(days)s days without contact", self.silent_days) % {
                "days": self.silent_days
            }
        return gettext("Due by %(day)s") % {"day": date_format(self.due_on, "Y-m-d")}

    @property
    def contact_tone(self) -> Tone:
        if not self.is_open:
            return "off"
        return "urgent" if self.is_silent else "calm"


@dataclass(frozen=True, slots=True)
class ChildQuestion:
    """What the list is asked for; empty means everything. `state`: open, closed or all."""

    words: str = ""
    unit_path: str = ""
    risk: str = ""
    guardianship: str = ""
    need: str = ""
    is_silent: bool | None = None
    has_mentor: bool | None = None
    is_willing: bool | None = None
    state: str = CaseState.OPEN


def ask_children(actor: Actor, asked: ChildQuestion, *, on: date) -> CaseQuerySet:
    """The files that answer the question, annotated for sorting; read_ledger orders and cuts them."""
    found = visible_children(actor)
    if asked.state in CaseState:
        found = found.filter(state=asked.state)
    if asked.unit_path:
        found = found.filter(unit_path__startswith=asked.unit_path)
    if asked.risk:
        found = found.filter(risk_level=asked.risk)
    if asked.guardianship:
        found = found.filter(child__guardianship=asked.guardianship)
    if asked.need:
        found = found.filter(Exists(Need.objects.filter(case=OuterRef("pk"), kind=asked.need, met_on=None)))
    if asked.has_mentor is not None:
        taken = Exists(Match.objects.live().filter(case=OuterRef("pk")))
        found = found.filter(taken if asked.has_mentor else ~taken)
    if asked.is_willing is not None:
        found = found.filter(child__willing_to_pair=asked.is_willing)
    if asked.is_silent is not None:
        found = found.silent(on=on) if asked.is_silent else found.exclude(pk__in=Case.objects.silent(on=on))
    if asked.words:
        found = found.filter(pk__in=find(asked.words).filter(kind=CHILD_KIND).values("object_id"))
    return found


def with_urgency(found: CaseQuerySet, *, on: date) -> CaseQuerySet:
    """Adds `is_silent`, by which whoever needs help comes first."""
    late = When(contact_due_on__lt=on, then=Value(1))
    return found.annotate(is_silent=Choose(late, default=Value(0), output_field=IntegerField()))


def with_row_parts(found: CaseQuerySet) -> CaseQuerySet:
    """Fetches along what a row shows: two queries more, however many rows."""
    return found.select_related("person", "unit", "child").prefetch_related(
        Prefetch("needs", Need.objects.filter(met_on=None).order_by("pk"), to_attr="open_needs"),
        Prefetch(
            "matches", Match.objects.live().select_related("mentor__person").order_by("pk"), to_attr="live_matches"
        ),
    )


def list_children(actor: Actor, asked: ChildQuestion, *, on: date) -> CaseQuerySet:
    return with_row_parts(with_urgency(ask_children(actor, asked, on=on), on=on))


def to_row(case: Case, *, on: date) -> ChildRow:
    person, profile = case.person, getattr(case, "child", None)
    silent_days = case.silent_days(on)
    matches: list[Match] = case.live_matches  # type: ignore[attr-defined]
    return ChildRow(
        id=case.pk,
        unit_path=case.unit_path,
        uid=str(case.uid),
        reference=case.reference,
        name=person.name,
        sex=person.get_sex_display() if person.sex else "",
        age=person.age_on(on),
        unit_name=case.unit.short_name,
        risk=str(RiskLevel(case.risk_level).label),
        risk_tone=RISK_TONES[case.risk_level],
        guardianship=label(GuardianshipState, profile.guardianship if profile else ""),
        needs=tuple(label(NeedKind, need.kind) for need in case.open_needs),  # type: ignore[attr-defined]
        mentor_name=join_words(match.mentor.person.name for match in matches),
        is_open=case.state == CaseState.OPEN,
        is_silent=case.state == CaseState.OPEN and silent_days > SILENCE_DAYS[case.risk_level],
        silent_days=silent_days,
        last_contact_on=case.last_contact_on,
        due_on=case.next_contact_due_on(),
    )


EXPORT_HEADS = (
    _("File"), _("Child"), _("Sex"), _("Age"), _("Committee"), _("Risk"), _("Guardianship"), _("Needs"),
    _("Neighbour mom"), _("Last contact made"), _("Days without contact"), _("Contact due"),
)  # fmt: skip


def export_cells(row: ChildRow) -> tuple[Cell, ...]:
    return (
        row.reference, row.name, row.sex, row.age, row.unit_name, row.risk, row.guardianship, join_words(row.needs),
        row.mentor_name, row.last_contact_on, row.silent_days if row.is_open else None,
        row.due_on if row.is_open else None,
    )  # fmt: skip


def export_rows(found: CaseQuerySet, *, on: date) -> Iterator[ChildRow]:
    """Every row of the list, in its order, without holding them all."""
    ordered = found.order_by(*next(column.order_by for column in COLUMNS if column.key == DEFAULT_ORDER), "pk")
    for case in ordered.iterator(chunk_size=1000):
        yield to_row(case, on=on)


def label(choices: type[TextChoices], code: str) -> str:
    """The word for a code; a code that we do not know is shown as it is."""
    return str(choices(code).label) if code in choices else code
