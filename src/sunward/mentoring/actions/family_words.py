"""What a guardian does on the family's page, and how the staff answer."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.accounts.deputies import find_deputies
from sunward.accounts.enums import Role
from sunward.accounts.queries import language_of
from sunward.casework.access import case_subject
from sunward.casework.actions.follow_ups import promise_follow_up, settle_follow_up
from sunward.casework.enums import FollowUpState
from sunward.casework.models import Case, FollowUp
from sunward.casework.recording import record_case_act
from sunward.core.refusals import NotThere, Refusal
from sunward.mentoring.access import get_child_for_change
from sunward.mentoring.actions.calling import call_of_family
from sunward.mentoring.actions.consents import write_back, write_withdrawal
from sunward.mentoring.enums import FamilyWordKind, MatchFollowUp
from sunward.mentoring.family_access import family_not_there, get_link, get_passed_link, guardian_actor
from sunward.mentoring.family_pass import make_pass
from sunward.mentoring.models import FamilyLink, FamilyWord
from sunward.mentoring.queries.withdrawals import find_withdrawal
from sunward.mentoring.rules import FAMILY_TRIES, FAMILY_UNDO_MINUTES, FAMILY_WORDS_A_DAY, FAMILY_WORDS_LENGTH
from sunward.outreach.actions.writing import write_personal
from sunward.outreach.enums import MessagePurpose
from sunward.people.enums import LegalBasis
from sunward.people.models import ConsentRecord
from sunward.people.passes import is_right
from sunward.safeguarding.enums import EmergencyKind

WORD_SUBJECT = "family_word"
# Whoever says so is answered; thanks need no answer.
TASKS = {
    FamilyWordKind.OBJECTION: MatchFollowUp.OBJECTION,
    FamilyWordKind.QUESTION: MatchFollowUp.FAMILY_QUESTION,
}


def answer_question(*, token: str, typed: str, on: date, now: datetime) -> str:
    """A pass for the right answer. A wrong one is counted, also when it is refused; too many close the page."""
    link, is_passed = _try(token=token, typed=typed, on=on, now=now)
    if is_passed:
        return make_pass(link, now=now)
    if link.failures >= FAMILY_TRIES:
        raise family_not_there()
    raise Refusal("mentoring.family_answer_wrong", _("That is not what we have on file. Please try again."))


@transaction.atomic
def _try(*, token: str, typed: str, on: date, now: datetime) -> tuple[FamilyLink, bool]:
    link = get_link(token=token, on=on)
    locked = FamilyLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    # Under the lock once more: five at the same moment are five tries.
    link = get_link(token=token, on=on)
    is_passed = is_right(link.guardian, typed)
    link.failures = 0 if is_passed else locked.failures + 1
    if is_passed:
        link.last_opened_at = now
    link.save(update_fields=["failures", "last_opened_at"])
    if not is_passed:
        record_act(
            actor=guardian_actor(on=on), code="mentoring.family_answer_wrong", now=now, subject=case_subject(link.case),
            unit_path=link.case.unit_path, link=link.pk,
        )  # fmt: skip
    return link, is_passed


@transaction.atomic
def say_word(*, token: str, shown: str, kind: FamilyWordKind, words: str, on: date, now: datetime) -> FamilyWord:
    """An objection needs no reason; a question and thanks need words. The same said twice is said once."""
    link, case = _enter(token=token, shown=shown, on=on, now=now)
    words = words.strip()[:FAMILY_WORDS_LENGTH]
    if not words and kind != FamilyWordKind.OBJECTION:
        raise Refusal("mentoring.words_missing", _("Please write down what you would like to say."))
    today = list(case.family_words.filter(guardian=link.guardian_id, said_at__gt=now - timedelta(days=1)))
    told = next((word for word in today if word.kind == kind and word.words == words), None)
    if told is not None:
        return told
    if len(today) >= FAMILY_WORDS_A_DAY:
        raise Refusal("mentoring.words_enough", _("That is a lot for one day. Please call the committee."))
    word = FamilyWord.objects.create(case=case, guardian_id=link.guardian_id, kind=kind, words=words, said_at=now)
    actor = guardian_actor(on=on)
    record_case_act(
        case, actor=actor, code=f"mentoring.family_{kind}", on=on, now=now, subject=(WORD_SUBJECT, word.pk),
        attributes={"link": link.pk},
    )  # fmt: skip
    if kind in TASKS:
        _put_on_list(case, TASKS[kind], actor=actor, on=on, now=now)
        _tell_staff(case, word, on=on, now=now)
    return word


@transaction.atomic
def withdraw_by_guardian(*, token: str, shown: str, consent_id: int, on: date, now: datetime) -> ConsentRecord:
    """Her own consent, at once, as if she had told the worker (Personal Information Protection Law, art. 15).

    Her page told her what ends with it: a second paper of hers that says the same must not keep it alive.
    """
    link, case = _enter(token=token, shown=shown, on=on, now=now)
    chosen = _get_own_consent(link, consent_id)
    same = ConsentRecord.objects.valid(on=on).filter(
        person=case.person_id, given_by=link.guardian_id, purpose=chosen.purpose, legal_basis=LegalBasis.CONSENT
    )
    # The worker may have written one of them off a moment ago: then the others are what she sees.
    others = [consent.pk for consent in same.exclude(pk=chosen.pk).order_by("pk")]
    own = [] if chosen.withdrawn_on is not None and others else [chosen.pk]
    ended = [
        write_withdrawal(case, consent_id=pk, actor=guardian_actor(on=on), on=on, now=now, attributes={"link": link.pk})
        for pk in (*own, *others)
    ]
    return ended[0]


@transaction.atomic
def take_back_withdrawal(*, token: str, shown: str, consent_id: int, on: date, now: datetime) -> None:
    """Some minutes to think again; afterwards consent is given anew, to the worker. All is as before: every paper that
    was withdrawn with this one holds again."""
    link, case = _enter(token=token, shown=shown, on=on, now=now)
    consent = _get_own_consent(link, consent_id)
    since = now - timedelta(minutes=FAMILY_UNDO_MINUTES)
    same = ConsentRecord.objects.filter(
        person=case.person_id, given_by=link.guardian_id, purpose=consent.purpose, withdrawn_on__gte=localdate(since)
    )
    others = [
        other for other in same.exclude(pk=consent.pk).order_by("pk") if find_withdrawal(other, since=since) is not None
    ]
    for one in (consent, *others):
        write_back(case, one, actor=guardian_actor(on=on), since=since, on=on, now=now, attributes={"link": link.pk})


@transaction.atomic
def call_for_help(*, token: str, shown: str, kind: EmergencyKind, on: date, now: datetime) -> None:
    """The family's two taps: the clock and the ladder are the same as for everybody."""
    link, case = _enter(token=token, shown=shown, on=on, now=now)
    call_of_family(case=case, guardian_id=link.guardian_id, kind=kind, now=now)


@transaction.atomic
def answer_word(*, actor: Actor, case_id: UUID, word_id: UUID, words: str, on: date, now: datetime) -> FamilyWord:
    """The answer stands on the family's page; what was on the list because of this word is done."""
    case = get_child_for_change(actor=actor, case_id=case_id)
    word = case.family_words.filter(uid=word_id, answered_at=None).first()
    if word is None:
        raise NotThere("mentoring.word_not_there", _("This was answered already. Look at the page again."))
    if not words.strip():
        raise Refusal("mentoring.words_missing", _("Please write down what you would like to say."))
    word.answer, word.answered_at, word.answered_by_id = words.strip()[:FAMILY_WORDS_LENGTH], now, actor.user_id
    word.save(update_fields=["answer", "answered_at", "answered_by_id"])
    record_case_act(
        case, actor=actor, code="mentoring.family_word_answered", on=on, now=now, subject=(WORD_SUBJECT, word.pk)
    )
    kind = FamilyWordKind(word.kind)
    if kind in TASKS and not case.family_words.filter(kind=kind, answered_at=None).exists():
        for task in FollowUp.objects.filter(case=case, kind=TASKS[kind], state=FollowUpState.DUE):
            settle_follow_up(task, FollowUpState.DONE, case=case, actor=actor, on=on, now=now)
    return word


def _enter(*, token: str, shown: str, on: date, now: datetime) -> tuple[FamilyLink, Case]:
    """Past the gate, with the file locked; whoever revoked the link a moment ago is heard."""
    link = get_passed_link(token=token, shown=shown, on=on, now=now)
    case = Case.objects.select_for_update(of=("self",)).select_related("person").get(pk=link.case_id)
    return get_passed_link(token=token, shown=shown, on=on, now=now), case


def _get_own_consent(link: FamilyLink, consent_id: int) -> ConsentRecord:
    own = ConsentRecord.objects.filter(person=link.case.person_id, given_by=link.guardian_id)
    consent = own.filter(pk=consent_id).first()
    if consent is None:
        raise family_not_there()
    return consent


def _put_on_list(case: Case, kind: MatchFollowUp, *, actor: Actor, on: date, now: datetime) -> None:
    if FollowUp.objects.filter(case=case, kind=kind, state=FollowUpState.DUE).exists():
        return
    with override(settings.LANGUAGE_CODE):
        note = str(kind.label)
    promise_follow_up(actor=actor, case=case, kind=kind, due_on=on, on=on, now=now, role=Role.WORKER, note=note)


def _tell_staff(case: Case, word: FamilyWord, *, on: date, now: datetime) -> None:
    """The worker, or whoever is reached for her: the file's reference and no more."""
    sentences = {
        FamilyWordKind.OBJECTION: _(
            "The family of %(reference)s does not agree with something. Please talk with them."
        ),
        FamilyWordKind.QUESTION: _("The family of %(reference)s has a question. Please answer it."),
    }
    for user in find_deputies(Role.WORKER, case.unit_path, on=on):
        with override(language_of(user_id=user.pk)):
            body = gettext(str(sentences[FamilyWordKind(word.kind)])) % {"reference": case.reference}
        write_personal(
            key=f"family-word:{word.uid}:{user.pk}", purpose=MessagePurpose.DUTY, reference=case.reference, body=body,
            unit_path=case.unit_path, now=now, user_id=user.pk, about="case", about_id=case.pk,
            path=reverse("mentoring:child_family", args=[case.uid]),
        )  # fmt: skip
