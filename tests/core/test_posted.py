"""What a form brings back: what cannot be read is no version, and a new key."""

from uuid import uuid4

import pytest
from django.test import RequestFactory

from sunward.core.posted import key_of, version_of


def posted(**said):
    return RequestFactory().post("/", said)


def test_the_version_that_somebody_saw_comes_back():
    assert version_of(posted(version="12")) == 12


@pytest.mark.parametrize("said", ["", "x", "-1", "1.5", "٣", "²", "9" * 10, "9" * 5000])
def test_what_is_no_version_is_one_that_no_row_has(said):
    assert (version_of(posted(version=said)), version_of(posted(version=said), unread=-1)) == (0, -1)


def test_the_key_comes_back_and_what_is_none_becomes_a_new_one():
    key = uuid4()
    assert key_of(posted(key=f"{key}")) == key
    assert key_of(posted(key="x")) != key_of(posted(key="x"))
