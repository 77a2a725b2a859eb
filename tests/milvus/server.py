"""A real Milvus server of this machine, for tests that start it, kill it and start it again.

It is the binary of the package ``milvus`` (2.3.5). It listens on every address without a password,
so it is started only where there is no network but loopback (``make test-milvus`` sees to that).
"""

import os
import signal
import socket
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

PORT = 19530
# Seconds: 10 are usual, 60 on a busy machine.
STARTING = 240.0


def can_start() -> bool:
    """Tell whether the server is installed, and nobody else could reach it."""
    alone = [name for _, name in socket.if_nameindex()] == ["lo"]
    return alone and find_spec("milvus") is not None


class MilvusServer:
    """A server that keeps its data in a folder, from one start to the next."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; nothing is started."""
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def clear(self) -> None:
        """Throw every collection away: after a start, each takes a while to be found again."""
        from pymilvus import MilvusClient

        client = MilvusClient(uri=f"http://127.0.0.1:{PORT}", timeout=30)
        for name in client.list_collections(timeout=30):
            client.drop_collection(name, timeout=60)

    def address(self, name: str) -> str:
        """Return the address of an index."""
        return f"milvus://127.0.0.1:{PORT}/{name}"

    def start(self) -> None:
        """Start it, unless it runs, and wait until it takes work."""
        if self._process:
            return
        command = Path(sys.executable).with_name("milvus-server")
        log = self._folder.with_suffix(".log").open("ab")
        self._process = subprocess.Popen(
            [command, "--data", self._folder, "--proxy-port", str(PORT)],
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        log.close()
        self._wait_until_ready()

    def kill(self) -> None:
        """End it as a power cut would."""
        if self._process:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def _wait_until_ready(self) -> None:
        """Wait until a collection can be made: long before, it says that it is healthy."""
        from pymilvus import DataType, MilvusClient
        from pymilvus.exceptions import MilvusException

        end = time.monotonic() + STARTING
        while True:
            try:
                client = MilvusClient(uri=f"http://127.0.0.1:{PORT}", timeout=5)
                schema = client.create_schema()
                schema.add_field("row", DataType.INT64, is_primary=True)
                schema.add_field("vector", DataType.FLOAT_VECTOR, dim=8)
                client.create_collection("ready", schema=schema, timeout=30)
                client.drop_collection("ready", timeout=30)
            except (MilvusException, OSError) as error:
                if time.monotonic() > end:
                    raise TimeoutError(f"no Milvus after {STARTING} s") from error
                time.sleep(1)
            else:
                return
