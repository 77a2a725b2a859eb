"""An article cut up for indexing: its passages, their sentences, and what the encoder reads."""

import hashlib
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from retriever.encoders.protocol import Encoder
from retriever.records import Article, Passage, Span
from retriever.text.passages import split_passages
from retriever.text.sentences import sentence_spans

# Raised whenever the same article would be cut or presented to the encoder differently.
RULES = 2
PASSAGE_TOKENS = 250
TITLE_CHARACTERS = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedPassage:
    """A passage as it is indexed: with its sentences, spans of the article.

    ``key`` is 16 bytes that are equal for equal words cut into equal sentences: under one encoder,
    equal vectors.
    """

    passage: Passage
    sentences: tuple[Span, ...]
    key: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentedArticle:
    """An article of the file ``source``, which calls it ``stated_id``, cut for indexing.

    ``before`` is its row in the generation before, if all of it is from there.
    """

    source: str
    stated_id: str
    article: Article
    passages: Sequence[IndexedPassage]
    before: int | None = None


def splitting() -> str:
    """Return the version of the cutting: its rules and every setting that shapes a passage."""
    return f"{RULES}/{PASSAGE_TOKENS}/{TITLE_CHARACTERS}"


def segment_article(article: Article, encoder: Encoder) -> list[IndexedPassage]:
    """Cut an article so that each passage fits the encoder's window together with the title.

    Sentences are cut in the article as a whole, since the words around help to tell a border. A
    sentence that two passages share gives a part to each.
    """
    title = title_of(article, encoder)
    budget = encoder.window - encoder.count_tokens([f"{title}\n"])[0]
    passages = split_passages(
        article, budget=min(PASSAGE_TOKENS, budget), count_tokens=encoder.count_tokens
    )
    left = deque(sentence_spans(article.text, language=article.language or "en"))
    cut = ((passage, _sentences_within(passage, left)) for passage in passages)
    return [
        IndexedPassage(
            passage=part, sentences=found, key=_content_key(encoded_text(part, title), part, found)
        )
        for part, found in cut
    ]


def title_of(article: Article, encoder: Encoder) -> str:
    """Return the title of an article as the encoder reads it, empty where there is none."""
    return shortened(article.title or "", encoder)


def shortened(title: str, encoder: Encoder) -> str:
    """Return a title on one line, cut at a word so that it cannot crowd out the passage."""
    title = " ".join(title.split())
    if len(title) > TITLE_CHARACTERS:
        title = title[:TITLE_CHARACTERS].rsplit(" ", 1)[0]
    room = encoder.window // 3
    if encoder.count_tokens([title])[0] <= room:
        return title
    words = title.split(" ")
    shorter = [" ".join(words[:count]) for count in range(len(words))]
    counts = encoder.count_tokens(shorter)
    return [text for text, count in zip(shorter, counts, strict=True) if count <= room][-1]


def encoded_text(passage: Passage, title: str) -> str:
    """Return what the encoder reads for a passage: the title, if known, and the words."""
    return f"{title}\n{passage.text}" if title else passage.text


def spans_as_read(passage: Passage, sentences: Sequence[Span], title: str) -> list[Span]:
    """Return the sentences as spans of what the encoder reads."""
    shift = len(encoded_text(passage, title)) - len(passage.text) - passage.start
    return [Span(start=span.start + shift, end=span.end + shift) for span in sentences]


def _sentences_within(passage: Passage, sentences: deque[Span]) -> tuple[Span, ...]:
    """Take the sentences of ``passage`` off the front; one that it cuts gives a part to each."""
    taken = []
    while sentences and sentences[0].start < passage.end:
        span = sentences.popleft()
        start, end = max(span.start, passage.start), min(span.end, passage.end)
        taken.append(Span(start=start, end=end))
        if span.end > passage.end:
            sentences.appendleft(Span(start=passage.end, end=span.end))
            break
    return tuple(taken)


def _content_key(text: str, passage: Passage, sentences: Sequence[Span]) -> bytes:
    """Hash what is read and where its sentences are cut: the same words may be cut otherwise."""
    borders = [(span.start - passage.start, span.end - passage.start) for span in sentences]
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass"))
    digest.update(np.array(borders, dtype="<i8").tobytes())
    return digest.digest()[:16]
