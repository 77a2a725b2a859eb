"""Misspelt words, on either side: in the question, or in one of two articles."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from retriever import Index, Outcome
from retriever.encoders.protocol import Encoder
from retriever.encoders.registry import load_encoder
from retriever.index.generation import Generation
from retriever.query.spelling import Speller, Spelling
from retriever.settings import BUNDLED_ENCODER
from tests.building import build_with, opened, write_articles

pytestmark = pytest.mark.model

ARTICLES: list[dict[str, object]] = [
    {
        "id": "ministry",
        "title": "Minister resigns",
        "text": "Orsolya Kerekesházy left the ministry of fisheries on Monday. Kerekesházy's"
        " successor is Tibor Valdemarov. The government thanked her for separating the two"
        " agencies. Investigators found nothing.",
    },
    {
        "id": "profile",
        "title": "A profile",
        "text": "Orsolya Kerekezhazy grew up in Ostby. Her government salary was modest. Judge"
        " Marlenko and her brother, Judge Marlento, praised her. The government is silent.",
    },
    {
        "id": "wharf",
        "title": "The wharf",
        "text": "Harvesters met at the wharf. Carvesters too. Anders Haldorsen owns it. The"
        " 1204th gathering follows, Haldorson said.",
    },
    {
        "id": "council",
        "title": "The council",
        "text": "Deputy Qin Gang met Kevin Rudd, Amara Desh, Ms. Frey and Mr. Ding. Davi Morro and"
        " Ewa Lund were with Putin, Tova Pell and Jan Wyk. Dealers in bad weather, a retired driver"
        " and the director of detectors defended the Lakers. Sleepless, they spoke of a mutiny and"
        " of bankruptcy. The Watters family and Rainier stayed away.",
    },
    {
        "id": "quarry",
        "title": "The quarry",
        "text": "A bollard stands at the quarry, and a dollard beside it, and a pollard.",
    },
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    """Return the real encoder; only its tokenizer is used here."""
    return load_encoder(BUNDLED_ENCODER)


@pytest.fixture(scope="module")
def generation(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Generation]:
    """Return an index of five short articles."""
    folder = tmp_path_factory.mktemp("spelt")
    corpus = write_articles(folder / "corpus.jsonl", ARTICLES)
    build_with(encoder, corpus, folder / "index", name=BUNDLED_ENCODER)
    with opened(folder / "index") as generation:
        yield generation


@pytest.fixture
def spelt(generation: Generation, encoder: Encoder) -> Callable[[str], Spelling]:
    """Return a way to spell a text as the corpus does."""
    return Speller(generation, encoder).respell


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Valdemarow", "Valdemarov"),  # another letter
        ("Valdmarov", "Valdemarov"),  # one too few
        ("Valdemmarov", "Valdemarov"),  # one too many
        ("Vadlemarov", "Valdemarov"),  # two swapped
        ("Valdmarof", "Valdemarov"),  # two errors in a long name
        ("Baldemarov", "Valdemarov"),  # a name's first letter
        ("goverment", "government"),
        ("seperating", "separating"),
        ("Invesstigators", "Investigators"),
    ],
)
def test_an_unknown_word_gives_way_to_the_one_it_stands_for(
    spelt: Callable[[str], Spelling], typed: str, meant: str
) -> None:
    spelling = spelt(f"Who knows of {typed}?")
    assert spelling.text == f"Who knows of {meant}?"
    assert spelling.respelt == {typed: meant}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Quin", "Qin"),
        ("Qinn", "Qin"),
        ("Rud", "Rudd"),
        ("Lnud", "Lund"),
        ("Frei", "Frey"),
        ("Dng", "Ding"),
        ("Dingg", "Ding"),
        ("Moro", "Morro"),
        ("Putn", "Putin"),
        ("Pel", "Pell"),
        ("quin", "Qin"),
    ],
)
def test_a_short_name_gives_way_to_one_that_sounds_the_same(
    spelt: Callable[[str], Spelling], typed: str, meant: str
) -> None:
    assert spelt(f"{'Where' if typed[0].isupper() else 'where'} is {typed}?").respelt == {
        typed: meant
    }


@pytest.mark.parametrize(
    "typed", ["Qun", "Deth", "Dang", "Rydd", "Pells", "Fry", "Lind", "Wok", "Quid"]
)
def test_a_short_name_stands_for_no_other_one(spelt: Callable[[str], Spelling], typed: str) -> None:
    assert spelt(f"Where is {typed}?").respelt == {}


@pytest.mark.parametrize(
    "typed",
    [
        "deadlier",
        "wealthier",
        "drier",
        "retried",
        "defector",
        "leakers",
        "wetter",
        "sleepiest",
        "rainiest",
        "mutineer",
        "bankrupts",
        "defunded",
    ],
)
def test_a_word_made_of_a_common_one_is_right(spelt: Callable[[str], Spelling], typed: str) -> None:
    assert spelt(f"Which of them is {typed} in the city?").respelt == {}


@pytest.mark.parametrize("typed", ["valdemarow", "VALDEMAROW", "Váldemarow"])
def test_case_and_accents_do_not_matter(spelt: Callable[[str], Spelling], typed: str) -> None:
    assert spelt(f"where is {typed} now").text == "where is Valdemarov now"


def test_the_rest_of_the_question_stays_as_typed(spelt: Callable[[str], Spelling]) -> None:
    spelling = spelt("Did  Valdemarow’s “goverment”-men (all 3) resign?!")
    assert spelling.text == "Did  Valdemarov’s “government”-men (all 3) resign?!"
    assert spelling.respelt == {"Valdemarow": "Valdemarov", "goverment": "government"}


@pytest.mark.parametrize(
    "text",
    [
        "Who left the ministry of fisheries on Monday?",  # all known
        "Which governors visited the coastal districts?",  # unknown, but common and well spelt
        "whcih of them havent met?",  # function words with a slip
        "Is Tibo here?",  # too short
        "What was the 1205th?",  # not letters only
        "Where does Fisheria lie?",  # near a word, but it is a name
        "Is there a tollard?",  # a common word with another beginning is another word
        "Квартальный доклад и 渔业部长辞职了吗",  # another alphabet
        "",
    ],
)
def test_what_is_not_misspelt_stays(spelt: Callable[[str], Spelling], text: str) -> None:
    assert spelt(text) == Spelling(text=text, respelt={}, variants={})


def test_a_word_between_two_equally_likely_ones_stays(spelt: Callable[[str], Spelling]) -> None:
    assert spelt("Where is Marlenso?").respelt == {}


def test_a_name_is_searched_in_its_other_spelling_too(spelt: Callable[[str], Spelling]) -> None:
    spelling = spelt("Where is Kerekesházy from?")
    assert (spelling.text, spelling.respelt) == ("Where is Kerekesházy from?", {})
    assert spelling.variants == {"kerekezhazi": "kerekeshazi"}


def test_a_mended_name_is_searched_in_its_other_spelling_too(
    spelt: Callable[[str], Spelling],
) -> None:
    spelling = spelt("Where is Kerekeschazy from?")
    assert spelling.respelt == {"Kerekeschazy": "Kerekesházy"}
    assert spelling.variants == {"kerekezhazi": "kerekeshazi"}


def test_an_article_that_writes_both_tells_them_apart(spelt: Callable[[str], Spelling]) -> None:
    assert spelt("What does Haldorsen own?").variants == {}


@pytest.mark.parametrize(
    ("question", "respelt"),
    [
        ("Where will Prighozin go into exile?", {}),
        ("Where will Prigozhin go into exile?", {}),
        ("Where will Prigozin move?", {"Prigozin": "Prigozhin"}),
        ("where will PRIGOZIN move", {"PRIGOZIN": "Prigozhin"}),
        ("Who is Rudenco?", {"Rudenco": "Rudenko"}),
        # a word that is common elsewhere, beside a name of the seeds
        ("Who is Andrei Rudenko?", {"Andrei": "Andrey"}),
    ],
)
def test_the_seeds_answer_however_a_name_is_spelt(
    seeds_index: Index, question: str, respelt: dict[str, str]
) -> None:
    answer = seeds_index.ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert dict(answer.respelt) == respelt
    assert answer.to_dict()["respelt"] == respelt
    for typed, meant in respelt.items():
        assert answer.search_text == question.replace(typed, meant)
        assert typed not in answer.unknown


@pytest.mark.parametrize("spelling", ["Prigozhin", "Prighozin", "Prigozin"])
def test_both_spellings_find_both_articles(seeds_index: Index, spelling: str) -> None:
    hits = seeds_index.search_channel(f"Who is {spelling}?", channel="lexical", k=50)
    assert len({hit.passage.article.id for hit in hits}) == 2


@pytest.mark.parametrize(
    "question",
    [
        "Who won the 2022 World Cup?",
        "What did Zelensky say about the Wagner mutiny?",
        "What did Andre Ding say?",  # Andrey is another's first name
    ],
)
def test_a_name_that_the_seeds_lack_is_not_respelt(seeds_index: Index, question: str) -> None:
    answer = seeds_index.ask(question)
    assert (answer.outcome, answer.respelt) == (Outcome.NOT_FOUND, {})


def test_a_carried_name_is_respelt_too(seeds_index: Index) -> None:
    history = [{"role": "user", "content": "What did Prigozin do?"}]
    answer = seeds_index.ask("And where will he go?", history=history)
    assert "Prigozin" in " ".join(answer.carried)
    assert "Prigozhin" in answer.search_text


def test_an_index_without_words_spells_nothing(tmp_path: Path, encoder: Encoder) -> None:
    corpus = write_articles(tmp_path / "corpus.jsonl", {"a": "?! …", "b": "— — —"})
    build_with(encoder, corpus, tmp_path / "index", name=BUNDLED_ENCODER)
    with opened(tmp_path / "index") as generation:
        assert Speller(generation, encoder).respell("Who is Valdemarow?").respelt == {}


def test_a_question_in_another_language_is_left_as_it_is(
    generation: Generation, encoder: Encoder
) -> None:
    for text in (
        "Wer hat die Fischereiministerin Kerekeshasy abgelöst?",
        "¿Quién sucedió a Kerekeshasy después?",
    ):
        assert Speller(generation, encoder).respell(text).text == text
    asked = "Which travel agencies will Kerekeshasy visit tomorrow morning?"
    assert Speller(generation, encoder).respell(asked).text != asked
