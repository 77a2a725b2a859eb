"""What is searched for one question: its words, their rarity here, and its vector."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

import numpy as np

from retriever.encoders.protocol import Encoder
from retriever.index.generation import Generation
from retriever.query.analysis import Analysis
from retriever.query.conversation import Context, asked_before, context_of
from retriever.query.spelling import Speller, Spelling
from retriever.records.arrays import FloatVector
from retriever.text.content_words import content_words
from retriever.text.lexicon import Lexicon
from retriever.text.terms import terms, words

# What a guess at the right spelling counts beside a word found as it was typed.
RESPELT = 0.8
VARIANT = 0.6
# What is kept of the sentences that were read last, some 5 MB: questions come back to them.
REMEMBERED_SENTENCES = 10_000
LONGEST_REMEMBERED = 1_000  # characters: sentences and titles, and no articles


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question ready for both channels.

    ``spelt`` is the question in the corpus' own spelling; ``respelt`` holds what was typed → that
    spelling. ``text`` is what is searched, with the words carried over from the conversation.
    ``terms`` are its distinct index terms; ``weights`` their inverse document frequencies, where a
    word that occurs nowhere counts as the rarest possible and a carried word for as much as the
    question leans on it. ``variants`` are terms that spell a name of the question otherwise → its
    term. ``vector`` is as long as the question and its context agree, at most 1; ``own_vector`` is
    that of the question without its context, ``whole_vector`` that of the conversation with the
    question at its end, where there is one and nothing in it was taken back.
    """

    analysis: Analysis
    spelt: str
    text: str
    carried: tuple[str, ...]
    terms: tuple[str, ...]
    emphasis: FloatVector
    weights: FloatVector
    vector: FloatVector
    own_vector: FloatVector
    whole_vector: FloatVector | None
    respelt: Mapping[str, str]
    variants: Mapping[str, str]
    lexicon: Lexicon

    @property
    def searched(self) -> tuple[list[str], list[float]]:
        """The terms and their variants, and the emphasis of each, as a lexical index wants them."""
        emphasis = dict(zip(self.terms, self.emphasis.tolist(), strict=True))
        others = {other: VARIANT * emphasis[term] for other, term in self.variants.items()}
        both = others | emphasis
        return [*both], [*both.values()]

    def read(self, text: str) -> Sequence[str]:
        """Return the index terms of ``text``, each variant as the term that it stands for."""
        short = len(text) <= LONGEST_REMEMBERED
        found = _terms_of(text, self.lexicon) if short else terms(text, self.lexicon)
        return [self.variants.get(term, term) for term in found] if self.variants else found


def formulate(analysis: Analysis, generation: Generation, encoder: Encoder) -> Query:
    """Return the query for a question, spelt as the corpus is, with what it leans on."""
    nearness = partial(nearest_cosines, generation=generation, encoder=encoder)
    likeness = partial(cosines_between, encoder=encoder)
    context = context_of(analysis, nearness, likeness, generation.manifest.profile)
    as_typed = analysis.question.without | frozenset(words(" ".join(analysis.quoted)))
    respell = partial(Speller(generation, encoder).respell, as_typed=as_typed)
    asked = respell(context.text)
    carried = [respell(phrase) for phrase in context.beside]
    spelt = replace(context, text=asked.text, phrases=tuple(phrase.text for phrase in carried))
    to_terms = partial(terms, lexicon=generation.lexicon)
    emphasis = _emphasis(asked.text, spelt, (asked, *carried), to_terms)
    shares = np.array([*emphasis.values()], dtype=np.float32)
    rarity = np.array([generation.lexical.rarity(term) for term in emphasis], dtype=np.float32)
    earlier = [] if analysis.question.without else asked_before(analysis.question)
    vectors = _vectors(asked.text, spelt, earlier, encoder)
    return Query(
        analysis=analysis.respelt(asked.text) if asked.text != analysis.question.text else analysis,
        spelt=asked.text,
        text=_joined(asked.text, spelt),
        carried=context.phrases,
        terms=tuple(emphasis),
        emphasis=shares,
        weights=shares * rarity,
        vector=vectors.searched,
        own_vector=vectors.own,
        whole_vector=vectors.whole,
        respelt=_merged(one.respelt for one in (asked, *carried)),
        variants={
            other: term
            for other, term in _merged(one.variants for one in (asked, *carried)).items()
            if term in emphasis and other not in emphasis
        },
        lexicon=generation.lexicon,
    )


@lru_cache(maxsize=REMEMBERED_SENTENCES)
def _terms_of(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    return tuple(terms(text, lexicon))


def nearest_cosines(
    texts: Sequence[str], *, generation: Generation, encoder: Encoder
) -> list[float]:
    """Return for each text the cosine of the passage nearest to it."""
    vectors = encoder.encode_query(texts)
    return [float(generation.vectors.search(vector, k=1)[1][0]) for vector in vectors]


def cosines_between(text: str, others: Sequence[str], *, encoder: Encoder) -> list[float]:
    """Return how near in meaning ``text`` is to each of the others."""
    own, *vectors = encoder.encode_query([text, *others])
    return [float(own @ vector) for vector in vectors]


def _merged(mappings: Iterable[Mapping[str, str]]) -> dict[str, str]:
    return {key: value for mapping in mappings for key, value in mapping.items()}


def _emphasis(
    question: str,
    context: Context,
    spelt: Sequence[Spelling],
    to_terms: Callable[[str], list[str]],
) -> dict[str, float]:
    """Return how much each term of a question and its context counts, above 0 and at most 1."""
    about = set(to_terms(" ".join(content_words(question))))
    emphasis = dict.fromkeys(to_terms(" ".join(context.phrases)), context.lean)
    # "Tell me more about it": words of asking count less, the more the question leans.
    emphasis |= {term: 1.0 if term in about else 1.0 - context.lean for term in to_terms(question)}
    guessed = set(to_terms(" ".join(_merged(one.respelt for one in spelt).values())))
    return {
        term: share * RESPELT if term in guessed else share
        for term, share in emphasis.items()
        if share > 0
    }


def _joined(question: str, context: Context) -> str:
    return f"{', '.join(context.phrases)}: {question}" if context.phrases else question


@dataclass(frozen=True, slots=True, kw_only=True)
class _QueryVectors:
    """The vectors of a query: to search with, its own, and that of the whole conversation."""

    searched: FloatVector
    own: FloatVector
    whole: FloatVector | None


def _vectors(
    question: str, context: Context, earlier: Sequence[str], encoder: Encoder
) -> _QueryVectors:
    """Return the vectors of a question with the ``earlier`` ones, encoded together.

    The first is moved towards the joined turns by how much the question leans on them. Whole turns
    are encoded, not the phrases of them: canard +0.6 points of recall@1.
    """
    turns = [context.turns] if context.phrases else []
    joined = [" ".join((*texts, question)) for texts in (*turns, *([earlier] if earlier else []))]
    own, *others = encoder.encode_query([question, *dict.fromkeys(joined)])
    searched = own
    if turns:
        shares = np.array([1 - context.lean, context.lean], dtype=np.float32)
        searched = shares @ np.stack([own, others[0]])
    return _QueryVectors(searched=searched, own=own, whole=others[-1] if earlier else None)
