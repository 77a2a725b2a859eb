"""Which sentences can answer at all: those that hold what was asked for, or tell whose words it is.

A question for a date is answered by a sentence that says when, and "What did Ding say?" by words of
Ding's. What else was found may be about the same, and is no answer.
"""

import numpy as np

from retriever.answer.named_speaker import NamedSpeaker, named_speaker
from retriever.answer.selection import CONSIDERED
from retriever.answer.sentence_context import sentence_at
from retriever.index.generation import Generation
from retriever.ranking.scoring import ScoredSentences
from retriever.ranking.searcher import Retrieved
from retriever.records.arrays import RowNumbers
from retriever.text.content_words import content_words


def fitting(found: Retrieved, generation: Generation) -> ScoredSentences | None:
    """Return the sentences that can answer, ``None`` where there is no such one.

    All of them for a question that wants nothing in particular, or words as they stand.
    """
    scored, sought = found.scored, found.query.analysis.sought
    if found.phrases.sought:
        return scored
    if sought.forms:
        return _only(scored, np.flatnonzero(scored.features["answer_type"] > 0))
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
