"""The small library as pages show it: what there is to learn from, one material, and what its keepers may do to it."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit
from uuid import UUID

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.accounts.access import Actor
from sunward.accounts.enums import CASEWORK_ROLES, Role
from sunward.accounts.models import Unit
from sunward.core.furniture import Text, Tone
from sunward.core.tables import Column
from sunward.mentoring.experts.enums import ExpertField, MaterialKind
from sunward.mentoring.library.access import (
    KEEPING_ROLES,
    general_questions,
    get_material,
    get_own_consent,
    kept_materials,
    learnable_materials,
    own_consents,
    readable_materials,
)
from sunward.mentoring.models import Learning, Material, Question
from sunward.mentoring.sharing.access import find_sharing_mentor

READING_ROLES = (*CASEWORK_ROLES, Role.MENTOR, Role.EXPERT)
# What waits for its keeper comes first, then what is read, the newest first, and at the end what was withdrawn.
COLUMNS = (Column("standing", _("Newest first"), ("standing", "-made_at")),)
DEFAULT_ORDER = "standing"
BEGINS = 80
_WAITS, _READ, _OVER = range(3)
_STATES: dict[int, tuple[Text, Tone]] = {
    _WAITS: (_("Not published yet"), "warn"),
    _READ: ("", "good"),
    _OVER: (pgettext_lazy("material", "Withdrawn"), "off"),
}
_ANSWERS: dict[bool | None, tuple[Text, Tone]] = {
    None: (_("Has not answered yet"), "info"),
    True: (_("Agrees"), "good"),
    False: (_("Does not agree"), "off"),
}
_ANSWERS_OF_HERS: dict[bool | None, tuple[Text, Tone]] = {
    None: (_("Waits for your answer"), "warn"),
    True: (_("You have agreed"), "good"),
    False: (_("You have said no"), "off"),
}
# Written into Chinese text, in whatever language the page is read.
_ASKED, _ANSWERED = "问：", "答："


@dataclass(frozen=True, slots=True)
class LibraryQuestion:
    """What the list is asked for."""

    words: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class MaterialRow:
    """`state` is empty for what is published: most of what one sees."""

    uid: UUID
    title: str
    field: Text
    is_link: bool
    minutes: int
    begins: str
    unit_name: str
    state: Text
    tone: Tone
    is_learnt: bool


@dataclass(frozen=True, slots=True)
class MaterialPage:
    """One material. What may be done is what the actor may do; `learnt_on` is the actor's own day."""

    uid: UUID
    version: int
    title: str
    field: Text
    words: str
    link: str
    host: str
    minutes: int
    unit_name: str
    published_on: date | None
    state: Text
    tone: Tone
    is_kept: bool
    is_withdrawn: bool
    may_publish: bool
    may_ask: bool
    consents: tuple["ConsentRow", ...]
    may_learn: bool
    may_unlearn: bool
    learnt_on: date | None


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """How one of those who wrote in a question has answered, as whoever keeps the library sees it."""

    name: str
    word: Text
    tone: Tone


@dataclass(frozen=True, slots=True)
class OwnConsentRow:
    uid: UUID
    title: str
    word: Text
    tone: Tone


@dataclass(frozen=True, slots=True)
class OwnConsentPage:
    """What somebody is asked: whether others may learn from this text. `is_given` is None until she has answered."""

    uid: UUID
    title: str
    words: str
    reference: str
    is_given: bool | None
    is_withdrawn: bool
    word: Text
    tone: Tone


def list_materials(actor: Actor, asked: LibraryQuestion) -> QuerySet[Material]:
    """Each of the words stands in the title or the text: the search box keeps the beginning of a text only."""
    found = readable_materials(actor).annotate(standing=_standing(), unit_name=_unit_name())
    found = found.annotate(is_learnt=Exists(_own_learning(actor).filter(material=OuterRef("pk"))))
    if asked.field:
        found = found.filter(field=asked.field)
    for word in asked.words.split():
        found = found.filter(Q(title__icontains=word) | Q(words__icontains=word))
    return found


def to_row(material: Material) -> MaterialRow:
    """Of those that `list_materials` finds."""
    state, tone = _STATES[material.standing]  # type: ignore[attr-defined]
    words = " ".join(material.words.split())
    return MaterialRow(
        uid=material.uid,
        title=material.title,
        field=ExpertField(material.field).label,
        is_link=material.kind == MaterialKind.LINK,
        minutes=material.minutes,
        begins=words if len(words) <= BEGINS else f"{words[:BEGINS]}…",
        unit_name=material.unit_name,  # type: ignore[attr-defined]
        state=state,
        tone=tone,
        is_learnt=material.is_learnt,  # type: ignore[attr-defined]
    )


def read_material(actor: Actor, *, material_id: UUID, on: date) -> MaterialPage:
    material = get_material(actor=actor, material_id=material_id)
    learnt_on = _own_learning(actor).filter(material=material).values_list("learnt_on", flat=True).first()
    standing = _standing_of(material)
    state, tone = _STATES[standing]
    is_kept = kept_materials(actor).filter(pk=material.pk).exists()
    is_own_text = material.kind != MaterialKind.QUESTION
    # Who wrote a question is nobody's to know who only reads what has become of it.
    consents = list(material.consents.select_related("user").order_by("pk")) if is_kept and not is_own_text else []
    all_agreed = bool(consents) and all(one.is_given for one in consents)
    return MaterialPage(
        uid=material.uid,
        version=material.version,
        title=material.title,
        field=ExpertField(material.field).label,
        words=material.words,
        link=material.link,
        host=urlsplit(material.link).hostname or "",
        minutes=material.minutes,
        unit_name=Unit.objects.filter(path=material.unit_path).values_list("name", flat=True).first() or "",
        published_on=localdate(material.published_at) if material.published_at else None,
        state=state,
        tone=tone,
        is_kept=is_kept,
        is_withdrawn=standing == _OVER,
        may_publish=is_kept and standing == _WAITS and (is_own_text or all_agreed),
        may_ask=is_kept and standing == _WAITS and not is_own_text and not consents,
        consents=tuple(ConsentRow(str(one.user), *_ANSWERS[one.is_given]) for one in consents),
        may_learn=learnt_on is None and learnable_materials(actor).filter(pk=material.pk).exists(),
        may_unlearn=learnt_on == on,
        learnt_on=learnt_on,
    )


def may_still_read(actor: Actor, *, material_id: UUID) -> bool:
    return readable_materials(actor).filter(uid=material_id).exists()


def list_homes(actor: Actor) -> list[tuple[str, str]]:
    """Whose material it may be, as choices: the units for which the actor answers."""
    paths = actor.paths(*KEEPING_ROLES)
    return list({post.unit_path: post.unit_name for post in actor.posts if post.unit_path in paths}.items())


def first_words(question: Question) -> str:
    """What a keeper begins with when she makes a question general: all that was said, in its order."""
    turns = ((_ANSWERED if one.is_expert else _ASKED, one.words) for one in question.turns.order_by("pk"))
    return "\n\n".join(f"{who}{words}" for who, words in ((_ASKED, question.words), *turns))


def may_make_general(question: Question, actor: Actor) -> bool:
    return general_questions(actor).filter(pk=question.pk).exists()


def find_made(question: Question, actor: Actor) -> UUID | None:
    """The material that a question has become, where it is the actor's to keep."""
    made = kept_materials(actor).filter(question=question, withdrawn_at=None)
    return made.values_list("uid", flat=True).first()


def list_own_consents(actor: Actor) -> tuple[OwnConsentRow, ...]:
    """What the actor is asked, what is not answered first. One query."""
    found = own_consents(actor).select_related("material").order_by("-pk")
    rows = sorted(found, key=lambda one: one.is_given is not None)
    return tuple(OwnConsentRow(one.uid, one.material.title, *_ANSWERS_OF_HERS[one.is_given]) for one in rows)


def read_own_consent(actor: Actor, *, consent_id: UUID) -> OwnConsentPage:
    consent = get_own_consent(actor=actor, consent_id=consent_id)
    material = consent.material
    word, tone = _ANSWERS_OF_HERS[consent.is_given]
    return OwnConsentPage(
        uid=consent.uid,
        title=material.title,
        words=material.words,
        reference=material.question.reference if material.question else "",
        is_given=consent.is_given,
        is_withdrawn=material.withdrawn_at is not None,
        word=word,
        tone=tone,
    )


def _own_learning(actor: Actor) -> QuerySet[Learning]:
    mentor = find_sharing_mentor(actor)
    return Learning.objects.none() if mentor is None else Learning.objects.filter(mentor=mentor)


def _standing_of(material: Material) -> int:
    if material.withdrawn_at is not None:
        return _OVER
    return _WAITS if material.published_at is None else _READ


def _standing() -> Case:
    """The database's version of `_standing_of`."""
    return Case(
        When(withdrawn_at__isnull=False, then=Value(_OVER)),
        When(published_at=None, then=Value(_WAITS)),
        default=Value(_READ),
        output_field=IntegerField(),
    )


def _unit_name() -> Coalesce:
    names = Unit.objects.filter(path=OuterRef("unit_path")).values("short_name")[:1]
    return Coalesce(Subquery(names), Value(""))
