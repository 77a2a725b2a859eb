"""The reader in its place: the best passages are read, and its words stand in their sentences."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever.encoders.registry import load_encoder
from retriever.index.generation import Generation
from retriever.index.publishing import current_generation
from retriever.query.question import read_question
from retriever.ranking.reading import (
    PASSAGE_POINTED,
    POINTED,
    READ,
    RELEVANT,
    SHARE,
    UNREAD,
    lift_pointed_at,
    shares_of,
)
from retriever.ranking.scoring import Reading
from retriever.ranking.searcher import Retrieved, Searcher
from retriever.ranking.windows import windows_of
from retriever.reader.bundled import BundledReader
from retriever.reader.protocol import ReadingWindow, WindowReading
from retriever.reader.spans import LONGEST_ANSWER, NEARLY, SHORT, best_span
from retriever.records import Passage, Span
from retriever.text.sentences import sentence_spans
from tests.building import BRIDGE
from tests.makers import make_article

pytestmark = pytest.mark.model

READER = BundledReader()
QUESTION = "Who did Andrey Rudenko meet in Beijing?"


@pytest.fixture(scope="module")
def searcher(seeds_index_folder: Path) -> Searcher:
    generation = Generation(current_generation(seeds_index_folder))
    return Searcher(generation=generation, encoder=load_encoder(), reader=READER)


def reading_of(found: Retrieved) -> Reading:
    assert found.scored.reading is not None
    return found.scored.reading


def test_every_sentence_of_the_best_passages_is_read_and_no_other(searcher: Searcher) -> None:
    found = searcher.retrieve(read_question(QUESTION))
    reading, scored = reading_of(found), found.scored
    best = np.argsort(-scored.passage_scores, kind="stable")[:READ]
    was_read = np.isin(scored.owners, best)
    assert 0 < was_read.sum() < len(scored.rows)
    assert (np.isnan(reading.relevance) == ~was_read).all()
    assert ((reading.span_scores == UNREAD) == ~was_read).all()
    assert [span is not None for span in reading.spans] == was_read.tolist()
    assert set(np.flatnonzero(~np.isnan(reading.passage_relevance))) == set(best)


def test_a_span_stands_within_its_sentence(searcher: Searcher) -> None:
    found = searcher.retrieve(read_question(QUESTION))
    for row, span in zip(found.scored.rows.tolist(), reading_of(found).spans, strict=True):
        if span:
            sentence = searcher.generation.sentences.span(row)
            assert sentence.start <= span.start < span.end <= sentence.end


def test_it_points_at_who_was_met(searcher: Searcher) -> None:
    found = searcher.retrieve(read_question(QUESTION))
    reading = reading_of(found)
    best = int(reading.span_scores.argmax())
    span = reading.spans[best]
    assert span is not None
    article = searcher.generation.sentence_article(int(found.scored.rows[best]))
    assert "Qin Gang" in span.of(article.text)
    assert reading.span_scores[best] > 0


def test_what_was_read_gains_and_nothing_else_changes(searcher: Searcher) -> None:
    found = searcher.retrieve(read_question(QUESTION))
    read, reading = found.scored, reading_of(found)
    unread = replace(searcher, reader=None).retrieve(read_question(QUESTION)).scored
    assert unread.reading is None
    gained = read.scores - unread.scores
    was_read = ~np.isnan(reading.relevance)
    assert (gained[~was_read] == 0).all()
    assert (gained[was_read] > 0).all()
    assert gained.max() <= POINTED + SHARE + RELEVANT + 1e-6
    passage_gained = read.passage_scores - unread.passage_scores
    passage_read = ~np.isnan(reading.passage_relevance)
    assert (passage_gained[~passage_read] == 0).all()
    assert (passage_gained[passage_read] > 0).all()
    assert passage_gained.max() <= PASSAGE_POINTED + 1e-6


def test_a_follow_up_keeps_the_order_of_its_passages(searcher: Searcher) -> None:
    history = [{"role": "user", "content": QUESTION}]
    asked = read_question("And what did he say?", history=history)
    found = searcher.retrieve(asked)
    assert found.query.carried
    unread = replace(searcher, reader=None).retrieve(asked).scored
    np.testing.assert_array_equal(found.scored.passage_scores, unread.passage_scores)
    assert (found.scored.scores > unread.scores).any()


def test_a_follow_up_is_read_as_it_was_asked(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def note(reader: BundledReader, question: str, windows: Sequence[ReadingWindow]) -> object:
        read.append(question)
        return original(reader, question, windows)

    original = BundledReader.read
    monkeypatch.setattr(BundledReader, "read", note)
    history = [{"role": "user", "content": QUESTION}]
    found = searcher.retrieve(read_question("And what did he say?", history=history))
    assert found.query.text != found.query.spelt
    assert read == [found.query.spelt]


def test_the_surer_a_reader_the_more_a_sentence_gains(searcher: Searcher) -> None:
    scored = searcher.retrieve(read_question(QUESTION)).scored
    assert scored.reading is not None
    surer = replace(scored.reading, span_scores=scored.reading.span_scores + 1)
    lifted = lift_pointed_at(scored, surer).scores - lift_pointed_at(scored, scored.reading).scores
    assert (lifted[~np.isnan(surer.relevance)] > 0).all()


def test_the_words_that_are_read_share_one_gain() -> None:
    logits = np.array([2.0, 0.0, -100.0], dtype=np.float32)
    shares = shares_of(logits)
    assert shares.sum() == pytest.approx(1)
    assert shares.argsort().tolist() == [2, 1, 0]
    assert shares[0] / shares[1] == pytest.approx(np.exp(2))
    assert len(shares_of(logits[:0])) == 0


def test_hits_tell_how_likely_they_answer(searcher: Searcher) -> None:
    hits = searcher.search(read_question(QUESTION))
    told = [hit.scores.reader for hit in hits]
    assert sum(likely is not None for likely in told) == min(READ, len(told))
    assert all(0 <= likely <= 1 for likely in told if likely is not None)
    (channel, *_) = searcher.search_channel(read_question(QUESTION), "fused")
    assert channel.scores.reader is None


SENTENCES = st.lists(
    st.sampled_from(
        ["Ships wait outside.", "It rained, and nobody came. ", "A" * 700, "東京" * 200]
    )
    | st.integers(1, 300).map(lambda count: "crane " * count + "end."),
    min_size=1,
    max_size=12,
)


@given(texts=SENTENCES, question=st.sampled_from(["Why?", "Who closed the harbour of Ostby? " * 9]))
def test_windows_cover_a_passage_and_fit(texts: list[str], question: str) -> None:
    article = make_article(" ".join(texts), title="Storm over Ostby")
    sentences = sentence_spans(article.text, language="en")
    passage = Passage(article=article, start=0, end=len(article.text), ordinal=0)
    windows = windows_of([passage], [sentences], question, READER)
    covered = np.zeros(len(article.text), dtype=bool)
    room = READER.room(question, "Storm over Ostby")
    for one in windows:
        assert not covered[one.span.start : one.span.end].any()
        covered[one.span.start : one.span.end] = True
        assert one.window.passage == one.span.of(article.text)
        assert READER.count_tokens([one.window.passage])[0] <= room
    assert all(covered[sentence.start : sentence.end].all() for sentence in sentences)


def test_a_passage_that_fits_is_one_window() -> None:
    article = make_article(BRIDGE, title="Bridge")
    sentences = sentence_spans(article.text, language="en")
    passage = Passage(article=article, start=0, end=len(article.text), ordinal=0)
    (only,) = windows_of([passage], [sentences], "When did it open?", READER)
    assert only.window == ReadingWindow(heading="Bridge", passage=BRIDGE)


LOGITS = st.integers(1, 50).flatmap(
    lambda count: st.tuples(*[st.lists(st.integers(-9, 9), min_size=count, max_size=count)] * 2)
)


@given(logits=LOGITS, border=st.data())
def test_the_best_span_is_that_of_every_span_tried(
    logits: tuple[list[int], list[int]], border: st.DataObject
) -> None:
    starts, ends = logits
    start, end = sorted(border.draw(st.tuples(*[st.integers(0, 3 * len(starts))] * 2)))
    reply = WindowReading(
        starts=np.array(starts, dtype=np.float32),
        ends=np.array(ends, dtype=np.float32),
        offsets=np.array([(3 * n, 3 * n + 2) for n in range(len(starts))]),  # "of of of "
        none_start=1,
        none_end=2,
        relevance=0,
    )
    tried = [
        (starts[first] + ends[last] - 3, -first, first - last)
        for first in range(len(starts))
        for last in range(first, min(len(starts), first + LONGEST_ANSWER))
        if start <= 3 * first and 3 * last + 2 <= end
    ]
    found = best_span(reply, Span(start=start, end=end))
    if not tried:
        assert found is None
        return
    assert found is not None
    best = max(tried)[0]
    nearly = [one for one in tried if -one[2] < SHORT and one[0] >= best - NEARLY]
    _, first, length = max(nearly or tried)
    assert found.score == best
    assert found.span == Span(start=-3 * first, end=3 * (-first - length) + 2)
