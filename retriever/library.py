"""The library's front door: open an index, search it, ask it; what builds one stands beside."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from retriever.answer.replying import reply
from retriever.answer.reprints import cluster_of
from retriever.catalogue.catalogue import Catalogue, CatalogueHolder
from retriever.encoders.protocol import Encoder
from retriever.encoders.registry import load_present_encoder
from retriever.index.location import locate
from retriever.newest_generation import NewestGeneration
from retriever.query.question import History, read_question
from retriever.ranking.searcher import Channel, Searcher
from retriever.reader.protocol import Reader, ReadingWindow
from retriever.reader.registry import load_reader
from retriever.records import (
    Answer,
    Article,
    Cluster,
    Coverage,
    Filters,
    Hit,
    LedgerEntry,
    ListPage,
    ListRequest,
    Mention,
    Mentions,
    describe,
)
from retriever.settings import BUNDLED_READER, Settings

if TYPE_CHECKING:
    from retriever.drafts.verdicts import DraftCheck

_ALL = Filters()
_EVERY_ARTICLE = ListRequest()


def open_index(
    index: str | Path = ".quotidian",
    *,
    reader: str = BUNDLED_READER,
    load: Callable[[str], Encoder] = load_present_encoder,
) -> "Index":
    """Open the index in folder ``index`` for questions.

    Cheap: encoder and reader are loaded when the first question comes, or by
    :meth:`Index.warm_up`. ``reader`` is ``bundled``, ``none``, or names a folder or a model on the
    hub. ``load`` gives the encoder of the name that the index states.

    :raises IndexUnusableError: when there is no index, or it is damaged or stale.
    :raises EncoderError: when there is no such reader.
    """
    return Index(index, reader=load_reader(reader), load=load)


def open_configured(settings: Settings) -> "Index":
    """Open the index that the settings name, with all that they say of answering.

    The command line, the page and evaluations open theirs here.

    :raises IndexUnusableError: as :func:`open_index`.
    """
    return open_index(settings.index, reader=settings.reader)


class Index:
    """An open index; threads may share it.

    Before each question it looks whether a newer generation was published and, if so, uses it;
    a question that is under way keeps the generation it began with.
    """

    def __init__(
        self,
        index: str | Path,
        *,
        reader: Reader | None = None,
        load: Callable[[str], Encoder] = load_present_encoder,
    ) -> None:
        """Open the current generation of ``index``; see :func:`open_index`."""
        self._newest = NewestGeneration(locate(index), reader=reader, load=load)
        self._catalogues = CatalogueHolder()
        self.folder = self._newest.location.folder

    @property
    def coverage(self) -> Coverage:
        """What the index holds now."""
        return self._told(self._current().generation.coverage)

    @property
    def corpus(self) -> Path:
        """The folder or file that the index was built from."""
        return Path(self._current().generation.manifest.corpus)

    @property
    def encoder(self) -> str:
        """The name of the encoder that the index was built with."""
        return self._current().generation.manifest.encoder

    @property
    def encoder_fingerprint(self) -> str:
        """What identifies that encoder, whatever it is called."""
        return self._current().generation.manifest.fingerprint

    def is_corpus_known(self, named: str) -> bool:
        """Tell whether what it states as its corpus may be written to, where a person wants that.

        This account of this machine built it, so that its corpus is its own choice, or the person
        names the same folder.
        """
        from retriever.index.ownership import is_known  # noqa: PLC0415  # no question asks

        made = self._current().generation.manifest
        return is_known(made.corpus, made.signature, named=named)

    def ledger(self) -> list[LedgerEntry]:
        """Return what came of every file of the corpus, sorted by path."""
        from retriever.indexing.ledger import ledger_of  # noqa: PLC0415  # no question needs it

        return ledger_of(self._current().generation.store)

    def warm_up(self) -> None:
        """Load encoder and reader now, so that the first question does not wait for them."""
        searcher = self._ready()
        searcher.encoder.encode_query(["warm up"])
        if searcher.reader:
            searcher.reader.read("warm up", [ReadingWindow(heading="", passage="Warmed up.")])

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
        asked = read_question(
            question, history=history, filters=filters, today=today, without=without
        )
        searcher = self._ready()
        return searcher.search(asked)[:k] if asked.text and k > 0 else []

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
        asked = read_question(question, history=history, filters=filters)
        searcher = self._ready()
        return searcher.search_channel(asked, channel)[:k] if asked.text and k > 0 else []

    def ask(
        self,
        question: str,
        *,
        history: History = (),
        filters: Filters = _ALL,
        today: date | None = None,
        without: Collection[str] = (),
    ) -> Answer:
        """Answer with whole sentences of the articles, or say that none was found.

        The parameters are those of :meth:`search`. Author, publisher and date words of the question
        become filters; a question about the articles themselves gets headlines, beginnings, names.

        :raises QuestionError: when the question, the history or a filter cannot be used.
        """
        asked = read_question(
            question, history=history, filters=filters, today=today, without=without
        )
        given = reply(asked, self._ready())
        return replace(given, coverage=self._told(given.coverage))

    def check_draft(self, text: str) -> "DraftCheck":
        """Return what the articles say of every quotation in a draft: word for word, or where not.

        :raises DraftError: when it is too long.
        """
        from retriever.drafts.checking import check_draft  # noqa: PLC0415  # no question needs it

        return check_draft(text, self._current().generation)

    def mentions(
        self, expression: str, *, filters: Filters = _ALL, offset: int = 0, limit: int = 20
    ) -> Mentions:
        """Return how often the articles mention what an expression looks for, exactly.

        Counts are by month and publisher as well; ``limit`` mentions from ``offset`` come with
        their sentences, of the newest article first. ``SYNTAX`` says in a line how expressions are
        written.

        :raises QuestionError: when the expression is malformed, or a filter cannot be used.
        """
        from retriever.mentions.finding import find_mentions  # noqa: PLC0415  # no question needs it

        generation = self._current().generation
        found = find_mentions(expression, generation, filters=filters, offset=offset, limit=limit)
        return replace(found, coverage=self._told(found.coverage))

    def every_mention(self, expression: str, *, filters: Filters = _ALL) -> Iterator[Mention]:
        """Yield all mentions, as :meth:`mentions` lists them page by page.

        :raises QuestionError: as :meth:`mentions`.
        """
        from retriever.mentions.finding import every_mention  # noqa: PLC0415  # as above

        return every_mention(expression, self._current().generation, filters=filters)

    def articles(self) -> Iterator[Article]:
        """Yield every article of the index, in the order of the corpus."""
        return self._current().generation.store.articles()

    def catalogue(self) -> Catalogue:
        """Return what the index holds now, to be listed and counted; made once a generation."""
        return self._catalogues.of(self._current().generation)

    def list_articles(self, request: ListRequest = _EVERY_ARTICLE) -> ListPage:
        """Return articles, and files that gave none, as many as are asked for, and the count.

        :raises QuestionError: when the request cannot be used.
        """
        return self.catalogue().page(request)

    def article(self, article_id: str) -> Article:
        """Return one article.

        :raises QuestionError: when the index holds none with this id.
        """
        return self._current().generation.store.article(article_id)

    def cluster(self, article_id: str) -> Cluster:
        """Return an article with what else prints its text: origin, reprints, and its versions.

        :raises QuestionError: when the index holds none with this id.
        """
        generation = self._current().generation
        return cluster_of(generation.store.row_of(article_id), generation)

    def article_with_cluster(self, article_id: str) -> dict[str, object]:
        """Return what ``article --json`` prints: an article whole, and its cluster.

        :raises QuestionError: when the index holds none with this id.
        """
        found = self.cluster(article_id)
        own = found.article
        return {
            **describe(own),
            "language": own.language,
            "text": own.text,
            "cluster": found.to_dict(),
        }

    def article_with_text(self, sha256: str) -> Article | None:
        """Return the first article whose text has this SHA-256, in hex, whatever its id is."""
        return self._current().generation.store.with_text(sha256)

    def articles_at(self, path: str, *, most: int = 200) -> list[Article]:
        """Return the articles that one source file gave, in its order; no more than ``most``."""
        given = self._current().generation.store.articles_of(path)
        try:
            return [article for _, _, article in islice(given, most)]
        except UnicodeEncodeError:  # a lone surrogate: no path that is stored holds one
            return []

    def _told(self, coverage: Coverage) -> Coverage:
        return self._newest.told(coverage)

    def _current(self) -> Searcher:
        return self._newest.searcher()

    def _ready(self) -> Searcher:
        return self._newest.ready()
