"""What became of a pinned quote since: its words are looked for in the articles as they are now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Protocol

from rapidfuzz.distance import Indel

from retriever.exporters.verification import Standing, Verdict, place_of_sentences, verify_answer
from retriever.notebook.entries import PinnedQuote, plain_entry
from retriever.records import Article, Span, describe
from retriever.text.sentences import sentence_spans

# Which part of their words two versions of a sentence share. Sentences of one article that tell of
# different things share 0.1 to 0.3 of theirs, one that was corrected in a word or two 0.8 and more.
LEAST_ALIKE = 0.5
_MOST_HELD = 64


class StoredArticles(Protocol):
    """The articles of an index as they are now, as :class:`~retriever.library.Index` gives them."""

    def article(self, article_id: str) -> Article:
        """Return the article with an id; raises QuestionError when there is none."""
        ...

    def article_with_text(self, sha256: str) -> Article | None:
        """Return an article whose text has this SHA-256, in hex."""
        ...

    def articles_at(self, path: str) -> Sequence[Article]:
        """Return the articles that a source file gave."""
        ...


class LookedUpArticles:
    """Stored articles of which each is looked up once: many quotes are of the same few.

    For one look at a notebook only: what it holds does not change with the index.
    """

    def __init__(self, articles: StoredArticles) -> None:
        """Look articles up here."""
        self.article = lru_cache(_MOST_HELD)(articles.article)
        self.article_with_text = lru_cache(_MOST_HELD)(articles.article_with_text)
        self.articles_at = lru_cache(1)(articles.articles_at)


class PinState(StrEnum):
    """What became of a pinned quote.

    ``same``: the words stand where they were pinned. ``moved``: they are whole sentences still, at
    another place or in another article of the same text or file. ``revised``: the article is there
    without them. ``gone``: the article is not. ``unverified``: this program never found these words
    in an article, or not as whole sentences; they came with an imported file.
    """

    SAME = "same"
    MOVED = "moved"
    REVISED = "revised"
    GONE = "gone"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedQuote:
    """A pinned quote and what became of it.

    ``article`` and ``span`` say where the words stand now; where they do not any more, in which
    article they stood and, if one is alike, the sentences that stand there instead.
    """

    entry: PinnedQuote
    state: PinState
    article: Article | None = None
    span: Span | None = None

    @property
    def stands(self) -> bool:
        """Whether an article holds these words today."""
        return self.state in {PinState.SAME, PinState.MOVED}

    @property
    def new_words(self) -> str | None:
        """What the article says now in place of the words, where that is known."""
        if self.stands or self.article is None or self.span is None:
            return None
        return self.span.of(self.article.text)

    def to_dict(self) -> dict[str, object]:
        """Return the entry as the notebook's JSON has it, with its state and where it stands."""
        known = self.article is not None and self.span is not None
        place = {"start": self.span.start, "end": self.span.end} if self.span else {}
        now = {"article": describe(self.article), **place} if known and self.article else None
        return {
            **plain_entry(self.entry),
            "state": str(self.state),
            "now": now,
            "new_words": self.new_words,
        }


def check_quote(entry: PinnedQuote, articles: StoredArticles) -> CheckedQuote:
    """Return what became of a pinned quote, its words compared with the stored articles."""
    saved = {"quotes": [plain_entry(entry)], "closest": []}
    (verdict,) = verify_answer(saved, articles.article, articles.article_with_text)
    found = _where_it_stands(entry, verdict, articles) or _beside(entry, verdict, articles)
    if found:
        article, span = found
        same = entry.is_at(article.id, span.start, span.end)
        state = PinState.SAME if same else PinState.MOVED
        return CheckedQuote(entry=entry, state=state, article=article, span=span)
    if verdict.standing is Standing.REMOVED:
        state = PinState.GONE if entry.verified else PinState.UNVERIFIED
        return CheckedQuote(entry=entry, state=state)
    article = articles.article(entry.article.id)
    if verdict.standing is Standing.ALTERED or not entry.verified:
        return CheckedQuote(entry=entry, state=PinState.UNVERIFIED, article=article)
    instead = closest_sentences(entry.text, article)
    return CheckedQuote(entry=entry, state=PinState.REVISED, article=article, span=instead)


def whole_sentences(article: Article, span: Span) -> Span | None:
    """Return the span widened to the sentences that it touches; ``None`` where it touches none."""
    language = article.language or "en"
    touched = [one for one in sentence_spans(article.text, language=language) if one.overlap(span)]
    return Span(start=touched[0].start, end=touched[-1].end) if touched else None


def closest_sentences(words: str, article: Article) -> Span | None:
    """Return the sentences of an article that are most like ``words``, the first of equals.

    ``None`` where none shares :data:`LEAST_ALIKE` of its words with them.
    """
    language = article.language or "en"
    spans = sentence_spans(article.text, language=language)
    count, sought = len(sentence_spans(words, language=language)), words.split()
    best, alike = None, LEAST_ALIKE
    for window in _windows(spans, sizes=range(max(1, count - 1), count + 2)):
        found = Indel.normalized_similarity(sought, window.of(article.text).split())
        if found > alike or (best is None and found >= alike):
            best, alike = window, found
    return best


def _where_it_stands(
    entry: PinnedQuote, verdict: Verdict, articles: StoredArticles
) -> tuple[Article, Span] | None:
    """Return where the words stand as whole sentences, by the verdict on them."""
    if not verdict.stands:
        return None
    article = articles.article(verdict.now_in or entry.article.id)
    start = entry.start if verdict.now_at is None else verdict.now_at
    span = Span(start=start, end=start + len(entry.text))
    # That the words are whole sentences of this very text was seen to when they were verified.
    known = entry.verified and article.sha256 == entry.article.sha256
    return (article, span) if known or whole_sentences(article, span) == span else None


def _beside(
    entry: PinnedQuote, verdict: Verdict, articles: StoredArticles
) -> tuple[Article, Span] | None:
    """Return where other articles of the same file hold the words, which may be numbered anew."""
    if verdict.standing is Standing.ALTERED or not entry.article.path:
        return None
    for article in articles.articles_at(entry.article.path):
        place = place_of_sentences(entry.text, article)
        if place is not None:
            return article, Span(start=place, end=place + len(entry.text))
    return None


def _windows(spans: Sequence[Span], *, sizes: Sequence[int]) -> Iterator[Span]:
    """Yield so many neighbouring sentences each, the smallest windows first."""
    for size in sizes:
        for first in range(len(spans) - size + 1):
            yield Span(start=spans[first].start, end=spans[first + size - 1].end)
