"""Which settings a command works with, and where it works with none."""

import os

import pytest

from sunward import config


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch, tmp_path):
    """Put back afterwards, also what is chosen meanwhile."""
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "")
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE")
    monkeypatch.delenv("SUNWARD_SETTINGS", raising=False)
    monkeypatch.setattr(config, "DISTRICTS_ENVIRONMENT", tmp_path / "environment")


def test_a_machine_without_a_district_needs_no_environment():
    config.choose_settings()
    assert os.environ["DJANGO_SETTINGS_MODULE"] == "sunward.config.settings.development"


def test_where_a_district_is_served_a_command_without_its_environment_is_refused(monkeypatch):
    config.DISTRICTS_ENVIRONMENT.touch()
    for default in ("development", "production"):
        with pytest.raises(SystemExit, match="environment"):
            config.choose_settings(default)
    assert "DJANGO_SETTINGS_MODULE" not in os.environ
    monkeypatch.setenv("SUNWARD_SETTINGS", "production")
    config.choose_settings()
    assert os.environ["DJANGO_SETTINGS_MODULE"] == "sunward.config.settings.production"


def test_an_import_that_needs_no_database_runs_there_as_well(monkeypatch):
    config.DISTRICTS_ENVIRONMENT.touch()
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "sunward.config.settings.bare")
    config.choose_settings()
    assert os.environ["DJANGO_SETTINGS_MODULE"] == "sunward.config.settings.bare"


def test_settings_that_do_not_exist_are_named(monkeypatch):
    monkeypatch.setenv("SUNWARD_SETTINGS", "prodction")
    with pytest.raises(SystemExit, match="prodction"):
        config.choose_settings()
