"""The web server and one worker, side by side: they start together, and when one ends the other is stopped."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from types import FrameType

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


def serve(commands: Sequence[Sequence[str]]) -> int:
    """Run the processes until one ends or we are told to stop; returns the exit code of the first to fail."""
    ended = threading.Event()
    # Each in a session of its own: a Ctrl-C in the terminal reaches us alone, and we stop them once and in order.
    processes = [subprocess.Popen(command, env=os.environ, start_new_session=True) for command in commands]

    def stop(number: int, frame: FrameType | None) -> None:
        ended.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    for process in processes:
        threading.Thread(target=_watch, args=(process, ended), daemon=True).start()
    ended.wait()
    failed = next((process.returncode for process in processes if process.returncode), 0)
    for process in processes:
        _end(process)
    return failed


def _watch(process: subprocess.Popen[bytes], ended: threading.Event) -> None:
    process.wait()
    ended.set()


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(timeout=GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
