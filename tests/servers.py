"""The real server in a process of its own, which can be stopped, killed and started again."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
PATIENCE = 60.0  # seconds for a server to start on a busy machine


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """A server on the database at `url`; its files and its log are in `data`."""

    url: str
    data: Path
    environment: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def log(self) -> str:
        """All that the server has printed, over all its starts."""
        return (self.data / "server.log").read_text(encoding="utf-8", errors="replace")

    def start(self) -> Server:
        """Returns once the server answers; raises with its log if it does not."""
        self.data.mkdir(parents=True, exist_ok=True)
        with (self.data / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                self._command(),
                cwd=HOME,
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._wait()
        return self

    def stop(self) -> None:
        """As an operator stops it: it may finish what it does."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """As a power cut stops it (`kill -9`): at once, wherever it was."""
        self._end(signal.SIGKILL)

    def _command(self) -> list[str]:
        run = [sys.executable, "-m", "streamlit", "run", "app.py"]
        return [*run, "--server.address", HOST, "--server.port", str(self.port)]

    def _environment(self) -> dict[str, str]:
        own = {"DATABASE_URL": self.url, "SANSHE_DATA": str(self.data)}
        return os.environ | own | self.environment

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while not self.healthy():
            dead = self.process is None or self.process.poll() is not None
            if dead or time.monotonic() > until:
                self.kill()
                raise RuntimeError(f"the server did not start:\n{self.log[-4000:]}")
            time.sleep(0.05)

    def healthy(self) -> bool:
        """Whether it answers."""
        asking = http.client.HTTPConnection(HOST, self.port, timeout=5)
        try:
            asking.request("GET", "/_stcore/health")
            return asking.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            asking.close()

    def _end(self, by: signal.Signals) -> None:
        if self.process is None:
            return
        if self.process.poll() is None:
            os.killpg(self.process.pid, by)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(20)
        self.process = None
