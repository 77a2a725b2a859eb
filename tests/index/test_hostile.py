"""What must hold of any corpus whatever: built end to end, over texts made to break it."""

import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retriever.index.generation import Generation
from retriever.text.sentences import sentence_spans
from tests.building import build_with, opened
from tests.hashing_encoder import HashingEncoder
from tests.strategies import any_texts

WINDOW = 20

records = st.lists(
    st.fixed_dictionaries(
        {"text": any_texts},
        optional={"id": any_texts, "title": any_texts, "language": st.sampled_from(["de", "ja"])},
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=60)
@given(records=records)
def test_every_span_of_an_index_is_true_to_its_article(
    tmp_path_factory: pytest.TempPathFactory, records: list[dict[str, str]]
) -> None:
    folder, encoder = tmp_path_factory.mktemp("hostile"), HashingEncoder(window=WINDOW)
    always = {"id": "always", "text": "There is one line that can be read."}
    write_lines(folder / "corpus.jsonl", [*records, always])
    build_with(encoder, folder / "corpus.jsonl", folder / "index")
    with opened(folder / "index") as generation:
        check_articles(generation, [*records, always])
        check_passages(generation, encoder)
        check_sentences(generation)


def write_lines(path: Path, records: Iterable[dict[str, str]]) -> None:
    path.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")


def check_articles(generation: Generation, records: list[dict[str, str]]) -> None:
    """Each record is stored or listed as failed; lone surrogates alone are replaced."""
    found = [*generation.store.articles()]
    assert len(found) + len(generation.coverage.failed) == len(records)
    assert len({article.id for article in found}) == len(found)
    texts = [json.loads(json.dumps(record["text"])) for record in records]
    expected = ["".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in t) for t in texts]
    assert [article.text for article in found] == [text for text in expected if text.strip()]


def check_passages(generation: Generation, encoder: HashingEncoder) -> None:
    """Passages follow each other, cover the article and fit the window."""
    store = generation.store
    for row, article in enumerate(store.articles()):
        left = article.text
        for ordinal, passage_row in enumerate(store.passage_rows(row)):
            passage = store.passage(passage_row)
            text = article.text[passage.start : passage.end]
            assert passage.text == text == text.strip() != ""
            assert passage.ordinal == ordinal
            assert encoder.count_tokens([text])[0] <= WINDOW
            left = left.replace(text, "", 1)
        assert not left.strip()


def check_sentences(generation: Generation) -> None:
    """Sentences cover their passage; they are those of the article, parted by passages alone."""
    store, sentences = generation.store, generation.sentences
    for row, article in enumerate(store.articles()):
        borders = {0, len(article.text)}
        for span in sentence_spans(article.text, language=article.language or "en"):
            borders |= {span.start, span.end}
        for passage_row in store.passage_rows(row):
            passage, reached = store.passage(passage_row), 0
            reached = passage.start
            for span in sentences.spans(passage_row):
                assert reached <= span.start < span.end <= passage.end
                assert not article.text[reached : span.start].strip()
                text = span.of(article.text)
                assert text == text.strip() != ""
                assert span.start in borders | {passage.start}
                assert span.end in borders | {passage.end}
                reached = span.end
            assert reached == passage.end
    assert len(sentences) == len(sentences.codes)
    lengths = np.linalg.norm(sentences.codes.astype(np.float32) / 254, axis=1)
    assert np.all((lengths > 0.4) & (lengths < 1.1))  # a number beyond 0.5 is clipped
