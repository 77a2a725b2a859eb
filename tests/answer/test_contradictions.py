"""Sources that contradict each other are shown side by side, and never merged."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever import Index, build, open_index
from retriever.answer.contradictions import difference
from retriever.query.analysis import Analysis, analyse
from retriever.query.question import Question

WHO, WHEN, HOW_MANY = "Who bought it?", "When was it founded?", "How many were killed?"


def _asked(question: str) -> Analysis:
    return analyse(Question(text=question))


@pytest.mark.parametrize(
    ("question", "one", "other", "reason"),
    [
        (WHEN, "It was founded in 1893.", "The club dates from 1900.", "dates: 1893 / 1900"),
        (WHEN, "It was founded in 1893.", "It was founded on 2 May 1893.", None),
        (WHEN, "It was founded in 1893.", "It was founded long ago.", None),
        (HOW_MANY, "The quake killed 5,000.", "Some 7,000 died.", "numbers: 5000 / 7000"),
        (HOW_MANY, "The quake killed 5,000.", "More than 5,000 died.", None),
        (HOW_MANY, "It killed five on May 2.", "Five died on 3 Sept. 2021.", None),
        (WHO, "Brad bought the old mill.", "Jonas bought the old mill.", None),
        (
            WHO,
            "It was Brad who bought the old mill by the Lune.",
            "It was Jonas who bought the old mill by the Lune.",
            "names: brad / jonas",
        ),
        (WHO, "In May Brad bought the mill.", "The sale to Jonas was a secret.", None),
        (
            "What happened?",
            "The mill on the Lune burnt down in 1893.",
            "The mill on the Lune burnt down in 1900.",
            "dates: 1893 / 1900",
        ),
    ],
)
def test_a_difference_is_one_that_cannot_be_both(
    question: str, one: str, other: str, reason: str | None
) -> None:
    expected = reason and f"different {reason}"
    assert difference(one, other, _asked(question)) == expected


@given(st.text(max_size=80), st.sampled_from([WHO, WHEN, HOW_MANY]))
def test_a_text_never_differs_from_itself(text: str, question: str) -> None:
    assert difference(text, text, _asked(question)) is None


@pytest.mark.model
def test_an_altered_copy_is_quoted_beside_the_first(tmp_path: Path) -> None:
    texts = {
        "tide": "The harbour tunnel of Port Ellery opened to traffic in 1931 after six years.",
        "post": "The harbour tunnel of Port Ellery opened to traffic in 1934 after six years.",
        "echo": "The harbour tunnel of Port Ellery opened to traffic in 1931 after six years.",
    }
    lines = (json.dumps({"id": key, "text": text}) for key, text in texts.items())
    (tmp_path / "corpus.jsonl").write_text("\n".join(lines))
    build(tmp_path / "corpus.jsonl", index=tmp_path / "index")
    answer = open_index(tmp_path / "index").ask("When did the harbour tunnel of Port Ellery open?")
    assert {quote.text for quote in answer.quotes} == set(texts.values())
    assert [quote.also_in for quote in answer.quotes if "1931" in quote.text] == [("echo",)] or [
        quote.also_in for quote in answer.quotes if "1931" in quote.text
    ] == [("tide",)]
    (pair,) = answer.disagreements
    assert "1931" in pair.reason
    assert "1934" in pair.reason
    assert pair.quotes == (0, 1)


@pytest.mark.model
def test_the_seeds_disagree_on_whom_china_supports(seeds_index: Index) -> None:
    answer = seeds_index.ask("Does China support Russia after the mutiny?")
    (pair,) = (pair for pair in answer.disagreements if pair.kind == "positions")
    assert pair.values
    said = {
        value.of(answer.quotes[place].article.text)
        for place, value in zip(pair.quotes, pair.values, strict=True)
    }
    assert said == {"thrown its support behind", "dropped support"}
