"""Which sentences can answer at all: those that hold what was asked for, or tell whose words it is.

A question for a date is answered by a sentence that says when, and "What did Ding say?" by words of
Ding's. What else was found may be about the same, and is no answer.
"""

from collections.abc import Set

import numpy as np

from retriever.answer.asked_event import asked_event, tells_event
from retriever.answer.named_speaker import NamedSpeaker, named_speaker
from retriever.answer.selection import CONSIDERED
from retriever.answer.sentence_context import sentence_at
from retriever.index.generation import Generation
from retriever.query.formulation import Query
from retriever.ranking.scoring import ScoredSentences
from retriever.ranking.searcher import Retrieved
from retriever.records.arrays import RowNumbers
from retriever.text.content_words import content_words, folded, words_of

_NATION = 4  # first letters that "Ukraine" and "Ukrainian" share at least


def fitting(found: Retrieved, generation: Generation) -> ScoredSentences | None:
    """Return the sentences that can answer, ``None`` where there is no such one.

    All of them for a question that wants nothing in particular, or words as they stand.
    """
    scored, sought = found.scored, found.query.analysis.sought
    if found.phrases.sought:
        return scored
    if sought.forms:
        able = _only(scored, np.flatnonzero(scored.features["answer_type"] > 0))
        return _dated(able, found.query, generation) if able else None
    speaker = named_speaker(sought.speaker, found.query.variants) if sought.speaker else None
    return _only(scored, _told_by(speaker, scored, generation)) if speaker else scored


def is_on_topic(found: Retrieved, generation: Generation) -> bool:
    """Tell whether the article of the best sentence names what its speaker is asked about.

    Always for a question for the words of nobody in particular, or on nothing in particular.
    """
    query, scored, sought = found.query, found.scored, found.query.analysis.sought
    topic = {*query.read(" ".join(content_words(sought.topic)))}
    if not (sought.speaker and topic and len(scored.scores)):
        return True
    best = int(scored.rows[int(np.argmax(scored.scores))])
    article = generation.sentence_article(best)
    return not topic.isdisjoint(query.read(f"{article.title or ''}\n{article.text}"))


def names_all(names: Set[str], text: str) -> bool:
    """Tell whether a text has every name or a word made of it: "Russia", "Russian"."""
    written = [folded(match.group()) for match in words_of(text)]
    return all(
        any(word.startswith(name[: max(_NATION, len(name) - 1)]) for word in written)
        for name in names
    )


def _dated(scored: ScoredSentences, query: Query, generation: Generation) -> ScoredSentences:
    """Return the sentences that date the event asked about, where the best one only places it.

    "Before Russia invaded Ukraine" says of "When did Russia invade Ukraine?" less than "after the
    Ukraine invasion in February 2022". All come back where none does.
    """
    holds = scored.features["answer_type"]
    event, names = asked_event(query.spelt), query.analysis.names
    if event is None or not names or holds[int(np.argmax(scored.scores))] == 1:
        return scored
    best = np.argsort(-scored.scores, kind="stable")[:CONSIDERED]
    dating = [
        place
        for place in best.tolist()
        if holds[place] == 1
        and names_all(names, text := generation.sentence_text(int(scored.rows[place])))
        and tells_event(text, event, query.spelt)
    ]
    return _only(scored, np.array(dating, dtype=np.int64)) or scored


def _only(scored: ScoredSentences, places: RowNumbers) -> ScoredSentences | None:
    return scored.only(places) if len(places) else None


def _told_by(speaker: NamedSpeaker, scored: ScoredSentences, generation: Generation) -> RowNumbers:
    """Return the places of the sentences with words of the speaker's."""
    best = np.argsort(-scored.scores, kind="stable")[:CONSIDERED]
    told = [
        place
        for place in best.tolist()
        if (sentence := sentence_at(int(scored.rows[place]), generation))
        and speaker.tells(sentence, generation)
    ]
    return np.array(told, dtype=np.int64)
