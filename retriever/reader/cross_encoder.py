"""Any CrossEncoder of sentence-transformers, as a reader that knows relevance alone."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from retriever.reader.folder_reader import FolderReader
from retriever.reader.protocol import ReadingWindow, WindowReading
from retriever.reader.unusable import naming_unusable

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

_NO_LOGITS = np.zeros(0, dtype=np.float32)
_NO_PLACES = np.zeros((0, 2), dtype=np.int64)


class CrossEncoderReader(FolderReader):
    """A cross-encoder in a local folder, loaded when the first question comes."""

    points = False

    def read(self, question: str, windows: Sequence[ReadingWindow]) -> list[WindowReading]:
        """Return the relevance of each window; of a passage, what has no room is not read.

        :raises EncoderError: when the model cannot be loaded or does not run.
        """
        if not windows:
            return []
        from torch.nn import Identity  # noqa: PLC0415  # paid only by those who name such a reader

        pairs = [(question, f"{one.heading}\n{one.passage}".strip()) for one in windows]
        with self._running, naming_unusable(self._folder):
            found = self._model.predict(pairs, activation_fn=Identity(), show_progress_bar=False)
            logits = np.asarray(found, dtype=np.float32).reshape(len(windows), -1)
            return [_relevance(float(row[-1])) for row in logits]

    @cached_property
    def _model(self) -> "CrossEncoder":
        from sentence_transformers import CrossEncoder  # noqa: PLC0415  # takes seconds
        from transformers.utils import logging  # noqa: PLC0415

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # it would write over our own lines
        model: CrossEncoder = CrossEncoder(str(self._folder), device="cpu", local_files_only=True)
        return model


def _relevance(logit: float) -> WindowReading:
    return WindowReading(
        starts=_NO_LOGITS,
        ends=_NO_LOGITS,
        offsets=_NO_PLACES,
        none_start=0.0,
        none_end=0.0,
        relevance=logit,
    )
