"""Hand-made records and a small real answerer over them, for tests that need no index."""

import hashlib
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

import pytest

from retriever import (
    Answer,
    Article,
    Coverage,
    Failure,
    Filters,
    Footnote,
    Hit,
    LedgerEntry,
    Message,
    Outcome,
    Passage,
    Published,
    QuestionError,
    Quote,
    Scores,
    Span,
)

_ALL = Filters()

_SENTENCE = re.compile(r"[^\s].*?(?:[.!?][”\"]?(?=\s|\[|$)|$)", re.MULTILINE)


def _article(text: str, **known: object) -> Article:
    """Return an article of this text; ``known`` are further fields."""
    fields: dict[str, object] = {"id": "article", "path": "article.txt", **known}
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Article(text=text, sha256=digest, **fields)  # type: ignore[arg-type]


class Library:
    """Answers with the sentences that hold every longer word of the question, or the last one."""

    def __init__(self, *articles: Article, failed: tuple[Failure, ...] = ()) -> None:
        """Hold the articles; ``failed`` is reported as what could not be read."""
        self._articles = {article.id: article for article in articles}
        dates = sorted(a.published.value for a in articles if a.published)
        self.coverage = Coverage(
            articles=len(articles),
            passages=len(articles),
            publishers=len({a.publisher for a in articles if a.publisher}),
            undated=sum(a.published is None for a in articles),
            earliest=dates[0] if dates else None,
            latest=dates[-1] if dates else None,
            failed=failed,
            built="2026-11-22T05:14:00+00:00",
            generation=1,
        )

    def article(self, article_id: str) -> Article:
        """Return the article or say that there is none."""
        if article_id not in self._articles:
            raise QuestionError(f"There is no article {article_id!r}; list them first.")
        return self._articles[article_id]

    def article_with_text(self, sha256: str) -> Article | None:
        """Return the article whose text has this hash."""
        return next((a for a in self.articles() if a.sha256 == sha256), None)

    def articles(self) -> Iterator[Article]:
        """Yield the articles."""
        yield from self._articles.values()

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Message | Mapping[str, str]] = (),
        filters: Filters = _ALL,
        without: Collection[str] = (),
    ) -> Answer:
        """Return the first two sentences with every longer word, else the closest as such.

        ``filters`` are only told back; a follow-up carries over "earlier", unless taken back.
        """
        if len(question) > 10_000:
            raise QuestionError("The question has 10001 characters; shorten it to 10000.")
        carried = ("earlier",) if history and "earlier" not in without else ()
        words = [w for w in re.findall(r"\w+", question.lower()) if len(w) > 4]
        exact = self._quotes(words, len(words))
        outcome = Outcome.ANSWERED if exact else Outcome.NOT_FOUND
        if not question.strip():
            outcome = Outcome.EMPTY_QUESTION
        everything = " ".join(a.text for a in self.articles()).lower()
        return Answer(
            question=question,
            search_text=" ".join((question.strip(), *carried)),
            outcome=outcome,
            confidence=float(bool(exact)),
            coverage=self.coverage,
            quotes=exact,
            closest=self._quotes(words, 1) if outcome is Outcome.NOT_FOUND else (),
            carried=carried,
            filters=filters,
            unknown=tuple(word for word in words if word not in everything),
        )

    def ledger(self) -> list[LedgerEntry]:
        """Return each article's file, then what could not be read."""
        given = [
            LedgerEntry(path=a.path, state="article", articles=(a.id,)) for a in self.articles()
        ]
        failed = [
            LedgerEntry(path=f.path, state="failed", reason=f.reason) for f in self.coverage.failed
        ]
        return [*given, *failed]

    def search(
        self,
        question: str,
        *,
        k: int = 10,
        history: Sequence[Message | Mapping[str, str]] = (),
        filters: Filters = _ALL,
        without: Collection[str] = (),
    ) -> list[Hit]:
        """Return each article as one passage, those first that hold more of the words."""
        del history, filters, without
        words = question.lower().split()
        found = [Passage(article=a, start=0, end=len(a.text), ordinal=0) for a in self.articles()]
        held = {part.id: sum(word in part.text.lower() for word in words) for part in found}
        found.sort(key=lambda part: (-held[part.id], part.id))
        return [
            Hit(
                passage=part,
                rank=rank,
                scores=Scores(cosine=0.0, bm25=float(held[part.id]), fused=0.0),
            )
            for rank, part in enumerate(found[:k], 1)
        ]

    def _quotes(self, words: Sequence[str], needed: int) -> tuple[Quote, ...]:
        found = (
            Quote(article=article, start=match.start(), end=match.end(), score=1.0)
            for article in self.articles()
            for match in _SENTENCE.finditer(article.text)
            if words and sum(word in match.group().lower() for word in words) >= needed
        )
        return tuple(quote for quote, _ in zip(found, range(2), strict=False))


@pytest.fixture
def make_article() -> Callable[..., Article]:
    """Return the maker of articles: their text, then any field by name."""
    return _article


@pytest.fixture
def make_library() -> type[Library]:
    """Return the maker of answerers: their articles."""
    return Library


@pytest.fixture
def noted() -> Article:
    """Return an article with everything: headline, heading, date, link, and two notes, an Ibid."""
    text = (
        "A Headline\n\nThe first sentence stands here. “China supports Russia,” he said.[1]\n"
        "A second line names Ding.[2] And ends.\n\nA heading\n\nLast words.\n"
        "[1] A Source & Co, 2023\n[2] Ibid"
    )
    first, ibid = text.index("[1] A"), text.index("[2] Ibid")
    entry = Span(start=first, end=first + len("[1] A Source & Co, 2023"))
    return _article(
        text,
        title="A Headline",
        author="A. Writer",
        publisher="The Paper",
        published=Published(value="2023-06-25", precision="day", source="dateline"),
        url="https://example.org/a?b=1&c=2",
        language="en",
        headings=(
            Span(start=0, end=10),
            Span(start=text.index("A heading"), end=text.index("A heading") + 9),
        ),
        footnotes=(
            Footnote(label="1", marks=(_mark(text, "[1]"),), entry=entry, source=entry),
            Footnote(
                label="2",
                marks=(_mark(text, "[2]"),),
                entry=Span(start=ibid, end=len(text)),
                source=entry,
            ),
        ),
    )


@pytest.fixture
def library(noted: Article) -> Library:
    """Return the article with everything and one of which little is known."""
    plain = _article("Nothing is known of this text. It says little.", id="b", path="b.txt")
    return Library(noted, plain, failed=(Failure(path="c.txt", reason="it is empty"),))


def _mark(text: str, mark: str) -> Span:
    return Span(start=text.index(mark), end=text.index(mark) + len(mark))
