"""Applications as pages show them: the list of those who wait, one of them, and who she may be already."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.enums import UnitKind
from sunward.accounts.models import Unit
from sunward.casework.persons import persons_of
from sunward.casework.timeline import names_of
from sunward.core.furniture import Fact, Tone
from sunward.core.tables import Column
from sunward.core.wording import join_words
from sunward.mentoring.access import PROGRAMME, visible_applications, visible_mentors
from sunward.mentoring.enums import OPEN_APPLICATION_STATES, ApplicationState, DeclineReason
from sunward.mentoring.models import MentorApplication
from sunward.mentoring.queries.child_file import SealedFact
from sunward.people.lookalikes import SIGNS, find_lookalikes
from sunward.people.masking import mask_phone
from sunward.people.registering import PersonDetails

COLUMNS = (
    Column("applied", _("Applied on"), ("-applied_at",)),
    Column("name", _("Name"), ("name",)),
    Column("unit", _("Lives in"), ("unit_path",)),
    Column("state", _("State"), ("state",)),
    Column("occupation", _("Occupation and skills")),
)
# Whoever has waited longest comes first.
DEFAULT_ORDER = "-applied"
STATE_TONES: dict[str, Tone] = {
    ApplicationState.NEW: "warn", ApplicationState.INVITED: "info", ApplicationState.ACCEPTED: "good",
    ApplicationState.DECLINED: "off", ApplicationState.WITHDRAWN: "off",
}  # fmt: skip
OPEN = "open"


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    uid: UUID
    reference: str
    name: str
    unit_name: str
    state: str
    tone: Tone
    applied_on: date
    days: int
    is_open: bool
    abilities: str


@dataclass(frozen=True, slots=True)
class ApplicationPage:
    """One application. `motive` is what she wrote herself; the telephone is masked."""

    uid: UUID
    reference: str
    name: str
    unit_name: str
    state: str
    code: str
    tone: Tone
    is_open: bool
    is_closed: bool
    facts: tuple[Fact, ...]
    sealed: tuple[SealedFact, ...]
    motive: str
    written_by: str
    why_declined: str
    decided_on: date | None
    decided_by: str
    mentor_uid: UUID | None


@dataclass(frozen=True, slots=True)
class LikelyPerson:
    """Who she may be already. Name and file are absent where they are not the actor's to see."""

    uid: UUID | None
    name: str
    place: str
    signs: str
    mentor_uid: UUID | None

    @property
    def is_eligible(self) -> bool:
        """A file can be opened for this person: nobody of another office, nobody who has one."""
        return self.uid is not None and self.mentor_uid is None


def list_applications(actor: Actor, *, state: str = OPEN, unit_path: str = "") -> QuerySet[MentorApplication]:
    found = visible_applications(actor).select_related("unit")
    if unit_path:
        found = found.filter(unit_path__startswith=unit_path)
    if state == OPEN:
        return found.filter(state__in=OPEN_APPLICATION_STATES)
    return found.filter(state=state) if state else found


def to_row(row: MentorApplication, *, on: date) -> ApplicationRow:
    applied_on = localdate(row.applied_at)
    return ApplicationRow(
        uid=row.uid,
        reference=row.reference,
        name=row.name,
        unit_name=row.unit.short_name,
        state=str(ApplicationState(row.state).label),
        tone=STATE_TONES[row.state],
        applied_on=applied_on,
        days=(on - applied_on).days,
        is_open=row.is_open,
        abilities=join_words(filter(None, (row.occupation, *map(str, row.skills)))),
    )


def read_application(row: MentorApplication, *, actor: Actor) -> ApplicationPage:
    """One query beside the gate's."""
    names = names_of(user for user in (row.recorded_by_id, row.decided_by_id) if user)
    visible = row.mentor_id and visible_mentors(actor).filter(pk=row.mentor_id).exists()
    return ApplicationPage(
        uid=row.uid,
        reference=row.reference,
        name=row.name,
        unit_name=row.unit.name,
        state=str(ApplicationState(row.state).label),
        code=row.state,
        tone=STATE_TONES[row.state],
        is_open=row.is_open,
        is_closed=row.state in (ApplicationState.DECLINED, ApplicationState.WITHDRAWN),
        facts=(
            Fact(_("Applied on"), date_format(localdate(row.applied_at), "Y-m-d")),
            Fact(_("Lives in"), row.unit.name),
            Fact(_("Occupation"), row.occupation),
            Fact(_("Skills"), join_words(row.skills)),
            Fact(_("Languages"), join_words(row.languages)),
            Fact(_("Free times"), join_words(row.slots)),
            Fact(_("Own children's ages"), join_words(row.own_children)),
        ),
        sealed=(SealedFact("phone", gettext("Telephone"), mask_phone(row.phone)),),
        motive=row.motive,
        written_by=names.get(row.recorded_by_id, ""),
        why_declined=str(DeclineReason(row.decline_reason).label) if row.decline_reason else "",
        decided_on=row.decided_on,
        decided_by=names.get(row.decided_by_id, ""),
        mentor_uid=row.mentor.uid if visible and row.mentor else None,
    )


def person_details(row: MentorApplication) -> PersonDetails:
    return PersonDetails(
        name=row.name, sex=row.sex, birth_date=row.birth_date, phone=row.phone, unit_id=row.unit_id,
        unit_path=row.unit_path,
    )  # fmt: skip


def likely_persons(actor: Actor, row: MentorApplication) -> tuple[LikelyPerson, ...]:
    """Two queries. Of a person elsewhere only the sub-district and the signs are said."""
    found = find_lookalikes(person_details(row), among=persons_of(PROGRAMME))
    ids = [one.person.pk for one in found]
    mentors = dict(visible_mentors(actor).filter(person_id__in=ids).values_list("person_id", "uid"))
    rows = []
    for one in found:
        person, unit = one.person, one.person.unit
        is_seen = any(person.unit_path.startswith(path) for path in actor.casework_paths())
        street = unit.parent if unit and unit.kind == UnitKind.COMMITTEE else unit
        rows.append(
            LikelyPerson(
                uid=person.uid if is_seen else None,
                name=person.name if is_seen else "",
                place=(unit if is_seen else street).name if unit and street else "",
                signs="、".join(str(SIGNS.get(sign, sign)) for sign in one.signs),
                mentor_uid=mentors.get(person.pk) if is_seen else None,
            )
        )
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class Street:
    """A sub-district and its committees, for whoever chooses where she lives."""

    id: int
    name: str
    committees: tuple[tuple[int, str], ...]


def list_streets() -> tuple[Street, ...]:
    """One query; open to everybody, as the names of the streets are."""
    kinds = (UnitKind.SUBDISTRICT, UnitKind.COMMITTEE)
    units = list(Unit.objects.filter(kind__in=kinds).order_by("path").values_list("pk", "name", "kind", "parent_id"))
    committees: dict[int, list[tuple[int, str]]] = {}
    for pk, name, kind, parent in units:
        if kind == UnitKind.COMMITTEE:
            committees.setdefault(parent, []).append((pk, name))
    return tuple(
        Street(pk, name, tuple(committees.get(pk, ()))) for pk, name, kind, _parent in units
        if kind == UnitKind.SUBDISTRICT
    )  # fmt: skip
