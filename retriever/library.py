"""The library's front door: build an index, open it, search it, ask it."""

import logging
import threading
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from retriever.answer.answering import answer
from retriever.answer.calibration import calibrate
from retriever.encoders.protocol import Encoder
from retriever.encoders.registry import load_encoder
from retriever.errors import IndexUnusableError, QuotidianError
from retriever.index.generation import Generation
from retriever.index.publishing import current_generation
from retriever.indexing.ledger import ledger_of
from retriever.indexing.pipeline import BuildReport, Job, Progress, Stage, build_index
from retriever.indexing.word_index import WORDS
from retriever.query.question import (
    History,
    Question,
    checked_history,
    checked_question,
    taken_back,
)
from retriever.ranking.cross_encoder import CrossEncoderReranker, Reranker
from retriever.ranking.retrieval import Channel, hits_of, retrieve, retrieve_channel
from retriever.records import Answer, Article, Coverage, Filters, Hit, LedgerEntry
from retriever.settings import BUNDLED_ENCODER

_ALL = Filters()
# Seconds until a generation that could not be opened is tried again: reading it may take that long.
RETRIED_AFTER = 30.0
_log = logging.getLogger(__name__)


def build(
    corpus: str | Path = "seeds",
    *,
    index: str | Path = ".quotidian",
    full: bool = False,
    encoder: str = BUNDLED_ENCODER,
    progress: Callable[[Progress], None] | None = None,
) -> BuildReport:
    """Bring the index in folder ``index`` up to date with ``corpus``, a folder or a file.

    Only what changed is read and encoded, unless ``full``. The index in use answers until the
    new one is published. ``progress`` is told how far the build is; a BuildCancelled that it
    raises stops the build, the index stays as it was, and the error reaches the caller.

    :raises CorpusError: when the corpus is missing or holds no readable article.
    :raises IndexBusyError: when another process is building this index.
    :raises EncoderError: when the encoder cannot be loaded.
    """
    loaded = load_encoder(encoder)
    return build_index(
        Job(
            corpus=Path(corpus),
            index=Path(index),
            encoder_name=encoder,
            encoder=loaded,
            full=full,
            progress=progress or (lambda _: None),
            calibrate=lambda generation: calibrate(generation, loaded),
        )
    )


def open_index(index: str | Path = ".quotidian", *, reranker: str = "") -> "Index":
    """Open the index in folder ``index`` for questions.

    Cheap: the encoder is loaded when the first question comes, or by :meth:`Index.warm_up`.
    ``reranker`` may name a cross-encoder, a folder or a model on the hub; none is needed.

    :raises IndexUnusableError: when there is no index, or it is damaged or stale.
    """
    return Index(Path(index), reranker=CrossEncoderReranker(reranker) if reranker else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    """A generation and the encoder that reads questions for it: they change together."""

    generation: Generation
    encoder: Encoder


class Index:
    """An open index; threads may share it.

    Before each question it looks whether a newer generation was published and, if so, uses it;
    a question that is under way keeps the generation it began with.
    """

    def __init__(self, folder: Path, *, reranker: Reranker | None = None) -> None:
        """Open the current generation in ``folder``; see :func:`open_index`."""
        self.folder = folder
        self._reranker = reranker
        self._switching = threading.Lock()
        self._warning: str | None = None
        self._refused: Path | None = None
        self._retried = 0.0
        generation = _open_current(folder)
        encoder = load_encoder(generation.manifest.encoder, fetch=False)
        self._opened = _Opened(generation=generation, encoder=encoder)

    @property
    def coverage(self) -> Coverage:
        """What the index holds now."""
        return self._told(self._current().generation.coverage)

    @property
    def corpus(self) -> Path:
        """The folder or file that the index was built from."""
        return Path(self._current().generation.manifest.corpus)

    def ledger(self) -> list[LedgerEntry]:
        """Return what came of every file of the corpus, sorted by path."""
        return ledger_of(self._current().generation.store)

    def warm_up(self) -> None:
        """Load the encoder now, so that the first question does not wait for it."""
        self._ready().encoder.encode(["warm up"])

    def search(
        self,
        question: str,
        *,
        k: int = 10,
        history: History = (),
        filters: Filters = _ALL,
        today: date | None = None,
        without: Collection[str] = (),
    ) -> list[Hit]:
        """Return the ``k`` passages that fit the question best, best first.

        Ties are broken by passage id. An empty question finds nothing. ``history`` is the
        conversation so far, oldest first, as messages or as mappings with ``role`` and
        ``content``; "this week" and the like are relative to ``today``. Words in ``without`` are
        neither carried over from the conversation nor respelt.

        :raises QuestionError: when the question, the history or a filter cannot be used.
        """
        asked = _question(question, history, filters, today, without)
        opened = self._ready()
        if not asked.text or k < 1:
            return []
        found = retrieve(asked, opened.generation, opened.encoder, self._reranker)
        return hits_of(found, opened.generation)[:k]

    def search_channel(
        self,
        question: str,
        *,
        channel: Channel,
        k: int = 100,
        history: History = (),
        filters: Filters = _ALL,
    ) -> list[Hit]:
        """Return what one channel alone finds, for measuring: dense, lexical or fused.

        :raises QuestionError: as :meth:`search`.
        """
        asked = _question(question, history, filters, None, ())
        opened = self._ready()
        if not asked.text or k < 1:
            return []
        return retrieve_channel(asked, opened.generation, opened.encoder, channel=channel)[:k]

    def ask(
        self,
        question: str,
        *,
        history: History = (),
        filters: Filters = _ALL,
        today: date | None = None,
        without: Collection[str] = (),
    ) -> Answer:
        """Answer with whole sentences of the articles, or say that they hold no answer.

        The parameters are those of :meth:`search`.

        :raises QuestionError: when the question, the history or a filter cannot be used.
        """
        asked = _question(question, history, filters, today, without)
        opened = self._ready()
        given = answer(asked, opened.generation, opened.encoder, self._reranker)
        return replace(given, coverage=self._told(given.coverage))

    def articles(self) -> Iterator[Article]:
        """Yield every article of the index, in the order of the corpus."""
        return self._current().generation.store.articles()

    def article(self, article_id: str) -> Article:
        """Return one article.

        :raises QuestionError: when the index holds none with this id.
        """
        return self._current().generation.store.article(article_id)

    def article_with_text(self, sha256: str) -> Article | None:
        """Return the first article whose text has this SHA-256, in hex, whatever its id is."""
        return self._current().generation.store.with_text(sha256)

    def _told(self, coverage: Coverage) -> Coverage:
        """Return the coverage with what is wrong with the index's folder, if anything is."""
        return replace(coverage, warning=self._warning) if self._warning else coverage

    def _current(self) -> _Opened:
        """Return the newest generation that can be used; the one in hand if there is none.

        Others wait while one thread opens a new generation: a question that comes after a build
        was published is never answered from what was before it.
        """
        with self._switching:
            self._switch()
            return self._opened

    def _switch(self) -> None:
        """Take up the generation that is in use, or note why that cannot be done."""
        folder: Path | None = None
        try:
            folder = current_generation(self.folder)
            if folder == self._opened.generation.folder:
                self._warning = None
            elif folder != self._refused or time.monotonic() > self._retried + RETRIED_AFTER:
                self._opened = self._open(folder)
                self._warning = self._refused = None
        except QuotidianError as error:
            self._refused, self._retried = folder, time.monotonic()
            warning = f"still answering from generation {self._opened.generation.name}: {error}"
            if warning != self._warning:
                _log.warning("%s", warning)
            self._warning = warning

    def _open(self, folder: Path) -> _Opened:
        generation = Generation(folder)
        made = generation.manifest
        if made.fingerprint == self._opened.encoder.fingerprint:
            return _Opened(generation=generation, encoder=self._opened.encoder)
        return _Opened(generation=generation, encoder=load_encoder(made.encoder, fetch=False))

    def _ready(self) -> _Opened:
        opened = self._current()
        made = opened.generation.manifest
        opened.generation.require_encoder(made.encoder, opened.encoder.fingerprint)
        opened.generation.require_words(WORDS)
        return opened


def _open_current(index: Path) -> Generation:
    """Open the generation in use; if builds replace it meanwhile, the one in use by then."""
    folder = current_generation(index)
    while True:
        try:
            return Generation(folder)
        except IndexUnusableError:
            before, folder = folder, current_generation(index)
            if folder == before:
                raise


def _question(
    question: str,
    history: History,
    filters: Filters,
    today: date | None,
    without: Collection[str],
) -> Question:
    return Question(
        text=checked_question(question),
        history=checked_history(history),
        filters=filters,
        today=today or datetime.now(UTC).date(),
        without=taken_back(without),
    )


__all__ = ["BuildReport", "Index", "Progress", "Stage", "build", "open_index"]
