"""The URL × persona matrix: every address has a row, and every persona gets the answer that the row says."""

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse

from sunward.accounts.access import Actor, read_actor
from sunward.accounts.enums import Role
from sunward.casework.access import visible_files
from sunward.casework.models import Case
from sunward.core import clock
from sunward.mentoring.access import own_matches, visible_children
from sunward.registers.access import visible_batches
from sunward.web.home_todo import KINDS, LINES, Tally, count_what_waits
from tests.access_matrix import ROWS, Row
from tests.access_matrix.quickly import asked_quickly, mark_used, taken_back, with_frames, with_refusals_made_anew
from tests.factories import NOW, TODAY
from tests.house.addresses import Address, addresses
from tests.house.asked_again import ASKED_AGAIN
from tests.house.asking import Seen, asks_again, excused
from tests.personas import ANONYMOUS, JOBSEEKER, PERSONAS, POSTS, World, build_world

# What forms ask, of whichever row: read once.
SEEN: Seen = set()
ADDRESSES = {address.name: address for address in addresses() if not address.is_sign_in}


IMPORTED = "陈四"
# Another one in each answer.
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


def test_every_address_has_a_row():
    assert not set(ADDRESSES) - {row.name for row in ROWS}, "add a Row in tests/access_matrix"


def test_every_row_is_about_an_address_that_exists():
    assert not {row.name for row in ROWS} - set(ADDRESSES)


def writes(address: Address) -> bool:
    return address.policy is not None and not address.policy.is_public and not address.policy.is_reading


def test_every_view_that_writes_has_a_row_for_its_post():
    posted = {row.name for row in ROWS if row.method == "POST"}
    assert not {name for name, address in ADDRESSES.items() if writes(address)} - posted


def test_every_row_names_known_personas_once():
    for row in ROWS:
        named = row.enters.split() + row.absent.split()
        assert set(named) <= set(POSTS), row.name
        assert len(named) == len(set(named)), row.name


def test_every_row_turns_somebody_away_unless_the_page_is_public():
    open_to_all = [row.name for row in ROWS if set(row.enters.split()) == set(POSTS)]
    assert not [name for name in open_to_all if not ADDRESSES[name].policy.is_public]


def expected(row: Row, persona: str) -> int:
    if persona == ANONYMOUS:
        return row.status if ADDRESSES[row.name].policy.is_public else 302
    if persona in row.enters.split():
        return row.status
    return 404 if persona in row.absent.split() else 403


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One world for all rows, on a day that does not pass; nothing of it is kept."""
    with (
        django_db_blocker.unblock(),
        pytest.MonkeyPatch.context() as patch,
        override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("uploads")),
        transaction.atomic(),
    ):
        patch.setattr(clock, "today", lambda: TODAY)
        patch.setattr(clock, "now", lambda: NOW)
        world = build_world()
        with asked_quickly():
            yield world
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def clients(world: World) -> dict[str, Client]:
    """Everyone signed in once; what they do is taken back, their sessions stay."""
    found = {persona: Client(raise_request_exception=False) for persona in PERSONAS}
    for persona, user in world.users.items():
        found[persona].force_login(user)
        prove_anew(found[persona])
    return found


@dataclass
class Page:
    """What one persona got, and how to ask for the same again."""

    status: int
    text: str
    again: Callable[[], str]


def ask(row: Row, client: Client, address: str, data: dict[str, Any]) -> Page:
    send = client.post if row.method == "POST" else client.get

    def answer() -> tuple[int, str]:
        for value in data.values():
            if hasattr(value, "seek"):
                value.seek(0)  # the persona before read the file to its end
        response = send(address, data)
        return response.status_code, read_text(b"".join(response))

    status, text = answer()
    return Page(status, text, lambda: "".join(text for status, text in [answer()] if status == row.status))


def is_opened(row: Row, page: Page) -> bool:
    """A page as it comes to whoever may open it, before anything is typed."""
    return row.method == "GET" and page.status == row.status == 200


def read_text(content: bytes) -> str:
    """What a page says, or every part of a workbook or a document."""
    if not content.startswith(b"PK"):
        return content.decode()
    with ZipFile(BytesIO(content)) as book:
        return "".join(book.read(part).decode() for part in book.namelist() if part.endswith((".xml", ".rels")))


@pytest.fixture(scope="module")
def hidden(world: World) -> dict[str, set[str]]:
    """The names of children and jobseekers that each persona may see nowhere; 陈四 stands in the import only.

    Of a jobseeker not even the number of the file: a guardian who looks for work is named as a guardian, and no more.
    """
    found = {ANONYMOUS: Actor(user_id=0, name="", on=TODAY)}
    found |= {persona: read_actor(user, on=TODAY) for persona, user in world.users.items()}
    children = Case.objects.filter(programme="mentoring").values_list("person__name", flat=True)
    everybody = {*children, IMPORTED, *jobseekers()}
    return {persona: everybody - shown_to(actor) for persona, actor in found.items()}


def jobseekers() -> set[str]:
    return {JOBSEEKER} | {case.reference for case in Case.objects.filter(programme="employment")}


def shown_to(actor: Actor) -> set[str]:
    files = set(visible_children(actor).values_list("person__name", flat=True))
    own = set(own_matches(actor).values_list("case__person__name", flat=True))
    seekers = visible_files(actor, "employment").select_related("person")
    found = {said for case in seekers for said in (case.person.name, case.reference)} & jobseekers()
    # An auditor reads the numbers of files.
    found |= jobseekers() - {JOBSEEKER} if actor.has(Role.AUDITOR) else set()
    return files | own | found | ({IMPORTED} if _sees_the_import_of_children(actor) else set())


def _sees_the_import_of_children(actor: Actor) -> bool:
    return visible_batches(actor).filter(files__sheets__kind="children").exists()


def prove_anew(client: Client) -> None:
    """As if the password had just been typed: an export asks for it again after a while."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    mark_used(session)
    session.save()


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.name} {row.note}".strip())
def test_every_persona_gets_the_answer_that_the_row_says_and_no_name_of_a_child_elsewhere(row, world, clients, hidden):
    answers, told, held = {}, {}, None
    with taken_back():
        # What the row is about is made once; what one persona does to it, the next does not find.
        keys, data = row.keys(world), row.data(world)
        address = reverse(row.name, kwargs=keys)
        typed = set(data.values())  # a page may repeat what was asked
        for persona in PERSONAS:
            with taken_back():
                page = ask(row, clients[persona], address, data)
                answers[persona] = page.status
                told[persona] = {name for name in hidden[persona] - typed if name in page.text}
                if held is None and is_opened(row, page):
                    held = asks_again(row.name, page.text, keys, page.again, SEEN)
    wrong = {name: (answer, expected(row, name)) for name, answer in answers.items() if answer != expected(row, name)}
    assert not wrong, "persona: (got, expected)"
    assert not {persona: names for persona, names in told.items() if names}, "persona: children she may not see"
    assert not held, "a form asks for what is held: fill it in, leave it out, or say why in house/asked_again.py"


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted({name for name, _field in ASKED_AGAIN}))
def test_what_is_asked_again_on_purpose_is_asked_there_and_could_be_known(name, world, clients):
    """Else the exception is of a form that was, and would hide what comes after it."""
    met: set[str] = set()
    for row in ROWS:
        if row.name == name and row.method == "GET" and row.enters:
            with taken_back():
                keys = row.keys(world)
                page = ask(row, clients[row.enters.split()[0]], reverse(name, kwargs=keys), row.data(world))
                met |= excused(name, page.text, keys) if is_opened(row, page) else set()
    assert met == {field for address, field in ASKED_AGAIN if address == name}


@pytest.mark.django_db
def test_no_refusal_names_a_child_in_its_frame_either(world, clients, hidden):
    """The rows above see what a refusal says; what stands around that is the same for every address."""
    shut = reverse("registers:batches")
    of_another = reverse("mentoring:child", args=[world.other_case.uid])
    met: set[int] = set()
    with with_frames():
        for persona in POSTS:
            for address in (shut, of_another, "/no/such/page/"):
                answer = clients[persona].get(address)
                page = answer.content.decode()
                assert "sun-shell" in page, (persona, address)
                if answer.status_code != 200:
                    met.add(answer.status_code)
                    assert not {name for name in hidden[persona] if name in page}, (persona, address)
    assert met == {403, 404}


@pytest.mark.django_db
def test_the_same_words_of_refusal_are_the_same_page_whatever_was_asked_for(world, clients):
    """The rows above read each of them once for each person."""
    shut = [reverse(name) for name in ("registers:batches", "audit:entries", "mentoring:children")]
    absent = [reverse("mentoring:child", args=[case.uid]) for case in (world.case, world.other_case)]
    said: dict[tuple[str, int, str], set[str]] = {}
    met = Counter[int]()
    with with_refusals_made_anew():
        for persona in ("worker_next_door", "mentor", "leader", "stranger"):
            for address in (*shut, *absent, "/no/such/page/"):
                answer = clients[persona].get(address)
                if answer.status_code in {403, 404}:
                    page = TOKEN.sub("", answer.content.decode())
                    lead = page.partition('class="sun-lead">')[2].partition("<")[0]
                    said.setdefault((persona, answer.status_code, lead), set()).add(page)
                    met[answer.status_code] += 1
    assert min(met[403], met[404]) > len(said) / 2, "else hardly any two were held against each other"
    assert not {key: pages for key, pages in said.items() if len(pages) > 1}


@pytest.mark.django_db
def test_the_names_that_are_looked_for_are_on_the_pages_of_those_who_may_see_them(world, clients, hidden):
    """Else the search for names above could not fail."""
    page = clients["officer"].get(reverse("mentoring:children"), {"size": "100", "state": "all"}).content.decode()
    assert hidden["officer"] == jobseekers()
    assert not {name for name in hidden["stranger"] - jobseekers() - {IMPORTED} if name not in page}
    assert hidden["worker_next_door"] == hidden["mentor_closed"] == hidden["leader"] == hidden["stranger"]
    assert hidden["stranger"] - hidden["mentor"] == {"陈一"}


@pytest.mark.django_db
def test_what_waits_on_the_home_page_is_counted_as_the_lists_themselves_say_it(world):
    """All is asked in one query there; here each list by itself, through the same gates."""
    seen: set[str] = set()
    for user in world.users.values():
        actor = read_actor(user, on=TODAY)
        rows = {work.key: work.rows(actor, TODAY) for work in KINDS}
        counted = count_what_waits(rows)
        for work in KINDS:
            keys = [row.pk for row in rows[work.key]]
            assert counted[work.key] == Tally(len(keys), tuple(keys[:LINES]) if work.line else ()), work.key
            seen |= {work.key} if keys else set()
    assert len(seen) > 15
