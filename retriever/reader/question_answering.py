"""Any extractive question-answering model of transformers, as a reader; [CLS] stands for "none"."""

import inspect
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np

from retriever.reader.folder_reader import FolderReader
from retriever.reader.pairs import TokenPair
from retriever.reader.protocol import ReadingWindow, WindowReading
from retriever.reader.spans import best_span
from retriever.reader.unusable import naming_unusable
from retriever.records import Span
from retriever.records.arrays import FloatVector

LONGEST = 384  # tokens of question and window, as such models are usually trained
BATCH = 8
UNANSWERED = -20.0  # the relevance of a window without a word


class QuestionAnsweringReader(FolderReader):
    """A model with logits for start and end, in a local folder, loaded when it is first needed.

    Its relevance is how far its best span stands above "none".
    """

    points = True
    most = LONGEST

    def read(self, question: str, windows: Sequence[ReadingWindow]) -> list[WindowReading]:
        """Return what is said of each window; of a passage, what has no room is not read.

        :raises EncoderError: when the model cannot be loaded or does not run.
        """
        if not windows:
            return []
        pairs = self._tokenizer.pairs(question, windows)
        batches = (pairs[at : at + BATCH] for at in range(0, len(pairs), BATCH))
        with self._running, naming_unusable(self._folder):
            return [reading for batch in batches for reading in _read(self._model, batch)]

    @cached_property
    def _model(self) -> Any:  # noqa: ANN401  # a class per architecture
        from transformers import AutoModelForQuestionAnswering  # noqa: PLC0415  # takes seconds
        from transformers.utils import logging  # noqa: PLC0415

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # it would write over our own lines
        model = AutoModelForQuestionAnswering.from_pretrained(
            str(self._folder), local_files_only=True
        )
        return model.eval()


def _read(model: Any, pairs: Sequence[TokenPair]) -> Iterator[WindowReading]:  # noqa: ANN401
    """Yield what the model says of pairs that are read together."""
    import torch  # noqa: PLC0415  # loaded by now

    shape = len(pairs), max(len(one.ids) for one in pairs)
    inputs = {
        name: torch.zeros(shape, dtype=torch.int64)
        for name in ("input_ids", "attention_mask", "token_type_ids")
    }
    for row, one in enumerate(pairs):
        values = (one.ids, np.ones_like(one.ids), one.kinds)
        for tensor, value in zip(inputs.values(), values, strict=True):
            tensor[row, : len(one.ids)] = torch.from_numpy(value)
    if "token_type_ids" not in inspect.signature(model.forward).parameters:
        del inputs["token_type_ids"]
    with torch.inference_mode():
        said = model(**inputs)
    starts, ends = said.start_logits.float().numpy(), said.end_logits.float().numpy()
    for row, one in enumerate(pairs):
        yield _reading(one, starts[row], ends[row])


def _reading(pair: TokenPair, starts: FloatVector, ends: FloatVector) -> WindowReading:
    passage = slice(pair.first, pair.first + len(pair.offsets))
    reading = WindowReading(
        starts=starts[passage],
        ends=ends[passage],
        offsets=pair.offsets,
        none_start=float(starts[0]),
        none_end=float(ends[0]),
        relevance=0.0,
    )
    last = int(pair.offsets[-1, 1]) if len(pair.offsets) else 0
    best = best_span(reading, Span(start=0, end=last))
    return replace(reading, relevance=best.score if best else UNANSWERED)
