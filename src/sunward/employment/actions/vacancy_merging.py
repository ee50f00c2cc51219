"""Two vacancies are one post, or two; and the one is taken apart again.

The one that goes is closed and points to the one that stays. Its sources stay where they were told and are shown with
the other's; whoever was recommended the one has been recommended the other. All of that can be taken back.

Whatever is pressed at the same moment, rows are locked in one order: the vacancies by their keys, then the pair, then
the recommendations.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.casework.recording import withdraw_facts
from sunward.core.refusals import Conflict, Refusal
from sunward.employment.access.likenesses import get_likeness, get_likeness_for_change
from sunward.employment.access.vacancies import (
    VACANCY_SUBJECT,
    changeable_vacancies,
    get_own_vacancy,
    not_yours_to_change,
    vacancy_subject,
)
from sunward.employment.actions.vacancy_recording import (
    CHANGED_MEANWHILE,
    record_vacancy,
    refuse_old,
    save_vacancy,
    standing_state,
)
from sunward.employment.enums import LikenessState, VacancyCloseReason, VacancyState
from sunward.employment.models import Recommendation, Vacancy, VacancyLikeness
from sunward.ledger.actions import NewFact, record_fact
from sunward.ledger.queries import standing_facts

MERGED, PARTED, TWO_POSTS = "employment.vacancy_merged", "employment.vacancy_parted", "employment.vacancies_differ"


@transaction.atomic
def merge_vacancies(
    *, actor: Actor, likeness_id: int, keep: UUID, versions: tuple[int, int], on: date, now: datetime
) -> Vacancy:
    """`keep` stays; `versions` are those of the pair as it was seen, in its order. Saying it twice changes nothing."""
    seen = get_likeness(actor=actor, likeness_id=likeness_id)
    keys = {seen.first.uid: seen.first_id, seen.second.uid: seen.second_id}
    if keep not in keys:
        raise Refusal("employment.keep_which", _("Say which of the two shall stay."))
    (going,) = {seen.first_id, seen.second_id} - {keys[keep]}
    rows = _lock(Q(pk__in=keys.values()) | Q(merged_into=going))
    pair = get_likeness_for_change(actor=actor, likeness_id=likeness_id)
    stays, goes = rows[keys[keep]], rows[going]
    if pair.state == LikenessState.SAME and goes.merged_into_id == stays.pk:
        return stays
    _refuse_decided(pair)
    for row, version in zip(sorted((stays, goes), key=lambda row: row.pk), versions, strict=True):
        refuse_old(row, version)
        if row.state == VacancyState.CLOSED:
            raise Conflict("employment.pair_is_closed", _("One of the two is closed. There is nothing to merge."))
    _settle(pair, LikenessState.SAME, actor, now)
    followers = [row.pk for row in rows.values() if row.merged_into_id == goes.pk]
    Vacancy.objects.filter(pk__in=followers).update(merged_into=stays)
    goes.state, goes.close_reason, goes.merged_into = VacancyState.CLOSED, VacancyCloseReason.MERGED, stays
    save_vacancy(goes, "state", "close_reason", "merged_into")
    record_vacancy(
        goes, MERGED, actor=actor, on=on, now=now, vacancy=stays.pk,
        brought={"pair": pair.pk, "followers": followers, "recommendations": _hand_over(goes, stays)},
    )  # fmt: skip
    return stays


@transaction.atomic
def tell_vacancies_apart(*, actor: Actor, likeness_id: int, on: date, now: datetime) -> VacancyLikeness:
    """They are two posts: the pair is not asked for again."""
    pair = get_likeness_for_change(actor=actor, likeness_id=likeness_id)
    if pair.state == LikenessState.DIFFERENT:
        return pair
    _refuse_decided(pair)
    _settle(pair, LikenessState.DIFFERENT, actor, now)
    first = Vacancy.objects.get(pk=pair.first_id)
    # Of the pair, not of the vacancy: an import of it can still be undone.
    record_fact(
        NewFact(
            kind=TWO_POSTS, subject_kind="vacancy_pair", subject_id=pair.pk, happened_on=on, actor_id=actor.user_id,
            unit_id=first.unit_id, unit_path=first.unit_path,
        ),
        now=now,
    )  # fmt: skip
    record_act(
        actor=actor, code=TWO_POSTS, now=now, subject=vacancy_subject(first), unit_path=first.unit_path,
        vacancy=pair.second_id, points=pair.points,
    )  # fmt: skip
    return pair


@transaction.atomic
def part_vacancies(*, actor: Actor, vacancy_id: UUID, version: int, on: date, now: datetime) -> Vacancy:
    """The merging is taken back: the one that went stands where it stood, with what it had brought along.

    Whether the two are one is a question again.
    """
    seen = get_own_vacancy(actor=actor, vacancy_id=vacancy_id)
    merged = standing_facts().filter(subject_kind=VACANCY_SUBJECT, subject_id=seen.pk, kind=MERGED)
    brought = [fact.attributes for fact in merged]
    followers = {pk for one in brought for pk in one["followers"]}
    rows = _lock(Q(pk__in={seen.pk, seen.merged_into_id, *followers} - {None}))
    goes = rows[seen.pk]
    if goes.merged_into_id is None:
        return goes
    refuse_old(goes, version)
    if goes.merged_into_id != seen.merged_into_id:
        raise Conflict(CHANGED_MEANWHILE, _("Somebody else has just changed this vacancy. Look at it again."))
    stays = rows[goes.merged_into_id]
    if not changeable_vacancies(actor).filter(pk=stays.pk).exists():
        raise not_yours_to_change()
    goes.state, goes.close_reason, goes.merged_into = standing_state(goes), "", None
    save_vacancy(goes, "state", "close_reason", "merged_into")
    for one in brought:
        Vacancy.objects.filter(pk__in=one["followers"], merged_into=stays).update(merged_into=goes)
        VacancyLikeness.objects.filter(pk=one["pair"]).update(
            state=LikenessState.OPEN, decided_by_id=0, decided_at=None
        )
        Recommendation.objects.filter(pk__in=one["recommendations"], vacancy=stays).update(vacancy=goes)
    withdraw_facts(subject=(VACANCY_SUBJECT, goes.pk), kinds=(MERGED,), now=now)
    record_act(
        actor=actor, code=PARTED, now=now, subject=vacancy_subject(goes), unit_path=goes.unit_path, vacancy=stays.pk
    )
    return goes


def _lock(wanted: Q) -> dict[int, Vacancy]:
    """All of them at once, in the order of their keys whoever presses; those that follow one of them among them.

    A pair that somebody writes down meanwhile only points to them: it need not wait (`no_key`), nor be waited for.
    """
    found = Vacancy.objects.select_for_update(of=("self",), no_key=True).filter(wanted).order_by("pk")
    return {row.pk: row for row in found}


def _refuse_decided(pair: VacancyLikeness) -> None:
    if pair.state != LikenessState.OPEN:
        raise Conflict("employment.pair_decided", _("Somebody has just decided this pair otherwise. Look at it again."))


def _settle(pair: VacancyLikeness, state: LikenessState, actor: Actor, now: datetime) -> None:
    pair.state, pair.decided_by_id, pair.decided_at = state, actor.user_id, now
    pair.save(update_fields=["state", "decided_by_id", "decided_at"])


def _hand_over(goes: Vacancy, stays: Vacancy) -> list[int]:
    """Recommendations follow; of somebody who was told of both, the one of the vacancy that stays goes on."""
    both = Recommendation.objects.filter(vacancy=stays).values("case")
    moving = list(
        Recommendation.objects.select_for_update(of=("self",))
        .filter(vacancy=goes)
        .exclude(case__in=both)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    Recommendation.objects.filter(pk__in=moving).update(vacancy=stays)
    return moving
