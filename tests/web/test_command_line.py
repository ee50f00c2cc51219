"""`sunward` from the terminal, each command as a user calls it."""

import io
import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from unittest.mock import Mock

import pytest
from django.db import connection

from sunward.accounts.enums import Role
from sunward.accounts.models import Assignment, User
from sunward.audit.chain import Event, append
from sunward.audit.enums import AuditKind
from sunward.audit.models import AuditEntry
from sunward.casework.models import Case
from sunward.core import clock
from sunward.core.append_only import protect, release
from sunward.registers.actions import carrying_through
from sunward.registers.models import ImportBatch
from sunward.web.command_line import main, read_commands
from tests.databases import lend_file
from tests.factories import make_district, make_officer, make_subdistrict, resident_id
from tests.house.sources import ROOT


def sunward(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """As in a shell of its own, with nothing set but what is given."""
    command = [sys.executable, "-m", "sunward.web.command_line", *words]
    return subprocess.run(
        command, env={"PATH": "/usr/bin:/bin", **environment}, capture_output=True, text=True, check=False
    )


def test_every_command_says_in_one_line_what_it_does():
    names = [command.name for command in read_commands()]
    assert {"run", "worker", "migrate", "backup", "restore", "audit", "new-keys", "add-user"} <= set(names)
    assert all(command.summary and "\n" not in command.summary for command in read_commands())


def test_new_keys_are_accepted_by_production(tmp_path):
    keys = dict(line.split("=", 1) for line in sunward("new-keys").stdout.splitlines())
    lend_file(tmp_path / "district.sqlite3")
    database = f"sqlite:///{tmp_path}/district.sqlite3"
    production = {"SUNWARD_SETTINGS": "production", "SUNWARD_HOME": str(tmp_path), "SUNWARD_DATABASE_URL": database}
    done = sunward("migrate", **production, **keys)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "missing", ["SUNWARD_SECRET_KEY", "SUNWARD_SEALING_KEYS", "SUNWARD_BLIND_INDEX_KEY", "SUNWARD_DATABASE_URL"]
)
def test_production_does_not_start_without_a_key_and_names_it(tmp_path, missing):
    keys = {
        "SUNWARD_SECRET_KEY": "x" * 60,
        "SUNWARD_SEALING_KEYS": "k1:" + "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE=",
        "SUNWARD_BLIND_INDEX_KEY": "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE=",
        "SUNWARD_DATABASE_URL": f"sqlite:///{tmp_path}/district.sqlite3",
    }
    del keys[missing]
    done = sunward("migrate", SUNWARD_SETTINGS="production", SUNWARD_HOME=str(tmp_path), **keys)
    assert done.returncode == 2
    assert missing in done.stderr
    assert "Traceback" not in done.stderr


def test_production_passes_djangos_own_deployment_checks(tmp_path):
    keys = dict(line.split("=", 1) for line in sunward("new-keys").stdout.splitlines())
    environment = {"SUNWARD_SETTINGS": "production", "SUNWARD_HOME": str(tmp_path), **keys}
    environment["SUNWARD_DATABASE_URL"] = f"sqlite:///{tmp_path}/district.sqlite3"
    command = [sys.executable, str(ROOT / "manage.py"), "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(
        command, env={"PATH": "/usr/bin:/bin"} | environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_misspelt_variable_stops_the_start(tmp_path):
    done = sunward("migrate", SUNWARD_HOME=str(tmp_path), SUNWARD_SEALING_KEY="k1:…")
    assert done.returncode == 2
    assert "SUNWARD_SEALING_KEY" in done.stderr


def test_a_value_that_cannot_be_used_stops_the_start(tmp_path):
    done = sunward("migrate", SUNWARD_HOME=str(tmp_path), SUNWARD_UPLOAD_LIMIT_MB="many")
    assert done.returncode == 2
    assert "SUNWARD_UPLOAD_LIMIT_MB" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def chain(transactional_db) -> None:
    events = [Event(kind=AuditKind.ACT, code=f"test.act{i}", actor_id=1, actor_name="") for i in range(3)]
    append(events, now=clock.now())


def test_audit_verify_finds_a_row_that_was_rewritten(chain, capsys):
    assert main(["audit", "verify"]) == 0
    assert "intact: 3 entries" in capsys.readouterr().out
    with connection.schema_editor() as editor:
        release(editor, "audit_auditentry")
    AuditEntry.objects.filter(number=2).update(code="test.nothing")
    with connection.schema_editor() as editor:
        protect(editor, "audit_auditentry")
    assert main(["audit", "verify"]) == 1
    assert "entry 2: changed" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_user_is_added_with_one_post(monkeypatch, capsys):
    make_district()
    monkeypatch.setattr(sys, "stdin", io.StringIO("Long enough, 12 at least\n"))
    words = ["add-user", "admin", "--name", "管理员", "--role", "administrator", "--unit", "310110"]
    assert main([*words, "--password-file", "-"]) == 0
    user = User.objects.get(username="admin")
    assert user.check_password("Long enough, 12 at least")
    assert Assignment.objects.get(user=user).role == "administrator"
    assert AuditEntry.objects.get().code == "accounts.user_added"


@pytest.mark.parametrize(
    ("role", "unit", "password"),
    [("king", "310110", "Long enough 12+"), ("worker", "999", "Long enough 12+"), ("worker", "310110", "short")],
)
@pytest.mark.django_db
def test_a_user_with_a_wrong_role_unit_or_password_is_not_added(tmp_path, role, unit, password):
    make_district()
    file = tmp_path / "password"
    file.write_text(password)
    words = ["add-user", "somebody", "--name", "某人", "--role", role, "--unit", unit]
    assert main([*words, "--password-file", str(file)]) == 2
    assert not User.objects.exists()


def test_the_whole_help_needs_no_settings(tmp_path):
    done = sunward("--help", SUNWARD_SETTINGS="production", HOME=str(tmp_path))
    assert done.returncode == 0
    assert "new-keys" in done.stdout
    assert not list(Path(tmp_path).iterdir())


HEADINGS = "序号,姓名,性别,身份证号,所属街道,居委会,监护情况,风险等级,联系电话"


@pytest.fixture
def roster(tmp_path) -> Path:
    """Two children, the second with a wrong check digit."""
    good = resident_id(date(2014, 5, 6), order=902)
    bad = good[:-1] + ("1" if good[-1] != "1" else "2")
    lines = [
        HEADINGS,
        *(
            f"{n},{name},女,{number},控江路街道,,监护缺失,高,"
            for n, name, number in [(1, "陈一", good), (2, "陈二", bad)]
        ),
    ]
    path = tmp_path / "困境儿童.csv"
    path.write_text("\n".join(lines), encoding="gb18030")
    return path


def test_a_dry_run_needs_neither_database_nor_keys_and_writes_nothing_else(roster, tmp_path):
    """Even where production is asked for and nothing of it is set."""
    before = set(tmp_path.iterdir())
    words = ["import", str(roster), "--dry-run", "--on", "2026-11-25", "--json", str(tmp_path / "out.json")]
    done = sunward(*words, SUNWARD_SETTINGS="production", SUNWARD_HOME=str(tmp_path / "home"))
    assert done.returncode == 0, done.stderr
    report = json.loads((tmp_path / "out.json").read_text())
    outcomes = [row["outcome"] for row in report["files"][0]["sheets"][0]["rows"]]
    assert [outcome.partition("_")[0] for outcome in outcomes] == ["accepted", "rejected"]
    assert "id_checksum" in done.stdout
    assert set(tmp_path.iterdir()) - before == {tmp_path / "out.json"}


def test_a_file_that_is_not_there_is_named(tmp_path):
    done = sunward("import", str(tmp_path / "none.xlsx"), "--dry-run")
    assert done.returncode == 2
    assert "none.xlsx" in done.stderr


@pytest.mark.django_db
def test_an_import_takes_over_what_is_ready_in_somebodys_name(roster, settings, tmp_path, capsys):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    make_subdistrict()
    make_officer(username="officer")
    assert main(["import", str(roster), "--as", "officer", "--on", "2026-11-25"]) == 0
    assert [case.person.name for case in Case.objects.all()] == ["陈一"]


@pytest.mark.django_db
def test_the_same_file_again_changes_nothing_and_says_so(roster, settings, tmp_path, capsys):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    make_subdistrict()
    make_officer(username="officer")
    arguments = ["import", str(roster), "--as", "officer", "--on", "2026-11-25"]
    assert main(arguments) == 0
    before = (Case.objects.count(), AuditEntry.objects.count())
    assert main(arguments) == 0
    assert (Case.objects.count(), AuditEntry.objects.count()) == before
    assert "此前已导入过" in capsys.readouterr().err


@pytest.mark.django_db
def test_an_import_that_was_cut_off_is_gone_on_with(roster, settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    make_subdistrict()
    make_officer(username="officer")
    arguments = ["import", str(roster), "--as", "officer", "--on", "2026-11-25"]
    for broken in ("stage_batch", "request_commit", "commit_batch"):
        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(carrying_through, broken, Mock(side_effect=KeyboardInterrupt))
            main(arguments)
        assert not Case.objects.exists()
    assert main(arguments) == 0
    assert Case.objects.count() == 1


@pytest.mark.django_db
def test_an_import_is_always_somebodys_act(roster):
    assert main(["import", str(roster)]) == 2


@pytest.mark.django_db
def test_without_a_name_an_import_is_made_by_whoever_is_in_charge_of_these_lists(settings, tmp_path, capsys):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    district = make_subdistrict().parent
    make_officer(username="officer")
    make_officer(Role.EMPLOYMENT_OFFICER, district, username="employment")
    plan = tmp_path / "招聘会.csv"
    plan.write_text(
        "活动名称,日期,地点,主办单位,参会企业数,岗位数\n秋招,2022.10.8,区文化宫,控江路街道,20,90\n", "utf-8"
    )
    assert main(["import", str(plan), "--on", "2022-11-30"]) == 0
    (batch,) = ImportBatch.objects.select_related("made_by")
    assert (batch.made_by.username, batch.counts["committed"]) == ("employment", 1)
    assert main(["import", str(plan), "--as", "officer", "--on", "2022-11-30"]) != 0
    assert ImportBatch.objects.count() == 1
