"""Short ways to make the records that tests need."""

import hashlib

from retriever.records import Answer, Article, Coverage, Outcome, Quote


def make_article(text: str, **fields: object) -> Article:
    """Return an article of ``text``; its id and path are ``a.txt`` unless given."""
    given = {"id": "a.txt", "path": "a.txt"} | fields
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Article(text=text, sha256=digest, **given)  # type: ignore[arg-type]  # fields by name


def make_quote(text: str, *, start: int = 0, **fields: object) -> Quote:
    """Return a quote of an article that holds ``text``, from ``start`` to its end."""
    return Quote(article=make_article(text, **fields), start=start, end=len(text), score=1.0)


def make_answer(quote: Quote) -> Answer:
    """Return an answer of one quote, from an index of one article."""
    coverage = Coverage(
        articles=1,
        passages=1,
        publishers=0,
        undated=1,
        earliest=None,
        latest=None,
        failed=(),
        built="2023-06-29T00:00:00Z",
        generation=1,
    )
    return Answer(
        question="Q?",
        search_text="Q?",
        outcome=Outcome.ANSWERED,
        confidence=0.5,
        quotes=(quote,),
        coverage=coverage,
    )
