"""The ledger of neighbour moms, and who of them needs her vetting renewed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.core.furniture import Tone
from sunward.core.search.index import find
from sunward.core.tables import Column
from sunward.core.wording import join_words
from sunward.core.workbooks import Cell
from sunward.mentoring.access import visible_matches, visible_mentors
from sunward.mentoring.enums import LIVE_STATES, MentorKind, MentorState, VettingResult
from sunward.mentoring.finding import MENTOR_KIND
from sunward.mentoring.models import Match, Mentor, VettingFact, VettingQuerySet
from sunward.mentoring.queries.children import label
from sunward.mentoring.vetting import REQUIRED_TO_MATCH, WARN_DAYS, WARN_STEPS, VettingStanding, read_standing

COLUMNS = (
    Column("name", _("Neighbour mom"), ("person__name_key",)),
    Column("kind", _("Kind")),
    Column("unit", _("Committee"), ("unit_path",)),
    Column("state", _("State"), ("state",)),
    Column("vetting", _("Vetting")),
    Column("places", _("Places"), ("-free_places",), "number"),
    Column("skills", _("Occupation and skills")),
    Column("children", _("Her children")),
)
DEFAULT_ORDER = "name"
STATE_TONES: dict[str, Tone] = {
    MentorState.APPLIED: "info", MentorState.ACTIVE: "good", MentorState.RESTING: "warn", MentorState.LEFT: "off",
}  # fmt: skip

WARN_TONES: dict[int, Tone] = dict(zip(WARN_STEPS, ("info", "warn", "urgent"), strict=True))


@dataclass(frozen=True, slots=True)
class MentorRow:
    """One line of the ledger; `vetting_word` says whether she may be matched today."""

    id: int
    unit_path: str
    uid: str
    reference: str
    name: str
    kind: str
    unit_name: str
    state: str
    state_tone: Tone
    vetting_word: str
    vetting_tone: Tone
    expires_on: date | None
    used: int
    capacity: int
    occupation: str
    skills: tuple[str, ...]
    children: tuple[str, ...]

    @property
    def abilities(self) -> str:
        return join_words(filter(None, (self.occupation, *self.skills)))

    @property
    def children_text(self) -> str:
        return join_words(self.children)


@dataclass(frozen=True, slots=True)
class MentorQuestion:
    """What the list is asked for; `vetting`: ready, expiring or lacking."""

    words: str = ""
    unit_path: str = ""
    kind: str = ""
    state: str = ""
    vetting: str = ""
    has_place: bool | None = None


def ask_mentors(actor: Actor, asked: MentorQuestion, *, on: date) -> QuerySet[Mentor]:
    live = Match.objects.live().filter(mentor=OuterRef("pk")).order_by().values("mentor")
    # Counted for the rows that are shown or asked for, not for every mentor before the page is cut.
    used = Coalesce(Subquery(live.annotate(number=Count("pk")).values("number")), 0)
    found = visible_mentors(actor).annotate(used=used, free_places=F("capacity") - F("used"))
    if asked.unit_path:
        found = found.filter(unit_path__startswith=asked.unit_path)
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.state:
        found = found.filter(state=asked.state)
    if asked.has_place is not None:
        found = found.filter(free_places__gt=0) if asked.has_place else found.filter(free_places__lte=0)
    if asked.words:
        found = found.filter(pk__in=find(asked.words).filter(kind=MENTOR_KIND).values("object_id"))
    return with_vetting(found, asked.vetting, on=on) if asked.vetting else found


def with_vetting(found: QuerySet[Mentor], wanted: str, *, on: date) -> QuerySet[Mentor]:
    """Narrows to ``ready``, ``expiring`` (ready, but not for ninety days more) or ``lacking``.

    The database's version of `vetting.read_standing`; a test holds the two against each other. It starts from the few
    facts that answer the question, not from every mentor.
    """
    newest = _newest(on)
    ready = ~Q(pk__in=newest.filter(result=VettingResult.UNFIT).values("mentor"))
    for kind in REQUIRED_TO_MATCH:
        ready &= Q(pk__in=newest.of_kind(kind).valid(on=on).values("mentor"))
    if wanted == "lacking":
        return found.exclude(ready)
    if wanted == "ready":
        return found.filter(ready)
    ending = newest.filter(kind__in=REQUIRED_TO_MATCH, expires_on__lte=on + timedelta(days=WARN_DAYS))
    return found.filter(ready, pk__in=ending.valid(on=on).values("mentor"))


def _newest(on: date) -> VettingQuerySet:
    """Of each mentor and kind the newest fact known by the day: no other is newer."""
    known = VettingFact.objects.filter(happened_on__lte=on)
    later = Q(happened_on__gt=OuterRef("happened_on")) | Q(happened_on=OuterRef("happened_on"), pk__gt=OuterRef("pk"))
    return known.exclude(Exists(known.filter(later, mentor=OuterRef("mentor"), kind=OuterRef("kind"))))


def list_expiring(actor: Actor, *, on: date) -> QuerySet[Mentor]:
    """Active mentors of the actor's units whose vetting ends within ninety days, for lists and notices."""
    return with_vetting(visible_mentors(actor).filter(state=MentorState.ACTIVE), "expiring", on=on)


def list_mentors(actor: Actor, asked: MentorQuestion, *, on: date) -> QuerySet[Mentor]:
    """Fetches along what a row shows: two queries more, however many rows. A child elsewhere stays without a name."""
    return (
        ask_mentors(actor, asked, on=on)
        .select_related("person", "unit")
        .prefetch_related(
            "vetting_facts",
            Prefetch(
                "matches",
                visible_matches(actor).filter(state__in=LIVE_STATES).select_related("case__person").order_by("pk"),
                to_attr="live_matches",
            ),
        )
    )


def to_row(mentor: Mentor, *, on: date) -> MentorRow:
    word, tone = judge(mentor, read_standing(mentor.vetting_facts.all(), on=on))
    return MentorRow(
        id=mentor.pk,
        unit_path=mentor.unit_path,
        uid=str(mentor.uid),
        reference=mentor.reference,
        name=mentor.person.name,
        kind=label(MentorKind, mentor.kind),
        unit_name=mentor.unit.short_name if mentor.unit else "",
        state=label(MentorState, mentor.state),
        state_tone=STATE_TONES[mentor.state],
        vetting_word=word,
        vetting_tone=tone,
        expires_on=read_standing(mentor.vetting_facts.all(), on=on).expires_first_on,
        used=mentor.used,  # type: ignore[attr-defined]
        capacity=mentor.capacity,
        occupation=mentor.occupation,
        skills=tuple(map(str, mentor.skills)),
        children=tuple(match.case.person.name for match in mentor.live_matches),  # type: ignore[attr-defined]
    )


def judge(mentor: Mentor, standing: VettingStanding) -> tuple[str, Tone]:
    """What her vetting comes to, in a word."""
    if standing.warn_step is not None and standing.may_match:
        return str(_("Expires soon")), WARN_TONES[standing.warn_step]
    if standing.may_match:
        return str(_("Complete")), "good"
    states = {step.state for step in standing.missing}
    if "unfit" in states:
        return str(_("Unfit")), "off"
    return (str(_("Expired")), "urgent") if "expired" in states else (str(_("Not complete")), "info")


EXPORT_HEADS = (
    _("File"), _("Neighbour mom"), _("Kind"), _("Committee"), _("State"), _("Vetting"), _("Valid until"),
    _("Children now"), _("Children she can take"), _("Occupation"), _("Skills"),
)  # fmt: skip


def export_cells(row: MentorRow) -> tuple[Cell, ...]:
    return (
        row.reference, row.name, row.kind, row.unit_name, row.state, row.vetting_word, row.expires_on, row.used,
        row.capacity, row.occupation, join_words(row.skills),
    )  # fmt: skip


def export_rows(found: QuerySet[Mentor], *, on: date) -> Iterator[MentorRow]:
    for mentor in found.order_by("person__name_key", "pk").iterator(chunk_size=1000):
        yield to_row(mentor, on=on)
