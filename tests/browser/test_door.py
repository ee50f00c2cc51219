"""Between two tests the live server answers nobody, and what it was still answering has ended."""

import threading
from typing import Any

import pytest

from tests.door import Door


class Answer(list[bytes]):
    def close(self) -> None:
        pass


def test_shutting_waits_for_the_answer_that_is_still_being_given():
    ended: list[str] = []
    entered, may_end = threading.Event(), threading.Event()

    def application(environ: dict[str, Any], start_response: Any) -> Answer:
        entered.set()
        may_end.wait(10)
        ended.append("answer")
        return Answer()

    def shut() -> None:
        door.shut()
        ended.append("shut")

    door = Door(application)
    door.open()
    visitor = threading.Thread(target=lambda: door({}, lambda *_: None).close())
    visitor.start()
    assert entered.wait(10)
    shutter = threading.Thread(target=shut)
    shutter.start()
    shutter.join(0.1)
    assert shutter.is_alive()
    may_end.set()
    shutter.join(10)
    visitor.join(10)
    assert ended == ["answer", "shut"]


def test_who_comes_while_it_is_shut_is_answered_without_the_house():
    told: list[str] = []
    door = Door(lambda *_: Answer([b"a page"]))
    assert list(door({}, lambda status, _headers: told.append(status))) == []
    door.open()
    assert list(door({}, lambda *_: None)) == [b"a page"]
    assert told == ["503 Service Unavailable"]


def test_a_request_that_fails_keeps_nobody_waiting():
    def application(environ: dict[str, Any], start_response: Any) -> Answer:
        raise KeyError

    door = Door(application)
    door.open()
    with pytest.raises(KeyError):
        door({}, lambda *_: None)
    door.shut()
