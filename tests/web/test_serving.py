"""The web server and the worker beside it: told to stop, once or often, both end."""

import os
import signal
import socket
import subprocess
import sys

import pytest

# A web server and something beside it, which says when it runs.
SERVER = """
import signal
import sys
from django.conf import settings
settings.configure(ALLOWED_HOSTS=["*"])
from sunward.web.serving import Address, serve
port = int(sys.argv[1])
web = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"]
beside = [sys.executable, "-c", "import os, time; print(os.getpid(), flush=True); time.sleep(600)"]
code = serve(web, address=Address("127.0.0.1", port), beside=[beside])
# What is still on its way may not end the interpreter, which puts its own handlers back while it ends.
signal.signal(signal.SIGTERM, signal.SIG_IGN)
sys.exit(code)
"""


@pytest.mark.parametrize("signals", [1, 20_000])
def test_told_to_stop_it_ends_and_so_does_what_it_started(signals, tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-c", SERVER, str(port)]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        assert server.stdout is not None
        # The web server has a line of its own to say before.
        beside = next(int(line) for line in server.stdout if line.strip().isdigit())
        for _ in range(signals):
            os.kill(server.pid, signal.SIGTERM)
        try:
            assert server.wait(timeout=60) == 0
        except subprocess.TimeoutExpired:
            server.kill()
            os.kill(beside, signal.SIGKILL)
            pytest.fail("it was told to stop, and runs on")
    with pytest.raises(ProcessLookupError):
        os.kill(beside, 0)
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0
