"""Which generation of an open index answers: the newest that can be used."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from retriever.encoders.protocol import Encoder
from retriever.errors import IndexUnusableError, QuotidianError
from retriever.index.generation import Generation
from retriever.index.location import Location
from retriever.indexing.word_index import words_version
from retriever.ranking.searcher import Searcher
from retriever.reader.protocol import Reader
from retriever.records import Coverage

# Seconds until a generation that could not be opened is tried again: reading it may take that long.
RETRIED_AFTER = 30.0
_log = logging.getLogger(__name__)


class NewestGeneration:
    """The generation of an index that answers, with its encoder and reader; threads may share it.

    Each time it is asked for, a newer one that was published meanwhile is taken up.
    """

    def __init__(
        self, location: Location, *, reader: Reader | None, load: Callable[[str], Encoder]
    ) -> None:
        """Open the generation in use; ``load`` gives the encoder of the name that it states.

        :raises IndexUnusableError: when there is none, or it is damaged or stale.
        """
        self.location = location
        self._load = load
        self._switching = threading.Lock()
        self._warning: str | None = None
        self._refused: Path | None = None
        self._retried = 0.0
        generation = _open_current(location)
        encoder = load(generation.manifest.encoder)
        self._searcher = Searcher(generation=generation, encoder=encoder, reader=reader)

    def searcher(self) -> Searcher:
        """Return the newest generation that can be used; the one in hand if there is none.

        Others wait while one thread opens a new generation: a question that comes after a build
        was published is never answered from what was before it.
        """
        with self._switching:
            self._switch()
            return self._searcher

    def ready(self) -> Searcher:
        """Return the same for questions, which have to be read as its passages were.

        :raises IndexStaleError: when another encoder or other rules of words made it.
        """
        searcher = self.searcher()
        made = searcher.generation.manifest
        searcher.generation.require_encoder(made.encoder, searcher.encoder.fingerprint)
        searcher.generation.require_words(words_version(searcher.generation.lexicon))
        return searcher

    def told(self, coverage: Coverage) -> Coverage:
        """Return the coverage with what is wrong with the index's folder, if anything is."""
        return replace(coverage, warning=self._warning) if self._warning else coverage

    def _switch(self) -> None:
        """Take up the generation that is in use, or note why that cannot be done."""
        folder: Path | None = None
        try:
            folder = self.location.current()
            if folder == self._searcher.generation.folder:
                self._warning = None
            elif folder != self._refused or time.monotonic() > self._retried + RETRIED_AFTER:
                self._searcher = self._open(folder)
                self._warning = self._refused = None
        except QuotidianError as error:
            self._refused, self._retried = folder, time.monotonic()
            warning = f"still answering from generation {self._searcher.generation.name}: {error}"
            if warning != self._warning:
                _log.warning("%s", warning)
            self._warning = warning

    def _open(self, folder: Path) -> Searcher:
        generation, before = self.location.open(folder), self._searcher
        made = generation.manifest
        same = made.fingerprint == before.encoder.fingerprint
        encoder = before.encoder if same else self._load(made.encoder)
        return replace(before, generation=generation, encoder=encoder)


def _open_current(location: Location) -> Generation:
    """Open the generation in use; if builds replace it meanwhile, the one in use by then."""
    folder = location.current()
    while True:
        try:
            return location.open(folder)
        except IndexUnusableError:
            before, folder = folder, location.current()
            if folder == before:
                raise
