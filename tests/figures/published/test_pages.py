"""What leaders and officers read of published months: which units, which numbers, in how many queries."""

import re
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from sunward.accounts.enums import Role, UnitKind
from sunward.accounts.preferences import set_language
from sunward.core import clock
from sunward.figures.actions.months import publish_month
from sunward.figures.declared import indices
from sunward.figures.pins import month_of
from sunward.figures.queries.dashboard import Asked, read_dashboard
from sunward.figures.queries.published import CellState
from tests.factories import actor_of, make_committee, make_district, make_officer, make_subdistrict, make_unit
from tests.figures.bulletin_builders import FAIRS, SERVICES, held_fairs, make_streets, served
from tests.figures.published.builders import AT, OCTOBER, YEAR_BEFORE, told

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 25))


def signed_in(user, language="en"):
    set_language(user_id=user.pk, language=language)
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def page(client, name, *args, **said):
    answer = client.get(reverse(f"figures:{name}", args=args), said)
    assert answer.status_code == 200
    return answer.content.decode()


def words_of(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_a_leader_reads_the_month_beside_the_one_a_year_before():
    told(SERVICES, make_district(), 120)
    told(SERVICES, make_district(), 90, month=YEAR_BEFORE)
    read = words_of(page(signed_in(make_officer(Role.LEADER)), "dashboards", programme="employment"))
    assert "120 2026-10" in read
    assert "90 (+30)" in read
    assert "as known on 2026-11-05" in read
    assert "The next month is published on 2026-12-05" in read


def test_what_is_hidden_is_said_to_be_hidden_and_its_number_stands_nowhere():
    street = make_subdistrict()
    told(SERVICES, make_district(), 120)
    told(SERVICES, street, 3, is_told=False)
    for name, args in (("dashboards", ()), ("leadership", ()), ("published", (SERVICES,))):
        html = page(signed_in(make_officer(Role.LEADER)), name, *args, programme="employment", figure=SERVICES)
        assert "hidden" in words_of(html)
        assert not re.search(r">\s*3\s*<", html)


def test_a_leader_of_a_sub_district_reads_her_row_and_no_other():
    streets = make_streets()
    told(SERVICES, make_district(), 777)
    for place, street in enumerate(streets.values()):
        told(SERVICES, street, 551 + place)
    client = signed_in(make_officer(Role.LEADER, streets["310110012"]))
    for name, args in (("dashboards", ()), ("leadership", ()), ("published", (SERVICES,))):
        read = words_of(page(client, name, *args, programme="employment"))
        assert "551" in read
        assert not {"552", "553", "777"} & set(read.split())


def test_an_officer_goes_down_to_a_committee_as_known_now_and_a_leader_stops_above_it():
    street, committee = make_subdistrict(), make_committee()
    make_committee("310110012002", name="第二居委会")
    told(SERVICES, street, 40)
    served(committee, 3, now=datetime(2026, 11, 20, tzinfo=UTC))
    officer = signed_in(make_officer(Role.EMPLOYMENT_OFFICER, street))
    above = words_of(page(officer, "dashboards", programme="employment", unit=street.code)).partition("By committee")[2]
    assert re.search(r"控江路街道 3 .*第一居委会 3 .*第二居委会 0", above)
    here = words_of(page(officer, "dashboards", programme="employment", unit=committee.code))
    assert "Services rendered 3 2026-10" in here
    leader = signed_in(make_officer(Role.LEADER, street))
    assert "By committee" not in page(leader, "dashboards", programme="employment", unit=street.code)
    asked = {"programme": "employment", "unit": committee.code}
    assert leader.get(reverse("figures:dashboards"), asked).status_code == 404


@pytest.mark.parametrize("kind", [UnitKind.COMMITTEE, UnitKind.SERVICE_POINT])
def test_whoever_has_a_post_below_a_sub_district_alone_begins_with_what_is_counted_there(kind):
    street = make_subdistrict()
    own = make_unit("310110012P01", name="乐业空间", kind=kind, parent=street)
    other = make_unit("310110012P02", name="另一处", kind=kind, parent=street)
    told(SERVICES, street, 40)
    served(own, 3, now=datetime(2026, 11, 20, tzinfo=UTC))
    officer = signed_in(make_officer(Role.EMPLOYMENT_OFFICER, own))
    here = words_of(page(officer, "dashboards", programme="employment"))
    assert "Services rendered 3 2026-10" in here
    assert "40" not in here.split()
    for code in (street.code, other.code):
        assert officer.get(reverse("figures:dashboards"), {"programme": "employment", "unit": code}).status_code == 404


def test_what_needs_time_stands_beside_a_year_before_on_the_page_of_a_committee():
    """The newest settled month lies earlier than the month asked for, and so does the one a year before it."""
    committee = make_committee()
    told(SERVICES, make_subdistrict(), 40)
    asked = Asked("mentoring", counted_on=clock.today())
    actor = actor_of(make_officer(Role.SUPERVISOR, committee))
    found = read_dashboard(actor=actor, unit=committee, asked=asked)
    cards = [card for index in found.indices for card in index.cards]
    assert {card.month for card in cards} == {OCTOBER.first, date(2026, 8, 1)}
    for card in cards:
        cells = [card.before, *(dot.cell for dot in card.trend.dots)]
        assert not {cell.state for cell in cells} & {CellState.NEVER, CellState.LATER}, card.code


def test_a_wall_counts_nothing_of_committees_even_for_those_who_keep_their_files():
    street, committee = make_subdistrict(), make_committee()
    told(SERVICES, street, 40)
    served(committee, 7)
    officer = signed_in(make_officer(Role.EMPLOYMENT_OFFICER, street))
    assert "第一居委会" not in page(officer, "leadership", unit=street.code)


def test_no_name_of_a_person_and_no_live_number_stands_on_the_wall():
    street = make_streets()["310110012"]
    served(street, 44)
    publish_month(district_id=make_district().pk, month=OCTOBER, on=AT.date(), now=AT)
    served(street, 50, on=date(2026, 10, 30), now=datetime(2026, 11, 20, tzinfo=UTC), first=900)
    read = words_of(page(signed_in(make_officer(Role.LEADER)), "leadership"))
    assert "44" in read
    assert "94" not in read


def test_a_wall_that_is_up_is_touched_only_when_there_is_something_new():
    told(SERVICES, make_district(), 120)
    client = signed_in(make_officer(Role.LEADER))
    html = page(client, "leadership")
    digest = re.search(r'"digest": "([0-9a-f]{16})"', html)[1]
    asked = {"digest": digest, "unit": make_district().code}
    again = client.get(reverse("figures:leadership"), asked, headers={"HX-Request": "true"})
    assert (again.status_code, again.content) == (204, b"")
    told(SERVICES, make_district(), 130, month=month_of(date(2026, 11, 1)))
    changed = client.get(reverse("figures:leadership"), asked, headers={"HX-Request": "true"})
    assert changed.status_code == 200
    whole = page(client, "leadership")
    assert changed.content.decode().strip() in whole


def test_what_people_said_stands_with_how_many_answered_and_how_sure_that_is():
    told("employment.course_satisfaction", make_district(), "4.2", base=30)
    told("employment.course_attendances", make_district(), 60)
    leader = make_officer(Role.LEADER)
    read = words_of(page(signed_in(leader), "dashboards", programme="employment"))
    assert "30 answers to 60 attendances: 50.0%" in read
    assert "between 3.5 and 4.7" in read
    assert "到场60人次，收到30份回答：50.0%" in page(signed_in(leader, "zh-hans"), "dashboards", programme="employment")


def test_without_colour_and_script_every_number_of_the_map_stands_in_it_and_in_the_table():
    streets = make_streets()
    for place, street in enumerate(streets.values()):
        told(FAIRS, street, 41 + place)
    html = page(signed_in(make_officer(Role.LEADER)), "dashboards", programme="employment", figure=FAIRS)
    drawn = re.search(r'<svg class="dash-map".*?</svg>', html, re.DOTALL)[0]
    table = html.partition('id="streets-title"')[2]
    for number in ("41", "42", "43"):
        assert number in words_of(drawn).split()
        assert number in words_of(table).split()


def test_unasked_the_map_shows_the_figure_that_says_most_of_the_sub_districts():
    streets = make_streets()
    told(SERVICES, make_district(), 120)
    for street in streets.values():
        told(SERVICES, street, 3, is_told=False)
        told(FAIRS, street, 4)
    leader = signed_in(make_officer(Role.LEADER))
    for name in ("dashboards", "leadership"):
        assert "Job fairs held" in heading(page(leader, name, programme="employment"), "map-title")
    asked = heading(page(leader, "leadership", figure=SERVICES), "map-title")
    assert "Services rendered" in asked


def heading(html, name):
    return re.search(rf'<h2[^>]*id="(?:wall-)?{name}"[^>]*>(.*?)</h2>', html)[1]


def test_the_map_has_a_key_of_what_its_shades_tell_and_names_what_is_hidden():
    first, second, *_rest = make_streets().values()
    told(SERVICES, make_district(), 120)
    told(SERVICES, first, 40)
    told(SERVICES, second, 3, is_told=False)
    html = page(signed_in(make_officer(Role.LEADER)), "leadership", figure=SERVICES)
    key = re.search(r'<ul class="dash-key".*?</ul>', html, re.DOTALL)[0]
    assert words_of(key).split() == ["40", "hidden"]


def test_each_month_of_a_line_is_told_below_it_and_a_hidden_one_without_its_number():
    told(SERVICES, make_district(), 120)
    told(SERVICES, make_district(), 3, month=month_of(date(2026, 9, 1)), is_told=False)
    html = page(signed_in(make_officer(Role.LEADER)), "leadership")
    readings = next(one for one in re.findall(r'<ol class="dash-readings".*?</ol>', html, re.DOTALL) if "120" in one)
    assert words_of(readings).split()[-4:] == ["2026-09", "hidden", "2026-10", "120"]


def test_an_officer_is_led_to_the_live_figure_and_a_leader_is_not():
    told(SERVICES, make_district(), 120)
    live = f"{reverse('figures:figure', args=[SERVICES])}?"
    assert live in page(signed_in(make_officer(Role.EMPLOYMENT_OFFICER)), "published", SERVICES)
    assert live not in page(signed_in(make_officer(Role.LEADER)), "published", SERVICES)


def test_what_needs_time_shows_its_own_month_and_says_that_later_ones_are_open():
    told("employment.hired_in_90_days", make_district(), "62.5", month=month_of(date(2026, 7, 1)))
    told(FAIRS, make_district(), 1)
    read = words_of(page(signed_in(make_officer(Role.LEADER)), "published", "employment.hired_in_90_days"))
    assert "62.5%" in read
    assert "open" in read.split()


@pytest.mark.parametrize("said", [{"month": "x"}, {"month": "1066-01"}, {"month": "2026-13"}, {"figure": "nothing"}])
def test_what_cannot_be_understood_in_the_address_is_ignored(said):
    told(SERVICES, make_district(), 120)
    assert "120" in words_of(page(signed_in(make_officer(Role.LEADER)), "dashboards", programme="employment", **said))


@pytest.mark.parametrize("name", ["dashboards", "leadership"])
def test_before_the_first_publication_a_page_says_so(name):
    for user in (make_officer(Role.LEADER), make_officer(Role.EMPLOYMENT_OFFICER, make_committee())):
        assert "Nothing was published yet" in page(signed_in(user), name)


@pytest.mark.parametrize(("name", "most"), [("dashboards", 12), ("leadership", 18), ("published", 12)])
def test_a_page_takes_as_many_queries_for_twelve_units_as_for_one(name, most):
    client = signed_in(make_officer(Role.LEADER))
    address = reverse(f"figures:{name}", args=[SERVICES] if name == "published" else [])
    asked = []
    for codes in (["310110012"], [f"3101100{place}" for place in range(20, 31)]):
        for code in codes:
            told(SERVICES, make_subdistrict(code, name=f"街道{code}"), 50)
            held_fairs(make_subdistrict(code), 1)
        client.get(address)  # what only a first page asks, it asks here
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address, {"programme": "employment"}).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1] <= most


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_all_three_indices_stand_there_in_both_languages(language):
    told(SERVICES, make_district(), 120)
    with translation.override(language):
        read = page(signed_in(make_officer(Role.LEADER), language), "dashboards", programme="employment")
        for index in indices()["employment"]:
            assert str(index.kind.label) in read


def test_who_makes_plans_reads_what_was_published_of_plans_and_of_no_person():
    told("blueprint.decisions", make_district(), 23)
    told(SERVICES, make_district(), 120)
    client = signed_in(make_officer(Role.PLAN_OFFICER))
    html = page(client, "published", "blueprint.decisions")
    assert "23" in words_of(html)
    assert f'href="{reverse("figures:dashboards")}?' not in html, "of plans there is no dashboard"
    assert client.get(reverse("figures:published", args=[SERVICES])).status_code == 404
    assert client.get(reverse("figures:dashboards")).status_code == 403
    read = page(client, "figures")
    assert "Decisions taken" in read
    assert "Services rendered" not in read
