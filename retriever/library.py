"""The library's front door: build an index, open it, search it, ask it."""

import logging
import threading
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from retriever.answer.answering import answer
from retriever.answer.calibration import calibrate
from retriever.errors import IndexUnusableError
from retriever.index.building import BuildReport, Job, Progress, build_index
from retriever.index.encoder import Encoder, load_encoder
from retriever.index.generation import Generation
from retriever.index.generations import current_generation
from retriever.records import Answer, Article, Coverage, Filters, Hit
from retriever.search.question import (
    History,
    Question,
    checked_history,
    checked_question,
    taken_back,
)
from retriever.search.reranker import CrossEncoderReranker, Reranker
from retriever.search.retrieval import Channel, hits_of, retrieve, retrieve_channel
from retriever.settings import BUNDLED_ENCODER

_ALL = Filters()
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
    new one is published. ``progress`` is told how far the build is.

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
        generation = Generation(current_generation(folder))
        encoder = load_encoder(generation.manifest.encoder)
        self._opened = _Opened(generation=generation, encoder=encoder)

    @property
    def coverage(self) -> Coverage:
        """What the index holds now."""
        return self._current().generation.coverage

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
        return answer(asked, opened.generation, opened.encoder, self._reranker)

    def articles(self) -> Iterator[Article]:
        """Yield every article of the index, in the order of the corpus."""
        return self._current().generation.store.articles()

    def article(self, article_id: str) -> Article:
        """Return one article.

        :raises QuestionError: when the index holds none with this id.
        """
        return self._current().generation.store.article(article_id)

    def _current(self) -> _Opened:
        """Return the newest generation that can be used; the one in hand if there is none."""
        with self._switching:
            try:
                folder = current_generation(self.folder)
                if folder != self._opened.generation.folder:
                    self._opened = self._open(folder)
            except IndexUnusableError as error:
                _log.warning("still answering from %s: %s", self._opened.generation.folder, error)
            return self._opened

    def _open(self, folder: Path) -> _Opened:
        generation = Generation(folder)
        made = generation.manifest
        if made.fingerprint == self._opened.encoder.fingerprint:
            return _Opened(generation=generation, encoder=self._opened.encoder)
        return _Opened(generation=generation, encoder=load_encoder(made.encoder))

    def _ready(self) -> _Opened:
        opened = self._current()
        made = opened.generation.manifest
        opened.generation.require_encoder(made.encoder, opened.encoder.fingerprint)
        return opened


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


__all__ = ["BuildReport", "Index", "Progress", "build", "open_index"]
