"""The library's front door: build an index, open it, search it, ask it."""

import logging
import threading
from collections.abc import Callable, Iterator
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
from retriever.search.question import History, Question, checked_history, checked_question
from retriever.search.retrieval import Channel, retrieve, retrieve_channel
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


def open_index(index: str | Path = ".quotidian") -> "Index":
    """Open the index in folder ``index`` for questions.

    Cheap: the encoder is loaded when the first question comes, or by :meth:`Index.warm_up`.

    :raises IndexUnusableError: when there is no index, or it is damaged or stale.
    """
    return Index(Path(index))


class Index:
    """An open index; threads may share it.

    Before each question it looks whether a newer generation was published and, if so, uses it;
    a question that is under way keeps the generation it began with.
    """

    def __init__(self, folder: Path) -> None:
        """Open the current generation in ``folder``; see :func:`open_index`."""
        self.folder = folder
        self._switching = threading.Lock()
        self._generation = Generation(current_generation(folder))
        self._encoder: Encoder = load_encoder(self._generation.manifest.encoder)

    @property
    def coverage(self) -> Coverage:
        """What the index holds now."""
        return self._current().coverage

    def warm_up(self) -> None:
        """Load the encoder now, so that the first question does not wait for it."""
        self._ready()
        self._encoder.encode(["warm up"])

    def search(
        self,
        question: str,
        *,
        k: int = 10,
        history: History = (),
        filters: Filters = _ALL,
        today: date | None = None,
    ) -> list[Hit]:
        """Return the ``k`` passages that fit the question best, best first.

        Ties are broken by passage id. An empty question finds nothing. ``history`` is the
        conversation so far, oldest first, as messages or as mappings with ``role`` and
        ``content``; "this week" and the like are relative to ``today``.

        :raises QuestionError: when the question, the history or a filter cannot be used.
        """
        asked = _question(question, history, filters, today)
        generation = self._ready()
        if not asked.text or k < 1:
            return []
        return retrieve(asked, generation, self._encoder).hits[:k]

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
        asked = _question(question, history, filters, None)
        generation = self._ready()
        if not asked.text or k < 1:
            return []
        return retrieve_channel(asked, generation, self._encoder, channel=channel)[:k]

    def ask(
        self,
        question: str,
        *,
        history: History = (),
        filters: Filters = _ALL,
        today: date | None = None,
    ) -> Answer:
        """Answer with whole sentences of the articles, or say that they hold no answer.

        The parameters are those of :meth:`search`.

        :raises QuestionError: when the question, the history or a filter cannot be used.
        """
        asked = _question(question, history, filters, today)
        generation = self._ready()
        return answer(asked, generation, self._encoder)

    def articles(self) -> Iterator[Article]:
        """Yield every article of the index, in the order of the corpus."""
        return self._current().store.articles()

    def article(self, article_id: str) -> Article:
        """Return one article.

        :raises QuestionError: when the index holds none with this id.
        """
        return self._current().store.article(article_id)

    def _current(self) -> Generation:
        """Return the newest generation that can be used; the one in hand if there is none."""
        try:
            folder = current_generation(self.folder)
            with self._switching:
                if folder != self._generation.folder:
                    self._generation = Generation(folder)
                    self._encoder = self._encoder_for(self._generation)
        except IndexUnusableError as error:
            _log.warning("still answering from %s: %s", self._generation.folder, error)
        return self._generation

    def _encoder_for(self, generation: Generation) -> Encoder:
        if generation.manifest.fingerprint == self._encoder.fingerprint:
            return self._encoder
        return load_encoder(generation.manifest.encoder)

    def _ready(self) -> Generation:
        generation = self._current()
        generation.require_encoder(generation.manifest.encoder, self._encoder.fingerprint)
        return generation


def _question(question: str, history: History, filters: Filters, today: date | None) -> Question:
    return Question(
        text=checked_question(question),
        history=checked_history(history),
        filters=filters,
        today=today or datetime.now(UTC).date(),
    )


__all__ = ["BuildReport", "Index", "Progress", "build", "open_index"]
