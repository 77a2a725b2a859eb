"""The last stage: what was found → quotes, or an honest refusal."""

from dataclasses import replace

from retriever.answer.abstention import confidence_of, support_of
from retriever.answer.affiliation import asked_affiliation
from retriever.answer.asked_event import asked_event, tells_event
from retriever.answer.contradictions import contradictions_among
from retriever.answer.denial import asks_for_a_denial, denies
from retriever.answer.fitting import fitting, is_on_topic, names_all
from retriever.answer.fitting_words import fitting_words
from retriever.answer.missing_names import missing_names
from retriever.answer.reprints import with_prints
from retriever.answer.selection import select
from retriever.answer.speakers import speaker_of
from retriever.answer.weekdays import days_meant
from retriever.index.generation import Generation
from retriever.query.analysis import Analysis, AnswerType
from retriever.query.formulation import Query
from retriever.query.question import Question
from retriever.ranking.scoring import ScoredSentences
from retriever.ranking.searcher import Retrieved
from retriever.records import Answer, Filters, Outcome, Quote
from retriever.text.content_words import content_words
from retriever.text.expressions import holds_new
from retriever.text.inflection import irregular_forms
from retriever.text.lexicon import ENGLISH
from retriever.text.terms import fold_word, terms

# Below it an answer is refused: the confidence of what just reaches the calibrated floor.
LEAST_CONFIDENCE = 0.5
# Where the quotes hold the very words that were asked for, and nothing else was asked, or say in so
# many words what the question asks in others.
AS_ASKED = 0.9


def nothing_asked(question: Question, generation: Generation) -> Answer:
    """Return the answer to an empty question."""
    return Answer(
        question="",
        search_text="",
        outcome=Outcome.EMPTY_QUESTION,
        confidence=0.0,
        coverage=generation.coverage,
        filters=question.filters,
    )


def answer(found: Retrieved, generation: Generation) -> Answer:
    """Return the answer that what was found gives, each quote checked against the stored article.

    Nothing is searched here; ``generation`` is read for the sentences around those found.
    """
    question = found.query.analysis.question
    able = fitting(found, generation)
    fit = replace(found, scored=able) if able else found
    quotes = select(fit, generation)
    asked = found.query.analysis
    standing = tuple(
        with_prints(_explained(quote, asked), generation, asked)
        for quote in quotes
        if stands(quote, generation)
    )
    possible = standing and able and _may_answer(standing[0], found, generation)
    confidence = _confidence(fit, found.scored, generation) if possible else 0.0
    if possible and _tells_affiliation(standing[0], found):
        confidence = max(confidence, AS_ASKED)
    answered = confidence >= LEAST_CONFIDENCE
    return Answer(
        question=question.text,
        search_text=found.query.text,
        outcome=Outcome.ANSWERED if answered else Outcome.NOT_FOUND,
        confidence=confidence,
        coverage=generation.coverage,
        quotes=standing if answered else (),
        closest=()
        if answered
        else tuple(replace(one, answering=None, fitting=(), when=()) for one in standing),
        disagreements=contradictions_among(standing, asked) if answered else (),
        carried=found.query.carried,
        respelt=found.query.respelt,
        unknown=_unknown(found, generation),
        filters=question.filters,
        withheld=len(quotes) - len(standing),
    )


def stands(quote: Quote, generation: Generation) -> bool:
    """Tell whether the stored article, read again, still holds the quote where it says."""
    return generation.store.text_of(quote.article.id)[quote.start : quote.end] == quote.text


def _explained(quote: Quote, asked: Analysis) -> Quote:
    """Return the quote with its speaker, its words of the kind asked for, and its days."""
    words = fitting_words(quote, asked) if quote.answering is None else ()
    return replace(quote, speaker=speaker_of(quote), fitting=words, when=days_meant(quote))


def _may_answer(best: Quote, found: Retrieved, generation: Generation) -> bool:
    """Tell whether the best quote can answer.

    It denies what is denied, tells of the event whose time is asked for, and every name is known.
    """
    query = found.query
    if asks_for_a_denial(query.spelt) and not denies(best.text):
        return False
    if query.analysis.answer_type is AnswerType.TIME and not _tells_when(best, query):
        return False
    return not missing_names(query, generation)


def _tells_when(best: Quote, query: Query) -> bool:
    """Tell whether the best quote speaks of the event that was asked about, where that is sure.

    One that has no date, and says only before or after what, names all that the question names: of
    143 right answers for a time, of six sets, none does not.
    """
    event, known = asked_event(query.spelt), query.analysis
    if event and not tells_event(best.text, event, query.spelt):
        return False
    dated = any(holds_new(best.text, form, known.asked) for form in known.sought.forms)
    return dated or names_all(known.names, f"{best.article.title or ''} {best.text}")


def _tells_affiliation(best: Quote, found: Retrieved) -> bool:
    """Tell whether the best quote says for whom somebody works, where that was asked."""
    asked = asked_affiliation(found.query.spelt)
    return asked is not None and asked.is_told_in(best.text)


def _confidence(found: Retrieved, read: ScoredSentences, generation: Generation) -> float:
    """Return the chance that the quotes hold the answer; phrases decide where there are any.

    How near the corpus comes to what somebody spoke of, all that was ``read`` tells: "he told
    them" is near to no question. What they did not speak of, it does not.
    """
    if found.phrases.missing:
        return 0.0
    made = generation.manifest
    asked = found.query.analysis
    in_time = asked.answer_type is AnswerType.TIME  # "By then she can walk" is near to no question
    nearby = in_time or (asked.sought.speaker and is_on_topic(found, generation))
    support = support_of(found.scored, made.profile, among=read if nearby else None)
    measured = confidence_of(support, floor=made.calibration.floor)
    return max(measured, AS_ASKED) if found.phrases.sought else measured


def _unknown(found: Retrieved, generation: Generation) -> tuple[str, ...]:
    """Return the content words of the question that occur in no article, as they were typed.

    Phrases in quotation marks follow, unless some articles were left out by filters.
    """
    unknown = (word for word in content_words(found.query.spelt) if not _occurs(word, generation))
    filtered = found.query.analysis.question.filters != Filters()
    return tuple(dict.fromkeys((*unknown, *(() if filtered else found.phrases.missing))))


def _occurs(word: str, generation: Generation) -> bool:
    """Tell whether a word stands in an article, in any form: of "begin" articles have "began"."""
    forms = irregular_forms(fold_word(word)) if generation.lexicon.code == ENGLISH.code else ()
    return any(
        term in generation.lexical
        for form in (word, *forms)
        for term in terms(form, generation.lexicon)
    )
