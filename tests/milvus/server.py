"""A real Milvus server of this machine, for tests that start it, kill it and start it again.

It is the binary of the package ``milvus`` (2.3.5). It listens on every address without a password,
so it is started only where there is no network but loopback (``make test-milvus`` sees to that).

    sh .ci/alone .venv/bin/python -m tests.milvus.server COMMAND...

runs any command beside one, at ``milvus://127.0.0.1:19530``.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
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
        if not (self._folder / "configs").is_dir():
            _configure(self._folder)
        programs = self._folder / "bin"
        with self._folder.with_suffix(".log").open("ab") as log:
            self._process = subprocess.Popen(
                [programs / "milvus", "run", "standalone"],
                cwd=self._folder,
                env={
                    **os.environ,
                    "DEPLOY_MODE": "STANDALONE",
                    "LD_LIBRARY_PATH": str(programs),
                    "METRICS_PORT": "9091",
                    "MILVUS_RUN_DIR": str(self._folder / "run"),
                },
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
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


def _configure(folder: Path) -> None:
    """Lay out the folder as the package's own command does.

    That command looks for free ports at every start and takes others where the kernel still holds
    the old ones, the server's own address among them: so it is asked once.
    """
    from milvus import MilvusServer as PackagedServer
    from milvus import _initialize_data_files

    packaged = PackagedServer()
    packaged.set_base_dir(str(folder))
    packaged.config.update(proxy_port=PORT)
    packaged.config.resolve()
    _initialize_data_files(str(folder))
    settings = folder / "configs" / "milvus.yaml"
    text = settings.read_text(encoding="utf-8")
    # A server waits until the sessions of the one before, which was killed, are over: a minute.
    assert "ttl: 30 # ttl value" in text
    settings.write_text(text.replace("ttl: 30 #", "ttl: 5 #"), encoding="utf-8")


def main(command: list[str]) -> int:
    """Run a command while a server is up, and return its exit status."""
    if not can_start():
        sys.stderr.write("needs the package milvus, and no network but loopback: sh .ci/alone …\n")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        server = MilvusServer(Path(folder) / "data")
        try:
            server.start()
            return subprocess.run(command, check=False).returncode
        finally:
            server.kill()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
