"""Hints: the same child seems to be another office's worry or file. Both sides are told to talk, neither what of."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import SYSTEM
from sunward.audit.chain import Subject
from sunward.casework.models import Case
from sunward.core.refusals import Conflict
from sunward.people.models import Guardianship, Person
from sunward.safeguarding.access.files import guarded_files
from sunward.safeguarding.access.worries import HINT_SUBJECT, get_hint_for_change, office_path, sides_of, who_answers
from sunward.safeguarding.enums import HintState
from sunward.safeguarding.hinting import Likeness, Sketch, age_now, compare, read_name
from sunward.safeguarding.models import Hint, Worry
from sunward.safeguarding.notices import Notice, NoticeKind, notices
from sunward.safeguarding.reporting import record_safeguarding_act
from sunward.safeguarding.rules import HINT_DAYS


def find_hints(worry: Worry, *, on: date, now: datetime) -> list[Hint]:
    """Compare a worry with those of other offices and with their open files; write each new pair down once.

    What two offices have been told of one child they are not told again when one of them opens a file for it.
    """
    sketch = sketch_of_worry(worry, on=on)
    if not sketch.name and not sketch.phones:
        return []
    made, files = [], set()
    for other, other_sketch in _others(worry, sketch, on=on):
        likeness = compare(sketch, other_sketch)
        if not likeness.is_enough or office_path(other.unit_path) == office_path(worry.unit_path):
            continue
        if isinstance(other, Worry) and other.case_id in files:
            continue  # the file it belongs to is told of already
        if isinstance(other, Case):
            files.add(other.pk)
            if _is_told(worry, other):
                continue
        hint = _write(worry, other, likeness, now=now)
        if hint is not None:
            made.append(hint)
    for hint in made:
        _tell(hint, on=on, now=now)
    return made


@transaction.atomic
def compare_again(*, worry_pk: int, on: date, now: datetime) -> list[Hint]:
    """With what has been opened, moved or completed elsewhere since the worry was written down.

    Nothing is locked: the worry is only read, and a pair is one hint whoever writes it.
    """
    return find_hints(Worry.objects.get(pk=worry_pk), on=on, now=now)


def sketch_of_worry(worry: Worry, *, on: date) -> Sketch:
    age = int(worry.child_age) if worry.child_age else None
    return Sketch(
        name=read_name(worry.child_name), age=age_now(age, seen_on=worry.seen_on, on=on),
        phones=frozenset({worry.phone_index} - {""}),
    )  # fmt: skip


def sketch_of_case(case: Case, *, guardians: frozenset[str], on: date) -> Sketch:
    person = case.person
    phones = guardians | ({person.phone_index} - {""})
    return Sketch(name=read_name(person.name), age=person.age_on(on), phones=frozenset(phones))


def _others(worry: Worry, sketch: Sketch, *, on: date) -> Iterator[tuple[Worry | Case, Sketch]]:
    """Whatever shares the name or a telephone, files first: no pair without one of them can be enough."""
    for case in _other_cases(worry, sketch, on=on):
        held = Guardianship.objects.current(on=on).filter(child_id=case.person_id)
        phones = frozenset(set(held.values_list("guardian__phone_index", flat=True)) - {""})
        yield case, sketch_of_case(case, guardians=phones, on=on)
    # Of what belongs to a file the file speaks.
    for other in _other_worries(worry, on=on) if worry.case_id is None else ():
        yield other, sketch_of_worry(other, on=on)


def _other_worries(worry: Worry, *, on: date) -> list[Worry]:
    same = Q()
    if worry.name_index:
        same |= Q(name_index=worry.name_index)
    if worry.phone_index:
        same |= Q(phone_index=worry.phone_index)
    since = on - timedelta(days=HINT_DAYS)
    found = Worry.objects.filter(same, seen_on__gte=since).exclude(pk=worry.pk)
    return list(found.order_by("-pk")[:50])


def _other_cases(worry: Worry, sketch: Sketch, *, on: date) -> list[Case]:
    persons = Q()
    if worry.child_name:
        persons |= Q(name__in={worry.child_name, sketch.name})
    for index in sketch.phones:
        wards = Guardianship.objects.current(on=on).filter(guardian__phone_index=index)
        persons |= Q(phone_index=index) | Q(pk__in=wards.values("child_id"))
    people = Person.objects.filter(persons, merged_into=None)
    found = guarded_files().open().filter(person__in=people).select_related("person")
    return list(found.exclude(pk=worry.case_id or 0).order_by("-pk")[:50])


def _is_told(worry: Worry, case: Case) -> bool:
    """The two sides, each a worry or the file it belongs to, were told of each other as whatever they were then."""
    mine, given_to_mine = Q(worry=worry), Q(other_worry=worry)
    if worry.case_id is not None:
        mine |= Q(worry__case=worry.case_id)
        given_to_mine |= Q(other_worry__case=worry.case_id) | Q(other_case=worry.case_id)
    theirs, given_to_theirs = Q(worry__case=case), Q(other_worry__case=case) | Q(other_case=case)
    return Hint.objects.filter(mine & given_to_theirs | theirs & given_to_mine).exists()


def _write(worry: Worry, other: Worry | Case, likeness: Likeness, *, now: datetime) -> Hint | None:
    """Each pair of two is one hint, whichever of them came first."""
    if isinstance(other, Worry):
        first, second = sorted((worry, other), key=lambda one: -one.pk)
        sides: dict[str, Worry | Case] = {"worry": first, "other_worry": second}
    else:
        sides = {"worry": worry, "other_case": other}
    hint, is_new = Hint.objects.get_or_create(
        **sides, defaults={"points": likeness.points, "reasons": list(likeness.reasons), "made_at": now}
    )
    return hint if is_new else None


def _tell(hint: Hint, *, on: date, now: datetime) -> None:
    """Each side by the reference of its own."""
    for side in sides_of(hint):
        for user in who_answers(side.unit_path, on=on):
            notice = Notice(
                key=f"hint:{hint.pk}:{side.reference}:{user.pk}", kind=NoticeKind.HINT, reference=side.reference,
                user_id=user.pk, unit_path=side.unit_path, path=reverse("safeguarding:hints"), is_urgent=False,
            )  # fmt: skip
            notices.send(sender=Hint, notice=notice, now=now)
    _record(hint, actor=SYSTEM, code="safeguarding.hint_made", on=on, now=now)


@transaction.atomic
def settle_hint(*, actor: Actor, hint_id: UUID, verdict: HintState, on: date, now: datetime) -> Hint:
    """The two have talked: the same child or not. Either side says it, both see it; saying it again changes nothing."""
    hint = get_hint_for_change(actor=actor, hint_id=hint_id)
    if hint.state == verdict:
        return hint
    if HintState.OPEN not in (hint.state, verdict):
        raise Conflict(
            "safeguarding.hint_settled", _("The two of you have settled this differently already. Load the page again.")
        )
    hint.state = verdict
    is_open = verdict == HintState.OPEN
    hint.settled_by_id, hint.settled_at = (0, None) if is_open else (actor.user_id, now)
    hint.save(update_fields=["state", "settled_by_id", "settled_at"])
    _record(hint, actor=actor, code=f"safeguarding.hint_{verdict}", on=on, now=now)
    return hint


def _record(hint: Hint, *, actor: Actor, code: str, on: date, now: datetime) -> None:
    """Under the unit of the worry: the other side is named nowhere."""
    record_safeguarding_act(
        subject=Subject(HINT_SUBJECT, hint.pk), unit_id=hint.worry.unit_id, unit_path=hint.worry.unit_path,
        actor=actor, code=code, on=on, now=now,
    )  # fmt: skip
