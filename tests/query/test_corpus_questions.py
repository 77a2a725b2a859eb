"""Which questions are about the articles themselves, and which only look so."""

import pytest

from retriever.query.corpus_questions import (
    corpus_question,
    said_question,
    subject_question,
)
from retriever.records import ListingKind

SUMMARIES = [
    ("What are the articles about?", ""),
    ("what is this corpus about", ""),
    ("Summarise", ""),
    ("Could you please summarize the articles about the ferry?", "the ferry"),
    ("Give me an overview of the articles", ""),
    ("What topics are covered?", ""),
    ("Which subjects do the articles cover?", ""),
    ("What do the articles say?", ""),
    ("What can I ask?", ""),
    ("A short summary of these stories, please", ""),
    ("Summarize the two articles in a few sentences", ""),
    ("Tell me about this corpus", ""),
    ("What are the main topics of the articles?", ""),
]
HEADLINES = [
    ("list the articles", ""),
    ("Which articles are about Belarus?", "Belarus"),
    ("articles on the ferry", "the ferry"),
    ("How many articles are there?", ""),
    ("Are there any stories about the strike?", "the strike"),
    ("coverage of the strike", "the strike"),
    ("What articles do you have on İzmir?", "İzmir"),
    ("Show me all articles", ""),
    ("list the titles", ""),
    ("Ukraine articles", "Ukraine"),
    ("What do you have on the strike?", "the strike"),
]
LATEST = [
    ("latest news about Ukraine", "Ukraine"),
    ("What is the latest on Ukraine?", "Ukraine"),
    ("What's the latest news?", ""),
    ("What’s new?", ""),
    ("Any news about the ferry?", "the ferry"),
    ("latest Ukraine news", "Ukraine"),
    ("the most recent articles on the strike", "the strike"),
    ("Show me the headlines", ""),
    ("What is in the news?", ""),
    ("any updates on the rescue?", "the rescue"),
    ("What's new in Ukraine?", "Ukraine"),
    ("latest article about the ferry", "the ferry"),
]
PEOPLE = [
    "list the people",
    "Who is mentioned?",
    "Who is mentioned in the articles?",
    "who is mentioned most in the news?",
    "List all people mentioned",
    "Which people are named in these articles?",
    "who appears in the articles?",
    "list all names",
    "Who do the articles quote?",
    "Give me a list of all people mentioned in the articles",
    "Name the people mentioned",
    "Who is most often mentioned in the articles?",
    "Who are the people in these stories?",
]
SOURCES = [
    ("Which authors are there?", ListingKind.AUTHORS),
    ("Who wrote the articles?", ListingKind.AUTHORS),
    ("list the authors", ListingKind.AUTHORS),
    ("How many journalists wrote these articles?", ListingKind.AUTHORS),
    ("Which reporters wrote about the ferry?", ListingKind.AUTHORS),
    ("Who wrote the article about the ferry?", ListingKind.AUTHORS),
    ("Who is the author of the story on the ferry?", ListingKind.AUTHORS),
    ("Which newspaper published the article about the ferry?", ListingKind.PUBLISHERS),
    ("When was the article about the ferry published?", ListingKind.HEADLINES),
    ("Which publishers are there?", ListingKind.PUBLISHERS),
    ("Which newspapers reported on the ferry?", ListingKind.PUBLISHERS),
    ("Where do the articles come from?", ListingKind.PUBLISHERS),
    ("list all sources", ListingKind.PUBLISHERS),
    ("Who published the articles?", ListingKind.PUBLISHERS),
]
MENTIONS = [
    ("Which articles mention the harbour master?", "the harbour master"),
    ("In how many articles is the harbour master mentioned?", "the harbour master"),
    ("How many articles mention WHO?", "WHO"),
    ("which articles mention Xi and Putin", "Xi and Putin"),
    ("How many of the articles mention the word mutiny?", "mutiny"),
    ("List every mention of Ostby", "Ostby"),
    ("Show me all mentions of Ostby in the articles, please", "Ostby"),
    ("all mentions of “grain deal”", "“grain deal”"),
    ("How many mentions of Ostby are there?", "Ostby"),
    ("How often is Ostby mentioned in these articles?", "Ostby"),
    ("How many times do the articles mention Ostby?", "Ostby"),
    ("In which reports does Ostby appear?", "Ostby"),
]
LOOK_ALIKE = [
    "How many people were mentioned in the report?",
    "How many times is the sea mentioned in the poem?",
    "How often does he mention his mother?",
    "Did she make any mention of the treaty?",
    "Which countries are mentioned in the treaty?",
    "Who mentioned the ferry?",
    "What was mentioned at the hearing?",
    "Who is mentioned in the will?",
    "What is the article about?",
    "What do the articles say about Wagner?",
    "What is the latest version of the app?",
    "Who was the latest winner?",
    "How many stories does the tower have?",
    "How many stories are there in the tower?",
    "Which articles of the constitution mention slavery?",
    "list the people killed in the crash",
    "Who are the people of Wales?",
    "Summarise the Mueller report",
    "Who wrote the report?",
    "Who wrote about relativity?",
    "What news did he bring?",
    "What are the recent attacks on Ukraine?",
    "Which newspapers does Murdoch own?",
    "Who published the book?",
    "What subjects did he study at school?",
    "Which topics did the two ministers discuss?",
    "What sources of energy are there?",
    "Any news about him?",
    "Name the people killed in the crash",
    "list of people on the ship",
    "What is the main story of the book?",
    "",
]


@pytest.mark.parametrize(("question", "topic"), [*SUMMARIES, *HEADLINES])
def test_headlines_are_asked_for(question: str, topic: str) -> None:
    asks = corpus_question(question)
    assert asks is not None
    assert (asks.kind, asks.topic, asks.latest) == (ListingKind.HEADLINES, topic, False)


@pytest.mark.parametrize(("question", "topic"), MENTIONS)
def test_mentions_are_asked_for(question: str, topic: str) -> None:
    asks = corpus_question(question)
    assert asks is not None
    assert (asks.kind, asks.topic) == (ListingKind.MENTIONS, topic)


@pytest.mark.parametrize(("question", "topic"), LATEST)
def test_the_newest_are_asked_for(question: str, topic: str) -> None:
    asks = corpus_question(question)
    assert asks is not None
    assert (asks.kind, asks.topic, asks.latest) == (ListingKind.HEADLINES, topic, True)


@pytest.mark.parametrize(
    ("question", "kind"), [*((question, ListingKind.PEOPLE) for question in PEOPLE), *SOURCES]
)
def test_names_are_asked_for(question: str, kind: ListingKind) -> None:
    asks = corpus_question(question)
    assert asks is not None
    assert asks.kind is kind


@pytest.mark.parametrize("question", LOOK_ALIKE)
def test_other_questions_are_not_about_the_articles(question: str) -> None:
    assert corpus_question(question) is None


def test_what_the_articles_say_of_something_may_be_listed() -> None:
    asks = said_question("Can you tell me what is said about the harbour?")
    assert asks is not None
    assert asks.topic == "the harbour"
    assert said_question("What do the articles say about Wagner?") is not None
    assert said_question("What did he say about Wagner?") is None


def test_a_subject_alone_asks_for_the_articles_on_it() -> None:
    asks = subject_question("the war in Ukraine")
    assert asks is not None
    assert asks.topic == "the war in Ukraine"
    assert subject_question("Who won?") is None
    assert subject_question("of the") is None
