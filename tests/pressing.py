"""Several people who press at the same moment."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

from sunward.core.refusals import Refusal

# As many connections as one machine's PostgreSQL gives to many; whoever was answered presses the next.
_HANDS = 20


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each act returned, or the refusal it met; all hands start together, each on a connection of its own.

    Whatever else is raised fails the test.
    """
    hands = min(_HANDS, len(acts))
    barrier = Barrier(hands)
    answers: list[Any] = [None] * len(acts)

    def press(hand: int) -> None:
        try:
            barrier.wait(timeout=30)
            for number in range(hand, len(acts), hands):
                try:
                    answers[number] = acts[number]()
                except Refusal as refusal:
                    answers[number] = refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(hands) as pool:
        for done in [pool.submit(press, hand) for hand in range(hands)]:
            done.result(timeout=300)
    return answers


def refusals(answers: Iterable[Any]) -> list[str]:
    """The code of each refusal among the answers, in order."""
    return sorted(answer.code for answer in answers if isinstance(answer, Refusal))
