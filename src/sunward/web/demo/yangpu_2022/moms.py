"""More than fifty neighbour moms, each with a child of her own: three registers, matches by the acts, and visits."""

from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from sunward.mentoring.access import visible_children
from sunward.mentoring.actions.agreements import sign_agreement
from sunward.mentoring.actions.matches import approve_match, confirm_match, start_trial
from sunward.mentoring.models import Match, Mentor
from sunward.mentoring.vetting import read_standing
from sunward.registers.actions import Upload, carry_through, start_batch
from sunward.registers.conducting import TerminalConductor
from sunward.web.demo.rosters import write_children, write_mentors
from sunward.web.demo.yangpu_2022.stage import Stage, at

# On which day a register arrives, how many children and mentors stand in it, how many matches come of it.
REGISTERS = (
    (date(2022, 1, 7), 40, 34, 20), (date(2022, 6, 13), 36, 32, 18), (date(2022, 9, 5), 34, 30, 16),
)  # fmt: skip
DAY = timedelta(days=1)


def make_moms(stage: Stage) -> None:
    for number, (day, children, mentors, matches) in enumerate(REGISTERS, 1):
        stage.tell(f"register {number} of {len(REGISTERS)}: children and neighbour moms, {day}")
        _import(stage, number, day, children, mentors)
        _match(stage, day + 7 * DAY, matches)


def _import(stage: Stage, number: int, day: date, children: int, mentors: int) -> None:
    folder = Path(settings.HOME) / "demo-workbooks"
    folder.mkdir(parents=True, exist_ok=True)
    paths = folder / f"困境儿童台账（第{number}批）.xlsx", folder / f"邻家妈妈花名册（第{number}批）.xlsx"
    write_children(paths[0], people=stage.people, random=stage.random, on=day, count=children)
    write_mentors(paths[1], people=stage.people, random=stage.random, on=day, count=mentors)
    officer = stage.actor("officer", day)
    batch = start_batch(
        actor=officer, uploads=[Upload.of_file(path) for path in paths], judged_on=day, now=at(day, 9),
        is_background=False,
    )  # fmt: skip
    carry_through(actor=officer, batch=batch, conductor=TerminalConductor(), on=day, now=at(day, 9))


def _match(stage: Stage, day: date, wanted: int) -> None:
    """Each child with a mom of its own, of the same sub-district where there is one; approved and begun in a week."""
    officer = stage.actor("officer", day)
    free = _free(day + 30 * DAY)
    taken = set(Match.objects.values_list("case", flat=True))
    cases = [case for case in visible_children(officer).open().order_by("pk") if case.pk not in taken]
    cases = [case for case in cases if case.child.willing_to_pair][:wanted]
    if min(len(cases), len(free)) < wanted:
        raise AssertionError("there are too few children or neighbour moms in the registers")
    for number, case in enumerate(cases):
        near = next((mom for mom in free if mom.unit_path.split("/")[2] == case.unit_path.split("/")[2]), free[0])
        free.remove(near)
        with transaction.atomic():
            match = approve_match(actor=officer, case_id=case.pk, mentor_id=near.pk, on=day, now=at(day, 10))
            _begin(stage, match, day + (number % 10) * DAY, is_confirmed=number % 4 != 3)


def _begin(stage: Stage, match: Match, day: date, *, is_confirmed: bool) -> None:
    met, decided = day + 3 * DAY, day + 21 * DAY
    start_trial(
        actor=stage.actor("officer", day), match_id=match.uid, first_meeting_on=met, until_on=met + 30 * DAY, on=day,
        now=at(day, 11), agreed_times="周六下午",
    )  # fmt: skip
    if is_confirmed:
        officer = stage.actor("officer", decided)
        sign_agreement(actor=officer, match_id=match.uid, signed_on=decided, on=decided, now=at(decided, 10))
        confirm_match(actor=officer, match_id=match.uid, on=decided, now=at(decided, 11))


def _free(on: date) -> list[Mentor]:
    """Who is vetted for a while yet, and has no child."""
    taken = set(Match.objects.values_list("mentor", flat=True))
    mentors = Mentor.objects.prefetch_related("vetting_facts").exclude(unit=None).exclude(pk__in=taken).order_by("pk")
    return [mentor for mentor in mentors if read_standing(mentor.vetting_facts.all(), on=on).may_match]
