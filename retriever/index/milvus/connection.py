"""The connection to a Milvus server: the one place that uses its client.

Every call is bounded in time, and whatever goes wrong is one line. Works with servers of 2.3 and
later, and with milvus-lite.
"""

import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import Any

import numpy as np

from retriever.errors import IndexUnreachableError, IndexUnusableError, SettingsError
from retriever.index.milvus.address import TOKEN, MilvusAddress
from retriever.records.arrays import FloatMatrix, FloatVector, RowNumbers

OLDEST = (2, 3)
# Seconds that a call may take.
CONNECTING = 10.0
ASKING = 10.0
WRITING = 120.0
LOADING = 3_600.0  # of 100 million vectors, into the memory of the query nodes, by a build
OPENING = 60.0  # the same, where it is nearly always done
STUCK = 600.0  # without a row more indexed
RETRIED_AFTER = 2.0
# Rows written at once: 3 MB of 384 numbers; a message may have 64.
WRITTEN_AT_ONCE = 2_000
_NOT_FOUND = re.compile(r"not found|not exist|can't find", re.IGNORECASE)


class MilvusConnection:
    """A server, connected to at the first call; threads may share it."""

    def __init__(self, address: MilvusAddress) -> None:
        """Remember where it is."""
        self._address = address
        self._lock = Lock()
        self._client: Any = None
        self._failed: tuple[float, str] = (-RETRIED_AFTER, "")

    def require(self) -> None:
        """Make sure that the server answers and is of a version that is known.

        :raises IndexUnreachableError: when it does not.
        :raises IndexUnusableError: when it is too old.
        :raises SettingsError: when its client is not installed.
        """
        self._connected()

    def names(self) -> list[str]:
        """Return the names of all collections."""
        with self._told() as client:
            return [str(name) for name in client.list_collections(timeout=ASKING)]

    def aliased(self, alias: str) -> str | None:
        """Return the collection that ``alias`` stands for, if for any."""
        try:
            with self._told() as client:
                found = client.describe_alias(alias, timeout=ASKING)
        except _NotThereError:
            return None
        return str(found["collection_name"]) or None

    def point(self, alias: str, name: str) -> None:
        """Let ``alias`` stand for a collection, from one moment to the next."""
        try:
            with self._told() as client:
                client.alter_alias(name, alias, timeout=WRITING)
        except _NotThereError:
            with self._told() as client:
                client.create_alias(name, alias, timeout=WRITING)

    def create(self, name: str, dimension: int) -> None:
        """Begin a collection of vectors, numbered by ``row``; one that is there is thrown away."""
        api = _api(self._address)
        with self._told() as client:
            if client.has_collection(name, timeout=ASKING):
                client.drop_collection(name, timeout=WRITING)
            schema, shards = api.vector_schema(dimension), self._address.shards
            client.create_collection(name, schema=schema, num_shards=shards, timeout=WRITING)
            client.create_index(name, api.vector_index(), timeout=WRITING)

    def write(self, name: str, first: int, vectors: FloatMatrix) -> None:
        """Write the vectors of the rows from ``first`` on; doing it twice does no harm."""
        rows = [{"row": row, "vector": vector} for row, vector in enumerate(vectors, first)]
        with self._told() as client:
            client.upsert(name, rows, timeout=WRITING)

    def complete(self, name: str, step: Callable[[], None]) -> None:
        """Index what was written and make it searchable; ``step`` is called while that takes."""
        with self._told() as client:
            client.flush(name, timeout=WRITING)
            for indexed in client.list_indexes(name, timeout=ASKING):
                _wait_for_index(client, name, indexed, step)
        self.load(name, LOADING)

    def load(self, name: str, seconds: float = OPENING) -> None:
        """Let the server hold a collection in memory, unless it does, however many times."""
        replicas = {} if self._address.is_embedded else {"replica_number": self._address.replicas}
        with self._told() as client:
            # To be asked for another number of replicas than it holds would be an error.
            state = client.get_load_state(name, timeout=ASKING)["state"]
            if getattr(state, "name", "") != "Loaded":
                client.load_collection(name, timeout=seconds, **replicas)

    def dimension(self, name: str) -> int | None:
        """Return how many numbers a vector of the collection has; None if there is none such."""
        try:
            with self._told() as client:
                about = client.describe_collection(name, timeout=ASKING)
        except _NotThereError:
            return None
        sizes = [field["params"]["dim"] for field in about["fields"] if field["name"] == "vector"]
        return int(sizes[0]) if sizes else 0

    def count(self, name: str) -> int:
        """Return how many rows are searchable, none of them left out."""
        with self._told() as client:
            counted = client.query(
                name,
                filter="",
                output_fields=["count(*)"],
                consistency_level="Strong",
                timeout=ASKING,
            )
            return int(next(iter(counted))["count(*)"])

    def vectors(self, name: str, rows: RowNumbers) -> dict[int, FloatVector]:
        """Return the vectors of rows, those that are there."""
        with self._told() as client:
            found = client.query(
                name, ids=rows.tolist(), output_fields=["row", "vector"], timeout=ASKING
            )
            return {int(one["row"]): np.array(one["vector"], dtype=np.float32) for one in found}

    def nearest(
        self, name: str, query: FloatVector, *, limit: int, effort: int
    ) -> tuple[RowNumbers, FloatVector]:
        """Return the rows nearest to ``query`` and their cosines, as the server has them."""
        with self._told() as client:
            (hits,) = client.search(
                name,
                data=[query.tolist()],
                anns_field="vector",
                limit=limit,
                search_params={"metric_type": "IP", "params": {"ef": effort}},
                output_fields=["row"],
                consistency_level="Bounded",
                timeout=ASKING,
            )
            rows = np.fromiter((hit.id for hit in hits), dtype=np.int64)
            cosines = np.fromiter((hit.distance for hit in hits), dtype=np.float32)
        return rows, cosines

    def drop(self, name: str) -> None:
        """Throw a collection away."""
        with self._told() as client:
            client.drop_collection(name, timeout=WRITING)

    @contextmanager
    def _told(self) -> Iterator[Any]:
        """Give the client; what it raises comes out as one line."""
        client = self._connected()
        try:
            yield client
        except _api(self._address).ERRORS as error:
            raise _error_of(error, self._address) from error

    def _connected(self) -> Any:  # noqa: ANN401  # the client is not annotated
        with self._lock:
            if self._client is None:
                since, reason = self._failed
                if time.monotonic() < since + RETRIED_AFTER:
                    raise IndexUnreachableError(reason)
                try:
                    self._client = _connect(self._address)
                except IndexUnreachableError as error:
                    self._failed = (time.monotonic(), str(error))
                    raise
            return self._client


class _NotThereError(IndexUnusableError):
    """The server answers, but has no such alias or collection."""


@lru_cache(maxsize=16)
def connection_to(address: MilvusAddress) -> MilvusConnection:
    """Return the connection of this process to a server: milvus-lite allows one."""
    return MilvusConnection(address)


def _api(address: MilvusAddress) -> ModuleType:
    """Return the client's module, which only those import who have an index in Milvus."""
    try:
        from retriever.index.milvus import client  # noqa: PLC0415
    except ImportError as error:
        message = f"{address.written} needs the client of Milvus: pip install 'quotidian[milvus]'"
        raise SettingsError(message) from error
    return client


def _connect(address: MilvusAddress) -> Any:  # noqa: ANN401  # the client is not annotated
    api = _api(address)
    token = "" if address.is_embedded else os.environ.get(TOKEN, "")
    try:
        if address.is_embedded:
            Path(address.uri).parent.mkdir(parents=True, exist_ok=True)
        client = api.connect(address.uri, token, CONNECTING)
        version = str(client.get_server_version(timeout=ASKING))
    except ImportError as error:
        message = f"{address.written} needs milvus-lite: pip install milvus-lite"
        raise SettingsError(message) from error
    except api.ERRORS as error:
        raise _error_of(error, address) from error
    _require_version(version, address)
    return client


def _require_version(version: str, address: MilvusAddress) -> None:
    if version.startswith("milvus_lite"):
        return
    found = re.search(r"(\d+)\.(\d+)", version)
    if found and (int(found[1]), int(found[2])) < OLDEST:
        raise IndexUnusableError(
            f"the Milvus of {address.written} is {version[:40]}; this program needs "
            f"{'.'.join(map(str, OLDEST))} or later"
        )


def _wait_for_index(client: Any, name: str, indexed: str, step: Callable[[], None]) -> None:  # noqa: ANN401
    """Wait until every row is indexed, as long as the number of those that are not falls."""
    least, since = None, time.monotonic()
    while True:
        about = client.describe_index(name, indexed, timeout=ASKING)
        pending = int(about.get("pending_index_rows", 0))
        if not pending or about.get("state") == "Finished":
            return
        if least is None or pending < least:
            least, since = pending, time.monotonic()
        if time.monotonic() > since + STUCK:
            raise TimeoutError(f"{pending} rows are not indexed after {STUCK:.0f} s")
        step()
        time.sleep(0.5)


def _error_of(error: Exception, address: MilvusAddress) -> IndexUnusableError:
    """Return what a client's error says in one line, and what to do."""
    said = str(getattr(error, "message", "") or getattr(error, "details", lambda: "")() or error)
    line = " ".join(said.split())[:300] or type(error).__name__
    if _NOT_FOUND.search(line) and "node" not in line:
        return _NotThereError(
            f"{address.written}: {line}; put it right, without encoding anything again, with: "
            f"quotidian build CORPUS --index '{address.written}'"
        )
    return IndexUnreachableError(
        f"the Milvus of {address.written} does not answer as it should ({line}); see that it runs "
        "(after a start it needs up to a minute) and try again"
    )
