"""Answers to "How many articles mention X?": the exact count, and the newest mentions as quotes.

Here the absence of words is certain: where none of all texts holds them, no article mentions them.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from retriever.answer.answering import AS_ASKED, stands
from retriever.answer.speakers import speaker_of
from retriever.errors import QuestionError
from retriever.index.generation import Generation
from retriever.mentions.finding import find_mentions
from retriever.query.question import Question
from retriever.records import Answer, Listing, ListingKind, Mentions, Outcome, Quote
from retriever.text.lexicon import Lexicon
from retriever.text.similarity import similar
from retriever.text.terms import WORD, fold_word, words

MOST_QUOTES = 6
_LOOKED_AT = 60  # mentions, of which those in other sentences are quoted
_ARTICLE = re.compile(r"^(?:the|an?|both) (?=\S)", re.IGNORECASE)
_AND = re.compile(r",? (?:and|as well as)(?: also)? |, ", re.IGNORECASE)
_OR = re.compile(r",? or ", re.IGNORECASE)
_OPERATORS = re.compile(r'\b(?:AND|OR|NOT|NEAR)\b|["“”*=]|\b(?:title|publisher|author):')


def mentioned(topic: str, question: Question, generation: Generation) -> Answer | None:
    """Return how many articles mention a topic, with sentences that do; a refusal if none does.

    Its ``search_text`` is the expression that was counted. What is named with "and" is looked for
    as it stands, then each by itself in the same article. ``None`` for what is no expression.
    """
    found = None
    for expression in _expressions(topic, generation.lexicon):
        try:
            found = find_mentions(
                expression, generation, filters=question.filters, offset=0, limit=_LOOKED_AT
            )
        except QuestionError:  # it holds no word
            return None
        if found.articles:
            break
    return _answer(found, question, generation) if found else None


def _expressions(topic: str, lexicon: Lexicon) -> Iterator[str]:
    """Yield what a topic may mean, the likeliest first."""
    if _OPERATORS.search(topic):
        yield topic
        return
    yield _phrase(topic, lexicon)
    for border, operator in ((_AND, " AND "), (_OR, " OR ")):
        parts = [part for part in border.split(topic) if part.strip()]
        if len(parts) > 1:
            yield operator.join(_phrase(part, lexicon) for part in parts)


def _phrase(topic: str, lexicon: Lexicon) -> str:
    """Return the words of a topic as a phrase, an acronym such as WHO or US with its capitals."""
    found = [match.group() for match in WORD.finditer(_ARTICLE.sub("", topic.strip()))]
    alone = len(found) == 1
    return " ".join(
        f"={word}" if _is_name_like_a_stop_word(word, lexicon, alone=alone) else word
        for word in found
    )


def _is_name_like_a_stop_word(word: str, lexicon: Lexicon, *, alone: bool) -> bool:
    capitals = word.isupper() and len(word) > 1
    return fold_word(word) in lexicon.stop_words and (capitals or (alone and word[:1].isupper()))


def _answer(found: Mentions, question: Question, generation: Generation) -> Answer:
    quotes = tuple(_quotes(found, generation))
    listing = Listing(
        kind=ListingKind.MENTIONS,
        entries=(),
        total=found.mentions,
        articles=found.articles,
        read=generation.manifest.articles,
        latest=True,
    )
    return Answer(
        question=question.text,
        search_text=found.expression,
        outcome=Outcome.ANSWERED if quotes else Outcome.NOT_FOUND,
        confidence=AS_ASKED if quotes else 0.0,
        coverage=generation.coverage,
        quotes=quotes,
        filters=question.filters,
        withheld=found.withheld,
        listing=listing,
    )


def _quotes(found: Mentions, generation: Generation) -> Iterator[Quote]:
    """Yield sentences of different articles, of those that say the same the first."""
    said: list[frozenset[str]] = []
    articles: set[str] = set()
    for mention in found.listed:
        own = frozenset(words(mention.text))
        if mention.article.id in articles or any(similar(own, other) for other in said):
            continue
        quote = Quote(
            article=mention.article,
            start=mention.start,
            end=mention.end,
            score=1.0,
            fitting=mention.words,  # marked, and no answer: that is the count
        )
        if stands(quote, generation):
            said.append(own)
            articles.add(mention.article.id)
            yield replace(quote, speaker=speaker_of(quote))
        if len(said) == MOST_QUOTES:
            return
