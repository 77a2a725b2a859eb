"""How an article begins: its first sentence that is one, and the first that tells of a topic."""

import re
from collections.abc import Collection, Iterator

from retriever.records import Article, Span
from retriever.text.furniture import is_furniture
from retriever.text.lexicon import Lexicon
from retriever.text.sentences import is_finished, sentence_spans
from retriever.text.terms import terms, words

FEWEST_WORDS = 6
# "Maria Sand, left, and Anton Gubin meet in Ostby." stands below a picture. It begins no article,
# and is no furniture: it may be all that tells of who met.
_CAPTION = re.compile(
    r"[,(]\s*(?:far |second from |third from )?(?:left|right|center|centre|top|bottom)\s*[,)]"
    r"|\b(?:AP|AFP|Reuters|Getty|Photo|Image|File photo)\b[^.]{0,40}\)?\s*$|\bpictured\b",
    re.IGNORECASE,
)
# "Plus, Ostrey names a minister": the last of a list that a newsletter or a podcast begins with.
_LISTED = re.compile(r"plus,", re.IGNORECASE)


def opening_of(article: Article) -> Span | None:
    """Return the first sentence that tells something, and more than the headline.

    The first of all comes back where none seems to.
    """
    first: Span | None = None
    headline = set(words(article.title or ""))
    for span in _sentences(article):
        if first is None:
            first = span
        sentence = span.of(article.text)
        if _tells(sentence) and not set(words(sentence)) <= headline:
            return span
    return first


def sentence_with(article: Article, wanted: Collection[str], lexicon: Lexicon) -> Span | None:
    """Return the sentence that holds most of the ``wanted`` index terms, the first of those equal.

    ``None`` where no sentence that tells something holds any.
    """
    best: Span | None = None
    most = 0
    for span in _sentences(article):
        sentence = span.of(article.text)
        held = len(set(terms(sentence, lexicon)) & set(wanted))
        if held > most and _tells(sentence):
            best, most = span, held
    return best


def sentence_naming(article: Article, name: Span) -> Span | None:
    """Return the first sentence that tells something and holds a name, or the one it stands in."""
    words, around = name.of(article.text), None
    for span in _sentences(article):
        around = span if name.is_part_of(span) else around
        sentence = span.of(article.text)
        if words in sentence and _tells(sentence):
            return span
    return around


def _tells(sentence: str) -> bool:
    return (
        is_finished(sentence)
        and len(sentence.split()) >= FEWEST_WORDS
        and not sentence.endswith(":")
        and not _CAPTION.search(sentence)
        and not _LISTED.match(sentence)
        and not is_furniture(sentence)
    )


def _sentences(article: Article) -> Iterator[Span]:
    """Yield the sentences of an article that are neither headings nor notes."""
    apart = (*article.headings, *(note.entry for note in article.footnotes))
    for span in sentence_spans(article.text, language=article.language or "en"):
        if not any(span.overlap(other) for other in apart):
            yield span
