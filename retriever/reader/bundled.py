"""The bundled reader: the encoder's own network, trained to point at the words that answer."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property

import numpy as np

from retriever.encoders.registry import bundled_folder
from retriever.encoders.runtimes.bert import BertWeights
from retriever.errors import EncoderError
from retriever.reader.pairs import PairTokenizer, TokenPair
from retriever.reader.protocol import ReadingWindow, WindowReading
from retriever.reader.runtimes.protocol import PairLogits, ReaderRuntime
from retriever.reader.runtimes.registry import load_runtime
from retriever.reader.weights import bundled_model

READ_AT_ONCE = 2
LONGEST = 208  # tokens of question and window; the reader learned from no more


class BundledReader:
    """The reader that ships with the program, loaded when it is first needed.

    Threads may share it; two of them read at once, since one keeps every core busy but at its end.
    """

    points = True

    def __init__(self, load: Callable[[BertWeights], ReaderRuntime] = load_runtime) -> None:
        """Use the runtime that ``load`` gives for the network."""
        self._load = load
        self._running = threading.BoundedSemaphore(READ_AT_ONCE)
        self._starting = threading.Lock()
        self._loading: Future[ReaderRuntime] | None = None

    def prepare(self) -> None:
        """Begin to load, in a thread of its own; what fails is raised by reading."""
        self._begun()

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text, special ones left out."""
        return self._tokenizer.count(texts)

    def room(self, question: str, heading: str) -> int:
        """Return how many tokens of a passage are read with a question and a heading."""
        return self._tokenizer.room(question, heading)

    def read(self, question: str, windows: Sequence[ReadingWindow]) -> list[WindowReading]:
        """Return what is said of each window; of a passage, what has no room is not read.

        :raises EncoderError: when the weights are missing or others, or the network does not run.
        """
        if not windows:
            return []
        pairs = self._tokenizer.pairs(question, windows)
        try:
            with self._running:
                found = self._runtime().run(pairs)
        except RuntimeError as error:
            reason = str(error).partition("\n")[0][:200]
            message = f"the bundled reader does not run here: {reason}; ask with --no-reader"
            raise EncoderError(message) from error
        return [_reading(pair, logits) for pair, logits in zip(pairs, found, strict=True)]

    def _runtime(self) -> ReaderRuntime:
        """Return the runtime once it is loaded; what failed is tried again the next time."""
        loading = self._begun()
        if loading.exception():
            self._loading = None
        return loading.result()

    def _begun(self) -> Future[ReaderRuntime]:
        with self._starting:
            if self._loading is None:
                thread = ThreadPoolExecutor(1, thread_name_prefix="reader")
                self._loading = thread.submit(self._tried)
                thread.shutdown(wait=False)
            return self._loading

    def _tried(self) -> ReaderRuntime:
        """Return the runtime after a first run, in which it prepares its weights."""
        runtime = self._load(bundled_model())
        runtime.run(self._tokenizer.pairs("", [ReadingWindow(heading="", passage="")] * 2))
        return runtime

    @cached_property
    def _tokenizer(self) -> PairTokenizer:
        return PairTokenizer(bundled_folder(), longest=LONGEST)


def _reading(pair: TokenPair, logits: PairLogits) -> WindowReading:
    passage = logits.spans[pair.first :][: len(pair.offsets)]
    none_start, none_end = logits.spans[0].tolist()
    return WindowReading(
        starts=np.ascontiguousarray(passage[:, 0]),
        ends=np.ascontiguousarray(passage[:, 1]),
        offsets=pair.offsets,
        none_start=none_start,
        none_end=none_end,
        relevance=logits.relevance,
    )
