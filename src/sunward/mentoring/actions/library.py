"""The small library: supervisors and officers write, publish and withdraw what others learn from."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.accounts.models import User
from sunward.core.refusals import Conflict, Refusal
from sunward.core.search.index import forget, index
from sunward.mentoring.experts.clearing import clear
from sunward.mentoring.experts.enums import ExpertField, MaterialKind
from sunward.mentoring.experts.known import list_known
from sunward.mentoring.experts.one_text import JOIN_LENGTH, join_text, part_text
from sunward.mentoring.finding import MATERIAL_KIND, findable_material
from sunward.mentoring.library.access import (
    keeping_path,
    kept_materials,
    lock_material,
    material_not_there,
    material_subject,
)
from sunward.mentoring.library.rules import MINUTES_AT_MOST, TITLE_LENGTH, WORDS_LENGTH, check_link
from sunward.mentoring.models import Material, Question
from sunward.people.screening import FindingKind, Known, screen

SAVED_ALREADY = "mentoring.material_written"
# What somebody says of a material, and `_fill` puts into it.
_SAID = ("kind", "field", "title", "words", "link", "minutes")


@dataclass(frozen=True, slots=True)
class MaterialSaid:
    """What a material holds.

    Of the marked words the writer says that those `kept` name nobody, and that neutral words stand for those `changed`.
    """

    kind: MaterialKind
    field: ExpertField
    title: str
    words: str = ""
    link: str = ""
    minutes: int = 10
    kept: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()


@transaction.atomic
def write_material(
    *, actor: Actor, key: UUID, said: MaterialSaid, now: datetime, question: Question | None = None,
    known: Collection[Known] = (), unit_path: str = "",
) -> Material:  # fmt: skip
    """Nobody but those who keep it reads it yet. The same key twice is one material; with other words it is not taken
    for the first.

    `unit_path` is for whoever answers for several units: whose material it is.
    """
    path = keeping_path(actor, asked=unit_path)
    if not path:
        raise material_not_there()
    # Two presses at the same moment wait for each other.
    User.objects.select_for_update(of=("self",)).filter(pk=actor.user_id).first()
    saved = Material.objects.filter(uid=key).first()
    if saved is not None:
        if saved.made_by_id != actor.user_id:
            raise material_not_there()
        _refuse_other_words(saved, said, known=known, path=path)
        return saved
    material = Material(uid=key, unit_path=path, question=question, made_by_id=actor.user_id, made_at=now)
    _fill(material, said, known=known)
    material.save()
    _record(material, "written", actor=actor, now=now)
    return material


@transaction.atomic
def change_material(
    *, actor: Actor, material_id: UUID, version: int, said: MaterialSaid, now: datetime, known: Collection[Known] = ()
) -> Material:
    """Also once it is published. Those who agreed to a text agreed to that text: it is not changed behind them."""
    material = lock_material(among=kept_materials(actor), material_id=material_id)
    if material.version != version:
        raise Conflict(
            "mentoring.material_changed", _("Somebody has changed this in the meantime. Load the page again.")
        )
    if MaterialKind.QUESTION in (material.kind, said.kind) and material.kind != said.kind:
        raise Refusal(
            "mentoring.material_kind", _("A question with its answer stays one. Write something new instead.")
        )
    if material.consents.exists():
        raise Refusal(
            "mentoring.material_agreed_to",
            _("Those who wrote it have been asked about this very text. Withdraw it and write it anew."),
        )
    # What is known of the child whom a question was about stays out, however often its material is changed.
    about = list_known(material.question.case, on=localdate(now)) if material.question else ()
    _fill(material, said, known=(*known, *about))
    _save(material)
    _record(material, "changed", actor=actor, now=now)
    return material


@transaction.atomic
def publish_material(*, actor: Actor, material_id: UUID, version: int, now: datetime) -> Material:
    """By somebody who has read this very version; a question only once all who wrote in it have agreed."""
    material = lock_material(among=kept_materials(actor), material_id=material_id)
    if material.published_at is not None and material.withdrawn_at is None:
        return material
    if material.version != version or material.withdrawn_at is not None:
        raise Conflict(
            "mentoring.material_changed", _("Somebody has changed this in the meantime. Load the page again.")
        )
    _refuse_without_consent(material)
    material.published_at = now
    _save(material)
    _record(material, "published", actor=actor, now=now)
    return material


@transaction.atomic
def withdraw_material(*, actor: Actor, material_id: UUID, now: datetime) -> Material:
    """Nobody but those who keep it reads it from then on; what was learned from it stays learned."""
    material = lock_material(among=kept_materials(actor), material_id=material_id)
    take_down(material, actor=actor, now=now)
    return material


def take_down(material: Material, *, actor: Actor, now: datetime) -> None:
    """For acts that have judged and locked the row: whoever takes her consent back keeps no library."""
    if material.withdrawn_at is None:
        material.withdrawn_at = now
        _save(material)
        _record(material, "withdrawn", actor=actor, now=now)


@transaction.atomic
def put_back_material(*, actor: Actor, material_id: UUID, now: datetime) -> Material:
    """As it was before it was withdrawn: published, or not yet."""
    material = lock_material(among=kept_materials(actor), material_id=material_id)
    if material.withdrawn_at is None:
        return material
    if material.published_at is not None:
        _refuse_without_consent(material)
    material.withdrawn_at = None
    _save(material)
    _record(material, "put_back", actor=actor, now=now)
    return material


def _refuse_other_words(saved: Material, said: MaterialSaid, *, known: Collection[Known], path: str) -> None:
    """Sent again from a page that had been left open, after something in it was changed: no word of it may be lost."""
    if saved.unit_path != path:
        raise Refusal(
            "mentoring.material_elsewhere", _("It is saved already, for another unit. Withdraw it there first.")
        )
    again = Material()
    _fill(again, said, known=known)
    if any(getattr(again, name) != getattr(saved, name) for name in _SAID):
        raise Conflict(
            SAVED_ALREADY, _("This is saved already, with other words. If you save now, yours take their place.")
        )


def _fill(material: Material, said: MaterialSaid, *, known: Collection[Known]) -> None:
    """Title and words are searched as one text, the title its first line: one look at the marks is enough."""
    title = " ".join(said.title.split())
    if not title:
        raise Refusal("mentoring.material_untitled", _("Give it a short title."))
    if said.kind != MaterialKind.LINK and not said.words.strip():
        raise Refusal("mentoring.material_empty", _("Write what there is to learn."))
    if not 1 <= said.minutes <= MINUTES_AT_MOST:
        raise Refusal(
            "mentoring.material_minutes",
            _("Say how many minutes it takes, %(most)d at most.") % {"most": MINUTES_AT_MOST},
        )
    link = _check_link(said.link) if said.kind == MaterialKind.LINK else ""
    text, limit = join_text(title, said.words.strip()), JOIN_LENGTH + WORDS_LENGTH + TITLE_LENGTH
    cleared = clear(text, known=known, kept=said.kept, changed=said.changed, limit=limit)
    title, words = part_text(cleared.words)
    if len(title) > TITLE_LENGTH:
        raise Refusal("mentoring.material_title_long", _("The title is too long. Shorten it a little."))
    material.kind, material.field, material.title, material.words = said.kind, said.field, title, words
    material.link, material.minutes = link, said.minutes


def _check_link(link: str) -> str:
    link = check_link(link)
    # Within an address the search of a text takes no number for anybody's.
    numbers = "，".join(re.findall(r"\d+[Xx]?", link))
    if any(found.kind in (FindingKind.PHONE, FindingKind.ID_NUMBER) for found in screen(numbers)):
        raise Refusal(
            "mentoring.material_link_numbers",
            _("This address holds a number like a telephone's or a document's. Look for one without it."),
        )
    return link


def _refuse_without_consent(material: Material) -> None:
    if material.kind != MaterialKind.QUESTION:
        return
    answers = list(material.consents.values_list("is_given", flat=True))
    if not answers or not all(answers):
        raise Refusal(
            "mentoring.material_without_consent", _("Not everybody who wrote in this question has agreed. It waits.")
        )


def _save(material: Material) -> None:
    material.version += 1
    material.save()
    if material.published_at is not None and material.withdrawn_at is None:
        index([findable_material(material)])
    else:
        forget(MATERIAL_KIND, [material.pk])


def _record(material: Material, step: str, *, actor: Actor, now: datetime) -> None:
    record_act(
        actor=actor, code=f"mentoring.material_{step}", now=now, subject=material_subject(material),
        unit_path=material.unit_path,
    )  # fmt: skip
