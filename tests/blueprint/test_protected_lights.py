"""What a line shows of a figure about persons is made of published months: drawing its way anew tells nothing else."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from difflib import unified_diff
from itertools import product
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from sunward.accounts.access import Actor
from sunward.accounts.models import Unit, User
from sunward.blueprint.actions.completing import accept_completion, claim_completion
from sunward.blueprint.actions.learning import GaugeDetails, set_gauge
from sunward.blueprint.actions.noticing import write_lights
from sunward.blueprint.actions.reporting import Report
from sunward.blueprint.enums import GaugeShape, LightColour, Rhythm
from sunward.blueprint.lights.light import Why
from sunward.blueprint.models import Checkpoint, Gauge, LightReading, WorkItem
from sunward.blueprint.queries.lights import compute_lights, read_counted, read_lights
from sunward.core import clock
from sunward.core.refusals import Refusal
from sunward.figures.declared import indicators, readers
from sunward.figures.enums import Protection
from sunward.figures.pins import month_of
from tests.blueprint.following import Cast, act, under_way
from tests.blueprint.test_line_lights import a_count, let_happen
from tests.factories import NOW, TODAY, actor_of, make_officer
from tests.figures.published.builders import OCTOBER, told

pytestmark = pytest.mark.django_db
CODE, COUNT = a_count(Protection.PERSONS)
SEPTEMBER, NOVEMBER = month_of(date(2026, 9, 1)), month_of(date(2026, 11, 1))
SUNDAY = date(2026, 11, 22)


@pytest.fixture
def cast(tmp_path: Path) -> Cast:
    return under_way(tmp_path)


def measured(cast: Cast, starts_on: date = SEPTEMBER.first, code: str = CODE, shape=GaugeShape.GROWING) -> None:
    Gauge.objects.update_or_create(
        item=cast.item, defaults={"shape": shape, "figure_code": code, "starts_on": starts_on, "set_at": NOW}
    )


def drawn(cast: Cast, *points: tuple[date, int]) -> None:
    Checkpoint.objects.filter(item=cast.item).delete()
    Checkpoint.objects.bulk_create(Checkpoint(item=cast.item, on=on, value=value) for on, value in points)


def found(cast: Cast, *, on: date = TODAY, actor: Actor | None = None):
    rows = WorkItem.objects.filter(pk=cast.item.pk)
    return read_lights(actor or cast.keeper, rows, on=on)[cast.item.pk]


def publish(*values: int | None, until: date = OCTOBER.first) -> None:
    """Of the months up to one, the newest last; None is hidden, and was 3."""
    first = until
    for value in reversed(values):
        told(CODE, Unit.objects.get(code="310110"), 3 if value is None else value, month=month_of(first),
             is_told=value is not None)  # fmt: skip
        first = month_of(first - timedelta(days=1)).first


@dataclass(frozen=True)
class Pages:
    """Everything that is shown of a line, to who keeps the plan and to who reads it."""

    clients: tuple[Client, ...]

    def read(self, cast: Cast) -> list[str]:
        addresses = [
            reverse("blueprint:work", args=[cast.item.uid]),
            *(reverse(f"blueprint:{name}", args=[cast.plan.uid]) for name in ("plan", "plan_units", "plan_stocktake")),
            "/",
        ]
        return [self.ask(client, at) for client, at in product(self.clients, addresses)]

    def ask(self, client: Client, address: str) -> str:
        answer = client.get(address)
        assert answer.status_code == 200, address
        return "\n".join(
            line for line in answer.content.decode().splitlines() if "csrf" not in line.lower() and "nonce" not in line
        )


def pages_of(*actors: Actor) -> Pages:
    clients = []
    for actor in actors:
        client = Client()
        client.force_login(User.objects.get(pk=actor.user_id), backend="django.contrib.auth.backends.ModelBackend")
        clients.append(client)
    return Pages(tuple(clients))


@pytest.mark.parametrize(("starts_on", "is_published"), [(SUNDAY, False), (OCTOBER.first, True)])
def test_drawing_the_way_anew_tells_nothing_that_is_hidden(cast, monkeypatch, starts_on, is_published):
    """Two worlds that differ in hidden numbers alone show the same, wherever the points are drawn."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    measured(cast, starts_on)
    if is_published:
        publish(5, None)
    pages = pages_of(cast.keeper, cast.district_head)

    def look() -> list[list[str]]:
        seen = []
        for guess in (1, 2, 4, 5):
            drawn(cast, (starts_on, guess), (cast.item.due_on, 12))
            with translation.override("en"):
                seen.append([*pages.read(cast), str(found(cast)), str(read_counted(cast.item, on=TODAY))])
        return seen

    let_happen(COUNT, [SUNDAY] * 1, path="/310110/310110012/")
    one_world = look()
    let_happen(COUNT, [SUNDAY] * 4 + [OCTOBER.last] * 3, path="/310110/310110012/")
    for before, after in zip(one_world, look(), strict=True):
        for page, again in zip(before, after, strict=True):
            assert list(unified_diff(page.splitlines(), again.splitlines(), n=0)) == []


def test_the_number_of_a_line_is_the_sum_of_the_months_that_are_told(cast):
    measured(cast)
    publish(5, 6)
    let_happen(COUNT, [SUNDAY] * 9, path="/310110/310110012/")
    assert read_counted(cast.item, on=TODAY) == 11
    drawn(cast, (SEPTEMBER.first, 0), (OCTOBER.last, 11), (cast.item.due_on, 12))
    assert found(cast).colour == LightColour.GREEN
    drawn(cast, (SEPTEMBER.first, 0), (OCTOBER.last, 12), (cast.item.due_on, 12))
    assert found(cast).colour != LightColour.GREEN


def test_it_is_counted_from_the_first_of_the_month_in_which_it_begins(cast):
    measured(cast, OCTOBER.first + timedelta(days=20))
    publish(50, 7)
    assert read_counted(cast.item, on=TODAY) == 7
    drawn(cast, (SEPTEMBER.first + timedelta(days=9), 0), (cast.item.due_on, 12))
    assert found(cast).light.why == Why.REACHED


@pytest.mark.parametrize(
    ("values", "why", "said"),
    [
        ((), Why.NOT_PUBLISHED, "No whole month since it is counted has been published yet."),
        ((None, 6), Why.MONTH_HIDDEN, "The number of 2026-09 is hidden, to protect persons"),
        ((20, None), Why.MONTH_HIDDEN, "The number of 2026-10 is hidden"),
        ((6,), Why.MONTH_UNPUBLISHED, "The number of 2026-09 has not been published"),
    ],
)
def test_a_month_that_is_not_told_leaves_the_light_grey_and_says_which(cast, values, why, said):
    measured(cast)
    publish(*values)
    seen = found(cast)
    assert (seen.colour, seen.light.why, seen.reached) == (LightColour.GREY, why, None)
    with translation.override("en"):
        assert seen.said.startswith(said)
    write_lights(plan_id=cast.plan.pk, on=TODAY, now=NOW)
    row = LightReading.objects.get(item=cast.item)
    assert dict(row.told).get("month", "") in said


def test_a_line_that_is_not_issued_has_no_light_of_persons_whatever_its_shape(cast):
    publish(20, 20)
    draft = WorkItem.objects.create(
        plan=cast.plan, goal=cast.item.goal, question=cast.item.question, number=77, text="新", lead=cast.item.lead,
        unit_path=cast.item.unit_path, due_on=cast.item.due_on, target_number=Decimal(12), made_at=NOW,
    )  # fmt: skip
    for shape in (GaugeShape.GROWING, GaugeShape.RATIO, GaugeShape.CALENDAR):
        Gauge.objects.update_or_create(
            item=draft, defaults={"shape": shape, "figure_code": CODE, "starts_on": SEPTEMBER.first, "set_at": NOW}
        )
        item = WorkItem.objects.get(pk=draft.pk)
        assert compute_lights([item], on=TODAY)[draft.pk].why == Why.NOT_ISSUED


def test_it_is_late_once_the_month_of_its_deadline_is_published_and_not_before(cast):
    measured(cast)
    publish(2, 3)
    WorkItem.objects.filter(pk=cast.item.pk).update(due_on=SUNDAY)
    after = NOVEMBER.last + timedelta(days=1)
    assert found(cast, on=after).light.why == Why.MONTH_UNPUBLISHED
    told(CODE, cast.plan.unit, 1, month=NOVEMBER)
    assert found(cast, on=after).light.why == Why.DEADLINE_PASSED


def test_a_closed_line_is_judged_by_the_month_in_which_it_was_done(cast):
    """Nor does the number that was once counted for it take part: it may be one that is hidden."""
    measured(cast)
    publish(5, 6)
    claim = act(claim_completion, cast.lead, cast, report=Report("统计表", None, TODAY))
    assert claim.number == 11
    act(accept_completion, cast.keeper, cast, step_id=claim.uid, text="本月尚未发布")
    assert found(cast).light.why == Why.CLOSED_UNTOLD
    told(CODE, cast.plan.unit, 4, month=NOVEMBER)
    assert found(cast, on=date(2026, 12, 5)).light.why == Why.CLOSED


def test_single_days_are_held_against_no_figure_about_persons(cast):
    version = WorkItem.objects.get(pk=cast.item.pk).version
    details = GaugeDetails(GaugeShape.CALENDAR, CODE, Rhythm.WEEK, SUNDAY)
    with pytest.raises(Refusal) as refused:
        set_gauge(actor=cast.keeper, item_id=cast.item.uid, version=version, details=details, on=TODAY, now=NOW)
    assert refused.value.code == "blueprint.gauge_only_months"
    measured(cast, shape=GaugeShape.CALENDAR)
    assert found(cast).light.why == Why.ONLY_MONTHS


def test_who_reads_the_figure_reads_the_published_sum_in_the_line_and_not_what_it_is_now(cast):
    measured(cast)
    publish(5, 6)
    let_happen(COUNT, [SUNDAY] * 9, path="/310110/310110012/")
    reader = make_officer(readers()[indicators()[CODE].programme][0], cast.plan.unit)
    assert found(cast, actor=actor_of(reader)).reached == 11
