"""Milvus against an exact scan by FAISS, on real passages and questions, in one run.

    python -m tests.benchmarks.milvus ADDRESS --index DIR... --questions DATASET... [--passages N]
                                      [--words] [--json]

takes the passage vectors of indexes that are there, encodes the questions of data sets, stores the
vectors at ADDRESS (``milvus://127.0.0.1:19530/bench``, ``milvus+lite:///tmp/here/bench``) and asks
each question both ways, in turn. It prints which share of the exact first 10 and 100 is found,
without a filter and within a random tenth, hundredth and thousandth; and times as ratios. With
``--passages`` there are so many: real ones, and copies of them with noise. ``--words`` compares the
BM25 of Milvus (2.5 and later, and milvus-lite) with that of this program instead: how often an
article that holds the evidence is among the first 10 passages. Exit status 1 when the first 10 are
found less often than .98.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from retriever import Index, open_index
from retriever.encoders.registry import load_present_encoder
from retriever.evaluation.datasets import Dataset, read_dataset
from retriever.index.faiss_flat import FaissFlat
from retriever.index.milvus.address import MilvusAddress, parse_address
from retriever.index.milvus.connection import WRITTEN_AT_ONCE, connection_to
from retriever.index.milvus.vectors import MilvusVectors, upload
from retriever.index.publishing import current_generation
from retriever.index.vectors import VECTORS, VectorIndex
from retriever.records.arrays import FloatMatrix, FloatVector, RowNumbers
from retriever.settings import BUNDLED_ENCODER

LEAST = 0.98
SUBSETS = (0.1, 0.01, 0.001)
# Of the length of a vector: a copy is nearer to its passage (cosine .89) than another one is.
NOISE = 0.5
FIRST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What came of one run; ``milvus_ms`` and ``faiss_ms`` are medians of one question."""

    passages: int
    questions: int
    recall_at_10: float
    recall_at_100: float
    filtered_recall_at_10: dict[str, float]
    stored_per_second: float
    milvus_ms: float
    faiss_ms: float
    milvus_filtered_ms: dict[str, float]


def compare(address: MilvusAddress, matrix: FloatMatrix, queries: FloatMatrix) -> Comparison:
    """Store the vectors, ask every question both ways, and throw the collection away."""
    connection, name = connection_to(address), f"{address.name}_measured"
    started = time.perf_counter()
    upload(connection, name, matrix, lambda _done, _total: None)
    rate = len(matrix) / (time.perf_counter() - started)
    exact, milvus = FaissFlat(matrix), MilvusVectors(connection, name, matrix)
    for query in queries[:20]:
        milvus.search(query, k=100)
    plain = [_both(exact, milvus, query, None) for query in queries]
    filtered = {
        f"{share:g}": [_both(exact, milvus, query, rows) for query in queries[:200]]
        for share in SUBSETS
        for rows in [_subset(len(matrix), share)]
    }
    connection.drop(name)
    return Comparison(
        passages=len(matrix),
        questions=len(queries),
        recall_at_10=_mean(one.share(FIRST) for one in plain),
        recall_at_100=_mean(one.share(100) for one in plain),
        filtered_recall_at_10={
            share: _mean(one.share(FIRST) for one in each) for share, each in filtered.items()
        },
        stored_per_second=round(rate),
        milvus_ms=_median(one.milvus_ms for one in plain),
        faiss_ms=_median(one.faiss_ms for one in plain),
        milvus_filtered_ms={
            share: _median(one.milvus_ms for one in each) for share, each in filtered.items()
        },
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """One question, asked both ways."""

    expected: RowNumbers
    found: RowNumbers
    milvus_ms: float
    faiss_ms: float

    def share(self, first: int) -> float:
        expected = self.expected[:first]
        return len(np.intersect1d(expected, self.found[:first])) / max(1, len(expected))


def _both(
    exact: VectorIndex, milvus: VectorIndex, query: FloatVector, rows: RowNumbers | None
) -> _Asked:
    def timed(index: VectorIndex) -> tuple[RowNumbers, float]:
        started = time.perf_counter()
        found, _ = index.search(query, k=100, rows=rows)
        return found, 1000 * (time.perf_counter() - started)

    expected, faiss_ms = timed(exact)
    found, milvus_ms = timed(milvus)
    return _Asked(expected=expected, found=found, milvus_ms=milvus_ms, faiss_ms=faiss_ms)


def _subset(count: int, share: float) -> RowNumbers:
    chance = np.random.default_rng(11)
    return np.flatnonzero(chance.random(count) < share).astype(np.int64)


def vectors_of(indexes: Sequence[Path], count: int | None) -> FloatMatrix:
    """Return the passage vectors of some indexes; ``count`` of them, with noisy copies beyond."""
    real = np.concatenate([np.load(current_generation(index) / VECTORS) for index in indexes])
    if count is None or count <= len(real):
        return np.ascontiguousarray(real[:count])
    matrix = np.empty((count, real.shape[1]), dtype=np.float32)
    matrix[: len(real)] = real
    chance = np.random.default_rng(7)
    for start in range(len(real), count, WRITTEN_AT_ONCE):
        rows = np.arange(start, min(start + WRITTEN_AT_ONCE, count))
        noise = chance.normal(size=(len(rows), real.shape[1])).astype(np.float32)
        noise *= NOISE / np.linalg.norm(noise, axis=1, keepdims=True)
        noisy = real[rows % len(real)] + noise
        matrix[rows] = noisy / np.linalg.norm(noisy, axis=1, keepdims=True)
    return matrix


def questions_of(datasets: Sequence[Dataset]) -> FloatMatrix:
    """Return the vectors of all their questions."""
    texts = [query.text for data in datasets for query in data.queries]
    encoder = load_present_encoder(BUNDLED_ENCODER)
    return np.concatenate(
        [encoder.encode_query(texts[start : start + 64]) for start in range(0, len(texts), 64)]
    )


def compare_words(address: MilvusAddress, index: Index, data: Dataset) -> dict[str, float]:
    """Return how often each BM25 has an article of the evidence among its first 10 passages."""
    from pymilvus import MilvusClient

    client = MilvusClient(uri=address.uri, timeout=30)
    name = f"{address.name}_words"
    passages = [*index._current().generation.store.passages()]
    _store_words(client, name, [f"{p.article.title or ''}\n{p.text}" for p in passages])

    def by_milvus(text: str) -> list[str]:
        (hits,) = client.search(name, data=[text], anns_field="words", limit=FIRST)
        return [passages[hit.id].article.id for hit in hits]

    def here(text: str) -> list[str]:
        hits = index.search_channel(text, channel="lexical", k=FIRST)
        return [hit.passage.article.id for hit in hits]

    found = {"milvus": _recall(by_milvus, data), "here": _recall(here, data)}
    client.drop_collection(name)
    return found


def _store_words(client: Any, name: str, texts: Sequence[str]) -> None:
    from pymilvus import DataType, Function, FunctionType

    schema, indexed = client.create_schema(auto_id=False), client.prepare_index_params()
    schema.add_field("row", DataType.INT64, is_primary=True)
    schema.add_field("text", DataType.VARCHAR, max_length=65_535, enable_analyzer=True)
    schema.add_field("words", DataType.SPARSE_FLOAT_VECTOR)
    schema.add_function(
        Function(
            name="bm25",
            function_type=FunctionType.BM25,
            input_field_names=["text"],
            output_field_names=["words"],
        )
    )
    indexed.add_index(
        "words",
        index_type="SPARSE_INVERTED_INDEX",
        metric_type="BM25",
        params={"bm25_k1": 1.2, "bm25_b": 0.75},
    )
    client.create_collection(name, schema=schema, index_params=indexed)
    rows = [{"row": row, "text": text} for row, text in enumerate(texts)]
    for start in range(0, len(rows), WRITTEN_AT_ONCE):
        client.insert(name, rows[start : start + WRITTEN_AT_ONCE])
    client.flush(name)
    client.load_collection(name)


def _recall(search: Callable[[str], list[str]], data: Dataset) -> float:
    asked = [query for query in data.queries if data.evidence.get(query.id)]
    held = (
        bool({item.article for item in data.evidence[query.id]} & set(search(query.text)))
        for query in asked
    )
    return _mean(float(one) for one in held)


def _mean(values: Iterator[float]) -> float:
    return round(statistics.fmean(values), 4)


def _median(values: Iterator[float]) -> float:
    return round(statistics.median(values), 2)


def main() -> bool:
    """Measure what the command line asks for; return whether enough was found."""
    parser = argparse.ArgumentParser(prog="tests.benchmarks.milvus", description="Compare Milvus.")
    parser.add_argument("address")
    parser.add_argument("--index", nargs="+", type=Path, required=True)
    parser.add_argument("--questions", nargs="+", type=Path, required=True)
    parser.add_argument("--passages", type=int)
    parser.add_argument("--words", action="store_true")
    asked = parser.parse_args()
    address, datasets = parse_address(asked.address), [read_dataset(p) for p in asked.questions]
    if asked.words:
        for folder, data in zip(asked.index, datasets, strict=True):
            found = compare_words(address, open_index(folder, reader="none"), data)
            print(json.dumps({"set": data.name, "article_recall_at_10": found}))  # noqa: T201
        return True
    matrix = vectors_of(asked.index, asked.passages)
    compared = compare(address, matrix, questions_of(datasets))
    print(json.dumps(asdict(compared), indent=2))  # noqa: T201
    return compared.recall_at_10 >= LEAST


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
