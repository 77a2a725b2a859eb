"""Whom a draft names as the speaker of a quotation, and whether the article names another."""

from functools import lru_cache

from retriever.answer.speakers import speaker_of
from retriever.records import Article, Quote, Span
from retriever.text.content_words import capitalised
from retriever.text.people import people_named
from retriever.text.terms import WORD, fold_word

_TEXTS_KEPT = 64


def named_speaker(article: Article, span: Span) -> Span | None:
    """Return whom an article, or a draft taken for one, names as who says what stands there."""
    return speaker_of(Quote(article=article, start=span.start, end=span.end, score=1.0))


class DraftSpeakers:
    """Compares whom a draft and articles name; one thread uses it.

    The people of each text are looked for once: a draft of a million characters has a thousand
    quotations, and each was compared by reading all of it again.
    """

    def __init__(self, draft: Article) -> None:
        """Compare with the speakers of ``draft``."""
        self._draft = draft
        self._people = lru_cache(maxsize=_TEXTS_KEPT)(_people_of)

    def is_another(self, here: Span, source: Article, there: Span) -> bool:
        """Tell whether draft and source surely name two people, at ``here`` and at ``there``.

        A description ("the mayor") may be anybody, and so may a body ("the ministry"): then it is
        not sure. A surname must be that of a full name in the draft or in the article.
        """
        one, other = _names(here.of(self._draft.text)), _names(there.of(source.text))
        if not one or not other or one & other:
            return False
        people = self._people(self._draft.text) | self._people(source.text)
        is_known = [any(names <= person for person in people) for names in (one, other)]
        # Both may be parts of one full name: "Ada" and "Reyes".
        return all(is_known) and not any(one <= person and other <= person for person in people)


def _people_of(text: str) -> frozenset[frozenset[str]]:
    """Return the names of each person whom a text surely takes for one."""
    found = (person for person in people_named(text) if person.treated_as_one)
    return frozenset(_names(person.name) for person in found)


def _names(words: str) -> frozenset[str]:
    return frozenset(map(fold_word, capitalised(WORD.findall(words))))
