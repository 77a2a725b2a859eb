"""Words in quotation marks, and bare keywords, are looked for as they stand."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever import Filters, Index, Outcome, build, open_index
from retriever.query.analysis import quoted
from retriever.ranking.phrases import MOST_PHRASES

pytestmark = pytest.mark.model

ARTICLES = [
    {
        "id": "harbour",
        "title": "A Harbour of Glass",
        "publisher": "Coast Daily",
        "text": (
            "The council calls the plan for the quay a measured retreat.\n\n"
            "“We’ll not give up one stone of it,” said mayor Ida Holm on Friday. Her party agreed."
        ),
    },
    {
        "id": "storm",
        "publisher": "Inland Post",
        "text": (
            "The retreat was measured in metres: the sea took nine of the quay last winter.\n\n"
            "Engineers spoke of a Café-au-lait tide, brown with 1,204 tons of sand of the dunes."
        ),
    },
    *(
        {"id": f"other-{n}", "text": f"The market of town {n} sold {n} tons of herring in May."}
        for n in range(2, 30)
    ),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Return an index of the articles above."""
    folder = tmp_path_factory.mktemp("phrases")
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, ARTICLES)))
    build(folder / "corpus.jsonl", index=folder / "index")
    return open_index(folder / "index")


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("Who said “not one stone”?", ("not one stone",)),
        ('Who wrote "One. Two things," then?', ("One", "Two things")),
        ("Who says «ein Stein … zwei Häuser»?", ("ein Stein", "zwei Häuser")),
        ("Who said “he [the mayor] gave up . . . a stone”?", ("gave up", "a stone")),
        ("Who said “the U.S. gave up”?", ("the U.S. gave up",)),
        ("Who said ‘it’s the mayor’s stone’?", ("it’s the mayor’s stone",)),
        ("Who said “he called it ‘a coup’ then”?", ("he called it ‘a coup’ then",)),
        ("Is it the mayor’s or the boys’ stone?", ()),
        ("Who said “it is”?", ()),
        ('A pipe of 5" or more', ()),
        ('A pipe of 5" or 6" and "no more"', ("no more",)),
        ('The mayor" who said "never"', ("never",)),
        ("Who said »ein Stein«, and who « deux maisons »?", ("ein Stein", "deux maisons")),
        ("Who said „ein Stein“ and “two stones”?", ("ein Stein", "two stones")),
        ("Who said “he called it “a stone” today”?", ("he called it",)),
        ('"1,204" "state-affiliated" "😀" "שלום"', ("1,204", "state-affiliated", "שלום")),
        ("Who said that?", ()),
    ],
)
def test_what_stands_in_quotation_marks_is_a_phrase(question: str, parts: tuple[str, ...]) -> None:
    assert quoted(question) == parts


@given(st.text(max_size=80))
def test_any_question_is_read_for_phrases(question: str) -> None:
    assert all(part in question for part in quoted(question))


def test_the_words_that_were_quoted_are_the_answer(index: Index) -> None:
    for question in ('"measured retreat"', "Who said “a measured retreat”?", "measured retreat"):
        answer = index.ask(question)
        assert answer.outcome is Outcome.ANSWERED, question
        assert ["a measured retreat" in quote.text for quote in answer.quotes] == [True], question
        assert index.search(question)[0].passage.article.id == "harbour"


@pytest.mark.parametrize(
    "typed",
    [
        "“we'll not give up ONE stone”",
        "“We’ll not … one stone of it”",
        "“cafe au lait tide, brown”",
        '"1,204"',
        "“brown with 1,204 tons”",
    ],
)
def test_case_accents_and_punctuation_do_not_matter(index: Index, typed: str) -> None:
    answer = index.ask(f"Who said {typed}?")
    assert answer.outcome is Outcome.ANSWERED
    assert not answer.unknown


@pytest.mark.parametrize("typed", ["not one stone of the quay", "measurd retreat"])
def test_words_that_stand_nowhere_are_no_answer_and_not_respelt(index: Index, typed: str) -> None:
    answer = index.ask(f"Who said “{typed}”?")
    assert answer.outcome is Outcome.NOT_FOUND
    assert typed in answer.unknown
    assert not answer.respelt
    assert answer.closest


def test_a_phrase_in_a_title_alone_is_not_missing(index: Index) -> None:
    assert not index.ask("What is “A Harbour of Glass” about?").unknown


def test_of_many_phrases_the_first_are_looked_for(index: Index) -> None:
    listed = " ".join(f'"herring {number}"' for number in range(40, 140))
    phrases = [part for part in index.ask(f"Who said {listed}?").unknown if " " in part]
    assert phrases == [f"herring {number}" for number in range(40, 40 + MOST_PHRASES)]


def test_keywords_that_stand_nowhere_together_are_not_missed(index: Index) -> None:
    assert not index.ask("mayor herring").unknown


@pytest.mark.parametrize("word", ["take", "took", "speak", "spoken"])
def test_a_verb_stands_in_an_article_in_any_form(index: Index, word: str) -> None:
    """The articles have "took" and "spoke": to say that they hold no "take" would mislead."""
    assert index.ask(f"Why would zebras {word} to engineers?").unknown == ("zebras",)


def test_a_phrase_outside_the_filters_is_not_found_and_not_called_unknown(index: Index) -> None:
    answer = index.ask("Who said “a measured retreat”?", filters=Filters(publisher="Inland Post"))
    assert answer.outcome is Outcome.NOT_FOUND
    assert not answer.unknown


def test_a_longer_question_is_answered_as_without_quotation_marks(index: Index) -> None:
    marked = index.ask("How many metres of the “quay” did the sea take last winter?").quotes
    plain = index.ask("How many metres of the quay did the sea take last winter?").quotes
    assert [quote.text for quote in marked] == [quote.text for quote in plain]
    assert "nine" in marked[0].text


def test_words_in_quotation_marks_open_a_topic_of_their_own(index: Index) -> None:
    before = [{"role": "user", "content": "How much herring did the market of town 7 sell?"}]
    assert not index.ask("Who said “he was a measured man”?", history=before).carried
    assert index.ask("Who sold “herring” there, and did he say so?", history=before).carried
