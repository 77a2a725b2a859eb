"""An optional cross-encoder that reads question and passage together; never needed.

Any sentence-transformers ``CrossEncoder``, by folder or by its name on the model hub. It reads the
best candidates only: on two cores even a small one takes some 15 ms for each.
"""

import threading
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from retriever.errors import EncoderError
from retriever.index.generation import Generation
from retriever.ranking.candidates import Candidates
from retriever.ranking.scoring import ScoredSentences
from retriever.records.arrays import FloatVector

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

READ = 20  # candidates, from the best


class Reranker(Protocol):
    """What the ranking needs of a model that reads question and passage together."""

    def scores(self, question: str, passages: Sequence[str]) -> FloatVector:
        """Return in [0, 1] how well each passage answers, ``(len(passages),) float32``."""
        ...


class CrossEncoderReranker:
    """A cross-encoder, loaded when the first question comes."""

    def __init__(self, name: str) -> None:
        """Use the model in the folder ``name``, or the one of that name on the hub."""
        self._name = name
        self._loading = threading.Lock()

    def scores(self, question: str, passages: Sequence[str]) -> FloatVector:
        """Return in [0, 1] how well each passage answers, ``(len(passages),) float32``."""
        from torch.nn import Sigmoid  # noqa: PLC0415  # paid only by those who want a reranker

        with self._loading:
            model = self._model
        pairs = [(question, passage) for passage in passages]
        found = model.predict(pairs, activation_fn=Sigmoid(), show_progress_bar=False)
        scores: FloatVector = np.asarray(found, dtype=np.float32).reshape(len(passages), -1)[:, -1]
        return scores

    @cached_property
    def _model(self) -> "CrossEncoder":
        local = Path(self._name).is_dir()
        from sentence_transformers import CrossEncoder  # noqa: PLC0415  # takes seconds

        try:
            model: CrossEncoder = CrossEncoder(self._name, device="cpu", local_files_only=local)
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise EncoderError(
                f"cannot load the reranker {self._name!r}: {str(error)[:200]}; "
                "give a folder with a cross-encoder, or its name on the model hub"
            ) from error
        return model


def rerank(
    scored: ScoredSentences,
    question: str,
    candidates: Candidates,
    generation: Generation,
    reranker: Reranker,
) -> ScoredSentences:
    """Return the sentences with the reranker's verdict on the best passages added to their scores.

    What it has read stands before all that it has not.
    """
    best = np.argsort(-scored.passage_scores, kind="stable")[:READ]
    passages = [generation.store.passage(int(row)) for row in candidates.rows[best]]
    texts = [f"{part.article.title or ''}\n{part.text}".strip() for part in passages]
    verdict = np.zeros(len(candidates.rows), dtype=np.float32)
    verdict[best] = 1 + reranker.scores(question, texts)
    return replace(
        scored,
        scores=scored.scores + verdict[scored.owners],
        passage_scores=scored.passage_scores + verdict,
    )
