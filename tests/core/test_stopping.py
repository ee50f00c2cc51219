import os
import signal
import subprocess
import sys
import threading

import pytest

from sunward.core.stopping import StopRequest

# Says that it listens, sleeps until it is told, and ends well.
SLEEPER = """
import signal
from sunward.core.stopping import StopRequest
over = StopRequest()
signal.signal(signal.SIGTERM, lambda number, frame: over.tell())
print("ready", flush=True)
over.wait()
signal.signal(signal.SIGTERM, signal.SIG_IGN)
"""


def test_many_signals_at_once_stop_a_process_instead_of_locking_it():
    for _ in range(10):
        with subprocess.Popen([sys.executable, "-c", SLEEPER], stdout=subprocess.PIPE) as sleeper:
            assert sleeper.stdout is not None
            sleeper.stdout.readline()
            for _ in range(2000):
                os.kill(sleeper.pid, signal.SIGTERM)
            try:
                assert sleeper.wait(timeout=20) == 0
            except subprocess.TimeoutExpired:
                sleeper.kill()
                pytest.fail("it was told to stop, and sleeps on")


def test_who_was_told_before_sleeping_does_not_sleep():
    over = StopRequest()
    over.tell()
    assert over.wait()
    assert over.wait()


def test_who_is_not_told_wakes_up_after_its_time():
    over = StopRequest()
    assert not over.wait(0.01)
    assert not over.was_told()


def test_another_thread_may_tell():
    over = StopRequest()
    thread = threading.Thread(target=over.tell)
    thread.start()
    assert over.wait(20)
    thread.join()
