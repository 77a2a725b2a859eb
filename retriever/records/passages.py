"""What is searched and found: passages, scores, hits."""

from dataclasses import asdict, dataclass

from retriever.records.articles import Article, Span, describe


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A run of whole sentences, short enough for the encoder to read together with the title."""

    article: Article
    start: int
    end: int
    ordinal: int
    heading: str | None = None

    @property
    def text(self) -> str:
        """The passage's words, sliced from the article."""
        return self.article.text[self.start : self.end]

    @property
    def id(self) -> str:
        """``article:start-end``, unique within an index."""
        return f"{self.article.id}:{self.start}-{self.end}"

    @property
    def span(self) -> Span:
        """Where the passage stands in its article."""
        return Span(start=self.start, end=self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """A passage's scores, each with a range of its own and never mixed; higher is better in each.

    ``cosine`` is in [-1, 1]; ``bm25`` is an unbounded sum of term weights, 0 when no word matches;
    ``fused``, of both channels, is in [-1, 1]. ``reranked`` is what the final ranking goes by: the
    strength of the passage's best sentence, below -2 where none was read, and what phrases and a
    reader add; ``None`` where one channel was asked for. ``reader``, in [0, 1],
    is how likely the passage answers by what a reader says; ``None`` where none read it. All are
    only comparable within one question.
    """

    cosine: float
    bm25: float
    fused: float
    reranked: float | None = None
    reader: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage found for a question; ranks count from 1, ties are broken by passage id."""

    passage: Passage
    rank: int
    scores: Scores

    def to_dict(self) -> dict[str, object]:
        """Return the hit as ``search --json`` prints it."""
        return {
            "rank": self.rank,
            "article": describe(self.passage.article),
            "start": self.passage.start,
            "end": self.passage.end,
            "text": self.passage.text,
            "scores": asdict(self.scores),
        }
