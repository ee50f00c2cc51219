"""The web server and one worker, side by side: they start together, and when one ends the other is stopped."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from types import FrameType

from django.conf import settings

from sunward.core.stopping import StopRequest

GRACE_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Address:
    host: str
    port: int

    def __str__(self) -> str:
        return f"http://{self.host}:{self.port}"

    def is_free(self) -> bool:
        with socket.socket() as probe:
            # Like the server itself: a port whose last connections are only fading out is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.port))
            except OSError:
                return False
        return True

    def answers(self) -> bool:
        connection = HTTPConnection(self.host, self.port, timeout=1)
        try:
            connection.request("HEAD", "/", headers={"Host": _own_name()})
            connection.getresponse()
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()
        return True


def _own_name() -> str:
    """A host name that the application accepts: asking by another would write an error into the log."""
    name = next(iter(settings.ALLOWED_HOSTS), "localhost").lstrip(".")
    return "localhost" if name == "*" else name


def web_command(address: Address, *, processes: int, threads: int) -> list[str]:
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
        *("--host", address.host, "--port", str(address.port)),
        *("--workers", str(processes), "--blocking-threads", str(threads)),
        # A request that was accepted waits here instead of being refused.
        *("--backpressure", "128", "--log-level", "warning"),
        *("--respawn-failed-workers", "--workers-kill-timeout", str(GRACE_SECONDS)),
        "sunward.config.wsgi:application",
    ]


def worker_command() -> list[str]:
    return [sys.executable, "-m", "sunward.web.command_line", "worker"]


def serve(web: Sequence[str], *, address: Address, beside: Sequence[Sequence[str]] = ()) -> int:
    """Run the web server, and the others once it answers, until one ends or we are told to stop.

    Returns the exit code of the first to fail.
    """
    over = StopRequest()
    processes: list[subprocess.Popen[bytes]] = []

    def start(command: Sequence[str]) -> None:
        # In a session of its own: a Ctrl-C in the terminal reaches us alone, and we stop them once and in order.
        process = subprocess.Popen(command, env=os.environ, start_new_session=True)
        threading.Thread(target=_watch, args=(process, over), daemon=True).start()
        processes.append(process)

    def stop(number: int, frame: FrameType | None) -> None:
        over.tell()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    start(web)
    # They would only take the processor from it while the first visitor waits.
    while not over.wait(0.1) and not address.answers():
        pass
    if not over.was_told():
        for command in beside:
            start(command)
    over.wait()
    failed = next((process.returncode for process in processes if process.returncode), 0)
    for process in processes:
        _end(process)
    return failed


def _watch(process: subprocess.Popen[bytes], over: StopRequest) -> None:
    process.wait()
    over.tell()


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(timeout=GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
