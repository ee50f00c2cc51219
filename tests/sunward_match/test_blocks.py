"""``map_blocks`` is the plain loop, wherever it runs."""

import sys

import pytest

from sunward_match.blocks import map_blocks
from sunward_match.faults import ExecutorError, Fault, InputError
from tests.sunward_match.tasks import fail_on_two, square


def test_the_answers_come_in_the_order_of_the_blocks() -> None:
    assert map_blocks(square, range(4)) == [0, 1, 4, 9]


def test_processes_answer_the_same() -> None:
    assert map_blocks(square, range(3), executor="processes", workers=2) == [0, 1, 4]


def test_a_refusal_keeps_its_faults_on_the_way_back_from_a_process() -> None:
    with pytest.raises(InputError) as refusal:
        map_blocks(fail_on_two, [1, 2, 3], executor="processes", workers=1)
    assert refusal.value.faults == (Fault("two", "Two is too many.", {"block": 2}),)


def test_no_blocks_need_no_workers() -> None:
    assert map_blocks(square, [], executor="processes") == []


def test_an_unknown_executor_is_refused() -> None:
    with pytest.raises(ExecutorError) as refusal:
        map_blocks(square, [1], executor="abacus")
    assert refusal.value.codes == ("executor_unknown",)


def test_no_worker_is_too_few() -> None:
    with pytest.raises(ExecutorError) as refusal:
        map_blocks(square, [1], executor="processes", workers=0)
    assert refusal.value.codes == ("workers_too_few",)


def test_ray_is_refused_with_a_remedy_where_it_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(ExecutorError) as refusal:
        map_blocks(square, [1], executor="ray")
    assert refusal.value.codes == ("executor_missing",)
    assert "processes" in str(refusal.value)


class StandInRay:
    """Ray's two verbs as they are documented, run in place."""

    @staticmethod
    def remote(function: object) -> object:
        class Task:
            @staticmethod
            def remote(block: object) -> object:
                return lambda: function(block)

        return Task

    @staticmethod
    def get(tasks: list) -> list:
        return [task() for task in tasks]


def test_on_ray_each_block_is_one_task(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", StandInRay)
    assert map_blocks(fail_on_two, [3, 1], executor="ray") == [3, 1]
