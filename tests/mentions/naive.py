"""Mentions as their definition has them: every article read, every word compared with every other.

Nothing of this asks the index or a pattern; it is what the quick way is compared with.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from retriever.mentions.expression import (
    AllOf,
    AnyOf,
    Expression,
    NoneOf,
    SoughtNear,
    SoughtPhrase,
    SoughtSource,
    SoughtWord,
)
from retriever.records import Article, Span
from retriever.text.terms import words
from retriever.text.word_forms import WordForm, as_written, word_forms

Run = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadArticle:
    """An article with its words, and its sentences."""

    article: Article
    words: Sequence[WordForm]
    sentences: Sequence[Span]


def read_article(article: Article, sentences: Sequence[Span]) -> ReadArticle:
    return ReadArticle(article=article, words=word_forms(article.text), sentences=sentences)


def mentions_in(expression: Expression, read: ReadArticle) -> list[tuple[int, int]] | None:
    """Return where an article mentions what is sought; ``None`` if it is not found at all."""
    if not holds(expression, read):
        return None
    spans = sorted(places(expression, read), key=lambda span: (span[0], -span[1]))
    kept: list[tuple[int, int]] = []
    for span in spans:
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def holds(expression: Expression, read: ReadArticle) -> bool:
    match expression:
        case SoughtPhrase(in_title=True):
            title = read.article.title or ""
            return bool(runs(expression, title, word_forms(title)))
        case SoughtPhrase() | SoughtNear():
            return bool([*places(expression, read)])
        case SoughtSource(field=field, name=name):
            author = {*words(name)} <= {*words(read.article.author or "")}
            return words(read.article.publisher or "") == words(name) if field[0] == "p" else author
        case AllOf(parts=parts):
            return all(holds(part, read) for part in parts)
        case AnyOf(parts=parts):
            return any(holds(part, read) for part in parts)
        case NoneOf(part=part):
            return not holds(part, read)
    raise TypeError(expression)


def places(expression: Expression, read: ReadArticle) -> Iterator[tuple[int, int]]:
    match expression:
        case SoughtPhrase(in_title=False):
            for start, end in runs(expression, read.article.text, read.words):
                yield read.words[start].start, read.words[end - 1].end
        case SoughtNear():
            for start, end in near(expression, read):
                yield read.words[start].start, read.words[end - 1].end
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from places(part, read)


def runs(sought: Expression, text: str, own: Sequence[WordForm]) -> set[Run]:
    if isinstance(sought, AnyOf):
        return {run for part in sought.parts for run in runs(part, text, own)}
    assert isinstance(sought, SoughtPhrase)
    length = len(sought.words)
    return {
        (start, start + length)
        for start in range(len(own) - length + 1)
        if all(is_word(word, own, start + n, text) for n, word in enumerate(sought.words))
    }


def is_word(word: SoughtWord, own: Sequence[WordForm], at: int, text: str) -> bool:
    if word.joined and own[at - 1].end != own[at].start:
        return False
    if word.is_written:
        return as_written(text[own[at].start : own[at].end]) == word.form
    return own[at].form.startswith(word.form) if word.prefix else own[at].form == word.form


def near(sought: SoughtNear, read: ReadArticle) -> set[Run]:
    """Return from which word to which the pairs reach that have no other pair inside them."""
    ones, others = (
        shortest(runs(part, read.article.text, read.words)) for part in (sought.one, sought.other)
    )
    pairs = [sorted(pair) for pair in product(ones, others)]
    reached = {
        (first[0], second[1])
        for first, second in pairs
        if first[1] <= second[0] and are_near(first, second, sought.most, read)
    }
    return shortest(reached)


def shortest(found: set[Run]) -> set[Run]:
    return {
        one
        for one in found
        if not any(one != other and one[0] <= other[0] and other[1] <= one[1] for other in found)
    }


def are_near(first: Run, second: Run, most: int | None, read: ReadArticle) -> bool:
    if most is not None:
        return second[0] - first[1] <= most
    start, end = read.words[first[0]].start, read.words[second[1] - 1].end
    return any(span.start <= start and end <= span.end for span in read.sentences)
