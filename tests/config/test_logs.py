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


@pytest.mark.parametrize(
    "address",
    [
        "/door/" + "x" * 43 + "/",
        "/m/" + "A" * 28 + "." + "b" * 43 + "/",
        "/feedback/" + "0" * 32 + ":" + "c" * 43 + "/",
        "/gatherings/feed/" + "d" * 43 + ".ics",
    ],
)
def test_what_opens_a_page_to_whoever_holds_it_is_not_in_the_log(address):
    """Django writes the address of whatever was refused, also where only the digits were wrong."""
    record = logging.LogRecord("django.request", logging.WARNING, __file__, 1, "%s: %s", ("Not Found", address), None)
    line = DiscreetFormatter("%(message)s").format(record)
    assert line.startswith(f"Not Found: {address[:6].rpartition('/')[0]}/")
    assert not any(sign * 20 in line for sign in "xAb0cd")


def test_the_address_of_a_record_stays_in_the_log():
    address = "/mentoring/children/6f0c7f5e-52f5-4b0a-9d5b-1f6a7c1d8e21/"
    record = logging.LogRecord("django.request", logging.WARNING, __file__, 1, "%s", (address,), None)
    assert DiscreetFormatter("%(message)s").format(record) == address
