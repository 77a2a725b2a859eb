"""Where words are mentioned: every place, counted, and some of them with their sentences."""

from dataclasses import asdict, dataclass, field

from retriever.records.articles import Article, Span, describe
from retriever.records.coverage import Coverage
from retriever.records.questions import Filters


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A place where an article holds what was looked for, with its whole sentence.

    ``words`` are the words that were found, inside the sentence; several where they stand near each
    other. There are none where the article was found by its headline, publisher or author: what
    stands for it then is its first sentence.
    """

    article: Article
    start: int
    end: int
    words: tuple[Span, ...] = ()

    @property
    def text(self) -> str:
        """The sentence, sliced from the article."""
        return self.article.text[self.start : self.end]

    @property
    def page(self) -> int | None:
        """The page of the source, from 1, on which the sentence begins; ``None`` without pages."""
        return self.article.page_at(self.start)

    def to_dict(self) -> dict[str, object]:
        """Return the mention as ``mentions --json`` prints it."""
        return {
            "article": describe(self.article),
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "page": self.page,
            "words": [asdict(span) for span in self.words],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many articles and mentions have a month or a publisher; ``None`` for none stated."""

    value: str | None
    articles: int
    mentions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentions:
    """Every mention of what an expression looks for, counted, and those of one page.

    ``articles`` and ``mentions`` count all that pass ``filters``; an article that was found by its
    headline, publisher or author alone counts as one mention. ``by_month`` is in the order of time
    (``2023-06``, or ``2023`` where no month is stated), ``by_publisher`` by falling number of
    articles; what is not stated stands last. ``listed`` are the mentions from ``offset``, at most
    ``limit``, of the newest article first; ``withheld`` counts those among them whose sentence the
    stored article does not hold any more.
    """

    expression: str
    articles: int
    mentions: int
    coverage: Coverage
    by_month: tuple[Tally, ...] = ()
    by_publisher: tuple[Tally, ...] = ()
    filters: Filters = field(default_factory=Filters)
    offset: int = 0
    limit: int = 0
    listed: tuple[Mention, ...] = ()
    withheld: int = 0

    def to_dict(self) -> dict[str, object]:
        """Return them as ``mentions --json`` prints them."""
        return {
            "expression": self.expression,
            "articles": self.articles,
            "mentions": self.mentions,
            "by_month": [asdict(tally) for tally in self.by_month],
            "by_publisher": [asdict(tally) for tally in self.by_publisher],
            "filters": self.filters.to_dict(),
            "offset": self.offset,
            "limit": self.limit,
            "listed": [mention.to_dict() for mention in self.listed],
            "withheld": self.withheld,
            "coverage": self.coverage.to_dict(),
        }
