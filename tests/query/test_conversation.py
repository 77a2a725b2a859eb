"""What a follow-up takes over: names and subjects, never the words that asked for something."""

from collections.abc import Sequence

import pytest

from retriever import Index, Outcome
from retriever.encoders.profiles import BUNDLED_PROFILE
from retriever.query.analysis import analyse
from retriever.query.completion import completed, in_full
from retriever.query.conversation import context_of, leaning, phrases_of
from retriever.query.question import read_question
from retriever.query.subjects import name_spans

COUNTRIES = {"Vietnam", "Thailand", "Laos", "Germany", "France"}


def likeness(text: str, others: Sequence[str]) -> list[float]:
    """Return that countries are like each other, and nothing else is."""
    return [0.7 if {text, other} <= COUNTRIES else 0.1 for other in others]


def far_from_all(texts: Sequence[str]) -> list[float]:
    """Return that no passage is near."""
    return [0.1] * len(texts)


@pytest.mark.parametrize(
    ("before", "question", "phrases"),
    [
        ("How old is Xueliang Ding?", "Where does he teach?", ["Xueliang Ding"]),
        ("How many employees does Halloran have?", "Who leads it?", ["Halloran"]),
        ("What year did the Sorrel Tunnel open?", "Who built it?", ["Sorrel Tunnel"]),
        ("Who stole The Salt Gatherers?", "Where was it found?", ["Salt Gatherers"]),
        ("How deadly is Hollis fever?", "Who discovered it?", ["Hollis fever"]),
        ("Tell me about Hollis fever", "Is it deadly?", ["Hollis fever"]),
        ("What type of style does Adam have?", "Where does he find it?", ["Adam"]),
        ("How many people died in the Pell Valley fire?", "Why?", ["Pell Valley fire"]),
        ("Which general was arrested?", "Where is he now?", ["general", "arrested"]),
        ("what happened to wagner after the mutiny?", "who led it?", ["wagner", "mutiny"]),
        ("how old is xueliang ding?", "where does he teach?", ["xueliang ding"]),
        ("Who is Mayor Desh?", "And what did she do before?", ["Mayor Desh"]),
        ("How old was Grey Lantern?", "What did he do?", ["Grey Lantern"]),
        ("Who bought Dunfirth?", "How much did they pay?", ["Dunfirth"]),
        ("What did the cabinet decide about the Irren dam?", "Why?", ["cabinet", "Irren dam"]),
        ("How many votes did Desh win by?", "Was it close?", ["Desh"]),
        ("What is Hollis fever?", "How many cases are there?", ["Hollis fever"]),
        ("What did China say about the mutiny?", "And Belarus?", ["China", "mutiny"]),
        ("How much did Port Halden pay for Morro?", "Is he fit?", ["Port Halden", "Morro"]),
        ("When did the train drivers strike?", "Why?", ["train drivers strike"]),
        ("Did the plan for a dam fail?", "Why?", ["plan", "dam fail"]),
    ],
)
def test_names_and_subjects_are_carried(before: str, question: str, phrases: list[str]) -> None:
    assert list(phrases_of([before], question)) == phrases


def test_where_nobody_was_named_every_word_is_carried() -> None:
    turns = ["Where was he born?", "How old was his brother?"]
    assert list(phrases_of(turns, "And what did he study?")) == ["born", "old", "brother"]


def test_what_was_said_or_taken_back_is_not_carried() -> None:
    turns = ["Who is Mayor Desh of Keldmoor?"]
    assert list(phrases_of(turns, "Is Desh old?")) == ["Mayor", "Keldmoor"]
    assert list(phrases_of(turns, "Why?", without=frozenset(["desh"]))) == ["Mayor", "Keldmoor"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Who runs the Bank of England?", ["Bank of England"]),
        ("Compare Berlin and Ursula von der Leyen", ["Berlin", "Ursula von der Leyen"]),
        ("Wagner's chief?", ["Wagner's"]),
        ("Best known songs?", []),
        ("WHO IS DESH?", []),
        ("Mayor Desh Wins Election", []),
        ("what is it?", []),
    ],
)
def test_names_are_runs_of_words_with_a_capital(text: str, names: list[str]) -> None:
    assert [name.of(text) for name in name_spans(text)] == names


@pytest.mark.parametrize(
    ("turns", "full"),
    [
        # Another place, year or name takes the place of the one before.
        (["How many people died in Vietnam?", "And in Thailand?"], "died in Thailand?"),
        (["How many died in Vietnam?", "And in Thailand?", "In Laos?"], "How many died in Laos?"),
        (["how many died in vietnam?", "and in thailand?"], "how many died in thailand?"),
        (["What did the EU say about rice from Vietnam?", "What about Thailand?"], "from Thailand"),
        (["How many jobs were lost in 2020?", "And in 2021?"], "jobs were lost in 2021?"),
        (["How many jobs were lost at Dunfirth?", "And in Ostrey?"], "lost at Ostrey?"),
        (["What did Ding say about exports to Russia?", "And to North Korea?"], "to North Korea?"),
        # Where there was none, it is added.
        (["How many people died?", "And in Germany?"], "How many people died in Germany?"),
        (["Who won the election?", "And in Germany?"], "Who won the election in Germany?"),
        # A pronoun of the question before gives way to the one name that it can stand for.
        (
            ["Who is Ding?", "What did he say on Taiwan?", "And on Russia?"],
            "did Ding say on Russia",
        ),
    ],
)
def test_what_is_left_out_is_put_in(turns: list[str], full: str) -> None:
    found = completed(turns[-1], turns[:-1], likeness)
    assert found is not None
    assert full in found.text


@pytest.mark.parametrize(
    ("turns", "full"),
    [
        (["How old is Xueliang Ding?", "Where does he teach?"], "Where does Xueliang Ding teach?"),
        (["Who is Ding?", "What did he say about Taiwan?", "Is he old?"], "Is Ding old?"),
        (["Who is Prigozhin?", "What is his job?"], "What is Prigozhin’s job?"),
        (
            ["What year did the Sorrel Tunnel open?", "Who built it?"],
            "Who built the Sorrel Tunnel?",
        ),
        (["What is Mayor Desh's budget?", "How old is she?"], "How old is Mayor Desh?"),
    ],
)
def test_a_pronoun_stands_for_the_one_name_that_it_can(turns: list[str], full: str) -> None:
    assert in_full(turns, likeness)[-1] == full
    assert completed(turns[-1], turns[:-1], likeness) is None


@pytest.mark.parametrize(
    "turns",
    [
        ["Who is the mayor of Keldmoor?", "How old is she?"],  # Keldmoor is no woman
        ["What happened in Dunfirth?", "When did it happen?"],
        ["How many people died in the Pell Valley fire?", "What started it?"],  # the fire
        ["What is Mayor Desh's budget?", "How big is it?"],
        ["What did Biden tell Xi?", "What did he answer?"],  # two of them
        ["Who bought Dunfirth?", "How much did they pay?"],  # those who bought it
        ["How much did Port Halden United pay for Morro?", "Where did he play?"],
        ["What did Rudd say about the mutiny?", "And who led it?"],
        ["What did Putin say about Wagner?", "What about Ukraine?"],
        ["What did Ding say about the economy?", "What about Taiwan?"],
        ["What is Lady Day?", "Was she praised for this role?"],
        ["Why did they leave?", "And why?"],
        ["Who is Ding?", "Where does Rudenko live?"],
        ["How many died in Vietnam?", "In Thailand the king died, when?"],
    ],
)
def test_what_is_uncertain_stays_as_it_was_asked(turns: list[str]) -> None:
    assert in_full(turns, likeness)[-1] == turns[-1]
    assert completed(turns[-1], turns[:-1], likeness) is None


@pytest.mark.parametrize(
    "question",
    [
        "What is benikoji?",
        "what's a stablecoin?",
        "What are tariffs?",
        "What does embezzlement mean?",
        "What is red yeast rice?",
    ],
)
def test_a_new_subject_in_lower_case_opens_a_topic(question: str) -> None:
    assert leaning(analyse(read_question(question)), ["Who is Desh?"], 0.1) == 0


@pytest.mark.parametrize(
    "question",
    [
        "What is the price?",
        "What is missing?",
        "What is different?",
        "What is his salary?",
        "What is next?",
        "What are the reasons?",
        "What is the election?",
        "How much is it?",
    ],
)
def test_what_speaks_of_something_known_leans(question: str) -> None:
    assert leaning(analyse(read_question(question)), ["Who won the election?"], 0.1) > 0


def test_the_question_in_full_is_what_is_asked() -> None:
    history = [{"role": "user", "content": "How many people died in Vietnam?"}]
    analysis = analyse(read_question("And in Thailand?", history=history))
    context = context_of(analysis, far_from_all, likeness, BUNDLED_PROFILE)
    assert context.text == "How many people died in Thailand?"
    assert context.phrases == ("people died",)
    assert context.beside == ()
    took_back = analyse(read_question("And in Thailand?", history=history, without=["died"]))
    context = context_of(took_back, far_from_all, likeness, BUNDLED_PROFILE)
    assert context.text == "And in Thailand?"
    assert "died" not in " ".join(context.phrases)


@pytest.mark.model
@pytest.mark.parametrize(
    ("turns", "carried", "words"),
    [
        (["How old is Xueliang Ding?", "Where does he teach?"], ("Xueliang Ding",), "Hong Kong"),
        (["Who is Rudenko?", "Whom did he meet in Beijing?"], ("Rudenko",), "Qin Gang"),
        (["Who is Prigozhin?", "Where will he go?"], ("Prigozhin",), "Belarus"),
    ],
)
def test_follow_ups_on_the_seeds(
    seeds_index: Index, turns: list[str], carried: tuple[str, ...], words: str
) -> None:
    history = [{"role": "user", "content": turn} for turn in turns[:-1]]
    answer = seeds_index.ask(turns[-1], history=history)
    assert answer.outcome is Outcome.ANSWERED
    assert answer.carried == carried
    assert any(words in quote.text for quote in answer.quotes)


@pytest.mark.model
@pytest.mark.parametrize(
    ("turns", "carried"),
    [
        (["How many employees does Wagner have?", "Who leads it?"], ("Wagner",)),
        (["Who is Prigozhin?", "Where will he go?", "How old is he?"], ("Prigozhin",)),
        (["What did Putin say about Wagner?", "What about Ukraine?"], ("Putin", "Wagner")),
        (["What did Kevin Rudd say?", "How old is he?"], ("Kevin Rudd",)),
        (["How old is Ding?", "Where does he teach?", "What does he think?"], ("Ding",)),
    ],
)
def test_no_word_that_asked_is_carried_on_the_seeds(
    seeds_index: Index, turns: list[str], carried: tuple[str, ...]
) -> None:
    history = [{"role": "user", "content": turn} for turn in turns[:-1]]
    assert seeds_index.ask(turns[-1], history=history).carried == carried


@pytest.mark.model
def test_a_new_subject_on_the_seeds_carries_nothing(seeds_index: Index) -> None:
    history = [{"role": "user", "content": "How many employees does Wagner have?"}]
    answer = seeds_index.ask("What is benikoji?", history=history)
    assert (answer.outcome, answer.carried) == (Outcome.NOT_FOUND, ())
    assert answer.unknown == ("benikoji",)
