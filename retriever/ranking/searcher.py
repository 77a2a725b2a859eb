"""The read path: a question and its conversation → hits, best first."""

from dataclasses import dataclass, replace
from typing import Literal

from retriever.encoders.protocol import Encoder
from retriever.index.generation import Generation
from retriever.query.analysis import analyse
from retriever.query.filters import allowed_rows
from retriever.query.formulation import Query, formulate
from retriever.query.question import Question
from retriever.ranking.agreement import lift_agreed
from retriever.ranking.candidates import Candidates, find_candidates
from retriever.ranking.duplicates import newest_first, originals_first
from retriever.ranking.phrases import Phrases, find_phrases, lift_phrases
from retriever.ranking.reading import read_closely
from retriever.ranking.scoring import Reading, ScoredSentences, score_sentences
from retriever.reader.protocol import Reader
from retriever.records import Hit, Scores
from retriever.records.arrays import FloatVector, RowNumbers

Channel = Literal["dense", "lexical", "fused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieved:
    """What was found: the query, its phrases, the candidates, and the sentences of the best."""

    query: Query
    phrases: Phrases
    candidates: Candidates
    scored: ScoredSentences


@dataclass(frozen=True, slots=True, kw_only=True)
class Searcher:
    """A generation, the encoder that reads questions for it and, if any, a reader.

    They change together; threads may share it.
    """

    generation: Generation
    encoder: Encoder
    reader: Reader | None = None

    def retrieve(self, question: Question, *, among: RowNumbers | None = None) -> Retrieved:
        """Return the candidates for a question, with the sentences that speak for them.

        With ``among``, only these passage rows are searched, whatever the filters of the question.
        """
        if self.reader:
            self.reader.prepare()
        query, phrases, candidates = self._candidates(question, among)
        scored = score_sentences(query, candidates, self.generation)
        scored = lift_phrases(scored, phrases, candidates, self.generation)
        if self.reader:
            scored = read_closely(scored, query, candidates, self.generation, self.reader)
        return Retrieved(query=query, phrases=phrases, candidates=candidates, scored=scored)

    def search(self, question: Question) -> list[Hit]:
        """Return the passages found, best first; of copies the earliest in the best place.

        What several articles tell alike gains a little. It is only the order of passages that does.
        """
        found = self.retrieve(question)
        scored = found.scored
        order_by = lift_agreed(scored, found.query, found.candidates, self.generation)
        ranked = self._hits(found.candidates, order_by, scored.reading, final=True)
        hits = newest_first(originals_first(ranked), self.generation)
        return [replace(hit, rank=rank) for rank, hit in enumerate(hits, 1)]

    def search_channel(self, question: Question, channel: Channel) -> list[Hit]:
        """Return what one channel alone finds, for measuring each stage by itself."""
        _, _, found = self._candidates(question, None)
        order_by = {"dense": found.cosine, "lexical": found.bm25, "fused": found.fused}[channel]
        hits = self._hits(found, order_by, None, final=False)
        return [hit for hit in hits if hit.scores.bm25 > 0] if channel == "lexical" else hits

    def _candidates(
        self, question: Question, among: RowNumbers | None
    ) -> tuple[Query, Phrases, Candidates]:
        query = formulate(analyse(question), self.generation, self.encoder)
        allowed = among
        if allowed is None:
            allowed = allowed_rows(self.generation.store, question.filters)
        phrases = find_phrases(query, self.generation, allowed)
        found = find_candidates(query, self.generation, allowed, wanted=phrases.rows)
        return query, phrases, found

    def _hits(
        self,
        candidates: Candidates,
        order_by: FloatVector,
        reading: Reading | None,
        *,
        final: bool,
    ) -> list[Hit]:
        """Return candidates as hits by falling score, equal scores by passage id."""
        passages = [self.generation.store.passage(int(row)) for row in candidates.rows]
        order = sorted(range(len(passages)), key=lambda n: (-float(order_by[n]), passages[n].id))
        return [
            Hit(
                passage=passages[n],
                rank=rank,
                scores=Scores(
                    cosine=float(candidates.cosine[n]),
                    bm25=float(candidates.bm25[n]),
                    fused=float(candidates.fused[n]),
                    reranked=float(order_by[n]) if final else None,
                    reader=reading.likelihood(n) if reading else None,
                ),
            )
            for rank, n in enumerate(order, 1)
        ]
