"""Checks a saved answer against the index: whether every quote still stands."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from retriever.errors import QuestionError
from retriever.exporters.references import Reference
from retriever.exporters.saved import answers_in
from retriever.records import Article
from retriever.text.sentences import sentence_spans


class Standing(StrEnum):
    """What became of a quote since it was given.

    ``same``: the article holds the words at the stated place. ``moved``: the article was revised
    and holds them, whole sentences still, elsewhere; or its text is another article's now, as when
    a file was renamed. ``revised``: it was revised and they are gone, or part of other sentences.
    ``removed``: the article is gone. ``altered``: the article is as it was, the quote is not.
    """

    SAME = "same"
    MOVED = "moved"
    REVISED = "revised"
    REMOVED = "removed"
    ALTERED = "altered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One quote of a saved answer and its standing; only ``same`` and ``moved`` stand.

    ``now_in`` and ``now_at`` say in which article the words of one that moved stand now, and where.
    """

    article_id: str
    text: str
    standing: Standing
    now_in: str | None = None
    now_at: int | None = None

    @property
    def stands(self) -> bool:
        """Whether the article holds these words today."""
        return self.standing in {Standing.SAME, Standing.MOVED}

    def to_dict(self) -> dict[str, object]:
        """Return the verdict as ``verify --json`` prints it."""
        return {
            "article": self.article_id,
            "text": self.text,
            "standing": str(self.standing),
            "stands": self.stands,
            "now_in": self.now_in,
            "now_at": self.now_at,
        }


def verify_answer(
    answer: object,
    article: Callable[[str], Article],
    elsewhere: Callable[[str], Article | None] = lambda _: None,
) -> list[Verdict]:
    """Return a verdict on every quote of an answer, or of an exported conversation.

    ``article`` gives the article of an id today, and raises QuestionError when there is none;
    ``elsewhere`` gives one whose text has a SHA-256, in hex, if there is any. Passages shown as
    closest are checked like quotes.

    :raises QuestionError: when ``answer`` is not an answer.
    """
    return [
        _verdict(claim, article, elsewhere)
        for one in answers_in(answer)
        for claim in (*one.quotes, *one.closest)
    ]


def _verdict(
    claim: Reference,
    article: Callable[[str], Article],
    elsewhere: Callable[[str], Article | None],
) -> Verdict:
    verdict = partial(Verdict, article_id=claim.article, text=claim.text)
    try:
        stored = article(claim.article)
    except QuestionError:
        other = elsewhere(claim.sha256)
        if other and _stands_at(claim, other):
            return verdict(standing=Standing.MOVED, now_in=other.id, now_at=claim.start)
        return verdict(standing=Standing.REMOVED)
    if _stands_at(claim, stored):
        return verdict(standing=Standing.SAME)
    if stored.sha256 == claim.sha256:
        return verdict(standing=Standing.ALTERED)
    place = place_of_sentences(claim.text, stored)
    if place is None:
        return verdict(standing=Standing.REVISED)
    return verdict(standing=Standing.MOVED, now_in=stored.id, now_at=place)


def _stands_at(claim: Reference, stored: Article) -> bool:
    return claim.start >= 0 and stored.text[claim.start : claim.end] == claim.text


def place_of_sentences(words: str, stored: Article) -> int | None:
    """Return where the article holds these words as whole sentences, if it does."""
    start = stored.text.find(words)
    if start < 0:  # told without cutting the text, which takes a second for each MB
        return None
    spans = sentence_spans(stored.text, language=stored.language or "en")
    starts, ends = {span.start for span in spans}, {span.end for span in spans}
    while start >= 0:
        if start in starts and start + len(words) in ends:
            return start
        start = stored.text.find(words, start + 1)
    return None
