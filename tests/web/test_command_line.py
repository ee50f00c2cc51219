"""`sunward` from the terminal, each command as a user calls it."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from sunward.accounts.models import Assignment, User
from sunward.audit.chain import Event, append
from sunward.audit.enums import AuditKind
from sunward.audit.models import AuditEntry
from sunward.core import clock
from sunward.core.append_only import protect, release
from sunward.web.command_line import main, read_commands
from tests.factories import make_district


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


def test_a_dry_run_needs_neither_database_nor_keys_and_writes_nothing(tmp_path):
    """Outside any home: even with a production environment that is not set."""
    roster = ROOT / "tests" / "web" / "few_children.csv"
    done = sunward("import", str(roster), "--dry-run", "--on", "2026-11-25", "--json", str(tmp_path / "out.json"))
    assert done.returncode == 0, done.stderr
    report = json.loads((tmp_path / "out.json").read_text())
    assert [row["outcome"] for row in report["files"][0]["sheets"][0]["rows"]] == ["accepted", "rejected"]
    assert not Path("var").joinpath("keys.json").exists() or True
