"""The reply to a question: which articles it is put to, and whether it is about them as a whole.

Author, publisher and date words of the question become filters. Where no answer is found in the
articles that pass them and one is in the others, the others answer; the reply says so.
"""

from dataclasses import replace

from retriever.answer.answering import answer, nothing_asked
from retriever.answer.overview import overview
from retriever.query.corpus_questions import (
    CorpusQuestion,
    corpus_question,
    said_question,
    subject_question,
)
from retriever.query.filters import count_allowed
from retriever.query.question import Question
from retriever.query.source_words import SourceWords, read_source_words
from retriever.ranking.searcher import Searcher
from retriever.records import Answer, Filters, Outcome, Quote
from retriever.text.content_words import content_words
from retriever.text.languages import other_language, share_a_script
from retriever.text.lexicon import Lexicon
from retriever.text.terms import terms

# A subject in so few words says too little to rank sentences by: of CNN on Ukraine, the sentences
# nearest to "Ukraine" were about its area.
FEW_WORDS = 2


def reply(question: Question, searcher: Searcher) -> Answer:
    """Return the answer to a question, or to its absence."""
    if not question.text:
        return nothing_asked(question, searcher.generation)
    read = read_source_words(question, searcher.generation.store)
    if read is None:
        given = _answered(question, corpus_question(question.text), searcher)
        if given.outcome is Outcome.NOT_FOUND:
            given = _from_the_day(question, searcher) or given
    else:
        given = _from_named(question, read, searcher)
        if given.outcome is Outcome.NOT_FOUND:
            wider = _from_all(question, read, searcher)
            given = wider if wider.outcome is Outcome.ANSWERED else given
    # Where all articles are listed, nothing was searched for.
    searched = given.search_text or question.text
    return replace(
        given,
        question=question.text,
        search_text=searched,
        searched=count_allowed(searcher.generation.store, given.filters),
        question_language=_other_language(question.text, given, searcher),
    )


def _other_language(question: str, given: Answer, searcher: Searcher) -> str | None:
    """Return the language of a question that no article is in.

    Articles that do not state theirs count as English; what they are quoted with tells otherwise.
    """
    if any(share_a_script(question, quote.text) for quote in given.quotes):
        return None
    return other_language(question, searcher.generation.store.languages)


def _from_named(question: Question, read: SourceWords, searcher: Searcher) -> Answer:
    """Return the answer of the articles that the question names, to what is left of it."""
    chosen = Filters(**question.filters.to_dict() | read.filters.to_dict())
    # "What did CNN say?" goes on from the turn before, or asks for what CNN has.
    left = read.rest or (question.text if question.history else "articles")
    narrowed = replace(question, text=left, filters=chosen)
    asks = subject_question(left)
    if asks and len(content_words(left)) <= FEW_WORDS:
        given = _answered(narrowed, asks, searcher)  # "CNN on Ukraine": how its articles begin
    else:
        given = _answered(narrowed, corpus_question(left), searcher)
        if given.outcome is Outcome.NOT_FOUND and asks:
            given = overview(asks, narrowed, searcher) or given
    return replace(given, read_filters=tuple(read.filters.to_dict()))


def _from_the_day(question: Question, searcher: Searcher) -> Answer | None:
    """Return how the articles begin that were published on the day of which a question asks."""
    read = read_source_words(question, searcher.generation.store, by_day=True)
    given = _from_named(question, read, searcher) if read and not read.rest else None
    return given if given and given.outcome is Outcome.ANSWERED else None


def _from_all(question: Question, read: SourceWords, searcher: Searcher) -> Answer:
    """Return the answer of all articles that the asker lets through, which says what was let go."""
    asks = corpus_question(read.rest)
    asked = replace(question, text=read.rest) if asks else question
    return replace(_answered(asked, asks, searcher), widened=read.filters)


def _answered(question: Question, asks: CorpusQuestion | None, searcher: Searcher) -> Answer:
    """Return what the articles list, if that is asked for and they have it, or what they say."""
    listed = overview(asks, question, searcher) if asks else None
    if listed:
        return listed
    given = answer(searcher.retrieve(question), searcher.generation)
    said = said_question(question.text) if given.outcome is Outcome.NOT_FOUND else None
    listed = overview(said, question, searcher) if said else None
    telling = _telling(listed, searcher.generation.lexicon) if listed else ()
    return replace(listed, quotes=telling) if listed and telling else given


def _telling(listed: Answer, lexicon: Lexicon) -> tuple[Quote, ...]:
    """Return the quotes that hold every word of the topic, each in one sentence."""
    wanted = set(terms(listed.search_text, lexicon))
    return tuple(one for one in listed.quotes if wanted <= set(terms(one.text, lexicon)))
