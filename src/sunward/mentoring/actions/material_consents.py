"""A question and its answer become a material: made general by a keeper, published once all who wrote in it agree."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.accounts.models import User
from sunward.core.refusals import Conflict, Refusal
from sunward.mentoring.actions.library import MaterialSaid, take_down, write_material
from sunward.mentoring.experts.access import lock_question
from sunward.mentoring.experts.enums import MaterialKind
from sunward.mentoring.experts.known import list_known
from sunward.mentoring.library.access import (
    KEEPING_ROLES,
    general_questions,
    get_own_consent,
    kept_materials,
    lock_material,
    material_subject,
)
from sunward.mentoring.library.news import MaterialNews, MaterialNewsKind, material_news
from sunward.mentoring.models import Material, MaterialConsent, Question


@transaction.atomic
def make_general(*, actor: Actor, question_id: UUID, key: UUID, said: MaterialSaid, now: datetime) -> Material:
    """Of one question one material at a time; a withdrawn one makes room. What is known of the child cannot stay.

    It belongs where the question does: who wrote in it is not for the keepers of another district to read.
    """
    question = lock_question(among=general_questions(actor), question_id=question_id)
    if said.kind != MaterialKind.QUESTION:
        raise Refusal(
            "mentoring.material_kind", _("A question with its answer stays one. Write something new instead.")
        )
    before = Material.objects.filter(question=question).first()
    if before is not None and before.uid != key:
        if before.withdrawn_at is None:
            raise Conflict(
                "mentoring.material_made", _("This question has become a material already. Open it in the library.")
            )
        Material.objects.filter(pk=before.pk).update(question=None)
    known = list_known(question.case, on=localdate(now))
    path = next(path for path in actor.paths(*KEEPING_ROLES) if question.unit_path.startswith(path))
    return write_material(actor=actor, key=key, said=said, now=now, question=question, known=known, unit_path=path)


@transaction.atomic
def ask_for_consent(*, actor: Actor, material_id: UUID, version: int, now: datetime) -> Material:
    """Everybody who wrote in it is asked about this very text: from now on it does not change. Asked once each."""
    material = lock_material(among=kept_materials(actor), material_id=material_id)
    if material.consents.exists():
        return material
    if material.version != version or material.withdrawn_at is not None:
        raise Conflict(
            "mentoring.material_changed", _("Somebody has changed this in the meantime. Load the page again.")
        )
    if material.question is None:
        raise Refusal(
            "mentoring.material_of_no_question", _("There is no question behind this any more. Write it anew.")
        )
    for user_id in _writers(material.question):
        consent = MaterialConsent.objects.create(material=material, user_id=user_id, asked_at=now)
        _tell_writer(consent, material.question, now=now)
    _record(material, "asked", actor=actor, now=now)
    return material


@transaction.atomic
def answer_consent(*, actor: Actor, consent_id: UUID, is_given: bool, now: datetime) -> MaterialConsent:
    """Yes or no, and changed as often as she likes: with a no it is read by nobody from that moment."""
    consent = get_own_consent(actor=actor, consent_id=consent_id)
    # Publishing holds the same row: either it sees the no, or the no finds it published and takes it down.
    material = Material.objects.select_for_update(of=("self",)).get(pk=consent.material_id)
    consent = get_own_consent(actor=actor, consent_id=consent_id)
    if consent.is_given == is_given:
        return consent
    consent.is_given, consent.answered_at = is_given, now
    consent.save(update_fields=["is_given", "answered_at"])
    _record(material, "given" if is_given else "refused", actor=actor, now=now)
    if not is_given and material.published_at is not None and material.withdrawn_at is None:
        take_down(material, actor=actor, now=now)
        _tell_keeper(material, MaterialNewsKind.TAKEN_DOWN, now=now)
    elif material.published_at is None and not material.consents.filter(is_given=None).exists():
        _tell_keeper(material, MaterialNewsKind.ALL_ANSWERED, now=now)
    return consent


def _writers(question: Question) -> list[int]:
    """Whoever asked, whoever answered, and whoever added a word."""
    return sorted({question.asked_by_id, *question.turns.values_list("by_id", flat=True)})


def _tell_writer(consent: MaterialConsent, question: Question, *, now: datetime) -> None:
    path = reverse("mentoring:material_consent", args=[consent.uid])
    key = f"material_consent:{consent.uid}"
    _send(MaterialNewsKind.ASKED, question, user_id=consent.user_id, key=key, path=path, now=now)


def _tell_keeper(material: Material, kind: MaterialNewsKind, *, now: datetime) -> None:
    """Whoever has made it, on whom it waits. What has been said stands on its page; nobody is named here."""
    if material.question is not None:
        key = f"material_{kind}:{material.uid}:{material.version}"
        path = reverse("mentoring:material", args=[material.uid])
        _send(kind, material.question, user_id=material.made_by_id, key=key, path=path, now=now)


def _send(
    kind: MaterialNewsKind, question: Question, *, user_id: int, key: str, path: str, now: datetime
) -> None:  # fmt: skip
    if User.objects.filter(pk=user_id, is_active=True).exists():
        news = MaterialNews(key, kind, question.reference, user_id, question.unit_path, path)
        material_news.send(sender=MaterialConsent, news=news, now=now)


def _record(material: Material, step: str, *, actor: Actor, now: datetime) -> None:
    record_act(
        actor=actor, code=f"mentoring.material_consent_{step}", now=now, subject=material_subject(material),
        unit_path=material.unit_path,
    )  # fmt: skip
