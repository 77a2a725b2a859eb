"""Words looked for as they stand: what a question has in quotation marks, and bare keywords.

Who puts words in quotation marks wants these and no others: where no article holds them there is
no answer, and where nothing else is asked, the sentences that hold them are the answer. In six
public question sets all 171 answerable questions with quotation marks have in them what their
corpus holds; 13 of 20 that the corpus does not answer have not. In a longer question they decide
nothing more: that to 'When was Ramesh "Sunny" Balwani convicted?' need not hold "Sunny" (sentences
that do, lifted by an eighth, lost five answers of 120 and won none).
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

import numpy as np

from retriever.index.generation import Generation
from retriever.query.analysis import AnswerType
from retriever.query.formulation import Query
from retriever.ranking.candidates import Candidates
from retriever.ranking.scoring import ScoredSentences
from retriever.records.arrays import RowNumbers
from retriever.text.content_words import content_words, is_content
from retriever.text.lexicon import SPEECH_VERB
from retriever.text.terms import WORD, fold_word, terms
from retriever.text.unspaced import UNSPACED

MOST_PHRASES = 10  # more are a list, and would be looked for one after the other: 3 s for 360
MOST_KEYWORDS = 6  # more words make a sentence, which rarely stands anywhere as it was typed
ENOUGH = 40  # passages with a phrase; no more are weighed
LOOKED_THROUGH = 300  # passages with all words of a phrase, the likeliest first: 0.3 s at worst
_BETWEEN_WORDS = r"(?:\[\w{1,3}\]|[\W_]){1,8}?"  # and the mark of a note, "[1]"
_SAYING = re.compile(SPEECH_VERB)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A phrase, and the rows of at most :data:`ENOUGH` passages that hold it, ascending.

    ``missing`` tells that it stands nowhere, titles included; it is false as well where too many
    passages hold its words to look through them all.
    """

    text: str
    rows: RowNumbers
    missing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """What came of the phrases of a question.

    ``missing`` are those that had to stand somewhere and do not, as they were typed; ``sought``
    are all its phrases, if each stands somewhere and the question asks for nothing else.
    """

    sought: tuple[Phrase, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def rows(self) -> RowNumbers:
        """The rows of all passages that hold one that is sought, ascending."""
        none = np.zeros(0, dtype=np.int64)
        return np.unique(np.concatenate([none, *(phrase.rows for phrase in self.sought)]))


def find_phrases(query: Query, generation: Generation, allowed: RowNumbers | None) -> Phrases:
    """Look for the phrases of a question among the ``allowed`` passages (all when ``None``).

    At most :data:`MOST_PHRASES` are, the first ones. A few keywords without quotation marks are
    looked for as a whole, and not missed.
    """
    typed = query.analysis.quoted[:MOST_PHRASES]
    found = [_look_for(text, generation, allowed) for text in typed or _keywords(query)]
    if not all(len(phrase.rows) for phrase in found) or _asks_more(query.spelt, typed):
        missing = (phrase.text for phrase in found if typed and phrase.missing)
        return Phrases(missing=tuple(missing))
    return Phrases(sought=tuple(found))


def lift_phrases(
    scored: ScoredSentences, phrases: Phrases, candidates: Candidates, generation: Generation
) -> ScoredSentences:
    """Return the sentences with how much of what is sought each holds.

    Passages are lifted above all that hold less of it.
    """
    if not phrases.sought:
        return scored
    held = np.zeros(len(scored.scores), dtype=np.float32)
    for n in np.flatnonzero(np.isin(candidates.rows[scored.owners], phrases.rows)).tolist():
        text = generation.sentence_text(int(scored.rows[n]))
        held[n] = sum(is_in(phrase.text, text) for phrase in phrases.sought) / len(phrases.sought)
    most = np.zeros(len(candidates.rows), dtype=np.float32)
    np.maximum.at(most, scored.owners, held)
    return replace(scored, held=held, passage_scores=scored.passage_scores + most)


def is_in(phrase: str, text: str) -> bool:
    """Tell whether ``text`` holds a phrase, whatever the case, the accents and the punctuation."""
    return bool(_pattern(phrase).search(fold_word(text)))


def _keywords(query: Query) -> tuple[str, ...]:
    """Return the question as one phrase if it is a few keywords, from no conversation."""
    words = WORD.findall(query.spelt)
    if not 0 < len(words) <= MOST_KEYWORDS or query.carried or "?" in query.spelt:
        return ()
    is_named = is_content(words[0]) and is_content(words[-1])
    anything = query.analysis.answer_type is AnswerType.ANYTHING
    return (query.spelt,) if is_named and anything else ()


def _asks_more(question: str, typed: Collection[str]) -> bool:
    """Tell whether a question asks for more than what is in quotation marks, and who said it."""
    if not typed:
        return False
    held = {fold_word(word) for text in typed for word in WORD.findall(text)}
    asked = (fold_word(word) for word in content_words(question))
    return any(
        not _SAYING.fullmatch(word) and not held.issuperset(WORD.findall(word)) for word in asked
    )


def _look_for(text: str, generation: Generation, allowed: RowNumbers | None) -> Phrase:
    wanted = sorted(set(terms(text, generation.lexicon)))
    if not wanted:  # stop words of the corpus' language stand everywhere
        return Phrase(text=text, rows=np.zeros(0, dtype=np.int64), missing=False)
    rows = _intersection([generation.lexical.rows_of(term) for term in wanted])
    likely = rows if allowed is None else np.intersect1d(rows, allowed)
    scores = generation.lexical.scores(wanted, [1.0] * len(wanted))
    order = likely[np.lexsort((likely, -scores[likely]))][:LOOKED_THROUGH].tolist()
    holding = (row for row in order if is_in(text, generation.store.passage(row).text))
    held = sorted(islice(holding, ENOUGH))
    all_read = len(likely) <= LOOKED_THROUGH
    return Phrase(
        text=text,
        rows=np.array(held, dtype=np.int64),
        missing=not held and all_read and not _is_in_a_title(text, wanted, generation),
    )


def _is_in_a_title(phrase: str, wanted: Collection[str], generation: Generation) -> bool:
    articles = _intersection([generation.article_lexical.rows_of(term) for term in wanted])
    titles = (generation.store.article_at(int(row)).title or "" for row in articles)
    return any(is_in(phrase, title) for title in titles)


def _intersection(sets: Collection[RowNumbers]) -> RowNumbers:
    first, *others = sorted(sets, key=len)
    for other in others:
        first = np.intersect1d(first, other, assume_unique=True)
    return first


@lru_cache(maxsize=MOST_PHRASES)
def _pattern(text: str) -> re.Pattern[str]:
    """Return a pattern for the words of ``text`` in their order."""
    found = [fold_word(word) for word in WORD.findall(text)]
    words = (re.sub("['’]", "['’]", re.escape(word)) for word in found)
    # Where no blanks part words, one may stand behind or before any character.
    before, after = "(?<!\\w)", "(?!\\w)"
    if found and UNSPACED.match(found[0]):
        before = ""
    if found and UNSPACED.match(found[-1][-1:]):
        after = ""
    return re.compile(f"{before}{_BETWEEN_WORDS.join(words)}{after}")
