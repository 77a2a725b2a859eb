"""The client of Milvus: the one place that imports it, when an index is in Milvus."""

import logging
from typing import Any

from grpc import RpcError
from pymilvus import DataType, MilvusClient
from pymilvus.exceptions import MilvusException

# What calls of the client raise.
ERRORS = (MilvusException, RpcError, ValueError, OSError)
GRAPH = {"M": 32, "efConstruction": 200}

# Errors come out in one line; these would print a traceback for each.
for _name in ("pymilvus", "milvus_lite"):
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)


def connect(uri: str, token: str, seconds: float) -> Any:  # noqa: ANN401  # it is not annotated
    """Return a client of the server."""
    return MilvusClient(uri=uri, token=token, timeout=seconds)


def vector_schema(dimension: int) -> Any:  # noqa: ANN401  # it is not annotated
    """Return the schema of a collection of vectors that are numbered by ``row``."""
    schema = MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field("row", DataType.INT64, is_primary=True)
    schema.add_field("vector", DataType.FLOAT_VECTOR, dim=dimension)
    return schema


def vector_index() -> Any:  # noqa: ANN401  # it is not annotated
    """Return how those vectors are indexed: as a graph, by their inner product."""
    indexed = MilvusClient.prepare_index_params()
    indexed.add_index("vector", index_type="HNSW", metric_type="IP", params=GRAPH)
    return indexed
