"""A log is read by more people than a child's file: of an error it keeps places and kinds, never words."""

import logging

import pytest
from django.conf import settings
from django.db import DatabaseError

from sunward.config.logs import DiscreetFormatter


def written(error: BaseException) -> str:
    record = logging.LogRecord("sunward", logging.ERROR, __file__, 1, "%s failed", ("job",), None)
    record.exc_info = (type(error), error, error.__traceback__)
    return DiscreetFormatter("%(levelname)s %(message)s").format(record)


def fail(words: str) -> None:
    try:
        raise ValueError(words)
    except ValueError as error:
        raise DatabaseError(f"Key (name)=({words}) already exists") from error


def test_an_error_is_written_without_its_words():
    with pytest.raises(DatabaseError) as caught:
        fail("王小明")
    line = written(caught.value)
    assert "王小明" not in line
    assert "django.db.utils.DatabaseError" in line
    assert "caused by builtins.ValueError" in line
    assert "test_logs.py" in line
    assert "in fail" in line
    assert line.startswith("ERROR job failed")


def test_every_handler_is_discreet_and_django_has_none_of_its_own():
    formats = {handler["formatter"] for handler in settings.LOGGING["handlers"].values()}
    assert formats == {"discreet"}
    assert not logging.getLogger("django").handlers
    assert not logging.getLogger("django.server").handlers


def test_sql_is_not_logged():
    assert logging.getLogger("django.db.backends").getEffectiveLevel() >= logging.WARNING
