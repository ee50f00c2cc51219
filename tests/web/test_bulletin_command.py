"""`sunward bulletin`: a district's bulletin as files, which tell no more than a reader may know."""

import json
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.utils import translation

from sunward.audit.models import AuditEntry
from sunward.core import clock
from sunward.web.command_line import main
from tests.factories import NOW, TODAY
from tests.figures.bulletin_builders import PLACED, SERVED, make_published, make_streets, placed, served

pytestmark = pytest.mark.django_db
EARLY = datetime(2026, 10, 20, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def that_day(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    with translation.override("zh-hans"):
        yield


def run(tmp_path, *words, day="2026-10-31"):
    out = tmp_path / "bulletin.json"
    asked = ("--on", day) if day else ()
    code = main(["bulletin", *asked, "--json", str(out), "--docx", str(tmp_path / "bulletin.docx"), *words])
    return code, json.loads(out.read_text())


def figure(said, code=PLACED, unit="310110", first="2026-01-01"):
    return next(
        one for one in said["figures"] if (one["code"], one["unit"]["code"], one["from"]) == (code, unit, first)
    )


def test_a_draft_tells_of_each_figure_its_version_pins_and_the_records_behind_it(tmp_path, capsys):
    placed(make_streets()["310110012"], 12, now=EARLY)
    code, said = run(tmp_path)
    assert (code, said["state"], said["issued_by"]["name"]) == (0, "draft", "杨浦区")
    told = figure(said)
    assert (told["version"], told["printed"], told["value"], told["records"]) == (2, "12", 12, 12)
    assert told["known_until"].startswith("2026-10-31T23:59:59")
    assert (tmp_path / "bulletin.docx").read_bytes()[:2] == b"PK"
    assert "DRAFT" in capsys.readouterr().out


def test_twice_the_same_files_byte_for_byte(tmp_path):
    placed(make_streets()["310110012"], 12, now=EARLY)
    files = []
    for _time in range(2):
        run(tmp_path)
        files.append([(tmp_path / name).read_bytes() for name in ("bulletin.json", "bulletin.docx")])
    assert files[0] == files[1]


def test_what_is_withheld_or_rounded_leaves_the_house_without_its_number(tmp_path):
    street = make_streets()["310110012"]
    placed(street, 3, now=EARLY)
    _code, said = run(tmp_path)
    told = figure(said)
    assert (told["is_withheld"], told["reason"], told["value"], told["records"]) == (True, "protected", None, None)
    moms = figure(said, "mentoring.moms_with_child", first="2026-10-01")
    assert (moms["rounded_to"], moms["value"], moms["records"]) == (5, None, None)
    assert AuditEntry.objects.get().code == "figures.bulletin_draft_printed"


def test_the_copy_for_the_house_has_them_and_stands_in_the_record(tmp_path):
    placed(make_streets()["310110012"], 3, now=EARLY)
    _code, said = run(tmp_path, "--in-house")
    told = figure(said)
    assert (told["reason"], told["value"], told["records"], said["in_house"]) == ("small", 3, 3, True)
    assert AuditEntry.objects.get().code == "figures.bulletin_printed_in_house"


def test_as_known_now_a_later_record_counts_and_as_known_then_it_does_not(tmp_path):
    street = make_streets()["310110012"]
    placed(street, 12, now=EARLY)
    placed(street, 20, now=NOW)
    known = {word: figure(run(tmp_path, *(["--known", word] if word else []))[1])["value"] for word in ("", "now")}
    assert known == {"": 12, "now": 20}


def test_a_published_one_is_printed_as_it_was_published(tmp_path):
    placed(make_streets()["310110012"], 12)
    published = make_published(f"帮助[[{PLACED}|年初以来]]人就业。")
    code, said = run(tmp_path, "--published", f"{published.bulletin.uid}", day="")
    assert (code, said["state"], figure(said)["value"]) == (0, "published", 12)
    assert said["made_again_is_the_same"] is True
    assert run(tmp_path)[1]["published_with_the_same_last_day"][0]["number"] == f"{published.bulletin.uid}"


@pytest.mark.parametrize(
    "words",
    [
        (), ("--on", "2026-10-31", "--published", f"{uuid4()}"), ("--published", f"{uuid4()}"),
        ("--on", f"{date(2027, 1, 1)}"), ("--on", "2026-10-31", "--known", "soon"),
        ("--on", "2026-10-31", "--district", "310101"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_with_a_sentence_and_writes_no_file(tmp_path, capsys, words):
    make_streets()
    assert main(["bulletin", *words, "--json", str(tmp_path / "out.json")]) == 2
    assert capsys.readouterr().err.strip()
    assert not list(tmp_path.iterdir())


def test_no_person_stands_in_the_file(tmp_path):
    street = make_streets()["310110012"]
    served(street, 20, now=EARLY)
    _code, said = run(tmp_path, "--in-house")
    assert not {"person", "person_id", "subject_id"} & {key for one in said["figures"] for key in one}
    assert SERVED not in {one["code"] for one in said["figures"]}
