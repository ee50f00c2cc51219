"""What is about a person cannot reach a group: no section may read it, and no text that holds it is written."""

import ast
from datetime import date

import pytest
from django.db import models

from sunward.core.classification import REGISTRY, Sensitivity
from sunward.core.refusals import Refusal
from sunward.outreach.actions import approve_digest, compose_digest, write_group
from sunward.outreach.digests import digest_sections, read_path
from sunward.outreach.models import Digest, Message
from sunward.people.models import Person
from tests.factories import NOW, TODAY, make_child, make_committee, make_mentor, make_person
from tests.house.sources import modules
from tests.house.test_columns import our_models
from tests.outreach.announcements import announce
from tests.outreach.arrangements import make_group, officer

CLOSED = (Sensitivity.INTERNAL, Sensitivity.PERSONAL, Sensitivity.SENSITIVE, Sensitivity.SEALED)


def steps(model: type[models.Model], path: str) -> list[tuple[type[models.Model], str]]:
    """Every column on a path, walked here by our own feet rather than by the mechanism's."""
    found = []
    for name in path.split("__"):
        field = model._meta.get_field(name)
        if field.concrete:
            found.append((model, field.name))
        model = field.related_model or model
    return found


def test_every_column_that_a_section_reads_is_public():
    read = [
        (section.code, model.__name__, column)
        for section in digest_sections().values()
        for path in section.columns.values()
        for model, column in steps(section.model, path)
    ]
    assert len(read) > 10
    closed = [one for one in read if REGISTRY[f"{_label(one[1])}"][one[2]] != Sensitivity.PUBLIC]
    assert not closed


def _label(name: str) -> str:
    return next(model._meta.label for model in our_models() if model.__name__ == name)


def test_no_section_speaks_of_a_person_at_all():
    models_read = {
        model
        for section in digest_sections().values()
        for path in section.columns.values()
        for model, _column in steps(section.model, path)
    }
    assert Person not in models_read


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_the_mechanism_refuses_every_column_that_is_not_public(model):
    """All of them, not those that somebody thought of."""
    opened = []
    for column, level in REGISTRY[model._meta.label].items():
        try:
            read_path(model, column)
        except Exception:  # noqa: BLE001 - whatever it raises, it does not read
            continue
        opened.append((column, level))
    assert not [column for column, level in opened if level in CLOSED]


def test_only_the_outbox_writes_to_a_group_and_only_after_the_search():
    """One place makes messages with a group; there the search stands before the writing."""
    makers = [
        module.place
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Message"
        and "group" in {keyword.arg for keyword in node.keywords}
    ]
    assert makers == ["src/sunward/outreach/actions/writing.py"]
    writing = next(module for module in modules() if module.place == makers[0])
    write = next(n for n in ast.walk(writing.tree) if isinstance(n, ast.FunctionDef) and n.name == "write_group")
    calls = [n.func.id for n in ast.walk(write) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)]
    assert calls.index("refuse_persons") < calls.index("_insert")


NAMES = ("欧阳晓雯", "李明", "陈静雅", "周国强", "买买提·艾力", "Maria Smith")


@pytest.fixture
def persons():
    """Persons with everything that is known of persons."""
    made = []
    for number, name in enumerate(NAMES):
        unit = make_committee(f"31011001200{number + 1}", name=f"凤城{'一二三四五六'[number]}村居委会")
        case = make_child(name, unit=unit)
        case.person.address = f"控江路{number + 10}0弄{number + 1}号50{number}室"
        case.person.save()
        made.append(case.person)
    made.append(make_mentor("王秀英").person)
    made.append(make_person("赵志刚", birth=date(1950, 3, 4), phone="+862165001234"))
    return made


def known_of(person: Person) -> list[str]:
    """Each thing that a group must never read of a person, as it might be typed."""
    said = [person.name, person.id_number, person.phone, person.phone.removeprefix("+86"), person.address]
    return [thing for thing in [*said, person.unit.name] if thing]


@pytest.mark.django_db
def test_nothing_known_of_anybody_can_be_written_to_a_group(persons):
    group = make_group()
    tried = 0
    for person in persons:
        for thing in known_of(person):
            for text in (thing, f"请{thing}来", f"招聘会\n联系：{thing}，谢谢", f"（{thing}）"):
                with pytest.raises(Refusal, match=r"outreach\.names_a_person"):
                    write_group(key=f"k{tried}", group=group, body=text, now=NOW)
                tried += 1
    assert tried > 150
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_nothing_known_of_anybody_can_be_smuggled_in_through_a_public_column(persons):
    """Titles and places are public, and typed by people."""
    actor, group = officer(), make_group()
    for number, person in enumerate(persons):
        for thing in known_of(person):
            gathering = announce(thing[:80]) if number % 2 else announce("招聘会", place=thing[:120])
            digest = compose_digest(actor=actor, group_id=group.uid, on=TODAY, now=NOW)
            with pytest.raises(Refusal, match=r"outreach\.names_a_person"):
                approve_digest(
                    actor=actor, digest_id=digest.uid, version=digest.version, fingerprint=digest.fingerprint,
                    on=TODAY, now=NOW,
                )  # fmt: skip
            gathering.sessions.all().delete()
            gathering.delete()
    assert not Message.objects.exists()
    assert Digest.objects.count() == 1
