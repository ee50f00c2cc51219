"""The list of jobseekers: whoever needs help first stands first."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, TextChoices
from django.db.models.functions import Coalesce
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.enums import UnitKind
from sunward.accounts.models import Unit
from sunward.accounts.scopes import below
from sunward.casework.enums import CaseState
from sunward.casework.finding import case_kind
from sunward.casework.models import Case, CaseQuerySet
from sunward.core.furniture import Tone
from sunward.core.search.index import find
from sunward.core.tables import Column
from sunward.core.wording import join_words
from sunward.employment.access.jobseekers import JOBSEEKER_ROLES, PROGRAMME, visible_jobseekers
from sunward.employment.enums import ClientTagKind, Situation
from sunward.employment.guarantee import GUARANTEE
from sunward.employment.models import ClientTag, JobWish, OfficerInCharge
from sunward.employment.queries.guarantee import with_gaps
from sunward.employment.queries.in_charge import name_now, of_officer
from sunward.people.phones import read_phone
from sunward.people.registering import phone_index

COLUMNS = (
    Column("name", _("Jobseeker"), ("person__name_key",)),
    # Within each of the parts below.
    Column("urgency", pgettext_lazy("jobseeker", "Waiting"), ("waiting_since",)),
    Column("tags", pgettext_lazy("jobseeker", "Groups")),
    Column("age", _("Age"), ("-person__birth_date",), "number"),
    Column("situation", _("Situation")),
    Column("wishes", _("Wishes to work as")),
    Column("unit", _("Sub-district or committee"), ("unit_path",)),
)
DEFAULT_ORDER = "urgency"
# After so many days without a step a file has come to a standstill.
STALLED_DAYS = 30
# Whoever belongs to one of these stands before all others.
FIRST_KINDS = (
    ClientTagKind.SPECIAL_ATTENTION, ClientTagKind.ZERO_EMPLOYMENT, ClientTagKind.HARD_TO_PLACE, ClientTagKind.LTU_YOUTH
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class JobseekerRow:
    uid: str
    reference: str
    name: str
    sex: str
    age: int | None
    unit_name: str
    tags: tuple[str, ...]
    situation: str
    wishes: tuple[str, ...]
    is_open: bool
    waiting_days: int
    officer: str

    @property
    def tags_text(self) -> str:
        return join_words(self.tags)

    @property
    def wishes_text(self) -> str:
        return join_words(self.wishes)

    @property
    def waiting_word(self) -> str:
        if not self.is_open:
            return gettext("Closed")
        if self.waiting_days <= 0:
            return gettext("Step taken today")
        return ngettext("%(days)s day without a step", "%(days)s days without a step", self.waiting_days) % {
            "days": self.waiting_days
        }

    @property
    def waiting_tone(self) -> Tone:
        if not self.is_open:
            return "off"
        return "urgent" if self.waiting_days > STALLED_DAYS else "calm"


@dataclass(frozen=True, slots=True)
class JobseekerQuestion:
    """What the list is asked for; empty means everything. `state`: open, closed or all. `owed`: which entitlement of
    the service guarantee, by its code, or any of them."""

    words: str = ""
    unit: str = ""
    tag: str = ""
    situation: str = ""
    is_stalled: bool = False
    owed: str = ""
    officer: str = ""
    state: str = CaseState.OPEN


def list_jobseekers(actor: Actor, asked: JobseekerQuestion, *, on: date) -> CaseQuerySet:
    """The files that answer the question, annotated for sorting and with what a row shows: four queries more.

    `waiting_since`: the last contact that was made, or the day on which the file was opened.
    """
    tags = ClientTag.objects.current(on=on)
    found = visible_jobseekers(actor).annotate(waiting_since=Coalesce("last_contact_on", "opened_on"))
    if asked.state in CaseState:
        found = found.filter(state=asked.state)
    if asked.unit:
        found = found.filter(below(paths_of(actor, asked.unit)))
    if asked.tag:
        found = found.filter(Exists(tags.filter(case=OuterRef("pk"), kind=asked.tag)))
    if asked.situation:
        # What was said last counts: the register's word only where nobody has answered a call yet.
        said = Q(jobseeker__surveyed_situation=asked.situation)
        found = found.filter(said | Q(jobseeker__surveyed_situation="", jobseeker__situation=asked.situation))
    if asked.officer:
        found = of_officer(found, asked.officer, actor, on=on)
    if asked.is_stalled:
        found = found.filter(state=CaseState.OPEN, waiting_since__lt=on - timedelta(days=STALLED_DAYS))
    if asked.owed:
        found = with_gaps(found, on=on, of=[one for one in GUARANTEE if asked.owed in (one.code, "any")])
    if asked.words:
        # Who rings up: a whole number only, for numbers are sealed and found again by their index.
        phone = read_phone(asked.words)
        called = find(asked.words).filter(kind=case_kind(PROGRAMME)).values("object_id")
        found = found.filter(person__phone_index=phone_index(phone)) if phone else found.filter(pk__in=called)
    return found.select_related("person", "unit", "jobseeker").prefetch_related(
        Prefetch("client_tags", tags.order_by("pk"), to_attr="tags_now"),
        Prefetch("job_wishes", JobWish.objects.order_by("rank"), to_attr="wishes_now"),
        name_now(on=on),
    )


def parts_of_order(asked: JobseekerQuestion, *, on: date) -> dict[str, tuple[Q, ...]]:
    """By urgency whoever belongs to one of the first groups stands before all others. Of closed files nothing waits."""
    if asked.state == CaseState.CLOSED:
        return {}
    first = Exists(ClientTag.objects.current(on=on).filter(case=OuterRef("pk"), kind__in=FIRST_KINDS))
    return {DEFAULT_ORDER: (Q(first), ~Q(first))}


def to_row(case: Case, *, on: date) -> JobseekerRow:
    profile = getattr(case, "jobseeker", None)
    tags: list[ClientTag] = case.tags_now  # type: ignore[attr-defined]
    wishes: list[JobWish] = case.wishes_now  # type: ignore[attr-defined]
    officers: list[OfficerInCharge] = case.officers_now  # type: ignore[attr-defined]
    return JobseekerRow(
        uid=str(case.uid),
        reference=case.reference,
        name=case.person.name,
        sex=case.person.get_sex_display() if case.person.sex else "",
        age=case.person.age_on(on),
        unit_name=case.unit.short_name,
        tags=tuple(label(ClientTagKind, tag.kind) for tag in tags),
        situation=label(Situation, profile.situation_now) if profile else "",
        wishes=tuple(wish.words for wish in wishes[:3]),
        is_open=case.state == CaseState.OPEN,
        waiting_days=case.silent_days(on),
        officer=str(officers[0].officer) if officers else "",
    )


def unit_choices(actor: Actor) -> list[tuple[str, str]]:
    """Sub-districts and committees in which the actor keeps files. Values are codes: a link sent on says the same."""
    kinds = (UnitKind.SUBDISTRICT, UnitKind.COMMITTEE)
    found = Unit.objects.filter(below(actor.paths(*JOBSEEKER_ROLES), "path"), kind__in=kinds).order_by("path")
    return [
        (unit.code, ("　" if unit.kind == UnitKind.COMMITTEE else "") + unit.short_name)
        for unit in found.only("code", "kind", "short_name")
    ]


def label(choices: type[TextChoices], code: str) -> str:
    """The word for a code; a code that we do not know is shown as it is."""
    return str(choices(code).label) if code in choices else code


def paths_of(actor: Actor, code: str) -> tuple[str, ...]:
    """The unit of this code, if the actor keeps files there."""
    found = Unit.objects.filter(below(actor.paths(*JOBSEEKER_ROLES), "path"), code=code)
    return tuple(found.values_list("path", flat=True))
