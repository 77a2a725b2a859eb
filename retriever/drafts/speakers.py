"""Whom a draft names as the speaker of a quotation, and whether the article names another."""

from retriever.answer.speakers import speaker_of
from retriever.records import Article, Quote, Span
from retriever.text.content_words import capitalised
from retriever.text.people import people_named
from retriever.text.terms import WORD, fold_word


def named_speaker(article: Article, span: Span) -> Span | None:
    """Return whom an article, or a draft taken for one, names as who says what stands there."""
    return speaker_of(Quote(article=article, start=span.start, end=span.end, score=1.0))


def is_another_person(draft: Article, here: Span, source: Article, there: Span) -> bool:
    """Tell whether draft and source surely name two people, at ``here`` and at ``there``.

    A description ("the mayor") may be anybody, and so may a body ("the ministry"): then it is not
    sure. A surname must be that of a full name in the draft or in the article.
    """
    one, other = _names(here.of(draft.text)), _names(there.of(source.text))
    if not one or not other or one & other:
        return False
    people = [
        _names(person.name)
        for text in (draft.text, source.text)
        for person in people_named(text)
        if person.treated_as_one
    ]
    is_known = [any(names <= person for person in people) for names in (one, other)]
    # Both may be parts of one full name: "Ada" and "Reyes".
    return all(is_known) and not any(one <= person and other <= person for person in people)


def _names(words: str) -> frozenset[str]:
    return frozenset(map(fold_word, capitalised(WORD.findall(words))))
